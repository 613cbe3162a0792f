// @ts-check
/** The page of a phone: the question, an answer that can be changed, and how one gets on. */

import { h, write } from "../demos/dom.js";
import { graph, short, talk, worded } from "./page.js";

/** @typedef {import("./page.js").Answer} Answer */
/** @typedef {import("./page.js").Question & {taken: Answer | null, mood: number}} Told */

const MOODS = ["We are at it", "We are done", "We are stuck"];
/** @type {Record<number, string>} */
const TROUBLE = {
  0: "No connection. What you chose is kept; this page tries again.",
  400: "This page needs a cookie, until the browser is closed. Allow it, and reload.",
  503: "The room is full.",
};

/** All that this phone says, again and again, so that nothing is lost with the line.
 * @type {{room: string | null, at: number | null, answer: Answer | null, mood: number}} */
let mine = { room: null, at: null, answer: null, mood: 0 };
let shape = "";

const main = document.querySelector("main"), news = h("p", { role: "status" });
main?.replaceChildren(h("h1", {}, "XOR in this room"), news);

const say = talk("/say", 2000, (/** @type {Partial<typeof mine> | undefined} */ more) =>
  Object.assign(mine, more), show, (status) => write(news, TROUBLE[status] ?? TROUBLE[0]));

/** Show what is asked, and whether the answer has arrived.
 * @param {Told} told */
function show(told) {
  const { room, at, shown, options, truth, taken, mood } = told, now = `${room} ${at} ${shown}`;
  if (room === null) return write(news, "You are in. Wait for the next question.");
  if (now !== shape) {
    shape = now;
    if (room !== mine.room || at !== mine.at || shown) mine = { room, at, answer: taken, mood };
    main?.replaceChildren(...asked(told));
  }
  const sent = taken !== null && String(taken) === String(mine.answer);
  write(news, truth === null ? (sent ? "Sent. You can change it." : "")
    : `${taken === null ? "" : `You: ${worded(taken, options)}. `}Right: ${worded(truth, options)}`);
}

/** Return the question, what it is answered with, and how one gets on.
 * @param {Told} told */
function asked({ asked, options, axes, link, shown }) {
  const given = () => (Array.isArray(mine.answer) ? mine.answer : []);
  const inputs = axes.map(([, min, max], k) =>
    h("input", { type: "number", step: "any", required: "", min, max, value: given()[k] ?? "" }));
  const plane = graph(axes, () => (given().length ? [[given(), 1]] : []), null, (...place) => {
    axes.forEach(([, least, most], k) => {
      inputs[k].value = Math.min(most, Math.max(least, place[k])).toFixed(3);
    });
    form.requestSubmit();
  });
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    say({ answer: inputs.map((input) => input.valueAsNumber) });
    plane.update();
  };
  const labels = axes.map(([name, least, most], k) =>
    h("label", {}, `${name}, ${short(least)} to ${short(most)} `, inputs[k]));
  const form = h("form", { class: "row", onsubmit }, ...labels, h("button", {}, "Send"));
  form.hidden = plane.box.hidden = shown;
  const numbers = [[], [form], [plane.box, form]][axes.length];
  const href = `/demos/index.html${link}`;
  return [
    h("h1", {}, asked), ...numbers,
    choice("answers", options, mine.answer, shown, (answer) => say({ answer })), news,
    ...(link.startsWith("#") ? [h("a", { href, target: "_blank" }, "Open the demo")] : []),
    choice("moods", MOODS, mine.mood, false, (mood) => say({ mood })),
  ];
}

/** Return options of which one can be chosen.
 * @type {(name: string, options: string[], chosen: Answer | null, closed: boolean,
 *   take: (k: number) => void) => HTMLElement} */
const choice = (name, options, chosen, closed, take) =>
  h("fieldset", { class: `choice ${name}`, ...(closed && { disabled: "" }) },
    ...options.map((words, k) => h("label", {}, h("input", {
      type: "radio", name, onchange: () => take(k), ...(chosen === k && { checked: "" }),
    }), h("span", {}, words))));

say();
