// @ts-check
/** The teacher's page, which the projector shows: where the lesson is, and what was answered. */

import { h, write } from "../demos/dom.js";
import { button, graph, tell } from "./page.js";

/** @typedef {import("./page.js").Answer} Answer */
/** @typedef {import("./page.js").Question & {address: string, stops: number, phones: number,
 *   answered: number, done: number, stuck: number, counts: [Answer, number][]}} Told */

const PAUSE = 1000;

// The token leaves the address, which the projector shows, and stays in this tab.
history.replaceState(location.hash.slice(1) || history.state, "", location.pathname);

let turn = 0, waiting = 0, shape = "";
/** @type {Told | undefined} */
let told;

const about = h("p", { class: "note" }), asked = h("h1"), address = h("figcaption");
const code = h("img", { src: "/code.svg", alt: "QR code of the phones' address" });
const results = h("div", { class: "results", role: "status" }), moods = h("p"), answered = h("p");
const back = button("← Back", () => step(-1)), next = button("Next →", () => step(1));
const show = button("", () => told?.room && move(told.at, !told.shown));
document.querySelector("main")?.replaceChildren(
  h("header", {}, h("div", {}, about, asked), h("figure", {}, code, address)), results,
  h("footer", {}, answered, moods, h("div", { class: "row" }, back, next, show)));

/** Go to a question, and show its answers, or not yet.
 * @param {number} at */
const move = (at, shown = false) => look({ room: told?.room ?? null, at, shown });

/** Go on, or back; at first begin.
 * @param {number} by */
function step(by) {
  const at = told?.room ? told.at + by : 0;
  if (at >= 0 && at < (told?.stops ?? 1)) move(at);
}

/** Ask how it stands, or where to go before.
 * @param {{room: string | null, at: number, shown: boolean}} [move] */
async function look(move) {
  clearTimeout(waiting);
  const now = ++turn;
  const [reply, code] = await tell("/go", { token: history.state, move });
  if (now !== turn) return;
  waiting = setTimeout(look, PAUSE);
  if (!reply) {
    write(about, code === 403 ? "Open this page by its whole address, which the terminal shows."
      : "The server does not answer. Start it again as the terminal says, and leave this open.");
  } else if (!reply.room && told?.room) {
    look({ room: told.room, at: told.at, shown: told.shown }); // it was started again
  } else draw(told = reply);
}

/** Show how it stands.
 * @param {Told} told */
function draw(told) {
  const { room, at, shown, options, axes, truth, phones, done, stuck, counts } = told;
  document.body.classList.toggle("begun", room !== null);
  write(address, told.address);
  back.hidden = show.hidden = room === null;
  if (room === null) return write(asked, "Open this on your phone. It asks for no name.");
  show.hidden = !options.length && !axes.length;
  write(about, `Minutes ${told.minutes}, question ${at + 1} of ${told.stops}`);
  write(asked, told.asked);
  write(show, shown ? "Hide the answers (Enter)" : "Show the answers (Enter)");
  write(answered, `${show.hidden ? "" : `${told.answered} answers, `}${phones} phones`);
  const rest = "·".repeat(Math.max(0, phones - done - stuck));
  write(moods, `${done} done, ${stuck} stuck: ${"✓".repeat(done)}${"?".repeat(stuck)}${rest}`);
  const now = JSON.stringify([room, at, shown, counts]);
  if (now === shape) return;
  shape = now;
  const all = counts.flatMap(([answer, number]) =>
    Array.from({ length: number }, () => /** @type {number[]} */ (answer)));
  results.replaceChildren(...(axes.length && shown ? [graph(axes, () => all, truth).box]
    : options.map((words, k) => {
      const number = counts.find(([answer]) => answer === k)?.[1] ?? 0, right = truth === k;
      const item = h("p", { class: `option ${right ? "right" : ""}` }, h("span", {}, words));
      if (shown) item.append(h("b", {}, `${right ? "✓ " : ""}${number}`));
      item.style.setProperty("--share", String(number / Math.max(1, told.answered)));
      return item;
    })));
}

document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey) return;
  if (key === "ArrowRight" || key === "PageDown") step(1);
  if (key === "ArrowLeft" || key === "PageUp") step(-1);
  if (key === "Enter" && !(target instanceof HTMLButtonElement) && !show.hidden) show.click();
});
look();
