// @ts-check
/** A box into which one pastes a loss, four answers or nine numbers, and what they say. */

import DATA from "./data.json" with { type: "json" };
import { diagnose, explainAnswers, explainLoss, filled } from "./diagnosis.js";
import { h, write } from "./dom.js";
import { trainedOn } from "./runs.js";
import SCHEMA from "./schema.json" with { type: "json" };
import { addressOf, partOf } from "./state.js";
import { Views } from "./views.js";
import { WORDS, grouped, networkWritten, parametersInPython, recipe, recipeOf,
  shown } from "./words.js";

/** @typedef {{text: string, order: string, loss: string, rate: number,
 *   activation: import("./network.js").Activation}} Box */

const { texts: TEXTS, shared: SHARED } = SCHEMA;

/** Read one number, four, or nine as the demos order them; or say what is wrong. Whether a row of W1
 * is a unit, as in PyTorch, is told by the shapes, or else asked: `order`.
 * @param {string} text
 * @param {string} [order] */
export function readNumbers(text, order) {
  const plain = text.replaceAll("−", "-");
  const loss = [...plain.matchAll(new RegExp(TEXTS.loss, "gi"))].at(-1)?.[1];
  const bare = loss ?? plain.replace(new RegExp(TEXTS.around, "gi"), " ");
  const tokens = bare.match(/[[\]]|[^\s,;(){}[\]'"|]+/g) ?? [];
  const pieces = tokens.filter((token) => !"[]".includes(token)), { length } = pieces;
  const values = pieces.map(Number), nine = length === 9, four = length === 4;
  const most = nine ? SHARED.nine.most : four ? 1 : Infinity, least = four ? 0 : -most;
  const isNumber = new RegExp(`^(${TEXTS.pasted})$`, "i");
  const strange = pieces.findIndex((piece) => !isNumber.test(piece));
  const far = values.findIndex((value) => value < least || value > most);
  const place = strange < 0 ? far : strange, which = TEXTS.ordinals[place] ?? `${place + 1}th`;
  const what = strange < 0 ? `is not from ${grouped(least)} to ${grouped(most)}` : "cannot be read";
  const problem = place >= 0 ? `The ${which} number, ${shown(pieces[place])}, ${what}.`
    : length === 1 || four || nine ? "" : `These are ${length} numbers: ${TEXTS.counts}`;
  const shape = tokens.map((token) => ("[]".includes(token) ? token : "n")).join("");
  const inputs = shape.includes("[n][n]"), units = !inputs && /\[\[nn\]\]\[*n\]*$/.test(shape);
  if (nine && (units || (!inputs && order === "units"))) values.splice(1, 2, values[2], values[1]);
  return { values, problem, printed: pieces[0], asked: nine && !inputs && !units };
}

/** Return all that is said of what stands in the box.
 * @param {Box} state */
export function see({ text, order, activation, loss: given, rate }) {
  const read = readNumbers(text, order), { values, problem, printed } = read;
  const { loss } = recipeOf(activation, given), gone = values.includes(NaN);
  if (problem || gone || values.length === 1) {
    const told = problem ? [problem] : explainLoss(gone ? "nan" : printed);
    const outcome = (!problem && DATA.OUTCOMES.find((word) => told[0].includes(word))) || "";
    const named = told[0].includes("entropy") ? "cross_entropy" : "squared_error";
    return { ...read, told, outcome, loss: named, whole: false };
  }
  const found = values.length === 4 ? explainAnswers(values, loss)
    : diagnose(values, { activation, loss, learningRate: rate });
  return { ...read, ...found, loss, whole: values.length === 9 };
}

/** The demo that says what is seen.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & Box>} demo */
export function whatDoYouSee(demo) {
  const views = new Views(demo, "inputs"), note = h("p");
  let before = "", seen = see(demo.state);
  demo.follow(() => { // a network is trained on, which takes a moment: only for what is new
    const now = JSON.stringify({ ...demo.state, guess: null, hide: false });
    if (now !== before) [before, seen] = [now, see(demo.state)];
  });
  const onfocus = () => box.scrollIntoView({ block: "nearest" }); // by itself only its letters
  const box = demo.input({ rows: 3, maxlength: 100_000, spellcheck: "false", onfocus },
    () => box.value === demo.state.text || (box.value = demo.state.text),
    () => demo.set({ text: box.value }), "textarea");
  demo.row(h("label", {}, TEXTS.box, box));
  demo.row(...Object.entries(SCHEMA.examples).map(([name, set]) =>
    demo.button(name, () => demo.set(/** @type {Partial<Box>} */ (set)))));
  const [order] = ["order", "activation", "loss", "rate"].map((key) => demo.row(key));
  const further = demo.row(
    demo.button("Train on from here", () =>
      demo.set({ text: networkWritten(trainedOn(seen.values, demo.state)) })),
    demo.link(() => ["Open in the film",
      addressOf("watch_it_learn", { start: seen.values, ...partOf(demo.state) })]));
  const sections = () => demo.state.hide ? [] : Object.entries(SCHEMA.sections).filter(([word]) =>
    seen.told.join(" ").includes(word));
  demo.row(note, ...[0, 1].map((k) => demo.link(() => sections()[k]?.[1])));
  const share = () => {
    const { activation } = demo.state, counted = recipeOf(activation).loss === seen.loss;
    return (counted && DATA.shares[activation][DATA.ENDS.indexOf(seen.outcome)]) || "";
  };
  demo.finish(() => share().split(" ")[0] || "not counted", () => inPython(demo.state, seen));

  demo.follow(() => {
    const { activation, loss, hide } = demo.state, { values, whole, told } = seen;
    demo.root.classList.toggle("bare", !whole);
    [order.hidden, further.hidden, demo.shown] = [!seen.asked, !whole, []];
    if (whole) views.update(values, activation, hide ? "answers" : "", loss);
    write(demo.headline, hide ? "What is seen is hidden: what is it?" : told.join(" "));
    const signs = WORDS[values.some((value) => value < 0) ? "glorot" : "uniform"];
    write(note, hide ? "" : `${share() && `${share()}; ${recipe(activation)}.`}${
      whole ? ` Guessed by the signs, which training can change: start ${signs}.` : ""}`);
  });
}

/** Return lines of Python that say the same.
 * @type {(state: Box, seen: ReturnType<typeof see>) => string} */
const inPython = ({ activation, rate }, { values, loss, printed }) => filled(
  SCHEMA.python[values.length === 9 ? "network" : values.length === 4 ? "answers" : "loss"],
  { parameters: parametersInPython(values, activation), values, loss, rate, printed });
