// Play: the chosen window moves over time, bin by bin; where motion is unwanted each press is one step.

import { on } from "./keys.js";
import { floor, step } from "./timescale.js";
import { say } from "./words.js";

const PACE = 700; // milliseconds a step

/** Start the play control. `state` holds `window` and `range`; `setRange` puts a range in force. */
export function startPlay({ state, unit, setRange }) {
  const button = document.getElementById("play");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = 0;

  function first() {
    const [from, to] = state.window;
    const start = floor(from, unit());
    const bins = Math.max(1, Math.round((to - from) / (step(start, unit()) - start) / 12));
    return [start, step(start, unit(), bins)];
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    button.setAttribute("aria-pressed", "false");
    button.querySelector("span").textContent = say("play");
  }

  function forward() {
    const range = state.range ? state.range.map((time) => step(floor(time, unit()), unit())) : first();
    if (range[0] >= state.window[1]) { stop(); return; }
    setRange(range, { replace: Boolean(state.range) });
  }

  function toggle() {
    if (timer) { stop(); return; }
    forward();
    if (still.matches) return;
    timer = setInterval(forward, PACE);
    button.setAttribute("aria-pressed", "true");
    button.querySelector("span").textContent = say("pause");
  }

  button.addEventListener("click", toggle);
  on(" ", toggle);
}
