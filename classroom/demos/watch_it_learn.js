// @ts-check
/** Training as a film: every epoch can be looked at, with all its numbers. */

import { Chart } from "./chart.js";
import { explainAnswers } from "./diagnosis.js";
import { h, write } from "./dom.js";
import { player } from "./player.js";
import { EPOCHS, EPOCH_AXIS, networkAt, record, startOf } from "./runs.js";
import { addressOf, partOf, runNamed } from "./state.js";
import { Planes, Views } from "./views.js";
import { NumberTables } from "./why.js";
import { ACTIVATION_NAMES, grouped, networkInPython, networkWritten, recipe, recipeOf,
  verdictInWords } from "./words.js";

const SPEEDS = { slow: 80, normal: 400, fast: 2000 }; // epochs a second

/** @typedef {{seed: number, start: number[] | null, rate: number,
 *   loss: string, activation: import("./network.js").Activation}} Training
 * @typedef {Training & {epoch: number, speed: keyof typeof SPEEDS, pinned: string,
 *   why: string}} Film */

/** Return the run that a text of the state names.
 * @param {string} text
 * @param {string} loss */
function pinnedRun(text, loss) {
  const { seed, start, activation, rate } = /** @type {Training} */ (runNamed(text));
  const whose = start ? "your network" : `seed ${seed}`;
  const name = `${whose}, rate ${rate}, ${ACTIVATION_NAMES[activation]}`;
  const run = record(start ?? startOf(seed, activation), activation, rate, loss);
  return { activation, name, run };
}

/** The demo of training as a film.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & Film>} demo */
export function watchItLearn(demo) {
  const views = new Views(demo, "inputs", { numbers: new NumberTables(demo) });
  const others = new Planes(demo, "pinned", { look: "second" });
  const { buttons, stop } = player(demo, "epoch", () => SPEEDS[demo.state.speed]);
  const chart = new Chart(demo, "loss", (x) => {
    const epoch = Math.round(x), guessed = demo.state.hide && epoch > demo.state.epoch;
    stop();
    demo.set(guessed ? { guess: epoch } : { epoch });
  });
  const run = () => {
    const { start, seed, activation, rate, loss } = demo.state;
    return record(start ?? startOf(seed, activation), activation, rate, loss);
  };

  const pin = demo.button("Pin", () => {
    const { pinned, start, seed, activation, rate } = demo.state;
    demo.set({ pinned: pinned ? "" : [start ?? seed, activation, rate].join(";") });
  });
  demo.row(...buttons, pin, "speed");
  for (const key of ["epoch", "rate", "seed", "activation", "loss"]) demo.row(key);
  const note = h("p", { class: "note" }), own = demo.state.start;
  let seen = "";
  demo.row(note, ...(own ? [demo.button("Your network", () => demo.set({ start: own }))] : []));
  const truth = ({ rightFrom } = run()) => demo.state.epoch < (rightFrom ?? EPOCHS) ? "not yet"
    : rightFrom === null ? "never" : grouped(rightFrom);
  demo.finish(truth, () => networkInPython(demo.state));

  demo.follow(() => {
    const { start, activation, epoch, hide, guess, pinned, loss: given } = demo.state;
    const now = run(), other = pinned ? pinnedRun(pinned, given) : null;
    const hidden = hide ? "verdicts" : "";
    demo.root.classList.toggle("pair", other !== null);
    write(pin, other ? "Unpin" : "Pin");
    views.title = other ? "now" : "inputs";
    const network = views.update(networkAt(now, epoch), activation, hidden, given);
    if (other) others.update(networkAt(other.run, epoch), other.activation, hidden, given);
    chart.update(lossChart(other ? [now, other.run] : [now], { epoch, hide, guess }));

    const [right, loss] = verdictInWords(network, activation, given).split(", ");
    const told = `${right}, ${loss}; hidden points ${network.apart ? "" : "not "}separable.`;
    const words = [`Epoch ${grouped(epoch)}: ${hide ? `${loss}.` : told}`];
    const late = ` The run diverged: after epoch ${now.last} its numbers run away.`;
    if (epoch > now.last) words.push(late);
    if (other) words.push(` Pinned: ${other.name}.`);
    write(demo.headline, words.join(""));
    write(note, recipe(activation, start !== null, given));
    const named = explainAnswers(network.a2, recipeOf(activation, given).loss);
    seen = !hide && named.outcome.endsWith("alike") ? named.told.join(" ") : "";
  });
  demo.controls.after(demo.link(() => seen ? [`${seen} What do you see?`, addressOf("what_do_you_see", {
    text: networkWritten(demo.shown), ...partOf(demo.state) })] : undefined));
}

/** Return a chart of the losses of one run or two, with the moments of the first up to now; while
 * one guesses, and after that, the losses up to now.
 * @param {import("./runs.js").Run[]} runs
 * @param {{epoch: number, hide: boolean, guess: number | null}} state
 * @returns {import("./chart.js").Content} */
function lossChart(runs, { epoch, hide, guess }) {
  const [{ separableFrom, rightFrom, losses }] = runs;
  const most = 1.08 * Math.min(2, Math.max(0.05, ...runs.map(({ highest }) => highest)));
  const gap = most > 1 ? 0.5 : most > 0.5 ? 0.2 : 0.1;
  const ticks = [0, 1, 2, 3].map((k) => k * gap).filter((tick) => tick < most);
  const moments = { separable: separableFrom, "all right": rightFrom };
  /** @type {import("./chart.js").Mark[]} */
  const marks = hide ? [] : Object.entries(moments).flatMap(([what, from]) =>
    from === null || from > epoch ? [] : [[from, `${from} ${what}`]]);
  if (guess !== null) marks.push([guess, "", "guess"]);
  const rings = runs.map(({ losses, last }) => {
    const seen = Math.min(epoch, last);
    return [seen, losses[seen]];
  });
  const [first, here] = [losses[0], rings[0][1]].map((loss) => loss.toFixed(4));
  return {
    label: `The loss over all epochs: ${first} at first, ${here} at this one.`,
    title: runs.length > 1 ? "loss (dashed: pinned)" : "loss",
    x: EPOCH_AXIS,
    y: { least: 0, most, ticks: ticks.map((tick) => [tick, tick ? tick.toFixed(1) : "0"]) },
    curves: runs.map(({ outline }, k) => ({ outline, dashed: k > 0 })),
    until: hide || guess !== null ? epoch : EPOCHS,
    marks, rings,
  };
}
