// Exports from a page: the browser downloads the file by itself; beside it the page tells how far it has come, and can stop it.
// Links stay plain links: with a modifier, or without scripts, they download and nothing more is told.

import { getJSON, postForm, RequestError } from "./request.js";
import { html } from "./svg.js";
import { figure, say } from "./words.js";

const PACE = 500; // milliseconds between two questions
const PATIENCE = 20_000; // milliseconds in which a file must have begun
const OVER = ["done", "stopped", "busy"];
const panel = document.getElementById("exports");

// 32 letters that nobody guesses: who knows them sees the export and may stop it.
function word() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function download(link, secret) {
  const url = new URL(link.href);
  url.searchParams.set("progress", secret);
  const hidden = html("a", { href: url.href, download: "" });
  hidden.click();
}

/** One export as the reader sees it: a line with words, a bar and a button. Announced: its start, its quarters, its end. */
class Line {
  constructor(name, address) {
    this.name = name;
    this.address = address;
    this.begun = Date.now();
    this.over = false;
    this.quarter = 0;
    this.words = html("span", {}, say("export starts", { name }));
    this.bar = html("progress", { "aria-label": say("export progress", { name }) });
    this.button = html("button", { type: "button" }, say("cancel"));
    this.status = html("span", { class: "vh", role: "status" });
    this.element = html("li", { class: "strip" }, this.words, this.bar, this.button, this.status);
    this.button.addEventListener("click", () => (this.over ? this.close() : this.cancel()));
    panel.querySelector("ul").append(this.element);
    panel.hidden = false;
    setTimeout(() => this.announce(say("export started", { name })), 100); // a live region speaks of what changes in it
    setTimeout(() => this.look(), PACE);
  }

  announce(words) {
    this.status.textContent = words;
  }

  async look() {
    if (this.over) return;
    try {
      this.show(await getJSON(this.address));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.words.textContent = say("export unheard", { name: this.name, reason: error.message });
    }
    if (!this.over) setTimeout(() => this.look(), PACE);
  }

  show({ state, rows, total }) {
    const values = { name: this.name, n: figure(rows), total: figure(total) };
    if (OVER.includes(state)) this.end(say(`export ${state}`, values), state);
    else if (state === "running") this.advance(rows, total, values);
    else if (Date.now() - this.begun > PATIENCE) this.end(say("export unknown", values), state);
  }

  advance(rows, total, values) {
    const packing = rows >= total;
    this.words.textContent = say(packing ? "export packing" : "export running", values);
    [this.bar.max, this.bar.value] = [Math.max(total, 1), rows];
    const quarter = Math.floor((4 * rows) / Math.max(total, 1));
    if (quarter > this.quarter) this.announce(this.words.textContent);
    this.quarter = quarter;
  }

  end(words, state) {
    this.over = true;
    this.words.textContent = words;
    this.announce(words);
    this.bar.remove();
    this.element.classList.toggle("bad", state !== "done");
    this.button.textContent = say("close");
  }

  async cancel() {
    this.button.disabled = true;
    try {
      await postForm(this.address, {});
      this.end(say("export stopped", { name: this.name }), "stopped");
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.words.textContent = say("export unheard", { name: this.name, reason: error.message });
    } finally {
      this.button.disabled = false;
      this.button.focus();
    }
  }

  close() {
    this.element.remove();
    panel.hidden = !panel.querySelector("li");
    panel.previousElementSibling.querySelector("summary, a[data-export]")?.focus();
  }
}

function start(event) {
  const link = event.target.closest("a[data-export]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const secret = word();
  const menu = link.closest("details");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  download(link, secret);
  new Line(link.dataset.export, new URL(`../${secret}/`, new URL(panel.dataset.progress, location.href)).href);
}

/** Watch the links `data-export="name of the format"`. */
export function startExports() {
  document.addEventListener("click", start);
}

if (panel) startExports();
