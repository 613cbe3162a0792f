// @ts-check
/** Linked views of one network: the input plane, the hidden space, the diagram, the answers. */

import DATA from "./data.json" with { type: "json" };
import { Diagram } from "./diagram.js";
import { X, backward, countRight, isSeparable, logitAt, lossOf, y } from "./network.js";
import { Plane } from "./plane.js";
import { Table } from "./table.js";
import { fates } from "./why.js";
import { ROW_NAMES, fixed, verdict } from "./words.js";

/** @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").Activation} Activation
 * @typedef {import("./plane.js").Drag} Drag
 * @typedef {import("./panel.js").Holder} Holder */

/** Return the hidden space's limits and its tick, which seldom change; for a tanh they never do.
 * @param {Float64Array} a1
 * @param {Activation} activation */
function hiddenLimits(a1, activation) {
  if (activation === "tanh") return { tick: 1, limits: [-1.2, 1.2] };
  const least = Math.min(...a1), needed = Math.max(1, ...a1, -4 * least);
  const power = 10 ** Math.floor(Math.log10(needed));
  const tick = [1, 2, 5, 10].map((step) => step * power).find((top) => top >= needed) ?? NaN;
  const margin = least < 0 ? 0.3 : 0.1;
  return { tick, limits: [-margin * tick, (1 + margin) * tick] };
}

/** What is hidden of a network: how right it is, or with that all that its output does.
 * @typedef {"" | "verdicts" | "answers"} Hidden */

/** The input plane and the hidden space of one network. */
export class Planes {
  /** @param {Holder} demo
   * @param {string} title of the input plane
   * @param {{drag?: Drag, look?: string}} [options]
   *   `look` is a further name for the layout */
  constructor(demo, title, { drag, look = "" } = {}) {
    this.title = title;
    this.inputs = new Plane(demo, `inputs ${look}`, ["x₁", "x₂"], drag);
    this.hidden = new Plane(demo, `hidden ${look}`, ["h₁", "h₂"]);
  }

  /** Show a network; return all that it computes, and what can be said of it.
   * @param {Network} p
   * @param {Activation} activation
   * @param {Hidden} [hidden]
   * @param {string} [named] the loss */
  update(p, activation, hidden = "", named = "") {
    const state = backward(p, activation, undefined, undefined, named), { a1 } = state;
    const apart = isSeparable(a1), right = countRight(state.a2);
    const loss = lossOf(state, activation, named);
    const score = `${this.title}: ${right} of 4`, answers = hidden !== "answers";
    const told = hidden ? "" : `; ${right} of 4 rows are right`;
    this.inputs.update({
      label: `The input plane with both hidden units' lines${told}.`,
      titles: hidden ? [this.title] : [`${score} right`, score],
      limits: DATA.LIMITS, tick: 1, points: X,
      lines: [0, 1].map((unit) => ({ w: [p[unit], p[2 + unit]], b: p[4 + unit] })),
      logit: answers ? logitAt(p, activation) : null,
    });
    const space = apart ? "separable ✓" : "not separable";
    const line = hidden ? "" : `; one line ${apart ? "can" : "cannot"} separate the classes`;
    this.hidden.update({
      label: `The hidden space: the four rows at their hidden activations${line}.`,
      titles: hidden ? ["hidden units"] : [`hidden: ${space}`, space],
      ...hiddenLimits(a1, activation), joined: true,
      points: X.map((_, row) => [a1[2 * row], a1[2 * row + 1]]),
      logit: answers ? (h1, h2) => p[6] * h1 + p[7] * h2 + p[8] : null,
    });
    return { ...state, apart, right, loss, fates: fates(state, activation) };
  }
}

/** All views of the network that a demo is about. */
export class Views extends Planes {
  /** @param {Holder & {side: HTMLElement, shown: number[]}} demo
   * @param {string} title of the input plane
   * @param {{drag?: Drag, numbers?: import("./why.js").NumberTables}} [options] */
  constructor(demo, title, { drag, numbers } = {}) {
    super(demo, title, { drag });
    this.demo = demo;
    this.numbers = numbers;
    this.diagram = new Diagram(demo);
    this.answers = new Table(demo.side, "", ["row", "target", "answer", ""]);
  }

  /** Show a network in all views.
   * @param {number[] | Float64Array} p
   * @param {Activation} activation
   * @param {Hidden} [hidden]
   * @param {string} [named] the loss */
  update(p, activation, hidden = "", named = "") {
    const network = super.update(p, activation, hidden, named);
    this.diagram.update(p, network.fates, this.numbers?.update(p, network, activation, named));
    this.answers.update(ROW_NAMES.map((name, row) => {
      const a = network.a2[row], answer = hidden === "answers" ? "?" : fixed(a);
      return [name, String(y[row]), answer, hidden ? "?" : verdict(a, y[row])];
    }));
    this.demo.shown = [...p];
    return network;
  }
}
