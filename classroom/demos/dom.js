// @ts-check
/** Elements of the page, and panels: pictures that know their size. */

/** Return a new element; attributes that begin with "on" are listeners.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any} */
export const h = (tag, attributes = {}, ...children) =>
  filled(document.createElement(tag), attributes, children);

/** Return a new SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any} */
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

/** Return SVG text at a place [x, y].
 * @param {string} look its class
 * @param {number[]} place
 * @param {string} words
 * @param {Record<string, any>} [more] attributes */
export const text = (look, [x, y], words, more = {}) =>
  svg("text", { class: look, x, y, ...more }, words);

/** Return what an SVG path has to be to go through places.
 * @param {number[][]} places each [x, y] */
export const through = (places) =>
  places.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Write words into an element, unless they stand there. */
export function write(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

/** One picture: an SVG in real pixels, drawn again when its size changes, so that its letters have
 * the size of the text around it. A panel without width is not to be seen. */
export class Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name its place in the layout */
  constructor(demo, name) {
    this.demo = demo;
    this.svg = svg("svg", { role: "img" });
    this.box = h("div", { class: `panel ${name}` }, this.svg);
    this.width = this.height = this.em = 0;
    demo.add(this);
  }

  /** Look how large the panel is. */
  measure() {
    this.em = parseFloat(getComputedStyle(this.box).fontSize);
    [this.width, this.height] = [this.box.clientWidth, this.box.clientHeight];
  }

  /** Draw the picture anew; a part that is as it was stays.
   * @param {string} label says it to those who do not see it
   * @param {...(SVGElement | SVGElement[])} parts */
  draw(label, ...parts) {
    this.svg.setAttribute("aria-label", label);
    const next = parts.flat(), old = [...this.svg.children];
    next.forEach((part, k) => {
      if (k >= old.length) this.svg.append(part);
      else if (!old[k].isEqualNode(part)) old[k].replaceWith(part);
    });
    for (const part of old.slice(next.length)) part.remove();
  }

  /** Return the pixel of an event. */
  at(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
}
