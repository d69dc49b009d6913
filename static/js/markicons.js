// What a mark looks like by its precision: icons, and the extent that is drawn beneath.

import { donut, donutRadius, FAMILIES, pin, ring, spot } from "./donut.js";
import { html } from "./svg.js";
import { short } from "./words.js";

const RADIUS = { adm2: 25, adm1: 60, area: 80, sea: 120 }; // km, where the gazetteer gives no extent
const FARTHEST = 84; // degrees: nearer to a pole the map is stretched beyond any honest circle

// At a pole a mark hangs inside the map, whose edge would cut it.
function icon({ lat }, element, width, height, [x, y]) {
  const inside = Math.abs(lat) <= FARTHEST ? y : lat > 0 ? 0 : height;
  return L.divIcon({ html: element, className: "", iconSize: [width, height], iconAnchor: [x, inside] });
}

/** The family most of a cluster's incidents belong to. */
export function mostly(families) {
  return FAMILIES.reduce((best, family) => ((families[family] ?? 0) > (families[best] ?? 0) ? family : best), "other");
}

/** A cluster's icon: a donut, or for areas their number alone. `size` is "killed" or "" for incidents. */
export function clusterIcon(cluster, size) {
  const number = size === "killed" ? cluster.killed ?? 0 : cluster.count;
  if (cluster.area) {
    const text = html("span", { class: `mk areas f-${cluster.family}` }, html("b", {}, short(number)));
    return icon(cluster, text, 34, 24, [17, 12 + (cluster.lift || 0)]);
  }
  const radius = donutRadius(number);
  const whole = Math.ceil(2 * radius + 10);
  const element = html("span", { class: "mk donut" }, donut(cluster.families, short(number), radius));
  return icon(cluster, element, whole, whole, [whole / 2, whole / 2]);
}

/** Whether an incident is drawn as a pin: its place is known. */
export function isPin({ count, precision }) {
  return !count && (precision === "site" || precision === "settlement");
}

/** One incident's icon: a pin where the place is known, a ring near it, the family's mark in an area. */
export function singleIcon(single) {
  if (isPin(single)) {
    return icon(single, html("span", { class: `mk pin f-${single.family}` }, pin(single.family)), 30, 36, [15, 30]);
  }
  if (single.area) {
    const element = html("span", { class: `mk spot f-${single.family}` }, spot(single.family));
    return icon(single, element, 22, 22, [11, 11 + (single.lift || 0)]);
  }
  return icon(single, html("span", { class: `mk near f-${single.family}` }, ring(single.family)), 34, 34, [17, 17]);
}

/** The circle a mark stands for, `{radius, className}` with the radius in metres; null for a point, and where the map ends. */
export function extent({ precision, radius, area, family, lat }) {
  if (Math.abs(lat) > FARTHEST) return null;
  if (precision === "near" && radius) return { radius: radius * 1000, className: `ring f-${family}` };
  return area ? { radius: (radius || RADIUS[precision]) * 1000, className: `area f-${family}` } : null;
}
