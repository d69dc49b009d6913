// Places by hand: drag a box on the map, or take the view as it is; both become the filter's box.

import { changed, filter, go } from "./state.js";
import { say } from "./words.js";

const degrees = (bounds) => [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((value) => value.toFixed(3)).join(",");

function ask(bounds) {
  go(changed(filter(), { bbox: degrees(bounds), near: null }));
}

/** Start the two buttons. */
export function startBox(map) {
  const button = document.getElementById("draw-box");
  const said = document.getElementById("said");
  let start = null;
  let drawn = null;

  function stop() {
    button.setAttribute("aria-pressed", "false");
    map.dragging.enable();
    map.getContainer().classList.remove("drawing");
    drawn?.remove();
    start = drawn = null;
  }

  function begin() {
    button.setAttribute("aria-pressed", "true");
    map.dragging.disable();
    map.getContainer().classList.add("drawing");
    said.textContent = say("draw a box");
  }

  const drawing = () => button.getAttribute("aria-pressed") === "true";
  button.addEventListener("click", () => (drawing() ? stop() : begin()));
  map.on("mousedown", (event) => { if (drawing()) start = event.latlng; });
  map.on("mousemove", (event) => {
    if (!start) return;
    const bounds = L.latLngBounds(start, event.latlng);
    if (drawn) drawn.setBounds(bounds);
    else drawn = L.rectangle(bounds, { className: "boxed", interactive: false }).addTo(map);
  });
  map.on("mouseup", () => {
    const bounds = drawn?.getBounds();
    if (drawing() && start) stop();
    if (bounds) ask(bounds);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && drawing()) stop(); });
  document.getElementById("this-view").addEventListener("click", () => ask(map.getBounds()));
}
