// Puts the marks on the map: previews, clicks, keyboard, selection; they split from where their cluster was.

import { parted } from "./cells.js";
import { donutRadius, FAMILIES } from "./donut.js";
import { drawHeat } from "./heat.js";
import { clusterIcon, extent, isPin, mostly, singleIcon } from "./markicons.js";
import { hidePreview, showPreview } from "./preview.js";
import { current, mark as markOf, onSelection, point } from "./selection.js";
import { figure, say } from "./words.js";

const ONE_PLACE = 200; // metres across: no zoom parts these
const ABOVE = 13; // pixels from the tip of a pin to the middle of its head
const NEIGHBOUR = 140; // pixels within which a new mark came out of an old cluster
const still = matchMedia("(prefers-reduced-motion: reduce)");

function familiesInWords(families) {
  return FAMILIES.filter((family) => families[family]).map((family) => `${say(family)} ${figure(families[family])}`).join(", ");
}

function put(map, data, icon, words, id, preview) {
  const marker = L.marker([data.lat, data.lon], { icon, riseOnHover: true }).addTo(map);
  const element = marker.getElement();
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", words);
  const enter = () => { point(id); showPreview(map, marker.getLatLng(), preview); };
  const leave = () => { point(null); hidePreview(map); };
  for (const type of ["mouseenter", "focus"]) element.addEventListener(type, enter);
  for (const type of ["mouseleave", "blur"]) element.addEventListener(type, leave);
  element.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    element.click();
  });
  const circle = extent(data);
  const under = circle ? [L.circle([data.lat, data.lon], { ...circle, interactive: false }).addTo(map)] : [];
  return { layers: [...under, marker], marker, data };
}

function cluster(map, item, size, hooks) {
  const data = { ...item, family: mostly(item.families) };
  const families = familiesInWords(data.families);
  const lines = [families, data.killed ? say("killed", { n: figure(data.killed) }) : ""].filter(Boolean);
  const words = say("cluster", { n: figure(data.count), families });
  const entry = put(map, data, clusterIcon(data, size), words, null, { title: say("incidents", { n: figure(data.count) }), lines });
  entry.marker.on("click", () => zoomInto(map, data, hooks));
  return entry;
}

function single(map, data, hooks) {
  const lines = [[data.when, data.where].filter(Boolean).join(" · "), data.killed ? say("killed", { n: data.killed }) : ""].filter(Boolean);
  const words = say("pin", { headline: data.headline, when: data.when ?? "", where: data.where ?? "" });
  const entry = put(map, data, singleIcon(data), words, data.id, { title: data.headline, lines, family: data.family });
  entry.marker.on("click", () => hooks.open(data.id));
  return entry;
}

// A cluster that can split is zoomed into; one that never will (all in one place) is handed on.
function zoomInto(map, data, hooks) {
  const bounds = data.bounds ? L.latLngBounds(data.bounds) : null;
  const here = bounds && bounds.getSouthWest().distanceTo(bounds.getNorthEast()) < ONE_PLACE;
  if (here || map.getZoom() >= map.getMaxZoom()) {
    hooks.onePlace(L.latLng(data.lat, data.lon).wrap());
  } else if (bounds && map.getBoundsZoom(bounds.pad(0.2)) > map.getZoom()) map.fitBounds(bounds.pad(0.2), { maxZoom: map.getMaxZoom() });
  else map.setView([data.lat, data.lon], Math.min(map.getZoom() + 2, map.getMaxZoom()));
}

// A new mark starts where the cluster that held it stood, else the nearest vanished one, and glides to its place: at most one screen.
function glide(map, entry, gone) {
  const end = map.latLngToLayerPoint(entry.marker.getLatLng());
  const held = gone.filter(({ data }) => data.bounds && L.latLngBounds(data.bounds).pad(0.01).contains(entry.marker.getLatLng()));
  const [from, farthest] = held.length ? [held, map.getSize().x] : [gone, NEIGHBOUR];
  const start = from.map(({ marker }) => map.latLngToLayerPoint(marker.getLatLng())).sort((a, b) => a.distanceTo(end) - b.distanceTo(end))[0];
  if (!start || start.distanceTo(end) > farthest || start.distanceTo(end) < 2) return;
  entry.marker.getElement().animate([{ translate: `${start.x - end.x}px ${start.y - end.y}px` }, { translate: "0 0" }],
    { duration: 180, easing: "cubic-bezier(.2, 0, .1, 1)" });
}

// How the marks are measured at the map's zoom, in pixels. A pin stands above its place.
function measures(map, size) {
  const across = (lat) => (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return {
    project: (item) => map.latLngToLayerPoint([item.lat, item.lon]).subtract([0, isPin(item) ? ABOVE : 0]),
    radius: (item) => donutRadius(size === "killed" ? item.killed ?? 0 : item.count),
    extent: (item) => (extent(item)?.radius ?? 0) / across(item.lat),
  };
}

// What is to be seen: a key for each mark, and how to make it.
function wanted(map, cells, size, hooks) {
  const marks = new Map();
  for (const data of cells.clusters) marks.set(`${data.key}${size}${data.lift || ""}`, () => cluster(map, data, size, hooks));
  for (const data of cells.singles) marks.set(`${data.key}${data.lift || ""}`, () => single(map, data, hooks));
  return marks;
}

function replaced(map, shown, marks, split) {
  const gone = [...shown].filter(([key]) => !marks.has(key)).map(([, entry]) => entry);
  const parents = gone.filter(({ data }) => data.count);
  const next = new Map();
  for (const [key, make] of marks) {
    const entry = shown.get(key) ?? make();
    if (split && !shown.has(key) && !still.matches) glide(map, entry, parents);
    next.set(key, entry);
  }
  for (const { layers } of gone) for (const layer of layers) layer.remove();
  return next;
}

// The cluster that holds an incident which has no mark of its own.
function holder(entries, id, hooks) {
  const place = id && hooks.placeOf(id);
  if (!place || entries.some(({ data }) => data.id === id)) return null;
  const [lat, lon] = place.split(",").map(Number);
  const seen = ({ data }) => [lat, lon + 360 * Math.round((data.lon - lon) / 360)];
  const away = (entry) => L.latLng(seen(entry)).distanceTo(entry.marker.getLatLng());
  const holding = entries.filter((entry) => entry.data.bounds && L.latLngBounds(entry.data.bounds).pad(0.01).contains(seen(entry)));
  return holding.sort((a, b) => away(a) - away(b))[0] ?? null;
}

function showSelection(shown, hooks) {
  const entries = [...shown.values()];
  const { near, selected } = current();
  const [nearIn, selectedIn] = [holder(entries, near, hooks), holder(entries, selected, hooks)];
  for (const entry of entries) {
    const element = entry.marker.getElement()?.firstElementChild;
    if (!element) continue;
    if (entry.data.id) markOf(element, entry.data.id);
    else {
      element.classList.toggle("is-near", entry === nearIn);
      element.classList.toggle("is-sel", entry === selectedIn);
    }
    for (const layer of entry.layers.slice(0, -1)) layer.getElement()?.classList.toggle("is-sel", Boolean(entry.data.id) && selected === entry.data.id);
  }
}

function boxOf(map, { marker }) {
  const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
  const { iconAnchor: [left, top], iconSize: [width, height] } = marker.options.icon.options;
  return [x - left + 4, y - top + 4, x - left + width - 4, y - top + height - 4];
}

/**
 * Start drawing on a map; returns `{draw(cells, {size, heat, split}), boxes()}`, `split` where the view has changed: marks glide apart then. `hooks`: `open(id)`, `onePlace(latLng)` for a
 * cluster that no zoom parts, `placeOf(id)` giving "lat,lon" of an incident the page lists, or nothing.
 */
export function startMarks(map, hooks) {
  let shown = new Map();
  const layer = L.layerGroup().addTo(map);
  onSelection(() => showSelection(shown, hooks));
  map.on("moveend", () => hidePreview(map));
  return {
    draw(answer, { size, heat, split }) {
      const cells = heat ? { clusters: [], singles: [] } : parted(answer, measures(map, size));
      shown = replaced(map, shown, wanted(map, cells, size, hooks), split);
      drawHeat(layer, heat ? answer : null, size);
      showSelection(shown, hooks);
    },
    boxes: () => [...shown.values()].map((entry) => boxOf(map, entry)),
  };
}
