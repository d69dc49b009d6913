// Small SVG and DOM building without strings: text is always text.

const NS = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children; text children stay text. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** An HTML element, likewise. */
export function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A family's mark from the page's sprite. */
export function familyMark(family, size = 14) {
  return svg("svg", { class: `gl f-${family}`, viewBox: "-6 -6 12 12", width: size, height: size, "aria-hidden": "true" },
    svg("use", { href: `#mark-${family}` }));
}
