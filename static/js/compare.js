// Two filters side by side: both maps show the same part of the world, both timelines the same stretch on one scale.

import { startMaps } from "./comparemaps.js";
import { startSaving } from "./save.js";
import { startTimes } from "./comparetimes.js";
import { copies } from "./toolbar.js";

const queries = JSON.parse(document.getElementById("queries").textContent);
const sides = Object.fromEntries(Object.entries(queries).map(([key, query]) => [key, new URLSearchParams(query)]));

// What is looked at (map, stretch of time) stays when a filter changes.
function keepView() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const url = new URL(link.href);
    if (url.pathname === location.pathname && !url.hash) link.hash = location.hash;
  });
  for (const form of document.querySelectorAll(".vform")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const filled = [...new FormData(form)].filter(([, value]) => value.trim());
      location.assign(`${location.pathname}?${new URLSearchParams(filled)}${location.hash}`);
    });
  }
}

document.addEventListener("keydown", (event) => {
  const open = document.querySelector(".vpick[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
copies(document.getElementById("copy-link"));
keepView();
startSaving();
startMaps(sides);
startTimes(sides);
