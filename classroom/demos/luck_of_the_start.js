// @ts-check
/** The seed map: three hundred starts, how each one ended, and why. */

import { CIRCLE, Chart } from "./chart.js";
import DATA from "./data.json" with { type: "json" };
import { h, write } from "./dom.js";
import { X, deadUnits, forward, nudged, train } from "./network.js";
import { EPOCHS, SEEDS, startOf } from "./runs.js";
import { Table } from "./table.js";
import { Views } from "./views.js";
import { ROW_NAMES, UNIT_NAMES, fixed, grouped, networkInPython, recipe, recipeOf,
  verdictInWords } from "./words.js";

/** @typedef {import("./panel.js").Axis} Axis
 * @typedef {import("./network.js").Activation} Activation
 * @typedef {{seed: number, activation: Activation, nudge: boolean}} Luck */

const COLUMNS = 20, ROWS = SEEDS / COLUMNS; // of the map
const { OUTCOMES } = DATA;
/** What each outcome means, its sign, and its mark: a path in a square from -1 to 1. */
const MEANINGS = [
  ["all four answers are right", "●", CIRCLE],
  ["two rows with different targets share one answer", "▲", "M0-1L1 .8H-1z"],
  ["three rows share one answer, and one stands out", "✕",
    "M-1-.7l.3-.3L0-.3.7-1l.3.3L.3 0 1 .7l-.3.3L0 .3-.7 1l-.3-.3L-.3 0z"],
  ["all four rows share one answer", "■", "M-.9-.9H.9V.9H-.9z"],
  ["the loss has stopped falling, at none of the usual levels", "◆", "M0-1.1L1.1 0 0 1.1-1.1 0z"],
  [`${grouped(EPOCHS)} epochs were not enough to tell`, "▼", "M0 1L1-.8H-1z"],
  ["the loss is higher than at the start, or not a number", "★",
    "M0-1L.3-.3 1-.3.5.2.7 1 0 .5-.7 1-.5.2-1-.3-.3-.3z"],
];
const SOLVED = 0;
const CREASE = `A nudge adds 10⁻¹² to dead units' biases; then come ${grouped(EPOCHS)} more epochs.
  A dead unit is at a crease if its z at row 00 is exactly 0 and it would lower the loss by firing
  there: training takes the slope of ReLU at 0 to be 0, and does not see that.`;

/** The axes of the map, which has a place for each seed, from the top to the bottom.
 * @type {{x: Axis, y: Axis}} */
const MAP_AXES = {
  x: { least: -0.49, most: COLUMNS - 0.51, ticks: [0, 5, 10, 15].map((k) => [k, `+${k}`]) },
  y: { least: ROWS - 0.51, most: -0.49, ticks: [10, 5, 0].map((k) => [k, String(COLUMNS * k)]) },
};
/** @param {number} seed */
const placeOf = (seed) => [seed % COLUMNS, Math.floor(seed / COLUMNS)];

/** The demo of the seed map.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & Luck>} demo */
export function luckOfTheStart(demo) {
  const map = new Chart(demo, "map", (x, y) =>
    demo.set({ seed: Math.round(x) + COLUMNS * Math.round(y) }));
  const views = new Views(demo, "the end"), levels = new Chart(demo, "levels");
  /** Whether a nudge is asked for, and can do something. */
  const isNudged = () => demo.state.nudge && demo.state.activation === "relu";
  const outcomes = () => DATA.outcomes[isNudged() ? "nudged" : demo.state.activation];
  /** @param {ArrayLike<number>} p */
  const dead = (p) => deadUnits(forward(p, demo.state.activation).z1, demo.state.activation);
  /** @param {ArrayLike<number>} p */
  const trained = (p) => {
    const { activation } = demo.state, { rate } = recipeOf(activation);
    return train(p, { activation, learningRate: rate, epochs: EPOCHS }).parameters;
  };
  /** Return the end, its dead units nudged, if it has such units and a nudge is asked for. */
  const freed = () => {
    const end = isNudged() && trained(startOf(demo.state.seed, "relu"));
    return end && dead(end).length ? nudged(end, "relu") : null;
  };
  /** @type {(words: string, fits: (seed: number) => boolean) => HTMLButtonElement} */
  const jump = (words, fits) => demo.button(words, () => {
    const order = Array.from({ length: SEEDS }, (_, k) => (demo.state.seed + 1 + k) % SEEDS);
    demo.set({ seed: order.find(fits) ?? demo.state.seed });
  });
  const note = h("p", { class: "note" });
  for (const part of ["activation", note, "seed"]) demo.row(part);
  demo.row(jump("Next solved", (seed) => outcomes()[seed] === SOLVED),
    jump("Next not solved", (seed) => outcomes()[seed] !== SOLVED));
  const nudge = demo.button("", () => demo.set({ nudge: !demo.state.nudge }));
  const withDead = jump("Next with a dead unit", (seed) => dead(startOf(seed, "relu")).length > 0);
  const relu = demo.row(withDead, nudge, h("p", { class: "note" }, CREASE));
  /** @param {number} outcome */
  const number = (outcome) => outcomes().filter((one) => one === outcome).length;
  demo.finish(() => String(number(SOLVED)), () => {
    const { rate } = recipeOf(demo.state.activation);
    return networkInPython({ ...demo.state, start: freed(), rate, epoch: EPOCHS });
  });
  const counts = new Table(demo.tables, `${SEEDS} starts`, ["ended", "number", "share"]);
  const units = new Table(demo.tables, "z of the hidden units", ["", ...ROW_NAMES]);

  demo.follow(() => {
    const { seed, activation, hide } = demo.state, start = startOf(seed, activation);
    const { loss, rate } = recipeOf(activation), again = freed(), end = trained(again ?? start);
    const network = views.update(end, activation), how = isNudged() ? ", nudged" : "";
    write(note, `${recipe(activation)}; learning rate: ${rate}`);
    write(nudge, demo.state.nudge ? "Undo the nudge" : "Nudge the dead units");
    relu.hidden = activation !== "relu";
    map.update({
      label: `A map of ${SEEDS} starts${
        hide ? "; how they ended is hidden." : `, each with a mark for how it ended${how}.`}`,
      title: hide ? `how do ${SEEDS} starts end?`
        : how ? `${SEEDS} starts${how}` : `how ${SEEDS} starts ended`,
      ...MAP_AXES, wide: 2.2, rings: [placeOf(seed)], size: hide ? 0.08 : 0.36,
      dots: outcomes().map((outcome, seed) => {
        const [x, y] = placeOf(seed), fill = `var(--${hide ? "soft" : `outcome${outcome}`})`;
        return { x, y, look: "cell", fill, sign: MEANINGS[hide ? SOLVED : outcome][2] };
      }),
    });
    /** @type {[number, string][]} */
    const usual = Object.entries(DATA.LEVELS[loss]).map(([word, level]) =>
      [level, word.replace(" rows", "")]);
    const most = 1.12 * Math.max(...usual.map(([level]) => level));
    const told = usual.map(([level, name]) => `${fixed(level, 4)} (${name})`).join(", ");
    levels.update({
      label: `Its loss, ${fixed(network.loss, 4)}, among the usual levels: ${told}.`,
      title: "its loss", x: { least: 0, most: 1 }, rings: [[0.5, network.loss]],
      y: { least: -0.03 * most, most, ticks: usual }, wide: 5.4,
    });

    const outcome = outcomes()[seed], name = OUTCOMES[outcome];
    const about = aboutUnits(dead(start), dead(end), end, activation);
    write(demo.headline, `Seed ${seed}${again ? ", nudged" : ""}: ${name}. ${
      verdictInWords(network, activation)}. ${about}.`);
    demo.explain(`${MEANINGS[outcome][1]} ${name}: ${MEANINGS[outcome][0]}.`);
    const met = OUTCOMES.map((_, k) => k).filter(number);
    counts.update(hide ? [] : met.map((k) => [
      `${MEANINGS[k][1]} ${OUTCOMES[k]}`, String(number(k)),
      `${Math.round((100 * number(k)) / SEEDS)} %`,
    ]), { marked: met.indexOf(outcome) });
    const both = [forward(start, activation), forward(end, activation)];
    units.update(both.flatMap(({ z1 }, k) => UNIT_NAMES.map((unit, n) =>
      [`${unit} at the ${["start", "end"][k]}`, ...X.map((_, row) => fixed(z1[2 * row + n], 2))])));
  });
}

/** Say which hidden units are dead, since when, and which are at a crease: z is 0 at row 00, whose
 * target is 0, so that a weight below 0 would lower the loss there.
 * @param {number[]} born the units that were dead at the start
 * @param {number[]} dead
 * @param {ArrayLike<number>} p
 * @param {Activation} activation */
function aboutUnits(born, dead, p, activation) {
  if (activation !== "relu") return "Units of this kind cannot die";
  if (!dead.length) return "No unit is dead";
  return dead.map((unit) => {
    const since = born.includes(unit) ? "was dead at the start" : "died on the way";
    const creased = p[4 + unit] === 0 && p[6 + unit] < 0 ? ", and is at a crease" : "";
    return `Unit ${UNIT_NAMES[unit]} ${since}${creased}`;
  }).join(". ");
}
