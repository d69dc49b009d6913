// Started edits are kept on this computer until they are saved: an expired session or a closed window loses nothing.

const page = document.getElementById("case");
const told = document.getElementById("draft");
const KEY = `draft:${page?.dataset.incident}`;
const SKIPPED = new Set(["csrfmiddlewaretoken"]);

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
  write({ ...read(), [form.dataset.draft]: { at, values } });
  tell(at);
}

function tell(at) {
  told.textContent = told.dataset.kept.replace("{time}", at);
  told.hidden = false;
}

// What the editor saw comes back too, so that the server notices what changed since and asks.
function restore(openRow) {
  for (const [field, { at, values }] of Object.entries(read())) {
    const form = document.querySelector(`form[data-draft="${CSS.escape(field)}"]`);
    if (!form || form.dataset.sent !== undefined) continue;
    for (const [name, value] of Object.entries(values)) {
      const control = form.elements[name];
      if (control instanceof RadioNodeList) {
        for (const radio of control) radio.checked = radio.value === value;
      } else if (control?.type === "radio") control.checked = control.value === value;
      else if (control) control.value = value;
    }
    form.dataset.dirty = "";
    openRow(form.closest("details"), { focus: false });
    tell(at);
  }
}

/** Start keeping and bring back what was kept. `openRow(details)` opens a form. */
export function startDraft(openRow) {
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
