// Swaps the parts of the page that the server renders when the filter changes: one request, the same address without scripts.

import { noteStale, put, seenParts, unfoldStale } from "./folded.js";
import { getPage, RequestError } from "./request.js";
import { address, filter, go, onFilter } from "./state.js";
import { html } from "./svg.js";
import { swapped } from "./swaps.js";
import { clock, say } from "./words.js";

const PARTS = ["sum", "chips", "since", "notice", "list", "unplaced", "charts", "families", "tab-count"];
const PATIENCE = 300; // milliseconds before a line says that something is being read
let running = null;

function swap(page) {
  const focused = document.activeElement?.closest("[data-id], [data-bar]");
  const key = focused?.dataset.id ? `[data-id="${CSS.escape(focused.dataset.id)}"] a` : focused?.dataset.bar && `[data-bar="${CSS.escape(focused.dataset.bar)}"]`;
  const actions = page.querySelectorAll(".acts a");
  noteStale(page);
  for (const id of PARTS) put(id, page);
  document.querySelectorAll(".acts a").forEach((link, index) => { link.href = actions[index].getAttribute("href"); });
  document.title = page.title;
  if (key && document.activeElement === document.body) document.querySelector(key)?.focus({ preventScroll: true });
  document.getElementById("said").textContent = document.getElementById("sum").textContent;
  swapped(page);
  unfoldStale(); // opened while this was on its way
}

function trouble(error) {
  const again = html("button", { type: "button" }, say("try again"));
  again.addEventListener("click", () => read(filter()));
  const words = html("span", {}, say("failed", { part: say("the list"), time: clock(), reason: error.message }));
  document.getElementById("trouble").replaceChildren(
    html("div", { class: "strip bad" }, html("i", { class: "sq", "aria-hidden": "true" }), words, html("span", { class: "end" }, again)));
}

async function read(params) {
  running?.abort();
  const mine = (running = new AbortController());
  const late = setTimeout(() => { document.getElementById("progress").hidden = false; }, PATIENCE);
  try {
    const page = await getPage(address(params), { parts: seenParts(), signal: mine.signal });
    if (mine.signal.aborted) return;
    if (!page.getElementById("list")) throw new RequestError(say("no answer"));
    document.getElementById("trouble").replaceChildren();
    swap(page);
  } catch (error) {
    if (!mine.signal.aborted) trouble(error);
  } finally {
    clearTimeout(late);
    if (running === mine) document.getElementById("progress").hidden = true;
  }
}

// Links that only change the filter stay on the page; with a modifier they open as links do.
function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  const url = new URL(link.href);
  if (url.origin !== location.origin || url.pathname !== location.pathname || (url.hash && url.search === location.search)) return;
  if (link.closest(".top")) return;
  event.preventDefault();
  const paging = link.rel === "next" || link.rel === "prev";
  go(url.searchParams);
  if (paging) document.getElementById("list").scrollIntoView({ block: "nearest" });
}

document.getElementById("main").addEventListener("click", follow);
onFilter(read);
