// The shapes of marks on the map. Pure geometry first, then the elements.

import { svg } from "./svg.js";

export const FAMILIES = ["attack", "casualties", "captivity", "operation", "people", "other"];

/** The radius of a donut in pixels: its area grows with the number, within readable bounds. */
export function donutRadius(number) {
  return Math.min(30, 13 + 3.1 * Math.log2(Math.max(number, 1)) ** 0.82);
}

/** Shares as arcs from twelve o'clock: `{family, start, end}` in turns, in the families' order. */
export function arcs(families) {
  const total = FAMILIES.reduce((sum, family) => sum + (families[family] ?? 0), 0);
  const parts = [];
  let at = 0;
  for (const family of FAMILIES) {
    const share = (families[family] ?? 0) / (total || 1);
    if (share > 0) parts.push({ family, start: at, end: at + share });
    at += share;
  }
  return parts;
}

/** The path of a ring's sector between two turns. */
export function sector(start, end, outer, inner) {
  const whole = end - start > 0.9999;
  const stop = whole ? start + 0.9999 : end;
  const [x1, y1] = point(start, outer);
  const [x2, y2] = point(stop, outer);
  const [x3, y3] = point(stop, inner);
  const [x4, y4] = point(start, inner);
  const large = stop - start > 0.5 ? 1 : 0;
  return `M${x1} ${y1}A${outer} ${outer} 0 ${large} 1 ${x2} ${y2}L${x3} ${y3}A${inner} ${inner} 0 ${large} 0 ${x4} ${y4}Z`;
}

function point(turn, radius) {
  const angle = turn * 2 * Math.PI;
  return [Math.sin(angle) * radius, -Math.cos(angle) * radius].map((value) => value.toFixed(2));
}

/** A donut with the number inside; returns an SVG element centred on 0,0. */
export function donut(families, label, radius) {
  const inner = radius * 0.66;
  const size = 2 * radius + 10;
  const gap = arcs(families).length > 1 ? 0.6 / (2 * Math.PI * radius) : 0;
  return svg("svg", { viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, width: size, height: size, "aria-hidden": "true" },
    svg("circle", { class: "halo", r: radius }),
    ...arcs(families).map(({ family, start, end }) =>
      svg("path", { class: `f-${family}`, fill: "currentColor", d: sector(start + gap, end - gap, radius, inner) })),
    svg("circle", { class: "hole", r: inner }),
    svg("circle", { class: "selring", r: radius + 3.2 }),
    svg("text", { class: "num", y: 4.2 }, label));
}

const PIN = "M0 0C-4.6-5.4-8-9.4-8-13.6A8 8 0 0 1 8-13.6C8-9.4 4.6-5.4 0 0Z";

/** A pin whose tip is the place. */
export function pin(family) {
  return svg("svg", { viewBox: "-15 -30 30 36", width: 30, height: 36, "aria-hidden": "true" },
    svg("path", { class: "halo", d: PIN }),
    svg("path", { d: PIN, fill: "currentColor" }),
    svg("svg", { class: "on", x: -5.5, y: -19, width: 11, height: 11, viewBox: "-6 -6 12 12" }, svg("use", { href: `#mark-${family}` })),
    svg("circle", { class: "selring", cy: -12.5, r: 14 }));
}

/** A dashed ring with the family's mark: somewhere near. */
export function ring(family) {
  return svg("svg", { viewBox: "-17 -17 34 34", width: 34, height: 34, "aria-hidden": "true" },
    svg("circle", { class: "disc", r: 12.5 }),
    svg("circle", { class: "ringline", r: 12.5 }),
    svg("svg", { x: -5, y: -5, width: 10, height: 10, viewBox: "-6 -6 12 12", fill: "currentColor" }, svg("use", { href: `#mark-${family}` })),
    svg("circle", { class: "selring", r: 15.5 }));
}

/** The family's mark alone, for the middle of an area's disc. */
export function spot(family) {
  return svg("svg", { viewBox: "-11 -11 22 22", width: 22, height: 22, "aria-hidden": "true" },
    svg("circle", { class: "disc", r: 8 }),
    svg("svg", { x: -5, y: -5, width: 10, height: 10, viewBox: "-6 -6 12 12", fill: "currentColor" }, svg("use", { href: `#mark-${family}` })),
    svg("circle", { class: "selring", r: 9.5 }));
}
