// @ts-check
/** The seed map: three hundred starts, how each one ended, and why. */

import { Demo, Table, flag, number, oneOf, verdictInWords } from "./demo.js";
import { deadUnits, forward, lossName } from "./network.js";
import { Chart, Diagram, Panel, ROW_NAMES, fixed, set, svg } from "./picture.js";
import { EPOCHS, SEEDS, STARTS, networkAt, record, runInPython, startOf } from "./runs.js";
import { ACTIVATION_NAMES, Planes, answerRows, answersTable, nameDiagram } from "./views.js";
import { fates } from "./why.js";

/** @typedef {import("./network.js").ActivationName} ActivationName */

const COLUMNS = 20; // of the map
const RATE = { sigmoid: 0.1, relu: 0.3, leaky_relu: 0.3 }; // as in the notebooks
const THIRD = Math.log(3) - (2 / 3) * Math.log(2); // the entropy of 1/3
const LEVELS = {
  cross_entropy: { solved: 0, "two alike": Math.LN2 / 2, "three": 0.75 * THIRD, "all alike": Math.LN2 },
  squared_error: { solved: 0, "two alike": 1 / 8, "three": 1 / 6, "all alike": 1 / 4 },
};
const MEANING = {
  solved: "all four rows are told apart",
  "two rows alike": "two rows with different targets share one answer, 1/2",
  "three rows alike": "three rows share one answer, 1/3 or 2/3, and one stands out",
  "all rows alike": "the network tells nothing apart and answers 1/2 to everything",
  "at rest elsewhere": "the loss has stopped falling, at none of the usual levels",
  "still moving": "10,000 epochs were not enough to tell",
  diverged: "the loss is higher than at the start, or not a number",
};
/** Each outcome's mark, in the order of OUTCOMES: a path in a square from -1 to 1, and its sign. */
const MARKS = [
  ["M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z", "●"],
  ["M0-1L1 .8H-1z", "▲"],
  ["M-1-.7l.3-.3L0-.3.7-1l.3.3L.3 0 1 .7l-.3.3L0 .3-.7 1l-.3-.3L-.3 0z", "✕"],
  ["M-.9-.9H.9V.9H-.9z", "■"],
  ["M0-1.1L1.1 0 0 1.1-1.1 0z", "◆"],
  ["M0 1L1-.8H-1z", "▼"],
  ["M0-1L.3-.3 1-.3.5.2.7 1 0 .5-.7 1-.5.2-1-.3-.3-.3z", "★"],
];

export const FIELDS = {
  activation: { ...oneOf(...Object.keys(ACTIVATION_NAMES)), start: "relu" },
  seed: number(3, 0, SEEDS - 1, true),
  hide: flag,
  guess: number(null, 0, SEEDS, true),
};

/** The map: a cell for each seed, with the mark of how its run ended. */
class SeedMap extends Panel {
  constructor(demo) {
    super(demo, "map");
    this.title = this.draw("text", { class: "title" });
    this.cells = this.draw("g");
    this.ring = this.draw("rect", { class: "ring" });
    this.key = "";
    this.svg.classList.add("clickable");
    this.svg.addEventListener("click", (event) => {
      const box = this.svg.getBoundingClientRect();
      const column = Math.floor((event.clientX - box.left - this.left) / this.side);
      const row = Math.floor((event.clientY - box.top - this.top) / this.side);
      const inside = column >= 0 && column < COLUMNS && row >= 0 && row < SEEDS / COLUMNS;
      if (inside) demo.set({ seed: row * COLUMNS + column });
    });
  }

  /** Show outcomes, and ring a seed; hidden outcomes are dots.
   * @param {number[]} outcomes
   * @param {number} seed
   * @param {boolean} hide
   * @param {string} title */
  update(outcomes, seed, hide, title) {
    if (!this.width) return; // not to be seen
    const { em } = this, rows = SEEDS / COLUMNS;
    this.left = 2.2 * em;
    this.top = 1.5 * em;
    this.side = Math.min((this.width - this.left - 4) / COLUMNS, (this.height - this.top - 1.6 * em) / rows);
    const { left, top, side } = this;
    const middle = (k) => [left + ((k % COLUMNS) + 0.5) * side, top + (Math.floor(k / COLUMNS) + 0.5) * side];
    const key = `${outcomes.join("")} ${hide} ${side}`;
    if (key !== this.key) {
      this.key = key;
      const ticks = [0, 5, 10, 15].map((k) => svg("text", { class: "tick", x: middle(k)[0], y: top + rows * side + 1.1 * em }, `+${k}`));
      const lines = [0, 100, 200].map((k) => svg("text", { class: "tick end", x: left - 0.3 * em, y: middle(k)[1] + 0.35 * em }, String(k)));
      this.cells.replaceChildren(...ticks, ...lines, ...outcomes.map((outcome, k) => {
        const [x, y] = middle(k), size = (hide ? 0.08 : 0.36) * side;
        return svg("path", {
          class: hide ? "cell" : `cell outcome${outcome}`, d: MARKS[hide ? 0 : outcome][0],
          transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size.toFixed(2)})`,
        });
      }));
    }
    set(this.title, { x: left + (COLUMNS * side) / 2, y: em }, title);
    const [x, y] = middle(seed);
    set(this.ring, { x: x - side / 2, y: y - side / 2, width: side, height: side });
  }
}

/** The demo of 300 starts as a map, to be looked into one by one.
 * @param {HTMLElement} element
 * @param {Record<string, any>} [state]
 * @param {(state: Record<string, any>, shown: number[] | null) => void} [changed] */
export function luckOfTheStart(element, state = {}, changed = () => {}) {
  const demo = new Demo(element, "luck_of_the_start", FIELDS, state, changed);
  const map = new SeedMap(demo), planes = new Planes(demo, "the end");
  const diagram = new Diagram(demo), levels = new Chart(demo, "levels");
  const kind = () => /** @type {ActivationName} */ (demo.state.activation);
  const outcomes = () => STARTS.outcomes[kind()];
  const dead = (p) => deadUnits(forward(p, kind()).z1, kind());
  const jump = (text, fits) =>
    demo.button(text, () => {
      const order = Array.from({ length: SEEDS }, (_, k) => (demo.state.seed + 1 + k) % SEEDS);
      const seed = order.find(fits);
      if (seed !== undefined) demo.set({ seed });
    });
  demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  demo.row(demo.number("seed", "seed", { least: 0, most: SEEDS - 1, step: 1 }));
  const withDead = jump("Next with a dead unit", (seed) => dead(startOf(seed, kind())).length > 0);
  demo.row(jump("Next solved", (seed) => outcomes()[seed] === 0),
    jump("Next not solved", (seed) => outcomes()[seed] !== 0), withDead);
  demo.finish("starts that are solved, of 300", () => `${outcomes().filter((outcome) => outcome === 0).length}`,
    () => runInPython({ seed: demo.state.seed, activation: kind(), rate: RATE[kind()], epoch: EPOCHS }));
  const answers = answersTable(demo);
  const counts = new Table(demo, "300 starts", ["ended", "number", "share"]);
  const units = new Table(demo, "z of the hidden units", ["", ...ROW_NAMES]);

  demo.paint = () => {
    const { seed, hide } = demo.state, activation = kind(), start = startOf(seed, activation);
    const p = networkAt(record(start, activation, RATE[activation]), EPOCHS);
    const network = planes.update(p, activation), outcome = outcomes()[seed], name = STARTS.OUTCOMES[outcome];
    withDead.disabled = activation !== "relu"; // no other unit can die
    map.update(outcomes(), seed, hide, hide ? "how do 300 starts end?" : "how 300 starts ended");
    map.name(hide ? "A map of 300 starts; how they ended is hidden." : "A map of 300 starts, each with a mark for how it ended.");
    const said = fates(network, activation);
    diagram.update(p, { fates: said });
    nameDiagram(diagram, said);
    const known = Object.entries(LEVELS[lossName(activation)]), top = 1.12 * known[3][1];
    levels.update(activation, {
      title: "its loss", x: { least: 0, most: 1, ticks: [] },
      y: { least: -0.03 * top, most: top, ticks: [], wide: 4.6 }, levels: known.map(([text, y]) => ({ y, text })),
    });
    levels.point([[0.5, network.loss]]);
    levels.name(`Its loss, ${fixed(network.loss, 4)}, among the levels ${known.map(([text, y]) => `${fixed(y, 4)} (${text})`).join(", ")}.`);

    const born = dead(start), now = dead(p);
    const unit = (k) => `unit h${"₁₂"[k]} ${born.includes(k) ? "was dead at the start" : "died on the way"}`;
    const about = activation !== "relu" ? "Units of this kind cannot die"
      : now.length === 2 && !born.length ? "Both hidden units died on the way" : now.length ? now.map(unit).join(" and ").replace(/^u/, "U") : "No unit is dead";
    demo.headline.textContent = `Seed ${seed}: ${name}. ${verdictInWords(network, activation, network.right)}. ${about}.`;
    const meaning = MEANING[/** @type {keyof typeof MEANING} */ (name)];
    demo.why.textContent = `${MARKS[outcome][1]} ${name}: ${meaning}.`;
    answers.update(answerRows(network.a2));
    counts.update(hide ? [] : STARTS.OUTCOMES.flatMap((text, k) => {
      const number = outcomes().filter((one) => one === k).length;
      return number ? [[`${MARKS[k][1]} ${text}`, String(number), `${Math.round(number / 3)} %`]] : [];
    }));
    const z = (from, k) => {
      const { z1 } = forward(from, activation);
      return ROW_NAMES.map((_, row) => fixed(z1[2 * row + k], 2));
    };
    units.update(/** @type {[string, ArrayLike<number>][]} */ ([["start", start], ["end", p]]).flatMap(([when, from]) =>
      [0, 1].map((k) => [`h${"₁₂"[k]} at the ${when}`, ...z(from, k)])));
    demo.shown = [...p];
  };
  return demo;
}
