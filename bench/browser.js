// Runs in the page before its own scripts: notes when panels were read and drawn, and every long task.
(() => {
  const PARTS = { page: /^\/$/, cells: /\/cells\//, timeline: /\/timeline\// };
  const bench = (window.bench = { tasks: [], heard: null });
  const original = window.fetch;

  function part(input) {
    const { pathname } = new URL(input, location.href);
    return Object.keys(PARTS).find((name) => PARTS[name].test(pathname));
  }

  window.fetch = async (input, init) => {
    const answer = await original(input, init);
    for (const name of ["json", "text"]) {
      const read = answer[name].bind(answer);
      answer[name] = async () => {
        const body = await read();
        bench.heard?.(part(input));
        return body;
      };
    }
    return answer;
  };

  // All that waits to be drawn is, and the frame of the last of it is on the screen.
  const painted = async () => {
    await new Promise((resolve) => { setTimeout(resolve); });
    const { drawn } = await import("/static/js/frames.js");
    await drawn();
    return new Promise((resolve) => { requestAnimationFrame(() => resolve(performance.now())); });
  };

  /** Do something that changes the filter; returns milliseconds until list, map and timeline were read, drawn and painted. */
  bench.change = async (act, wanted = Object.keys(PARTS)) => {
    const left = new Set(wanted);
    const all = new Promise((resolve) => { bench.heard = (name) => { left.delete(name); if (!left.size) resolve(); }; });
    const start = performance.now();
    act();
    await all;
    bench.heard = null;
    return await painted() - start;
  };

  const there = () => ["#list .row", "#map .leaflet-marker-pane > *", "#timeline .bin", "#charts [data-bar]"].every((each) => document.querySelector(each));
  bench.usable = new Promise((resolve) => {
    const watch = () => { if (there()) resolve(performance.now()); else requestAnimationFrame(watch); };
    requestAnimationFrame(watch);
  });
  new PerformanceObserver((list) => bench.tasks.push(...list.getEntries().map(({ duration, startTime }) => [startTime, duration]))).observe({ type: "longtask", buffered: true });
})();
