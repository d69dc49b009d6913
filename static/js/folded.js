// What is folded away (the picker's options, the list of what is not on the map) is read when it is opened, not at every change
// of the filter.

import { getPage } from "./request.js";
import { address, filter } from "./state.js";
import { swapped } from "./swaps.js";

// The part's name for the server, and what of it is in the page only when it was asked for.
const HELD = { picker: "#picker", drawer: "#unplaced .drawer" };
const stale = new Set();

function fold(name) {
  return document.querySelector(name === "picker" ? "#pick" : "#unplaced details");
}

/** The parts to ask for: what is always seen, and what is unfolded. */
export function seenParts() {
  return ["view", ...Object.keys(HELD).filter((name) => fold(name)?.open)];
}

/** Put a part of an answer in the place of the page's own; what was unfolded stays so. */
export function put(id, page) {
  const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
  if (!old || !fresh) return;
  if (old.querySelector("details[open]")) fresh.querySelector("details").open = true;
  old.replaceWith(document.adoptNode(fresh));
}

/** Note which of the folded parts an answer left out. */
export function noteStale(page) {
  for (const [name, held] of Object.entries(HELD)) {
    if (page.querySelector(held)) stale.delete(name);
    else stale.add(name);
  }
}

async function unfold(name) {
  const params = address(filter());
  stale.delete(name);
  fold(name).setAttribute("aria-busy", "true");
  try {
    const page = await getPage(params, { parts: [name] });
    if (params !== address(filter())) return; // the change meanwhile asked for it too
    if (name === "drawer") put("unplaced", page);
    swapped(page);
  } catch {
    stale.add(name); // opened again, it is asked for again
  } finally {
    fold(name)?.removeAttribute("aria-busy");
  }
}

/** Read what is unfolded and was left out. */
export function unfoldStale() {
  for (const name of [...stale]) if (fold(name)?.open) unfold(name);
}

document.addEventListener("toggle", unfoldStale, true);
