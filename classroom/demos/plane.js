// @ts-check
/** A square of the plane: an output as colour, lines, and the four rows as points. */

import DATA from "./data.json" with { type: "json" };
import { h, path, svg, text, through } from "./dom.js";
import { sigmoid, y } from "./network.js";
import { Panel } from "./panel.js";
import { ROW_NAMES, UNIT_NAMES } from "./words.js";

const PAIRS = [[0, 3], [1, 2]]; // rows of one class in XOR
/** How far a line goes with an arrow key, to the right and up.
 * @type {Map<string, number[]>} */
const STEPS = new Map([["ArrowLeft", [-0.05, 0]], ["ArrowRight", [0.05, 0]],
  ["ArrowUp", [0, 0.05]], ["ArrowDown", [0, -0.05]]]);
const SAMPLES = 96; // of the surface, across and down
// Where a name may stand around a point: so many letters away, turned from the best direction.
const REACHES = [1.15, 2.1, 3.05, 4], TURN = Math.PI / 6;
const TURNS = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6];

/** The colours of outputs from 0 to 1, as pixels: blue and orange, the paler the nearer to 1/2. */
const COLOURS = Uint32Array.from({ length: 256 }, (_, k) => {
  const [red, green, blue, most] = DATA.OUTPUT_COLOURS[k < 128 ? 0 : 1];
  const alpha = Math.round(most * Math.abs(k / 127.5 - 1));
  return (alpha << 24) | (blue << 16) | (green << 8) | red;
});

// The surface that is being drawn. Room for it is made once, for a film draws many.
const image = new ImageData(SAMPLES, SAMPLES), pixels = new Uint32Array(image.data.buffer);
const logits = new Float64Array(SAMPLES * SAMPLES);

/** @type {(place: number[], r: number) => string} */
const circle = ([x, y], r) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
/** @type {(place: number[], r: number) => string} */
const square = ([x, y], r) => `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;

/** @type {(a: number[], b: number[]) => number} */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1];

/** A box: [left, top, right, bottom].
 * @typedef {number[]} Box */

/** @typedef {import("./network.js").Logit} Logit */

/** The line w·x + b = 0.
 * @typedef {{w: number[], b: number}} Line */

/** @type {(place: number[], wide: number, high: number) => Box} */
const around = ([x, y], wide, high) => [x - wide, y - high, x + wide, y + high];
/** @type {(a: Box, b: Box) => boolean} */
const overlaps = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
/** @type {(a: Box, b: Box) => boolean} */
const within = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];

/** Return boxes along the way from one place to another.
 * @type {(places: number[][]) => Box[]} */
const along = ([[x0, y0], [x1, y1]]) =>
  Array.from({ length: 21 }, (_, k) => k / 20).map((t) =>
    around([x0 + t * (x1 - x0), y0 + t * (y1 - y0)], 1, 1));

/** What hears of a line that is moved or turned by hand.
 * @typedef {(line: number, w: number[], b: number) => void} Drag */

export class Plane extends Panel {
  /** @param {import("./panel.js").Holder} demo
   * @param {string} name
   * @param {string[]} names of the axes
   * @param {Drag} [drag] hears of lines that are moved
   *   or turned by hand */
  constructor(demo, name, names, drag) {
    super(demo, name);
    this.names = names;
    this.canvas = h("canvas", { width: SAMPLES, height: SAMPLES });
    this.box.prepend(this.canvas);
    this.lines = /** @type {Line[]} */ ([]);
    this.middle = 0; // of both axes
    this.taken = /** @type {Box[]} */ ([]); // what no name may cover
    this.drag = drag;
    this.movers = /** @type {HTMLElement[]} */ ([]); // one for each line, if it can be moved
    if (drag) this.listen(drag);
  }

  /** Show a network or a neuron.
   * @param {{label: string, titles: string[], limits: number[], tick: number,
   *   points: number[][], targets?: number[], joined?: boolean,
   *   lines?: Line[], logit: Logit | null}} shown the first title that fits is taken; `joined`
   *   points of a class are joined; without `logit` there is no surface */
  update({ label, titles, limits, tick, points, targets = y, joined = false, lines = [], logit }) {
    if (!this.width) return;
    const { em, width, height } = this;
    const side = Math.max(10, Math.min(width - 2.2 * em, height - 3.1 * em));
    const frame = { x: (width + em - side) / 2, y: 1.6 * em, width: side, height: side };
    const title = titles.find((words) => 0.6 * em * words.length < width) ?? titles.at(-1) ?? "";
    const [least, most] = limits;
    /** @type {[number, string][]} */
    const below = least < -tick ? [[-tick, `−${tick}`]] : [];
    /** @type {import("./panel.js").Axis[]} */
    const [x, y] = this.names.map((name) =>
      ({ least, most, ticks: [...below, [0, "0"], [tick / 2, name], [tick, `${tick}`]] }));
    const axes = this.axes(title, x, y, frame);
    this.lines = lines;
    this.middle = (least + most) / 2;
    if (this.drag) lines.forEach((line, k) => this.mover(line, k));

    const places = points.map((point) => this.pixel(point)), radius = (joined ? 0.42 : 0.48) * em;
    const pairs = joined ? PAIRS.map((rows) => rows.map((row) => places[row])) : [];
    const covered = places.map((place) => around(place, radius + 1, radius + 1));
    this.taken = [...covered, ...pairs.flatMap(along)];
    const named = joined || side > 7 * em; // in a small input plane there is no room
    const names = named ? places.flatMap((_, row) => this.nameOfRow(row, places, covered)) : [];
    const drawn = lines.flatMap((line, k) => this.drawnLine(line, k));
    /** @param {SVGElement} part */
    const handle = (part) => part.tagName === "circle"; // above all lines
    this.draw(
      label, axes,
      this.window([
        ...pairs.flatMap((pair, k) => ["casing", `join class${k}`].map((look) =>
          path(look, through(pair)))),
        path("boundary", this.surface(limits, logit)),
        ...drawn.filter((part) => !handle(part)),
      ]),
      drawn.filter(handle), // not in the window, which would cut off what a finger seizes
      places.map((place, row) => path(`point class${targets[row]}`,
        targets[row] ? square(place, 0.9 * radius) : circle(place, radius))),
      names,
    );
  }

  /** Colour the plane; return the path of the boundary, on which the logit is 0.
   * @param {number[]} limits
   * @param {Logit | null} logit */
  surface([least, most], logit) {
    const { canvas, frame: { x: left, y: top, width } } = this, cell = width / (SAMPLES - 1);
    const size = `${width + cell}px`, gap = (most - least) / (SAMPLES - 1);
    Object.assign(canvas.style, {
      left: `${left - cell / 2}px`, top: `${top - cell / 2}px`, width: size, height: size,
      clipPath: `inset(${cell / 2}px)`, visibility: logit ? "visible" : "hidden",
    });
    if (!logit) return "";
    for (let row = 0, k = 0; row < SAMPLES; row++) {
      for (let column = 0; column < SAMPLES; column++, k++) {
        logits[k] = logit(least + column * gap, most - row * gap);
        pixels[k] = COLOURS[Math.round(255 * sigmoid(logits[k])) || 0];
      }
    }
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    return contour(left, top, cell);
  }

  /** Return the first of some spots at which a box is in the frame and covers nothing.
   * @param {number[][]} spots
   * @param {number} wide
   * @param {number} high */
  free(spots, wide, high, taken = this.taken) {
    const { x, y, width, height } = this.frame, frame = [x, y, x + width, y + height];
    /** @param {Box} box */
    const fits = (box) => within(box, frame) && !taken.some((other) => overlaps(box, other));
    return spots.find((spot) => fits(around(spot, wide, high)));
  }

  /** Return a row's name, near its point and away from the others, but where it covers nothing; if
   * that cannot be, no point. A name that is further away has a line to its point.
   * @param {number} row
   * @param {number[][]} places of all rows
   * @param {Box[]} points
   * @returns {SVGElement[]} */
  nameOfRow(row, places, points) {
    const { em } = this, [x, y] = places[row];
    const wide = 0.62 * em, high = 0.48 * em;
    const [x0, y0] = [0, 1].map((k) => places.reduce((sum, place) => sum + place[k] / 4, 0));
    const away = Math.round(Math.atan2(y - y0, 2 * (x - x0)) / TURN); // rather at the side
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

  /** Return the line w·x + b = 0 with an arrow to its positive side; its name, if it is one of two
   * and there is room; and what it is dragged by, if it can be.
   * @param {Line} line
   * @param {number} k its place among the lines
   * @returns {SVGElement[]} */
  drawnLine({ w, b }, k) {
    const length = Math.hypot(...w);
    if (!length) return [];
    const { em, lines, middle, frame: { width } } = this, step = this.x.pixel(1) - this.x.pixel(0);
    const centre = this.pixel([middle, middle]), normal = [w[0] / length, -w[1] / length];
    const off = (step * (middle * (w[0] + w[1]) + b)) / length; // of the line from the centre
    /** Return a spot so many letters along the line, and across it.
     * @param {number} t */
    const on = (t, across = 0) => [0, 1].map((n) =>
      centre[n] - off * normal[n] + em * (t * [-normal[1], normal[0]][n] + across * normal[n]));
    const look = lines.length > 1 ? `unit unit${k}` : "unit";
    const line = through([on((-2 * width) / em), on((2 * width) / em)]);
    const arrow = through([on(0), on(0, 1.9)]) + through([on(0.5, 1.4), on(0, 1.9), on(-0.5, 1.4)]);
    /** @type {SVGElement[]} */
    const parts = [path(look, line), path(`${look} arrow`, arrow)];
    this.taken.push(around(on(0, 1.4), 0.6 * em, 0.6 * em));

    const spots = [1.8, 3.2, 4.6, 6].flatMap((t) =>
      [on(t, 0.9), on(t, -0.9), on(-t, 0.9), on(-t, -0.9)]);
    const spot = lines.length > 1 && this.free(spots, 0.75 * em, 0.6 * em);
    if (spot) {
      this.taken.push(around(spot, 0.75 * em, 0.6 * em));
      parts.push(text("name", [spot[0], spot[1] + 0.35 * em], UNIT_NAMES[k]));
    }
    if (!this.drag) return parts;

    /** @type {(tag: "path" | "circle", more: import("./dom.js").Attributes) => SVGElement} */
    const grip = (tag, more) => svg(tag, { class: "grip", "data-line": k, ...more });
    parts.push(grip("path", { d: line, "data-end": 0 }));
    // The handles go round in a circle that the frame holds.
    const half = Math.sqrt(Math.max(0, (width / 2) ** 2 - off ** 2)) / em;
    for (const end of half > 1 ? [-1, 1] : []) {
      const [cx, cy] = on(end * (half - 0.5)), place = { cx, cy, r: 0.42 * em };
      parts.push(svg("circle", { class: `handle ${look}`, ...place }));
      parts.push(grip("circle", { ...place, "data-end": end }));
    }
    return parts;
  }

  /** Let lines be moved, and turned by the handles at their ends.
   * @param {Drag} drag */
  listen(drag) {
    /** @type {Line & {k: number, end: number, from: [number, number]} | null} */
    let held = null;
    this.svg.addEventListener("pointerdown", (event) => {
      const { line, end } = /** @type {SVGElement} */ (event.target).dataset;
      if (line === undefined) return;
      held = { k: Number(line), end: Number(end), from: this.placeOf(event), ...this.lines[+line] };
      this.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    // A finger on a line would soon scroll the page instead; elsewhere it may.
    this.svg.addEventListener("touchstart", (event) => {
      if (/** @type {SVGElement} */ (event.target).dataset.line) event.preventDefault();
    }, { passive: false });
    this.svg.addEventListener("lostpointercapture", () => (held = null));
    this.svg.addEventListener("pointermove", (event) => {
      if (!held) return;
      const { k, end, from, w, b } = held, to = this.placeOf(event);
      if (!end) return drag(k, w, b - dot(w, to) + dot(w, from));
      // Around the pivot as far as the hand has gone.
      const pivot = this.pivot(held), arm = [to[0] - pivot[0], to[1] - pivot[1]];
      const size = (end * Math.hypot(...w)) / (Math.hypot(...arm) || Infinity);
      const turned = [-arm[1] * size, arm[0] * size];
      drag(k, turned, -dot(turned, pivot));
    });
  }

  /** Return the place of a line that is nearest to the middle.
   * @param {Line} line */
  pivot({ w, b }) {
    const off = (this.middle * (w[0] + w[1]) + b) / dot(w, w);
    return w.map((weight) => this.middle - weight * off);
  }

  /** Keep at a line what has the focus while it is moved, or turned, by keys.
   * @param {Line} line
   * @param {number} k its place among the lines */
  mover(line, k) {
    /** @param {KeyboardEvent} event */
    const onkeydown = (event) => {
      const step = STEPS.get(event.key), { w, b } = this.lines[k];
      if (!step) return;
      event.preventDefault();
      if (!event.shiftKey) return this.drag?.(k, w, b - dot(w, step));
      const turn = step[1] - step[0], size = Math.hypot(1, turn);
      const turned = [(w[0] - turn * w[1]) / size, (w[1] + turn * w[0]) / size];
      this.drag?.(k, turned, -dot(turned, this.pivot({ w, b })));
    };
    const name = this.lines.length > 1 ? `line of ${UNIT_NAMES[k]}` : "line";
    const label = `${name}: arrow keys move it, with Shift they turn it`;
    // Screen readers leave the arrow keys to an application.
    const named = { class: "mover", role: "application", tabindex: 0, "aria-label": label };
    const mover = (this.movers[k] ??= this.box.appendChild(h("div", { ...named, onkeydown })));
    const [left, top] = this.pixel(this.pivot(line)).map((pixel) => `${pixel}px`);
    Object.assign(mover.style, { left, top });
    mover.hidden = !dot(line.w, line.w);
  }
}

/** Return the path on which the logits are 0, by marching squares.
 * @param {number} left
 * @param {number} top
 * @param {number} cell */
function contour(left, top, cell) {
  const edges = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]];
  let path = "";
  for (let row = 0; row + 1 < SAMPLES; row++) {
    for (let column = 0; column + 1 < SAMPLES; column++) {
      const k = row * SAMPLES + column;
      const a = logits[k], b = logits[k + 1], c = logits[k + SAMPLES + 1], d = logits[k + SAMPLES];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) continue;
      const corners = [a, b, c, d];
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
