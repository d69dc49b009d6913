// A number opens its sentence, in place. Without scripts, or with a modifier, the link leads to the incident's claims.

import { getPage } from "./request.js";
import { html } from "./svg.js";
import { waiting } from "./waiting.js";
import { say } from "./words.js";

let opener = null;

function box() {
  return document.getElementById("sentence");
}

/** Close the sentence and give the focus back. */
export function closeSentence() {
  if (box()?.hidden !== false) return false;
  box().hidden = true;
  opener?.classList.remove("is-open");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
  return true;
}

function place(link) {
  const list = document.getElementById("list").getBoundingClientRect();
  const at = link.closest("li").getBoundingClientRect();
  const below = at.bottom - list.top - 1;
  const height = box().offsetHeight;
  const above = at.top - list.top - height;
  box().style.insetBlockStart = `${below + height > list.height && above > 0 ? above : below}px`;
}

async function show(link) {
  const url = box().dataset.address.replace("/0/", `/${link.closest("[data-id]").dataset.id}/`);
  const read = waiting(document.getElementById("list"), say("the sentence"));
  const page = await getPage(url).finally(read);
  const shut = html("button", { type: "button", class: "x", "aria-label": say("close") }, "×");
  shut.addEventListener("click", closeSentence);
  opener?.classList.remove("is-open");
  opener = link;
  opener.classList.add("is-open");
  box().replaceChildren(shut, document.adoptNode(page.getElementById("evidence")));
  box().hidden = false;
  place(link);
  box().querySelector(".acts2 a").focus({ preventScroll: true });
}

/** Start listening for figures. */
export function startSentence() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sentence]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) {
      event.preventDefault();
      if (link === opener) closeSentence();
      else show(link).catch(() => { location.href = link.href; });
    } else if (opener && !event.target.closest("#sentence")) closeSentence();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closeSentence()) event.preventDefault();
  });
}
