// @ts-check
/** Names, numbers as text, verdicts, and networks as lines of Python. */

import DATA from "./data.json" with { type: "json" };
import SCHEMA from "./schema.json" with { type: "json" };

export const ROW_NAMES = DATA.X.map((row) => row.join(""));
export const UNIT_NAMES = ["h₁", "h₂"];
/** @typedef {import("./network.js").Activation} Activation */

/** @type {Record<Activation, string>} */
export const ACTIVATION_NAMES = SCHEMA.shared.units.options;

/** Return a number with so many decimals and a true minus sign; no zero below zero.
 * @param {number} value */
export function fixed(value, digits = 3) {
  const text = Math.abs(value) < 1e7 ? value.toFixed(digits) : value.toExponential(1);
  return text.replace("-", Number(text) ? "−" : "");
}

/** Return a value as a sentence names it: of a text or a number, 40 letters in quotes.
 * @param {unknown} value */
export function shown(value) {
  if (typeof value === "object" && value) return Array.isArray(value) ? "a list" : "an object";
  const letters = [...String(value)];
  return `“${letters.slice(0, 40).join("")}${letters.length > 40 ? "…" : ""}”`;
}

/** Return a number without the last bits that sums leave.
 * @param {number} value */
export const rounded = (value) => Number(value.toFixed(3));

/** Return a number as boxes show it.
 * @param {number | null} value null where it is left out */
export function shortly(value) {
  if (value === null) return "";
  const digits = Math.abs(value) < 0.1 ? Number(value.toPrecision(3)) : rounded(value);
  return String(digits).replace("-", "−");
}

/** Return a dragged line's two weights and bias without last bits; where they would go beyond the
 * sliders' reaches, smaller ones that make the same line.
 * @param {number[]} numbers
 * @param {number[]} reaches */
export function shrunk(numbers, reaches) {
  const times = Math.max(1, ...numbers.map((value, k) => Math.abs(value) / reaches[k]));
  return numbers.map((value) => rounded(value / times));
}

/** Return a number with its thousands set apart.
 * @param {number} value */
export const grouped = (value) =>
  value.toLocaleString("en", { maximumFractionDigits: 9 }).replace("-", "−");

export const WORDS = {
  ...SCHEMA.shared.loss.options, uniform: "uniform on [0, 1)", glorot: "as Keras draws it (Glorot)",
};
/** Return how the networks with an activation are drawn and trained: as in the notebooks; tanh, which
 * they leave out, like ReLU.
 * @param {Activation} activation
 * @param {string} [named] another loss
 * @returns {{start: "uniform" | "glorot", loss: "squared_error" | "cross_entropy", rate: number}} */
export const recipeOf = (activation, named) =>
  /** @type {any} */ ({ ...SCHEMA.recipes[activation], ...(named && { loss: named }) });

/** Say what comes with a choice of hidden units: the start, unless it is one's own, and the loss.
 * @param {Activation} activation */
export function recipe(activation, own = false, named = "") {
  const { start, loss } = recipeOf(activation, named);
  return `start: ${own ? "your network" : WORDS[start]}; loss: ${WORDS[loss]}`;
}

/** Say on which side of 1/2 an answer is, and by how much.
 * @param {number} answer
 * @param {number} target */
export function verdict(answer, target) {
  const margin = target ? answer - 0.5 : 0.5 - answer, size = Math.abs(margin);
  if (margin === 0) return "undecided";
  const text = size < 0.0005 ? size.toExponential(0).replace("-", "−") : fixed(size);
  return `${margin > 0 ? "right" : "wrong"} by ${text}`;
}

/** Say how many rows are right, and the loss.
 * @param {{right: number, loss: number}} network
 * @param {Activation} activation */
export function verdictInWords({ right, loss }, activation, named = "") {
  const { loss: name } = recipeOf(activation, named), mean = name === "squared_error" ? "mean " : "";
  return `${right} of 4 rows right, ${mean}${WORDS[name]} ${fixed(loss, 4)}`;
}

/** Return a network's nine numbers in brackets, as Keras orders them.
 * @param {number[]} p */
export const networkWritten = ([a, b, c, d, e, f, g, h, i]) =>
  `[[${a}, ${b}], [${c}, ${d}]], [${e}, ${f}], [[${g}], [${h}]], [${i}]`;

/** Return a network's nine numbers as Python's Parameters, to the last digit.
 * @type {(p: number[], activation: Activation) => string} */
export const parametersInPython = ([a, b, c, d, e, f, g, h, i], activation) => `Parameters(
    W1=np.array([[${a}, ${b}], [${c}, ${d}]]),
    b1=np.array([[${e}, ${f}]]),
    W2=np.array([[${g}], [${h}]]),
    b2=np.array([[${i}]]),
    activation="${activation}",
)`;

/** Return lines of Python that make a network, train it for some epochs, and print its loss and
 * its answers.
 * @param {{seed?: number, start?: number[] | null, activation?: Activation, rate?: number,
 *   epoch?: number, loss?: string}} run */
export function networkInPython(
  { seed, start = null, activation = "sigmoid", rate, epoch = 0, loss: named }) {
  const { start: drawn, loss } = recipeOf(activation, named);
  const made = start ? parametersInPython(start, activation)
    : drawn === "uniform" ? `uniform_parameters(${seed})`
    : `glorot_parameters(${seed}, activation="${activation}")`;
  const trained = `parameters = train(
    parameters, X, y, learning_rate=${rate}, epochs=${epoch}, loss="${loss}"
).parameters
`;
  return `${start ? "import numpy as np\n\n" : ""}from xorlib.data import truth_table
from xorlib.network import LOSSES, ${made.split("(")[0]}, forward
${epoch ? "from xorlib.training import train\n" : ""}
X, y = truth_table("xor")
parameters = ${made}
${epoch ? trained : ""}state = forward(parameters, X)
loss = LOSSES["${loss}"].printed(state.z2, state.a2, y)
print(f"loss {loss:.4f}")
print(*(f"{a:.3f}" for a in state.a2.ravel()))
`;
}
