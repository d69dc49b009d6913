// Places by hand: drag a box or a circle on the map, or take the view as it is; each becomes the filter's place.

import { box } from "./mapground.js";
import { changed, filter, go } from "./state.js";
import { say } from "./words.js";

// As exact as a drag is: whole kilometres from ten on.
function kilometres(metres) {
  const km = Math.max(metres / 1000, 1);
  return km.toFixed(km < 10 ? 1 : 0);
}

// What a drag from one point to another draws, and what it asks for.
const SHAPES = {
  box: {
    make: (from, to) => L.rectangle(L.latLngBounds(from, to), { className: "boxed", interactive: false }),
    asks: (from, to) => ({ bbox: box(L.latLngBounds(from, to)), near: null }),
  },
  circle: {
    make: (from, to) => L.circle(from, { radius: Math.max(from.distanceTo(to), 1000), className: "boxed", interactive: false }),
    asks(from, to) {
      const centre = from.wrap();
      return { near: [centre.lat.toFixed(3), centre.lng.toFixed(3), kilometres(from.distanceTo(to))].join(","), bbox: null };
    },
  },
};

/** Start the buttons. */
export function startBox(map) {
  const buttons = [...document.querySelectorAll("[data-draw]")];
  const said = document.getElementById("said");
  let shape = null;
  let start = null;
  let drawn = null;

  function choose(name) {
    shape = name;
    drawn?.remove();
    start = drawn = null;
    map.dragging[name ? "disable" : "enable"]();
    map.getContainer().classList.toggle("drawing", Boolean(name));
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.draw === name));
    if (name) said.textContent = say(`draw a ${name}`);
  }

  for (const button of buttons) button.addEventListener("click", () => choose(shape === button.dataset.draw ? null : button.dataset.draw));
  map.on("mousedown", (event) => { if (shape) start = event.latlng; });
  map.on("mousemove", (event) => {
    if (!start) return;
    drawn?.remove();
    drawn = SHAPES[shape].make(start, event.latlng).addTo(map);
  });
  map.on("mouseup", (event) => {
    if (!start || !drawn) { start = null; return; }
    const asks = SHAPES[shape].asks(start, event.latlng);
    choose(null);
    go(changed(filter(), asks));
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && shape) choose(null); });
  document.getElementById("this-view").addEventListener("click", () => go(changed(filter(), { bbox: box(map.getBounds()), near: null })));
}
