// The one module that owns the address: the query string is the filter, the fragment is how it is looked at.

const listeners = new Map(); // and whether each wants to know of another page or order of the list too
const viewers = new Set();
const PAGING = ["page", "after"];
const WHOLE = ["actor", "claimant", "source", "admin1"]; // values that may hold a comma themselves

/** The filter in force, as a copy. */
export function filter() {
  return new URLSearchParams(location.search);
}

/** The names of parameters that the page could not use and explains beside their fields. */
export function refused() {
  return new Set((document.getElementById("notice")?.dataset.refused ?? "").split(" ").filter(Boolean));
}

/** A copy of the parameters with some replaced; null or "" or an empty list drops one. Changing the filter goes back to page one. */
export function changed(params, changes) {
  const next = new URLSearchParams(params);
  for (const name of PAGING) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined && item !== "") next.append(name, item);
    }
  }
  return next;
}

/** The parameters with one value of a repeatable name put in, or taken out. */
export function put(params, name, value, wanted) {
  const whole = WHOLE.includes(name);
  const given = params.getAll(name).flatMap((item) => (whole ? [item] : item.split(",").map((part) => part.trim())));
  const same = (item) => item === value || (!whole && item.toLowerCase() === value.toLowerCase());
  const others = given.filter((item) => !same(item));
  return changed(params, { [name]: wanted ? [...others, value] : others });
}

/** The address of a filter, without the fragment. */
export function address(params) {
  const query = params.toString().replaceAll("%2C", ",");
  return query ? `${location.pathname}?${query}` : location.pathname;
}

/** Put a filter in force. `replace` leaves no entry in the history (dragging, typing). */
export function go(params, { replace = false } = {}) {
  const url = address(params) + location.hash;
  if (url === location.pathname + location.search + location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", url);
  tell();
}

/** Call `listener(params)` whenever other incidents are asked for, by us or by back and forward. */
export function onFilter(listener) {
  listeners.set(listener, false);
}

/** Call `listener(params)` then, and when another page or order of the list is asked for. */
export function onQuery(listener) {
  listeners.set(listener, true);
}

/** Ask every panel to read again under the same filter. */
export function refresh() {
  tell({ all: true });
}

const found = (search) => changed(new URLSearchParams(search), { sort: null }).toString();
let lastQuery = location.search;

function tell({ all = false } = {}) {
  const [params, others] = [filter(), all || found(lastQuery) !== found(location.search)];
  lastQuery = location.search;
  for (const [listener, listed] of listeners) if (others || listed) listener(params);
}

/** One value of the view ("map", "size", "bins", …); null where none is set. */
export function view(name) {
  return new URLSearchParams(location.hash.slice(1)).get(name);
}

const opened = location.search;

/** Write down how it is looked at where the address does not say so: a link to another filter than the page was opened with
 * would begin with a view of its own. */
export function pin(name, value) {
  if (view(name) === null && location.search !== opened) setView({ [name]: value });
}

/** Remember how it is looked at; leaves no entry in the history. */
export function setView(changes) {
  const next = new URLSearchParams(location.hash.slice(1));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  const hash = next.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  history.replaceState(null, "", location.pathname + location.search + (hash ? `#${hash}` : ""));
}

/** Call `listener()` when back, forward or a typed fragment asks for another view than the one that is shown. */
export function onView(listener) {
  viewers.add(listener);
}

addEventListener("popstate", () => {
  for (const listener of viewers) listener();
  if (location.search !== lastQuery) tell();
});
