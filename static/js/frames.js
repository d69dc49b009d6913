// Parts of the page that are drawn in one go make one long frame: each is drawn in a frame of its own, and the page answers in between.

const waiting = [];
const idle = [];
let busy = false;

// After the frame that is under way is on the screen; a page that nobody sees has no frames.
function shown(done) {
  if (document.hidden) setTimeout(done);
  else requestAnimationFrame(() => setTimeout(done));
}

function next() {
  const job = waiting.shift();
  busy = Boolean(job);
  if (!job) for (const resolve of idle.splice(0)) resolve();
  else {
    shown(next);
    job();
  }
}

/** Draw a part: at once where nothing was drawn in this frame, else in one of the next; resolves with what `job` returns. */
export function draw(job) {
  return new Promise((resolve) => {
    waiting.push(() => resolve(new Promise((done) => { done(job()); })));
    if (!busy) next();
  });
}

/** Resolves once all that waits is drawn. */
export function drawn() {
  return busy ? new Promise((resolve) => { idle.push(resolve); }) : Promise.resolve();
}
