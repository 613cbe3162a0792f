// @ts-check
/** The network as nodes and links, with its weights on the links and its biases at the nodes. */

import { svg, text, through } from "./dom.js";
import { Panel } from "./panel.js";
import { fixed } from "./words.js";

const NODES = ["x₁", "x₂", "h₁", "h₂", "out"];
// In the order of the nine numbers: [from, to] for weights, [node] for biases.
const ENDS = [[0, 2], [0, 3], [1, 2], [1, 3], [2], [3], [2, 4], [3, 4], [4]];

export class Diagram extends Panel {
  /** @param {import("./panel.js").Holder} demo */
  constructor(demo) {
    super(demo, "diagram");
  }

  /** Show the nine numbers.
   * @param {ArrayLike<number>} p
   * @param {string[]} fates words beside the biases of h1, h2 and the output: dead, saturated
   * @param {number[]} [lit] positions of numbers to light up */
  update(p, fates, lit) {
    if (!this.width) return;
    const { width, height } = this, em = Math.min(this.em, width / 19, height / 9.6);
    this.svg.style.fontSize = `${em}px`; // where there is little room, letters are smaller
    const radius = 1.05 * em, middle = height / 2;
    const reach = Math.min(middle - 2.4 * em, 4.5 * em), right = width - radius - 1.5 * em;
    const columns = [radius + 2, (radius + 2 + right) / 2, right];
    const rows = [middle - reach, middle + reach, middle - reach, middle + reach, middle];
    const places = NODES.map((_, k) => [columns[k >> 1], rows[k]]);
    /** @param {number} y */
    const low = (y) => y + 0.35 * em; // of letters whose middle is at y

    const links = ENDS.flatMap(([from, to], k) => to === undefined ? [] : [svg("path", {
      class: `link unit${(to === 4 ? from : to) - 2}${p[k] < 0 ? " negative" : ""}${
        lit && !lit.includes(k) ? " dim" : ""}`,
      d: through([places[from], places[to]]),
      "stroke-width": 1 + 0.5 * Math.min(8, Math.abs(p[k])),
    })]);
    const numbers = ENDS.flatMap(([from, to], k) => {
      const value = fixed(p[k], 2), fate = to ? "" : fates[from - 2];
      let [x, y] = places[from];
      if (to) {
        const share = to === 4 ? 0.5 : 0.38; // links between inputs and units cross halfway
        x += share * (places[to][0] - x);
        y += share * (places[to][1] - y);
      } else y += (from === 2 ? -1 : 1) * (radius + 0.75 * em);
      const look = !lit ? "number" : lit.includes(k) ? "number lit" : "number dim";
      // At the output a fate has a line of its own, or it would cover a weight.
      const lines = from === 4 && fate ? [value, fate] : [`${value} ${fate}`.trim()];
      x = Math.min(x, ...lines.map((words) => width - 0.28 * em * words.length));
      return lines.map((words, n) => text(n ? "name" : look, [x, low(y + 1.15 * n * em)], words));
    });
    const nodes = places.flatMap(([cx, cy], k) => {
      const look = `node unit${k - 2}${fates[k - 2] ? " silent" : ""}`;
      return [svg("circle", { class: look, cx, cy, r: radius }), text("", [cx, low(cy)], NODES[k])];
    });
    const units = ["h₁", "h₂", "the output"];
    const told = units.map((unit, k) => fates[k] && `; ${unit} is ${fates[k]}`).join("");
    this.draw(`The network with its nine numbers${told}.`, links, nodes, numbers);
  }
}
