// The case in work: keys, the open field, the way to the next case. Without this, links and forms do the same.

import { startDrafts } from "./drafts.js";
import { isTyping, lettersOn, on } from "./keys.js";
import { startPlaces } from "./review-places.js";
import { startWords, useWords } from "./review-words.js";

const fields = document.getElementById("fields");
const LETTERS = { t: "type", d: "date", p: "place", n: "count", a: "actor", c: "claimant", v: "event" };

function rowOf(kind) {
  if (["actor", "claimant", "event"].includes(kind)) return document.getElementById(`add-${kind}`);
  const rows = [...fields.querySelectorAll(`.fld[data-kind="${kind}"]`)];
  return rows.find((row) => row.classList.contains("needs")) ?? rows[0];
}

/** Open a row's form, close those that were not touched, and put the focus into it. */
export function openRow(row, { focus = true } = {}) {
  const details = row?.matches("details") ? row : row?.querySelector("details");
  if (!details) return null;
  for (const other of fields.querySelectorAll(".edit[open]")) {
    if (other !== details && !other.querySelector("form")?.dataset.dirty) other.open = false;
  }
  const outer = details.parentElement.closest("details");
  if (outer) outer.open = true;
  details.open = true;
  const form = details.querySelector("form");
  if (focus) {
    const first = form.querySelector("input:checked, input:not([type=hidden], [type=radio]), select");
    first?.focus();
    if (first?.select && first.type !== "radio") first.select();
  }
  details.scrollIntoView({ block: "nearest" });
  return form;
}

function letter(key) {
  const kind = LETTERS[key];
  useWords(kind).then((form) => {
    if (form === null) openRow(rowOf(kind));
  });
}

// The form that waits to be saved: touched and open.
function unsaved() {
  return fields.querySelector(".edit[open] form[data-dirty], .add[open] form[data-dirty]");
}

function choose(number) {
  const radios = [...fields.querySelectorAll(".edit[open] .picks input[type=radio]")];
  const radio = radios[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("input", { bubbles: true }));
}

function confirm(event) {
  if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("form[data-draft] select")) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  const busy = isTyping(event.target) || event.target.closest("a, button, summary, input, select");
  if (busy || document.querySelector("dialog[open]") || !lettersOn()) return;
  event.preventDefault();
  const form = unsaved();
  if (form) form.requestSubmit();
  else document.getElementById("done")?.click();
}

function step(by) {
  const cases = [...document.querySelectorAll(".queue .qi")];
  const at = cases.findIndex((link) => link.getAttribute("aria-current"));
  cases[at < 0 ? 0 : at + by]?.click();
}

function press(id) {
  return () => document.getElementById(id)?.click();
}

function reject() {
  const menu = document.getElementById("reject");
  menu.open = true;
  menu.querySelector("input:not([type=hidden])").focus();
}

// Escape leaves a form for the page, so that single keys work again.
function leave(event) {
  if (event.key !== "Escape") return;
  const menu = document.getElementById("reject");
  if (menu?.open) menu.open = false;
  document.activeElement?.blur();
}

// Words in the text lead to their field.
function follow(event) {
  const mark = event.target.closest(".rtext a.ev-of");
  if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!getSelection().isCollapsed) return;
  openRow(rowOf(mark.dataset.kind === "claimant" ? "count" : mark.dataset.kind), { focus: false });
}

for (const key of Object.keys(LETTERS)) on(key, () => letter(key));
for (let number = 1; number <= 9; number += 1) on(String(number), () => choose(number));
on("j", () => step(1));
on("k", () => step(-1));
on("w", () => document.getElementById("text").focus());
on("s", press("skip"));
on("r", reject);
on("m", press("merge"));
on("x", press("not-same"));
on("u", press("undo"));
on("h", press("revisions"));
on("[", press("before"));
on("]", press("after"));
document.addEventListener("keydown", confirm);
document.addEventListener("keydown", leave);
document.addEventListener("click", follow);
fields.addEventListener("input", (event) => { const form = event.target.closest("form"); if (form) form.dataset.dirty = ""; });
document.querySelector(".qi.on")?.scrollIntoView({ block: "nearest" });
startDrafts(openRow);
startPlaces();
startWords(openRow);
document.getElementById("case").dataset.ready = ""; // keys are heard from here on
