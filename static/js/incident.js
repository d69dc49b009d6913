// The incident page: printing, copying the citation, saving the toll as a picture, keys, and the locator map.

import { on } from "./keys.js";
import { locate } from "./locator.js";
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

function openSentence() {
  document.querySelector(".is-best cite a, .claims cite a, .fld cite a")?.click();
}

document.getElementById("print")?.addEventListener("click", () => print());
for (const button of document.querySelectorAll("[data-save]")) {
  button.addEventListener("click", () => saveToll(button.dataset.save));
}
copyCitation();
on("e", correct);
on("o", openSentence);
locate(document.getElementById("locator"));
