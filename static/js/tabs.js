// Narrow screens show one view at a time; the tabs follow the keys of the tab pattern.

import { onView, setView, view } from "./state.js";

const FIRST = "map";
const tabs = () => [...document.querySelectorAll(".tabs [role=tab]")];

function choose(name) {
  setView({ tab: name === FIRST ? null : name });
  show(name);
}

function show(name) {
  if (document.getElementById("main").dataset.tab === name) return;
  document.getElementById("main").dataset.tab = name;
  for (const tab of tabs()) {
    const chosen = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
}

/** Start the tabs; on wide screens they are not shown and change nothing. */
export function startTabs() {
  const bar = document.querySelector(".tabs");
  bar.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab.dataset.tab);
  });
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const all = tabs();
    const next = all[(all.indexOf(document.activeElement) + by + all.length) % all.length];
    choose(next.dataset.tab);
    next.focus();
  });
  const restore = () => show(tabs().some(({ dataset }) => dataset.tab === view("tab")) ? view("tab") : FIRST);
  onView(restore);
  restore();
}
