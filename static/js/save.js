// Saves a panel as it looks, as SVG or PNG: drawings with their computed styles, map tiles as pictures, names as text.

import { filter } from "./state.js";
import { svg } from "./svg.js";

const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "color"];

const [LINE, LETTER] = [15, 5.6]; // pixels of a caption's line and of its letters, about
const EDGE = 10; // pixels around a chart; a map and a timeline fill their picture

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
  const text = svg("text", {
    x, y: y + height * 0.78, fill: style.color, "font-family": style.fontFamily.replaceAll('"', "'"), "font-size": style.fontSize, "font-weight": style.fontWeight,
    "letter-spacing": style.letterSpacing,
  }, style.textTransform === "uppercase" ? fitting(element).toUpperCase() : fitting(element));
  if (!element.matches(".vlet")) return text;
  for (const [name, value] of Object.entries({ x: x + width / 2, "text-anchor": "middle", y: y + height * 0.7 })) text.setAttribute(name, value);
  return svg("g", {}, svg("rect", { x, y, width, height, fill: style.backgroundColor, stroke: style.color }), text);
}

// A name that is cut off on the page is cut off in the picture.
function fitting(element) {
  const [text, share] = [element.textContent.trim(), element.clientWidth / element.scrollWidth];
  return getComputedStyle(element).textOverflow === "ellipsis" && share < 1 ? `${text.slice(0, Math.max(1, Math.floor(text.length * share) - 1))}…` : text;
}

// The parts that stand in one frame, cut off where it ends: tiles of a map reach beyond it.
function framed(frame, parts, origin) {
  const box = frame.getBoundingClientRect();
  return svg("svg", spot(frame, origin), ...parts.map((each) => part(each, box)));
}

function frameOf(element, panel) {
  const stage = element.closest(".stage");
  return panel.contains(stage) ? stage : panel;
}

// A picture says by itself what it shows, as of when, and whose shapes and names it draws.
function caption(panel, { width, height }) {
  const today = new Date().toISOString().slice(0, 10);
  const credit = panel.querySelector(".leaflet-control-attribution")?.textContent ?? "";
  const said = document.getElementById("sum") ?? document.querySelector("[data-said]");
  const words = [said.dataset.said ?? said.textContent.trim(), document.title.split(" · ").at(-1), today, credit].filter(Boolean).join(" · ").split(/\s+/);
  const lines = [""];
  for (const word of words) {
    if ((lines.at(-1).length + word.length) * LETTER > width - 16) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.map((line, index) => svg("text", { x: panel.matches(".mini") ? 0 : 8, y: height + LINE * (index + 1) - 2, fill: getComputedStyle(said).color, "font-family": "sans-serif", "font-size": 11 }, line));
}

// What its colours mean, below a map and a timeline: the families, or what else the bins are stacked by.
function key(panel, { height }) {
  if (!panel.querySelector(".mk, .bin")) return [];
  const shown = panel.querySelector(".bin") ? "#families, .gravity" : "#families";
  const list = [...document.querySelectorAll(shown)].find((each) => each.checkVisibility()) ?? document.querySelector("#families");
  let x = 8;
  return [...(list?.children ?? [])].flatMap((each) => {
    const [mark, name] = [styled(each.querySelector("svg")), each.querySelector("span").textContent];
    for (const [attribute, value] of Object.entries({ x, y: height + 4, width: 11, height: 11 })) mark.setAttribute(attribute, value);
    const text = svg("text", { x: x + 16, y: height + LINE - 2, fill: getComputedStyle(each).color, "font-family": "sans-serif", "font-size": 11 }, name);
    x += 34 + name.length * (LETTER + 0.6);
    return [mark, text];
  });
}

function groundOf(element) {
  const own = getComputedStyle(element).backgroundColor;
  return own === "rgba(0, 0, 0, 0)" && element.parentElement ? groundOf(element.parentElement) : own;
}

function defs() {
  return svg("defs", {}, ...[...document.querySelectorAll(".sprite pattern")].map(styled));
}

/** The panel as an SVG document that stands alone. */
export function picture(panel) {
  const origin = panel.getBoundingClientRect();
  const parts = [...panel.querySelectorAll("canvas, svg, .ctx, .areas b, .vlet, h3, .bl, .bn")].filter((each) => each.checkVisibility() && !each.parentElement.closest("svg, .leaflet-control"));
  const frames = Map.groupBy(parts, (each) => frameOf(each, panel));
  const marks = key(panel, origin);
  const below = caption(panel, { width: origin.width, height: origin.height + (marks.length ? LINE + 3 : 0) });
  const edge = panel.matches(".mini") ? EDGE : 0;
  const [width, height] = [origin.width + 2 * edge, Number(below.at(-1).getAttribute("y")) + EDGE + 2 * edge];
  const ground = svg("rect", { width: "100%", height: "100%", fill: groundOf(panel) });
  const inside = svg("g", { transform: `translate(${edge} ${edge})` }, ...[...frames].map(([frame, each]) => framed(frame, each, origin)), ...marks, ...below);
  return svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` }, defs(), ground, inside);
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
