// The change log as it grows: server-sent events while the page is seen. A hidden page lets go of its connection, because a
// browser keeps six to one server at most; every new one goes on after the last number, so nothing is missed.

const FIRST = 2_000; // milliseconds before a refused connection is tried again; doubled each time
const LONGEST = 60_000;

/**
 * Follow the changes after number `after` at `url`. `heard({number, incident, kind, headline})` for each, once and in order;
 * `told(open)` when the connection stands (true) or is lost (false). Returns a function that ends it.
 */
export function followChanges({ url, after, heard, told }) {
  let [source, last, pause, timer] = [null, Number(after) || 0, FIRST, 0];

  function take(event) {
    const change = JSON.parse(event.data);
    last = change.number;
    heard(change);
  }

  function failed() {
    told(false);
    if (source?.readyState !== EventSource.CLOSED) return; // the browser itself tries again, with Last-Event-ID
    source = null;
    clearTimeout(timer);
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST);
  }

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(`${url}?after=${last}`);
    source.addEventListener("open", () => { pause = FIRST; told(true); });
    source.addEventListener("change", take);
    source.addEventListener("error", failed);
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function seen() {
    if (document.hidden) close();
    else open();
  }

  document.addEventListener("visibilitychange", seen);
  addEventListener("pagehide", close);
  addEventListener("pageshow", seen);
  addEventListener("online", () => { close(); open(); });
  open();
  return () => { document.removeEventListener("visibilitychange", seen); close(); };
}
