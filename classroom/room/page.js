// @ts-check
/** What the phones' page and the teacher's share. */

import { Chart } from "../demos/chart.js";
import { h } from "../demos/dom.js";

/** A number to choose: its name, and its ends.
 * @typedef {[name: string, least: number, most: number]} Axis */

/** An option's number, or a number for each axis.
 * @typedef {number | number[]} Answer */

/** What is asked now; `truth` is there when it is shown.
 * @typedef {{room: string | null, at: number, shown: boolean, asked: string, link: string,
 *   minutes: string, options: string[], axes: Axis[], truth: Answer | null}} Question */

const BINS = 40;

document.body.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);

/** Tell the server; return its answer, or null, and its status, 0 if it says nothing.
 * @param {string} place
 * @param {unknown} message
 * @returns {Promise<[any, number]>} */
export async function tell(place, message) {
  const headers = { "Content-Type": "application/json" }, body = JSON.stringify(message);
  try {
    const signal = AbortSignal.timeout(5000);
    const reply = await fetch(place, { method: "POST", headers, body, signal });
    return [reply.ok ? await reply.json() : null, reply.status];
  } catch {
    return [null, 0];
  }
}

/** @type {(words: string, onclick: () => void) => HTMLButtonElement} */
export const button = (words, onclick) => h("button", { type: "button", onclick }, words);

/** Return a number as it is read.
 * @param {number} value */
const short = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

/** Return an answer in words.
 * @param {Answer} answer
 * @param {string[]} options */
export const worded = (answer, options) =>
  (typeof answer === "number" ? options[answer] : answer.map(short).join(", "));

/** Return a picture of numbers or of places, a dot for each, with what is right, and what redraws it.
 * @param {Axis[]} axes
 * @param {() => number[][]} answers
 * @param {Answer | null} truth
 * @param {(x: number, y: number) => void} [choose] */
export function graph(axes, answers, truth, choose) {
  const box = h("div", { class: "picture" }), [x, up] = axes.map(ticked);
  const chart = new Chart({ add: (panel) => box.append(panel.box) }, "ballots", choose);
  const right = Array.isArray(truth) ? truth : [], words = right.map(short).join(", ");
  const update = () => {
    chart.measure();
    /** @type {Map<number, number>} */
    const height = new Map(), width = (x.most - x.least) / BINS, dots = answers().map(([x, y]) => {
      if (up) return { x, y, look: "ballot" };
      const bin = Math.round(x / width), y0 = (height.get(bin) ?? 0) + 1;
      height.set(bin, y0);
      return { x: bin * width, y: y0, look: "ballot" };
    });
    const y = up ?? { least: 0, most: Math.max(12, ...height.values()) + 1 };
    chart.update({
      label: `${dots.length} answers. ${words && `Right: ${words}.`}`,
      title: up ? `${up.name}, upwards` : "each dot is an answer", x, y, dots,
      rings: up && truth ? [right] : [],
      marks: up || !truth ? [] : [[right[0], `right: ${words}`]],
    });
  };
  new ResizeObserver(update).observe(chart.box);
  return { box, update };
}

/** Return a chart's axis, with ticks at round numbers.
 * @param {Axis} axis
 * @returns {import("../demos/panel.js").Axis} */
function ticked([name, least, most]) {
  const rough = (most - least) / 5, ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * ([1, 2, 5].find((times) => times * ten >= rough) ?? 10);
  const first = Math.ceil(least / step), number = Math.floor(most / step) - first + 1;
  const values = Array.from({ length: number }, (_, k) => (first + k) * step);
  return { name, least, most, ticks: values.map((value) => [value, short(value)]) };
}
