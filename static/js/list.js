// The list: pointing, J and K from page to page, Enter; it never reorders itself under the reader.

import { drawn } from "./frames.js";
import { on } from "./keys.js";
import { onSwap } from "./swaps.js";
import { current, mark, onSelection, point, select } from "./selection.js";

let turning = null; // while another page is on its way to a reader who walks there by keys: `{by, query}`, 1 for the next one, -1 for the one before

function rows() {
  return [...document.querySelectorAll("#list .row")];
}

/** The row of an incident, where the page holds it. */
export function rowOf(id) {
  return id ? document.querySelector(`#list .row[data-id="${CSS.escape(id)}"]`) : null;
}

/** Mark the rows by what is pointed at and selected. */
export function markRows() {
  for (const row of rows()) {
    mark(row, row.dataset.id);
    if (row.dataset.id === current().selected) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  wedges();
}

// A wedge at each chart row that the incident counts in.
function wedges() {
  const row = rowOf(current().near ?? current().selected);
  const bars = new Set(JSON.parse(row?.dataset.bars ?? "[]"));
  for (const bar of document.querySelectorAll("#charts [data-bar]")) bar.classList.toggle("counts", bars.has(bar.dataset.bar));
}

// The page after the last row, or before the first one, where there is one; the walk goes on there.
function turn(by) {
  const link = document.querySelector(`#list .pager [rel=${by > 0 ? "next" : "prev"}]`);
  turning = link && { by, query: asked(link.search) };
  link?.click();
}

const asked = (search) => new URLSearchParams(search).toString();

// Where the page did not come, or the reader went elsewhere meanwhile, nothing is entered.
function enter() {
  const { by, query } = turning ?? {};
  turning = null;
  if (query === asked(location.search)) drawn().then(() => step(rows().at(by > 0 ? 0 : -1)));
}

function walk(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.dataset.id === current().selected);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
  if (all[next]) step(all[next]);
  else turn(by);
}

function step(next) {
  if (!next) return;
  select(next.dataset.id);
  point(next.dataset.id);
  next.querySelector(".rh").focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** Open an incident's page, remembering which it was. */
export function open(id) {
  select(id);
  const link = rowOf(id)?.querySelector(".rh");
  location.href = link ? link.href : document.getElementById("map").dataset.incident.replace("/0/", `/${id}/`) + location.search;
}

function rowAt(event) {
  return event.target.closest?.("#list .row, .drawer [data-id]")?.dataset.id ?? null;
}

/** Start listening; the panel's content may be swapped at any time. */
export function startList() {
  const main = document.getElementById("main");
  main.addEventListener("mouseover", (event) => { if (event.target.closest("#list, .drawer")) point(rowAt(event)); });
  main.addEventListener("mouseout", (event) => { if (rowAt(event)) point(null); });
  main.addEventListener("focusin", (event) => { if (rowAt(event)) point(rowAt(event)); });
  main.addEventListener("click", (event) => {
    const row = event.target.closest("#list .row, .drawer [data-id]");
    if (row && !event.target.closest("[data-sentence]")) select(row.dataset.id);
  });
  on("j", () => walk(1));
  on("k", () => walk(-1));
  on("Enter", (event) => {
    const nowhere = event.target === document.body || event.target.id === "main";
    if (nowhere && current().selected) open(current().selected);
  });
  on("o", () => rowOf(current().selected)?.querySelector("[data-sentence]")?.click());
  onSelection(markRows);
  onSwap(() => { markRows(); enter(); });
  markRows();
}
