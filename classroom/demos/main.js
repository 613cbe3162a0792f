// @ts-check
/** The seven demos by name, and the two places where they live: a page of their own, a notebook.
 *
 * Read first network.js (the formulas) and runs.js (training, kept epoch by epoch); then state.js
 * and demo.js (a state, and the controls that set it); then panel.js and what is drawn on one:
 * plane.js, chart.js, diagram.js, which views.js joins; then a demo, such as draw_a_line.js. */

import { Demo } from "./demo.js";
import { h } from "./dom.js";
import { drawALine } from "./draw_a_line.js";
import { followTheDelta } from "./follow_the_delta.js";
import { learningRates } from "./learning_rates.js";
import { luckOfTheStart } from "./luck_of_the_start.js";
import { solveByHand } from "./solve_by_hand.js";
import { addressOf, readAddress } from "./state.js";
import { watchItLearn } from "./watch_it_learn.js";
import { whatDoYouSee } from "./what_do_you_see.js";
import { shown } from "./words.js";

/** @typedef {import("./demo.js").Open} Open
 * @typedef {import("./state.js").DemoState} DemoState */

/** What of an anywidget model is used here.
 * @typedef {{get(key: "name"): string, get(key: "state"): Record<string, unknown>,
 *   set(changes: {state: DemoState, numbers: number[]}): void, save_changes(): void,
 *   on(event: string, follow: () => void): void, off(event: string, follow: () => void): void}}
 *   Model */

/** Return a demo's title, and what opens it.
 * @type {(name: string, title: string, fill: (demo: Demo<any>) => void) =>
 *   [string, {title: string, open: Open}]} */
const named = (name, title, fill) => [name, { title, open(...where) {
  const demo = new Demo(name, ...where);
  fill(demo);
  return demo;
} }];
export const DEMOS = Object.fromEntries([
  named("draw_a_line", "Draw a line", drawALine),
  named("solve_by_hand", "Solve by hand", solveByHand),
  named("follow_the_delta", "Follow the delta", followTheDelta),
  named("watch_it_learn", "Watch it learn", watchItLearn),
  named("learning_rates", "Learning rates", learningRates),
  named("luck_of_the_start", "Luck of the start", luckOfTheStart),
  named("what_do_you_see", "What do you see?", whatDoYouSee),
]);

/** A demo's address behind the page's, for pages that mount a demo themselves. */
export const linkTo = addressOf;

/** Fill a page with one demo, that of its address, and a list of the seven. */
function openPage() {
  const place = h("main"), states = /** @type {Record<string, DemoState>} */ ({});
  const links = Object.entries(DEMOS).map(([name, { title }]) =>
    h("a", { href: `#demo=${name}` }, title));
  const list = h("nav", { "aria-label": "demos" }, ...links);
  document.body.append(h("header", {}, h("h1", {}, "XOR"), list), place);
  let demo = /** @type {ReturnType<Open> | null} */ (null);

  function follow() {
    const { demo: asked = "", ...given } = readAddress(location.hash);
    const name = Object.hasOwn(DEMOS, asked) ? asked : "draw_a_line";
    demo?.close();
    // What is opened without a state keeps what it was, and the answers hidden.
    const kept = states[name], hide = Boolean(demo?.state.hide || kept?.hide);
    const state = Object.keys(given).length ? given : { ...kept, hide };
    demo = DEMOS[name].open(place, state, (next, _, resting) => {
      states[name] = next;
      if (resting) history.replaceState(null, "", addressOf(name, next));
    });
    if (asked && asked !== name) demo.tell(`There is no demo ${shown(asked)}.`);
    document.title = `${DEMOS[name].title} · XOR`;
    for (const link of links) link.ariaCurrent = link.hash === `#demo=${name}` ? "page" : null;
  }
  addEventListener("hashchange", follow);
  follow();
}

/** Draw a demo as a view of an anywidget model; two views of one model show the same.
 * @param {{model: Model, el: HTMLElement}} view */
export function render({ model, el }) {
  const { open } = DEMOS[model.get("name")];
  const demo = open(el, model.get("state"), (state, numbers, resting) => {
    model.set({ state, numbers });
    if (resting) model.save_changes();
  });
  const follow = () => {
    const next = { ...demo.state, ...model.get("state") };
    if (JSON.stringify(next) !== JSON.stringify(demo.state)) demo.receive(model.get("state"));
  };
  model.on("change:state", follow);
  return () => {
    model.off("change:state", follow);
    demo.close();
  };
}

if (document.documentElement.matches("[data-xor-page]")) openPage();
