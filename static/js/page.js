// Swaps the parts of the page that the server renders when the filter changes: one request, the same address without scripts.

import { noteStale, put, seenParts, unfoldStale } from "./folded.js";
import { draw } from "./frames.js";
import { getPage, RequestError } from "./request.js";
import { address, filter, go, onQuery } from "./state.js";
import { swapped } from "./swaps.js";
import { failure } from "./trouble.js";
import { waiting } from "./waiting.js";
import { say } from "./words.js";

const PARTS = ["sum", "chips", "since", "notice", "list", "charts", "families", "tab-count"];
let running = null;
let due = 0;

// Do a job that replaces parts; what had the focus has it again, once it is there.
function keepingFocus() {
  const focused = document.activeElement?.closest("[data-id], [data-bar]");
  const key = focused?.dataset.id ? `[data-id="${CSS.escape(focused.dataset.id)}"] a` : focused?.dataset.bar && `[data-bar="${CSS.escape(focused.dataset.bar)}"]`;
  return (job) => {
    job();
    if (key && document.activeElement === document.body) document.querySelector(key)?.focus({ preventScroll: true });
  };
}

function swap(page) {
  const actions = page.querySelectorAll(".acts a");
  noteStale(page);
  for (const id of PARTS) put(id, page);
  document.querySelectorAll(".acts a").forEach((link, index) => { link.href = actions[index].getAttribute("href"); });
  document.title = page.title;
  document.getElementById("said").textContent = document.getElementById("sum").textContent;
  swapped(page);
}

// What is not on the map follows in the next frame; `left()`: the reader has gone on meanwhile.
async function show(page, left) {
  const keeping = keepingFocus();
  await draw(() => left() || keeping(() => swap(page)));
  await draw(() => left() || keeping(() => put("unplaced", page)));
  if (!left()) unfoldStale(); // opened while this was on its way
}

async function read(params) {
  running?.abort();
  const mine = (running = new AbortController());
  const read_ = waiting(document.getElementById("list"), say("the list"));
  try {
    const page = await getPage(address(params), { parts: seenParts(), signal: mine.signal });
    if (mine.signal.aborted) return;
    if (!page.getElementById("list")) throw new RequestError(say("no answer"));
    document.getElementById("trouble").replaceChildren();
    await show(page, () => mine.signal.aborted);
  } catch (error) {
    if (!mine.signal.aborted) document.getElementById("trouble").replaceChildren(failure(say("the list"), error, () => read(filter())));
  } finally {
    read_();
  }
}

// Asked for last: the map and the timeline take the server a third of the time, and are drawn while the page is made.
function readLast() {
  running?.abort();
  clearTimeout(due);
  due = setTimeout(() => read(filter()));
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
onQuery(readLast);
