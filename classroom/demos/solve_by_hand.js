// @ts-check
/** The 2-2-1 network by hand: nine numbers, and everything they move. */

import { Demo, flag, nine, number, oneOf, parametersInPython, rounded, verdictInWords, word } from "./demo.js";
import { train } from "./network.js";
import { Diagram } from "./picture.js";
import { startOf } from "./runs.js";
import { ACTIVATION_NAMES, Planes, answerRows, answersTable, nameDiagram } from "./views.js";
import { NAMES, NumberTables, fates } from "./why.js";

const BY_UNIT = [0, 2, 4, 1, 3, 5, 6, 7, 8]; // the order of the sliders

/** Each preset's nine numbers and activation. The ReLU solution is that of Goodfellow, Bengio and
 * Courville, "Deep Learning", section 6.1; here the output has a sigmoid, which is above 1/2 only
 * where z is above 0. So the output's weights are multiplied by 10, and its bias is -5. */
const PRESETS = {
  "Half done: OR": [[10, 0, 10, 0, -5, 0, 10, 0, -5], "sigmoid"],
  "All zero": [[0, 0, 0, 0, 0, 0, 0, 0, 0], "sigmoid"],
  "OR and AND": [[10, 10, 10, 10, -5, -15, 10, -10, -5], "sigmoid"],
  "ReLU solution": [[1, 1, 1, 1, 0, -1, 10, -20, -5], "relu"],
};

export const FIELDS = {
  parameters: nine([10, 0, 10, 0, -5, 0, 10, 0, -5]),
  activation: oneOf(...Object.keys(ACTIVATION_NAMES)),
  only: oneOf("", "sigmoid"), // for readers who have not met the other activations yet
  hide: flag,
  guess: number(null, 0, 4, true),
  why: word,
};

/** The demo of a network with a slider for each of its nine numbers.
 * @param {HTMLElement} element
 * @param {Record<string, any>} [state]
 * @param {(state: Record<string, any>, shown: number[] | null) => void} [changed] */
export function solveByHand(element, state = {}, changed = () => {}) {
  const demo = new Demo(element, "solve_by_hand", FIELDS, state, changed);
  const first = { parameters: demo.state.parameters, activation: demo.state.activation };
  const planes = new Planes(demo, "inputs", (unit, w, b) => {
    const shrink = Math.max(1, ...[...w, b].map((value) => Math.abs(value) / 20));
    const [w1, w2, bias] = [...w, b].map((value) => rounded(value / shrink));
    if (!w1 && !w2) return;
    demo.set({ parameters: demo.state.parameters.with(unit, w1).with(2 + unit, w2).with(4 + unit, bias) });
  });
  const diagram = new Diagram(demo);

  const preset = (name, values) =>
    demo.button(name, () => demo.set({ ...values(), why: "" }));
  const known = Object.entries(PRESETS).filter(([, [, activation]]) => !demo.state.only || activation === "sigmoid");
  demo.row(
    ...known.map(([name, [parameters, activation]]) => preset(name, () => ({ parameters, activation }))),
    preset("Trained", () => {
      const trained = train(startOf(42, "sigmoid"), { learningRate: 0.1, epochs: 10_000 });
      return { parameters: [...trained.parameters], activation: "sigmoid" };
    }),
    preset("Start", () => first),
  );
  if (!demo.state.only) demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  const sliders = demo.row(...BY_UNIT.map((index) =>
    demo.number(NAMES[index], "parameters", { least: -20, most: 20, step: 0.1, index })));
  sliders.className = "nine";
  let right = 0;
  demo.finish("rows right", () => `${right}`, () => inPython(demo.state));
  const answers = answersTable(demo);
  const numbers = new NumberTables(demo);

  demo.paint = () => {
    const { parameters, activation, hide } = demo.state;
    const network = planes.update(parameters, activation, { answers: !hide, separable: !hide });
    right = network.right;
    const said = fates(network, activation);
    diagram.update(parameters, { fates: said, lit: numbers.update(parameters, network, activation) });
    nameDiagram(diagram, said);
    const dead = said.slice(0, 2).filter((fate) => fate === "dead").length;
    demo.headline.textContent = hide ? "The answers are hidden: how many rows are right?"
      : `${verdictInWords(network, activation, right)}; hidden points ${network.apart ? "" : "not "}separable.${
        dead ? ` ${dead} of 2 hidden units dead.` : ""}`;
    answers.update(answerRows(network.a2, hide));
    demo.shown = parameters;
  };
  return demo;
}

/** Return lines of Python that print the loss and the answers. */
function inPython({ parameters, activation }) {
  return `import numpy as np

from xorlib.data import truth_table
from xorlib.network import LOSSES, Parameters, forward

X, y = truth_table("xor")
parameters = ${parametersInPython(parameters, activation)}
state = forward(parameters, X)
loss = LOSSES["${activation === "sigmoid" ? "squared_error" : "cross_entropy"}"].printed(state.z2, state.a2, y)
print(f"loss {loss:.4f}")
print(*(f"{a:.3f}" for a in state.a2.ravel()))
`;
}
