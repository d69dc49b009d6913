// Names on the map: countries from their shapes, towns from the gazetteer by zoom; none covers another.

import { world } from "./basemap.js";
import { getJSON } from "./request.js";
import { html } from "./svg.js";

const COARSER = 1; // one request for four tiles' worth of names
const GAP = 9; // pixels between a mark and its name
const CACHE = new Map();
const panel = document.getElementById("map");

function tilesInView(map) {
  const zoom = Math.min(Math.round(map.getZoom()) - COARSER, 12);
  if (zoom < 3) return [];
  const bounds = map.getBounds();
  const count = 2 ** zoom;
  const column = (lon) => Math.floor(((lon + 180) / 360) * count);
  const line = (lat) => {
    const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * count);
  };
  const tiles = [];
  for (let x = column(bounds.getWest()); x <= column(bounds.getEast()); x += 1) {
    for (let y = line(bounds.getNorth()); y <= line(bounds.getSouth()); y += 1) {
      if (y >= 0 && y < count) tiles.push([zoom, ((x % count) + count) % count, y]);
    }
  }
  return tiles.length > 60 ? [] : tiles;
}

function placesOf(url, [zoom, x, y]) {
  const address = url.replace("/0/0/0/", `/${zoom}/${x}/${y}/`);
  if (!CACHE.has(address)) CACHE.set(address, getJSON(address).then((answer) => answer.places, () => []));
  return CACHE.get(address);
}

function countryNames(land, zoom) {
  return land.filter(({ name }) => name).map(({ name, rings }) => {
    const largest = rings.reduce((best, ring) => ((ring.right - ring.left) * (ring.bottom - ring.top) > best.area ? { ring, area: (ring.right - ring.left) * (ring.bottom - ring.top) } : best), { area: 0 });
    return { name, ...largest };
  }).filter(({ ring, area }) => ring && Math.sqrt(area) * 256 * 2 ** zoom > 70);
}

const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// Where a name may stand on its point: `x`, `y` are the box's corner from the point.
function stands(width, height, css) {
  if (css === "country") return [[-width / 2, -height / 2]];
  return [[-4, -height / 2], [-width + 4, -height / 2], [-width / 2, GAP], [-width / 2, -GAP - height]];
}

function place(map, taken, { name, at, css, width, height }) {
  for (const [x, y] of stands(width, height, css)) {
    const box = [at.x + x, at.y + y, at.x + x + width, at.y + y + height];
    if (taken.some((other) => overlaps(box, other))) continue;
    taken.push(box);
    const side = x === -4 ? "end" : x < -width / 2 - 1 ? "start" : "middle";
    const icon = L.divIcon({ html: html("span", { class: `ctx ${css} ${side}` }, name), className: "", iconSize: [width, height], iconAnchor: [-x, -y] });
    return L.marker(map.containerPointToLatLng(at), { icon, interactive: false, keyboard: false, pane: "names" });
  }
  return null;
}

/** Start the names; `url` is the address of a tile's names with zeros for zoom, x and y; `boxes()` what they must not cover. */
export function startLabels(map, url, boxes) {
  map.createPane("names").style.zIndex = 350;
  map.getPane("names").setAttribute("aria-hidden", "true");
  const layer = L.layerGroup().addTo(map);
  let turn = 0;

  async function draw() {
    const mine = ++turn;
    const land = panel.dataset.tiles || !panel.dataset.basemap ? [] : await world(panel.dataset.basemap);
    const towns = (await Promise.all(tilesInView(map).map((tile) => placesOf(url, tile)))).flat();
    if (mine !== turn) return;
    layer.clearLayers();
    const taken = boxes();
    for (const { name, ring } of countryNames(land, map.getZoom())) {
      const lat = (Math.atan(Math.sinh(Math.PI * (1 - ring.top - ring.bottom))) * 180) / Math.PI;
      const at = map.latLngToContainerPoint([lat, ((ring.left + ring.right) / 2 - 0.5) * 360]);
      if (map.getSize().contains(at)) place(map, taken, { name, at, css: "country", width: name.length * 12, height: 18 })?.addTo(layer);
    }
    towns.sort((a, b) => b[3] - a[3]);
    for (const [name, lat, lon, people] of towns) {
      const at = map.latLngToContainerPoint([lat, lon]);
      if (map.getSize().contains(at)) place(map, taken, { name, at, css: `city${people > 1e6 ? " big" : ""}`, width: name.length * 6.6 + 14, height: 15 })?.addTo(layer);
    }
  }

  return draw;
}
