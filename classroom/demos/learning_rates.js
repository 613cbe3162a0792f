// @ts-check
/** One start, forty-one learning rates: from far too small to far too large. */

import { Demo, Table, flag, number, verdictInWords } from "./demo.js";
import { backward, countRight, forward, train } from "./network.js";
import { Chart, fixed } from "./picture.js";
import { EPOCHS, RATES, SEEDS, networkAt, record, runInPython, startOf } from "./runs.js";
import { Planes, answerRows, answersTable } from "./views.js";

const NUDGE = 1e-12; // of the start: a run that it sends elsewhere is decided by rounding
const SEEN = 50; // epochs from one look at a loss to the next
const JUMP = 0.02; // a rise of the loss from look to look
const AT_REST = 1e-3; // how much the loss of a run at rest still changes in its second half
const STILL = 0.01; // a weight that moves less in all epochs does not move
const BUDGET = 5; // milliseconds of training in a frame
const PAUSE = 100; // milliseconds that a seed has to stay before it is trained at all rates

export const FIELDS = {
  seed: number(42, 0, SEEDS - 1, true),
  rate: number(0.1, 0.001, 100),
  hide: flag,
  guess: number(null, 0, RATES.length, true),
};

/** How the run at a rate ended.
 * @typedef {{rate: number, loss: number, right: number, solved: boolean, delicate: boolean}} End */

/** Train from a seed at a rate, twice: the second time from a start that differs by next to nothing.
 * @param {number} seed
 * @param {number} rate
 * @returns {End} */
function endOf(seed, rate) {
  const start = startOf(seed, "sigmoid"), options = { learningRate: rate, epochs: EPOCHS };
  const [one, other] = [start, start.map((value, k) => value + (k % 2 ? NUDGE : -NUDGE))].map((from) =>
    forward(train(from, options).parameters));
  const right = countRight(one.a2);
  return { rate, loss: one.loss, right, solved: right === 4, delicate: !(Math.abs(one.loss - other.loss) < 0.01) };
}

/** The demo of one start trained at each of 41 learning rates.
 * @param {HTMLElement} element
 * @param {Record<string, any>} [state]
 * @param {(state: Record<string, any>, shown: number[] | null) => void} [changed] */
export function learningRates(element, state = {}, changed = () => {}) {
  const demo = new Demo(element, "learning_rates", FIELDS, state, changed);
  let ends = /** @type {End[]} */ ([]), seed = NaN, since = 0;
  const all = new Chart(demo, "rates", (x) => {
    const gaps = RATES.map((rate) => Math.abs(Math.log(rate / x)));
    demo.set({ rate: RATES[gaps.indexOf(Math.min(...gaps))] });
  });
  const curve = new Chart(demo, "descent"), planes = new Planes(demo, "the end");
  demo.row(demo.number("learning rate", "rate", { values: RATES }));
  demo.row(demo.number("seed", "seed", { least: 0, most: SEEDS - 1, step: 1 }));
  const certain = () => ends.filter(({ solved, delicate }) => solved && !delicate).length;
  demo.finish("rates that solve XOR", () => `${certain()} of ${RATES.length}`,
    () => runInPython({ seed: demo.state.seed, rate: demo.state.rate, activation: "sigmoid", epoch: EPOCHS }));
  const answers = answersTable(demo);
  const moments = new Table(demo, "This rate", ["epoch", "loss", "rows right"]);
  const neighbours = new Table(demo, "Its neighbours", ["rate", "last loss", "rows right"]);

  /** Train at those rates that are still missing, a few milliseconds in a frame, once the seed stays. */
  function goOn() {
    const now = performance.now();
    if (demo.state.seed !== seed) [ends, seed, since] = [[], demo.state.seed, now];
    while (now - since > PAUSE && ends.length < RATES.length && performance.now() < now + BUDGET) {
      ends.push(endOf(seed, RATES[ends.length]));
    }
    if (ends.length < RATES.length) demo.refresh();
  }

  demo.paint = () => {
    goOn();
    const { rate, hide, guess } = demo.state;
    const run = record(startOf(seed, "sigmoid"), "sigmoid", rate), p = networkAt(run, EPOCHS);
    const network = planes.update(p, "sigmoid", { separable: !hide }), last = run.losses[EPOCHS];
    const look = ({ solved, delicate }) => (delicate ? "delicate" : solved ? "solved" : "");
    all.update(`${seed} ${ends.length} ${hide}`, {
      title: hide ? "the other rates are hidden" : `loss after ${EPOCHS.toLocaleString("en")} epochs, at each rate`,
      x: { least: RATES[0] / 1.3, most: 130, log: true, name: "learning rate",
        ticks: [0.001, 0.01, 0.1, 1, 10, 100].map((tick) => [tick, String(tick)]) },
      y: { least: -0.02, most: 0.55, ticks: [[0, "0"], [0.25, "0.25"], [0.5, "0.5"]], wide: 2.8 },
      dots: hide ? [] : ends.map((end) => ({ x: end.rate, y: end.loss, look: look(end) })),
    });
    all.point([[rate, last]]);
    all.name(hide ? "A chart whose dots are hidden." : `The last loss at every learning rate; ${certain()} of ${RATES.length} solve XOR.`);
    curve.update(run.key, {
      title: `loss at rate ${shorten(rate)}`,
      x: { least: 0, most: EPOCHS, ticks: [[0, "0"], [EPOCHS / 2, "5,000"], [EPOCHS, ""]] },
      y: { least: 1e-5, most: 1, log: true, ticks: [[1e-5, "10⁻⁵"], [1e-3, "10⁻³"], [0.1, "0.1"]], wide: 2.8 },
      curves: [{ losses: run.losses }],
      marks: run.rightFrom === null ? [] : [{ x: run.rightFrom, text: `${run.rightFrom} all right` }],
    });
    curve.point([[EPOCHS, last]]);
    curve.name(`The loss at this rate, on a logarithmic axis: from ${fixed(run.losses[0])} to ${last.toPrecision(3)}.`);
    demo.headline.textContent = `Rate ${shorten(rate)}: ${sentence(run, rate, seed, ends, hide)} ` +
      `${verdictInWords(network, "sigmoid", network.right)}.`;
    const delicate = ends.filter((end) => end.delicate).length;
    demo.why.textContent = hide ? "Guess first: how many of the 41 rates solve XOR from this start?"
      : ends.length < RATES.length ? `${ends.length} of ${RATES.length} rates trained.`
      : `${certain()} of ${RATES.length} rates solve XOR (filled dots).${delicate ? ` At ${delicate} more rounding decides (dashed).` : ""}`;
    answers.update(answerRows(network.a2));
    moments.update([0, 50, 100, 500, 1000, 2000, 4000, 6000, 8000, EPOCHS].map((epoch) => [
      epoch.toLocaleString("en"), fixed(run.losses[epoch], 5), String(countRight(forward(networkAt(run, epoch)).a2)),
    ]));
    const nearest = RATES.filter((one) => one <= rate * 1.0001).length - 1, from = Math.max(0, Math.min(nearest - 4, RATES.length - 9));
    neighbours.update(hide ? [] : ends.slice(from, from + 9).map((end) =>
      [shorten(end.rate), fixed(end.loss, 5), String(end.right)]), "", nearest - from);
    demo.shown = [...p];
  };
  return demo;
}

const shorten = (rate) => String(Number(rate.toPrecision(3)));

/** Say in a sentence how a run went.
 * @param {import("./runs.js").Run} run
 * @param {number} rate
 * @param {number} seed
 * @param {End[]} ends
 * @param {boolean} hide the other rates */
function sentence(run, rate, seed, ends, hide) {
  const { losses } = run, last = losses[EPOCHS];
  let worst = 0, rise = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += SEEN) {
    if (losses[epoch + SEEN] - losses[epoch] > rise) [worst, rise] = [epoch, losses[epoch + SEEN] - losses[epoch]];
  }
  const jump = rise < JUMP ? "" : ` Between epochs ${worst.toLocaleString("en")} and ${(worst + SEEN).toLocaleString("en")
    } the loss jumped from ${fixed(losses[worst])} to ${fixed(losses[worst + SEEN])}.`;
  const late = losses.subarray(EPOCHS / 2), rests = Math.max(...late) - Math.min(...late) < AT_REST;
  const rest = `it came to rest at a loss of ${fixed(last)}`;
  const known = ends.find((one) => one.rate === rate) ?? (ends.length === RATES.length && endOf(seed, rate));
  const delicate = known && known.delicate ? " A start that differs by 10⁻¹² ends elsewhere: rounding decides." : "";
  if (run.rightFrom !== null) return `solved, all four rows right from epoch ${run.rightFrom.toLocaleString("en")} on.${jump}${delicate}`;
  const steepest = Math.max(...backward(networkAt(run, EPOCHS)).gradient.map(Math.abs));
  if (steepest * rate * EPOCHS < STILL && last > 0.05 && jump) {
    return `too large.${jump} Now the output is saturated and no entry of the gradient is above ${
      steepest.toExponential(0)}: nothing moves any more.${delicate}`;
  }
  if (jump) return `too large.${jump}${rests ? ` Then ${rest}.` : " It never settled."}${delicate}`;
  if (hide) return rests ? `${rest}.` : "not there yet.";
  const smaller = ends.some((end) => end.solved && end.rate < rate) ? ", though a smaller rate solves XOR from this start" : "";
  if (smaller) return `${rests ? `stuck: ${rest}` : "not there yet"}${smaller}.${delicate}`;
  if (ends.some((end) => end.rate > rate && end.loss < last - 0.01)) {
    return "too small. The loss never jumps; 10,000 epochs are not enough to get down.";
  }
  return rests ? `stuck: ${rest}; no rate does better.` : "not there yet.";
}
