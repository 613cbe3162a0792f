// @ts-check
/** What a demo's state is made of: how each part is read, what its control offers, and how the
 * whole is written into a link. */

import { fixed, quoted, shortly } from "./words.js";

/** What the state of every demo has, which is plain data.
 * @typedef {{hide: boolean, guess: number | null, [key: string]: unknown}} DemoState */

/** A part of the state: where it begins, and how it is read from a text or any other value; what it
 * cannot be raises a RangeError that says why. The rest is for its control.
 * @template T
 * @typedef {{start: T, read: (text: any) => T}} Field */

/** A number's field: its `label`, the `values` of its slider, and what `also` changes with it.
 * @template {number | null} T
 * @typedef {Field<T> & {label: string, values: number[], whole: boolean,
 *   also?: Record<string, unknown>}} NumberField */

/** A choice's field: its `label`, and its `options`, each with the words that show it.
 * @template {string} K
 * @typedef {Field<K> & {label: string, options: Record<K, string>}} ChoiceField */

/** The field of nine numbers, each with one of its own.
 * @template {number[] | null} T
 * @typedef {Field<T> & {entries: NumberField<number>[]}} NineField */

/** What a number's field may be given.
 * @typedef {{values?: number[], whole?: boolean, also?: Record<string, unknown>}} NumberOptions */

/** Return the numbers from `least` to `most`, which a slider goes through.
 * @param {number} least
 * @param {number} most
 * @param {number} step */
export const steps = (least, most, step) =>
  Array.from({ length: Math.round((most - least) / step) + 1 }, (_, k) =>
    Number((least + k * step).toFixed(3)));

/** Return the index of the value that is nearest.
 * @param {number} value
 * @param {number[]} values */
export function nearest(value, values) {
  const gaps = values.map((one) => Math.abs(one - value));
  return gaps.indexOf(Math.min(...gaps));
}

/** A number; a comma is a decimal sign. Where `start` is null it may be left out.
 * @template {number | null} T
 * @param {string} label
 * @param {T} start
 * @param {number} least
 * @param {number} most
 * @param {NumberOptions} [options]
 * @returns {NumberField<number | T>} */
export function number(label, start, least, most, { values = [], whole = false, also } = {}) {
  /** @param {any} text */
  function read(text) {
    if (start === null && (text === null || text === "")) return start;
    const plain = String(text).trim().replace("−", "-").replace(",", ".");
    const value = plain === "" ? NaN : Number(plain);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? "whole number" : "number";
    throw new RangeError(`${quoted(text)} is not a ${kind} from ${shortly(least)} to ${fixed(most, 0)}`);
  }
  return { label, start, values, whole, also, read };
}

/** A whole number.
 * @template {number | null} T
 * @param {string} label
 * @param {T} start
 * @param {number} least
 * @param {number} most
 * @param {NumberOptions} [options] */
export const count = (label, start, least, most, options = {}) =>
  number(label, start, least, most, { ...options, whole: true });

/** One of a few words, told by how they are shown.
 * @template {string} K
 * @param {string} label
 * @param {Record<K, string>} options
 * @param {NoInfer<K>} [start] the first if it is not given
 * @returns {ChoiceField<K>} */
export const oneOf = (label, options, start = /** @type {K} */ (Object.keys(options)[0])) => ({
  label, options, start,
  read(text) {
    if (Object.hasOwn(options, text)) return text;
    const words = Object.keys(options).filter(Boolean).join(", ");
    throw new RangeError(`${quoted(text)} is not one of ${words}`);
  },
});

/** Nine numbers, of which each may have a control; none if `start` is null.
 * @template {number[] | null} T
 * @param {T} start
 * @param {string[]} [labels]
 * @param {number[]} [values] of their sliders
 * @returns {NineField<number[] | T>} */
export const nine = (start, labels = Array(9).fill(""), values = []) => ({
  start,
  entries: labels.map((label) => number(label, 0, -1000, 1000, { values })),
  read(text) {
    if (start === null && (text === null || text === "")) return start;
    const parts = Array.isArray(text) ? text : String(text).split(",");
    if (parts.length !== 9) throw new RangeError(`${quoted(text)} is not a list of nine numbers`);
    return parts.map(number("", 0, -1e6, 1e6).read);
  },
});

/** Yes or no.
 * @type {Field<boolean>} */
export const flag = { start: false, read: (text) => ["true", "1"].includes(String(text)) };

/** Any text, of which a demo makes what it can.
 * @type {Field<string>} */
export const word = { start: "", read: String };

/** Return the part of a demo's address behind the page's: all that is not empty, to the last digit.
 * @param {string} name
 * @param {Record<string, unknown>} state */
export function addressOf(name, state) {
  const parts = Object.entries(/** @type {Record<string, unknown>} */ ({ demo: name, ...state }))
    .filter(([, value]) => !(/** @type {unknown[]} */ ([null, "", false])).includes(value))
    .map(([key, value]) => [key, value === true ? "1" : String(value)]);
  const escaped = String(new URLSearchParams(parts));
  return `#${escaped.replaceAll("%2C", ",").replaceAll("%3B", ";")}`; // these need no escaping
}

/** Return the texts that such a part of an address is made of.
 * @param {string} hash
 * @returns {Record<string, string>} */
export const readAddress = (hash) => Object.fromEntries(new URLSearchParams(hash.slice(1)));
