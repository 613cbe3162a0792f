// @ts-check
/** One neuron, its two weights and its bias by hand: AND and OR can be done, XOR cannot. */

import { Demo } from "./demo.js";
import { X, countRight, sigmoid } from "./network.js";
import { Plane } from "./plane.js";
import { count, flag, number, oneOf, steps } from "./state.js";
import { Table } from "./table.js";
import { ROW_NAMES, fixed, shrunk, verdict } from "./words.js";

/** @typedef {"and" | "or" | "nand" | "xor"} Gate */

const GATES = { and: [0, 0, 0, 1], or: [0, 1, 1, 1], nand: [1, 1, 1, 0], xor: [0, 1, 1, 0] };
const MOST_RIGHT = { and: 4, or: 4, nand: 4, xor: 3 }; // of the four rows, by any line
const START = { w1: 1, w2: 0.5, b: -0.3 };

const FIELDS = {
  gate: oneOf("gate", { and: "AND", or: "OR", nand: "NAND", xor: "XOR" }),
  w1: number("weight w₁", START.w1, -10, 10, { values: steps(-10, 10, 0.1) }),
  w2: number("weight w₂", START.w2, -10, 10, { values: steps(-10, 10, 0.1) }),
  b: number("bias b", START.b, -15, 15, { values: steps(-15, 15, 0.1) }),
  hide: flag,
  guess: count("rows that one line can get right", null, 0, 4),
};

/** The demo of one neuron.
 * @type {import("./demo.js").Open} */
export function drawALine(element, state, changed) {
  const demo = new Demo(element, "draw_a_line", FIELDS, state, changed);
  const plane = new Plane(demo, "plane", ["x₁", "x₂"], (_, w, bias) => {
    const [w1, w2, b] = shrunk([...w, bias], [10, 10, 15]);
    if (w1 || w2) demo.set({ w1, w2, b });
  });
  for (const key of ["gate", "w1", "w2", "b"]) demo.row(key);
  demo.row(demo.button("Back to the start", () => demo.set(START)));
  demo.finish(() => String(MOST_RIGHT[demo.state.gate]), () => inPython(demo.state));
  const table = new Table(demo.side, "", ["row", "z", "sigmoid(z)", "target", ""]);

  demo.follow(() => {
    const { gate, w1, w2, b, hide } = demo.state, targets = GATES[gate], name = gate.toUpperCase();
    /** @type {import("./network.js").Logit} */
    const logit = (x1, x2) => w1 * x1 + w2 * x2 + b;
    const z = X.map(([x1, x2]) => logit(x1, x2)), answers = z.map(sigmoid);
    const right = countRight(answers, targets), most = MOST_RIGHT[gate];
    const loss = answers.reduce((sum, a, row) => sum + (a - targets[row]) ** 2 / 4, 0);
    const told = `the four rows of ${name} and the neuron's line; ${right} are right`;
    plane.update({
      label: `The input plane with ${told}.`,
      titles: [`${name}: ${right} of 4 right`], limits: [-0.5, 1.5], tick: 1, points: X, targets,
      lines: [{ w: [w1, w2], b }], logit,
    });
    const best = most === 4 ? "A line can get all 4 right." : `No line gets more than ${most}.`;
    demo.headline.textContent =
      `${name}: ${right} of 4 rows right, loss ${fixed(loss, 4)}. ${hide ? "" : best}`;
    /** @param {number} value */
    const signed = (value) => `${value < 0 ? "−" : "+"} ${fixed(Math.abs(value), 2)}`;
    const formula = `z = ${fixed(w1, 2)} x₁ ${signed(w2)} x₂ ${signed(b)}`;
    demo.explain(`${formula}. Drag the line, or turn it by its ends.`);
    table.update(ROW_NAMES.map((row, k) => [
      row, fixed(z[k], 2), fixed(answers[k]), String(targets[k]), verdict(answers[k], targets[k]),
    ]));
  });
  return demo;
}

/** Return lines of Python that print the loss and the answers.
 * @param {{gate: Gate, w1: number, w2: number, b: number}} state */
const inPython = ({ gate, w1, w2, b }) => `import numpy as np

from xorlib.data import truth_table
from xorlib.network import sigmoid

X, y = truth_table("${gate}")
answers = sigmoid(X @ np.array([[${w1}], [${w2}]]) + ${b})
print(f"loss {np.mean((answers - y) ** 2):.4f}")
print(*(f"{a:.3f}" for a in answers.ravel()))
`;
