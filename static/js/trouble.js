// What could not be read says so in its own part of the page, with a way to try again.

import { html } from "./svg.js";
import { clock, say } from "./words.js";

/** A strip that says that `part` could not be read, and why. */
export function failure(part, error, again) {
  const button = html("button", { type: "button" }, say("try again"));
  button.addEventListener("click", again);
  const words = say("failed", { part, time: clock(), reason: error.message });
  return html("div", { class: "strip bad", role: "alert" }, html("i", { class: "sq", "aria-hidden": "true" }), html("span", {}, words), html("span", { class: "end" }, button));
}

/** Put that strip under the head of a panel; without an error, take it away. */
export function trouble(section, part, error, again) {
  section.querySelector(":scope > .strip.bad")?.remove();
  if (error) section.querySelector(".phead").after(failure(part, error, again));
}
