// @ts-check
/** A chart with curves and dots; what is chosen is ringed. */

import { path, svg, text, through } from "./dom.js";
import { Panel } from "./panel.js";

/** @typedef {import("./panel.js").Axis} Axis */

/** An upright line at a value of the x axis, beside it words, and its look.
 * @typedef {[value: number, words: string, look?: string]} Mark */

/** What a chart shows. `wide` is the room for the y axis's texts, in letters; curves are shown up
 * to `until`; a dot is round or has a `sign`, a path from -1 to 1, and may have a `fill`; its `size`
 * is told in steps of the x axis, or else a letter's; `rings` are drawn around places, as [x, y].
 * @typedef {{label: string, title: string, x: Axis, y: Axis, wide?: number,
 *   curves?: {outline: number[][], dashed?: boolean}[], until?: number,
 *   dots?: {x: number, y: number, look: string, sign?: string, fill?: string}[], size?: number,
 *   marks?: Mark[], rings?: number[][]}} Content */

export const CIRCLE = "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z";

export class Chart extends Panel {
  /** @param {import("./panel.js").Holder} demo
   * @param {string} name
   * @param {(x: number, y: number) => void} [choose] hears where the chart is clicked */
  constructor(demo, name, choose) {
    super(demo, name);
    if (!choose) return;
    this.svg.classList.add("clickable");
    this.svg.addEventListener("click", (event) => choose(...this.placeOf(event)));
  }

  /** Draw axes, curves, dots and marks.
   * @param {Content} content */
  update({ label, title, x, y, wide = 2.4, curves = [], until = x.most, dots = [], size, marks = [],
    rings = [] }) {
    if (!this.width) return;
    const { em } = this, left = wide * em, right = this.width - 0.8 * em, top = 1.5 * em;
    const bottom = this.height - (!x.ticks ? 0.5 : x.name ? 2.5 : 1.4) * em;
    const frame = { x: left, y: top, width: right - left, height: bottom - top };
    const axes = this.axes(title, x, y, frame);
    const radius = size ? size * Math.abs(this.x.pixel(1) - this.x.pixel(0)) : 0.27 * em;
    const drawn = curves.map(({ outline, dashed }) => path(
      dashed ? "curve dashed" : "curve", through(outline.map((place) => this.pixel(place)))));
    const signs = dots.map(({ x, y, look, sign = CIRCLE, fill = "" }) => {
      const [left, top] = this.pixel([x, y]).map((pixel) => pixel.toFixed(1));
      const transform = `translate(${left} ${top}) scale(${radius.toFixed(2)})`;
      return svg("path", { class: look, d: sign, fill, transform });
    });
    const upright = marks.flatMap(([value, words, look = "mark"], k) => {
      const at = this.x.pixel(value) + 0.3 * em, fits = at + 0.5 * em * words.length < right;
      const spot = [at, top + (1.1 + 1.25 * k) * em];
      return [this.upright(look, value), text("note", spot, fits ? words : words.split(" ")[0])];
    });
    this.draw(
      label, axes, this.window(drawn, Math.max(1, this.x.pixel(until) - left)),
      svg("g", {}, ...signs), upright,
      rings.map((ring) => this.pixel(ring)).map(([cx, cy]) =>
        svg("circle", { class: "here", cx, cy, r: radius / 0.6 })),
    );
  }
}
