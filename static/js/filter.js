// The filter picker: opens on "/", narrows its options to what is typed, applies every choice at once.

import { draw } from "./frames.js";
import { on } from "./keys.js";
import { onSwap } from "./swaps.js";
import { getPage } from "./request.js";
import { address, changed, filter, go, put } from "./state.js";

const TYPED = 350; // milliseconds of rest after typing before it is applied
const LOOKED = 150; // before what is looked for is asked of the server
const OPEN = ["country", "actor", "claimant", "source"]; // of these the page holds the most frequent alone
const picker = document.getElementById("picker");
const pick = document.getElementById("pick");
const find = document.getElementById("find");
let timer = 0;
let looking = null;

const folded = (text) => text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

function isOpen() {
  return pick.open;
}

function openPicker() {
  pick.open = true;
  find.setAttribute("aria-expanded", "true");
}

function closePicker() {
  pick.open = false;
  find.setAttribute("aria-expanded", "false");
  find.value = "";
  narrow("");
}

// What the page does not hold of the names that were looked for, from the server.
async function look(text) {
  looking?.abort();
  const mine = (looking = new AbortController());
  await new Promise((resolve) => { setTimeout(resolve, LOOKED); });
  if (mine.signal.aborted || folded(text).length < 2) return;
  const page = await getPage(address(filter()), { parts: ["picker"], find: text.trim(), signal: mine.signal }).catch(() => null);
  if (mine.signal.aborted || !page) return;
  for (const name of OPEN) {
    const group = picker.querySelector(`[data-group="${name}"]`);
    const held = new Set([...picker.querySelectorAll(`[name="${name}"]`)].map((input) => input.value));
    const fresh = [...page.querySelectorAll(`[data-group="${name}"] .opt`)].filter((option) => !held.has(option.querySelector("input").value));
    if (group) group.querySelector("legend").after(...fresh.map((option) => document.adoptNode(option)));
    else if (fresh.length) picker.querySelector(".fcols").append(document.adoptNode(fresh[0].closest("fieldset")));
  }
  narrow(find.value);
}

function narrow(text) {
  const wanted = folded(text);
  for (const set of picker.querySelectorAll("fieldset")) {
    const whole = folded(set.querySelector("legend").textContent).includes(wanted);
    const options = [...set.querySelectorAll(".opt, .fld")];
    for (const option of options) option.hidden = !whole && !folded(option.textContent).includes(wanted);
    set.hidden = options.every((option) => option.hidden);
  }
  picker.querySelector("#no-option").hidden = [...picker.querySelectorAll("fieldset")].some((set) => !set.hidden);
}

// One field at a time: the others may not show yet what the filter holds.
function apply(field, { replace = false } = {}) {
  if (field.type === "checkbox") go(put(filter(), field.name, field.value, field.checked), { replace });
  else if (field.name) go(changed(filter(), { [field.name]: field.value.trim() }), { replace });
}

function move(event) {
  const reachable = [...picker.querySelectorAll("input:not([type=hidden]), select")].filter((element) => element.checkVisibility());
  const at = reachable.indexOf(document.activeElement);
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  event.preventDefault();
  if (next < 0) find.focus();
  else reachable[Math.min(next, reachable.length - 1)]?.focus();
}

function keys(event) {
  if (event.key === "Escape" && isOpen()) {
    event.preventDefault();
    event.stopPropagation();
    closePicker();
    find.focus();
    pick.open = false;
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.target.matches("select, [type=radio]")) {
    openPicker();
    move(event);
  } else if (event.key === "Enter" && event.target === find) {
    event.preventDefault();
    if (find.value.trim()) go(changed(filter(), { q: find.value.trim() }));
    closePicker();
  } else if (event.key === "Enter" && event.target.matches("[type=checkbox]")) {
    event.preventDefault();
    event.target.click();
  }
}

// The server counted again: take its counts and marks, leave the focus and what is being typed alone.
function recount(page) {
  const fresh = page.getElementById("picker");
  if (!picker.contains(document.activeElement)) {
    picker.replaceChildren(...[...fresh.children].map((child) => document.adoptNode(child)));
    narrow(find.value);
    if (find.value) look(find.value);
    return;
  }
  for (const option of picker.querySelectorAll(".opt")) {
    const input = option.querySelector("input");
    const twin = fresh.querySelector(`input[name="${input.name}"][value="${CSS.escape(input.value)}"]`)?.closest(".opt");
    if (!twin) continue;
    option.className = twin.className;
    option.querySelector(".n")?.replaceWith(twin.querySelector(".n") ?? "");
    if (input !== document.activeElement) input.checked = twin.querySelector("input").checked;
  }
  for (const list of picker.querySelectorAll("select, datalist")) {
    const twin = fresh.querySelector(list.id ? `#${CSS.escape(list.id)}` : `select[name="${list.name}"]`);
    if (twin && list !== document.activeElement) list.replaceChildren(...twin.children);
  }
  for (const error of picker.querySelectorAll(".err")) error.remove();
  for (const error of fresh.querySelectorAll(".fld .err")) {
    const name = error.closest(".fld").querySelector("[name]").name;
    picker.querySelector(`.fld [name="${name}"]`)?.after(document.adoptNode(error));
  }
}

/** Start the picker. */
export function startFilter() {
  on("/", () => { openPicker(); find.focus(); });
  find.addEventListener("focus", openPicker);
  find.addEventListener("input", () => { openPicker(); narrow(find.value); look(find.value); });
  picker.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (picker.contains(document.activeElement)) apply(document.activeElement);
  });
  picker.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) closePicker();
  });
  picker.addEventListener("change", ({ target }) => { clearTimeout(timer); apply(target); });
  picker.addEventListener("input", (event) => {
    if (!event.target.matches("input:not([type=checkbox], [type=radio])")) return;
    clearTimeout(timer);
    timer = setTimeout(() => apply(event.target, { replace: true }), TYPED);
  });
  for (const element of [find, picker]) element.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", (event) => {
    if (isOpen() && !event.target.closest("#pick, .fadd")) closePicker();
  });
  document.addEventListener("focusin", (event) => {
    if (isOpen() && !event.target.closest("#pick, .fadd, body > .skip")) closePicker();
  });
  onSwap((page) => { if (page.getElementById("picker")) draw(() => recount(page)); });
}
