// @ts-check
/** What a demo's state may be: schema.json, by which Python reads it too, with the same rules
 * (schema.py); and how a state is written into a link. */

import SCHEMA from "./schema.json" with { type: "json" };
import { grouped, shown } from "./words.js";

/** What the state of every demo has, which is plain data.
 * @typedef {{hide: boolean, guess: number | null, [key: string]: unknown}} DemoState */

/** A part of a state: its kind, where it begins, and what it must be, in words. A number has ends, a
 * choice its options, each with the words that show it; what it lacks it has of the shared field that
 * it is `like`. The rest is for controls: a slider's step or values, its reach to both sides if it is
 * shorter; what also changes; the names of nine numbers, and what may be typed for each; and what of
 * the state a guess is about.
 * @typedef {{kind: string, start: unknown, must: string, like?: string, label?: string,
 *   least?: number, most?: number, options?: Record<string, string>, step?: number, reach?: number,
 *   values?: number[], also?: Record<string, unknown>, labels?: string[], typed?: Field,
 *   about?: string[]}} Field
 * @typedef {Record<string, Field>} Fields */

/** @type {Record<string, Partial<Field>>} */
const SHARED = SCHEMA.shared;
/** @type {Record<string, Fields>} */
export const FIELDS = mapped(SCHEMA.demos, (fields) =>
  mapped(fields, (field) => ({ ...SHARED[field.like ?? ""], ...field })));

/** Return an object with `change` of each value.
 * @param {Record<string, any>} object
 * @param {(value: any) => any} change */
export function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** Return a demo's state, or a part of it, as far as it can be; and what is wrong with the rest.
 * @param {string} name
 * @param {Record<string, unknown>} state a value may be a text, as in a link: "0,5" for 0.5 */
export function checked(name, state) {
  const fields = FIELDS[name], problems = [];
  const taken = /** @type {Record<string, unknown>} */ ({});
  for (const [key, value] of Object.entries(state)) {
    if (!Object.hasOwn(fields, key)) problems.push(`this demo has no ${shown(key)}.`);
    else {
      const next = read(value, fields[key], fields);
      if (next !== undefined) taken[key] = next;
      else problems.push(`${key}: ${refused(value, fields[key])}`);
    }
  }
  return { taken, problems: problems.join(" ") };
}

/** Say why a value is not taken.
 * @param {unknown} value
 * @param {Field} field */
export function refused(value, field) {
  const { unclear, asked } = SCHEMA.texts.number;
  const open = typeof value === "string" && new RegExp(`^(${unclear})$`).test(value);
  return `${shown(value)} ${open && field.kind === "number" ? asked : `is not ${must(field)}`}.`;
}

/** Say what a field must be.
 * @param {Field} field */
function must({ must, least, most, options = {} }) {
  if (least !== undefined) return `${must} from ${grouped(least)} to ${grouped(Number(most))}`;
  return `${must} ${Object.keys(options).filter(Boolean).join(", ")}`.trim();
}

/** Return a value as a field of the demo has it, undefined if it cannot be. A number may be left out
 * where the field begins without one.
 * @param {unknown} value
 * @param {Field} field
 * @param {Fields} [fields]
 * @returns {unknown} */
export function read(value, field, fields = {}) {
  if (field.start === null && (value === null || value === "")) return null;
  return READERS[field.kind](value, field, fields);
}

/** How a value is read as each kind of field.
 * @type {Record<string, (value: any, field: Field, fields: Fields) => unknown>} */
const READERS = {
  number: readNumber,
  count: readNumber,
  choice: (value, { options = {} }) =>
    typeof value === "string" && Object.hasOwn(options, value) ? value : undefined,
  flag: (value) => [true, 1, "true", "1"].includes(value)
    || ([false, 0, "false", "0"].includes(value) ? false : undefined),
  text: (value) => (typeof value === "string" ? value : undefined),
  nine(value, field) {
    const parts = typeof value === "string" ? value.split(",") : value;
    if (!Array.isArray(parts) || parts.length !== 9) return undefined;
    const numbers = parts.map((part) => readNumber(part, field));
    return numbers.includes(undefined) ? undefined : numbers;
  },
  run: (value, _, fields) => (value === "" || runNamed(value, fields) ? value : undefined),
};

/** Return a number, whole where it has to be.
 * @param {any} value
 * @param {Field} field */
function readNumber(value, { kind, least = NaN, most = NaN }) {
  const whole = kind === "count", { pattern, drop } = SCHEMA.texts[whole ? "count" : "number"];
  const number = typeof value === "string" && new RegExp(`^(${pattern})$`).test(value)
    ? Number(value.replace("−", "-").replace(new RegExp(drop, "g"), "").replace(",", ".")) : value;
  const fits = typeof number === "number" && number >= least && number <= most;
  return fits && !(whole && number % 1) ? number : undefined;
}

/** Return the parts of a text that names a run, "seed;activation;rate", if all can be; a start may
 * stand for the seed.
 * @param {unknown} text
 * @returns {Record<string, unknown> | undefined} */
export function runNamed(text, fields = FIELDS.watch_it_learn) {
  const parts = String(text).split(";"), own = parts[0].includes(",");
  const keys = [own ? "start" : "seed", "activation", "rate"];
  const run = keys.map((key, k) => [key, read(parts[k], fields[key], fields)]);
  const fits = parts.length === 3 && run.every(([, part]) => part !== undefined);
  return fits ? Object.fromEntries(run) : undefined;
}

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

/** Return what two demos have in common: how a network is trained.
 * @param {{activation: string, loss: string, rate: number}} state */
export const partOf = ({ activation, loss, rate }) => ({ activation, loss, rate });

/** Return the texts that such a part of an address is made of.
 * @param {string} hash
 * @returns {Record<string, string>} */
export const readAddress = (hash) => Object.fromEntries(new URLSearchParams(hash.slice(1)));
