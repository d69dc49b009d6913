// The two maps of the comparison: one view, each with its own marks.

import { compact, inView, reach, readCells } from "./cells.js";
import { startLabels } from "./labels.js";
import { createMap, drawGround, filling, fitPanel, savedView } from "./mapground.js";
import { startMarks } from "./marks.js";
import { getFigures } from "./request.js";
import { setView } from "./state.js";
import { failure } from "./trouble.js";
import { say } from "./words.js";

async function ask(one, box, options) {
  const params = new URLSearchParams(one.params);
  for (const name of ["page", "after", "sort"]) params.delete(name);
  params.set("zoom", Math.round(one.map.getZoom()));
  params.set("view", box);
  return readCells(await getFigures(one.panel.dataset.cells, params, new Set(one.panel.dataset.refused.split(" ")), options));
}

async function refresh(one) {
  one.running?.abort();
  const mine = (one.running = new AbortController());
  const strip = one.panel.parentElement.querySelector(".strip");
  try {
    const cells = await ask(one, filling(one.map), { signal: mine.signal });
    if (mine.signal.aborted) return;
    strip?.remove();
    one.marks.draw(inView(cells, one.map.getCenter().lng), { size: "", heat: false, split: true });
    one.names();
  } catch (error) {
    if (mine.signal.aborted || strip) return;
    const again = ({ target }) => { target.closest(".strip").remove(); refresh(one); };
    one.panel.after(failure(say("the map"), error, again));
  }
}

function start(panel, params) {
  const map = createMap(panel);
  drawGround(map, panel.dataset);
  const hooks = {
    open: (id) => { location.href = panel.dataset.incident.replace("/0/", `/${id}/`); },
    onePlace: (at) => map.setView(at, Math.min(map.getZoom() + 1, map.getMaxZoom())),
    placeOf: () => null,
  };
  const marks = startMarks(map, hooks);
  const { tiles, labels, names } = panel.dataset;
  return { panel, map, params, marks, names: startLabels(map, { labels: tiles ? "" : labels, tile: names }, marks.boxes), running: null };
}

async function showAll(maps) {
  try {
    const answers = await Promise.all(maps.map((one) => ask(one, "-180,-90,180,90")));
    const points = compact(answers.flatMap(reach));
    if (points.length) maps[0].map.fitBounds(L.latLngBounds(points).pad(0.1), { maxZoom: 8, animate: false });
  } catch {
    // The whole world stays in view; reading the marks says what is wrong.
  }
}

/** Start both maps; `sides` holds each side's filter. */
export async function startMaps(sides) {
  if (!window.L) return;
  const maps = [...document.querySelectorAll(".vmap")].map((panel) => start(panel, sides[panel.dataset.side]));
  let moving = false;
  for (const one of maps) {
    one.map.on("moveend", () => {
      if (moving) return;
      moving = true;
      const centre = one.map.getCenter();
      for (const other of maps) if (other !== one) other.map.setView(centre, one.map.getZoom(), { animate: false });
      moving = false;
      const at = centre.wrap();
      setView({ map: `${one.map.getZoom()}/${at.lat.toFixed(3)}/${at.lng.toFixed(3)}` });
      for (const each of maps) refresh(each);
    });
  }
  for (const { map } of maps) fitPanel(map);
  if (savedView()) for (const each of maps) refresh(each);
  else {
    await showAll(maps);
    for (const each of maps) if (!each.running) refresh(each);
  }
}
