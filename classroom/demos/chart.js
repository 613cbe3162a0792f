// @ts-check
/** A chart with curves and dots; what is chosen is ringed. */

import { Panel, path, svg, text, through } from "./dom.js";

/** Ticks are values and their texts.
 * @typedef {{least: number, most: number, log?: boolean, ticks?: any[][],
 *   name?: string, wide?: number}} Axis `wide` is the room for the ticks' texts, in letters */

export class Chart extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {(x: number, y: number) => void} [choose] hears where the chart is clicked */
  constructor(demo, name, choose) {
    super(demo, name);
    if (!choose) return;
    this.svg.classList.add("clickable");
    this.svg.addEventListener("click", (event) => {
      const [x, y] = this.at(event);
      demo.guard(() => choose(this.x.value(x), this.y.value(y)));
    });
  }

  /** Draw axes, curves, dots and marks.
   * @param {{label: string, title: string, x: Axis, y: Axis,
   *   curves?: {losses: ArrayLike<number>, dashed?: boolean}[], until?: number,
   *   dots?: {x: number, y: number, look: string, sign?: string}[], size?: number,
   *   marks?: any[][], rings?: number[][], guess?: number | null}} content curves are
   *   shown up to `until`; a dot is round or has a `sign`, a path from -1 to 1; its `size` is told
   *   in steps of the x axis, or else that of a letter; `marks` and a `guess` are places on the
   *   x axis; `rings` are drawn around places, as [x, y] */
  update({ label, title, x, y, curves = [], until = x.most, dots = [], size, marks = [], rings = [],
    guess = null }) {
    if (!this.width) return;
    const { em } = this, left = (y.wide ?? 2.4) * em, right = this.width - 0.8 * em;
    const top = 1.5 * em, bottom = this.height - (!x.ticks ? 0.5 : x.name ? 2.5 : 1.4) * em;
    this.x = scale(x, left, right);
    this.y = scale(y, bottom, top);
    const place = ([x, y]) => [this.x.pixel(x), this.y.pixel(y)], middle = (left + right) / 2;
    const upright = (look, x) => path(look, `M${this.x.pixel(x)} ${top}V${bottom}`);
    const radius = size ? size * Math.abs(this.x.pixel(1) - this.x.pixel(0)) : 0.27 * em;
    const seen = Math.max(1, this.x.pixel(until) - left), high = bottom - top;
    const window = { x: left, y: top, width: seen, height: high };
    this.draw(
      label,
      text("title", [middle, em], title),
      svg("rect", { class: "frame", ...window, width: right - left }),
      (x.ticks ?? []).flatMap(([value, words]) =>
        [upright("grid", value), text("tick", [this.x.pixel(value), bottom + 1.05 * em], words)]),
      text("tick", [middle, bottom + 2.2 * em], x.name ?? ""),
      this.apart(y.ticks).flatMap(([value, words]) => {
        const at = this.y.pixel(value), beside = [left - 0.3 * em, at + 0.35 * em];
        return [path("grid", `M${left} ${at}H${right}`), text("tick end", beside, words)];
      }),
      svg("svg", { ...window, viewBox: `${left} ${top} ${seen} ${high}` },
        ...curves.map(({ losses, dashed }) =>
          path(dashed ? "curve dashed" : "curve", through(outline(losses).map(place))))),
      svg("g", {}, ...dots.map(({ x, y, look, sign = CIRCLE }) => {
        const [left, top] = place([x, y]).map((pixel) => pixel.toFixed(1));
        const transform = `translate(${left} ${top}) scale(${radius.toFixed(2)})`;
        return svg("path", { class: look, d: sign, transform });
      })),
      marks.flatMap(([value, words], k) => {
        const at = this.x.pixel(value) + 0.3 * em, fits = at + 0.5 * em * words.length < right;
        const spot = [at, top + (1.1 + 1.25 * k) * em];
        return [upright("mark", value), text("note", spot, fits ? words : words.split(" ")[0])];
      }),
      rings.map(place).map(([cx, cy]) => svg("circle", { class: "here", cx, cy, r: radius / 0.6 })),
      guess === null ? [] : [upright("guess", guess)],
    );
  }

  /** Return ticks of the y axis without those that are too near to the one below. */
  apart(ticks = []) {
    let free = Infinity;
    return ticks.filter(([value]) => {
      const at = this.y.pixel(value), fits = free - at > 1.1 * this.em;
      if (fits) free = at;
      return fits;
    });
  }
}

export const CIRCLE = "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z";

/** Return a loss curve as places: of each stretch of epochs the first, highest and lowest. */
function outline(losses) {
  const places = [], stretch = Math.max(1, Math.ceil(losses.length / 400));
  for (let from = 0; from < losses.length; from += stretch) {
    const part = losses.slice(from, from + stretch);
    for (const loss of [part[0], Math.max(...part), Math.min(...part)]) {
      if (Number.isFinite(loss)) places.push([from, loss]);
    }
  }
  return places;
}

/** Return the way from values to pixels and back; beyond its ends an axis goes no further. */
function scale({ least, most, log = false }, from, to) {
  const turn = (value) => (log ? Math.log(value) : value), low = turn(least), high = turn(most);
  const clip = (share) => Math.min(1, Math.max(0, share));
  return {
    pixel: (value) => from + clip((turn(value) - low) / (high - low)) * (to - from),
    value(pixel) {
      const value = low + clip((pixel - from) / (to - from)) * (high - low);
      return log ? Math.exp(value) : value;
    },
  };
}
