// @ts-check
/** A square of the plane: an output as colour, lines, and the four rows as points. */

import { sigmoid, y } from "./network.js";
import { Panel, set, show, svg, through } from "./svg.js";

export const ROW_NAMES = ["00", "01", "10", "11"];
const PAIRS = [[0, 3], [1, 2]]; // rows of one class in XOR
const SAMPLES = 96; // of the surface, across and down
const AROUND = 12; // places for a name around a point, on each of four rings

const circle = (x, y, r) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const square = (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;

// Boxes are [left, top, right, bottom].
/** @param {number[]} place */
const around = ([x, y], wide, high) => [x - wide, y - high, x + wide, y + high];
/** @returns {[number, number]} */
const both = (value) => [value(0), value(1)];
const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const within = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];

/** Return whether a box meets the way from one place to another. */
function meets(box, [x0, y0], [x1, y1]) {
  const steps = Array.from({ length: 21 }, (_, k) => k / 20);
  const spots = steps.map((t) => around([x0 + t * (x1 - x0), y0 + t * (y1 - y0)], 0, 0));
  return spots.some((spot) => within(spot, box));
}

export class Plane extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {{axes: string[], lines?: number,
   *   drag?: (line: number, w: number[], b: number) => void}} options the axes' names; `drag`
   *   hears of lines that are moved or turned by hand */
  constructor(demo, name, { axes, lines = 0, drag }) {
    super(demo, name);
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = SAMPLES;
    this.box.prepend(this.canvas);
    this.image = new ImageData(SAMPLES, SAMPLES);
    this.logits = new Float64Array(SAMPLES * SAMPLES);
    this.frame = this.draw("rect", "frame");
    this.title = this.draw("text", "title");
    this.ticks = [0, 1, 2, 3].map(() => this.draw("text", "tick"));
    this.axes = axes.map((axis) => set(this.draw("text", "tick"), {}, axis));
    this.inside = this.draw("svg");
    const inside = (tag, look) => this.inside.appendChild(svg(tag, { class: look }));
    this.joins = [0, 1].map((k) => [inside("path", "casing"), inside("path", `join class${k}`)]);
    this.boundary = inside("path", "boundary");
    this.lines = Array.from({ length: lines }, (_, k) => {
      const look = lines > 1 ? `unit unit${k}` : "unit";
      const parts = { line: inside("path", look), arrow: inside("path", `${look} arrow`) };
      const handles = (drag ? [0, 1] : []).map(() => inside("circle", `handle ${look}`));
      const name = inside("text", "name");
      return { ...parts, handles, name, w: [0, 0], b: 0, ends: [], on: null };
    });
    this.leaders = ROW_NAMES.map(() => this.draw("path", "leader"));
    this.points = ROW_NAMES.map(() => this.draw("path", "point"));
    this.names = ROW_NAMES.map((row) => set(this.draw("text", "name"), {}, row));
    this.chosen = ROW_NAMES.map(() => 0); // which of its places each name has
    if (drag) this.listen(drag);
  }

  /** Show a network or a neuron.
   * @param {{titles: string[], limits: number[], tick: number, points: number[][],
   *   targets?: number[], joined?: boolean, lines?: {w: number[], b: number}[],
   *   logit: ((x1: number, x2: number) => number) | null}} shown the first title that fits is
   *   taken; `joined` points of a class are joined; without `logit` there is no surface */
  update({ titles, limits, tick, points, targets = y, joined = false, lines = [], logit }) {
    if (!this.width) return;
    const { em } = this;
    this.limits = limits;
    this.side = Math.max(10, Math.min(this.width - 2.2 * em, this.height - 3.1 * em));
    this.left = 1.6 * em + (this.width - 2.2 * em - this.side) / 2;
    this.top = 1.6 * em;
    this.bounds = [this.left, this.top, this.left + this.side, this.top + this.side];
    this.putFrame(titles, tick);
    this.paint(logit);

    const places = points.map(([x1, x2]) => this.place(x1, x2));
    const pairs = PAIRS.map((rows) => (joined ? rows.map((row) => places[row]) : []));
    this.joins.forEach((join, k) => join.forEach((part) => set(part, { d: through(pairs[k]) })));
    const radius = (joined ? 0.42 : 0.48) * em;
    places.forEach(([x, y], row) => {
      const d = targets[row] ? square(x, y, 0.9 * radius) : circle(x, y, radius);
      set(this.points[row], { d, class: `point class${targets[row]}` });
    });
    const taken = places.map((place) => around(place, radius + 1, radius + 1));
    const named = joined || this.side > 7 * em; // in a small input plane there is no room
    places.forEach((_, row) => this.putName(row, named, places, taken, joined ? PAIRS : []));
    this.lines.forEach((line, k) => this.putLine(line, lines[k], taken));
    if (lines.length > 1) this.lines.forEach((line, k) => this.putLineName(line, k, taken));
  }

  /** Return how many pixels a step of 1 has. */
  scale() {
    return this.side / (this.limits[1] - this.limits[0]);
  }

  /** Return the pixel of a place. */
  place(x1, x2) {
    const scale = this.scale();
    return [this.left + (x1 - this.limits[0]) * scale, this.top + (this.limits[1] - x2) * scale];
  }

  /** Return the place of a pixel.
   * @param {number[]} pixel */
  placeAt([x, y]) {
    const scale = this.scale();
    return [(x - this.left) / scale + this.limits[0], this.limits[1] - (y - this.top) / scale];
  }

  /** Draw the frame with its title and its ticks, 0 and another. */
  putFrame(titles, tick) {
    const { em, left, top, side } = this, frame = { x: left, y: top, width: side, height: side };
    set(this.frame, frame);
    set(this.inside, { ...frame, viewBox: `${left} ${top} ${side} ${side}` });
    const title = titles.find((text) => 0.6 * em * text.length < this.width) ?? titles.at(-1);
    set(this.title, { x: this.width / 2 + 0.4 * em, y: top - 0.45 * em }, title);
    const under = top + side + 1.1 * em, beside = left - 0.75 * em;
    [0, tick].forEach((value, k) => {
      const [x, y] = this.place(value, value);
      set(this.ticks[2 * k], { x, y: under }, String(value));
      set(this.ticks[2 * k + 1], { x: beside, y: y + 0.35 * em }, String(value));
    });
    const [x, y] = this.place(tick / 2, tick / 2);
    set(this.axes[0], { x, y: under });
    set(this.axes[1], { x: beside, y, transform: `rotate(-90 ${beside} ${y})`, dy: "0.35em" });
  }

  /** Colour the plane, and draw the boundary on which the logit is 0. */
  paint(logit) {
    const { side, left, top, logits, canvas } = this, cell = side / (SAMPLES - 1);
    const size = `${side + cell}px`;
    Object.assign(canvas.style, {
      left: `${left - cell / 2}px`, top: `${top - cell / 2}px`, width: size, height: size,
      clipPath: `inset(${cell / 2}px)`, visibility: logit ? "visible" : "hidden",
    });
    set(this.boundary, { d: "" });
    if (!logit) return;
    const colours = this.demo.palette(), pixels = new Uint32Array(this.image.data.buffer);
    const [least, most] = this.limits, gap = (most - least) / (SAMPLES - 1);
    for (let row = 0, k = 0; row < SAMPLES; row++) {
      for (let column = 0; column < SAMPLES; column++, k++) {
        const z = (logits[k] = logit(least + column * gap, most - row * gap));
        pixels[k] = colours[Math.round(255 * sigmoid(z)) || 0];
      }
    }
    canvas.getContext("2d")?.putImageData(this.image, 0, 0);
    set(this.boundary, { d: contour(logits, left, top, cell) });
  }

  /** Put a row's name where it covers no point, and nothing else if that can be. */
  putName(row, named, places, taken, pairs) {
    for (const part of [this.names[row], this.leaders[row]]) show(part, named);
    if (!named) return;
    const { em } = this, [x, y] = places[row], others = places.filter((_, k) => k !== row);
    const mean = (k) => others.reduce((sum, place) => sum + place[k] / 3, 0);
    const away = Math.atan2(y - mean(1), x - mean(0));
    let best = { cost: Infinity, k: 0, box: [0, 0, 0, 0] };
    for (let k = 0; k < 4 * AROUND; k++) {
      const ring = Math.floor(k / AROUND), angle = ((k % AROUND) / AROUND) * 2 * Math.PI;
      const reach = (1.15 + 0.95 * ring) * em;
      const spot = [x + 1.1 * reach * Math.cos(angle), y + reach * Math.sin(angle)];
      const box = around(spot, 0.62 * em, 0.48 * em);
      let cost = 2 * ring + 1 - Math.cos(angle - away);
      if (k === this.chosen[row]) cost -= 0.7; // a name does not jump without need
      if (!within(box, this.bounds)) cost += 50;
      for (const pair of pairs) if (meets(box, places[pair[0]], places[pair[1]])) cost += 8;
      taken.forEach((other, n) => (cost += overlaps(box, other) ? (n < 4 ? 100 : 20) : 0));
      if (cost < best.cost) best = { cost, k, box };
    }
    this.chosen[row] = best.k;
    taken.push(best.box);
    const [left, top, right, bottom] = best.box, middle = [(left + right) / 2, (top + bottom) / 2];
    set(this.names[row], { x: middle[0], y: middle[1] + 0.36 * em });
    set(this.leaders[row], { d: best.k < AROUND ? "" : through([places[row], middle]) });
  }

  /** Draw the line w·x + b = 0, with an arrow to its positive side. */
  putLine(line, at, taken) {
    const { em, limits } = this, [least, most] = limits, middle = (least + most) / 2;
    const length = at ? Math.hypot(...at.w) : 0;
    const distance = at ? (middle * (at.w[0] + at.w[1]) + at.b) / length : 0;
    const reach = Math.SQRT1_2 * (most - least), step = em / this.scale();
    const visible = length > 0 && Math.abs(distance) < 1.2 * reach;
    for (const part of [line.line, line.arrow, ...line.handles]) show(part, visible);
    [line.ends, line.on] = [[], null];
    if (!visible) return;
    const normal = at.w.map((w) => w / length), along = [normal[1], -normal[0]];
    const foot = normal.map((n) => middle - n * distance); // nearest to the middle of the plane
    const on = (t, across = 0) =>
      this.place(...both((k) => foot[k] + step * (t * along[k] + across * normal[k])));
    Object.assign(line, at, { on });
    set(line.line, { d: through([on(-2 * reach / step), on(2 * reach / step)]) });
    const head = [on(0.5, 1.4), on(0, 1.9), on(-0.5, 1.4)];
    set(line.arrow, { d: through([on(0), on(0, 1.9)]) + through(head) });
    taken.push(around(on(0, 1.4), 0.6 * em, 0.6 * em));
    // How far the line goes on either side before it leaves the frame.
    const [back, forth] = [-1, 1].map((sign) => sign * Math.min(...both((k) => {
      const goes = sign * along[k] * step;
      return Math.abs(goes) < 1e-12 ? Infinity : ((goes > 0 ? most : least) - foot[k]) / goes;
    })));
    const long = forth - back > 3;
    if (long) line.ends = [on(back + 1.1), on(forth - 1.1)];
    line.handles.forEach((handle, k) => {
      show(handle, long);
      if (long) set(handle, { cx: line.ends[k][0], cy: line.ends[k][1], r: 0.42 * em });
    });
  }

  /** Put a hidden unit's name beside its line where it covers nothing, or nowhere. */
  putLineName(line, unit, taken) {
    const { em } = this, sides = line.on ? [1.8, -1.8, 3.2, -3.2, 4.6, -4.6, 6, -6] : [];
    const spots = sides.flatMap((t) => [line.on(t, 0.9), line.on(t, -0.9)]);
    const spot = spots.find((place) => {
      const box = around(place, 0.75 * em, 0.6 * em);
      return within(box, this.bounds) && !taken.some((other) => overlaps(box, other));
    });
    show(line.name, spot !== undefined);
    if (!spot) return;
    taken.push(around(spot, 0.75 * em, 0.6 * em));
    set(line.name, { x: spot[0], y: spot[1] + 0.35 * em }, `h${"₁₂"[unit]}`);
  }

  /** Return the line that is near a pixel, and whether it is one of its ends.
   * @param {number[]} pixel */
  lineAt([x, y], reach) {
    const found = this.lines.flatMap(({ ends, w, b }, k) => {
      if (!ends.length) return [];
      const [x1, x2] = this.placeAt([x, y]), { em } = this;
      const off = (Math.abs(w[0] * x1 + w[1] * x2 + b) / Math.hypot(...w)) * this.scale();
      const turns = ends.map((end) => Math.hypot(x - end[0], y - end[1]));
      return [
        { k, turn: false, distance: off + 0.4 * em, near: off < 0.8 * em * reach },
        ...turns.map((distance) =>
          ({ k, turn: true, distance, near: distance < 1.2 * em * reach })),
      ];
    });
    return found.filter(({ near }) => near).sort((a, b) => a.distance - b.distance)[0];
  }

  /** Let lines be moved, and turned by the handles at their ends. */
  listen(drag) {
    let held = null;
    this.svg.classList.add("draggable");
    this.svg.addEventListener("pointerdown", (event) => {
      const found = this.lineAt(this.at(event), event.pointerType === "mouse" ? 1 : 1.6);
      if (!found) return;
      const { w, b } = this.lines[found.k], middle = (this.limits[0] + this.limits[1]) / 2;
      const off = (middle * (w[0] + w[1]) + b) / (w[0] ** 2 + w[1] ** 2);
      const pivot = w.map((weight) => middle - weight * off);
      held = { ...found, from: this.placeAt(this.at(event)), w: [...w], b, pivot };
      this.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!held) {
        const found = this.lineAt(this.at(event), 1);
        this.svg.style.cursor = !found ? "" : found.turn ? "grab" : "move";
        return;
      }
      const to = this.placeAt(this.at(event)), { k, turn, from, w, b, pivot } = held;
      if (!turn) return drag(k, w, b - w[0] * (to[0] - from[0]) - w[1] * (to[1] - from[1]));
      const [before, now] = [from, to].map((p) => Math.atan2(p[1] - pivot[1], p[0] - pivot[0]));
      const cos = Math.cos(now - before), sin = Math.sin(now - before);
      const turned = [cos * w[0] - sin * w[1], sin * w[0] + cos * w[1]];
      drag(k, turned, -turned[0] * pivot[0] - turned[1] * pivot[1]);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      this.svg.addEventListener(end, () => (held = null));
    }
  }
}

/** Return the path on which a grid of values is 0, by marching squares. */
function contour(values, left, top, cell) {
  const edges = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]];
  let path = "";
  for (let row = 0; row + 1 < SAMPLES; row++) {
    for (let column = 0; column + 1 < SAMPLES; column++) {
      const k = row * SAMPLES + column;
      const corners = [values[k], values[k + 1], values[k + SAMPLES + 1], values[k + SAMPLES]];
      const positive = corners.filter((value) => value > 0).length;
      if (positive === 0 || positive === 4) continue;
      const cuts = edges.flatMap(([x, y, dx, dy], n) => {
        const from = corners[n], to = corners[(n + 1) % 4], share = from / (from - to);
        if (from > 0 === to > 0) return [];
        return [[left + (column + x + share * dx) * cell, top + (row + y + share * dy) * cell]];
      });
      for (let n = 0; n + 1 < cuts.length; n += 2) path += through(cuts.slice(n, n + 2));
    }
  }
  return path;
}
