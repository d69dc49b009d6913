// What is seen of time: as the address says it, and where it says nothing, around what is chosen or all there is.

import { filter, view } from "./state.js";
import { DAY, floor, isoDay, parseDay, parsePeriod, step } from "./timescale.js";

/** The stretch as the address says it. */
export const told = (window_) => window_.map(isoDay).join(",");

/** The stretch that the address says; null where it says none. */
export function savedWindow() {
  const [from, to] = (view("time") ?? "").split(",").map(parseDay);
  return from < to ? [from, to] : null;
}

/** The stretch to begin with, where `all` is the timeline of all years. */
export function windowOf(all) {
  const since = parsePeriod(filter().get("since"));
  const until = parsePeriod(filter().get("until"), true);
  if (since && until) return [since - (until - since) * 0.6, until + (until - since) * 0.6];
  if (!all.bins.length) return [floor(Date.now(), "year"), step(floor(Date.now(), "year"), "year")];
  const [first, last] = [all.from || all.bins[0].from, (all.to || all.bins.at(-1).to) + DAY];
  const margin = Math.max((last - first) * 0.02, 2 * DAY);
  return [Math.max(first, last - 80 * 365 * DAY) - margin, last + margin];
}
