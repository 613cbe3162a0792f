// @ts-check
/** SVG elements, panels that know their size, numbers as text. */

/** Return a new SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any} */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  node.append(...children);
  return set(node, attributes);
}

/** Set attributes, and the text where there is one; what is the same already is left alone.
 * @param {Element} node
 * @param {Record<string, any>} attributes
 * @param {string} [text] */
export function set(node, attributes, text) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  if (text !== undefined && node.textContent !== text) node.textContent = text;
  return node;
}

/** Show or hide an SVG element. */
export const show = (node, shown) => set(node, { visibility: shown ? "visible" : "hidden" });

/** Return a path through places, each [x, y]. */
export const through = (places) =>
  places.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Return a number with so many decimals and a true minus sign; no zero below zero.
 * @param {number} value */
export function fixed(value, digits = 3) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Math.abs(value) < 1e7 ? value.toFixed(digits) : value.toExponential(1);
  return text.replace("-", Number(text) ? "−" : "");
}

/** One picture: an SVG in real pixels, drawn again when its size changes, so that its letters have
 * the size of the text around it. */
export class Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name its place in the layout */
  constructor(demo, name) {
    this.demo = demo;
    this.svg = svg("svg", { role: "img" });
    this.box = document.createElement("div");
    this.box.className = `panel ${name}`;
    this.box.append(this.svg);
    this.width = this.height = this.em = 0;
    demo.add(this);
  }

  /** Add an SVG element. */
  draw(tag, name = "") {
    const node = svg(tag, { class: name });
    this.svg.append(node);
    return node;
  }

  /** Look how large the panel is; one without room for its axes is not drawn, as if hidden. */
  measure() {
    const { clientWidth, clientHeight } = this.box;
    this.em = parseFloat(getComputedStyle(this.box).fontSize);
    [this.width, this.height] = clientWidth > 6 * this.em ? [clientWidth, clientHeight] : [0, 0];
  }

  /** Return the pixel of an event. */
  at(event) {
    const box = this.svg.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** Let clicks choose something: `choose` is called with the pixel. */
  whenClicked(choose) {
    this.svg.classList.add("clickable");
    this.svg.addEventListener("click", (event) => this.demo.guard(() => choose(...this.at(event))));
  }

  /** Give the picture its name, for those who do not see it. */
  name(text) {
    set(this.svg, { "aria-label": text });
  }
}
