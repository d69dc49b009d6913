// Draws the marks: donuts, pins, rings at their true radius, hatched discs; they split from where their cluster was.

import { parted } from "./cells.js";
import { donut, donutRadius, FAMILIES, pin, ring, spot } from "./donut.js";
import { open, rowOf } from "./list.js";
import { hidePreview, showPreview } from "./preview.js";
import { mark as markOf, onSelection, point, current } from "./selection.js";
import { changed, filter, go } from "./state.js";
import { html } from "./svg.js";
import { figure, say, short } from "./words.js";

const RADIUS = { adm2: 25, adm1: 60, area: 80, sea: 120 }; // km, where the gazetteer gives no extent
const ONE_PLACE = 200; // metres across: no zoom parts these
const NEIGHBOUR = 140; // pixels within which a new mark came out of an old cluster

function familiesInWords(families) {
  return FAMILIES.filter((family) => families[family]).map((family) => `${say(family)} ${figure(families[family])}`).join(", ");
}

function icon(element, width, height, anchor) {
  return L.divIcon({ html: element, className: "", iconSize: [width, height], iconAnchor: anchor });
}

function mostly(families) {
  return FAMILIES.reduce((best, family) => ((families[family] ?? 0) > (families[best] ?? 0) ? family : best), "other");
}

function clusterIcon(cluster, size) {
  const number = size === "killed" ? cluster.killed ?? 0 : cluster.count;
  if (cluster.area) {
    const text = html("span", { class: `mk areas f-${cluster.family}` }, html("b", {}, short(number)));
    return icon(text, 34, 24, [17, 12 + (cluster.lift || 0)]);
  }
  const radius = donutRadius(number);
  const whole = Math.ceil(2 * radius + 10);
  const element = html("span", { class: "mk donut" }, donut(cluster.families, short(number), radius));
  return icon(element, whole, whole, [whole / 2, whole / 2]);
}

function singleIcon(single) {
  if (single.precision === "site" || single.precision === "settlement") {
    return icon(html("span", { class: `mk pin f-${single.family}` }, pin(single.family)), 30, 36, [15, 30]);
  }
  if (single.area) {
    const element = html("span", { class: `mk spot f-${single.family}` }, spot(single.family));
    return icon(element, 22, 22, [11, 11 + (single.lift || 0)]);
  }
  return icon(html("span", { class: `mk near f-${single.family}` }, ring(single.family)), 34, 34, [17, 17]);
}

function extent(single) {
  if (single.precision === "near" && single.radius) return { radius: single.radius * 1000, className: `ring f-${single.family}` };
  if (single.area) {
    return { radius: (single.radius || RADIUS[single.precision]) * 1000, className: `area f-${single.family}` };
  }
  return null;
}

/** Start drawing on a map; returns `{draw(cells, {size, heat}), boxes(), hidePreview()}`. */
export function startMarks(map) {
  let shown = new Map();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const heat = L.layerGroup().addTo(map);

  function label(marker, words) {
    const element = marker.getElement();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", words);
  }

  function cluster(item, size) {
    const data = { ...item, family: mostly(item.families) };
    const marker = L.marker([data.lat, data.lon], { icon: clusterIcon(data, size), riseOnHover: true }).addTo(map);
    label(marker, say("cluster", { n: figure(data.count), families: familiesInWords(data.families) }));
    marker.on("click", () => zoomInto(data));
    const lines = [familiesInWords(data.families), data.killed ? say("killed", { n: figure(data.killed) }) : ""].filter(Boolean);
    listen(marker, null, () => showPreview(map, marker.getLatLng(), { title: say("incidents", { n: figure(data.count) }), lines }));
    return { layers: [...discOf(data), marker], data };
  }

  function discOf(data) {
    const { radius, className } = extent(data) ?? {};
    return radius ? [L.circle([data.lat, data.lon], { radius, className, interactive: false }).addTo(map)] : [];
  }

  function single(data) {
    const marker = L.marker([data.lat, data.lon], { icon: singleIcon(data), riseOnHover: true }).addTo(map);
    const layers = [...discOf(data), marker];
    const lines = [[data.when, data.where].filter(Boolean).join(" · "), data.killed ?? ""].filter(Boolean);
    label(marker, say("pin", { headline: data.headline, when: data.when ?? "", where: data.where ?? "" }));
    marker.on("click", () => open(data.id));
    listen(marker, data.id, () => showPreview(map, marker.getLatLng(), { title: data.headline, lines, family: data.family }));
    return { layers, data };
  }

  function listen(marker, id, preview) {
    const element = marker.getElement();
    const enter = () => { point(id); preview(); };
    const leave = () => { point(null); hidePreview(); };
    element.addEventListener("mouseenter", enter);
    element.addEventListener("focus", enter);
    element.addEventListener("mouseleave", leave);
    element.addEventListener("blur", leave);
  }

  // A cluster that can split is zoomed into; one that never will (all in one place) becomes the filter's place.
  function zoomInto(data) {
    const bounds = data.bounds ? L.latLngBounds(data.bounds) : null;
    const deeper = Math.min(map.getZoom() + 2, map.getMaxZoom());
    const here = bounds && bounds.getSouthWest().distanceTo(bounds.getNorthEast()) < ONE_PLACE;
    if (here || map.getZoom() >= map.getMaxZoom()) {
      const centre = L.latLng(data.lat, data.lon).wrap();
      go(changed(filter(), { near: `${centre.lat.toFixed(4)},${centre.lng.toFixed(4)},1`, bbox: null }));
    } else if (bounds && map.getBoundsZoom(bounds.pad(0.2)) > map.getZoom()) map.fitBounds(bounds.pad(0.2), { maxZoom: map.getMaxZoom() });
    else map.setView([data.lat, data.lon], deeper);
  }

  // A new mark starts where the nearest vanished cluster stood and glides to its place.
  function glide(entry, gone) {
    const marker = entry.layers.at(-1);
    const end = map.latLngToLayerPoint(marker.getLatLng());
    const start = gone.map((each) => map.latLngToLayerPoint([each.data.lat, each.data.lon]))
      .sort((a, b) => a.distanceTo(end) - b.distanceTo(end))[0];
    if (!start || start.distanceTo(end) > NEIGHBOUR || start.distanceTo(end) < 2) return;
    const element = marker.getElement();
    element.animate([{ translate: `${start.x - end.x}px ${start.y - end.y}px` }, { translate: "0 0" }],
      { duration: 180, easing: "cubic-bezier(.2, 0, .1, 1)" });
  }

  const project = (item) => map.latLngToLayerPoint([item.lat, item.lon]);

  // An area's radius in pixels at this zoom.
  function pixels(item) {
    const metres = extent(item)?.radius ?? 0;
    const across = (40_075_016.7 * Math.cos((item.lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
    return metres / across;
  }

  function draw(answer, { size, heat: asHeat }) {
    const cells = asHeat ? answer : parted(answer, { project, radius: donutRadius, extent: pixels });
    const wanted = new Map();
    if (!asHeat) for (const data of cells.clusters) wanted.set(`${data.key}${size}${data.lift || ""}`, () => cluster(data, size));
    if (!asHeat) for (const data of cells.singles) wanted.set(`${data.key}${data.lift || ""}`, () => single(data));
    const gone = [...shown].filter(([key]) => !wanted.has(key)).map(([, entry]) => entry);
    const next = new Map();
    for (const [key, make] of wanted) {
      const entry = shown.get(key) ?? make();
      if (!shown.has(key) && !still.matches) glide(entry, gone.filter(({ data }) => data.count));
      next.set(key, entry);
    }
    for (const { layers } of gone) for (const layer of layers) layer.remove();
    shown = next;
    drawHeat(asHeat ? cells : null, size);
    showSelection();
  }

  function drawHeat(cells, size) {
    heat.clearLayers();
    if (!cells) return;
    const spots = [...cells.clusters, ...cells.singles.map((each) => ({ ...each, count: 1 }))];
    const weigh = (spot) => (size === "killed" ? Number(spot.killed_best ?? spot.killed ?? 0) || 0 : spot.count);
    const top = Math.max(1, ...spots.map(weigh));
    for (const spot of spots) {
      const share = Math.sqrt(weigh(spot) / top);
      if (share) L.circleMarker([spot.lat, spot.lon], { radius: 10 + 26 * share, stroke: false, fillOpacity: 0.12 + 0.4 * share, className: "heat", interactive: false }).addTo(heat);
    }
  }

  // The incident's own mark, or the cluster that holds it.
  function holder(id) {
    const entries = [...shown.values()];
    const point = rowOf(id)?.dataset.point;
    if (!point || entries.some(({ data }) => data.id === id)) return null;
    const [lat, lon] = point.split(",").map(Number);
    const away = ({ data }) => Math.hypot(data.lat - lat, ((data.lon - lon + 540) % 360) - 180);
    const clusters = entries.filter(({ data }) => data.bounds && L.latLngBounds(data.bounds).pad(0.01).contains([lat, lon + 360 * Math.round((data.lon - lon) / 360)]));
    return clusters.sort((a, b) => away(a) - away(b))[0] ?? null;
  }

  function showSelection() {
    const { near, selected } = current();
    const [nearIn, selectedIn] = [holder(near), holder(selected)];
    for (const entry of shown.values()) {
      const { layers, data } = entry;
      const element = layers.at(-1).getElement()?.firstElementChild;
      if (element && data.id) markOf(element, data.id);
      else if (element) {
        element.classList.toggle("is-near", entry === nearIn);
        element.classList.toggle("is-sel", entry === selectedIn);
      }
      if (!data.id) continue;
      for (const layer of layers.slice(0, -1)) layer.getElement()?.classList.toggle("is-sel", current().selected === data.id);
    }
  }

  // The boxes the marks cover, in pixels of the map's window.
  function boxes() {
    return [...shown.values()].map(({ layers }) => {
      const marker = layers.at(-1);
      const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
      const { iconAnchor: [left, top], iconSize: [width, height] } = marker.options.icon.options;
      return [x - left + 4, y - top + 4, x - left + width - 4, y - top + height - 4];
    });
  }

  onSelection(showSelection);
  return { draw, boxes, hidePreview };
}
