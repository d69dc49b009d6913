// The preview beside a mark: what it is, before it is opened.

import { html } from "./svg.js";

const boxOf = (map) => map.getContainer().parentElement.querySelector(".callout");

/** Show `{title, lines, family}` near a place on the map. */
export function showPreview(map, place, { title, lines, family }) {
  const box = boxOf(map);
  box.replaceChildren(html("b", {}, html("bdi", {}, title)), ...lines.map((line) => html("span", {}, line)));
  box.className = `callout${family ? ` f-${family}` : ""}`;
  box.hidden = false;
  const at = map.latLngToContainerPoint(place);
  const size = map.getSize();
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const left = Math.min(Math.max(at.x - width / 2, 6), Math.max(size.x - width - 6, 6));
  const above = at.y - height - 38;
  box.style.left = `${left}px`;
  box.style.top = `${above > 4 ? above : Math.min(at.y + 26, size.y - height - 4)}px`;
}

/** Hide it. */
export function hidePreview(map) {
  boxOf(map).hidden = true;
}
