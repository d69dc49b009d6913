// What the timeline's address answers, as the chart wants it. Pure.

import { parseDay, step } from "./timescale.js";

/**
 * `bins`: `{from, to, families, total}`; `lasting`: `{id, headline, family, from, to}`; `soft`: `{from, to, count}`, known
 * only to a month or longer; `from`, `to`: the first and the last day of all. Times in milliseconds.
 */
export function readTimeline(answer) {
  const unit = answer.unit;
  const bins = (answer.bins ?? []).map((bin) => {
    const from = parseDay(bin.start);
    const total = Object.values(bin.families).reduce((sum, count) => sum + count, 0);
    return { from, to: step(from, unit), families: bin.families, total };
  });
  const lasting = (answer.lasting ?? []).map((each) => ({ ...each, id: String(each.id), from: parseDay(each.earliest), to: step(parseDay(each.latest), "day") }));
  const soft = (answer.imprecise ?? []).map((each) => ({ from: parseDay(each.start), to: step(parseDay(each.start), each.unit ?? "month"), count: each.count, unit: each.unit ?? "month" }));
  return { unit, bins, lasting, soft, from: parseDay(answer.first), to: parseDay(answer.last) };
}
