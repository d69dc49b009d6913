// The map: basemap, marks by precision, its view in the address.

import { startBox } from "./box.js";
import { compact, inView, reach, readCells } from "./cells.js";
import { startChosenPlace } from "./chosenplace.js";
import { draw } from "./frames.js";
import { startLabels } from "./labels.js";
import { open, rowOf } from "./list.js";
import { allButton, createMap, drawGround, filling, fitPanel, keepView, savedView } from "./mapground.js";
import { startMarks } from "./marks.js";
import { startOverview } from "./overview.js";
import { getFigures } from "./request.js";
import { changed, filter, go, onFilter, refused } from "./state.js";
import { choice, onChoice } from "./toolbar.js";
import { trouble } from "./trouble.js";
import { once } from "./turns.js";
import { waiting } from "./waiting.js";
import { say } from "./words.js";

const panel = document.getElementById("map");
const section = panel?.closest("section");
let running = null;
let last = null; // the last question under the filter in force: zoom, box, and the cells once they are there

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

async function ask(zoom, seen, options) {
  const params = changed(filter(), { zoom, view: seen, sort: null });
  return readCells(await getFigures(panel.dataset.cells, params, refused(), options));
}

// Whether what was asked for holds all that is seen now: after a small move, or where the panel has another size.
function holds({ zoom, seen }, map) {
  const [west, south, east, north] = seen.split(",").map(Number);
  const bounds = map.getBounds();
  const wide = (west === -180 && east === 180) || (bounds.getWest() >= west && bounds.getEast() <= east);
  return zoom === Math.round(map.getZoom()) && wide && Math.max(bounds.getSouth(), -90) >= south && Math.min(bounds.getNorth(), 90) <= north;
}

async function read(map, signal) {
  const question = { zoom: Math.round(map.getZoom()), seen: filling(map) };
  last = { ...question, cells: null };
  const done = waiting(section, say("the map"));
  try {
    const cells = await ask(question.zoom, question.seen, { signal });
    if (!signal.aborted) last = { ...question, cells };
    return cells;
  } finally {
    done();
  }
}

// `known`: cells that were read for this view already; `split`: the view has changed, and not what is asked for.
async function refresh(map, marks, names, { known = null, split = false } = {}) {
  const enough = split && last && holds(last, map);
  if (enough && !last.cells) return; // what is on its way will do; what failed waits to be tried again, whatever size its strip leaves the map
  running?.abort();
  const mine = (running = new AbortController());
  try {
    const cells = known ?? (enough ? last.cells : await read(map, mine.signal));
    if (mine.signal.aborted) return;
    trouble(section, say("the map"), null);
    await draw(() => {
      if (mine.signal.aborted) return;
      marks.draw(inView(cells, map.getCenter().lng), { size: choice("size"), heat: choice("draw") === "heat", split });
      names();
    });
  } catch (error) {
    if (mine.signal.aborted) return;
    trouble(section, say("the map"), error, () => refresh(map, marks, names));
  }
}

// Shows the part of the world that is asked for, else where the incidents are. Returns what was read for that where it holds the marks of that view too, else null.
async function showAll(map, asked) {
  const zoom = Math.round(map.getBoundsZoom([[-56, -180], [72, 180]]));
  const read = waiting(section, say("the map"));
  try {
    const cells = await ask(zoom, "-180,-90,180,90");
    const points = compact(reach(cells));
    const bounds = asked ?? (points.length ? L.latLngBounds(points).pad(0.1) : null);
    if (bounds) map.fitBounds(bounds, { maxZoom: asked ? 12 : 8, animate: false });
    return zoom === Math.round(map.getZoom()) ? cells : null;
  } catch {
    return null; // The view stays on the whole world; reading the marks will say what is wrong.
  } finally {
    read();
  }
}

/** Start the map. */
export async function startMap() {
  if (!window.L) return;
  const map = createMap(panel);
  background(map);
  const asked = startChosenPlace(map);
  asked.draw();
  const known = savedView() ? null : await showAll(map, asked.bounds());
  const marks = startMarks(map, placeHooks());
  const names = startLabels(map, { labels: panel.dataset.tiles ? "" : panel.dataset.labels, tile: panel.dataset.names }, marks.boxes);
  let moved = false;
  const again = once(() => {
    asked.draw();
    refresh(map, marks, names, { split: moved });
    moved = false;
  });
  keepView(map, () => { moved = true; again(); });
  onFilter(() => { last = null; moved = false; again(); });
  onChoice("size", again);
  onChoice("draw", again);
  fitPanel(map);
  allButton(map, () => showAll(map, asked.bounds()));
  startBox(map);
  asked.draw();
  refresh(map, marks, names, { known });
}
