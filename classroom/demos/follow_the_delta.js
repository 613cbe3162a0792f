// @ts-check
/** One row forwards, and its delta on the way back: each number where it arises. */

import { Graph, LINKS } from "./diagram.js";
import { write } from "./dom.js";
import { ACTIVATIONS, X, backward, forward, y } from "./network.js";
import { player } from "./player.js";
import { startOf } from "./runs.js";
import { ROW_NAMES, fixed, networkInPython } from "./words.js";

/** @typedef {import("./diagram.js").Way} Way
 * @typedef {import("./diagram.js").Parts} Parts
 * @typedef {{step: number, row: string, outputs: "one" | "two", seed: number}} Pass */

const PACE = 0.3; // steps a second
const [FORWARD, OUTPUT, LINK, SUM, HIDDEN, GRADIENT] = [0, 1, 2, 3, 4, 5];
const STEPS = [
  "forward to the answer.",
  "at the output, error times slope is δ.",
  "back over each link, δ times its weight.",
  "at each hidden unit, what comes is added.",
  "there, times the unit's slope: its δ.",
  "for each weight, what came in times δ.",
];
/** The nodes before the outputs: these have more room.
 * @type {Parts["nodes"]} */
const NODES = [["x₁", 0, -1], ["x₂", 0, 1], ["h₁", 0.45, -1], ["h₂", 0.45, 1]];
/** A second output, made up as in notebook 02: its delta, and its weights from h1 and h2. */
const SECOND = { delta: -0.2, weights: [0.3, 0.4] };

/** @param {Pass} state */
const indexOf = ({ row }) => X.findIndex((x) => String(x) === row);
/** @param {string} number */
const factor = (number) => (number.startsWith("−") ? `(${number})` : number);

/** Return the network, and what is seen of a pass up to its present step: the numbers, what each is
 * called, and the sums and products that are new; and h2's delta. Nodes and weights are counted as
 * in the diagram, those of a second output last.
 * @param {import("./state.js").DemoState & Pass} state */
function passOf(state) {
  const p = startOf(state.seed, "sigmoid"), k = indexOf(state), two = state.outputs === "two";
  const also = SECOND.weights.map((weight) => (two ? SECOND.delta * weight : 0));
  const { z1, a1, z2, a2, delta1, delta2 } = backward(p, "sigmoid", forward(p), also);
  const h1 = 2 * k, h2 = h1 + 1, z = [0, 0, z1[h1], z1[h2], z2[k]];
  const a = [...X[k], a1[h1], a1[h2], a2[k]];
  const deltas = [0, 0, delta1[h1], delta1[h2], delta2[k], SECOND.delta];
  /** Say a result, or hide it: in its own step, and from the guessed δ on in every later one.
   * @type {(born: number, value: number) => string} */
  const told = (born, value) =>
    state.hide && born >= Math.min(state.step, HIDDEN) ? "?" : fixed(value, 4);
  const delta = deltas.map((value, unit) => told([0, 0, HIDDEN, HIDDEN, OUTPUT, 0][unit], value));
  const slopes = a.map((value) => fixed(ACTIVATIONS.sigmoid.derivativeFromActivation(value), 4));
  /** @type {Parts["nodes"]} */
  const nodes = two ? [...NODES, ["o₁", 1, -1], ["o₂", 1, 1]] : [...NODES, ["out", 1, 0]];
  /** @type {Parts["links"]} */
  const links = two ? [...LINKS, [2, 5, 9], [3, 5, 10]] : LINKS;
  const names = nodes.map(([name]) => name), weights = [...p, ...SECOND.weights];

  const numbers = /** @type {import("./diagram.js").Shown[]} */ ([]);
  const said = /** @type {string[]} */ ([]), sums = /** @type {string[]} */ ([]);
  /** @type {(born: number, at: number | Way, what: string, value: string, made?: string,
   *   from?: Way) => void} */
  const arise = (born, at, what, value, made, from) => {
    const onLink = typeof at !== "number", fresh = born === state.step;
    if (born > state.step || (onLink && !fresh && state.step === GRADIENT)) return;
    const place = onLink ? `${names[at[0]]} → ${names[at[1]]}` : names[at];
    const name = what ? `${what} of ${place}` : place, words = `${what} ${value}`.trim();
    numbers.push(fresh && born ? { at, words, look: "number lit", from } : { at, words });
    said.push(`${name}: ${value}`);
    if (fresh && made) sums.push([...new Set([name, made, value])].join(" = ")); // one term: itself
  };
  for (const input of [0, 1]) arise(FORWARD, input, "", String(a[input]));
  for (const unit of [2, 3, 4]) {
    arise(FORWARD, unit, "z", fixed(z[unit]));
    arise(FORWARD, unit, "a", fixed(a[unit]), `sigmoid(${fixed(z[unit])})`);
  }
  arise(OUTPUT, 4, "a − y", fixed(a[4] - y[k]), `${fixed(a[4])} − ${y[k]}`);
  arise(OUTPUT, 4, "slope", slopes[4]);
  arise(OUTPUT, 4, "δ", delta[4], `${factor(fixed(a[4] - y[k]))} × ${slopes[4]}`);
  if (two) arise(OUTPUT, 5, "δ", delta[5], "made up");
  for (const unit of [2, 3]) {
    const products = links.filter(([from]) => from === unit).map(([, to, k]) => {
      const product = told(LINK, deltas[to] * weights[k]);
      const made = `${factor(delta[to])} × ${fixed(weights[k])}`;
      arise(LINK, [to, unit, 0.7], "", product, made, [to, unit, 0]);
      return factor(product);
    });
    const sum = told(two ? SUM : LINK, deltas[4] * p[4 + unit] + also[unit - 2]);
    arise(SUM, unit, "Σ", sum, two ? products.join(" + ") : sum, [4, unit, 0.7]);
    arise(HIDDEN, unit, "slope", slopes[unit]);
    arise(HIDDEN, unit, "δ", delta[unit], `${factor(sum)} × ${slopes[unit]}`);
  }
  for (const [from, to, k] of links) {
    const share = to < 4 ? 0.4 : 0.64, gradient = told(GRADIENT, a[from] * deltas[to]);
    const made = `${from < 2 ? a[from] : fixed(a[from])} × ${factor(delta[to])}`;
    arise(FORWARD, [from, to, share], "", fixed(weights[k]));
    // One input and one hidden unit are enough to read.
    arise(GRADIENT, [from, to, share], "", gradient, from % 2 ? made : "", [to, from, 0]);
  }
  const result = `answer ${fixed(a[4])}, target ${y[k]}`;
  return { p, parts: { nodes, links, weights }, numbers, said, sums, result, delta: delta[3] };
}

/** The demo of a backward pass.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & Pass>} demo */
export function followTheDelta(demo) {
  const graph = new Graph(demo, "graph");
  demo.row(...player(demo, "step", () => PACE).buttons);
  for (const key of ["step", "row", "outputs", "seed"]) demo.row(key);
  const truth = () => (demo.state.step < HIDDEN ? "not yet" : passOf(demo.state).delta);
  demo.finish(truth, () => inPython(demo.state));

  demo.follow(() => {
    const { p, parts, numbers, said, sums, result } = passOf(demo.state), { step } = demo.state;
    const name = `Row ${ROW_NAMES[indexOf(demo.state)]}`;
    graph.show(`${name} in the network. ${said.join("; ")}.`, parts, numbers, 5);
    write(demo.headline, `${name}: ${result}. Step ${step} of ${GRADIENT}: ${STEPS[step]}`);
    demo.explain(sums.join("; "));
    demo.shown = p;
  });
}

/** Return lines of Python that compute the same deltas.
 * @param {Pass} state */
function inPython(state) {
  const also = SECOND.weights.map((weight) => `${SECOND.delta} * ${weight}`), k = indexOf(state);
  return `${networkInPython(state)}delta2 = (state.a2 - y) * state.a2 * (1 - state.a2)
back = delta2 @ parameters.W2.T${state.outputs === "two" ? ` + [${also.join(", ")}]` : ""}
delta1 = back * state.a1 * (1 - state.a1)
print("deltas", *delta2[${k}].round(4), *delta1[${k}].round(4))
`;
}
