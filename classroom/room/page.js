// @ts-check
/** What the phones' page and the teacher's share. */

import { Chart } from "../demos/chart.js";
import { h } from "../demos/dom.js";

/** A number to choose: its name, and its ends.
 * @typedef {[name: string, least: number, most: number]} Axis */

/** An option's number, or a number for each axis.
 * @typedef {number | number[]} Answer */

/** Answers that were given, and how often.
 * @typedef {[Answer, number][]} Counts */

/** What is asked now; `truth` is there when it is shown.
 * @typedef {{room: string | null, at: number, shown: boolean, asked: string, link: string,
 *   minutes: string, options: string[], axes: Axis[], truth: Answer | null}} Question */

document.body.classList.toggle("dark", matchMedia("(prefers-color-scheme: dark)").matches);

/** Return what tells the server something, and after a pause tells it again, and so on.
 * @template Told, More
 * @param {string} place
 * @param {number} pause in milliseconds
 * @param {(more?: More) => unknown} message may have more in it this time
 * @param {(told: Told) => void} show
 * @param {(status: number) => void} fail 0 if there was no answer */
export function talk(place, pause, message, show, fail) {
  let turn = 0, waiting = 0;
  /** @param {More} [more] */
  return async function say(more) {
    clearTimeout(waiting);
    const now = ++turn, signal = AbortSignal.timeout(5000), method = "POST";
    const headers = { "Content-Type": "application/json" }, body = JSON.stringify(message(more));
    const reply = await fetch(place, { method, headers, body, signal }).catch(() => null);
    const told = reply?.ok ? await reply.json().catch(() => null) : null;
    if (now !== turn) return; // something newer is on its way
    waiting = setTimeout(say, pause);
    if (told) show(told);
    else fail(reply?.status ?? 0);
  };
}

/** Return a number as it is read.
 * @param {number} value */
export const short = (value) => String(Number(value.toPrecision(4))).replace("-", "−");

/** Return an answer in words.
 * @param {Answer} answer
 * @param {string[]} [options] */
export const worded = (answer, options = []) =>
  (typeof answer === "number" ? options[answer] : answer.map(short).join(", "));

/** Return a picture of numbers or places, a dot for each, and what is right; and what redraws it.
 * @param {Axis[]} axes
 * @param {() => Counts} counts
 * @param {Answer | null} truth
 * @param {(...place: number[]) => void} [choose] */
export function graph(axes, counts, truth, choose) {
  const box = h("div", { class: "picture" }), [x, up] = axes.map(ticked);
  const name = up ? "ballots square" : "ballots", right = truth && /** @type {number[]} */ (truth);
  const chart = new Chart({ add: (panel) => box.append(panel.box) }, name, choose);
  const update = () => {
    if (!box.isConnected) return;
    const dots = counts().flatMap(([answer, number]) => Array.from({ length: number }, (_, k) => {
      const [x, y] = /** @type {number[]} */ (answer);
      return { x, y: y ?? k + 1, look: "ballot" };
    }));
    const most = 1 + Math.max(12, ...counts().map(([, number]) => number));
    const told = counts().map(([answer, number]) => `${worded(answer)}: ${number}`).join("; ");
    chart.measure();
    chart.update({
      label: `Answers: ${told}. ${right ? `Right: ${worded(right)}.` : ""}`,
      title: up ? `${up.name}, upwards` : "each dot is an answer", x, dots,
      y: up ?? { least: 0, most }, rings: up && right ? [right] : [],
      marks: up || !right ? [] : [[right[0], `right: ${worded(right)}`]],
    });
  };
  new ResizeObserver(update).observe(chart.box);
  return { box, update };
}

/** Return a chart's axis, which goes a little beyond its ends.
 * @param {Axis} axis
 * @returns {import("../demos/panel.js").Axis} */
function ticked([name, least, most]) {
  const step = (most - least) / 4, values = [0, 1, 2, 3, 4].map((k) => least + k * step);
  const ticks = values.map((value) => /** @type {[number, string]} */ ([value, short(value)]));
  return { name, least: least - step / 2, most: most + step / 2, ticks };
}
