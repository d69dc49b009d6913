// The part of the world that the filter asks for, drawn on the map: what was dragged stays to be seen, also from a link.

import { filter, refused } from "./state.js";

function numbers(name, count) {
  const given = refused().has(name) ? [] : (filter().get(name) ?? "").split(",").map((part) => (part.trim() ? Number(part) : NaN));
  return given.length === count && given.every(Number.isFinite) ? given : null;
}

// The copy of the world that is seen.
const turned = (lon, centre) => lon + 360 * Math.round((centre - lon) / 360);

function shape(centre) {
  const look = { className: "asked", interactive: false };
  const circle = numbers("near", 3);
  if (circle) return [L.circle([circle[0], turned(circle[1], centre)], { ...look, radius: circle[2] * 1000 })];
  const box = numbers("bbox", 4);
  if (!box) return [];
  const [west, south, east, north] = box;
  const wide = (((east - west) % 360) + 360) % 360 || 360; // the east lies beyond the date line where its number is less
  const left = turned(west + wide / 2, centre) - wide / 2;
  return [L.rectangle([[south, left], [north, left + wide]], look)];
}

/** Start drawing; returns `draw()`, for after the filter or the view has changed, and `bounds()`, null where no part is asked for. */
export function startChosenPlace(map) {
  const layer = L.layerGroup().addTo(map);
  let drawn = "";
  function draw() {
    const { lng } = map.getCenter();
    const asked = ["near", "bbox"].map((name) => filter().get(name)).join(" ") + Math.round(lng / 90) + [...refused()].join();
    if (asked === drawn) return;
    drawn = asked;
    layer.clearLayers();
    for (const each of shape(lng)) each.addTo(layer);
  }
  return { draw, bounds: () => layer.getLayers()[0]?.getBounds() ?? null };
}
