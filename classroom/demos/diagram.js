// @ts-check
/** Networks as nodes and links, with numbers beside them. */

import { svg, text, through } from "./dom.js";
import { Panel } from "./panel.js";
import { fixed } from "./words.js";

/** A place on the way from one node to another.
 * @typedef {[from: number, to: number, share: number]} Way */

/** A number, or words, on a link or at a node, where they are stacked away from the picture's
 * middle; it may come `from` somewhere.
 * @typedef {{at: number | Way, words: string, look?: string, from?: Way}} Shown */

/** What a graph is made of: nodes, each at its share of the width, above the middle of the picture
 * (-1), below it (1) or there; and links, each with the position of its weight. Links that are not
 * `lit`, if some are, are pale; hidden units and outputs with a fate are grey.
 * @typedef {{nodes: [name: string, across: number, side: number][],
 *   links: [from: number, to: number, position: number][], weights: ArrayLike<number>,
 *   lit?: number[], fates?: string[]}} Parts */

/** @type {Parts["nodes"]} */
const NODES = [["x₁", 0, -1], ["x₂", 0, 1], ["h₁", 0.5, -1], ["h₂", 0.5, 1], ["out", 1, 0]];
/** @type {Parts["links"]} */
export const LINKS = [[0, 2, 0], [0, 3, 1], [1, 2, 2], [1, 3, 3], [2, 4, 6], [3, 4, 7]];

/** A picture of a network with two hidden units. */
export class Graph extends Panel {
  /** Show nodes, links and numbers; beside a node there is room for `most`.
   * @param {string} label
   * @param {Parts} parts
   * @param {Shown[]} numbers */
  show(label, { nodes, links, weights, lit, fates = [] }, numbers, most = 1) {
    if (!this.width) return;
    const { width, height } = this, em = Math.min(this.em, width / (18 + most), height / (7.3 + 2.3 * most));
    this.svg.style.fontSize = `${em}px`; // where there is little room, letters are smaller
    const radius = 1.05 * em, middle = height / 2;
    const reach = Math.min(middle - (1.25 + 1.15 * most) * em, 4.5 * em);
    const left = radius + 2, wide = width - radius - 1.5 * em - left;
    const places = nodes.map(([, across, side]) => [left + across * wide, middle + side * reach]);
    const stacked = nodes.map(() => 0);
    /** @param {number | Way} at */
    const placeOf = (at) => {
      if (typeof at === "number") {
        const away = radius + (0.75 + 1.15 * stacked[at]++) * em;
        return [places[at][0], places[at][1] + (nodes[at][2] < 0 ? -away : away)];
      }
      const [from, to, share] = at;
      return places[from].map((start, axis) => start + share * (places[to][axis] - start));
    };
    /** @param {number} y */
    const low = (y) => y + 0.35 * em; // of letters whose middle is at y
    const lines = links.map(([from, to, k]) => svg("path", {
      class: `link unit${(to < 4 ? to : from) - 2}${weights[k] < 0 ? " negative" : ""}${
        lit && !lit.includes(k) ? " dim" : ""}`,
      d: through([places[from], places[to]]),
      "stroke-width": 1 + 0.5 * Math.min(8, Math.abs(weights[k])),
    }));
    const circles = nodes.flatMap(([name], k) => {
      const [cx, cy] = places[k], look = `node unit${k - 2}${fates[k - 2] ? " silent" : ""}`;
      return [svg("circle", { class: look, cx, cy, r: radius }), text("", [cx, low(cy)], name)];
    });
    const written = numbers.map(({ at, words, look = "number", from }) => {
      const place = placeOf(at), x = Math.min(place[0], width - 0.28 * em * words.length);
      const [x0, y0] = from ? placeOf(from) : place, node = text(look, [x, low(place[1])], words);
      if (from) node.setAttribute("style", `--from: ${x0 - x}px, ${y0 - place[1]}px`);
      return node;
    });
    this.draw(label, lines, circles, written);
  }
}

/** A 2-2-1 network with its weights on the links and its biases at the nodes. */
export class Diagram extends Graph {
  /** @param {import("./panel.js").Holder} demo */
  constructor(demo) {
    super(demo, "diagram");
  }

  /** Show the nine numbers.
   * @param {ArrayLike<number>} p
   * @param {string[]} fates words beside the biases of h1, h2 and the output: dead, saturated
   * @param {number[]} [lit] positions of numbers to light up */
  update(p, fates, lit) {
    /** @type {(at: number | Way, k: number, more?: string) => Shown} */
    const number = (at, k, more = "") => ({
      at, words: `${fixed(p[k], 2)} ${more}`.trim(),
      look: `number ${!lit ? "" : lit.includes(k) ? "lit" : "dim"}`,
    });
    const numbers = [
      // Links between inputs and units cross halfway.
      ...LINKS.map(([from, to, k]) => number([from, to, to === 4 ? 0.5 : 0.38], k)),
      number(2, 4, fates[0]), number(3, 5, fates[1]), number(4, 8),
      // At the output a fate has a line of its own, or it would cover a weight.
      ...(fates[2] ? [{ at: 4, words: fates[2], look: "name" }] : []),
    ];
    const units = ["h₁", "h₂", "the output"];
    const told = units.map((unit, k) => fates[k] && `; ${unit} is ${fates[k]}`).join("");
    const label = `The network with its nine numbers${told}.`;
    this.show(label, { nodes: NODES, links: LINKS, weights: p, lit, fates }, numbers);
  }
}
