// @ts-check
/** One neuron, its two weights and its bias by hand: AND and OR can be done, XOR cannot. */

import { Demo, Table, flag, number, oneOf, rounded, verdict } from "./demo.js";
import { X, countRight, sigmoid } from "./network.js";
import { Plane, ROW_NAMES, fixed } from "./picture.js";

const GATES = { and: [0, 0, 0, 1], or: [0, 1, 1, 1], nand: [1, 1, 1, 0], xor: [0, 1, 1, 0] };
const LIMIT = { w1: 10, w2: 10, b: 15 };
const START = { w1: 1, w2: 0.5, b: -0.3 };

export const FIELDS = {
  gate: oneOf(...Object.keys(GATES)),
  w1: number(START.w1, -LIMIT.w1, LIMIT.w1),
  w2: number(START.w2, -LIMIT.w2, LIMIT.w2),
  b: number(START.b, -LIMIT.b, LIMIT.b),
  hide: flag,
  guess: number(null, 0, 4, true),
};

/** Return how many of the four rows a line can get right at best: every way in which a line can
 * divide the corners of a square is among the lines tried.
 * @param {number[]} targets */
function mostRight(targets) {
  const signs = [-1, 0, 1], biases = [-1.5, -0.5, 0.5, 1.5];
  const lines = signs.flatMap((w1) => signs.flatMap((w2) => biases.map((b) => [w1, w2, b])));
  return Math.max(...lines.map(([w1, w2, b]) => countRight(X.map((x) => sigmoid(w1 * x[0] + w2 * x[1] + b)), targets)));
}

/** The demo of one neuron.
 * @param {HTMLElement} element
 * @param {Record<string, any>} [state]
 * @param {(state: Record<string, any>, shown: number[] | null) => void} [changed] */
export function drawALine(element, state = {}, changed = () => {}) {
  const demo = new Demo(element, "draw_a_line", FIELDS, state, changed);
  const plane = new Plane(demo, "plane", {
    axes: ["x₁", "x₂"],
    lines: 1,
    drag(_, w, b) {
      // The same line with smaller numbers, where these would go beyond their ends.
      const shrink = Math.max(1, Math.abs(w[0]) / LIMIT.w1, Math.abs(w[1]) / LIMIT.w2, Math.abs(b) / LIMIT.b);
      const [w1, w2, bias] = [...w, b].map((value) => rounded(value / shrink));
      if (w1 || w2) demo.set({ w1, w2, b: bias });
    },
  });
  demo.row(demo.choice("gate", "gate", { and: "AND", or: "OR", nand: "NAND", xor: "XOR" }));
  for (const [key, label] of [["w1", "weight w₁"], ["w2", "weight w₂"], ["b", "bias b"]]) {
    const most = LIMIT[/** @type {keyof typeof LIMIT} */ (key)];
    demo.row(demo.number(label, key, { least: -most, most, step: 0.1 }));
  }
  demo.row(demo.button("Back to the start", () => demo.set(START)));
  const targetsOf = () => GATES[/** @type {keyof typeof GATES} */ (demo.state.gate)];
  demo.finish("rows that one line can get right", () => `${mostRight(targetsOf())}`, () => inPython(demo.state));
  const table = new Table(demo, "", ["row", "z", "sigmoid(z)", "target", ""], { place: demo.side });

  demo.paint = () => {
    const { gate, w1, w2, b, hide } = demo.state, targets = targetsOf();
    const z = X.map((x) => w1 * x[0] + w2 * x[1] + b), answers = z.map(sigmoid);
    const right = countRight(answers, targets), most = mostRight(targets);
    const loss = answers.reduce((sum, a, row) => sum + (a - targets[row]) ** 2 / 4, 0);
    plane.update({
      titles: [`${gate.toUpperCase()}: ${right} of 4 right`], limits: [-0.5, 1.5], tick: 1, points: X, targets,
      lines: [{ w: [w1, w2], b }], logit: (x1, x2) => w1 * x1 + w2 * x2 + b,
    });
    plane.name(`The input plane with the four rows of ${gate.toUpperCase()}, the neuron's line and its answers; ${right} of 4 are right.`);
    demo.headline.textContent = `${gate.toUpperCase()}: ${right} of 4 rows right, loss ${fixed(loss, 4)}. ` +
      (hide ? "" : most === 4 ? "A line can get all 4 right." : `No line gets more than ${most}.`);
    const signed = (value) => `${value < 0 ? "−" : "+"} ${fixed(Math.abs(value), 2)}`;
    demo.why.textContent = `Drag the line, or turn it by its ends. z = ${fixed(w1, 2)} x₁ ${signed(w2)} x₂ ${signed(b)}`;
    table.update(ROW_NAMES.map((name, row) =>
      [name, fixed(z[row], 2), fixed(answers[row]), String(targets[row]), verdict(answers[row], targets[row])]));
  };
  return demo;
}

/** Return lines of Python that print the loss and the answers. */
function inPython({ gate, w1, w2, b }) {
  return `import numpy as np

from xorlib.data import truth_table
from xorlib.network import sigmoid

X, y = truth_table("${gate}")
answers = sigmoid(X @ np.array([[${w1}], [${w2}]]) + ${b})
print(f"loss {np.mean((answers - y) ** 2):.4f}")
print(*(f"{a:.3f}" for a in answers.ravel()))
`;
}
