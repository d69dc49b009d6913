// Lasting incidents above the bins: each a bar in a lane, with as much of its name as there is room for.

import { svg } from "./svg.js";
import { lanes } from "./timescale.js";
import { dates } from "./words.js";

export const LANE = 15;
const TOP = 12; // pixels above the first lane
const GAP = 14; // pixels between what one takes up and the next
const BESIDE = 6; // pixels between a bar and its name
const ASKED = 160; // pixels: where not all names find room as they are, none asks for more; what is left over goes to the longer ones
const FONT = "11.5px"; // as .lab says
const KEPT = 2000; // widths that are remembered

const widths = new Map();
let pen = null;

function widthOf(text) {
  if (widths.size > KEPT) widths.clear();
  pen ??= Object.assign(document.createElement("canvas").getContext("2d"), { font: `${FONT} ${getComputedStyle(document.body).fontFamily}` });
  if (!widths.has(text)) widths.set(text, pen.measureText(text).width);
  return widths.get(text);
}

/** As much of a text as is no wider than `room`, with an ellipsis where it is cut; nothing where not even a letter is. Pure. */
export function cut(text, room, measure) {
  const whole = measure(text);
  if (whole <= room) return text;
  const letters = [...text];
  for (let count = Math.floor((letters.length * room) / whole); count > 0; count -= 1) {
    const some = `${letters.slice(0, count).join("").trimEnd()}…`;
    if (measure(some) <= room) return some;
  }
  return "";
}

/**
 * Where bars and names stand, for bars `{from, to, name}` in pixels (`name`: the width of the whole name): `{lane, side, room}`, the
 * lane -1 where none is free. A name stands after its bar, before it where the chart ends, over it where it fills the chart. Pure.
 */
export function placed(stretches, bounds) {
  const whole = inLanes(stretches, Infinity, bounds);
  const found = whole.some(({ lane }) => lane < 0) ? inLanes(stretches, ASKED, bounds) : whole;
  for (let lane = 0; lane < bounds.most; lane += 1) {
    const here = found.flatMap((each, index) => (each.lane === lane ? [index] : [])).sort((a, b) => found[a].from - found[b].from);
    let free = bounds.left;
    here.forEach((index, turn) => {
      const { from, to, name } = stretches[index];
      const one = found[index];
      const until = turn + 1 < here.length ? found[here[turn + 1]].from - GAP : bounds.right;
      const room = { after: until - to, before: from - free, over: to - from }[one.side] - BESIDE;
      one.room = Math.min(name, room);
      free = (one.side === "after" ? to + BESIDE + one.room : to) + GAP;
    });
  }
  return found;
}

// What bars and names take up where no name asks for more than `widest` pixels, and their lanes.
function inLanes(stretches, widest, { left, right, most }) {
  const found = stretches.map(({ from, to, name }) => {
    const [after, before] = [right - to - BESIDE, from - left - BESIDE];
    const words = Math.min(name, widest);
    if (words > after && words > before && to - from > Math.max(after, before)) return { side: "over", from, to };
    if (words <= after || (words > before && after >= before)) return { side: "after", from, to: to + BESIDE + Math.min(words, after) };
    return { side: "before", from: from - BESIDE - Math.min(words, before), to };
  });
  lanes(found, GAP, most).forEach((lane, index) => { found[index].lane = lane; });
  return found;
}

/** The bars, below and beside the chart's own `title`; those that find no lane are in the list all the same. Returns `{name, strips, used}`, the lanes that are used. */
export function lasting(data, scale, most, { title, left, right, ...hooks }) {
  const seen = data.lasting.filter((each) => each.to > scale.from && each.from < scale.to);
  const bars = seen.map((each) => {
    const from = Math.max(scale.x(each.from), left);
    return { from, to: Math.max(Math.min(scale.x(each.to), right), from + 4), name: widthOf(each.headline) };
  });
  const [, ...places] = placed([{ from: left, to: left + BESIDE + widthOf(title), name: 0 }, ...bars], { left, right, most });
  const strips = seen.flatMap((each, index) => (places[index].lane < 0 ? [] : [strip(each, bars[index], places[index], hooks)]));
  const name = svg("text", { class: "ax", x: left + BESIDE, y: TOP + 8 }, title);
  return { name, strips, used: Math.max(1, ...places.map(({ lane }) => lane + 1)) };
}

function strip(each, { from, to }, { lane, side, room }, hooks) {
  const y = TOP + lane * LANE;
  const name = `${each.headline}, ${dates.day(each.from)} – ${dates.day(each.to - 1)}`;
  const x = { after: to + BESIDE, before: from - BESIDE, over: from + BESIDE }[side];
  const element = svg("a", { class: "lasting", href: hooks.href(each.id), "data-id": each.id, "aria-label": name },
    svg("title", {}, name),
    svg("rect", { class: "selbox", x: from - 3, y: y - 3, width: to - from + 6, height: LANE }),
    svg("rect", { class: `f-${each.family}`, fill: "currentColor", x: from, y, width: to - from, height: 7 }),
    svg("text", { class: "lab", x, y: y + 8, "text-anchor": side === "before" ? "end" : "start" }, cut(each.headline, room, widthOf)));
  for (const type of ["mouseenter", "focus"]) element.addEventListener(type, () => hooks.point(each.id));
  for (const type of ["mouseleave", "blur"]) element.addEventListener(type, () => hooks.point(null));
  element.addEventListener("click", () => hooks.select(each.id));
  return element;
}
