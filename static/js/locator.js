// The small map of one incident: a pin for a site or settlement, a dashed ring for "near", a hatched disc for what is only an area.

import { basemapLayer, world } from "./basemap.js";
import { startLabels } from "./labels.js";
import { svg } from "./svg.js";

const PINNED = new Set(["site", "settlement"]);
const PIN = "M0 0C-1.6-4.6-8.4-7.4-8.4-13.6A8.4 8.4 0 0 1 8.4-13.6C8.4-7.4 1.6-4.6 0 0Z";
const ZOOM = 8;

function pin(family) {
  const body = svg("svg", { class: `pinmark f-${family}`, width: 24, height: 30, viewBox: "-12 -26 24 30", "aria-hidden": "true" }, svg("path", { d: PIN }));
  return L.divIcon({ html: body, className: "", iconSize: [24, 30], iconAnchor: [12, 26] });
}

function hatch(map, family) {
  const root = map.getPane("overlayPane").querySelector("svg");
  const pattern = svg("pattern", { id: "locator-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("path", { class: `f-${family}`, d: "M0 3H6", stroke: "currentColor", "stroke-width": 1.1 }));
  root?.prepend(svg("defs", {}, pattern));
}

function drawExtent(map, place) {
  const near = place.precision === "near";
  const style = near ? { fill: false, dashArray: "4.5 3" } : { fillColor: "url(#locator-hatch)", fillOpacity: 1 };
  const ring = L.circle([place.lat, place.lon], {
    radius: place.radius_km * 1000, className: `shape f-${place.family}`, color: "currentColor", weight: 1.8, interactive: false, ...style,
  });
  ring.addTo(map);
  if (!near) hatch(map, place.family);
  return ring;
}

async function ground(map, element) {
  if (element.dataset.tiles) {
    L.tileLayer(element.dataset.tiles).addTo(map);
    return;
  }
  if (!element.dataset.basemap) return;
  try {
    basemapLayer(await world(element.dataset.basemap)).addTo(map);
  } catch {
    element.dataset.ground = "none"; // the point and its extent still stand
  }
}

// Names around the place, none over it.
function names(map, { tiles, labels, names: tile }, at) {
  const around = () => {
    const { x, y } = map.latLngToContainerPoint(at);
    return [[x - 13, y - 27, x + 13, y + 13]];
  };
  const draw = startLabels(map, { labels: tiles ? "" : labels, tile }, around);
  map.on("moveend", draw);
  draw();
}

/** Draw the map into its element; nothing happens where there is none. */
export function locate(element) {
  const data = document.getElementById("locator-data");
  if (!element || !data || !window.L) return;
  const place = JSON.parse(data.textContent);
  const { tiles, zoomIn, zoomOut } = element.dataset;
  const map = L.map(element, { attributionControl: Boolean(tiles), zoomControl: false, scrollWheelZoom: false, minZoom: 2, maxZoom: 12 });
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  map.setView([place.lat, place.lon], ZOOM);
  ground(map, element);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  if (place.radius_km && Math.abs(place.lat) < 84) {
    const ring = drawExtent(map, place);
    map.fitBounds(ring.getBounds().pad(0.6), { maxZoom: ZOOM + 1, animate: false });
  }
  if (PINNED.has(place.precision)) L.marker([place.lat, place.lon], { icon: pin(place.family), interactive: false, keyboard: false }).addTo(map);
  names(map, element.dataset, [place.lat, place.lon]);
}
