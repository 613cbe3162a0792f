// @ts-check
/** Elements of the page, HTML and SVG. */

/** Attributes by name, each a text or what is made one; those that begin with "on" are listeners.
 * @typedef {{[name: string]: unknown} & {[E in keyof HTMLElementEventMap as `on${E}`]?:
 *   (event: HTMLElementEventMap[E]) => void}} Attributes */

/** Return a new element.
 * @type {<T extends keyof HTMLElementTagNameMap>(tag: T, attributes?: Attributes,
 *   ...children: (Node | string)[]) => HTMLElementTagNameMap[T]} */
export const h = (tag, attributes = {}, ...children) =>
  filled(document.createElement(tag), attributes, children);

/** Return a new SVG element.
 * @type {<T extends keyof SVGElementTagNameMap>(tag: T, attributes?: Attributes,
 *   ...children: (Node | string)[]) => SVGElementTagNameMap[T]} */
export const svg = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/** Return an element with attributes and children.
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    const hear = /** @type {EventListener} */ (value);
    if (name.startsWith("on")) node.addEventListener(name.slice(2), hear);
    else node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/** Return an SVG path; `look` is its class.
 * @type {(look: string, d: string) => SVGPathElement} */
export const path = (look, d) => svg("path", { class: look, d });

/** Return SVG text at a place; `look` is its class.
 * @type {(look: string, place: number[], words: string) => SVGTextElement} */
export const text = (look, [x, y], words) => svg("text", { class: look, x, y }, words);

/** Return what an SVG path has to be to go through places, each [x, y].
 * @param {number[][]} places */
export const through = (places) =>
  places.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Write words into an element, unless they stand there.
 * @param {Node} node
 * @param {string} words */
export function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}
