// @ts-check
/** What a demo's state is made of, how it is read, and how it is written into a link. */

import { fixed } from "./svg.js";

/** A part of the state: where it begins, and how it is read from a text or a value; what it cannot
 * be raises a RangeError that says why.
 * @typedef {{start: any, read: (text: any) => any}} Field */

/** Return a number as boxes show it. */
export function shortly(value) {
  if (value === null) return "";
  const digits = Math.abs(value) < 0.1 ? Number(value.toPrecision(3)) : rounded(value);
  return String(digits).replace("-", "−");
}

/** Return a number without the last bits that sums leave. */
export const rounded = (value, digits = 3) => Number(value.toFixed(digits));

/** A number; a comma is a decimal sign. Where `start` is null it may be left out.
 * @param {number | null} start
 * @param {number} least
 * @param {number} most
 * @returns {Field} */
export const number = (start, least, most, whole = false) => ({
  start,
  read(text) {
    if (start === null && (text === null || text === "")) return null;
    const plain = String(text).trim().replace("−", "-").replace(",", ".");
    const value = plain === "" ? NaN : Number(plain);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    const kind = whole ? "whole number" : "number";
    throw new RangeError(`“${text}” is not a ${kind} from ${shortly(least)} to ${fixed(most, 0)}`);
  },
});

/** One of a few words; the first is the start.
 * @param {string[]} options
 * @returns {Field} */
export const oneOf = (options, start = options[0]) => ({
  start,
  read(text) {
    if (options.includes(text)) return text;
    throw new RangeError(`“${text}” is not one of ${options.filter(Boolean).join(", ")}`);
  },
});

/** Nine numbers; none if `start` is null.
 * @param {number[] | null} start
 * @returns {Field} */
export const nine = (start) => ({
  start,
  read(text) {
    if (start === null && (text === null || text === "")) return null;
    const parts = Array.isArray(text) ? text : String(text).split(",");
    if (parts.length !== 9) throw new RangeError(`“${text}” is not a list of nine numbers`);
    return parts.map(number(0, -1e6, 1e6).read);
  },
});

/** Yes or no. */
export const flag = { start: false, read: (text) => ["true", "1"].includes(String(text)) };

/** Any text, of which a demo makes what it can. */
export const word = { start: "", read: String };

/** Return the part of a demo's address behind the page's: all that is not empty, to the last digit.
 * @param {string} name
 * @param {Record<string, any>} state */
export function addressOf(name, state) {
  const parts = Object.entries(state).filter(([, value]) => ![null, "", false].includes(value));
  const texts = parts.map(([key, value]) => {
    const text = encodeURIComponent(value === true ? "1" : String(value));
    return `&${key}=${text.replaceAll("%2C", ",").replaceAll("%3B", ";")}`;
  });
  return `#demo=${name}${texts.join("")}`;
}
