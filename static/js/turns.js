// Several reasons to read again in one go make one reading.

/** A function that calls `job` once the script that called it, however often, is through. */
export function once(job) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    queueMicrotask(() => { due = false; job(); });
  };
}
