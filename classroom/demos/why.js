// @ts-check
/** Every number of a network in two tables, and for each the sum or product it comes from. */

import { LEAKY_SLOPE, X, deadUnits, y } from "./network.js";
import { Table } from "./demo.js";
import { ROW_NAMES, fixed } from "./picture.js";

/** @typedef {ReturnType<typeof import("./network.js").backward>} State */

export const NAMES = [
  "x₁ → h₁", "x₁ → h₂", "x₂ → h₁", "x₂ → h₂",
  "bias of h₁", "bias of h₂", "h₁ → out", "h₂ → out", "bias of out",
];

/** The rows of the first table: a name, the quantity in the state, the unit. */
const QUANTITIES = /** @type {[string, string, number][]} */ ([
  ["z of h₁", "z1", 0], ["a of h₁", "a1", 0], ["z of h₂", "z1", 1], ["a of h₂", "a1", 1],
  ["z of out", "z2", 0], ["answer a", "a2", 0], ["error a − y", "error", 0],
  ["δ of out", "delta2", 0], ["δ of h₁", "delta1", 0], ["δ of h₂", "delta1", 1],
]);

const SATURATED = 0.01; // the slope below which a sigmoid is called so

/** Return one quantity of one row.
 * @param {State} state
 * @param {string} what */
function valueOf(state, what, unit = 0, row = 0) {
  if (what === "error") return state.a2[row] - y[row];
  const values = /** @type {any} */ (state)[what];
  return values[values.length === 8 ? 2 * row + unit : row];
}

/** Return a number with three digits, or as it is if it is whole.
 * @param {number} value */
function digits(value) {
  const size = Math.abs(value);
  if (Number.isInteger(value) || size >= 100) return fixed(value, 0);
  return fixed(value, Math.min(12, 2 - Math.floor(Math.log10(size))));
}

/** Return a factor or summand: in brackets where it is negative.
 * @param {number} value */
function factor(value) {
  return value < 0 ? `(${digits(value)})` : digits(value);
}

/** Return the formula of a number with the present numbers in it, and which of the nine it uses.
 * @param {ArrayLike<number>} p
 * @param {State} state of a backward pass
 * @param {string} activation
 * @param {string} key a quantity, unit and row, such as "delta1 1 0"; "gradient" and a position
 * @returns {{formula: string, lit: number[]} | null} */
export function explain(p, state, activation, key) {
  const [what, ...places] = key.split(" "), [unit, row] = places.map(Number);
  const sum = (terms) =>
    terms.map((term) => term.map(factor).join(" × ")).join(" + ");
  if (what === "gradient") {
    const k = unit, deep = k >= 6, of = deep ? 0 : k % 2, delta = deep ? "delta2" : "delta1";
    if (!NAMES[k]) return null;
    const rows = [0, 1, 2, 3], toUnit = NAMES[k].includes("₁ →") ? "₁" : "₂";
    const inputs = k < 4 ? rows.map((r) => X[r][k >> 1]) : k === 6 || k === 7 ? rows.map((r) => state.a1[2 * r + k - 6]) : null;
    const other = k < 4 ? ` × x${toUnit}` : inputs ? ` × a of h${toUnit}` : "";
    const terms = rows.map((r) => [valueOf(state, delta, of, r), ...(inputs ? [inputs[r]] : [])]);
    return {
      formula: `gradient of ${NAMES[k]} = Σ δ of ${deep ? "out" : `h${"₁₂"[of]}`}${other} over the rows = ${sum(terms)} = ${digits(state.gradient[k])}`,
      lit: deep ? [k] : [k, 6 + of],
    };
  }
  const named = QUANTITIES.find(([, quantity, of]) => quantity === what && of === unit);
  if (!named || !(row in X)) return null;
  const value = digits(valueOf(state, what, unit, row));
  const [z, a, answer] = [state.z1[2 * row + unit], state.a1[2 * row + unit], state.a2[row]];
  const into = [unit, 2 + unit, 4 + unit];
  const slope = activation === "sigmoid" ? `${factor(a)} × (1 − ${factor(a)})` : a > 0 ? "1" : activation === "relu" ? "0" : String(LEAKY_SLOPE);
  const [formula, lit] = /** @type {Record<string, () => [string, number[]]>} */ ({
    z1: () => [`x₁ w₁ + x₂ w₂ + b = ${sum([[X[row][0], p[unit]], [X[row][1], p[2 + unit]], [p[4 + unit]]])}`, into],
    a1: () => [activation === "sigmoid" ? `sigmoid(z) = 1 / (1 + exp(−${factor(z)}))`
      : `max(${activation === "relu" ? "0" : `${LEAKY_SLOPE} z`}, z) with z = ${factor(z)}`, into],
    z2: () => [`a₁ w₁ + a₂ w₂ + b = ${sum([[state.a1[2 * row], p[6]], [state.a1[2 * row + 1], p[7]], [p[8]]])}`, [6, 7, 8]],
    a2: () => [`sigmoid(z) = 1 / (1 + exp(−${factor(state.z2[row])}))`, [6, 7, 8]],
    error: () => [`a − y = ${factor(answer)} − ${y[row]}`, [6, 7, 8]],
    delta2: () => [activation === "sigmoid"
      ? `(a − y) × a (1 − a) = ${sum([[answer - y[row], answer]])} × (1 − ${factor(answer)})`
      : `(a − y) / 4 = ${factor(answer - y[row])} / 4`, [6, 7, 8]],
    delta1: () => [`δ of out × weight × slope of h${"₁₂"[unit]} = ${sum([[state.delta2[row], p[6 + unit]]])} × ${
      activation === "sigmoid" ? `${factor(a * (1 - a))}` : slope}`, [6 + unit]],
  })[what]();
  return { formula: `${named[0]}, row ${ROW_NAMES[row]} = ${formula} = ${value}`, lit };
}

/** Say below the units which are dead or saturated: silent, or without slope, on all four rows.
 * @param {State} state
 * @param {import("./network.js").ActivationName} activation */
export function fates(state, activation) {
  const dead = deadUnits(state.z1, activation);
  const flat = (activations) => activations.every((a) => a * (1 - a) < SATURATED);
  const hidden = [0, 1].map((unit) => dead.includes(unit) ? "dead"
    : activation === "sigmoid" && flat(y.map((_, row) => state.a1[2 * row + unit])) ? "saturated" : "");
  return [...hidden, flat([...state.a2]) ? "saturated" : ""];
}

/** The two tables of a network, whose numbers can be asked where they come from. */
export class NumberTables {
  constructor(demo) {
    this.demo = demo;
    const choose = (why) => demo.set({ why: why === demo.state.why ? "" : why });
    this.rows = new Table(demo, "The four rows", ["", ...ROW_NAMES], { choose });
    this.nine = new Table(demo, "The nine numbers", ["", "value", "gradient"], { choose });
  }

  /** Show a network; return what of the diagram is to be lit.
   * @param {ArrayLike<number>} p
   * @param {State} state of a backward pass
   * @param {string} activation */
  update(p, state, activation) {
    const { why, hide } = this.demo.state;
    const secret = (what) => hide && this.demo.name === "solve_by_hand" && /2|error|delta/.test(what);
    this.rows.update(QUANTITIES.map(([name, what, unit]) => [name, ...ROW_NAMES.map((_, row) =>
      /** @type {[string, string]} */ ([secret(what) ? "?" : fixed(valueOf(state, what, unit, row), what.startsWith("delta") ? 4 : 3), `${what} ${unit} ${row}`]))]), why);
    this.nine.update(NAMES.map((name, k) => [name, fixed(p[k]), secret("delta") ? ["?", ""] : [fixed(state.gradient[k], 4), `gradient ${k}`]]), why);
    const found = why && !secret(why) ? explain(p, state, activation, why) : null;
    const text = found?.formula ?? "Choose a number in a table to see where it comes from.";
    if (this.demo.why.textContent !== text) this.demo.why.textContent = text;
    this.demo.why.classList.toggle("hint", !found);
    return found?.lit;
  }
}
