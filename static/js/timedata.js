// What the timeline's address answers, as the chart wants it. Pure.

import { floor, parseDay, parseStart, step } from "./timescale.js";

/** What a bin can be made of, in the order it is stacked: the gravest outcome that an incident states. */
export const GRAVITY = ["killed", "wounded", "held", "moved", "none", "unstated"];

// The server's widest bins are years.
function decades(years) {
  const found = new Map();
  for (const { from, parts, total } of years) {
    const start = floor(from, "decade");
    const bin = found.get(start) ?? { from: start, to: step(start, "decade"), parts: {}, total: 0 };
    for (const [part, count] of Object.entries(parts)) bin.parts[part] = (bin.parts[part] ?? 0) + count;
    bin.total += total;
    found.set(start, bin);
  }
  return [...found.values()];
}

/** The unit to ask the server for. */
export function askedUnit(unit) {
  return unit === "decade" ? "year" : unit;
}

/**
 * `bins`: `{from, to, parts, total}`, the parts by family or by outcome; `lasting`: `{id, headline, family, from, to}`; `soft`: `{from, to, count}`, known
 * only to a month or longer; `from`, `to`: the first and the last day of all. Times in milliseconds. `wanted` is the unit of the
 * bins where it is wider than the server's.
 */
export function readTimeline(answer, wanted = answer.unit) {
  const unit = answer.unit;
  const told = (answer.bins ?? []).map((bin) => {
    const from = parseStart(bin.start);
    const parts = bin.families ?? bin.outcomes;
    const total = Object.values(parts).reduce((sum, count) => sum + count, 0);
    return { from, to: step(from, unit), parts, total };
  });
  const lasting = (answer.lasting ?? []).map((each) => ({ ...each, id: String(each.id), from: parseDay(each.earliest), to: step(parseDay(each.latest), "day") }));
  const soft = (answer.imprecise ?? []).map((each) => ({ from: parseDay(each.start), to: step(parseDay(each.start), each.unit ?? "month"), count: each.count, unit: each.unit ?? "month" }));
  const wide = wanted === "decade" && unit === "year";
  return { unit: wide ? wanted : unit, bins: wide ? decades(told) : told, lasting, soft, from: parseDay(answer.first), to: parseDay(answer.last) };
}
