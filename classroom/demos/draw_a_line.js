// @ts-check
/** One neuron, its two weights and its bias by hand: AND and OR can be done, XOR cannot. */

import DATA from "./data.json" with { type: "json" };
import { X, countRight, sigmoid } from "./network.js";
import { Plane } from "./plane.js";
import { FIELDS } from "./state.js";
import { Table } from "./table.js";
import { ROW_NAMES, fixed, shrunk, verdict } from "./words.js";

/** @typedef {{gate: "and" | "or" | "nand" | "xor", w1: number, w2: number, b: number}} Neuron */

const { GATES } = DATA, { w1, w2, b } = FIELDS.draw_a_line;
const START = { w1: Number(w1.start), w2: Number(w2.start), b: Number(b.start) };
const REACHES = [w1, w2, b].map(({ most = NaN }) => most);

/** Return how many of the four rows any line can get right: all but where it would have to part two
 * diagonals.
 * @param {number[]} targets */
const mostRight = ([a, b, c, d]) => (a === d && b === c && a !== b ? 3 : 4);

/** The demo of one neuron.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & Neuron>} demo */
export function drawALine(demo) {
  const plane = new Plane(demo, "plane", ["x₁", "x₂"], (_, w, bias) => {
    const [w1, w2, b] = shrunk([...w, bias], REACHES);
    if (w1 || w2) demo.set({ w1, w2, b });
  });
  for (const key of ["gate", "w1", "w2", "b"]) demo.row(key);
  demo.row(demo.button("Back to the start", () => demo.set(START)));
  demo.finish(() => String(mostRight(GATES[demo.state.gate])), () => inPython(demo.state));
  const table = new Table(demo.side, "", ["row", "z", "sigmoid(z)", "target", ""]);

  demo.follow(() => {
    const { gate, w1, w2, b, hide } = demo.state, targets = GATES[gate], name = gate.toUpperCase();
    /** @type {import("./network.js").Logit} */
    const logit = (x1, x2) => w1 * x1 + w2 * x2 + b;
    const z = X.map(([x1, x2]) => logit(x1, x2)), answers = z.map(sigmoid);
    const right = countRight(answers, targets), most = mostRight(targets);
    const loss = answers.reduce((sum, a, row) => sum + (a - targets[row]) ** 2 / 4, 0);
    const told = `the four rows of ${name} and the neuron's line; ${right} are right`;
    plane.update({
      label: `The input plane with ${told}.`,
      titles: [`${name}: ${right} of 4 right`], limits: DATA.LIMITS, tick: 1, points: X, targets,
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
}

/** Return lines of Python that print the loss and the answers.
 * @param {Neuron} state */
const inPython = ({ gate, w1, w2, b }) => `import numpy as np

from xorlib.data import truth_table
from xorlib.network import sigmoid

X, y = truth_table("${gate}")
answers = sigmoid(X @ np.array([[${w1}], [${w2}]]) + ${b})
print(f"loss {np.mean((answers - y) ** 2):.4f}")
print(*(f"{a:.3f}" for a in answers.ravel()))
`;
