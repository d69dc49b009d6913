// An empty map: its frame, its view in the address, the ground under the marks.

import { basemapLayer, world } from "./basemap.js";
import { onFilter, onView, pin, setView, view } from "./state.js";
import { html, svg } from "./svg.js";
import { say } from "./words.js";

const EDGE = 85; // degrees: what lies beyond, at a pole, is drawn on the map's edge
const MARGIN = 0.12; // of the view, asked for around it so that a small move shows no gap

/** The view the address remembers, `{zoom, centre}`; null where it holds none. */
export function savedView() {
  const [zoom, lat, lon] = (view("map") ?? "").split("/").map(Number);
  return [zoom, lat, lon].every(Number.isFinite) && view("map") ? { zoom, centre: [lat, lon] } : null;
}

/** A map's view as the address says it. */
export function told(map) {
  const centre = map.getCenter().wrap();
  return `${map.getZoom()}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`;
}

/** A part of the map as the server takes it, "west,south,east,north" in degrees: the whole way round where the world is seen so, and as far as the pole at the map's edge. */
export function box(bounds) {
  const [west, east] = bounds.getEast() - bounds.getWest() >= 360 ? [-180, 180] : [bounds.getWest(), bounds.getEast()];
  const [south, north] = [-bounds.getSouth(), bounds.getNorth()].map((degrees) => (degrees > EDGE ? 90 : degrees));
  return [west, -south, east, north].map((degrees) => degrees.toFixed(4)).join(",");
}

/** What is asked for to fill the map: a little more than is seen. */
export function filling(map) {
  return box(map.getBounds().pad(MARGIN));
}

/** Let the address follow the map, and the map the address: back and forward lead to the view that was seen. */
export function keepView(map, moved) {
  const first = { zoom: map.getZoom(), centre: map.getCenter(), told: told(map) };
  const asked = () => view("map") ?? first.told;
  map.on("moveend", () => {
    if (told(map) !== asked()) setView({ map: told(map) });
    moved();
  });
  onFilter(() => pin("map", told(map)));
  onView(() => {
    if (told(map) === asked()) return;
    const { centre, zoom } = savedView() ?? first;
    map.setView(centre, zoom, { animate: false });
  });
}

// Leaflet moves its parts by `translate3d`, which gives each mark a layer of its own to put together at every frame: with hundreds of
// them that takes longer than painting. `ie3d` is its word for moving them in the plane.
function flat() {
  L.Browser.ie3d = true;
}

/** A map in a panel, at the view of the address. */
export function createMap(panel) {
  flat();
  const map = L.map(panel, {
    attributionControl: false, zoomControl: false, worldCopyJump: true, zoomSnap: 0.5, zoomDelta: 1, minZoom: 1, maxZoom: 14,
    maxBounds: [[-86, -Infinity], [86, Infinity]], maxBoundsViscosity: 0.8,
    fadeAnimation: false, zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  map.zoomControl = L.control.zoom({ zoomInTitle: say("zoom in"), zoomOutTitle: say("zoom out") }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
  L.control.attribution({ prefix: false, position: "topright" }).addTo(map).addAttribution("Natural Earth · GeoNames");
  const saved = savedView();
  map.setView(saved?.centre ?? [22, 20], saved?.zoom ?? 2);
  return map;
}

/** A third button below the two that zoom: `act` shows all that is found. */
export function allButton(map, act) {
  const icon = svg("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
    svg("path", { d: "M1 5V1h4M9 1h4v4M13 9v4H9M5 13H1V9", fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
  const button = html("a", { href: "#map", class: "leaflet-control-all", role: "button", title: say("show all"), "aria-label": say("show all") }, icon);
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", (event) => {
    event.preventDefault();
    act();
  });
  button.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); act(); } });
  map.zoomControl.getContainer().append(button);
}

/** Let the map follow the size of its panel, whatever changes that: the window, a wrapped line, a list that is unfolded. */
export function fitPanel(map) {
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
}

/** Draw the ground: the operator's tiles, else the offline basemap, whose shapes are returned; null where there are none. */
export async function drawGround(map, { tiles, basemap }) {
  if (tiles) {
    L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
    return null;
  }
  if (!basemap) return null;
  const land = await world(basemap);
  basemapLayer(land).addTo(map);
  return land;
}
