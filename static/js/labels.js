// Names on the map: countries and large towns from the basemap's own list, smaller towns from the gazetteer once the map
// is close; none covers another or a mark.

import { getJSON } from "./request.js";
import { html } from "./svg.js";

const CLOSE = 6.5; // zoom from which the gazetteer is asked
const COARSER = 1; // one request for four tiles' worth of names
const GAP = 9; // pixels between a point and a name beside it
const LONG = 190; // pixels: a country name wider than that waits until its country is as wide
const cache = new Map();

function once(address, read) {
  if (!cache.has(address)) cache.set(address, getJSON(address).then(read, () => { cache.delete(address); return []; }));
  return cache.get(address);
}

function tilesInView(map) {
  const zoom = Math.min(Math.round(map.getZoom()) - COARSER, 12);
  const bounds = map.getBounds();
  const count = 2 ** zoom;
  const column = (lon) => Math.floor(((lon + 180) / 360) * count);
  const line = (lat) => Math.floor((map.project([lat, 0], 0).y / 256) * count);
  const tiles = [];
  for (let x = column(bounds.getWest()); x <= column(bounds.getEast()); x += 1) {
    for (let y = line(bounds.getNorth()); y <= line(bounds.getSouth()); y += 1) {
      if (y >= 0 && y < count) tiles.push([zoom, ((x % count) + count) % count, y]);
    }
  }
  return tiles;
}

// Every name to place, the weightiest first: `{name, lat, lon, kind}`.
async function names(map, urls) {
  const zoom = map.getZoom();
  const known = await once(urls.labels, (rows) => rows.map(([name, lat, lon, from, kind]) => ({ name, lat, lon, from, kind })));
  const far = known.filter(({ from, kind }) => from <= zoom + 0.5 && !(kind === "country" && zoom > from + 5));
  if (zoom < CLOSE) return far;
  const tiles = tilesInView(map).map(([z, x, y]) =>
    once(urls.tile.replace("/0/0/0/", `/${z}/${x}/${y}/`), ({ places }) => places.map(([name, lat, lon, people]) => ({ name, lat, lon, people, kind: "town" }))));
  const towns = (await Promise.all(tiles)).flat().sort((a, b) => b.people - a.people);
  return [...far.filter(({ kind }) => kind === "country"), ...towns];
}

const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

// Whether the map's edge would cut a name off.
const cut = ([left, top, right, bottom], { x, y }) => left < 0 || top < 0 || right > x || bottom > y;

function box({ name, kind }) {
  return kind === "country" ? [name.length * 11.6 + 14, 18] : [name.length * 6.6 + 14, 15];
}

// Where a name may stand: the corner of its box from its point.
function stands(kind, width, height, zoom) {
  if (kind === "country") return (zoom < 5 ? [0] : [0, -26, 26]).map((aside) => ["middle", -width / 2, aside - height / 2]);
  return [["end", -4, -height / 2], ["start", 4 - width, -height / 2], ["middle", -width / 2, GAP], ["middle", -width / 2, -GAP - height]];
}

// What stands on the map without being of it: buttons, scale, legend, inset.
function furniture(map) {
  const origin = map.getContainer().getBoundingClientRect();
  const found = map.getContainer().parentElement.querySelectorAll(".leaflet-control, .plegend, .world, .vlet");
  return [...found].filter((each) => each.offsetWidth).map((each) => {
    const { left, top, right, bottom } = each.getBoundingClientRect();
    return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top];
  });
}

// How a name is to be drawn, `{key, make}`; null where it finds no room.
function place(map, taken, label) {
  const [width, height] = box(label);
  if (label.kind === "country" && width > LONG && map.getZoom() < 4) return null;
  const at = map.latLngToContainerPoint([label.lat, label.lon]);
  for (const [side, x, y] of stands(label.kind, width, height, map.getZoom())) {
    const space = [at.x + x, at.y + y, at.x + x + width, at.y + y + height];
    if (cut(space, map.getSize()) || taken.some((other) => overlaps(space, other))) continue;
    taken.push(space);
    const css = label.kind === "country" ? "country" : `city ${label.kind === "capital" || label.people > 1e6 ? "big " : ""}${side}`;
    const make = () => {
      const element = html("span", { class: `ctx ${css}` }, label.name);
      const icon = L.divIcon({ html: element, className: "", iconSize: [width, height], iconAnchor: [-x, -y] });
      return L.marker([label.lat, label.lon], { icon, interactive: false, keyboard: false, pane: "names" }).addTo(map);
    };
    return { key: [label.name, label.lat, label.lon, css, x, y].join(), make };
  }
  return null;
}

/**
 * Start the names. `urls`: `labels` (the basemap's list) and `tile` (a tile's names, zeros for zoom, x and y); `boxes()` is
 * what they must not cover. Returns the function that draws them anew.
 */
export function startLabels(map, urls, boxes) {
  map.createPane("names").style.zIndex = 350;
  map.getPane("names").setAttribute("aria-hidden", "true");
  let [turn, standing, shown] = [0, null, new Map()];
  map.on("resize", () => { standing = furniture(map); }); // told when the page is laid out anyway
  return async () => {
    const mine = ++turn;
    const labels = urls.labels ? await names(map, urls) : [];
    if (mine !== turn) return;
    standing ??= furniture(map); // measuring makes the browser lay the page out at once: only the first time
    const taken = [...boxes(), ...standing];
    const seen = map.getBounds().pad(-0.01);
    const wanted = labels.filter(({ lat, lon }) => seen.contains([lat, lon])).map((label) => place(map, taken, label)).filter(Boolean);
    const next = new Map(wanted.map(({ key, make }) => [key, shown.get(key) ?? make()]));
    for (const [key, marker] of shown) if (!next.has(key)) marker.remove();
    shown = next;
  };
}
