// @ts-check
/** Elements of the page, HTML and SVG. */

/** Return a new element; attributes that begin with "on" are listeners.
 * @type {(tag: string, attributes?: Record<string, any>, ...children: (Node | string)[]) => any} */
export const h = (tag, attributes = {}, ...children) =>
  filled(document.createElement(tag), attributes, children);

/** Return a new SVG element.
 * @type {(tag: string, attributes?: Record<string, any>, ...children: (Node | string)[]) => any} */
export const svg = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Return an SVG path; `look` is its class. */
export const path = (look, d) => svg("path", { class: look, d });

/** Return SVG text at a place; `look` is its class.
 * @type {(look: string, place: number[], words: string) => any} */
export const text = (look, [x, y], words) => svg("text", { class: look, x, y }, words);

/** Return what an SVG path has to be to go through places, each [x, y].
 * @param {number[][]} places */
export const through = (places) =>
  places.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Write words into an element, unless they stand there. */
export function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
