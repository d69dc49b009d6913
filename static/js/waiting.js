// What is read for longer than a moment says so: a line that grows with the time that may pass, after a while with words.

import { TIMEOUT } from "./request.js";
import { html } from "./svg.js";
import { figure, say } from "./words.js";

const PATIENCE = 300; // milliseconds before a line stands under the panel's head
const LONG = 3_000; // milliseconds before words say for how long
const PACE = 250;

function lineOf(part) {
  const line = html("i", { "aria-hidden": "true" });
  const seconds = html("span", { "aria-hidden": "true" });
  const words = html("span", { class: "words", role: "status" });
  const element = html("div", { class: "waits" }, line, html("p", {}, words, " ", seconds));
  return {
    element,
    show(passed) {
      line.style.inlineSize = `${Math.min(6 + (94 * passed) / TIMEOUT, 100)}%`;
      if (passed < LONG) return;
      if (!words.textContent) words.textContent = say("still reading", { part });
      seconds.textContent = say("seconds", { n: figure(Math.round(passed / 1000)) });
    },
  };
}

/** Say in `section` that `part` of the page is being read; returns the function to call when it was read, or is no longer waited for. */
export function waiting(section, part) {
  const since = performance.now();
  let shown = null;
  const timer = setInterval(() => {
    const passed = performance.now() - since;
    if (passed < PATIENCE) return;
    if (!shown) {
      shown = lineOf(part);
      section.setAttribute("aria-busy", "true");
      section.querySelector(".phead").after(shown.element);
    }
    shown.show(passed);
  }, PACE);
  return () => {
    clearInterval(timer);
    shown?.element.remove();
    if (!section.querySelector(".waits")) section.removeAttribute("aria-busy");
  };
}
