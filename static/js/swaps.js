// Who wants to know when parts of the page were swapped for what the server answered.

const listeners = new Set();

/** Call `listener(page)` after parts were swapped; `page` is the answer. */
export function onSwap(listener) {
  listeners.add(listener);
}

/** Tell that parts were swapped. */
export function swapped(page) {
  for (const listener of listeners) listener(page);
}
