// @ts-check
/**
 * A 2-2-1 network on the four rows of XOR: the forward pass, backpropagation and training.
 *
 * Formulas and conventions are those of `xorlib.network` and `xorlib.training`, and a test holds
 * both to the same digits. The squared error is minimised as half the sum over the rows (printed is
 * the mean), the cross-entropy as the mean.
 *
 * @typedef {"sigmoid" | "tanh" | "relu" | "leaky_relu"} Activation
 * @typedef {ArrayLike<number>} Network nine numbers: W1 row by row, b1, W2, b2
 * @typedef {ReturnType<typeof emptyState>} State for each row, and row by row for each hidden unit
 * @typedef {(x1: number, x2: number) => number} Logit the output's z at a place of the plane
 */

import DATA from "./data.json" with { type: "json" };
import SCHEMA from "./schema.json" with { type: "json" };

export const X = DATA.X;
export const y = DATA.GATES.xor;
const { LEAKY_SLOPE } = DATA, { nudge: NUDGE } = SCHEMA.rounding;

const LEAST = -60, POWERS = Float64Array.from({ length: 1085 }, (_, k) => 2 ** (LEAST + k));

/** Return e to the power of x, or of -40 where that is more: within two units of the last place,
 * and by sums, products and quotients alone, which every browser rounds alike. Math.exp is not the
 * same in all of them, and at large learning rates the last place decides how a run ends.
 * @param {number} x */
export function exp(x) {
  const z = Math.min(710, Math.max(-40, x)), k = Math.round(z / Math.LN2);
  // ln 2 in two parts, for whole multiples of the first are exact.
  const r = z - k * 0.6931471803691238 - k * 1.9082149292705877e-10, t = r * r;
  // r coth(r/2), a series in t.
  const c = 2 + t * (1 / 6 - t * (1 / 360 - t * (1 / 15120 - t * (1 / 604800 -
    t * (1 / 23950080 - t * (691 / 653837184000))))));
  return (1 + (2 * r) / (c - r)) * POWERS[k - LEAST];
}

/** @param {number} z */
export const sigmoid = (z) => 1 / (1 + exp(-z));

/** Each activation beside its derivative, which takes the activation a, not z.
 * @type {Record<Activation, {function: (z: number) => number,
 *   derivativeFromActivation: (a: number) => number}>} */
export const ACTIVATIONS = {
  sigmoid: { function: sigmoid, derivativeFromActivation: (a) => a * (1 - a) },
  tanh: { function: (z) => 1 - 2 / (1 + exp(2 * z)), derivativeFromActivation: (a) => 1 - a ** 2 },
  relu: { function: (z) => Math.max(z, 0), derivativeFromActivation: (a) => (a > 0 ? 1 : 0) },
  leaky_relu: {
    function: (z) => Math.max(z, LEAKY_SLOPE * z),
    derivativeFromActivation: (a) => (a > 0 ? 1 : LEAKY_SLOPE),
  },
};

/** A loss: a row's part of what is printed, and its delta at the output.
 * @typedef {{printed: (z: number, a: number, target: number) => number,
 *   delta: (a: number, target: number) => number}} Loss */

/** @type {Record<string, Loss>} */
const LOSSES = {
  squared_error: {
    printed: (z, a, target) => (target - a) ** 2, // the mean of these over the rows
    delta: (a, target) => (a - target) * a * (1 - a),
  },
  cross_entropy: {
    // ln(1 + exp(z)) - y z, without overflow
    printed: (z, a, target) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z,
    delta: (a, target) => (a - target) / 4,
  },
};
/** Return a loss by its name, or without one that which the notebooks take with an activation.
 * @type {(activation: Activation, named: string) => Loss} */
const lossFor = (activation, named) => LOSSES[named || SCHEMA.recipes[activation].loss];

/** Room for all that a forward and a backward pass compute: z1[2 * row + unit], z2[row]. */
const emptyState = () => ({
  z1: new Float64Array(8), a1: new Float64Array(8), z2: new Float64Array(4),
  a2: new Float64Array(4), delta1: new Float64Array(8), delta2: new Float64Array(4),
  gradient: new Float64Array(9),
});

/** Send the four rows through the network.
 * @param {Network} p
 * @param {Activation} activation */
export function forward(p, activation = "sigmoid", state = emptyState()) {
  const { z1, a1, z2, a2 } = state, hidden = ACTIVATIONS[activation].function;
  for (let row = 0; row < 4; row++) {
    for (let unit = 0; unit < 2; unit++) {
      const z = X[row][0] * p[unit] + X[row][1] * p[2 + unit] + p[4 + unit];
      z1[2 * row + unit] = z;
      a1[2 * row + unit] = hidden(z);
    }
    z2[row] = a1[2 * row] * p[6] + a1[2 * row + 1] * p[7] + p[8];
    a2[row] = sigmoid(z2[row]);
  }
  return state;
}

/** Return the loss as it is printed.
 * @param {{z2: ArrayLike<number>, a2: ArrayLike<number>}} state of a forward pass
 * @param {Activation} activation */
export function lossOf({ z2, a2 }, activation = "sigmoid", named = "") {
  const { printed } = lossFor(activation, named);
  return y.reduce((sum, target, row) => sum + printed(z2[row], a2[row], target), 0) / 4;
}

/** Complete the state of a forward pass with the deltas and the gradient of all nine numbers.
 * @param {Network} p
 * @param {Activation} activation
 * @param {State} state
 * @param {number[]} also what further outputs send back to each hidden unit: delta times weight
 * @param {string} named the loss */
export function backward(p, activation = "sigmoid", state = forward(p, activation), also = [0, 0],
  named = "") {
  const { a1, a2, delta1, delta2, gradient } = state, { delta } = lossFor(activation, named);
  const slope = ACTIVATIONS[activation].derivativeFromActivation;
  gradient.fill(0);
  for (let row = 0; row < 4; row++) {
    delta2[row] = delta(a2[row], y[row]);
    for (let unit = 0; unit < 2; unit++) {
      const a = a1[2 * row + unit], d = (delta2[row] * p[6 + unit] + also[unit]) * slope(a);
      delta1[2 * row + unit] = d;
      gradient[unit] += X[row][0] * d;
      gradient[2 + unit] += X[row][1] * d;
      gradient[4 + unit] += d;
      gradient[6 + unit] += a * delta2[row];
    }
    gradient[8] += delta2[row];
  }
  return state;
}

/** Update the nine numbers in place, once.
 * @param {Float64Array} p
 * @param {{activation: Activation, learningRate: number, loss?: string}} options
 * @param {State} [state] of the forward pass */
export function step(p, { activation, learningRate, loss }, state = forward(p, activation)) {
  const { gradient } = backward(p, activation, state, undefined, loss);
  for (let k = 0; k < 9; k++) p[k] -= learningRate * gradient[k];
}

/** Train by full-batch gradient descent; `losses` are those before each update.
 *
 * A run that diverges ends like any other, with numbers that are huge, infinite or NaN.
 * @param {Network} start left as it is
 * @param {{activation?: Activation, learningRate: number, epochs: number, loss?: string}} options
 * @param {(epoch: number, p: Float64Array, state: State) => void} [each] sees the numbers and what
 *   they compute before each update */
export function train(start, { activation = "sigmoid", learningRate, epochs, loss }, each) {
  const p = Float64Array.from(start), losses = new Float64Array(epochs), state = emptyState();
  for (let epoch = 0; epoch < epochs; epoch++) {
    losses[epoch] = lossOf(forward(p, activation, state), activation, loss);
    each?.(epoch, p, state);
    step(p, { activation, learningRate, loss }, state);
  }
  return { parameters: p, losses };
}

/** Return a function from places of the input plane to the output's pre-activation z.
 * @param {Network} p
 * @param {Activation} activation
 * @returns {Logit} */
export function logitAt(p, activation) {
  const hidden = ACTIVATIONS[activation].function;
  return (x1, x2) =>
    p[6] * hidden(x1 * p[0] + x2 * p[2] + p[4]) +
    p[7] * hidden(x1 * p[1] + x2 * p[3] + p[5]) + p[8];
}

/** Return how many of the four answers are on their target's side of 1/2.
 * @param {ArrayLike<number>} answers */
export const countRight = (answers, targets = y) =>
  targets.filter((target, row) => (target ? answers[row] > 0.5 : answers[row] < 0.5)).length;

/** Return whether one line separates 00 and 11 from 01 and 10 in the hidden space: whether the
 * segments that join each pair do not meet.
 * @param {ArrayLike<number>} a1 */
export function isSeparable(a1) {
  /** On which side of the line from row p to row q is row r?
   * @type {(p: number, q: number, r: number) => number} */
  const side = (p, q, r) =>
    (a1[2 * q] - a1[2 * p]) * (a1[2 * r + 1] - a1[2 * p + 1]) -
    (a1[2 * q + 1] - a1[2 * p + 1]) * (a1[2 * r] - a1[2 * p]);
  return side(0, 3, 1) * side(0, 3, 2) > 0 || side(1, 2, 0) * side(1, 2, 3) > 0;
}

/** Return the hidden units that are silent on all four rows, as only a ReLU can be.
 * @param {ArrayLike<number>} z1
 * @param {Activation} activation */
export function deadUnits(z1, activation) {
  /** @param {number} unit */
  const silent = (unit) => y.every((_, row) => z1[2 * row + unit] <= 0);
  return activation === "relu" ? [0, 1].filter(silent) : [];
}

/** Return a network with a little more on the biases of its dead units.
 * @param {Network} p
 * @param {Activation} activation */
export function nudged(p, activation) {
  const next = Float64Array.from(p);
  for (const unit of deadUnits(forward(p, activation).z1, activation)) next[4 + unit] += NUDGE;
  return [...next];
}
