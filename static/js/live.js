// What arrives meanwhile is announced in the masthead, never thrown at the reader: they decide when to read it.

import { onSwap } from "./swaps.js";
import { getJSON, RequestError } from "./request.js";
import { filter, onQuery, refresh, refused } from "./state.js";
import { followChanges } from "./stream.js";
import { html } from "./svg.js";
import { clock, say } from "./words.js";

const PACE = 20_000; // milliseconds between two looks while there is no stream
const REST = 1_500; // milliseconds in which many changes make one look
const panel = document.getElementById("live");
const state = { since: new Date(), offline: null, streaming: false, fresh: 0, changed: 0, timer: 0, shown: "" };

const number = () => document.getElementById("list").dataset.number; // the change log's last entry when the list was read

function show() {
  const { offline, fresh, changed, since } = state;
  const now = `${Number(offline)} ${fresh} ${changed} ${Number(since)}`;
  if (now === state.shown) return; // said once is enough for those who listen
  state.shown = now;
  const dot = html("span", { class: offline ? "dot off" : "dot", "aria-hidden": "true" });
  const parts = offline ? [say("offline", { time: clock(offline) }), " "] : [html("b", { class: "wide" }, say("live")), " "];
  if (fresh || changed) {
    const button = html("button", { type: "button" }, say("show"));
    button.addEventListener("click", refresh);
    const time = html("span", { class: "wide" }, " ", say("since", { time: clock(since) }));
    parts.push(html("span", { class: "arrived" }, say("arrived", { new: fresh, changed })), time, " ", button);
  }
  panel.replaceChildren(dot, ...parts);
  panel.hidden = false;
}

// How many of the changes stand under the filter only the server can say; it counts from the list's own number.
async function look() {
  if (document.hidden) return;
  const params = new URLSearchParams([...filter()].filter(([name]) => !refused().has(name)));
  params.set("number", number());
  try {
    const news = await getJSON(`${panel.dataset.news}?${params}`);
    [state.offline, state.fresh, state.changed] = [null, news.new, news.changed];
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    state.offline ??= new Date();
  }
  show();
}

function soon() {
  clearTimeout(state.timer);
  state.timer = setTimeout(look, REST);
}

function streamed(open) {
  if (state.streaming !== open) soon(); // lost: is the server there at all? back: what came meanwhile?
  state.streaming = open;
}

/** Start following: the stream where there is one, looks at intervals where it is lost or refused. */
export function startLive() {
  if (panel.dataset.stream) followChanges({ url: panel.dataset.stream, after: number(), heard: soon, told: streamed });
  setInterval(() => { if (!state.streaming) look(); }, PACE);
  onQuery(() => { [state.fresh, state.changed] = [0, 0]; });
  onSwap(() => {
    Object.assign(state, { since: new Date(), fresh: 0, changed: 0, offline: null });
    show();
  });
  document.addEventListener("visibilitychange", soon);
  addEventListener("offline", () => { state.offline ??= new Date(); show(); });
  addEventListener("online", look);
  soon();
}
