// The map: basemap, marks by precision, its view in the address.

import { startBox } from "./box.js";
import { compact, inView, readCells } from "./cells.js";
import { startLabels } from "./labels.js";
import { open, rowOf } from "./list.js";
import { createMap, drawGround, savedView } from "./mapground.js";
import { startMarks } from "./marks.js";
import { startOverview } from "./overview.js";
import { getFigures } from "./request.js";
import { changed, filter, go, onFilter, refused, setView } from "./state.js";
import { choice, onChoice } from "./toolbar.js";
import { html } from "./svg.js";
import { clock, say } from "./words.js";

const panel = document.getElementById("map");
const MARGIN = 0.12; // of the view, asked for around it so that a small move shows no gap
let running = null;

function placeHooks() {
  return {
    open,
    placeOf: (id) => rowOf(id)?.dataset.point,
    onePlace: (at) => go(changed(filter(), { near: `${at.lat.toFixed(4)},${at.lng.toFixed(4)},1`, bbox: null })),
  };
}

async function background(map) {
  const land = await drawGround(map, panel.dataset);
  if (land) startOverview(map, land);
}

function box(map) {
  const bounds = map.getBounds().pad(MARGIN);
  const [west, east] = bounds.getEast() - bounds.getWest() >= 360 ? [-180, 180] : [bounds.getWest(), bounds.getEast()];
  return [west, Math.max(bounds.getSouth(), -90), east, Math.min(bounds.getNorth(), 90)].map((degrees) => degrees.toFixed(4)).join(",");
}

async function ask(zoom, seen, options) {
  const params = changed(filter(), { zoom, view: seen, sort: null });
  return readCells(await getFigures(panel.dataset.cells, params, refused(), options));
}

function trouble(error, again) {
  let strip = document.getElementById("map-trouble");
  if (!error) { strip?.remove(); return; }
  const button = html("button", { type: "button" }, say("try again"));
  button.addEventListener("click", again);
  const words = say("failed", { part: say("the map"), time: clock(), reason: error.message });
  strip?.remove();
  strip = html("div", { class: "strip bad", id: "map-trouble", role: "alert" }, html("i", { class: "sq" }), html("span", {}, words), html("span", { class: "end" }, button));
  panel.closest("section").querySelector(".phead").after(strip);
}

// `known`: cells that were read for this view already.
async function refresh(map, marks, names, known = null) {
  running?.abort();
  const mine = (running = new AbortController());
  try {
    const cells = known ?? await ask(Math.round(map.getZoom()), box(map), { signal: mine.signal });
    if (mine.signal.aborted) return;
    trouble(null);
    marks.draw(inView(cells, map.getCenter().lng), { size: choice("size"), heat: choice("draw") === "heat" });
    names();
  } catch (error) {
    if (!mine.signal.aborted) trouble(error, () => refresh(map, marks, names));
  }
}

// Shows where the incidents are. Returns what was read for that where it holds the marks of that view too, else null.
async function showAll(map) {
  const zoom = Math.round(map.getBoundsZoom([[-56, -180], [72, 180]]));
  try {
    const cells = await ask(zoom, "-180,-90,180,90");
    const points = compact([...cells.clusters, ...cells.singles].map(({ lat, lon }) => [lat, lon]));
    if (points.length) map.fitBounds(L.latLngBounds(points).pad(0.1), { maxZoom: 8, animate: false });
    return zoom === Math.round(map.getZoom()) ? cells : null;
  } catch {
    return null; // The view stays on the whole world; reading the marks will say what is wrong.
  }
}

/** Start the map. */
export async function startMap() {
  if (!window.L) return;
  const map = createMap(panel);
  background(map);
  const known = savedView() ? null : await showAll(map);
  const marks = startMarks(map, placeHooks());
  const names = startLabels(map, { labels: panel.dataset.tiles ? "" : panel.dataset.labels, tile: panel.dataset.names }, marks.boxes);
  const again = () => refresh(map, marks, names);
  map.on("moveend", () => {
    const centre = map.getCenter().wrap();
    setView({ map: `${map.getZoom()}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}` });
    again();
  });
  onFilter(again);
  onChoice("size", again);
  onChoice("draw", again);
  addEventListener("resize", () => map.invalidateSize({ animate: false }));
  startBox(map);
  refresh(map, marks, names, known);
}
