// The brush: two handles and what lies between, by mouse, touch and keyboard.

import { svg } from "./svg.js";
import { DAY, floor, isoDay, step } from "./timescale.js";
import { dates, say } from "./words.js";

const YEAR = 366 * DAY;

/** Draw the brush over a chart. `range` is `[from, to]` (end exclusive) or null for all time. */
export function brush(range, scale, place, unit, hooks) {
  const [from, to] = range ?? [scale.from, scale.to];
  const clamp = (x) => Math.min(Math.max(x, place.left), place.right);
  const [x0, x1] = [clamp(scale.x(from)), clamp(scale.x(to))];
  const top = 3;
  const group = svg("g", {});
  if (range) {
    group.append(
      svg("rect", { class: "veil", x: place.left, y: 0, width: Math.max(x0 - place.left, 0), height: place.soft + 8 }),
      svg("rect", { class: "veil", x: x1, y: 0, width: Math.max(place.width - x1, 0), height: place.soft + 8 }),
      svg("path", { class: "brush", d: `M${x0} ${place.base}V${top}H${x1}V${place.base}` }),
      svg("rect", { class: "move", "data-grip": "move", x: x0, y: 0, width: Math.max(x1 - x0, 0), height: 11 }));
  }
  const long = scale.to - scale.from > YEAR; // a day of which year?
  const room = long ? 96 : 60;
  const common = { range, scale, place, unit, hooks, room };
  const name = (time, open) => (open ? "" : dates[long ? "day" : "dayShort"](time)); // an open end has no day
  const [start, end] = [name(from, from === scale.from), name(to - DAY, to === scale.to)];
  const together = start && end && x1 - x0 < room && place.right - x1 < room; // no room between and none to the right: one label for both
  group.append(handle("from", x0, from, { ...common, words: together ? `${start} – ${end}` : start }),
    handle("to", x1, to, { ...common, words: together ? "" : end }));
  return group;
}

function handle(side, x, time, { range, scale, place, unit, hooks, room, words }) {
  const y = (place.barsTop + place.base) / 2;
  const day = side === "from" ? time : time - DAY;
  const outwards = side === "from" ? x - place.left > room : place.right - x < room;
  const element = svg("g", {
    class: "handle", tabindex: 0, role: "slider", "data-grip": side, "aria-label": say(side === "from" ? "from" : "until"),
    "aria-valuemin": Math.round(scale.from / DAY), "aria-valuemax": Math.round(scale.to / DAY), "aria-valuenow": Math.round(day / DAY), "aria-valuetext": dates.day(day),
  },
  svg("rect", { class: "hit", x: x - 22, y: place.barsTop - 4, width: 44, height: place.base - place.barsTop + 8 }),
  svg("rect", { class: "grip", x: x - 4.5, y: y - 13, width: 9, height: 26 }),
  svg("path", { d: `M${x - 1.5} ${y - 5}v10M${x + 1.5} ${y - 5}v10` }),
  svg("text", { class: "bl", x: outwards ? x - 8 : x + 8, y: place.barsTop + 2, "text-anchor": outwards ? "end" : "start" }, range ? words : ""));
  element.addEventListener("keydown", (event) => {
    const next = keyed(event, side, time, { range: range ?? [scale.from, scale.to], scale, unit });
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    hooks.set(next, { focus: side });
  });
  return element;
}

/** Where a key takes a handle; null for any other key. */
export function keyed(event, side, time, { range: [from, to], scale, unit }) {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
  let next;
  if (by) next = step(floor(time, unit), unit, by * (event.shiftKey ? 10 : 1));
  else if (event.key === "Home") next = side === "from" ? scale.from : step(floor(from, unit), unit);
  else if (event.key === "End") next = side === "from" ? step(floor(to, unit), unit, -1) : scale.to;
  else return null;
  return side === "from" ? [Math.min(next, to - DAY), to] : [from, Math.max(next, from + DAY)];
}

/** Follow pointers over the chart: draw, drag, move, pan by two fingers and pinch. Positions are x in pixels of the chart. */
export function follow(element, hooks) {
  const pointers = new Map();
  let drag = null;
  const at = (event) => event.clientX - element.getBoundingClientRect().left;

  element.addEventListener("dragstart", (event) => event.preventDefault()); // a drag that begins on a link chooses time all the same
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, at(event));
    const grip = event.target.closest("[data-grip]")?.dataset.grip ?? "draw";
    drag = pointers.size === 1 ? { grip, start: at(event), range: hooks.range(), moved: false } : null;
  });

  element.addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = [...pointers.values()];
    pointers.set(event.pointerId, at(event));
    if (pointers.size === 2) {
      const after = [...pointers.values()];
      hooks.pinch(before, after);
      return;
    }
    if (!drag || (!drag.moved && Math.abs(at(event) - drag.start) < 4)) return;
    if (!drag.moved) element.setPointerCapture(event.pointerId);
    drag.moved = true;
    hooks.drag(drag, at(event));
  });

  const end = (event) => {
    pointers.delete(event.pointerId);
    if (drag?.moved) {
      hooks.done();
      // The click that follows a drag is no choice of a bin.
      element.addEventListener("click", (click) => { click.stopPropagation(); click.preventDefault(); }, { capture: true, once: true });
      setTimeout(() => element.dispatchEvent(new Event("click")), 0);
    }
    drag = null;
  };
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.addEventListener("wheel", (event) => {
    if (event.ctrlKey || Math.abs(event.deltaY) >= Math.abs(event.deltaX)) hooks.zoom(at(event), Math.exp(Math.sign(event.deltaY) * 0.22));
    else hooks.pan(event.deltaX);
    event.preventDefault();
  }, { passive: false });
}

/** The range a drag asks for. */
export function dragged({ grip, start, range }, x, scale, unit) {
  const snap = (pixel) => nearest(scale.time(pixel), unit);
  const [from, to] = range;
  if (grip === "from") return [Math.min(snap(x), to - DAY), to];
  if (grip === "to") return [from, Math.max(snap(x), from + DAY)];
  if (grip === "move") {
    const moved = nearest(from + scale.time(x) - scale.time(start), unit);
    return [moved, moved + (to - from)];
  }
  const [a, b] = [Math.min(start, x), Math.max(start, x)];
  return [floor(scale.time(a), unit), step(floor(scale.time(b), unit), unit)];
}

function nearest(time, unit) {
  const before = floor(time, unit);
  const after = step(before, unit);
  return time - before < after - time ? before : after;
}

/** A range as the filter's parameters; both empty for null. */
export function asFilter(range) {
  return range ? { since: isoDay(range[0]), until: isoDay(range[1] - 1) } : { since: null, until: null };
}
