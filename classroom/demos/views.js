// @ts-check
/** Linked views of one network: the input plane, the hidden space, the four answers. */

import { X, backward, countRight, isSeparable, logitAt, lossOf, y } from "./network.js";
import { Plane, ROW_NAMES } from "./plane.js";
import { fixed } from "./svg.js";
import { Table } from "./table.js";
import { verdict } from "./words.js";

export const ACTIVATION_NAMES = { sigmoid: "sigmoid", relu: "ReLU", leaky_relu: "leaky ReLU" };

/** Return the hidden space's limits and its tick, which seldom change. */
function hiddenLimits(a1) {
  const least = Math.min(...a1), needed = Math.max(1, ...a1, -4 * least);
  const power = 10 ** Math.floor(Math.log10(needed));
  const tick = [1, 2, 5, 10].map((step) => step * power).find((top) => top >= needed);
  const margin = least < 0 ? 0.3 : 0.1;
  return { tick, limits: [-margin * tick, (1 + margin) * tick] };
}

/** The input plane and the hidden space of one network. */
export class Planes {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} title of the input plane
   * @param {(line: number, w: number[], b: number) => void} [drag]
   * @param {string} [name] a further name for the layout */
  constructor(demo, title, drag, name = "") {
    this.title = title;
    this.inputs = new Plane(demo, `inputs ${name}`, { axes: ["x₁", "x₂"], lines: 2, drag });
    this.hidden = new Plane(demo, `hidden ${name}`, { axes: ["a of h₁", "a of h₂"] });
  }

  /** Show a network; return all that it computes, and what can be said of it.
   * @param {ArrayLike<number>} p
   * @param {import("./network.js").Activation} activation
   * @param {{answers?: boolean, separable?: boolean}} [options] what is not hidden */
  update(p, activation, { answers = true, separable = true } = {}) {
    const state = backward(p, activation), { a1 } = state;
    const apart = isSeparable(a1), right = countRight(state.a2);
    const score = `${this.title}: ${right} of 4`;
    const space = apart ? "separable ✓" : "not separable";
    this.inputs.update({
      titles: answers ? [`${score} right`, score] : [this.title],
      limits: [-0.5, 1.5], tick: 1, points: X,
      lines: [0, 1].map((unit) => ({ w: [p[unit], p[2 + unit]], b: p[4 + unit] })),
      logit: answers ? logitAt(p, activation) : null,
    });
    this.hidden.update({
      titles: separable ? [`hidden: ${space}`, space] : ["hidden units"],
      ...hiddenLimits(a1), points: X.map((_, row) => [a1[2 * row], a1[2 * row + 1]]), joined: true,
      logit: answers ? (h1, h2) => p[6] * h1 + p[7] * h2 + p[8] : null,
    });
    const told = answers ? `; ${right} of 4 rows are right` : "";
    this.inputs.name(`The input plane with both hidden units' lines${told}.`);
    const line = separable ? `; one line ${apart ? "can" : "cannot"} separate the classes` : "";
    this.hidden.name(`The hidden space: the four rows at their hidden activations${line}.`);
    return { ...state, apart, right, loss: lossOf(state, activation) };
  }
}

/** The table of the four answers, below the controls. */
export class Answers {
  constructor(demo) {
    this.table = new Table(demo, "", ["row", "target", "answer", ""], { place: demo.side });
  }

  /** Show the answers, or question marks. */
  update(a2, hide = false) {
    this.table.update(ROW_NAMES.map((name, row) => [
      name, String(y[row]), hide ? "?" : fixed(a2[row]), hide ? "?" : verdict(a2[row], y[row]),
    ]));
  }
}
