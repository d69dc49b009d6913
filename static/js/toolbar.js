// The small choices in the panels' heads: how the map is drawn and sized, the width of the bins, copying the link.

import { onView, setView, view } from "./state.js";
import { say } from "./words.js";

const listeners = new Map();
const shown = new Map();

/** Call `listener(value)` when a choice of this name changes; "" is the default. */
export function onChoice(name, listener) {
  listeners.set(name, listener);
}

/** The choice in force. */
export function choice(name) {
  return view(name) ?? "";
}

function show(name) {
  shown.set(name, choice(name));
  for (const control of document.querySelectorAll(`[data-view="${name}"]`)) {
    if (control.matches("select")) control.value = choice(name);
    else control.setAttribute("aria-pressed", String(control.dataset.value === choice(name)));
  }
}

function choose(name, value) {
  setView({ [name]: value });
  show(name);
  listeners.get(name)?.(value);
}

/** Let a button copy the page's address. */
export function copies(button) {
  button.addEventListener("click", () => copyLink(button));
}

async function copyLink(button) {
  const before = button.textContent;
  await navigator.clipboard.writeText(location.href);
  button.textContent = say("copied");
  setTimeout(() => { button.textContent = before; }, 2000);
}

/** Start the buttons. */
export function startToolbar() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-view]");
    if (button) choose(button.dataset.view, button.dataset.value);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("select[data-view]")) choose(target.dataset.view, target.value);
  });
  onView(() => {
    for (const [name, value] of shown) {
      if (value === choice(name)) continue;
      show(name);
      listeners.get(name)?.(choice(name));
    }
  });
  for (const control of document.querySelectorAll("[data-view]")) show(control.dataset.view);
  copies(document.getElementById("copy-link"));
}
