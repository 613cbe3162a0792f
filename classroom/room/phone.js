// @ts-check
/** The page of a phone: the question, an answer that can be changed, and how one gets on. */

import { h, write } from "../demos/dom.js";
import { button, graph, tell, worded } from "./page.js";

/** @typedef {import("./page.js").Answer} Answer */
/** @typedef {import("./page.js").Question & {taken: Answer | null, mood: string}} Told */

const PAUSE = 2000, MOODS = { done: "We are done", stuck: "We are stuck" };
/** @type {Record<number, string>} */
const TROUBLE = {
  0: "No connection. What you chose is kept; this page tries again.",
  400: "This page needs cookies, until the browser is closed. Then reload it.",
  503: "The room is full.",
};

/** All that this phone says, again and again, so that nothing is lost with the line.
 * @type {{room: string | null, at: number | null, answer: Answer | null, mood: string}} */
let mine = { room: null, at: null, answer: null, mood: "" };
let turn = 0, waiting = 0, shape = "", refresh = () => {};

const asked = h("h1", {}, "XOR in this room"), place = h("div", { class: "place" });
const status = h("p", { role: "status" }, "Looking for the lesson …");
const moods = h("div", { class: "row", hidden: "" }, ...Object.entries(MOODS).map(([mood, words]) =>
  button(words, () => say({ mood: mine.mood === mood ? "" : mood }))));
document.querySelector("main")?.replaceChildren(asked, place, status, moods);

/** Say something new, or the same as before.
 * @param {Partial<typeof mine>} [news] */
async function say(news = {}) {
  clearTimeout(waiting);
  mine = { ...mine, ...news };
  if ("answer" in news) write(status, "Sending …");
  press();
  const now = ++turn, [told, code] = await tell("/say", mine);
  if (now !== turn) return; // something newer is on its way
  waiting = setTimeout(say, PAUSE);
  if (told) show(told);
  else write(status, TROUBLE[code] ?? TROUBLE[0]);
}

/** Show what is asked, and what has arrived.
 * @param {Told} told */
function show(told) {
  const { room, at, shown, options, truth, taken } = told, now = `${room} ${at} ${shown}`;
  if (room === null) return write(status, "You are in. Wait for the next question.");
  moods.hidden = false;
  if (room !== mine.room || at !== mine.at) mine = { room, at, answer: taken, mood: told.mood };
  if (now !== shape) {
    shape = now;
    write(asked, told.asked);
    place.replaceChildren(...ballot(told));
  }
  const arrived = JSON.stringify(taken) === JSON.stringify(mine.answer);
  const yours = taken === null ? "" : `You: ${worded(taken, options)}. `;
  write(status, truth !== null ? `${yours}Right: ${worded(truth, options)}`
    : mine.answer === null ? "" : arrived ? "Sent. You can change it." : "Sending …");
  press();
}

/** Return what a question is answered with.
 * @param {Told} told */
function ballot({ options, axes, link, shown }) {
  const choices = options.map((words, answer) => button(words, () => say({ answer })));
  for (const choice of choices) choice.disabled = shown;
  const inputs = axes.map(([name, min, max]) => h("input", {
    type: "number", step: "any", required: "", min, max, "aria-label": name,
  }));
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    say({ answer: inputs.map((input) => input.valueAsNumber) });
  };
  const labels = axes.map(([name, least, most], k) =>
    h("label", {}, `${name}, ${least} to ${most}: `, inputs[k]));
  const form = h("form", { class: "row", onsubmit }, ...labels, h("button", {}, "Send"));
  const plane = axes.length === 2 && graph(axes,
    () => (Array.isArray(mine.answer) ? [mine.answer] : []), null,
    (...answer) => say({ answer: answer.map((value) => Number(value.toFixed(3))) }));
  refresh = () => {
    choices.forEach((one, k) => one.setAttribute("aria-pressed", String(mine.answer === k)));
    inputs.forEach((input, k) => {
      if (Array.isArray(mine.answer) && document.activeElement !== input) {
        input.value = String(mine.answer[k]);
      }
    });
    if (plane) plane.update();
  };
  const href = `/demos/index.html${link}`, fields = axes.length && !shown ? [form] : [];
  return [
    ...choices, ...(plane && !shown ? [plane.box] : []), ...fields,
    ...(link.startsWith("#") ? [h("a", { href, target: "_blank" }, "Open the demo")] : []),
  ];
}

/** Show what is chosen. */
function press() {
  [...moods.children].forEach((one, k) =>
    one.setAttribute("aria-pressed", String(mine.mood === Object.keys(MOODS)[k])));
  refresh();
}

say();
