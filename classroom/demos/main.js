// @ts-check
/** The five demos by name, and the two places where they live: a page of their own, a notebook. */

import { addressOf, h } from "./demo.js";
import { FIELDS as line, drawALine } from "./draw_a_line.js";
import { FIELDS as rates, learningRates } from "./learning_rates.js";
import { FIELDS as luck, luckOfTheStart } from "./luck_of_the_start.js";
import { FIELDS as hand, solveByHand } from "./solve_by_hand.js";
import { FIELDS as film, watchItLearn } from "./watch_it_learn.js";

export const DEMOS = {
  draw_a_line: { title: "Draw a line", open: drawALine, fields: line },
  solve_by_hand: { title: "Solve by hand", open: solveByHand, fields: hand },
  watch_it_learn: { title: "Watch it learn", open: watchItLearn, fields: film },
  learning_rates: { title: "Learning rates", open: learningRates, fields: rates },
  luck_of_the_start: { title: "Luck of the start", open: luckOfTheStart, fields: luck },
};

/** Fill a page with one demo, that of its address, and a list of the five. */
export function openPage() {
  const place = h("main"), states = /** @type {Record<string, any>} */ ({});
  const links = Object.entries(DEMOS).map(([name, { title }]) => h("a", { href: `#demo=${name}` }, title));
  document.body.append(h("header", {}, h("h1", {}, "XOR"), h("nav", { "aria-label": "demos" }, ...links)), place);
  let open = /** @type {{name: string, demo: ReturnType<typeof drawALine>} | null} */ (null);

  function follow() {
    const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    const { demo: asked, ...state } = given;
    const name = /** @type {keyof typeof DEMOS} */ (asked in DEMOS ? asked : "draw_a_line");
    const { title, open: make, fields } = DEMOS[name];
    open?.demo.close();
    const demo = make(place, Object.keys(state).length ? state : states[name], (next) => {
      states[name] = next;
      const address = addressOf(name, next, fields);
      if (open?.demo === demo && location.hash !== address) later(address);
    });
    open = { name, demo };
    if (asked && asked !== name) demo.tell(`There is no demo “${asked}”.`);
    document.title = `${title} · XOR`;
    links.forEach((link, k) => {
      if (Object.keys(DEMOS)[k] === name) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  let waiting = 0;
  function later(address) {
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(null, "", address), 300);
  }
  addEventListener("hashchange", () => {
    clearTimeout(waiting);
    follow();
  });
  follow();
}

/** Draw a demo as a view of an anywidget model; two views of one model show the same.
 * @param {{model: any, el: HTMLElement}} view */
export function render({ model, el }) {
  const name = /** @type {keyof typeof DEMOS} */ (model.get("name"));
  let saving = 0;
  const demo = DEMOS[name].open(el, model.get("state"), (state, shown) => {
    model.set("state", state);
    model.set("numbers", shown ?? []);
    clearTimeout(saving);
    saving = setTimeout(() => model.save_changes(), 150);
  });
  const follow = () => {
    const state = model.get("state");
    if (JSON.stringify({ ...demo.state, ...state }) !== JSON.stringify(demo.state)) demo.receive(state);
  };
  model.on("change:state", follow);
  return () => {
    model.off("change:state", follow);
    demo.close();
  };
}

if (document.querySelector("[data-xor-page]")) openPage();
