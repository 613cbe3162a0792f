// @ts-check
/** The 2-2-1 network by hand: nine numbers, and everything they move. */

import { startOf, trainedOn } from "./runs.js";
import SCHEMA from "./schema.json" with { type: "json" };
import { Views } from "./views.js";
import { NumberTables } from "./why.js";
import { networkInPython, recipeOf, shrunk, verdictInWords } from "./words.js";

const BY_UNIT = [0, 2, 4, 1, 3, 5, 6, 7, 8]; // the order of the sliders
const REACH = SCHEMA.demos.solve_by_hand.parameters.typed.reach; // of a slider to both sides

/** A network to begin with.
 * @typedef {{parameters: number[], activation: import("./network.js").Activation}} Preset */

/** @typedef {Preset & {only: "" | "sigmoid", why: string}} ByHand */

/** Each preset's nine numbers and activation. The ReLU solution is that of Goodfellow, Bengio and
 * Courville, "Deep Learning", section 6.1; here the output has a sigmoid, which is above 1/2 only
 * where z is above 0. So the output's weights are multiplied by 10, and its bias is -5. */
const PRESETS = /** @type {Record<string, Preset>} */ (SCHEMA.presets);

/** The demo of the nine numbers set by hand.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & ByHand>} demo */
export function solveByHand(demo) {
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
    const start = startOf(SCHEMA.shared.seed.start, "sigmoid"), { rate } = recipeOf("sigmoid");
    return { parameters: trainedOn(start, { activation: "sigmoid", rate }), activation: "sigmoid" };
  };
  /** @type {Record<string, Preset | null>} */
  const presets = { ...PRESETS, Trained: null, Start: { parameters, activation } };
  const offered = Object.entries(presets).filter(([, set]) => !only || set?.activation !== "relu");
  demo.row(...offered.map(([name, set]) =>
    demo.button(name, () => demo.set({ ...(set ?? trained()), why: "" }))));
  const onward = demo.button("Train on from here", () => {
    const { activation, parameters } = demo.state, { rate } = recipeOf(activation);
    demo.set({ parameters: trainedOn(parameters, { activation, rate }), why: "" });
  });
  if (!only) demo.row("activation", onward);
  demo.row(...BY_UNIT.map((place) => demo.number("parameters", place))).className = "nine";
  let right = 0;
  const python = () => networkInPython({ ...demo.state, start: demo.state.parameters });
  demo.finish(() => String(right), python);

  demo.follow(() => {
    const { parameters, activation, hide } = demo.state;
    const network = views.update(parameters, activation, hide ? "answers" : "");
    const dead = network.fates.filter((fate) => fate === "dead").length;
    const words = `${verdictInWords(network, activation)}; hidden points ${
      network.apart ? "" : "not "}separable.${dead ? ` ${dead} of 2 hidden units dead.` : ""}`;
    demo.headline.textContent = hide ? "The answers are hidden: how many rows are right?" : words;
    right = network.right;
  });
}
