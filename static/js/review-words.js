// Words selected in the article become a value: by a button below them or a letter. The server reads them; the span is kept.

import { getJSON } from "./request.js";

const page = document.getElementById("case");
const text = document.getElementById("text");
const bar = document.getElementById("setas");
const EDGES = /^[\s.,;:!?"“”'’‘()[\]—–-]+|[\s.,;:!?"“”‘()[\]—–-]+$/gu;
let opened = () => null;
let at = { anchor: -1, focus: -1 };
let words = null;

const points = (string) => [...string].length;

function blockOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const block = element?.closest("[data-start]");
  return block && text.contains(block) ? block : null;
}

// The selection as offsets into the article, cut to the block it begins in and freed of blanks and marks at its edges.
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const block = blockOf(range.startContainer);
  if (!block) return null;
  if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length);
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(range.startContainer, range.startOffset);
  const whole = range.toString();
  const lead = whole.match(/^[\s.,;:!?"“”'’‘()[\]—–-]+/u)?.[0] ?? "";
  const said = whole.replace(EDGES, "");
  if (!said) return null;
  const start = Number(block.dataset.start) + points(before.toString()) + points(lead);
  return { start, end: start + points(said), words: said, in: block.dataset.in ?? "", block };
}

function complain(message) {
  const place = bar.querySelector(".err");
  place.textContent = message;
  place.hidden = false;
}

function showBar() {
  const found = chosen();
  bar.hidden = !found;
  if (!found) return;
  bar.querySelector(".err").hidden = true;
  if (bar.previousElementSibling !== found.block) found.block.after(bar);
}

/** Fill a form with what words say, keep the words with it, and put the focus on saving it. */
function fill(form, values, evidence, said) {
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    if (control && !(control instanceof RadioNodeList)) control.value = value ?? "";
  }
  if (form.elements.evidence) form.elements.evidence.value = JSON.stringify(evidence);
  const shown = form.querySelector(".shown");
  if (shown) {
    shown.querySelector("q").textContent = said;
    shown.hidden = false;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dataset.dirty = "";
}

function formFor(field) {
  return document.querySelector(`form[data-draft="${CSS.escape(field)}"]`);
}

/** Use the selected words as a kind of value; the form that was filled, or null where no words are selected. */
export async function useWords(kind) {
  const found = chosen();
  if (!found) return null;
  const query = new URLSearchParams({ article: text.dataset.article, start: found.start, end: found.end, in: found.in, words: found.words, as: kind });
  try {
    const { field, values, candidates, evidence } = await getJSON(`${page.dataset.words}?${query}`);
    const form = formFor(field);
    if (!form) throw new Error(bar.dataset.none);
    opened(form.closest("details"), { focus: false });
    if (candidates) form.dispatchEvent(new CustomEvent("candidates", { detail: { places: candidates, chosen: values.candidate } }));
    fill(form, values, evidence, found.words);
    (form.querySelector("[data-after-words]") ?? form.querySelector("[type=submit]")).focus();
    return form;
  } catch (error) {
    const said = error.body ? JSON.parse(error.body).error : error.message;
    complain(said);
    return undefined;
  }
}

// Moving by words, for hands that stay on the keys.
function allWords() {
  const found = [];
  for (const block of text.querySelectorAll("[data-start]")) {
    for (const match of block.textContent.matchAll(/\S+/gu)) found.push({ block, from: match.index, to: match.index + match[0].length });
  }
  return found;
}

function place(block, offset) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = offset;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [block, block.childNodes.length];
}

function select() {
  const [from, to] = [Math.min(at.anchor, at.focus), Math.max(at.anchor, at.focus)];
  getSelection().setBaseAndExtent(...place(words[from].block, words[from].from), ...place(words[to].block, words[to].to));
  words[at.focus].block.scrollIntoView({ block: "nearest" });
}

function move(to, extend) {
  words ??= allWords();
  if (!words.length) return;
  const focus = Math.max(0, Math.min(words.length - 1, to));
  at = { anchor: extend && at.anchor >= 0 ? at.anchor : focus, focus };
  select();
}

function nextBlock(by) {
  let to = at.focus;
  while (words[to + by] && words[to + by].block === words[at.focus].block) to += by;
  return to + by;
}

function arrows(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  words ??= allWords();
  const steps = { ArrowRight: () => at.focus + 1, ArrowLeft: () => at.focus - 1, ArrowDown: () => nextBlock(1), ArrowUp: () => nextBlock(-1) };
  if (!steps[event.key] || document.activeElement !== text) return;
  event.preventDefault();
  move(at.focus < 0 ? words.findIndex(({ block }) => !block.dataset.in) : steps[event.key](), event.shiftKey);
}

/** Start the bar and the keys of the text. `openRow(details)` opens a form. */
export function startWords(openRow) {
  if (!text || !bar) return;
  opened = openRow;
  document.addEventListener("selectionchange", showBar);
  text.addEventListener("keydown", arrows);
  text.addEventListener("pointerdown", () => { at = { anchor: -1, focus: -1 }; });
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  bar.addEventListener("click", (event) => { const kind = event.target.closest("button")?.dataset.as; if (kind) useWords(kind); });
}
