// @ts-check
/** Panels: pictures that know their size, and have axes. */

import { h, path, svg, text } from "./dom.js";

/** The ends of an axis and its ticks, each a value and its text.
 * @typedef {{least: number, most: number, log?: boolean, ticks?: [number, string][],
 *   name?: string}} Axis */

/** A rectangle in pixels.
 * @typedef {{x: number, y: number, width: number, height: number}} Frame */

/** What panels are put into: a demo.
 * @typedef {{add: (panel: Panel) => void}} Holder */

/** One picture: an SVG in real pixels, drawn again when its size changes, so that its letters have
 * the size of the text around it. */
export class Panel {
  /** @param {Holder} demo
   * @param {string} name its place in the layout */
  constructor(demo, name) {
    this.svg = svg("svg", { role: "img" });
    this.box = h("div", { class: `panel ${name}` }, this.svg);
    this.width = this.height = this.em = 0;
    this.frame = { x: 0, y: 0, width: 1, height: 1 };
    this.x = this.y = scale({ least: 0, most: 1 }, 0, 1);
    demo.add(this);
  }

  /** Look how large the panel is; one without room for its axes is not drawn, as if hidden. */
  measure() {
    const { clientWidth, clientHeight } = this.box;
    this.em = parseFloat(getComputedStyle(this.box).fontSize);
    [this.width, this.height] = clientWidth > 6 * this.em ? [clientWidth, clientHeight] : [0, 0];
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

  /** Lay axes into a frame; return it with its title, its ticks and a grid.
   * @param {string} title
   * @param {Axis} x
   * @param {Axis} y
   * @param {Frame} frame
   * @returns {SVGElement[]} */
  axes(title, x, y, frame) {
    const { em } = this, right = frame.x + frame.width, bottom = frame.y + frame.height;
    this.frame = frame;
    this.x = scale(x, frame.x, right);
    this.y = scale(y, bottom, frame.y);
    const middle = (frame.x + right) / 2;
    const across = (x.ticks ?? []).flatMap(([value, words]) => {
      const under = [this.x.pixel(value), bottom + 1.05 * em];
      return [this.upright("grid", value), text("tick", under, words)];
    });
    let free = Infinity; // a tick that is too near to the one below is left out
    const upward = (y.ticks ?? []).flatMap(([value, words]) => {
      const at = this.y.pixel(value), beside = [frame.x - 0.3 * em, at + 0.35 * em];
      if (free - at < 1.1 * em) return [];
      free = at;
      return [path("grid", `M${frame.x} ${at}H${right}`), text("tick end", beside, words)];
    });
    return [
      svg("rect", { class: "frame", ...frame }), text("title", [middle, frame.y - 0.5 * em], title),
      ...across, text("tick", [middle, bottom + 2.2 * em], x.name ?? ""), ...upward,
    ];
  }

  /** Return a path from the bottom to the top.
   * @param {string} look
   * @param {number} x a value of the x axis */
  upright(look, x) {
    return path(look, `M${this.x.pixel(x)} ${this.frame.y}v${this.frame.height}`);
  }

  /** Return a window on the frame, or its left part.
   * @param {SVGElement[]} parts */
  window(parts, width = this.frame.width) {
    const frame = { ...this.frame, width };
    return svg("svg", { ...frame, viewBox: Object.values(frame).join(" ") }, ...parts);
  }

  /** Return the pixel of a place.
   * @param {number[]} place
   * @returns {[number, number]} */
  pixel([x, y]) {
    return [this.x.pixel(x), this.y.pixel(y)];
  }

  /** Return the place of an event.
   * @param {MouseEvent} event
   * @returns {[number, number]} */
  placeOf(event) {
    const box = this.svg.getBoundingClientRect();
    return [this.x.value(event.clientX - box.left), this.y.value(event.clientY - box.top)];
  }
}

/** Return the way from values to pixels and back; beyond its ends an axis goes no further.
 * @param {Axis} axis
 * @param {number} from
 * @param {number} to */
function scale({ least, most, log = false }, from, to) {
  /** @param {number} value */
  const turn = (value) => (log ? Math.log(value) : value), low = turn(least), high = turn(most);
  /** @param {number} share */
  const clip = (share) => Math.min(1, Math.max(0, share));
  return {
    /** @param {number} value */
    pixel: (value) => from + clip((turn(value) - low) / (high - low)) * (to - from),
    /** @param {number} pixel */
    value(pixel) {
      const value = low + clip((pixel - from) / (to - from)) * (high - low);
      return log ? Math.exp(value) : value;
    },
  };
}
