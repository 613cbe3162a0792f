// @ts-check
/** Every number of a network in two tables, and for each the sum or product it comes from. */

import DATA from "./data.json" with { type: "json" };
import { ACTIVATIONS, X, deadUnits, y } from "./network.js";
import SCHEMA from "./schema.json" with { type: "json" };
import { Table } from "./table.js";
import { ROW_NAMES, UNIT_NAMES, fixed, recipeOf } from "./words.js";

/** @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").State} State
 * @typedef {import("./network.js").Activation} Activation */

/** A quantity of the first table.
 * @typedef {"z1" | "a1" | "z2" | "a2" | "error" | "delta1" | "delta2"} Quantity */

const NAMES = SCHEMA.demos.solve_by_hand.parameters.labels;
/** Of each of the nine: the unit that it leads into, and what comes in there. */
const INTO = [0, 1, 0, 1, 0, 1, 2, 2, 2];
const INPUTS = ["x₁", "x₁", "x₂", "x₂", "", "", "a of h₁", "a of h₂", ""];
/** The rows of the first table: a name, the quantity, its unit, and its number of decimals. */
const QUANTITIES = /** @type {[string, Quantity, number, number][]} */ ([
  ["z of h₁", "z1", 0, 3], ["a of h₁", "a1", 0, 3], ["z of h₂", "z1", 1, 3],
  ["a of h₂", "a1", 1, 3], ["z of out", "z2", 0, 3], ["answer a", "a2", 0, 3],
  ["error a − y", "error", 0, 3], ["δ of out", "delta2", 0, 4], ["δ of h₁", "delta1", 0, 4],
  ["δ of h₂", "delta1", 1, 4],
]);
const OUTPUT = [6, 7, 8]; // the numbers that the output unit uses

/** Return one quantity of one row.
 * @param {State} state of a backward pass
 * @param {Quantity} what
 * @param {number} unit
 * @param {number} row */
function valueOf(state, what, unit, row) {
  if (what === "error") return state.a2[row] - y[row];
  return state[what].length === 8 ? state[what][2 * row + unit] : state[what][row];
}

/** Return a number with three digits, or as it is if it is whole.
 * @param {number} value */
function digits(value) {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return fixed(value, 0);
  return fixed(value, Math.min(12, 2 - Math.floor(Math.log10(size))));
}

/** @param {number} value */
const factor = (value) => (value < 0 ? `(${digits(value)})` : digits(value));
/** Return a sum of products as text.
 * @type {(...terms: number[][]) => string} */
const sum = (...terms) => terms.map((term) => term.map(factor).join(" × ")).join(" + ");

/** @param {number} z */
const squash = (z) => `sigmoid(z) = 1 / (1 + exp(−${factor(z)}))`;
/** How each activation is written, and its slope where that is a formula in the activation a.
 * @type {Record<Activation, {value: (z: number) => string, slope: string}>} */
const WRITTEN = {
  sigmoid: { value: squash, slope: " a (1 − a)" },
  tanh: { value: (z) => `tanh(z) = tanh(${digits(z)})`, slope: " 1 − a²" },
  relu: { value: (z) => `max(0, z) with z = ${digits(z)}`, slope: "" },
  leaky_relu: { value: (z) => `max(${DATA.LEAKY_SLOPE} z, z) with z = ${digits(z)}`, slope: "" },
};

/** Return the formula of a number with the present numbers in it, and which of the nine it uses.
 * @param {Network} p
 * @param {State} state of a backward pass
 * @param {Activation} activation
 * @param {string} key "gradient" and a position, or a quantity, unit and row: "delta1 1 0"
 * @param {string} [loss] */
export function explain(p, state, activation, key, loss) {
  const [what, first, second] = key.split(" "), [unit, row] = [Number(first), Number(second)];
  if (what === "gradient") return NAMES[unit] ? explainGradient(state, unit) : null;
  const named = QUANTITIES.find(([, quantity, of]) => quantity === what && of === unit);
  if (!named || !(row in X)) return null;

  const [x1, x2] = X[row], [h1, h2] = [state.a1[2 * row], state.a1[2 * row + 1]];
  const a = valueOf(state, "a1", unit, row), answer = state.a2[row], error = answer - y[row];
  const written = WRITTEN[activation], intoUnit = [unit, 2 + unit, 4 + unit];
  const slope = ACTIVATIONS[activation].derivativeFromActivation(a);
  const formulas = {
    z1: () => `x₁ w₁ + x₂ w₂ + b = ${sum([x1, p[unit]], [x2, p[2 + unit]], [p[4 + unit]])}`,
    a1: () => written.value(valueOf(state, "z1", unit, row)),
    z2: () => `a₁ w₁ + a₂ w₂ + b = ${sum([h1, p[6]], [h2, p[7]], [p[8]])}`,
    a2: () => squash(state.z2[row]),
    error: () => `a − y = ${digits(answer)} − ${y[row]}`,
    delta2: () => recipeOf(activation, loss).loss === "squared_error"
      ? `(a − y) × a (1 − a) = ${sum([error, answer])} × (1 − ${digits(answer)})`
      : `(a − y) / 4 = ${factor(error)} / 4`,
    delta1: () => `δ of out × weight × slope${written.slope} of ${UNIT_NAMES[unit]} = ${
      sum([state.delta2[row], p[6 + unit], slope])}`,
  };
  const lit = what === "delta1" ? [6 + unit] : what.endsWith("1") ? intoUnit : OUTPUT;
  const value = digits(valueOf(state, named[1], unit, row));
  return { text: `${named[0]}, row ${ROW_NAMES[row]} = ${formulas[named[1]]()} = ${value}`, lit };
}

/** Explain a gradient: the sum over the rows of a delta times what came in.
 * @param {State} state
 * @param {number} k its position */
function explainGradient(state, k) {
  const into = INTO[k], input = INPUTS[k];
  const terms = X.map(([x1, x2], row) => {
    const [h1, h2] = state.a1.subarray(2 * row), came = [x1, x1, x2, x2, 1, 1, h1, h2, 1][k];
    const delta = into === 2 ? state.delta2[row] : state.delta1[2 * row + into];
    return input ? [delta, came] : [delta];
  });
  const what = `δ of ${[...UNIT_NAMES, "out"][into]}${input ? ` × ${input}` : ""}`;
  const value = digits(state.gradient[k]);
  return {
    text: `gradient of ${NAMES[k]} = Σ ${what} over the rows = ${sum(...terms)} = ${value}`,
    lit: into === 2 ? [k] : [k, 6 + into],
  };
}

/** Say which of h1, h2 and the output are dead (silent on all four rows) or saturated (without
 * slope on all four).
 * @param {State} state
 * @param {import("./network.js").Activation} activation */
export function fates(state, activation) {
  const dead = deadUnits(state.z1, activation);
  /** @type {(kind: Activation) => (a: number) => boolean} */
  const isFlat = (kind) => (a) => ACTIVATIONS[kind].derivativeFromActivation(a) < DATA.FLAT;
  const hidden = [0, 1].map((unit) => {
    if (dead.includes(unit)) return "dead";
    const activations = y.map((_, row) => state.a1[2 * row + unit]);
    return activations.every(isFlat(activation)) ? "saturated" : "";
  });
  return [...hidden, state.a2.every(isFlat("sigmoid")) ? "saturated" : ""];
}

/** The two tables of a network, whose numbers can be asked where they come from. */
export class NumberTables {
  /** @param {{state: {why: string, hide: boolean}, set: (changes: {why: string}) => void,
   *   explain: (words: string, hint?: boolean) => void, tables: HTMLElement}} demo
   * @param {{guarded?: boolean, hint?: string}} [options] whether answers in them are hidden
   *   with the others, and what is said before the hint to choose a number */
  constructor(demo, { guarded = false, hint = "" } = {}) {
    this.demo = demo;
    this.guarded = guarded;
    this.hint = `${hint}Choose a number in a table to see where it comes from.`;
    /** @param {string} why */
    const choose = (why) => demo.set({ why: why === demo.state.why ? "" : why });
    this.rows = new Table(demo.tables, "The four rows", ["", ...ROW_NAMES], choose);
    this.nine = new Table(demo.tables, "The nine numbers", ["", "value", "gradient"], choose);
  }

  /** Show a network; return which of its nine numbers are to be lit, if any.
   * @param {Network} p
   * @param {State} state of a backward pass
   * @param {Activation} activation
   * @param {string} [loss] */
  update(p, state, activation, loss) {
    const { why: chosen, hide } = this.demo.state;
    /** @param {string} key */
    const secret = (key) => hide && this.guarded && /^(z2|a2|error|delta|gradient)/.test(key);
    /** @type {(key: string, value: number, decimals: number) => [string, string]} */
    const cell = (key, value, decimals) => [secret(key) ? "?" : fixed(value, decimals), key];
    const rows = QUANTITIES.map(([name, what, unit, decimals]) => {
      const values = ROW_NAMES.map((_, row) => valueOf(state, what, unit, row));
      return [name, ...values.map((value, row) => cell(`${what} ${unit} ${row}`, value, decimals))];
    });
    const nine = NAMES.map((name, k) =>
      [name, fixed(p[k]), cell(`gradient ${k}`, state.gradient[k], 4)]);
    this.rows.update(rows, { chosen });
    this.nine.update(nine, { chosen });
    const found = chosen && !secret(chosen) ? explain(p, state, activation, chosen, loss) : null;
    this.demo.explain(found?.text ?? this.hint, !found);
    return found?.lit;
  }
}
