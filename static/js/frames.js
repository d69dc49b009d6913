// Parts of the page that are drawn in one go may make one long frame. Each frame takes what it has time for, the rest waits for
// the next, and the page answers in between.

const BUDGET = 8; // milliseconds of scripts in one frame: laying out and painting what they put in take two to three times as long again
const waiting = [];
const idle = [];
let spent = 0;
let busy = false; // from the first job of a frame until the frame is on the screen

// After the frame that is under way is on the screen; a page that nobody sees has no frames.
function shown(done) {
  if (document.hidden) setTimeout(done);
  else requestAnimationFrame(() => setTimeout(done));
}

function work() {
  while (waiting.length && spent < BUDGET) {
    const since = performance.now();
    waiting.shift()();
    spent += performance.now() - since;
  }
}

function next() {
  spent = 0;
  busy = waiting.length > 0;
  if (!busy) for (const resolve of idle.splice(0)) resolve();
  else {
    shown(next);
    work();
  }
}

/** Draw a part: at once where this frame has time left, else in one of the next; resolves with what `job` returns. */
export function draw(job) {
  return new Promise((resolve) => {
    waiting.push(() => resolve(new Promise((done) => { done(job()); })));
    if (busy) work();
    else next();
  });
}

/** Resolves once all that waits is drawn. */
export function drawn() {
  return busy ? new Promise((resolve) => { idle.push(resolve); }) : Promise.resolve();
}
