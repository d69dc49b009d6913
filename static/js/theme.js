// The theme switch answers at once; the cookie tells the server for the next page.

const root = document.documentElement;
const YEAR = 365 * 24 * 3600;

function remember(name, value) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR : 0}; samesite=lax${secure}`;
}

function mark(name, value) {
  for (const button of document.querySelectorAll(`.looks button[name="${name}"]`)) {
    if (name === "contrast") button.value = value ? "" : "more";
    button.setAttribute("aria-pressed", String(name === "contrast" ? Boolean(value) : button.value === value));
  }
}

function choose(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
  remember(name, value);
  mark(name, value);
  root.dispatchEvent(new CustomEvent("themechange"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".looks") || !event.submitter) return;
  event.preventDefault();
  choose(event.submitter.name, event.submitter.value);
});

// An open menu closes when the reader goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
