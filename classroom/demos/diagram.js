// @ts-check
/** The network as nodes and links, with its weights on the links and its biases at the nodes. */

import { Panel, fixed, set, through } from "./svg.js";

const NODES = ["x₁", "x₂", "h₁", "h₂", "out"];
// In the order of the nine numbers: [from, to] for weights, [node] for biases.
const ENDS = [[0, 2], [0, 3], [1, 2], [1, 3], [2], [3], [2, 4], [3, 4], [4]];

export class Diagram extends Panel {
  constructor(demo) {
    super(demo, "diagram");
    const colour = (from, to) => `unit${(to === 4 ? from : to) - 2}`;
    this.links = ENDS.map(([from, to]) => to && this.draw("path", `link ${colour(from, to)}`));
    this.nodes = NODES.map((_, k) => this.draw("circle", `node unit${k - 2}`));
    this.names = NODES.map((name) => set(this.draw("text"), {}, name));
    this.numbers = ENDS.map(() => this.draw("text"));
  }

  /** Show the nine numbers.
   * @param {ArrayLike<number>} p
   * @param {string[]} fates words beside the biases of h1, h2 and the output: dead, saturated
   * @param {number[]} [lit] positions of numbers to light up */
  update(p, fates, lit) {
    if (!this.width) return;
    const { em, width, height } = this, radius = 1.05 * em;
    const middle = height / 2, reach = Math.min(middle - 2.4 * em, 4.5 * em);
    const columns = [radius + 2, 0, width - radius - 1.5 * em];
    columns[1] = (columns[0] + columns[2]) / 2;
    const places = NODES.map((_, k) =>
      [columns[k >> 1], k === 4 ? middle : middle + (k % 2 ? reach : -reach)]);
    ENDS.forEach(([from, to], k) => {
      const link = this.links[k], dim = lit && !lit.includes(k);
      const text = link ? fixed(p[k], 2) : `${fixed(p[k], 2)} ${fates[from - 2]}`.trim();
      let [x, y] = places[from];
      if (link) {
        set(link, {
          d: through([places[from], places[to]]),
          "stroke-width": 1 + 0.5 * Math.min(8, Math.abs(p[k])),
        });
        link.classList.toggle("negative", p[k] < 0);
        link.classList.toggle("dim", Boolean(dim));
        const share = to === 4 ? 0.5 : 0.36; // links between inputs and units cross halfway
        x += share * (places[to][0] - x);
        y += share * (places[to][1] - y);
      } else y += (from === 2 ? -1 : 1) * (radius + 0.75 * em);
      const look = `number ${dim ? "dim" : lit ? "lit" : ""}`;
      const inside = Math.min(x, width - 0.28 * em * text.length);
      set(this.numbers[k], { x: inside, y: y + 0.35 * em, class: look.trim() }, text);
    });
    places.forEach(([x, y], k) => {
      set(this.nodes[k], { cx: x, cy: y, r: radius });
      this.nodes[k].classList.toggle("silent", k > 1 && fates[k - 2] !== "");
      set(this.names[k], { x, y: y + 0.35 * em });
    });
    const units = ["h₁", "h₂", "the output"];
    const told = units.map((unit, k) => fates[k] && `; ${unit} is ${fates[k]}`).join("");
    this.name(`The network with its nine numbers${told}.`);
  }
}
