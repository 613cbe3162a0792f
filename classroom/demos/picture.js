// @ts-check
/** What pictures are made of: a plane with lines and points, the network's diagram, a chart.
 *
 * Each panel is an SVG in real pixels, drawn again when its size changes, so that letters have the
 * size of the text around it; only the coloured surface is a canvas. */

import { sigmoid, y } from "./network.js";

const SAMPLES = 96; // of the surface, across and down
const PAIRS = [[0, 3], [1, 2]]; // rows of one class in XOR
export const ROW_NAMES = ["00", "01", "10", "11"];

/** Return a new SVG element.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  node.append(...children);
  return set(node, attributes);
}

/** Set attributes, and the text where there is one; what is the same already is left alone.
 * @param {Element} node
 * @param {Record<string, string | number>} attributes
 * @param {string} [text] */
export function set(node, attributes, text) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  if (text !== undefined && node.textContent !== text) node.textContent = text;
  return node;
}

/** Show or hide an SVG element.
 * @param {Element} node
 * @param {boolean} shown */
export const show = (node, shown) => set(node, { visibility: shown ? "visible" : "hidden" });

/** Return a path through places that are given as [x, y].
 * @param {number[][]} places */
export const through = (places) =>
  places.map(([x, y], k) => `${k ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** One picture that knows its size. */
export class Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name the panel's place in the layout */
  constructor(demo, name) {
    this.demo = demo;
    this.svg = svg("svg", { role: "img" });
    this.box = document.createElement("div");
    this.box.className = `panel ${name}`;
    this.box.append(this.svg);
    this.width = this.height = this.em = 0;
    demo.add(this);
  }

  /** Add an SVG element to the panel.
   * @param {string} tag
   * @param {Record<string, string | number>} [attributes] */
  draw(tag, attributes) {
    const node = svg(tag, attributes);
    this.svg.append(node);
    return node;
  }

  /** Look how large the panel is. */
  measure() {
    this.em = parseFloat(getComputedStyle(this.box).fontSize);
    [this.width, this.height] = [this.box.clientWidth, this.box.clientHeight];
  }

  /** Give the picture its name, for those who do not see it.
   * @param {string} name */
  name(name) {
    set(this.svg, { "aria-label": name });
  }
}

/** A square of the plane: the output as colour, lines, and the four rows as points. */
export class Plane extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {{axes: string[], lines?: number, drag?: (line: number, w: number[], b: number) => void}}
   *   options the axes' names; `drag` hears of lines that are moved or turned by hand */
  constructor(demo, name, { axes, lines = 0, drag }) {
    super(demo, name);
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.canvas.height = SAMPLES;
    this.box.prepend(this.canvas);
    this.image = new ImageData(SAMPLES, SAMPLES);
    this.logits = new Float64Array(SAMPLES * SAMPLES);
    this.frame = this.draw("rect", { class: "frame" });
    this.title = this.draw("text", { class: "title" });
    this.ticks = [0, 1, 2, 3].map(() => this.draw("text", { class: "tick" }));
    this.axes = axes.map((axis) => set(this.draw("text", { class: "tick" }), {}, axis));
    this.inside = this.draw("svg", { overflow: "hidden" });
    const inside = (tag, name) => {
      const node = svg(tag, { class: name });
      this.inside.append(node);
      return node;
    };
    this.joins = [0, 1].map((target) => [inside("path", "casing"), inside("path", `join class${target}`)]);
    this.boundary = inside("path", "boundary");
    this.lines = Array.from({ length: lines }, (_, k) => {
      const look = lines === 1 ? "unit" : `unit unit${k}`;
      return {
        line: inside("path", look), arrow: inside("path", `${look} arrow`),
        handles: drag ? [0, 1].map(() => inside("circle", `handle ${look}`)) : [],
        name: inside("text", "name"), ends: /** @type {number[][]} */ ([]),
        w: [0, 0], b: 0,
      };
    });
    this.leaders = ROW_NAMES.map(() => this.draw("path", { class: "leader" }));
    this.points = ROW_NAMES.map(() => this.draw("path", { class: "point" }));
    this.names = ROW_NAMES.map((name) => set(this.draw("text", { class: "name" }), {}, name));
    this.chosen = ROW_NAMES.map(() => 0); // which of its places each name has
    if (drag) this.listen(drag);
  }

  /** Show a network or a neuron.
   * @param {{titles: string[], limits: number[], tick: number, points: number[][],
   *   targets?: number[], joined?: boolean, lines?: {w: number[], b: number}[],
   *   logit: ((x1: number, x2: number) => number) | null}} shown the first title that fits is taken;
   *   `joined` points of a class are joined */
  update({ titles, limits, tick, points, targets = y, joined = false, lines = [], logit }) {
    if (!this.width) return; // not to be seen
    const { em } = this;
    this.limits = limits;
    this.joined = joined;
    this.side = Math.max(10, Math.min(this.width - 2.2 * em, this.height - 3.1 * em));
    this.left = 1.6 * em + (this.width - 2.2 * em - this.side) / 2;
    this.top = 1.6 * em;
    const [left, top, side] = [this.left, this.top, this.side], bottom = top + side;
    const frame = { x: left, y: top, width: side, height: side };
    set(this.frame, frame);
    set(this.inside, { ...frame, viewBox: `${left} ${top} ${side} ${side}` });
    const title = titles.find((text) => 0.6 * em * text.length < this.width) ?? titles[titles.length - 1];
    set(this.title, { x: this.width / 2 + 0.4 * em, y: top - 0.45 * em }, title);
    const [x0, y0] = this.place(0, 0), [x1, y1] = this.place(tick, tick);
    const [xm, ym] = [(x0 + x1) / 2, (y0 + y1) / 2], [under, beside] = [bottom + 1.1 * em, left - 0.75 * em];
    [[x0, under], [x1, under], [beside, y0 + 0.35 * em], [beside, y1 + 0.35 * em]].forEach(
      ([x, y], k) => set(this.ticks[k], { x, y }, k % 2 ? String(tick) : "0"));
    set(this.axes[0], { x: xm, y: under });
    set(this.axes[1], { x: beside, y: ym, transform: `rotate(-90 ${beside} ${ym})`, dy: "0.35em" });
    this.paint(logit);

    const places = points.map(([x, y]) => this.place(x, y));
    const pairs = joined ? PAIRS.map((rows) => rows.map((row) => places[row])) : [[], []];
    this.joins.forEach((join, k) => join.forEach((part) => set(part, { d: through(pairs[k]) })));
    const radius = (joined ? 0.42 : 0.48) * em, taken = places.map(([x, y]) => around(x, y, radius + 1, radius + 1));
    places.forEach(([x, y], row) => set(this.points[row], {
      d: targets[row] ? square(x, y, 0.9 * radius) : circle(x, y, radius), class: `point class${targets[row]}`,
    }));
    const named = joined || this.side > 7 * em; // in a small input plane there is no room
    for (const name of this.names) show(name, named);
    if (named) places.forEach((place, row) => taken.push(this.putName(row, place, places, taken)));
    this.lines.forEach((line, k) => this.putLine(line, lines[k], taken));
    if (lines.length > 1) for (const line of this.lines) this.putLineName(line, taken);
  }

  /** Return the pixel of a place. */
  place(x1, x2) {
    const scale = this.side / (this.limits[1] - this.limits[0]);
    return [this.left + (x1 - this.limits[0]) * scale, this.top + (this.limits[1] - x2) * scale];
  }

  /** Return the place of a pixel. */
  placeAt(x, y) {
    const scale = this.side / (this.limits[1] - this.limits[0]);
    return [(x - this.left) / scale + this.limits[0], this.limits[1] - (y - this.top) / scale];
  }

  /** Colour the plane, and draw the boundary on which the logit is 0. */
  paint(logit) {
    const cell = this.side / (SAMPLES - 1);
    const style = { left: this.left - cell / 2, top: this.top - cell / 2, width: this.side + cell, height: this.side + cell };
    for (const [name, value] of Object.entries(style)) this.canvas.style.setProperty(name, `${value}px`);
    this.canvas.style.clipPath = `inset(${cell / 2}px)`;
    this.canvas.style.visibility = logit ? "visible" : "hidden";
    if (!logit) return void set(this.boundary, { d: "" });
    const colours = this.demo.palette(), pixels = new Uint32Array(this.image.data.buffer);
    const [least, most] = this.limits, gap = (most - least) / (SAMPLES - 1);
    for (let row = 0, k = 0; row < SAMPLES; row++) {
      for (let column = 0; column < SAMPLES; column++, k++) {
        const z = (this.logits[k] = logit(least + column * gap, most - row * gap));
        pixels[k] = colours[Math.round(255 * sigmoid(z)) || 0];
      }
    }
    this.canvas.getContext("2d")?.putImageData(this.image, 0, 0);
    set(this.boundary, { d: contour(this.logits, this.left, this.top, cell) });
  }

  /** Put a row's name where it covers no point, and no other name if that can be; return its box. */
  putName(row, [x, y], places, taken) {
    const { em, left, top, side } = this, [wide, high] = [0.62 * em, 0.48 * em];
    const others = places.filter((_, other) => other !== row);
    const away = Math.atan2(y - others[0][1] / 3 - others[1][1] / 3 - others[2][1] / 3,
      x - others[0][0] / 3 - others[1][0] / 3 - others[2][0] / 3);
    let best = Infinity, chosen = 0, box = [0, 0, 0, 0];
    for (let k = 0; k < 48; k++) {
      const ring = Math.floor(k / 12), angle = (k % 12) * (Math.PI / 6);
      const reach = (1.15 + 0.95 * ring) * em;
      const candidate = around(x + 1.1 * reach * Math.cos(angle), y + reach * Math.sin(angle), wide, high);
      const out = candidate[0] < left || candidate[2] > left + side || candidate[1] < top || candidate[3] > top + side;
      let cost = 2 * ring + 1 - Math.cos(angle - away) + (out ? 50 : 0) - (k === this.chosen[row] ? 0.7 : 0);
      if (this.joined) cost += 8 * PAIRS.filter(([from, to]) => meets(candidate, places[from], places[to])).length;
      taken.forEach((other, n) => (cost += overlaps(candidate, other) ? (n < 4 ? 100 : 20) : 0));
      if (cost < best) [best, chosen, box] = [cost, k, candidate];
    }
    this.chosen[row] = chosen;
    const [middleX, middleY] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    set(this.names[row], { x: middleX, y: middleY + 0.36 * em });
    set(this.leaders[row], { d: chosen < 12 ? "" : through([[x, y], [middleX, middleY]]) });
    return box;
  }

  /** Draw the line w·x + b = 0, with an arrow to its positive side and its name beside it. */
  putLine(line, at, taken) {
    const parts = [line.line, line.arrow, line.name, ...line.handles], { em } = this;
    const length = at ? Math.hypot(...at.w) : 0;
    const [least, most] = this.limits, middle = (least + most) / 2;
    const distance = at ? (at.w[0] * middle + at.w[1] * middle + at.b) / length : 0;
    const reach = Math.SQRT1_2 * (most - least);
    const visible = length > 0 && Math.abs(distance) < 1.2 * reach;
    for (const part of parts) show(part, visible);
    line.ends = [];
    if (!at || !visible) return;
    Object.assign(line, at);
    const normal = at.w.map((w) => w / length), along = [normal[1], -normal[0]];
    const foot = normal.map((n) => middle - n * distance);
    const on = (t, across = 0) =>
      this.place(foot[0] + t * along[0] + across * normal[0], foot[1] + t * along[1] + across * normal[1]);
    set(line.line, { d: through([on(-2 * reach), on(2 * reach)]) });
    const unit = (most - least) / this.side, tip = 1.9 * em * unit, barb = 0.5 * em * unit;
    set(line.arrow, { d: through([on(0), on(0, tip)]) + through([on(barb, tip - barb), on(0, tip), on(-barb, tip - barb)]) });
    // How far the line goes on either side before it leaves the frame.
    const ends = [-1, 1].map((sign) => sign * Math.min(...[0, 1].map((k) => {
      const goes = sign * along[k];
      return Math.abs(goes) < 1e-12 ? Infinity : ((goes > 0 ? most : least) - foot[k]) / goes;
    })));
    if (ends[1] - ends[0] > 3 * em * unit) {
      line.ends = ends.map((t) => on(t - Math.sign(t) * 1.1 * em * unit));
      line.handles.forEach((handle, k) =>
        set(handle, { cx: line.ends[k][0], cy: line.ends[k][1], r: 0.42 * em }));
    } else for (const handle of line.handles) show(handle, false);
    line.on = (t, across) => on(t * em * unit, across * em * unit);
    const [x, y] = line.on(0, 1.4);
    taken.push(around(x, y, 0.6 * em, 0.6 * em));
  }

  /** Put a line's name where it covers nothing, or nowhere. */
  putLineName(line, taken) {
    const { em } = this;
    if (line.line.getAttribute("visibility") === "hidden") return;
    const steps = [1.8, -1.8, 3.2, -3.2, 4.6, -4.6, 6, -6].flatMap((t) => [0.9, -0.9].map((across) => line.on(t, across)));
    const boxes = steps.map(([x, y]) => around(x, y, 0.75 * em, 0.6 * em));
    const free = boxes.findIndex((box) => box[0] > this.left && box[2] < this.left + this.side &&
      box[1] > this.top && box[3] < this.top + this.side && !taken.some((other) => overlaps(box, other)));
    show(line.name, free >= 0);
    const k = Math.max(0, free);
    if (free >= 0) taken.push(boxes[k]);
    set(line.name, { x: steps[k][0], y: steps[k][1] + 0.35 * em }, `h${"₁₂"[this.lines.indexOf(line)]}`);
  }

  /** Let lines be moved, and turned by the handles at their ends. */
  listen(drag) {
    /** @type {{k: number, turn: boolean, from: number[], w: number[], b: number, pivot: number[]} | null} */
    let held = null;
    const at = (event) => {
      const box = this.svg.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    const under = ([x, y], reach = 1) => {
      const found = this.lines.flatMap(({ ends, w, b }, k) => {
        const length = Math.hypot(...w), [x1, x2] = this.placeAt(x, y);
        const off = Math.abs(w[0] * x1 + w[1] * x2 + b) / length / (this.limits[1] - this.limits[0]) * this.side;
        const line = { k, turn: false, distance: off + 0.4 * this.em, near: off < reach * 0.8 * this.em };
        return !ends.length ? [] : [line, ...ends.map((end) => {
          const distance = Math.hypot(x - end[0], y - end[1]);
          return { k, turn: true, distance, near: distance < reach * 1.2 * this.em };
        })];
      });
      return found.filter((one) => one.near).sort((one, other) => one.distance - other.distance)[0];
    };
    this.svg.classList.add("draggable");
    this.svg.addEventListener("pointerdown", (event) => {
      const place = at(event), found = under(place, event.pointerType === "mouse" ? 1 : 1.6);
      if (!found) return;
      const { w, b } = this.lines[found.k], length2 = w[0] ** 2 + w[1] ** 2;
      const middle = (this.limits[0] + this.limits[1]) / 2, off = (w[0] * middle + w[1] * middle + b) / length2;
      const pivot = [middle - w[0] * off, middle - w[1] * off];
      held = { ...found, from: this.placeAt(place[0], place[1]), w: [...w], b, pivot };
      this.svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    this.svg.addEventListener("pointermove", (event) => {
      const place = at(event);
      if (!held) {
        const found = under(place);
        this.svg.style.cursor = !found ? "" : found.turn ? "grab" : "move";
        return;
      }
      const [x, y] = this.placeAt(place[0], place[1]), { k, turn, from, w, b, pivot } = held;
      if (!turn) return drag(k, w, b - w[0] * (x - from[0]) - w[1] * (y - from[1]));
      const angle = Math.atan2(y - pivot[1], x - pivot[0]) - Math.atan2(from[1] - pivot[1], from[0] - pivot[0]);
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const turned = [cos * w[0] - sin * w[1], sin * w[0] + cos * w[1]];
      drag(k, turned, -turned[0] * pivot[0] - turned[1] * pivot[1]);
    });
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => (held = null));
  }
}

const circle = (x, y, r) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
const square = (x, y, r) =>
  `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
const around = (x, y, wide, high) =>
  [x - wide, y - high, x + wide, y + high];
/** Return whether a box meets the way from one place to another. */
const meets = (box, from, to) =>
  Array.from({ length: 21 }, (_, k) => [0, 1].map((n) => from[n] + (k / 20) * (to[n] - from[n])))
    .some(([x, y]) => x > box[0] && x < box[2] && y > box[1] && y < box[3]);
const overlaps = (a, b) =>
  a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** Return the path on which a grid of values is 0, by marching squares. */
function contour(values, left, top, cell) {
  let path = "";
  for (let row = 0; row + 1 < SAMPLES; row++) {
    for (let column = 0; column + 1 < SAMPLES; column++) {
      const k = row * SAMPLES + column;
      const corners = [values[k], values[k + 1], values[k + SAMPLES + 1], values[k + SAMPLES]];
      const positive = corners.filter((value) => value > 0).length;
      if (positive === 0 || positive === 4) continue;
      const cuts = [[0, 0, 1, 0], [1, 0, 0, 1], [1, 1, -1, 0], [0, 1, 0, -1]].flatMap(([x, y, dx, dy], n) => {
        const [from, to] = [corners[n], corners[(n + 1) % 4]];
        if (from > 0 === to > 0) return [];
        const share = from / (from - to);
        return [[left + (column + x + share * dx) * cell, top + (row + y + share * dy) * cell]];
      });
      for (let n = 0; n + 1 < cuts.length; n += 2) path += through(cuts.slice(n, n + 2));
    }
  }
  return path;
}

/** The network as nodes and links, with its weights on the links and its biases at the nodes. */
export class Diagram extends Panel {
  constructor(demo, name = "diagram") {
    super(demo, name);
    // In the order in which the numbers lie: [from, to] for weights, [node] for biases.
    this.ends = [[0, 2], [0, 3], [1, 2], [1, 3], [2], [3], [2, 4], [3, 4], [4]];
    const colour = ([from, to]) => `unit${(to === 4 ? from : to) - 2}`;
    this.links = this.ends.map((ends) => ends.length < 2 ? null : this.draw("path", { class: `link ${colour(ends)}` }));
    const names = ["x₁", "x₂", "h₁", "h₂", "out"];
    this.nodes = names.map((_, k) => this.draw("circle", { class: k === 2 || k === 3 ? `node unit${k - 2}` : "node" }));
    this.names = names.map((name) => set(this.draw("text", { class: "inner" }), {}, name));
    this.numbers = this.ends.map(() => this.draw("text", { class: "number" }));
  }

  /** Show the nine numbers; `fates` are words beside the biases of h1, h2 and the output.
   * @param {ArrayLike<number>} p
   * @param {{fates?: string[], lit?: number[]}} [options] `lit`: positions of numbers to light up */
  update(p, { fates = ["", "", ""], lit } = {}) {
    if (!this.width) return; // not to be seen
    const { em, width, height } = this, radius = 1.05 * em;
    const middle = height / 2, reach = Math.min(height / 2 - 2.4 * em, 4.5 * em);
    const [first, last] = [radius + 2, width - radius - 1.5 * em], unit = (first + last) / 2;
    const places = [[first, middle - reach], [first, middle + reach], [unit, middle - reach], [unit, middle + reach], [last, middle]];
    this.ends.forEach(([from, to], k) => {
      const fate = from > 1 && to === undefined ? fates[from - 2] : "";
      const shown = `${fixed(p[k], 2)} ${fate}`.trim(), on = !lit || lit.includes(k), dim = on ? "" : " dim";
      let [x, y] = places[from];
      const link = this.links[k];
      if (!link) y += (from === 2 ? -1 : 1) * (radius + 0.75 * em);
      else {
        const share = from > 1 ? 0.5 : 0.36, end = places[to];
        set(link, {
          d: through([places[from], end]), "stroke-width": 1 + 0.5 * Math.min(8, Math.abs(p[k])),
          "stroke-dasharray": p[k] < 0 ? "7 5" : "none",
        });
        link.classList.toggle("dim", !on);
        [x, y] = [x + share * (end[0] - x), y + share * (end[1] - y)];
      }
      x = Math.min(x, width - 0.28 * em * shown.length);
      set(this.numbers[k], { x, y: y + 0.35 * em, class: `number${dim}${lit && on ? " lit" : ""}` }, shown);
    });
    this.nodes.forEach((node, k) => {
      set(node, { cx: places[k][0], cy: places[k][1], r: radius });
      node.classList.toggle("silent", k > 1 && fates[k - 2] !== "");
      set(this.names[k], { x: places[k][0], y: places[k][1] + 0.35 * em });
    });
  }
}

/** A chart with curves and dots; what is chosen is ringed. */
export class Chart extends Panel {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} name
   * @param {(x: number, y: number) => void} [choose] hears where the chart is clicked */
  constructor(demo, name, choose) {
    super(demo, name);
    this.title = this.draw("text", { class: "title" });
    this.fixed = this.draw("g");
    this.window = this.draw("svg", { overflow: "hidden" });
    this.marks = this.draw("g");
    this.here = [0, 1].map((k) => this.draw("circle", { class: `here here${k}` }));
    this.guess = this.draw("path", { class: "guess" });
    this.key = "";
    if (choose) {
      this.svg.classList.add("clickable");
      this.svg.addEventListener("click", (event) => {
        const box = this.svg.getBoundingClientRect();
        demo.guard(() => choose(this.x.value(event.clientX - box.left), this.y.value(event.clientY - box.top)));
      });
    }
  }

  /** Draw axes, curves, dots and marks, unless they are drawn already (the same `key` and size).
   * @param {string} key
   * @param {{title: string, x: Axis, y: Axis, curves?: {losses: ArrayLike<number>, dashed?: boolean}[],
   *   dots?: {x: number, y: number, look: string}[], levels?: {y: number, text: string}[],
   *   marks?: {x: number, text: string}[]}} content
   * @typedef {{least: number, most: number, log?: boolean, ticks: [number, string][], name?: string, wide?: number}} Axis */
  update(key, { title, x, y, curves = [], dots = [], levels = [], marks = [] }) {
    if (!this.width) return; // not to be seen
    key += ` ${this.width} ${this.height} ${this.em}`;
    if (key === this.key) return;
    this.key = key;
    const { em } = this, left = (y.wide ?? 2.4) * em, right = this.width - 0.8 * em;
    const top = 1.5 * em, bottom = this.height - (x.ticks.length ? (x.name ? 2.5 : 1.4) : 0.5) * em;
    this.x = scale(x, left, right);
    this.y = scale(y, bottom, top);
    set(this.title, { x: (left + right) / 2, y: em }, title);
    const parts = [svg("rect", { class: "frame", x: left, y: top, width: right - left, height: bottom - top })];
    for (const [value, text] of x.ticks) {
      const at = this.x.pixel(value);
      parts.push(svg("path", { class: "grid", d: `M${at} ${top}V${bottom}` }),
        svg("text", { class: "tick", x: at, y: bottom + 1.05 * em }, text));
    }
    if (x.name) parts.push(svg("text", { class: "tick", x: (left + right) / 2, y: bottom + 2.2 * em }, x.name));
    let free = Infinity;
    for (const [value, text] of y.ticks) {
      const at = this.y.pixel(value);
      if (free - at < 1.1 * em) continue;
      free = at;
      parts.push(svg("path", { class: "grid", d: `M${left} ${at}H${right}` }),
        svg("text", { class: "tick end", x: left - 0.3 * em, y: at + 0.35 * em }, text));
    }
    this.fixed.replaceChildren(...parts);
    set(this.window, { x: left, y: top, width: right - left, height: bottom - top, viewBox: `${left} ${top} ${right - left} ${bottom - top}` });
    this.window.replaceChildren(...curves.map(({ losses, dashed }) =>
      svg("path", { class: dashed ? "curve dashed" : "curve", d: through(this.outline(losses)) })));
    this.marks.replaceChildren(
      ...levels.flatMap(({ y, text }) => [
        svg("path", { class: "curve", d: `M${left} ${this.y.pixel(y)}H${right}` }),
        svg("text", { class: "tick end", x: left - 0.3 * em, y: this.y.pixel(y) + 0.35 * em }, text)]),
      ...dots.map(({ x, y, look }) => svg("circle", { class: `dot ${look}`, cx: this.x.pixel(x), cy: this.y.pixel(y), r: 0.27 * em })),
      ...marks.flatMap(({ x, text }, k) => {
        const at = this.x.pixel(x), fits = at + 0.53 * em * text.length < right;
        return [
          svg("path", { class: "mark", d: `M${at} ${top}V${bottom}` }),
          svg("text", { class: "note", x: at + 0.3 * em, y: top + (1.1 + 1.25 * k) * em }, fits ? text : text.split(" ")[0]),
        ];
      }));
  }

  /** Ring places, as [x, y], and show only the curve up to `until`.
   * @param {number[][]} places
   * @param {{until?: number, guess?: number | null}} [options] a guess is a place on the x axis */
  point(places, { until, guess = null } = {}) {
    if (!this.x || !this.y) return;
    const [left, right] = this.x.ends, [bottom, top] = this.y.ends;
    this.here.forEach((ring, k) => {
      show(ring, k < places.length);
      if (k < places.length) set(ring, { cx: this.x.pixel(places[k][0]), cy: this.y.pixel(places[k][1]), r: 0.45 * this.em });
    });
    const seen = Math.max(1, (until === undefined ? right : this.x.pixel(until)) - left);
    set(this.window, { width: seen, viewBox: `${left} ${top} ${seen} ${bottom - top}` });
    set(this.guess, { d: guess === null ? "" : `M${this.x.pixel(guess)} ${top}V${bottom}` });
  }

  /** Return a loss curve as places: in each stretch of epochs its first, lowest and highest. */
  outline(losses) {
    const places = [], stretch = Math.max(1, Math.ceil(losses.length / 400));
    for (let from = 0; from < losses.length; from += stretch) {
      let [low, high] = [losses[from], losses[from]];
      for (let k = from; k < Math.min(from + stretch, losses.length); k++) {
        [low, high] = [Math.min(low, losses[k]), Math.max(high, losses[k])];
      }
      for (const loss of stretch > 1 ? [losses[from], high, low] : [low]) {
        if (Number.isFinite(loss)) places.push([this.x.pixel(from), this.y.pixel(loss)]);
      }
    }
    return places;
  }
}

/** Return the way from values to pixels and back; beyond its ends an axis goes no further. */
function scale(/** @type {Axis} */ { least, most, log = false }, from, to) {
  const [turn, back] = log ? [Math.log, Math.exp] : [(v) => v, (v) => v];
  const [low, high] = [turn(least), turn(most)];
  const clip = (share) => Math.min(1, Math.max(0, share));
  return {
    ends: [from, to],
    pixel: (value) => from + clip((turn(value) - low) / (high - low)) * (to - from),
    value: (pixel) => back(low + clip((pixel - from) / (to - from)) * (high - low)),
  };
}

/** Return a number with so many decimals and a true minus sign; no zero below zero. */
export function fixed(value, digits = 3) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const text = Math.abs(value) < 1e7 ? value.toFixed(digits) : value.toExponential(1);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}
