// @ts-check
/** The 2-2-1 network by hand: nine numbers, and everything they move. */

import { Demo } from "./demo.js";
import { Diagram } from "./diagram.js";
import { train } from "./network.js";
import { EPOCHS, startOf } from "./runs.js";
import { flag, nine, number, oneOf, rounded, word } from "./state.js";
import { ACTIVATION_NAMES, Answers, Planes } from "./views.js";
import { NAMES, NumberTables, fates } from "./why.js";
import { networkInPython, verdictInWords } from "./words.js";

const BY_UNIT = [0, 2, 4, 1, 3, 5, 6, 7, 8]; // the order of the sliders
const REACH = 20; // of a slider to both sides

/** Each preset's nine numbers and activation. The ReLU solution is that of Goodfellow, Bengio and
 * Courville, "Deep Learning", section 6.1; here the output has a sigmoid, which is above 1/2 only
 * where z is above 0. So the output's weights are multiplied by 10, and its bias is -5. */
const PRESETS = {
  "Half done: OR": { parameters: [10, 0, 10, 0, -5, 0, 10, 0, -5], activation: "sigmoid" },
  "All zero": { parameters: [0, 0, 0, 0, 0, 0, 0, 0, 0], activation: "sigmoid" },
  "OR and AND": { parameters: [10, 10, 10, 10, -5, -15, 10, -10, -5], activation: "sigmoid" },
  "ReLU solution": { parameters: [1, 1, 1, 1, 0, -1, 10, -20, -5], activation: "relu" },
};

const FIELDS = {
  parameters: nine(PRESETS["Half done: OR"].parameters),
  activation: oneOf(Object.keys(ACTIVATION_NAMES)),
  only: oneOf(["", "sigmoid"]), // for readers who have not met the other activations yet
  hide: flag,
  guess: number(null, 0, 4, true),
  why: word,
};

export function solveByHand(element, state, changed) {
  const demo = new Demo(element, "solve_by_hand", FIELDS, state, changed);
  const first = { parameters: demo.state.parameters, activation: demo.state.activation };
  const drag = (unit, w, b) => {
    // The same line with smaller numbers, where these would go beyond the sliders.
    const shrink = Math.max(1, ...[...w, b].map((value) => Math.abs(value) / REACH));
    const [w1, w2, bias] = [...w, b].map((value) => rounded(value / shrink));
    if (!w1 && !w2) return;
    const { parameters } = demo.state;
    demo.set({ parameters: parameters.with(unit, w1).with(2 + unit, w2).with(4 + unit, bias) });
  };
  const planes = new Planes(demo, "inputs", drag), diagram = new Diagram(demo);

  const preset = (name, values) => demo.button(name, () => demo.set({ ...values(), why: "" }));
  const presets = Object.entries(PRESETS).map(([name, { parameters, activation }]) =>
    demo.state.only && activation !== "sigmoid" ? ""
      : preset(name, () => ({ parameters, activation })));
  const trained = () => {
    const { parameters } = train(startOf(42, "sigmoid"), { learningRate: 0.1, epochs: EPOCHS });
    return { parameters: [...parameters], activation: "sigmoid" };
  };
  demo.row(...presets, preset("Trained", trained), preset("Start", () => first));
  if (!demo.state.only) demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  const options = { least: -REACH, most: REACH, step: 0.1 };
  const slider = (index) => demo.number(NAMES[index], "parameters", { ...options, index });
  demo.row(...BY_UNIT.map(slider)).className = "nine";
  let right = 0;
  const python = () => {
    const { parameters: start, activation } = demo.state;
    return networkInPython({ start, activation });
  };
  demo.finish("rows right", () => String(right), python);
  const hint = "Drag a line, or turn it by its ends. ";
  const answers = new Answers(demo), numbers = new NumberTables(demo, { guarded: true, hint });

  demo.paint = () => {
    const { parameters, activation, hide } = demo.state;
    const network = planes.update(parameters, activation, { answers: !hide, separable: !hide });
    const said = fates(network, activation);
    diagram.update(parameters, said, numbers.update(parameters, network, activation));
    answers.update(network.a2, hide);
    const dead = said.filter((fate) => fate === "dead").length;
    const words = `${verdictInWords(network, activation)}; hidden points ${
      network.apart ? "" : "not "}separable.${dead ? ` ${dead} of 2 hidden units dead.` : ""}`;
    demo.headline.textContent = hide ? "The answers are hidden: how many rows are right?" : words;
    right = network.right;
    demo.shown = parameters;
  };
  return demo;
}
