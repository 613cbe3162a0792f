// @ts-check
/** Training runs, recorded epoch by epoch, and the starts they depart from. */

import DATA from "./starts.json" with { type: "json" };
import { countRight, forward, isSeparable, train } from "./network.js";
import { parametersInPython } from "./demo.js";

export const EPOCHS = 10_000;
export const SEEDS = 300;
export const RATES = Array.from({ length: 41 }, (_, k) => Number((10 ** (k / 8 - 3)).toPrecision(15)));
const HUGE = 1e6; // numbers beyond it are on their way to infinity, and nothing can be seen of them
const KEPT = 6; // runs, each of some 700 kB

/** The starts of 300 seeds of both kinds, and how they end: see starts.py. */
export const STARTS = DATA;

/** @typedef {import("./network.js").ActivationName} ActivationName */

/** Return the start of a seed, as the notebooks draw it: uniform on [0, 1) for sigmoids, as Keras
 * does (Glorot) for the others.
 * @param {number} seed
 * @param {ActivationName} activation
 * @returns {number[]} */
export const startOf = (seed, activation) => STARTS[activation === "sigmoid" ? "uniform" : "glorot"][seed];

/** A run: the nine numbers and the loss at each epoch, and since when it is as it ends.
 * @typedef {{key: string, numbers: Float64Array, losses: Float64Array, last: number,
 *   separableFrom: number | null, rightFrom: number | null}} Run */

const runs = /** @type {Map<string, Run>} */ (new Map());

/** Train a network and keep every epoch.
 * @param {ArrayLike<number>} start
 * @param {ActivationName} activation
 * @param {number} learningRate
 * @returns {Run} */
export function record(start, activation, learningRate) {
  const key = `${Array.from(start)} ${activation} ${learningRate}`, known = runs.get(key);
  if (known) return known;
  const numbers = new Float64Array(9 * (EPOCHS + 1)), losses = new Float64Array(EPOCHS + 1);
  const keep = (epoch, p) => numbers.set(p, 9 * epoch);
  const trained = train(start, { activation, learningRate, epochs: EPOCHS }, keep);
  keep(EPOCHS, trained.parameters);
  losses.set(trained.losses);
  losses[EPOCHS] = forward(trained.parameters, activation).loss;
  const runaway = numbers.findIndex((value) => !(Math.abs(value) < HUGE));
  const last = runaway < 0 ? EPOCHS : Math.max(0, Math.floor(runaway / 9) - 1);
  const run = { key, numbers, losses, last, ...since(numbers, activation, last) };
  runs.set(key, run);
  if (runs.size > KEPT) runs.delete([...runs.keys()][0]);
  return run;
}

/** Return from which epoch on the points are separable and all four rows right, to the end.
 * @param {Float64Array} numbers
 * @param {ActivationName} activation
 * @param {number} last */
function since(numbers, activation, last) {
  let separableFrom = /** @type {number | null} */ (null), rightFrom = /** @type {number | null} */ (null);
  const state = forward(numbers.subarray(0, 9), activation);
  for (let epoch = 0; epoch <= last; epoch++) {
    forward(numbers.subarray(9 * epoch, 9 * epoch + 9), activation, state);
    separableFrom = isSeparable(state.a1) ? (separableFrom ?? epoch) : null;
    rightFrom = countRight(state.a2) === 4 ? (rightFrom ?? epoch) : null;
  }
  return { separableFrom, rightFrom };
}

/** Return the nine numbers at an epoch, or the last before they run away.
 * @param {Run} run
 * @param {number} epoch */
export function networkAt(run, epoch) {
  const at = 9 * Math.min(epoch, run.last);
  return run.numbers.subarray(at, at + 9);
}

/** Return lines of Python that train as the demo does, and print the loss and the answers.
 * @param {{seed?: number, start?: number[] | null, activation: ActivationName, rate: number,
 *   epoch: number}} run */
export function runInPython({ seed, start = null, activation, rate, epoch }) {
  const draw = activation === "sigmoid" ? "uniform_parameters" : "glorot_parameters";
  const loss = activation === "sigmoid" ? "squared_error" : "cross_entropy";
  const drawn = activation === "sigmoid" ? `${draw}(${seed})` : `${draw}(${seed}, activation="${activation}")`;
  const training = `parameters = train(
    parameters, X, y, learning_rate=${rate}, epochs=${epoch}, loss="${loss}"
).parameters
`;
  return `${start ? "import numpy as np\n\n" : ""}from xorlib.data import truth_table
from xorlib.network import LOSSES, ${start ? "Parameters" : draw}, forward
from xorlib.training import train

X, y = truth_table("xor")
parameters = ${start ? parametersInPython(start, activation) : drawn}
${epoch ? training : ""}state = forward(parameters, X)
loss = LOSSES["${loss}"].printed(state.z2, state.a2, y)
print(f"loss {loss:.4f}")
print(*(f"{a:.3f}" for a in state.a2.ravel()))
`;
}
