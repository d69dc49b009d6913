// The article: choosing an event marks its evidence; the legend shows and hides kinds of words. Without this, links do the choosing.

import { on } from "./keys.js";

const cards = [...document.querySelectorAll(".evt")];
const words = document.querySelector(".atext");
let chosen = Number(document.querySelector(".evt.on")?.dataset.event ?? 0);

function numbersOf(element) {
  return (element.dataset.events ?? element.dataset.event ?? "").split(" ").map(Number);
}

/** Mark the evidence of one event and open its fields. */
function choose(number, { remember = true } = {}) {
  const card = cards.find((one) => Number(one.dataset.event) === number);
  if (!card) return;
  chosen = number;
  for (const one of cards) {
    one.classList.toggle("on", one === card);
    const link = one.querySelector(".choose");
    if (one === card) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const mark of words.querySelectorAll(".ev-of, .g a")) mark.classList.toggle("on", numbersOf(mark).includes(number));
  const said = document.getElementById("chosen"); // not there where only excerpts are shown
  if (said) said.textContent = String(number);
  if (remember) history.replaceState(null, "", `?event=${number}`);
}

function nextOf(mark) {
  const numbers = numbersOf(mark);
  const at = numbers.indexOf(chosen);
  return numbers[(at + 1) % numbers.length];
}

function bring(element) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element?.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}

function step(by) {
  const next = Math.min(cards.length, Math.max(1, chosen + by));
  choose(next);
  bring(words.querySelector(".ev-of.on"));
  bring(cards[next - 1]);
}

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  const mark = event.target.closest(".ev-of, .g a, .choose, .tops a");
  if (!mark) return;
  event.preventDefault();
  const card = mark.closest(".evt");
  const number = card ? Number(card.dataset.event) : mark.matches(".tops a") ? Number(new URL(mark.href).searchParams.get("event")) : nextOf(mark);
  choose(number);
  bring(card || mark.matches(".tops a") ? words.querySelector(".words .ev-of.on") : cards[number - 1]);
});

for (const button of document.querySelectorAll(".legend button")) {
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    words.classList.toggle(`no-${button.dataset.kind}`, !shown);
  });
}

for (let number = 1; number <= Math.min(9, cards.length); number += 1) on(String(number), () => step(number - chosen));
on("j", () => step(1));
on("k", () => step(-1));
