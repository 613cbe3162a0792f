// @ts-check
/** Training runs, recorded epoch by epoch, and the starts they depart from. */

import DATA from "./data.json" with { type: "json" };
import { countRight, isSeparable, train } from "./network.js";
import SCHEMA from "./schema.json" with { type: "json" };
import { grouped } from "./words.js";

/** @typedef {import("./network.js").Activation} Activation */

export const SEEDS = SCHEMA.shared.seed.most + 1;
export const EPOCHS = SCHEMA.demos.watch_it_learn.epoch.most;
export const RATES = SCHEMA.shared.rate.values;
/** The epochs as the axis of a chart.
 * @type {import("./panel.js").Axis} */
export const EPOCH_AXIS = {
  least: 0, most: EPOCHS, ticks: [[0, "0"], [EPOCHS / 2, grouped(EPOCHS / 2)], [EPOCHS, ""]],
};
const HUGE = SCHEMA.shared.nine.most; // numbers beyond it run away, and nothing can be seen of them
const KEPT = 6; // runs, each of some 800 kB

/** A run: the nine numbers and the loss at each epoch, up to the last before they run away; the
 * losses as a curve, and the highest; and since when it is as it ends.
 * @typedef {{numbers: Float64Array, losses: Float64Array, last: number,
 *   outline: number[][], highest: number,
 *   separableFrom: number | null, rightFrom: number | null}} Run */

/** Return the start of a seed, as the notebooks draw it.
 * @param {number} seed
 * @param {Activation} activation */
export const startOf = (seed, activation) => (
  SCHEMA.recipes[activation].start === "uniform" ? DATA.uniform : DATA.glorot)[seed];

/** @type {Map<string, Run>} */
const runs = new Map();

/** Train a network and keep every epoch.
 * @param {ArrayLike<number>} start
 * @param {Activation} activation
 * @param {number} learningRate
 * @param {string} [loss] */
export function record(start, activation, learningRate, loss) {
  const key = `${start} ${activation} ${learningRate} ${loss}`;
  if (!runs.has(key)) runs.set(key, recorded(start, activation, learningRate, loss));
  if (runs.size > KEPT) runs.delete(/** @type {string} */ (runs.keys().next().value));
  return /** @type {Run} */ (runs.get(key));
}

/** @type {(start: ArrayLike<number>, activation: Activation, learningRate: number,
 *   loss?: string) => Run} */
function recorded(start, activation, learningRate, loss) {
  const numbers = new Float64Array(9 * (EPOCHS + 1));
  let last = 0, separableFrom = /** @type {number | null} */ (null), rightFrom = separableFrom;
  const options = { activation, learningRate, epochs: EPOCHS + 1, loss };
  const run = train(start, options, (epoch, p, { a1, a2 }) => {
    if (epoch > last + 1 || !p.every((value) => Math.abs(value) <= HUGE)) return;
    last = epoch;
    numbers.set(p, 9 * epoch);
    separableFrom = isSeparable(a1) ? (separableFrom ?? epoch) : null;
    rightFrom = countRight(a2) === 4 ? (rightFrom ?? epoch) : null;
  });
  const losses = run.losses.subarray(0, last + 1), highest = Math.max(...losses);
  return { numbers, losses, last, outline: outline(losses), highest, separableFrom, rightFrom };
}

/** Return a loss curve as places: of each stretch of epochs the first, highest and lowest.
 * @param {Float64Array} losses */
function outline(losses) {
  const stretch = Math.ceil(losses.length / 400), count = Math.ceil(losses.length / stretch);
  return Array.from({ length: count }, (_, k) => k * stretch).flatMap((from) => {
    const part = losses.subarray(from, from + stretch);
    return [...new Set([part[0], Math.max(...part), Math.min(...part)])].map((loss) => [from, loss]);
  });
}

/** Return the nine numbers after as many epochs as there are.
 * @type {(start: ArrayLike<number>, how: {activation: Activation, rate: number, loss?: string}) =>
 *   number[]} */
export const trainedOn = (start, { activation, rate, loss }) =>
  networkAt(record(start, activation, rate, loss), EPOCHS);

/** Return the nine numbers at an epoch, or the last before they run away.
 * @param {Run} run
 * @param {number} epoch */
export function networkAt(run, epoch) {
  const at = 9 * Math.min(epoch, run.last);
  return [...run.numbers.subarray(at, at + 9)];
}
