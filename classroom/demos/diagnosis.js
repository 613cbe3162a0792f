// @ts-check
/** What a network, four answers or a loss says about itself: what `xorlib.diagnosis` says, in its
 * words. */

import DATA from "./data.json" with { type: "json" };
import { backward, forward, lossOf, step, y } from "./network.js";
import { fates } from "./why.js";
import { ROW_NAMES, grouped, recipeOf } from "./words.js";

/** @typedef {import("./network.js").Activation} Activation
 * @typedef {keyof typeof DATA.SAID} What
 * @typedef {{outcome: string, told: string[]}} Found */

/** Fill in a text's {name}, {name:.4f} and {name:,} as Python does.
 * @param {string} text
 * @param {Record<string, any>} values */
export const filled = (text, values) => text.replace(/{(\w+):?\.?(,|\d?)f?}/g, (_, key, how) =>
  how === "," ? grouped(values[key]) : how ? values[key].toFixed(how) : values[key]);
/** @type {(what: What, values: Record<string, any>) => string} */
const say = (what, values) => filled(DATA.SAID[what], values);

/** @param {ArrayLike<number>} a2 */
const isRight = (a2) =>
  y.every((target, row) => (target ? a2[row] - 1 / 2 : 1 / 2 - a2[row]) > DATA.RIGHT_BY);

/** Say in a word how four answers look at one moment.
 * @param {ArrayLike<number>} a2
 * @param {number} loss */
function outcomeOf(a2, loss) {
  if (!Number.isFinite(loss)) return "diverged";
  if (isRight(a2)) return "solved";
  /** @param {number[]} pattern */
  const fits = (pattern) => pattern.every((a, row) => Math.abs(a - a2[row]) < DATA.TOLERANCE);
  const known = Object.entries(DATA.PATTERNS).find(([, patterns]) => patterns.some(fits));
  return known?.[0] ?? "not solved";
}

/** @type {(values: ArrayLike<number>, rows: number[]) => number} */
const mean = (values, rows) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;

/** Return the loss of answers; one that was printed as 1 is a little less.
 * @type {(a2: ArrayLike<number>, named: string) => number} */
function lossOfAnswers(a2, named) {
  const inside = Array.from(a2, (a) => Math.min(1 - 1e-12, Math.max(1e-12, a)));
  return lossOf({ a2: inside, z2: inside.map((a) => Math.log(a / (1 - a))) }, "sigmoid", named);
}

/** Say what can be said of answers alone.
 * @param {ArrayLike<number>} a2
 * @param {string} named the loss
 * @returns {Found} */
export function explainAnswers(a2, named, loss = lossOfAnswers(a2, named)) {
  const outcome = outcomeOf(a2, loss), told = [say("loss", { loss, outcome })];
  if (["solved", "diverged"].includes(outcome)) return { outcome, told };
  const groups = /** @type {number[][]} */ ([]);
  for (const row of [0, 1, 2, 3].sort((p, q) => a2[p] - a2[q])) {
    const group = groups.at(-1);
    if (group && a2[row] - a2[group[0]] <= DATA.TOLERANCE) group.push(row);
    else groups.push([row]);
  }
  const best = [...y]; // the answers with the lowest loss: in each group the mean of its targets
  for (const group of groups) for (const row of group) best[row] = mean(y, group);
  const level = lossOfAnswers(best, named), shared = groups.filter(({ length }) => length > 1);
  for (const group of shared) {
    const names = group.sort().map((row) => ROW_NAMES[row]), last = names.pop();
    told.push(say("shared", { rows: `${names.join(", ")} and ${last}`, mean: mean(a2, group) }));
  }
  return { outcome, told: [...told, say(shared.length ? "level" : "apart", { level })] };
}

/** Say what is found out of a network, which is trained on to learn its fate.
 * @param {ArrayLike<number>} p
 * @param {{activation: Activation, loss: string, learningRate: number}} options */
export function diagnose(p, options, more = DATA.MORE) {
  const { activation, loss: named } = options, q = Float64Array.from(p);
  const state = backward(q, activation, undefined, undefined, named), { z1, delta2 } = state;
  const found = explainAnswers(state.a2, recipeOf(activation, named).loss,
    lossOf(state, activation, named));
  for (const [unit, fate] of fates(state, activation).slice(0, 2).entries()) {
    const rise = y.reduce((sum, _, row) => sum + Number(z1[2 * row + unit] === 0) * delta2[row], 0);
    const creased = fate === "dead" && rise * p[6 + unit] < 0;
    const what = /** @type {What} */ (creased ? "at_a_crease" : fate);
    if (fate) found.told.push(say(what, { unit: unit + 1 }));
  }
  const still = state.gradient.every((slope) => Math.abs(slope) < DATA.NONE);
  if (found.outcome !== "solved") {
    found.told.push(still ? DATA.SAID["at rest exactly"] : fateOf(q, options, more));
  }
  return found;
}

/** Train a network on, in place; say what becomes of it.
 * @type {(p: Float64Array, options: Parameters<typeof diagnose>[1], more: number) => string} */
function fateOf(p, options, more) {
  const { activation, loss } = options, state = forward(p, activation);
  for (let when = 0; when <= more; when++) {
    forward(p, activation, state);
    if (when % (more / 100) === 0 && isRight(state.a2)) return say("slow", { when });
    if (when < more) step(p, options, state);
  }
  const end = lossOf(state, activation, loss);
  return Number.isFinite(end) ? say("stuck", { when: more, end }) : DATA.SAID.diverged;
}

/** Say what a printed loss may be, likeliest first.
 * @param {string} printed */
export function explainLoss(printed) {
  const value = Number(printed), [mantissa, power = 0] = printed.toLowerCase().split("e");
  if (!Number.isFinite(value)) return [DATA.SAID["not finite"]];
  const last = 10 ** (Number(power) - (mantissa.split(".")[1] ?? "").length);
  const same = /** @type {[boolean, string][]} */ ([]), near = /** @type {string[]} */ ([]);
  for (const [sentence, number] of /** @type {[string, number][]} */ (DATA.PRINTED)) {
    const gap = number - value;
    if (-last / 2 <= gap && gap < last) same.push([Math.abs(gap) > last / 20, sentence]);
    else if (0 < -gap && -gap < 0.01 * number) near.push(say("above", { sentence }));
  }
  const right = 4 * value;
  if ([1, 2, 3, 4].includes(right)) same.push([false, say("accuracy", { right })]);
  same.sort(([p], [q]) => Number(p) - Number(q));
  if (same.length) return same.map(([, sentence]) => sentence);
  return near.length ? near : [DATA.SAID["no level"]];
}
