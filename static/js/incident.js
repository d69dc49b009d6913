// The incident page: printing, copying the citation, saving the toll as a picture, keys, and the locator map.

import { on } from "./keys.js";
import { locate } from "./locator.js";
import { followChanges } from "./stream.js";
import { saveToll } from "./toll.js";

function copyCitation() {
  const button = document.getElementById("copy-citation");
  const told = document.getElementById("copied");
  button?.addEventListener("click", async () => {
    const words = document.getElementById("citation").textContent.trim().replace(/\s+/g, " ");
    try {
      await navigator.clipboard.writeText(words);
      told.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(document.getElementById("citation"));
      told.textContent = button.dataset.selected;
    }
  });
}

/** Open the form of the field under the focus, or the first one. */
function correct() {
  const form = (document.activeElement.closest(".fld") ?? document).querySelector(".edit");
  if (!form) return;
  form.open = true;
  form.querySelector("input:not([type=hidden]), select")?.focus();
}

/** Escape closes the form around the focus and goes back to what opened it; what was typed stays in it. */
function leave(event) {
  const form = event.key === "Escape" && !event.defaultPrevented && event.target.closest(".edit[open]");
  if (!form) return;
  form.open = false;
  form.querySelector("summary").focus();
}

function openSentence() {
  document.querySelector(".is-best cite a, .claims cite a, .fld cite a")?.click();
}

/** Keep what editors started; readers load nothing for it. */
async function keepDrafts() {
  if (!document.querySelector("[data-drafts]")) return;
  const { startDrafts } = await import("./drafts.js");
  startDrafts((row) => { row.open = true; });
}

/** Say that the incident has changed since the page was made; the reader decides when to read it again. */
function watch() {
  const strip = document.getElementById("stale");
  if (!strip) return;
  const heard = ({ incident }) => { if (String(incident) === strip.dataset.incident) strip.hidden = false; };
  followChanges({ url: document.getElementById("live").dataset.stream, after: strip.dataset.number, heard, told() {} });
}

/** Lead back to the desk as it was left, where it was left under this filter. */
function wayBack() {
  const link = document.getElementById("back-to-desk");
  const left = sessionStorage.getItem("desk");
  if (link && left?.split("#")[0] === link.getAttribute("href")) link.href = left;
}

document.getElementById("print")?.addEventListener("click", () => print());
for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => saveToll(button.dataset.save));
}
document.addEventListener("keydown", leave);
copyCitation();
on("e", correct);
on("o", openSentence);
on("j", () => document.querySelector(".crumb [rel=next]")?.click());
on("k", () => document.querySelector(".crumb [rel=prev]")?.click());
locate(document.getElementById("locator"));
watch();
keepDrafts();
wayBack();
