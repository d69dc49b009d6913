// What arrives meanwhile is announced in the masthead, never thrown at the reader: they decide when to read it.

import { onSwap } from "./page.js";
import { getJSON, RequestError } from "./request.js";
import { filter, refresh, refused } from "./state.js";
import { html } from "./svg.js";
import { clock, say } from "./words.js";

const PACE = 20_000; // milliseconds between two looks while the page is seen
const FIRST = 4_000;
const panel = document.getElementById("live");
const state = { since: new Date(), offline: null };

function show({ fresh = 0, changed = 0 } = {}) {
  const dot = html("span", { class: state.offline ? "dot off" : "dot", "aria-hidden": "true" });
  const parts = state.offline ? [say("offline", { time: clock(state.offline) })] : [html("b", {}, say("live")), " "];
  if (fresh || changed) {
    const button = html("button", { type: "button" }, say("show"));
    button.addEventListener("click", refresh);
    parts.push(html("span", { class: "wide" }, say("arrived", { new: fresh, changed, time: clock(state.since) })), " ", button);
  }
  panel.replaceChildren(dot, ...parts);
  panel.hidden = false;
}

async function look() {
  if (document.hidden) return;
  const params = new URLSearchParams([...filter()].filter(([name]) => !refused().has(name)));
  params.set("number", document.getElementById("list").dataset.number); // the change log's last entry when the list was read
  try {
    const news = await getJSON(`${panel.dataset.news}?${params}`);
    state.offline = null;
    show({ fresh: news.new, changed: news.changed });
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    state.offline ??= new Date();
    show();
  }
}

/** Start looking. */
export function startLive() {
  setTimeout(look, FIRST);
  setInterval(look, PACE);
  onSwap(() => {
    state.since = new Date();
    show();
  });
  addEventListener("offline", () => { state.offline ??= new Date(); show(); });
  addEventListener("online", look);
}
