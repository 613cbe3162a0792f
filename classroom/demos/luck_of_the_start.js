// @ts-check
/** The seed map: three hundred starts, how each one ended, and why. */

import { Chart } from "./chart.js";
import { Demo } from "./demo.js";
import { Diagram } from "./diagram.js";
import { deadUnits, forward, train } from "./network.js";
import { ROW_NAMES } from "./plane.js";
import { EPOCHS, SEEDS, STARTS, startOf } from "./runs.js";
import { flag, number, oneOf } from "./state.js";
import { Panel, fixed, set, svg } from "./svg.js";
import { Table } from "./table.js";
import { ACTIVATION_NAMES, Answers, Planes } from "./views.js";
import { fates } from "./why.js";
import { lossName, networkInPython, verdictInWords } from "./words.js";

const COLUMNS = 20, ROWS = SEEDS / COLUMNS; // of the map
const RATE = { sigmoid: 0.1, relu: 0.3, leaky_relu: 0.3 }; // as in the notebooks
const ENTROPY = Math.log(3) - (2 / 3) * Math.LN2; // of 1/3
const LEVELS = {
  cross_entropy: [[0, "solved"], [Math.LN2 / 2, "two alike"], [0.75 * ENTROPY, "three"],
    [Math.LN2, "all alike"]],
  squared_error: [[0, "solved"], [1 / 8, "two alike"], [1 / 6, "three"], [1 / 4, "all alike"]],
};
/** What each outcome means, its sign, and its mark: a path in a square from -1 to 1. They are in
 * the order of OUTCOMES. */
const OUTCOMES = [
  ["all four rows are told apart", "●", "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0-2 0z"],
  ["two rows with different targets share one answer, 1/2", "▲", "M0-1L1 .8H-1z"],
  ["three rows share one answer, 1/3 or 2/3, and one stands out", "✕",
    "M-1-.7l.3-.3L0-.3.7-1l.3.3L.3 0 1 .7l-.3.3L0 .3-.7 1l-.3-.3L-.3 0z"],
  ["the network tells nothing apart and answers 1/2 to everything", "■", "M-.9-.9H.9V.9H-.9z"],
  ["the loss has stopped falling, at none of the usual levels", "◆", "M0-1.1L1.1 0 0 1.1-1.1 0z"],
  ["10,000 epochs were not enough to tell", "▼", "M0 1L1-.8H-1z"],
  ["the loss is higher than at the start, or not a number", "★",
    "M0-1L.3-.3 1-.3.5.2.7 1 0 .5-.7 1-.5.2-1-.3-.3-.3z"],
];
const SOLVED = 0;

const FIELDS = {
  activation: oneOf(Object.keys(ACTIVATION_NAMES), "relu"),
  seed: number(3, 0, SEEDS - 1, true),
  hide: flag,
  guess: number(null, 0, SEEDS, true),
};

/** The map: a cell for each seed, with the mark of how its run ended. */
class SeedMap extends Panel {
  constructor(demo) {
    super(demo, "map");
    this.title = this.draw("text", "title");
    this.cells = this.draw("g");
    this.ring = this.draw("rect", "ring");
    this.left = this.top = this.side = 0;
    this.whenClicked((x, y) => {
      const column = Math.floor((x - this.left) / this.side);
      const row = Math.floor((y - this.top) / this.side);
      const inside = column >= 0 && column < COLUMNS && row >= 0 && row < ROWS;
      if (inside) demo.set({ seed: row * COLUMNS + column });
    });
  }

  /** Show outcomes, or dots where they are hidden, and ring a seed. */
  update(outcomes, seed, hide) {
    if (!this.width) return;
    const { em } = this, left = 2.2 * em, top = 1.5 * em;
    const side = Math.min((this.width - left - 4) / COLUMNS, (this.height - top - 1.6 * em) / ROWS);
    Object.assign(this, { left, top, side });
    const middle = (k) =>
      [left + ((k % COLUMNS) + 0.5) * side, top + (Math.floor(k / COLUMNS) + 0.5) * side];
    const key = `${outcomes.join("")} ${hide} ${left} ${side}`;
    if (key !== this.key) {
      this.key = key;
      const text = (look, x, y, words) => svg("text", { class: look, x, y }, words);
      const under = top + ROWS * side + 1.1 * em;
      this.cells.replaceChildren(
        ...[0, 5, 10, 15].map((k) => text("tick", middle(k)[0], under, `+${k}`)),
        ...[0, 100, 200].map((k) =>
          text("tick end", left - 0.3 * em, middle(k)[1] + 0.35 * em, String(k))),
        ...outcomes.map((outcome, k) => {
          const [x, y] = middle(k).map((pixel) => pixel.toFixed(1));
          const size = (hide ? 0.08 : 0.36) * side;
          return svg("path", {
            class: hide ? "cell" : `cell outcome${outcome}`,
            d: OUTCOMES[hide ? SOLVED : outcome][2],
            transform: `translate(${x} ${y}) scale(${size.toFixed(2)})`,
          });
        }),
      );
    }
    const title = hide ? "how do 300 starts end?" : "how 300 starts ended";
    set(this.title, { x: left + (COLUMNS * side) / 2, y: em }, title);
    const [x, y] = middle(seed);
    set(this.ring, { x: x - side / 2, y: y - side / 2, width: side, height: side });
    this.name(hide ? "A map of 300 starts; how they ended is hidden."
      : "A map of 300 starts, each with a mark for how it ended.");
  }
}

export function luckOfTheStart(element, state, changed) {
  const demo = new Demo(element, "luck_of_the_start", FIELDS, state, changed);
  const map = new SeedMap(demo), planes = new Planes(demo, "the end");
  const diagram = new Diagram(demo), levels = new Chart(demo, "levels");
  const outcomes = () => STARTS.outcomes[demo.state.activation];
  const dead = (p) => deadUnits(forward(p, demo.state.activation).z1, demo.state.activation);
  const jump = (text, fits) => demo.button(text, () => {
    const order = Array.from({ length: SEEDS }, (_, k) => (demo.state.seed + 1 + k) % SEEDS);
    demo.set({ seed: order.find(fits) ?? demo.state.seed });
  });
  demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  demo.row(demo.number("seed", "seed", { least: 0, most: SEEDS - 1 }));
  const fits = (seed) => dead(startOf(seed, demo.state.activation)).length > 0;
  const withDead = jump("Next with a dead unit", fits);
  const solved = jump("Next solved", (seed) => outcomes()[seed] === SOLVED);
  demo.row(solved, jump("Next not solved", (seed) => outcomes()[seed] !== SOLVED), withDead);
  const truth = () => String(outcomes().filter((outcome) => outcome === SOLVED).length);
  const python = () => {
    const { seed, activation } = demo.state;
    return networkInPython({ seed, activation, rate: RATE[activation], epoch: EPOCHS });
  };
  demo.finish("starts that are solved, of 300", truth, python);
  const answers = new Answers(demo);
  const counts = new Table(demo, "300 starts", ["ended", "number", "share"]);
  const units = new Table(demo, "z of the hidden units", ["", ...ROW_NAMES]);

  demo.paint = () => {
    const { seed, activation, hide } = demo.state, start = startOf(seed, activation);
    const options = { activation, learningRate: RATE[activation], epochs: EPOCHS };
    const p = [...train(start, options).parameters], network = planes.update(p, activation);
    map.update(outcomes(), seed, hide);
    diagram.update(p, fates(network, activation));
    answers.update(network.a2);
    withDead.disabled = activation !== "relu"; // no other unit can die
    drawLevels(levels, LEVELS[lossName(activation)], network.loss);

    const outcome = outcomes()[seed], name = STARTS.OUTCOMES[outcome];
    const words = verdictInWords(network, activation);
    const about = aboutUnits(dead(start), dead(p), activation);
    demo.headline.textContent = `Seed ${seed}: ${name}. ${words}. ${about}.`;
    demo.explain(`${OUTCOMES[outcome][1]} ${name}: ${OUTCOMES[outcome][0]}.`);
    const rows = STARTS.OUTCOMES.map((text, k) => {
      const number = outcomes().filter((one) => one === k).length;
      const share = Math.round((100 * number) / SEEDS);
      return [`${OUTCOMES[k][1]} ${text}`, String(number), `${share} %`];
    });
    const met = rows.filter(([, number]) => number !== "0");
    counts.update(hide ? [] : met, { marked: met.findIndex(([text]) => text.endsWith(name)) });
    const both = [forward(start, activation), forward(p, activation)];
    units.update(both.flatMap(({ z1 }, k) => [0, 1].map((unit) => {
      const z = ROW_NAMES.map((_, row) => fixed(z1[2 * row + unit], 2));
      return [`h${"₁₂"[unit]} at the ${["start", "end"][k]}`, ...z];
    })));
    demo.shown = p;
  };
  return demo;
}

/** Draw the usual levels of the loss, and ring the present one. */
function drawLevels(chart, levels, loss) {
  const most = 1.12 * levels[3][0];
  chart.update(`${most}`, {
    title: "its loss", levels, x: { least: 0, most: 1, ticks: [] },
    y: { least: -0.03 * most, most, ticks: [], wide: 4.6 },
  });
  chart.point([[0.5, loss]]);
  const told = levels.map(([level, name]) => `${fixed(level, 4)} (${name})`).join(", ");
  chart.name(`Its loss, ${fixed(loss, 4)}, among the usual levels: ${told}.`);
}

/** Say which hidden units are dead, and since when. */
function aboutUnits(born, dead, activation) {
  if (activation !== "relu") return "Units of this kind cannot die";
  if (!dead.length) return "No unit is dead";
  if (dead.length === 2 && !born.length) return "Both hidden units died on the way";
  const fate = (unit) => (born.includes(unit) ? "was dead at the start" : "died on the way");
  return dead.map((unit) => `Unit h${"₁₂"[unit]} ${fate(unit)}`).join(". ");
}
