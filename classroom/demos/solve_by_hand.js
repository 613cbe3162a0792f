// @ts-check
/** The 2-2-1 network by hand: nine numbers, and everything they move. */

import { Demo } from "./demo.js";
import { train } from "./network.js";
import { EPOCHS, startOf } from "./runs.js";
import { count, flag, nine, oneOf, steps, word } from "./state.js";
import { Views } from "./views.js";
import { NAMES, NumberTables } from "./why.js";
import { ACTIVATION_NAMES, networkInPython, shrunk, verdictInWords } from "./words.js";

const BY_UNIT = [0, 2, 4, 1, 3, 5, 6, 7, 8]; // the order of the sliders
const REACH = 20; // of a slider to both sides

/** A network to begin with.
 * @typedef {{parameters: number[], activation: import("./network.js").Activation}} Preset */

/** Each preset's nine numbers and activation. The ReLU solution is that of Goodfellow, Bengio and
 * Courville, "Deep Learning", section 6.1; here the output has a sigmoid, which is above 1/2 only
 * where z is above 0. So the output's weights are multiplied by 10, and its bias is -5.
 * @type {Record<string, Preset>} */
const PRESETS = {
  "Half done: OR": { parameters: [10, 0, 10, 0, -5, 0, 10, 0, -5], activation: "sigmoid" },
  "All zero": { parameters: [0, 0, 0, 0, 0, 0, 0, 0, 0], activation: "sigmoid" },
  "OR and AND": { parameters: [10, 10, 10, 10, -5, -15, 10, -10, -5], activation: "sigmoid" },
  "ReLU solution": { parameters: [1, 1, 1, 1, 0, -1, 10, -20, -5], activation: "relu" },
};

const FIELDS = {
  parameters: nine(PRESETS["Half done: OR"].parameters, NAMES, steps(-REACH, REACH, 0.1)),
  activation: oneOf("hidden units", ACTIVATION_NAMES),
  only: oneOf("", { "": "all", sigmoid: "sigmoid" }), // for readers who have met no others yet
  hide: flag,
  guess: count("rows right", null, 0, 4),
  why: word,
};

/** The demo of the nine numbers set by hand.
 * @type {import("./demo.js").Open} */
export function solveByHand(element, state, changed) {
  const demo = new Demo(element, "solve_by_hand", FIELDS, state, changed);
  const { parameters, activation, only } = demo.state;
  /** @type {import("./plane.js").Drag} */
  const drag = (unit, w, b) => {
    const [w1, w2, bias] = shrunk([...w, b], [REACH, REACH, REACH]), { parameters } = demo.state;
    if (!w1 && !w2) return;
    demo.set({ parameters: parameters.with(unit, w1).with(2 + unit, w2).with(4 + unit, bias) });
  };
  const hint = "Drag a line, or turn it by its ends. ";
  const numbers = new NumberTables(demo, { guarded: true, hint });
  const views = new Views(demo, "inputs", { drag, numbers });

  /** @returns {Preset} */
  const trained = () => {
    const { parameters } = train(startOf(42, "sigmoid"), { learningRate: 0.1, epochs: EPOCHS });
    return { parameters: [...parameters], activation: "sigmoid" };
  };
  /** @type {Record<string, Preset | null>} */
  const presets = { ...PRESETS, Trained: null, Start: { parameters, activation } };
  const offered = Object.entries(presets).filter(([, set]) => !only || set?.activation !== "relu");
  demo.row(...offered.map(([name, set]) =>
    demo.button(name, () => demo.set({ ...(set ?? trained()), why: "" }))));
  if (!only) demo.row("activation");
  demo.row(...BY_UNIT.map((place) => demo.number("parameters", place))).className = "nine";
  let right = 0;
  const python = () => networkInPython({ ...demo.state, start: demo.state.parameters });
  demo.finish(() => String(right), python);

  demo.follow(() => {
    const { parameters, activation, hide } = demo.state;
    const network = views.update(parameters, activation, { answers: !hide, separable: !hide });
    const dead = network.fates.filter((fate) => fate === "dead").length;
    const words = `${verdictInWords(network, activation)}; hidden points ${
      network.apart ? "" : "not "}separable.${dead ? ` ${dead} of 2 hidden units dead.` : ""}`;
    demo.headline.textContent = hide ? "The answers are hidden: how many rows are right?" : words;
    right = network.right;
  });
  return demo;
}
