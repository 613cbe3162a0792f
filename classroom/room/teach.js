// @ts-check
/** The teacher's page, which the projector shows: where the lesson is, and what was answered. */

import { h, write } from "../demos/dom.js";
import { graph, talk } from "./page.js";

/** @typedef {import("./page.js").Question & {address: string, code: string, stops: number,
 *   phones: number, answered: number, done: number, stuck: number,
 *   counts: import("./page.js").Counts}} Told */
/** @typedef {Pick<Told, "room" | "at" | "shown">} Place */

const TROUBLE = [
  "The server does not answer. Start it again as the terminal says, and leave this page open.",
  "Open this page by its whole address, which the terminal shows.",
];

// The token leaves the address, which the projector shows, and stays in this tab.
history.replaceState(location.hash.slice(1) || history.state, "", location.pathname);

/** @type {Place & {stops: number}} where the lesson is */
let place = { room: null, at: -1, shown: false, stops: 1 };
let shape = "";

/** @type {(id: string) => HTMLElement} */
const named = (id) => document.getElementById(id) ?? document.body;
const about = named("about"), asked = named("asked"), people = named("people");
const back = named("back"), next = named("next"), show = named("show");
back.onclick = () => go(place.at - 1);
next.onclick = () => go(place.at + 1);
show.onclick = () => go(place.at, !place.shown);

const look = talk("/go", 1000, (/** @type {Place | undefined} */ move) => ({ token: history.state, move }),
  draw, (status) => write(about, TROUBLE[Number(status === 403)]));

/** Go to a question, and show its answers, or not yet.
 * @param {number} at */
function go(at, shown = false) {
  if (at >= 0 && at < place.stops) look({ room: place.room, at, shown });
}

/** Show how it stands.
 * @param {Told} told */
function draw(told) {
  const { room, at, shown, options, axes, truth, phones, done, stuck, counts } = told;
  write(named("address"), told.address);
  named("code").setAttribute("src", told.code);
  document.body.classList.toggle("begun", room !== null);
  if (room === null && place.room) return go(place.at); // started again: phones answer again
  back.hidden = show.hidden = room === null;
  if (room === null) return write(asked, "Open this on your phone. It asks for no name.");
  place = told;
  show.hidden = !options.length && !axes.length;
  write(about, `Minutes ${told.minutes}, question ${at + 1} of ${told.stops}`);
  write(asked, told.asked);
  write(show, shown ? "Hide the answers (S)" : "Show the answers (S)");
  const row = "✓".repeat(done) + "?".repeat(stuck) + "·".repeat(Math.max(0, phones - done - stuck));
  write(people, `${told.answered} of ${phones} answered, ${done} done, ${stuck} stuck: ${row}`);
  const now = JSON.stringify([room, at, shown, counts]);
  if (now === shape) return;
  shape = now;
  named("results").replaceChildren(...(axes.length && shown ? [graph(axes, () => counts, truth).box]
    : options.map((words, k) => {
      const number = counts.find(([answer]) => answer === k)?.[1] ?? 0, right = truth === k;
      const option = h("p", { class: right ? "option right" : "option" }, words);
      if (shown) option.append(h("b", {}, `${right ? "✓ " : ""}${number}`));
      option.style.setProperty("--share", String(number / Math.max(1, told.answered)));
      return option;
    })));
}

/** @type {Record<string, HTMLElement>} */
const KEYS = { ArrowRight: next, PageDown: next, ArrowLeft: back, PageUp: back, s: show, b: show };
document.addEventListener("keydown", ({ key, ctrlKey, metaKey, altKey }) => {
  if (!(ctrlKey || metaKey || altKey) && Object.hasOwn(KEYS, key)) KEYS[key].click();
});
look();
