// @ts-check
/** A square of the plane: an output as colour, lines, and the four rows as points. */

import { Panel, h, path, svg, text, through } from "./dom.js";
import { sigmoid, y } from "./network.js";
import { ROW_NAMES, UNIT_NAMES } from "./words.js";

const PAIRS = [[0, 3], [1, 2]]; // rows of one class in XOR
const SAMPLES = 96; // of the surface, across and down
// Where a name may stand around a point: so many letters away, turned from the best direction.
const REACHES = [1.15, 2.1, 3.05, 4], TURN = Math.PI / 6;
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6];

/** The colours of outputs from 0 to 1, as pixels: blue and orange, the paler the nearer to 1/2. */
const COLOURS = Uint32Array.from({ length: 256 }, (_, k) => {
  const [red, green, blue, most] = k < 128 ? [0, 120, 195, 144] : [240, 162, 3, 153];
  const alpha = Math.round(most * Math.abs(k / 127.5 - 1));
  return (alpha << 24) | (blue << 16) | (green << 8) | red;
});

const circle = (x, y, r) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const square = (x, y, r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;

// Boxes are [left, top, right, bottom].
/** @param {number[]} place */
const around = ([x, y], wide, high) => [x - wide, y - high, x + wide, y + high];
const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
const within = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];

/** Return boxes along the way from one place to another.
 * @param {number[][]} places */
const along = ([[x0, y0], [x1, y1]]) =>
  Array.from({ length: 21 }, (_, k) => k / 20).map((t) =>
    around([x0 + t * (x1 - x0), y0 + t * (y1 - y0)], 1, 1));

export class Plane extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {string[]} axes their names
   * @param {(line: number, w: number[], b: number) => void} [drag] hears of lines that are moved
   *   or turned by hand */
  constructor(demo, name, axes, drag) {
    super(demo, name);
    this.axes = axes;
    this.canvas = h("canvas", { width: SAMPLES, height: SAMPLES });
    this.box.prepend(this.canvas);
    this.limits = [0, 1];
    this.side = this.left = this.top = 0;
    this.lines = /** @type {{w: number[], b: number}[]} */ ([]);
    this.drag = drag;
    if (drag) this.listen(drag);
  }

  /** Show a network or a neuron.
   * @param {{label: string, titles: string[], limits: number[], tick: number,
   *   points: number[][], targets?: number[], joined?: boolean,
   *   lines?: {w: number[], b: number}[],
   *   logit: ((x1: number, x2: number) => number) | null}} shown the first title that fits is
   *   taken; `joined` points of a class are joined; without `logit` there is no surface */
  update({ label, titles, limits, tick, points, targets = y, joined = false, lines = [], logit }) {
    if (!this.width) return;
    const { em, width, height } = this;
    const side = Math.max(10, Math.min(width - 2.2 * em, height - 3.1 * em));
    const left = 1.6 * em + (width - 2.2 * em - side) / 2, top = 1.6 * em;
    Object.assign(this, { limits, lines, side, left, top });

    const places = points.map((point) => this.place(point)), radius = (joined ? 0.42 : 0.48) * em;
    const pairs = joined ? PAIRS.map((rows) => rows.map((row) => places[row])) : [];
    const covered = places.map((place) => around(place, radius + 1, radius + 1));
    /** Boxes that no name may cover. */
    this.taken = [...covered, ...pairs.flatMap(along)];
    const named = joined || side > 7 * em; // in a small input plane there is no room
    const names = named ? places.flatMap((_, row) => this.nameOfRow(row, places, covered)) : [];
    const drawn = lines.map((line, k) => this.drawnLine(line, k));
    const frame = { x: left, y: top, width: side, height: side };
    this.draw(
      label,
      svg("rect", { class: "frame", ...frame }),
      this.writing(titles, tick),
      svg("svg", { ...frame, viewBox: Object.values(frame).join(" ") },
        ...pairs.flatMap((pair, k) => ["casing", `join class${k}`].map((look) =>
          path(look, through(pair)))),
        path("boundary", this.surface(logit)),
        ...drawn.flatMap(({ parts }) => parts), ...drawn.flatMap(({ handles }) => handles)),
      places.map(([x, y], row) => path(`point class${targets[row]}`,
        targets[row] ? square(x, y, 0.9 * radius) : circle(x, y, radius))),
      names,
    );
  }

  /** How many pixels a step of 1 has. */
  get scale() {
    return this.side / (this.limits[1] - this.limits[0]);
  }

  /** Return the pixel of a place.
   * @param {number[]} place */
  place([x1, x2]) {
    const { scale, limits } = this;
    return [this.left + (x1 - limits[0]) * scale, this.top + (limits[1] - x2) * scale];
  }

  /** Return the place of an event. */
  placeAt(event) {
    const [x, y] = this.at(event), { scale, limits } = this;
    return [(x - this.left) / scale + limits[0], limits[1] - (y - this.top) / scale];
  }

  /** Return the title, the axes' names, and their ticks, 0 and another. */
  writing(titles, tick) {
    const { em, left, top, side, width, axes } = this;
    const under = top + side + 1.1 * em, beside = left - 0.75 * em;
    const title = titles.find((words) => 0.6 * em * words.length < width) ?? titles.at(-1);
    const [x, y] = this.place([tick / 2, tick / 2]);
    const upright = { transform: `rotate(-90 ${beside} ${y})`, dy: "0.35em" };
    return [
      text("title", [width / 2 + 0.4 * em, top - 0.45 * em], title),
      text("tick", [x, under], axes[0]), text("tick", [beside, y], axes[1], upright),
      ...[0, tick].flatMap((value) => {
        const [x, y] = this.place([value, value]);
        return [[x, under], [beside, y + 0.35 * em]].map((at) => text("tick", at, String(value)));
      }),
    ];
  }

  /** Colour the plane; return the path of the boundary, on which the logit is 0. */
  surface(logit) {
    const { side, left, top, canvas, limits: [least, most] } = this, cell = side / (SAMPLES - 1);
    const size = `${side + cell}px`;
    Object.assign(canvas.style, {
      left: `${left - cell / 2}px`, top: `${top - cell / 2}px`, width: size, height: size,
      clipPath: `inset(${cell / 2}px)`, visibility: logit ? "visible" : "hidden",
    });
    if (!logit) return "";
    const image = new ImageData(SAMPLES, SAMPLES), pixels = new Uint32Array(image.data.buffer);
    const logits = new Float64Array(SAMPLES * SAMPLES), gap = (most - least) / (SAMPLES - 1);
    for (let row = 0, k = 0; row < SAMPLES; row++) {
      for (let column = 0; column < SAMPLES; column++, k++) {
        logits[k] = logit(least + column * gap, most - row * gap);
        pixels[k] = COLOURS[Math.round(255 * sigmoid(logits[k])) || 0];
      }
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    return contour(logits, left, top, cell);
  }

  /** Return the first of some spots at which a box is in the frame and covers nothing. */
  free(spots, wide, high, taken = this.taken) {
    const { left, top, side } = this, frame = [left, top, left + side, top + side];
    const fits = (box) => within(box, frame) && !taken.some((other) => overlaps(box, other));
    return spots.find((spot) => fits(around(spot, wide, high)));
  }

  /** Return a row's name, near its point and away from the others, but where it covers nothing; if
   * that cannot be, no point. A name that is further away has a line to its point. */
  nameOfRow(row, places, points) {
    const { em } = this, [x, y] = places[row];
    const wide = 0.62 * em, high = 0.48 * em;
    const [x0, y0] = [0, 1].map((k) => places.reduce((sum, place) => sum + place[k] / 4, 0));
    const away = Math.round(Math.atan2(y - y0, x - x0) / TURN);
    const spots = REACHES.flatMap((reach) => TURNS.map((turn) => {
      const angle = (away + turn) * TURN;
      return [x + 1.1 * reach * em * Math.cos(angle), y + reach * em * Math.sin(angle)];
    }));
    const spot = this.free(spots, wide, high) ?? this.free(spots, wide, high, points);
    if (!spot) return [];
    this.taken.push(around(spot, wide, high));
    const name = text("name", [spot[0], spot[1] + 0.36 * em], ROW_NAMES[row]);
    const near = spots.indexOf(spot) < TURNS.length;
    return near ? [name] : [path("leader", through([places[row], spot])), name];
  }

  /** Return the line w·x + b = 0: its parts, with an arrow to its positive side and its name, if it
   * is one of two and there is room; and the handles of a line that can be dragged. */
  drawnLine({ w, b }, k) {
    const length = Math.hypot(...w), parts = [], handles = [];
    if (!length) return { parts, handles };
    const { em, limits, side, lines, drag } = this, middle = (limits[0] + limits[1]) / 2;
    const centre = this.place([middle, middle]), normal = [w[0] / length, -w[1] / length];
    const off = (this.scale * (middle * (w[0] + w[1]) + b)) / length; // of the line from the centre
    /** Return a spot so many letters along the line, and across it. */
    const on = (t, across = 0) => [0, 1].map((n) =>
      centre[n] - off * normal[n] + em * (t * [-normal[1], normal[0]][n] + across * normal[n]));
    const look = lines.length > 1 ? `unit unit${k}` : "unit";
    const line = through([on((-2 * side) / em), on((2 * side) / em)]);
    const arrow = through([on(0), on(0, 1.9)]) + through([on(0.5, 1.4), on(0, 1.9), on(-0.5, 1.4)]);
    parts.push(path(look, line), path(`${look} arrow`, arrow));
    this.taken.push(around(on(0, 1.4), 0.6 * em, 0.6 * em));

    const spots = [1.8, 3.2, 4.6, 6].flatMap((t) =>
      [on(t, 0.9), on(t, -0.9), on(-t, 0.9), on(-t, -0.9)]);
    const spot = lines.length > 1 && this.free(spots, 0.75 * em, 0.6 * em);
    if (spot) {
      this.taken.push(around(spot, 0.75 * em, 0.6 * em));
      parts.push(text("name", [spot[0], spot[1] + 0.35 * em], UNIT_NAMES[k]));
    }
    if (!drag) return { parts, handles };

    const grip = (tag, more) => svg(tag, { class: "grip", "data-line": k, ...more });
    parts.push(grip("path", { d: line, "data-end": 0 }));
    // The handles go round in a circle that the frame holds.
    const half = Math.sqrt(Math.max(0, (side / 2) ** 2 - off ** 2)) / em;
    for (const end of half > 1 ? [-1, 1] : []) {
      const [cx, cy] = on(end * (half - 0.5)), place = { cx, cy, r: 0.42 * em };
      handles.push(svg("circle", { class: `handle ${look}`, ...place }));
      handles.push(grip("circle", { ...place, "data-end": end }));
    }
    return { parts, handles };
  }

  /** Let lines be moved, and turned by the handles at their ends. */
  listen(drag) {
    let held = null;
    this.svg.addEventListener("pointerdown", (event) => {
      const { line, end } = event.target.dataset;
      if (line === undefined) return;
      held = { k: Number(line), end: Number(end), from: this.placeAt(event), ...this.lines[line] };
      this.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.svg.addEventListener("lostpointercapture", () => (held = null));
    this.svg.addEventListener("pointermove", (event) => {
      if (!held) return;
      const { k, end, from, w, b } = held, to = this.placeAt(event);
      if (!end) return drag(k, w, b - w[0] * (to[0] - from[0]) - w[1] * (to[1] - from[1]));
      // Around the place of the line that is nearest to the middle, as far as the hand has gone.
      const middle = (this.limits[0] + this.limits[1]) / 2, square = w[0] ** 2 + w[1] ** 2;
      const pivot = w.map((weight) => middle - (weight * (middle * (w[0] + w[1]) + b)) / square);
      const arm = [to[0] - pivot[0], to[1] - pivot[1]];
      const size = (end * Math.sqrt(square)) / (Math.hypot(...arm) || Infinity);
      const turned = [-arm[1] * size, arm[0] * size];
      drag(k, turned, -turned[0] * pivot[0] - turned[1] * pivot[1]);
    });
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
