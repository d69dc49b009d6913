// The timeline: what is seen of time, what is chosen of it, and reading it from the server.

import { reachBins, startBinKeys } from "./binkeys.js";
import { asFilter, brush, dragged, follow } from "./brush.js";
import { draw as inFrame } from "./frames.js";
import { on } from "./keys.js";
import { startPlay } from "./play.js";
import { getFigures } from "./request.js";
import { current, onSelection, point, select } from "./selection.js";
import { changed, filter, go, onFilter, onView, pin, refused, setView } from "./state.js";
import { LANE, lasting } from "./strips.js";
import { svg } from "./svg.js";
import { axis, bars, layout, softBand, SIDE } from "./timechart.js";
import { askedUnit, readTimeline } from "./timedata.js";
import { DAY, fittingUnit, floor, isoDay, parseDay, parsePeriod, scale as scaleOf, step, zoomed } from "./timescale.js";
import { savedWindow, told, windowOf } from "./timewindow.js";
import { choice, onChoice } from "./toolbar.js";
import { trouble } from "./trouble.js";
import { once } from "./turns.js";
import { waiting } from "./waiting.js";
import { dates, say } from "./words.js";

const panel = document.getElementById("timeline");
const section = document.getElementById("time-panel");
const LIVE = 180; // milliseconds between answers while the brush is dragged
const state = { data: null, window: null, range: null, running: null };

let size = null; // measuring makes the browser lay the page out at once: only where the panel has another size

function measured() {
  size ??= [Math.max(panel.clientWidth, 200), Math.max(panel.clientHeight, 120)];
  return size;
}

function width() {
  return measured()[0];
}

function unit() {
  return choice("bins") || fittingUnit(...state.window, width() - SIDE - 16);
}

// What is chosen begins and ends with days: the filter knows no hours.
function grain() {
  return unit() === "hour" ? "day" : unit();
}

// The chosen stretch; an open end means as far as is seen.
function chosen(params) {
  const since = parsePeriod(params.get("since"));
  const until = parsePeriod(params.get("until"), true);
  if (Number.isNaN(since) && Number.isNaN(until)) return null;
  const [from, to] = state.window;
  return [Number.isNaN(since) ? Math.min(from, until) : since, Number.isNaN(until) ? Math.max(to, since + DAY) : until + DAY];
}

async function ask({ unit: wanted, ...stretch }, options) {
  const params = changed(filter(), { since: null, until: null, sort: null, unit: askedUnit(wanted), by: choice("stack"), ...stretch });
  return readTimeline(await getFigures(section.dataset.timeline, params, refused(), options), wanted);
}

// The stretch to begin with: around what is chosen, else all. Where years fit it, what was read is what it shows.
async function firstWindow() {
  const all = await ask({ unit: "year" });
  state.window = windowOf(all);
  state.data = unit() === "year" ? all : null;
  return state.window;
}

async function wholeTime() {
  setRange(null);
  const asked = location.search;
  const all = windowOf(await ask({ unit: "year" }));
  if (asked === location.search) setWindow(all); // else the reader has gone on
}

async function read() {
  state.running?.abort();
  const mine = (state.running = new AbortController());
  const [from, to] = state.window;
  const window_ = { from: isoDay(floor(from, unit())), to: isoDay(to) };
  const read_ = waiting(section, say("the timeline"));
  try {
    let answer = await ask({ unit: unit(), ...window_ }, { signal: mine.signal });
    // Hours fit, and nothing here states one: days say more.
    if (!choice("bins") && answer.unit === "hour" && !answer.bins.length) answer = await ask({ unit: "day", ...window_ }, { signal: mine.signal });
    if (mine.signal.aborted) return;
    state.data = answer;
    failed(null);
    await inFrame(() => mine.signal.aborted || draw());
  } catch (error) {
    if (!mine.signal.aborted) failed(error);
  } finally {
    read_();
  }
}

const again = once(read);

function failed(error, retry = read) {
  trouble(section, say("the timeline"), error, retry);
}

function restack(by) {
  section.dataset.stack = by;
  again();
}

let drawn = { scale: null, place: null };
let unfitted = false; // what stands there was drawn for another size

// Where an answer is drawn meanwhile, that is enough.
function fit() {
  size = null;
  unfitted = true;
  inFrame(() => { if (unfitted) draw(); });
}

function draw(focus = null) {
  unfitted = false;
  if (!state.data) return;
  const [wide, high] = measured();
  const scale = scaleOf(...state.window, SIDE, wide - 16);
  const hooks = { href: (id) => document.getElementById("map").dataset.incident.replace("/0/", `/${id}/`) + location.search, point, select, title: say(`per ${state.data.unit}`), left: SIDE, right: wide - 4 };
  const { name, strips, used } = lasting(state.data, scale, Math.max(2, Math.floor((high - 110) / LANE)), hooks);
  const place = layout(wide, high, used);
  drawn = { scale, place };
  const words = say("brush", { from: dates.day(state.window[0]), to: dates.day(state.window[1]) });
  const focused = panel.querySelector(":focus")?.dataset;
  const keep = focus ?? focused?.grip;
  panel.replaceChildren(svg("svg", { class: "tl", role: "group", "aria-label": `${hooks.title}, ${words}` },
    ...bars(state.data, scale, place, (bin) => setRange([floor(bin.from, grain()), Math.max(bin.to, step(floor(bin.from, grain()), grain()))])),
    softBand(state.data, scale, place), axis(scale, place, state.data), ...strips,
    brush(state.range, scale, place, grain(), { set: setRange }), name));
  if (keep) panel.querySelector(`.handle[data-grip="${keep}"]`)?.focus();
  reachBins(panel, focused?.bin);
  mark();
}

function mark() {
  const { near, selected } = current();
  for (const element of panel.querySelectorAll(".lasting")) {
    element.classList.toggle("is-near", element.dataset.id === near);
    element.classList.toggle("is-sel", element.dataset.id === selected);
  }
  panel.querySelector(".marker")?.remove();
  const row = document.querySelector(`#list .row[data-id="${CSS.escape(near ?? selected ?? "")}"]`);
  const from = parseDay(row?.dataset.from || row?.dataset.to);
  if (Number.isNaN(from) || !drawn.scale) return;
  const x = drawn.scale.x(floor(from, state.data.unit)) + (drawn.scale.x(step(floor(from, state.data.unit), state.data.unit)) - drawn.scale.x(floor(from, state.data.unit))) / 2;
  if (x > drawn.place.left && x < drawn.place.right) panel.firstChild.append(svg("path", { class: "marker", d: `M${x} ${drawn.place.base + 2}l-4 7h8z` }));
}

/** Choose a stretch of time (null: all of it). `replace` leaves no entry in the history. */
function setRange(range, { replace = false, focus = null } = {}) {
  state.range = range;
  draw(focus);
  go(changed(filter(), asFilter(range)), { replace });
}

function setWindow(window_) {
  state.window = window_;
  setView({ time: told(window_) });
  draw();
  clearTimeout(setWindow.timer);
  setWindow.timer = setTimeout(read, 120);
}

function zoom(around, factor) {
  setWindow(zoomed(...state.window, around, factor));
}

function startPointers() {
  let [last, pushed] = [0, false];
  follow(panel, {
    range: () => state.range ?? state.window,
    drag(drag, x) {
      state.range = dragged(drag, x, drawn.scale, grain());
      draw();
      if (performance.now() - last < LIVE) return;
      last = performance.now();
      go(changed(filter(), asFilter(state.range)), { replace: pushed });
      pushed = true;
    },
    done() {
      go(changed(filter(), asFilter(state.range)), { replace: pushed });
      pushed = false;
    },
    zoom: (x, factor) => zoom(drawn.scale.time(x), factor),
    pan: (pixels) => setWindow(state.window.map((time) => time + pixels / drawn.scale.factor)),
    pinch([a0, b0], [a1, b1]) {
      const factor = Math.abs(a0 - b0) / Math.max(Math.abs(a1 - b1), 1);
      const shift = ((a0 + b0) / 2 - (a1 + b1) / 2) / drawn.scale.factor;
      setWindow(zoomed(...state.window, drawn.scale.time((a1 + b1) / 2), factor).map((time) => time + shift));
    },
  });
}

function shiftRange(by) {
  if (!state.range) return;
  const length = state.range[1] - state.range[0];
  const range = state.range.map((time) => time + by * length);
  if (range[0] < state.window[0] || range[1] > state.window[1]) setWindow(state.window.map((time) => time + by * length));
  setRange(range);
}

/** Start the timeline. */
export async function startTimeline() {
  try {
    state.window = savedWindow() ?? await firstWindow();
  } catch (error) {
    failed(error, startTimeline);
    return;
  }
  failed(null);
  state.range = chosen(filter());
  startPointers();
  startBinKeys(panel, (time, factor) => zoom(time ?? (state.window[0] + state.window[1]) / 2, factor));
  const first = state.window;
  onView(() => {
    const wanted = savedWindow() ?? first;
    if (told(wanted) === told(state.window)) return;
    state.window = wanted;
    state.range = chosen(filter());
    draw();
    again();
  });
  onFilter((params) => {
    pin("time", told(state.window));
    state.range = chosen(params);
    again();
  });
  onSelection(mark);
  onChoice("bins", again);
  onChoice("stack", restack);
  section.dataset.stack = choice("stack");
  new ResizeObserver(fit).observe(panel);
  on("[", () => shiftRange(-1));
  on("]", () => shiftRange(1));
  document.getElementById("whole-time").addEventListener("click", () => wholeTime().catch(failed));
  startPlay({ state, unit: grain, setRange });
  if (state.data) draw();
  else read();
}
