// Saves a panel as it looks, as SVG or PNG: drawings with their computed styles, map tiles as pictures, names as text.

import { filter } from "./state.js";
import { svg } from "./svg.js";

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "color"];

function styled(source) {
  const copy = source.cloneNode(true);
  const [sources, copies] = [[source, ...source.querySelectorAll("*")], [copy, ...copy.querySelectorAll("*")]];
  sources.forEach((each, index) => {
    const style = getComputedStyle(each);
    for (const name of KEPT) copies[index].setAttribute(name, style.getPropertyValue(name).replaceAll('"', "'"));
    for (const name of ["class", "style"]) copies[index].removeAttribute(name);
  });
  for (const use of copy.querySelectorAll("use")) use.replaceWith(...[...document.querySelector(use.getAttribute("href")).cloneNode(true).children]);
  return copy;
}

// Where an element stands in the picture.
function spot(element, origin) {
  const box = element.getBoundingClientRect();
  return { x: box.left - origin.left, y: box.top - origin.top, width: box.width, height: box.height };
}

function part(element, origin) {
  const { x, y, width, height } = spot(element, origin);
  if (element instanceof HTMLCanvasElement) return svg("image", { x, y, width, height, href: element.toDataURL() });
  if (element instanceof SVGSVGElement) {
    const copy = styled(element);
    for (const [name, value] of Object.entries({ x, y, width, height })) copy.setAttribute(name, value);
    return copy;
  }
  const style = getComputedStyle(element);
  return svg("text", {
    x, y: y + height * 0.78, fill: style.color, "font-family": style.fontFamily.replaceAll('"', "'"), "font-size": style.fontSize, "font-weight": style.fontWeight,
    "letter-spacing": style.letterSpacing,
  }, style.textTransform === "uppercase" ? element.textContent.toUpperCase() : element.textContent);
}

function defs() {
  return svg("defs", {}, ...[...document.querySelectorAll(".sprite pattern")].map(styled));
}

/** The panel as an SVG document that stands alone. */
export function picture(panel) {
  const origin = panel.getBoundingClientRect();
  const parts = [...panel.querySelectorAll("canvas, svg, .ctx, .areas b")].filter((each) => each.checkVisibility() && !each.parentElement.closest("svg"));
  const ground = svg("rect", { width: "100%", height: "100%", fill: getComputedStyle(panel).backgroundColor });
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width: origin.width, height: origin.height, viewBox: `0 0 ${origin.width} ${origin.height}` },
    defs(), ground, ...parts.map((each) => part(each, origin)));
}

function offer(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function raster(source, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

async function save(panel, kind) {
  const drawn = picture(panel);
  const source = new XMLSerializer().serializeToString(drawn);
  const name = `${panel.id}${filter().size ? "-filtered" : ""}-${new Date().toISOString().slice(0, 10)}.${kind}`;
  if (kind === "svg") offer(new Blob([source], { type: "image/svg+xml" }), name);
  else offer(await raster(source, Number(drawn.getAttribute("width")), Number(drawn.getAttribute("height"))), name);
}

/** Start the buttons `data-save="panel-id kind"`. */
export function startSaving() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save]");
    if (!button) return;
    const [id, kind] = button.dataset.save.split(" ");
    save(document.getElementById(id), kind);
  });
}
