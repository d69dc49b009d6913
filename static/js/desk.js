// The desk with scripts: every panel answers to the same filter and points at the same incident.

import "./page.js";
import "./exporting.js";
import { startFilter } from "./filter.js";
import { on } from "./keys.js";
import { later } from "./later.js";
import { startList } from "./list.js";
import { startLive } from "./live.js";
import { startMap } from "./map.js";
import { startSaving } from "./save.js";
import { startSentence } from "./sentence.js";
import { startTabs } from "./tabs.js";
import { startTimeline } from "./timeline.js";
import { startTolls } from "./tolls.js";
import { startToolbar } from "./toolbar.js";

startFilter();
startList();
startSaving();
startSentence();
startTabs();
startToolbar();
startTolls();
startMap();
later(startTimeline);
later(startLive);

on("g m", () => document.getElementById("map").focus());
on("g t", () => document.querySelector("#timeline .handle")?.focus());
on("g l", () => (document.querySelector("#list .row .rh") ?? document.getElementById("list-title")).focus());

// The way back from an incident leads to the map and the stretch of time that were seen.
addEventListener("pagehide", () => sessionStorage.setItem("desk", location.pathname + location.search + location.hash));
