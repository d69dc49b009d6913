// The curves of people added up over time: a click asks for the stretch under the pointer.

import { asFilter } from "./brush.js";
import { changed, filter, go } from "./state.js";
import { DAY, floor, parseDay, step } from "./timescale.js";

// What a click asks for is coarser than what is drawn: a stretch wide enough to be hit.
const WIDER = { day: "week", week: "month", month: "year", year: "year" };

/** Start listening; the charts may be swapped at any time. */
export function startTolls() {
  document.getElementById("main").addEventListener("click", (event) => {
    const chart = event.target.closest(".adds");
    if (!chart) return;
    const { since, until, unit } = chart.dataset;
    const { left, width } = chart.getBoundingClientRect();
    const [from, to] = [parseDay(since), parseDay(until) + DAY];
    const at = from + ((event.clientX - left) / width) * (to - from);
    const start = floor(Math.min(Math.max(at, from), to - DAY), WIDER[unit]);
    go(changed(filter(), asFilter([start, step(start, WIDER[unit])])));
  });
}
