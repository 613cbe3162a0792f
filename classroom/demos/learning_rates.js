// @ts-check
/** One start, forty-one learning rates: from far too small to far too large. */

import { Chart } from "./chart.js";
import DATA from "./data.json" with { type: "json" };
import { write } from "./dom.js";
import { backward, countRight, forward, lossOf, train } from "./network.js";
import { EPOCHS, EPOCH_AXIS, RATES, networkAt, record, startOf } from "./runs.js";
import SCHEMA from "./schema.json" with { type: "json" };
import { nearest } from "./state.js";
import { Table } from "./table.js";
import { Views } from "./views.js";
import { fixed, grouped, networkInPython, verdictInWords } from "./words.js";

const { nudge: NUDGE, apart: APART } = SCHEMA.rounding;
const SEEN = 50; // epochs from one look at a loss to the next
const JUMP = 0.02; // a rise of the loss from look to look
const AT_REST = 1e-3; // how much the loss of a run at rest still changes in its second half
const STILL = 0.01; // a weight that moves less in all epochs does not move
const SHARE = 0.4; // of the time from frame to frame, in which rates are trained
const PAUSE = 100; // milliseconds that a seed has to stay before it is trained at all rates
const MOMENTS = [0, 50, 100, 500, 1000, 2000, 4000, 6000, 8000, EPOCHS];

/** @type {{x: Axis, y: Axis, wide: number}} */
const RATE_AXES = {
  x: {
    least: RATES[0] / 1.3, most: 1.3 * RATES[RATES.length - 1], log: true, name: "learning rate",
    ticks: [0.001, 0.01, 0.1, 1, 10, 100].map((tick) => [tick, String(tick)]),
  },
  y: { least: -0.02, most: 0.55, ticks: [[0, "0"], [0.25, "0.25"], [0.5, "0.5"]] },
  wide: 2.8,
};
/** @type {Axis} */
const LOSS_AXIS = {
  least: 1e-5, most: 1, log: true, ticks: [[1e-5, "10⁻⁵"], [1e-3, "10⁻³"], [0.1, "0.1"]],
};

/** @typedef {import("./panel.js").Axis} Axis */

/** How the run at a rate ended.
 * @typedef {{rate: number, loss: number, right: number, delicate: boolean}} End */

/** Train from a seed at a rate; say whether rounding decides how the run ends.
 * @param {number} seed
 * @param {number} rate
 * @returns {End} */
function endOf(seed, rate) {
  const start = startOf(seed, "sigmoid"), options = { learningRate: rate, epochs: EPOCHS };
  const end = forward(train(start, options).parameters), loss = lossOf(end);
  const place = RATES.indexOf(rate), right = countRight(end.a2);
  if (place >= 0) return { rate, loss, right, delicate: DATA.ROUNDING[seed].includes(place) };
  // At a rate that was typed one twin of the start is tried here.
  const twin = start.map((value, k) => value + (k % 2 ? NUDGE : -NUDGE));
  const other = lossOf(forward(train(twin, options).parameters));
  return { rate, loss, right, delicate: !(Math.abs(loss - other) < APART) };
}

/** Whether a run solves XOR, and not by rounding alone.
 * @param {End} end */
const solves = ({ right, delicate }) => right === 4 && !delicate;
/** @param {End} end */
const look = (end) => (end.delicate ? "delicate" : solves(end) ? "solved" : "");
/** @param {number} rate */
const shorten = (rate) => String(Number(rate.toPrecision(3)));

/** How the runs of each seed ended that has been shown, as far as they were trained.
 * @type {Record<number, End[]>} */
const KNOWN = {};

/** The demo of one start at every rate.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & {seed: number, rate: number}>} demo */
export function learningRates(demo) {
  /** @param {number} x */
  const choose = (x) => demo.set({ rate: RATES[nearest(x, RATES)] });
  const all = new Chart(demo, "rates", choose), descent = new Chart(demo, "descent");
  const views = new Views(demo, "the end");
  let ends = /** @type {End[]} */ ([]), seed = NaN, since = 0, before = 0;
  // Train at rates that are still missing, once the seed stays: the longer, the slower frames are.
  demo.follow(() => {
    const now = performance.now(), until = now + SHARE * Math.min(PAUSE, now - before);
    before = now;
    if (demo.state.seed !== seed) [seed, since] = [demo.state.seed, now];
    ends = KNOWN[seed] ??= [];
    while (now - since > PAUSE && ends.length < RATES.length && performance.now() < until) {
      ends.push(endOf(seed, RATES[ends.length]));
    }
    if (ends.length < RATES.length) demo.refresh();
  });
  for (const key of ["rate", "seed"]) demo.row(key);
  const solved = () => `${ends.filter(solves).length} of ${RATES.length}`;
  demo.finish(solved, () => networkInPython({ ...demo.state, epoch: EPOCHS }));
  const moments = new Table(demo.tables, "This rate", ["epoch", "loss", "rows right"]);
  const neighbours = new Table(demo.tables, "Its neighbours", ["rate", "last loss", "rows right"]);

  demo.follow(() => {
    const { rate, hide } = demo.state, run = record(startOf(seed, "sigmoid"), "sigmoid", rate);
    const network = views.update(networkAt(run, EPOCHS), "sigmoid"), { losses, rightFrom } = run;
    all.update({
      label: hide ? "A chart whose dots are hidden."
        : `The last loss at every rate; ${solved()} solve XOR.`,
      title: hide ? "the other rates are hidden" : `loss after ${grouped(EPOCHS)} epochs`,
      ...RATE_AXES, rings: [[rate, losses[EPOCHS]]],
      dots: hide ? [] : ends.map((end) => ({ x: end.rate, y: end.loss, look: `dot ${look(end)}` })),
    });
    const last = losses[EPOCHS].toPrecision(3);
    descent.update({
      label: `The loss at this rate, on a logarithmic axis: from ${fixed(losses[0])} to ${last}.`,
      title: `loss at rate ${shorten(rate)}`, x: EPOCH_AXIS, y: LOSS_AXIS, wide: 2.8,
      curves: [run],
      rings: [[EPOCHS, losses[EPOCHS]]],
      marks: rightFrom === null ? [] : [[rightFrom, `${rightFrom} all right`]],
    });
    const verdict = sentence(run, rate, seed, ends, hide);
    const words = verdictInWords(network, "sigmoid");
    write(demo.headline, `Rate ${shorten(rate)}: ${verdict} ${words}.`);
    const delicate = ends.filter((end) => end.delicate).length;
    const more = delicate ? ` At ${delicate} more, rounding decides (dashed).` : "";
    demo.explain(
      hide ? `Guess first: how many of the ${RATES.length} rates solve XOR from this start?`
      : ends.length < RATES.length ? `${ends.length} of ${RATES.length} rates trained.`
      : `${solved()} rates solve XOR (filled dots).${more}`, !hide && ends.length < RATES.length);
    moments.update(MOMENTS.map((epoch) => {
      const right = countRight(forward(networkAt(run, epoch)).a2);
      return [grouped(epoch), fixed(losses[epoch], 5), String(right)];
    }));
    const place = nearest(rate, RATES), from = Math.max(0, Math.min(place - 4, RATES.length - 9));
    const rows = ends.slice(from, from + 9).map((end) =>
      [shorten(end.rate), fixed(end.loss, 5), String(end.right)]);
    neighbours.update(hide ? [] : rows, { marked: place - from });
  });
}

/** Say in a sentence how a run went.
 * @param {import("./runs.js").Run} run
 * @param {number} rate
 * @param {number} seed
 * @param {End[]} ends those that are known
 * @param {boolean} hide */
function sentence(run, rate, seed, ends, hide) {
  const { losses, rightFrom } = run, last = losses[EPOCHS], late = losses.subarray(EPOCHS / 2);
  const rests = Math.max(...late) - Math.min(...late) < AT_REST;
  const rest = `it came to rest at a loss of ${fixed(last)}`;
  const jump = largestJump(losses);
  const end = ends.find((one) => one.rate === rate);
  const known = end ?? (ends.length === RATES.length ? endOf(seed, rate) : null);
  const delicate = known?.delicate
    ? " A start that differs by 10⁻¹² ends elsewhere: rounding decides." : "";
  if (rightFrom !== null) {
    return `solved, all four rows right from epoch ${grouped(rightFrom)} on.${jump}${delicate}`;
  }
  const steepest = Math.max(...backward(networkAt(run, EPOCHS)).gradient.map(Math.abs));
  if (jump && steepest * rate * EPOCHS < STILL) {
    const size = steepest.toExponential(0);
    return `too large.${jump} Now the output is saturated and no entry of the gradient is above ` +
      `${size}: nothing moves any more.${delicate}`;
  }
  if (jump) return `too large.${jump}${rests ? ` Then ${rest}.` : " It never settled."}${delicate}`;
  const how = rests ? rest : "it is not there yet";
  if (hide) return `${how}.`;
  if (ends.some((one) => solves(one) && one.rate < rate)) {
    return `stuck: ${how}, though a smaller rate solves XOR from this start.${delicate}`;
  }
  if (ends.some((one) => one.rate > rate && one.loss < last - 0.01)) {
    return `too small. The loss never jumps; ${grouped(EPOCHS)} epochs are not enough to get down.`;
  }
  return `${how}; no rate does better.`;
}

/** Say between which epochs the loss rose most, if it jumped at all.
 * @param {Float64Array} losses */
function largestJump(losses) {
  /** @param {number} epoch */
  const rise = (epoch) => losses[epoch + SEEN] - losses[epoch];
  const looks = Array.from({ length: EPOCHS / SEEN }, (_, k) => k * SEEN);
  const from = looks.reduce((most, epoch) => (rise(epoch) > rise(most) ? epoch : most));
  if (!(rise(from) >= JUMP)) return "";
  const [first, second] = [from, from + SEEN].map(grouped);
  const [before, after] = [from, from + SEEN].map((epoch) => fixed(losses[epoch]));
  return ` Between epochs ${first} and ${second} the loss jumped from ${before} to ${after}.`;
}
