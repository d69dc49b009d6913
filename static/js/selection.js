// Which incident the reader points at and which is selected: every panel asks here and is told here.

import { onView, setView, view } from "./state.js";

const listeners = new Set();
const now = { near: null, selected: view("sel") };

/** The incident pointed at (hover, focus) and the one selected, as strings; null for none. */
export function current() {
  return { ...now };
}

/** Call `listener({near, selected})` at every change. */
export function onSelection(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Point at an incident, or at none. */
export function point(id) {
  if (now.near === id) return;
  now.near = id;
  tell();
}

/** Select an incident; the address remembers it. */
export function select(id) {
  if (now.selected === id) return;
  now.selected = id;
  setView({ sel: id });
  tell();
}

onView(() => {
  if (now.selected === view("sel")) return;
  now.selected = view("sel");
  tell();
});

function tell() {
  for (const listener of listeners) listener(current());
}

/** Set the marks of one element by its incident. */
export function mark(element, id) {
  element.classList.toggle("is-near", now.near === id);
  element.classList.toggle("is-sel", now.selected === id);
}
