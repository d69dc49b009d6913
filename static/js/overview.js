// The inset: the whole world with the view as a box.

import { colours } from "./basemap.js";
import { later } from "./later.js";

const WIDTH = 160;

function paintWorld(canvas, land) {
  const context = canvas.getContext("2d");
  const colour = colours();
  context.fillStyle = colour.sea;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.beginPath();
  for (const { rings } of land) {
    for (const { points, left, right } of rings) {
      if ((right - left) * canvas.width < 1) continue;
      for (let index = 0; index < points.length; index += 8) {
        const [x, y] = [points[index] * canvas.width, flat(points[index + 1]) * canvas.height];
        if (index) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
      context.closePath();
    }
  }
  context.fillStyle = colour.border;
  context.fill("evenodd");
}

// From web Mercator to plain latitude, as a share of the height from north to south.
function flat(y) {
  return 0.5 - Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) / Math.PI;
}

/** Start the inset. */
export function startOverview(map, land) {
  const panel = document.getElementById("world");
  const canvas = panel.querySelector("canvas");
  const box = panel.querySelector("i");
  const paint = () => paintWorld(canvas, land);
  const show = () => {
    const bounds = map.getBounds();
    const wide = Math.min(bounds.getEast() - bounds.getWest(), 360);
    const west = wide >= 360 ? -180 : ((((bounds.getWest() + 180) % 360) + 360) % 360) - 180;
    const [north, south] = [Math.min(bounds.getNorth(), 90), Math.max(bounds.getSouth(), -90)];
    box.style.left = `${((west + 180) / 360) * WIDTH}px`;
    box.style.top = `${((90 - north) / 180) * (WIDTH / 2)}px`;
    box.style.width = `${Math.max((wide / 360) * WIDTH, 3)}px`;
    box.style.height = `${Math.max(((north - south) / 180) * (WIDTH / 2), 3)}px`;
  };
  later(paint);
  show();
  map.on("move", show);
  document.documentElement.addEventListener("themechange", paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}
