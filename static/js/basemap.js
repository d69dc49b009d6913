// The offline basemap: country shapes drawn on canvas tiles, in the theme's colours.

import { later } from "./later.js";
import { getJSON } from "./request.js";
import { countries } from "./topology.js";

const SEEN = 0.6; // pixels
const MARGIN = 3; // pixels around the window that a line drawn outside still reaches into
let shapes = null;

/** The world's shapes, read once. */
export function world(url) {
  shapes ??= getJSON(url).then((topology) => new Promise((resolve) => { later(() => resolve(countries(topology))); }));
  return shapes;
}

/** The colours of the theme in force. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return { sea: read("sea"), land: read("land"), border: read("border"), coast: read("coast") };
}

// Which side of the window a point lies beyond; 0 inside.
function beyond(x, y, width, height) {
  if (x < -MARGIN) return 1;
  if (x > width + MARGIN) return 2;
  if (y < -MARGIN) return 3;
  return y > height + MARGIN ? 4 : 0;
}

// Points closer together than can be seen are passed over, and of those that lie beyond one side all but the ends: a coast has
// thousands, and the line between the ends lies beyond that side too.
function trace(context, { points }, scale, { x, y, width, height }) {
  let [lastX, lastY] = [points[0] * scale - x, points[1] * scale - y];
  let side = beyond(lastX, lastY, width, height);
  let away = null;
  context.moveTo(lastX, lastY);
  for (let index = 2; index < points.length; index += 2) {
    const [nextX, nextY] = [points[index] * scale - x, points[index + 1] * scale - y];
    const next = beyond(nextX, nextY, width, height);
    if (next === side) {
      if (next) away = index;
      if (next || Math.abs(nextX - lastX) + Math.abs(nextY - lastY) < SEEN) continue;
    }
    if (away) context.lineTo(points[away] * scale - x, points[away + 1] * scale - y);
    away = null;
    context.lineTo(nextX, nextY);
    [lastX, lastY, side] = [nextX, nextY, next];
  }
  if (away) context.lineTo(points[away] * scale - x, points[away + 1] * scale - y);
  context.closePath();
}

/** Draw what of the world lies in a window: `scale` pixels for the whole width, the window's corner at x, y. */
export function paint(context, land, { scale, x, y, width, height, border = 0.9 }, colour = colours()) {
  context.fillStyle = colour.sea;
  context.fillRect(0, 0, width, height);
  context.beginPath();
  for (const { rings } of land) {
    for (const ring of rings) {
      const visible = (ring.right - ring.left + ring.bottom - ring.top) * scale > 0.7;
      if (!visible || ring.bottom * scale < y - 2 || ring.top * scale > y + height + 2) continue;
      for (const turn of [-1, 0, 1]) {
        const from = x - turn * scale;
        if (ring.right * scale >= from - 2 && ring.left * scale <= from + width + 2) trace(context, ring, scale, { x: from, y, width, height });
      }
    }
  }
  context.lineJoin = "round";
  context.strokeStyle = colour.coast;
  context.lineWidth = border * 2;
  context.stroke();
  context.fillStyle = colour.land;
  context.fill("evenodd");
  context.strokeStyle = colour.border;
  context.lineWidth = border;
  context.stroke();
}

function draw(tile, land, window) {
  const context = tile.getContext("2d", { alpha: false });
  const ratio = tile.width / window.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(context, land, window);
}

/** A Leaflet layer of canvas tiles; it follows the theme, and is light on paper. */
export function basemapLayer(land) {
  const shown = new Map(); // tile → the window it draws
  const Layer = L.GridLayer.extend({
    createTile(coords, done) {
      const tile = document.createElement("canvas");
      const size = this.getTileSize().x;
      tile.width = tile.height = size * Math.min(devicePixelRatio || 1, 2);
      const window = { scale: size * 2 ** coords.z, x: coords.x * size, y: coords.y * size, width: size, height: size };
      shown.set(tile, window);
      later(() => {
        if (tile.isConnected) draw(tile, land, window);
        done(null, tile);
      });
      return tile;
    },
  });
  const layer = new Layer({ tileSize: 256, updateWhenZooming: false, keepBuffer: 1 });
  layer.on("tileunload", ({ tile }) => shown.delete(tile));
  const again = (soon) => { for (const [tile, window] of shown) soon(() => draw(tile, land, window)); };
  document.documentElement.addEventListener("themechange", () => again(later));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => again(later));
  matchMedia("print").addEventListener("change", () => again((now) => now())); // paper does not wait
  return layer;
}
