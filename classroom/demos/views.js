// @ts-check
/** Three linked views of one network: the input plane, the hidden space and the diagram. */

import { Table, verdict } from "./demo.js";
import { X, backward, countRight, isSeparable, logitAt, y } from "./network.js";
import { Diagram, Plane, ROW_NAMES, fixed } from "./picture.js";

export const ACTIVATION_NAMES = { sigmoid: "sigmoid", relu: "ReLU", leaky_relu: "leaky ReLU" };

/** Return the hidden space's limits and its tick, which seldom change.
 * @param {Float64Array} a1 */
function hiddenLimits(a1) {
  const least = Math.min(...a1), needed = Math.max(1, ...a1, -4 * least);
  const power = 10 ** Math.floor(Math.log10(needed));
  const tick = [1, 2, 5, 10].map((step) => step * power).find((top) => top >= needed) ?? 1;
  return { tick, limits: least < 0 ? [-0.3 * tick, 1.3 * tick] : [-0.1 * tick, 1.1 * tick] };
}

/** The input plane and the hidden space of one network. */
export class Planes {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} title of the input plane
   * @param {(line: number, w: number[], b: number) => void} [drag]
   * @param {string} [name] a further name for the layout */
  constructor(demo, title = "inputs", drag, name = "") {
    this.title = title;
    this.inputs = new Plane(demo, `inputs ${name}`, { axes: ["x₁", "x₂"], lines: 2, drag });
    this.hidden = new Plane(demo, `hidden ${name}`, { axes: ["a of h₁", "a of h₂"] });
  }

  /** Show a network; with its answers hidden, only the lines and the points.
   * @param {ArrayLike<number>} p
   * @param {import("./network.js").ActivationName} activation
   * @param {{answers?: boolean, separable?: boolean}} [options] what is to be seen */
  update(p, activation, { answers = true, separable = true } = {}) {
    const state = backward(p, activation), { a1 } = state;
    const points = X.map((_, row) => [a1[2 * row], a1[2 * row + 1]]);
    const apart = isSeparable(a1), right = countRight(state.a2);
    const separate = apart ? "separable ✓" : "not separable";
    this.inputs.update({
      titles: answers ? [" right", ""].map((end) => `${this.title}: ${right} of 4${end}`) : [this.title],
      limits: [-0.5, 1.5], tick: 1, points: X,
      lines: [0, 1].map((unit) => ({ w: [p[unit], p[2 + unit]], b: p[4 + unit] })),
      logit: answers ? logitAt(p, activation) : null,
    });
    this.hidden.update({
      titles: separable ? [`hidden: ${separate}`, separate] : ["hidden units"],
      ...hiddenLimits(a1), points, joined: true,
      logit: answers ? (h1, h2) => p[6] * h1 + p[7] * h2 + p[8] : null,
    });
    this.inputs.name(`The input plane with both hidden units' lines${answers ? `; ${right} of 4 rows are right` : ""}.`);
    this.hidden.name(`The hidden space: the four rows at their hidden activations${
      separable ? `; one line ${apart ? "can" : "cannot"} separate circles from squares` : ""}.`);
    return { ...state, apart, right };
  }
}

/** Return a table for the four answers, below the controls. */
export const answersTable = (demo) =>
  new Table(demo, "", ["row", "target", "answer", ""], { place: demo.side });

/** Return the rows of that table. */
export const answerRows = (answers, hide = false) =>
  ROW_NAMES.map((name, row) => [name, String(y[row]), hide ? "?" : fixed(answers[row]), hide ? "?" : verdict(answers[row], y[row])]);

/** Name the diagram for those who do not see it. */
export function nameDiagram(diagram, fates) {
  const said = ["h₁", "h₂", "the output"].flatMap((unit, k) => (fates[k] ? [`${unit} is ${fates[k]}`] : []));
  diagram.name(`The network with its nine numbers${said.length ? `; ${said.join(", ")}` : ""}.`);
}
