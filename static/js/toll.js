// Saves the toll's drawing as it looks: computed styles are written into a copy, so that the file stands alone.

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order", "font-family", "font-size", "font-weight", "text-anchor"];

function shown() {
  return [...document.querySelectorAll("svg.toll")].find((chart) => chart.getBoundingClientRect().width > 0);
}

function standalone(chart) {
  const copy = chart.cloneNode(true);
  const sources = [chart, ...chart.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  sources.forEach((source, index) => {
    const style = getComputedStyle(source);
    for (const name of KEPT) copies[index].setAttribute(name, style.getPropertyValue(name));
    copies[index].removeAttribute("class");
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.documentElement).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function offer(blob, kind) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `toll-${location.pathname.match(/\d+/)?.[0] ?? "incident"}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function rasterised(source, chart) {
  const { width, height } = chart.viewBox.baseVal;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

/** Offer the chart that is on screen as a file, "svg" or "png". */
export async function saveToll(kind) {
  const chart = shown();
  if (!chart) return;
  const source = standalone(chart);
  offer(kind === "png" ? await rasterised(source, chart) : new Blob([source], { type: "image/svg+xml" }), kind);
}
