// The queue as a list: Enter takes the next case, J and K walk the rows.

import { isTyping, on } from "./keys.js";

function step(by) {
  const rows = [...document.querySelectorAll(".cases .qi")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
}

on("j", () => step(1));
on("k", () => step(-1));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || event.target.closest("a, button, summary, input, select") || document.querySelector("dialog[open]")) return;
  document.getElementById("next")?.click();
});
