// Draws the timeline: stacked bins, what is known only to the month, the axis. Drawing only, no state.

import { FAMILIES } from "./donut.js";
import { svg } from "./svg.js";
import { LANE } from "./strips.js";
import { GRAVITY } from "./timedata.js";
import { heights, ticks } from "./timescale.js";
import { binName, dates, figure, say, short } from "./words.js";

const PARTS = [...FAMILIES.map((name) => [name, `f-${name}`]), ...GRAVITY.map((name) => [name, `o-${name}`])];
const LETTER = 6; // pixels of a letter of the small words, about
const LEAST = 2; // pixels, the height of a bin that holds anything
const BESIDE = 10; // pixels between the axis and its numbers: a handle of the brush may stand there
export const SIDE = 44; // pixels left of the first bin, for the axis

/** Where things stand in a chart of this size. */
export function layout(width, height, laneCount) {
  const base = height - 35;
  return { width, height, left: SIDE, right: width - 16, lanesTop: 12, barsTop: 22 + laneCount * LANE, base, soft: base + 2, axis: base + 10 };
}

/** The largest number of a bin, 1 at least. */
export function tallest(data) {
  return Math.max(1, ...data.bins.map((bin) => bin.total));
}

/** The bars, one group for each bin. `onBin(bin)` answers a click; `top` is the number at the full height. */
export function bars(data, scale, place, onBin, top = tallest(data)) {
  const unit = (place.base - place.barsTop) / top;
  const group = svg("g", {});
  for (const bin of data.bins) {
    if (bin.to <= scale.from || bin.from >= scale.to) continue;
    const x = Math.max(scale.x(bin.from), place.left);
    const width = Math.max(Math.min(scale.x(bin.to), place.right) - x - 1, 1);
    const seen = Math.max(unit, LEAST / bin.total); // a bin of one beside a bin of thousands is seen too
    let y = place.base;
    const parts = PARTS.filter(([name]) => bin.parts[name]).map(([name, look]) => {
      const size = bin.parts[name] * seen;
      y -= size;
      return svg("rect", { class: look, fill: "currentColor", x: x + 0.5, y, width, height: Math.max(size - (size > 3 ? 0.7 : 0), 0.5) });
    });
    const hit = svg("rect", { fill: "transparent", x, y: place.barsTop, width: width + 1, height: place.base - place.barsTop });
    const name = say(bin.total === 1 ? "bin of one" : "bin", { when: binName(bin.from, data.unit), n: figure(bin.total) });
    const element = svg("g", { class: "bin", "data-bin": bin.from }, svg("title", {}, name), hit, ...parts);
    element.addEventListener("click", () => onBin(bin));
    group.append(element);
  }
  return [grid(top, unit, place), group];
}

function grid(top, unit, place) {
  const group = svg("g", { "aria-hidden": "true" });
  for (const value of heights(top)) {
    const y = place.base - value * unit;
    group.append(svg("path", { class: "grid", d: `M${place.left} ${y}H${place.right}` }),
      svg("text", { class: "ax", x: place.left - BESIDE, y: y + 4, "text-anchor": "end" }, short(value)));
  }
  return group;
}

// The words for what is known only to the month or longer, where they find room: `{from, to, words}` in pixels.
function notes(data, scale, place) {
  return data.soft.flatMap(({ from, to, count, unit }) => {
    const [start, end] = [Math.max(scale.x(from), place.left), Math.min(scale.x(to), place.right) - 6];
    const words = say(`known to ${unit}`, { n: figure(count) });
    return end - start > words.length * LETTER + 64 ? [{ from: end - words.length * LETTER, to: end, words }] : [];
  });
}

/** The band of what is known only to the month or longer, with its numbers where they find room. */
export function softBand(data, scale, place) {
  const group = svg("g", {});
  for (const { from, to } of data.soft) {
    if (to <= scale.from || from >= scale.to) continue;
    const [x, end] = [Math.max(scale.x(from), place.left), Math.min(scale.x(to), place.right)];
    group.append(svg("rect", { class: "soft", x, y: place.soft, width: Math.max(end - x - 1, 1), height: 6 }));
  }
  for (const { to, words } of notes(data, scale, place)) group.append(svg("text", { class: "ax", x: to, y: place.height - 8, "text-anchor": "end" }, words));
  return group;
}

// The first name on the axis, and every January, says the year too.
function tickName(time, unit, first) {
  if (unit === "year") return dates.year(time);
  if (unit === "day") return first ? dates.day(time) : dates.dayShort(time);
  return first || new Date(time).getUTCMonth() === 0 ? dates.monthYear(time) : dates.month(time);
}

/** The axis with its names; they give way to the words of the band. */
export function axis(scale, place, data) {
  const taken = notes(data, scale, place);
  const group = svg("g", { "aria-hidden": "true" }, svg("path", { class: "axis", d: `M${place.left} ${place.base + 0.5}H${place.right}` }));
  const marks = ticks(scale.from, scale.to, place.right - place.left);
  for (const { time, major } of marks) group.append(svg("path", { class: "tick", d: `M${scale.x(Math.max(time, scale.from))} ${place.base}v${major ? 22 : 4}` }));
  let free = -Infinity;
  marks.filter(({ major }) => major).forEach(({ time, unit }, index, majors) => {
    const x = scale.x(Math.max(time, scale.from));
    const name = tickName(time, unit, free === -Infinity);
    const end = x + name.length * 7 + 14;
    // What began before the window gives way to the first that begins in it.
    const crowded = time < scale.from && index + 1 < majors.length && scale.x(majors[index + 1].time) < end;
    if (crowded || x < free || x > place.right - 24 || taken.some(({ from, to }) => x + 5 < to && end > from)) return;
    group.append(svg("text", { class: "axm", x: x + 5, y: place.height - 8 }, name));
    free = end;
  });
  return group;
}
