// The timeline by keyboard: its bins are one stop for Tab, arrows walk them, Enter or Space chooses; + and − zoom.

import { DAY } from "./timescale.js";

const CLOSER = 0.6;
const FACTORS = { "+": CLOSER, "=": CLOSER, "-": 1 / CLOSER };

let at = null; // the start of the bin that was last focused

const bins = (panel) => [...panel.querySelectorAll(".bin")];

/** Make the bins that were just drawn reachable; the one focused before has the focus again. */
export function reachBins(panel, focused) {
  const all = bins(panel);
  const stop = all.find(({ dataset }) => dataset.bin === at) ?? all[0];
  for (const bin of all) {
    bin.setAttribute("role", "button");
    bin.setAttribute("aria-label", bin.querySelector("title").textContent);
    bin.setAttribute("tabindex", bin === stop ? 0 : -1);
  }
  if (focused) stop?.focus();
}

function walk(panel, from, key) {
  const all = bins(panel);
  const index = all.indexOf(from);
  const next = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: all.length - 1 }[key];
  const to = all[Math.min(Math.max(next, 0), all.length - 1)];
  from.setAttribute("tabindex", -1);
  to.setAttribute("tabindex", 0);
  to.focus();
}

// The time of what has the focus; nothing where it stands for none.
function timeOf(target) {
  const [bin, handle] = [target.closest(".bin"), target.closest(".handle")];
  return bin ? Number(bin.dataset.bin) : handle ? Number(handle.getAttribute("aria-valuenow")) * DAY : null;
}

/** Start listening in the timeline's panel; `zoom(time or null, factor)` zooms. */
export function startBinKeys(panel, zoom) {
  panel.addEventListener("focusin", ({ target }) => { at = target.dataset?.bin ?? at; });
  panel.addEventListener("keydown", (event) => {
    const bin = event.target.closest(".bin");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (FACTORS[event.key]) zoom(timeOf(event.target), FACTORS[event.key]);
    else if (!bin) return;
    else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) walk(panel, bin, event.key);
    else if (["Enter", " "].includes(event.key)) bin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
