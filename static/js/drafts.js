// Started edits are kept on this computer until they are saved: an expired session or a closed window loses nothing. What was begun on
// an older state of its field is shown beside what stands now, and the editor chooses.

const page = document.querySelector("[data-drafts]");
const told = document.getElementById("draft");
const asking = document.getElementById("draft-asks");
const KEY = `draft:${page?.dataset.drafts}`; // account and incident: nobody finds a colleague's draft
const SKIPPED = new Set(["csrfmiddlewaretoken"]);
const UNSAID = new Set(["hidden", "submit", "button"]);

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function write(draft) {
  if (Object.keys(draft).length) localStorage.setItem(KEY, JSON.stringify(draft));
  else localStorage.removeItem(KEY);
}

/** Forget what was started of a field. */
export function drop(field) {
  const draft = read();
  delete draft[field];
  write(draft);
}

function keep(form) {
  const values = Object.fromEntries([...new FormData(form)].filter(([name]) => !SKIPPED.has(name)));
  const at = new Date().toTimeString().slice(0, 5);
  write({ ...read(), [form.dataset.draft]: { at, version: page.dataset.version, values } });
  tell(told.dataset.kept, { time: at });
}

function tell(words, parts) {
  told.textContent = filled(words, parts);
  told.hidden = false;
}

const filled = (words, parts) => words.replace(/\{(\w+)\}/gu, (_all, name) => parts[name]);

function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    if (control instanceof RadioNodeList) {
      for (const radio of control) radio.checked = radio.value === value;
    } else if (control?.type === "radio") control.checked = control.value === value;
    else if (control) control.value = value;
  }
  form.dataset.dirty = "";
}

// What a form holds, in the words of its own labels.
function inWords(form, values) {
  const said = [];
  for (const control of form.elements) {
    const value = values[control.name];
    if (!value || UNSAID.has(control.type)) continue;
    if (control.type === "radio" && control.value !== value) continue;
    const shown = control.options ? [...control.options].find((one) => one.value === value)?.text ?? value : value;
    const label = control.labels?.[0]?.textContent.trim() ?? control.name;
    said.push(control.type === "radio" ? label : `${label}: ${shown}`);
  }
  return said.join(" · ");
}

// The field is no longer what the editor saw: both are shown, nothing is put in until they say so.
function ask(form, { at, version, values }) {
  const strip = asking.content.firstElementChild.cloneNode(true);
  const row = form.closest(".fld");
  const now = row.querySelector("[data-value]").textContent.trim();
  strip.querySelector("[data-words]").textContent = filled(asking.dataset.words, { time: at, before: version, version: page.dataset.version });
  strip.querySelector("[data-now]").textContent = now;
  strip.querySelector("[data-mine]").textContent = inWords(form, values);
  strip.querySelector("[data-take]").addEventListener("click", () => {
    const { seen: _before, ...mine } = values; // from here on the editor has seen what stands now
    fill(form, mine);
    strip.remove();
    keep(form);
    form.querySelector("[type=submit]").focus();
  });
  strip.querySelector("[data-leave]").addEventListener("click", () => {
    drop(form.dataset.draft);
    strip.remove();
  });
  form.prepend(strip);
}

function restore(openRow) {
  for (const [field, draft] of Object.entries(read())) {
    const form = document.querySelector(`form[data-draft="${CSS.escape(field)}"]`);
    if (!form || form.dataset.sent !== undefined) continue;
    openRow(form.closest("details"), { focus: false });
    if (form.elements.seen && form.elements.seen.value !== draft.values.seen) {
      ask(form, draft);
      tell(told.dataset.asked, {});
      continue;
    }
    fill(form, draft.values);
    tell(told.dataset.kept, { time: draft.at });
  }
}

/** Start keeping and bring back what was kept. `openRow(details)` opens a form. */
export function startDrafts(openRow) {
  if (!page) return;
  for (const message of document.querySelectorAll(".messages .saved")) {
    for (const field of message.classList) drop(field);
  }
  restore(openRow);
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drop-draft]");
    if (link) drop(link.dataset.dropDraft);
  });
}
