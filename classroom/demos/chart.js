// @ts-check
/** A chart with curves and dots; what is chosen is ringed. */

import { Panel, set, show, svg, through } from "./svg.js";

/** @typedef {{least: number, most: number, log?: boolean, ticks: [number, string][],
 *   name?: string, wide?: number}} Axis `wide` is the room for the ticks' texts, in letters */

export class Chart extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {(x: number, y: number) => void} [choose] hears where the chart is clicked */
  constructor(demo, name, choose) {
    super(demo, name);
    this.title = this.draw("text", "title");
    this.still = this.draw("g");
    this.window = this.draw("svg");
    this.marks = this.draw("g");
    this.rings = [0, 1].map(() => this.draw("circle", "here"));
    this.guess = this.draw("path", "guess");
    this.key = "";
    if (choose) this.whenClicked((x, y) => choose(this.x.value(x), this.y.value(y)));
  }

  /** Draw axes, curves, dots and marks, unless they are drawn already (the same `key` and size).
   * @param {string} key
   * @param {{title: string, x: Axis, y: Axis, levels?: [number, string][],
   *   curves?: {losses: ArrayLike<number>, dashed?: boolean}[],
   *   dots?: {x: number, y: number, look: string}[], marks?: [number, string][]}} content */
  update(key, { title, x, y, levels = [], curves = [], dots = [], marks = [] }) {
    key += ` ${this.width} ${this.height} ${this.em}`;
    if (!this.width || key === this.key) return;
    this.key = key;
    const { em } = this, left = (y.wide ?? 2.4) * em, right = this.width - 0.8 * em;
    const under = !x.ticks.length ? 0.5 : x.name ? 2.5 : 1.4;
    const top = 1.5 * em, bottom = this.height - under * em, size = [right - left, bottom - top];
    this.x = scale(x, left, right);
    this.y = scale(y, bottom, top);
    set(this.title, { x: (left + right) / 2, y: em }, title);
    const text = (look, x, y, words) => svg("text", { class: look, x, y }, words);
    const across = (look, at) => svg("path", { class: look, d: `M${left} ${at}H${right}` });
    const upright = (look, at) => svg("path", { class: look, d: `M${at} ${top}V${bottom}` });
    const beside = (at, words) => text("tick end", left - 0.3 * em, at + 0.35 * em, words);

    const frame = { x: left, y: top, width: size[0], height: size[1] };
    const parts = [svg("rect", { class: "frame", ...frame })];
    for (const [value, words] of x.ticks) {
      const at = this.x.pixel(value);
      parts.push(upright("grid", at), text("tick", at, bottom + 1.05 * em, words));
    }
    if (x.name) parts.push(text("tick", (left + right) / 2, bottom + 2.2 * em, x.name));
    let free = Infinity; // ticks that are too near to the one below are left out
    for (const [value, words] of y.ticks) {
      const at = this.y.pixel(value);
      if (free - at < 1.1 * em) continue;
      free = at;
      parts.push(across("grid", at), beside(at, words));
    }
    for (const [value, words] of levels) {
      const at = this.y.pixel(value);
      parts.push(across("curve", at), beside(at, words));
    }
    this.still.replaceChildren(...parts);
    set(this.window, frame);
    this.window.replaceChildren(...curves.map(({ losses, dashed }) =>
      svg("path", { class: dashed ? "curve dashed" : "curve", d: through(this.outline(losses)) })));
    this.marks.replaceChildren(
      ...dots.map(({ x, y, look }) => {
        const place = { cx: this.x.pixel(x), cy: this.y.pixel(y), r: 0.27 * em };
        return svg("circle", { class: `dot ${look}`, ...place });
      }),
      ...marks.flatMap(([value, words], k) => {
        const at = this.x.pixel(value), fits = at + 0.53 * em * words.length < right;
        const shown = fits ? words : words.split(" ")[0], y = top + (1.1 + 1.25 * k) * em;
        return [upright("mark", at), text("note", at + 0.3 * em, y, shown)];
      }),
    );
  }

  /** Ring places, as [x, y].
   * @param {number[][]} places
   * @param {{until?: number, guess?: number | null}} [options] the curve is shown up to `until`;
   *   a guess is a place on the x axis */
  point(places, { until, guess = null } = {}) {
    if (!this.width) return;
    const [left, right] = this.x.ends, [bottom, top] = this.y.ends;
    this.rings.forEach((ring, k) => {
      show(ring, k < places.length);
      if (k >= places.length) return;
      const [x, y] = places[k];
      set(ring, { cx: this.x.pixel(x), cy: this.y.pixel(y), r: 0.45 * this.em });
    });
    const seen = Math.max(1, (until === undefined ? right : this.x.pixel(until)) - left);
    set(this.window, { width: seen, viewBox: `${left} ${top} ${seen} ${bottom - top}` });
    set(this.guess, { d: guess === null ? "" : `M${this.x.pixel(guess)} ${top}V${bottom}` });
  }

  /** Return a loss curve as places: of each stretch of epochs the first, highest and lowest. */
  outline(losses) {
    const places = [], stretch = Math.max(1, Math.ceil(losses.length / 400));
    for (let from = 0; from < losses.length; from += stretch) {
      const part = losses.slice(from, from + stretch);
      for (const loss of [part[0], Math.max(...part), Math.min(...part)]) {
        if (Number.isFinite(loss)) places.push([this.x.pixel(from), this.y.pixel(loss)]);
      }
    }
    return places;
  }
}

/** Return the way from values to pixels and back; beyond its ends an axis goes no further. */
function scale({ least, most, log = false }, from, to) {
  const turn = (value) => (log ? Math.log(value) : value), low = turn(least), high = turn(most);
  const clip = (share) => Math.min(1, Math.max(0, share));
  return {
    ends: [from, to],
    pixel: (value) => from + clip((turn(value) - low) / (high - low)) * (to - from),
    value(pixel) {
      const value = low + clip((pixel - from) / (to - from)) * (high - low);
      return log ? Math.exp(value) : value;
    },
  };
}
