// Keys: `on("j", action)` for one letter, `on("g m", action)` for two in a row. Letters can be switched off; nothing fires while typing.

const STORE = "single-keys";
const OWN = "a, button, summary, input, select, [role=button]"; // what answers to Enter and Space itself
const PAUSE = 1200; // milliseconds a first letter waits for its second
const actions = new Map();
let first = "";
let timer = 0;

/** Bind an action to a key or to two in a row ("g m"). Returns a function that takes it back. */
export function on(keys, action) {
  actions.set(keys, action);
  return () => actions.delete(keys);
}

/** Whether the reader lets single letters work as keys. */
export function lettersOn() {
  return localStorage.getItem(STORE) !== "off";
}

/** Whether the focus is where letters are text. */
export function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio], [type=range]), select, textarea, [contenteditable]") != null;
}

function wait(key) {
  clearTimeout(timer);
  first = key;
  timer = setTimeout(() => { first = ""; }, PAUSE);
}

function startsPair(key) {
  return [...actions.keys()].some((keys) => keys.startsWith(`${key} `));
}

function answer(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (["Enter", " "].includes(event.key) && event.target.closest?.(OWN)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.length === 1 && !lettersOn()) return;
  const action = actions.get(first ? `${first} ${key}` : key) ?? actions.get(key);
  if (action) {
    first = "";
    event.preventDefault();
    action(event);
  } else if (startsPair(key)) wait(key);
}

function sheet() {
  const dialog = document.getElementById("keys");
  const box = document.getElementById("single-keys");
  if (!dialog) return;
  box.checked = lettersOn();
  box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  on("?", () => dialog.showModal());
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-open-keys]")) dialog.showModal();
  });
}

document.addEventListener("keydown", answer);
sheet();
