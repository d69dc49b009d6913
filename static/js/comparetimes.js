// The two timelines of the comparison: the same stretch, the same bins, the same height for the same number.

import { follow } from "./brush.js";
import { getFigures } from "./request.js";
import { setView, view } from "./state.js";
import { html, svg } from "./svg.js";
import { axis, bars, layout, SIDE, softBand, tallest } from "./timechart.js";
import { askedUnit, readTimeline } from "./timedata.js";
import { DAY, fittingUnit, floor, isoDay, parseDay, scale as scaleOf, step, zoomed } from "./timescale.js";
import { binName, clock, figure, say } from "./words.js";

const box = document.getElementById("lines");
const read = document.getElementById("read");
const state = { sides: {}, window: null, data: null, at: null, running: null, timer: 0 };
const panels = () => [...box.querySelectorAll(".vline")];
const width = () => Math.max(box.clientWidth, 240);
const unit = () => fittingUnit(...state.window, width() - SIDE - 16);
const scale = () => scaleOf(...state.window, SIDE, width() - 16);

async function ask({ unit: wanted, ...stretch }, options) {
  const answers = Object.entries(state.sides).map(async ([key, filter]) => {
    const params = new URLSearchParams([...filter].filter(([name]) => !["page", "after", "sort"].includes(name)));
    for (const [name, value] of Object.entries({ ...stretch, unit: askedUnit(wanted) })) params.set(name, value);
    return [key, readTimeline(await getFigures(box.dataset.timeline, params, new Set(), options), wanted)];
  });
  return Object.fromEntries(await Promise.all(answers));
}

async function whole() {
  const all = Object.values(await ask({ unit: "year" })).filter(({ bins }) => bins.length);
  if (!all.length) return [floor(Date.now(), "year"), step(floor(Date.now(), "year"), "year")];
  const [first, last] = [Math.min(...all.map(({ from, bins }) => from || bins[0].from)), Math.max(...all.map(({ to, bins }) => to || bins.at(-1).to)) + DAY];
  const margin = Math.max((last - first) * 0.02, 2 * DAY);
  return [first - margin, last + margin];
}

async function load() {
  state.running?.abort();
  const mine = (state.running = new AbortController());
  const [from, to] = state.window;
  try {
    const answer = await ask({ unit: unit(), from: isoDay(floor(from, unit())), to: isoDay(to) }, { signal: mine.signal });
    if (mine.signal.aborted) return;
    state.data = answer;
    draw();
  } catch (error) {
    if (mine.signal.aborted) return;
    const again = html("button", { type: "button", class: "link" }, say("try again"));
    again.addEventListener("click", load);
    read.replaceChildren(say("failed", { part: say("the timeline"), time: clock(), reason: error.message }), " ", again);
  }
}

function draw() {
  if (!state.data) return;
  const top = Math.max(...Object.values(state.data).map(tallest));
  for (const panel of panels()) {
    const data = state.data[panel.dataset.side];
    const place = layout(width(), Math.max(panel.clientHeight, 90), 1);
    const name = panel.dataset.side.toUpperCase();
    const chart = svg("svg", { class: "tl", "aria-hidden": "true" },
      svg("text", { class: "axm", x: SIDE, y: 16 }, `${name} · ${say(`per ${data.unit}`)}`),
      ...bars(data, scale(), place, (bin) => point(bin.from), top), softBand(data, scale(), place), axis(scale(), place, data));
    if (state.at !== null) chart.append(cursor(place));
    panel.replaceChildren(chart);
  }
  tell();
}

function cursor(place) {
  const at = scale();
  const [from, to] = [at.x(state.at), at.x(step(state.at, unit()))];
  return svg("rect", { class: "cursor", x: from, y: 20, width: Math.max(to - from, 2), height: place.base - 20 });
}

// What both sides hold in the bin under the line.
function tell() {
  if (state.at === null) return;
  const held = (key) => state.data[key].bins.find(({ from }) => from === state.at)?.total ?? 0;
  read.textContent = say("both", { when: binName(state.at, unit()), a: figure(held("a")), b: figure(held("b")) });
}

function point(time) {
  state.at = floor(time, unit());
  draw();
}

function setWindow(next) {
  state.window = next;
  setView({ time: next.map(isoDay).join(",") });
  if (state.at !== null) state.at = floor(state.at, unit());
  draw();
  clearTimeout(state.timer);
  state.timer = setTimeout(load, 120);
}

// The line walks the bins; at the edge it takes the view along.
function walk(by) {
  const [from, to] = state.window;
  state.at = state.at === null ? step(floor(from, unit()), unit()) : step(state.at, unit(), by);
  const shift = state.at < from ? state.at - from : Math.max(step(state.at, unit()) - to, 0);
  if (shift) setWindow([from + shift, to + shift]);
  else draw();
}

async function keys(event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const factor = { "+": 0.6, "=": 0.6, "-": 1 / 0.6 }[event.key];
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (by) walk(by * (event.shiftKey ? 10 : 1));
  else if (factor) setWindow(zoomed(...state.window, state.at ?? (state.window[0] + state.window[1]) / 2, factor));
  else if (event.key === "Home") setWindow(await whole());
  else return;
  event.preventDefault();
}

function pointers() {
  const pan = (pixels) => setWindow(state.window.map((time) => time + pixels / scale().factor));
  follow(box, {
    range: () => state.window,
    drag: ({ start, range }, x) => setWindow(range.map((time) => time + (start - x) / scale().factor)),
    done() {},
    zoom: (x, factor) => setWindow(zoomed(...state.window, scale().time(x), factor)),
    pan,
    pinch([a0, b0], [a1, b1]) {
      const factor = Math.abs(a0 - b0) / Math.max(Math.abs(a1 - b1), 1);
      setWindow(zoomed(...state.window, scale().time((a1 + b1) / 2), factor));
      pan((a0 + b0) / 2 - (a1 + b1) / 2);
    },
  });
  box.addEventListener("mousemove", (event) => {
    if (event.buttons || !state.data) return;
    const time = scale().time(event.clientX - box.getBoundingClientRect().left);
    if (time > state.window[0] && time < state.window[1] && floor(time, unit()) !== state.at) point(time);
  });
}

/** Start both timelines; `sides` holds each side's filter. */
export async function startTimes(sides) {
  state.sides = sides;
  const [from, to] = (view("time") ?? "").split(",").map(parseDay);
  try {
    state.window = from < to ? [from, to] : await whole();
  } catch (error) {
    read.textContent = say("failed", { part: say("the timeline"), time: clock(), reason: error.message });
    return;
  }
  pointers();
  box.addEventListener("keydown", keys);
  addEventListener("resize", draw);
  load();
}
