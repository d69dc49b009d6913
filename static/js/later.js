// Work that can wait a little, one job a task, so that the page answers in between.

const waiting = [];

/** Do a job after what is under way. */
export function later(job) {
  waiting.push(job);
  if (waiting.length === 1) setTimeout(work);
}

function work() {
  try {
    waiting[0]();
  } finally {
    waiting.shift();
    if (waiting.length) setTimeout(work);
  }
}
