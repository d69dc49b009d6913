// Moments the desk kept (published, retrieved, changed) in the reader's own zone, with the desk's beside it where the two differ.
// Days that an article states are no moments: they stay as they were stated.

import { onSwap } from "./swaps.js";

const CLOCK = /\d\d:\d\d/;
const language = { en: "en-GB" }[document.documentElement.lang] ?? (document.documentElement.lang || "en-GB");
const desk = document.documentElement.dataset.zone || "UTC";

function words(moment, options) {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...options }).format(moment);
}

function localise(element) {
  const moment = new Date(element.dateTime);
  if (!element.dateTime.includes("T") || !CLOCK.test(element.textContent) || Number.isNaN(moment.getTime())) return;
  const day = { day: "numeric", month: "short", year: /\d{4}/.test(element.textContent) ? "numeric" : undefined };
  const [here, there] = [words(moment, day), words(moment, { ...day, timeZone: desk })];
  element.dataset.local = "";
  if (here === there) return;
  const sameDay = here.slice(0, -5) === there.slice(0, -5);
  const stated = document.createElement("small");
  stated.textContent = ` (${sameDay ? words(moment, { timeZone: desk }) : there} ${desk})`;
  element.replaceChildren(here, stated);
}

function all() {
  for (const element of document.querySelectorAll("time[datetime]:not([data-local])")) localise(element);
}

all();
onSwap(all);
