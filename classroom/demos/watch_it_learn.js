// @ts-check
/** Training as a film: every epoch can be looked at, with all its numbers. */

import { Chart } from "./chart.js";
import { Demo, h } from "./demo.js";
import { Diagram } from "./diagram.js";
import { EPOCHS, RATES, SEEDS, networkAt, record, startOf } from "./runs.js";
import { flag, nine, number, oneOf, word } from "./state.js";
import { ACTIVATION_NAMES, Answers, Planes } from "./views.js";
import { NumberTables, fates } from "./why.js";
import { networkInPython, verdictInWords } from "./words.js";

const SPEEDS = { slow: 80, normal: 400, fast: 2000 }; // epochs a second
const CALM = 500; // milliseconds from picture to picture for those who want little motion

const FIELDS = {
  seed: number(42, 0, SEEDS - 1, true),
  start: nine(null), // a network to start from instead of a seed's
  activation: oneOf(Object.keys(ACTIVATION_NAMES)),
  rate: number(0.1, 0.0001, 1000),
  epoch: number(0, 0, EPOCHS, true),
  speed: oneOf(Object.keys(SPEEDS), "normal"),
  pinned: { start: "", read: (text) => (text && pinnedRun(text), text) },
  hide: flag,
  guess: number(null, 0, EPOCHS, true),
  why: word,
};

/** Return the run that a text such as "42;sigmoid;0.1" names; a start may stand for the seed. */
function pinnedRun(text) {
  const [from, kind, size] = text.split(";"), own = from.includes(",");
  const activation = FIELDS.activation.read(kind), rate = FIELDS.rate.read(size);
  const start = own ? nine(null).read(from) : startOf(FIELDS.seed.read(from), activation);
  const name = `${own ? "your network" : `seed ${from}`}, rate ${rate}`;
  return { activation, name: `${name}, ${ACTIVATION_NAMES[activation]}`, run: record(start, activation, rate) };
}

export function watchItLearn(element, state, changed) {
  const demo = new Demo(element, "watch_it_learn", FIELDS, state, changed);
  const planes = new Planes(demo, "inputs");
  const others = new Planes(demo, "pinned", undefined, "second");
  const diagram = new Diagram(demo);
  const chart = new Chart(demo, "loss", (x) => {
    const epoch = Math.round(x), guessed = demo.state.hide && epoch > demo.state.epoch;
    film.pause();
    demo.set(guessed ? { guess: epoch } : { epoch });
  });
  const film = new Film(demo);
  const own = demo.state.start;
  const run = () => {
    const { start, seed, activation, rate } = demo.state;
    return record(start ?? startOf(seed, activation), activation, rate);
  };

  const goTo = (epoch) => {
    film.pause();
    demo.set({ epoch: Math.min(EPOCHS, epoch) });
  };
  const pin = demo.button("Pin", () => {
    const { pinned, start, seed, activation, rate } = demo.state;
    demo.set({ pinned: pinned ? "" : [start ?? seed, activation, rate].join(";") });
  });
  const step = demo.button("Step", () => goTo(demo.state.epoch + 1));
  const rewind = demo.button("Rewind", () => goTo(0));
  const speeds = Object.fromEntries(Object.keys(SPEEDS).map((speed) => [speed, speed]));
  demo.row(film.button, step, rewind, pin, demo.choice("speed", "speed", speeds));
  demo.row(demo.number("epoch", "epoch", { least: 0, most: EPOCHS, step: 20 }));
  demo.row(demo.number("learning rate", "rate", { values: RATES }));
  demo.row(demo.number("seed", "seed", { least: 0, most: SEEDS - 1, also: { start: null } }));
  demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  const note = h("p", { class: "note" });
  demo.row(note, own ? demo.button("Your network", () => demo.set({ start: own })) : "");
  const truth = () => run().rightFrom?.toLocaleString("en") ?? "never";
  const python = () => networkInPython(/** @type {any} */ (demo.state));
  demo.finish("epoch from which all four are right", truth, python);
  const answers = new Answers(demo), numbers = new NumberTables(demo);

  demo.paint = () => {
    const { start, activation, epoch, hide, guess, pinned } = demo.state;
    const now = run(), other = pinned ? pinnedRun(pinned) : null, p = networkAt(now, epoch);
    demo.root.classList.toggle("pair", other !== null);
    pin.textContent = other ? "Unpin" : "Pin";
    planes.title = other ? "now" : "inputs";
    const network = planes.update(p, activation, { separable: !hide });
    if (other) others.update(networkAt(other.run, epoch), other.activation, { separable: !hide });
    const said = fates(network, activation);
    diagram.update(p, said, numbers.update(p, network, activation));
    answers.update(network.a2);
    drawLoss(chart, other ? [now, other.run] : [now], { epoch, hide, guess });

    const words = [`Epoch ${epoch.toLocaleString("en")}: ${verdictInWords(network, activation)}`];
    words.push(hide ? "." : `; hidden points ${network.apart ? "" : "not "}separable.`);
    const { last } = now;
    if (epoch > last) words.push(` The run diverged: after epoch ${last} its numbers run away.`);
    if (other) words.push(` Pinned: ${other.name}.`);
    demo.headline.textContent = words.join("");
    const drawn = activation === "sigmoid" ? "uniform on [0, 1)" : "as Keras draws it (Glorot)";
    const loss = activation === "sigmoid" ? "squared error" : "cross-entropy";
    note.textContent = `start: ${start ? "your network" : drawn}; loss: ${loss}`;
    demo.shown = p;
  };
  return demo;
}

/** Draw the losses of one run or two, with the moments of the first. */
function drawLoss(chart, runs, { epoch, hide, guess }) {
  const [{ separableFrom, rightFrom, losses }] = runs;
  const highest = runs.map((run) => Math.max(...run.losses.filter(Number.isFinite)));
  const most = 1.08 * Math.min(2, Math.max(0.05, ...highest));
  const gap = most > 1 ? 0.5 : most > 0.5 ? 0.2 : 0.1;
  const ticks = [0, 1, 2, 3].map((k) => k * gap).filter((tick) => tick < most);
  const moments = { separable: separableFrom, "all right": rightFrom };
  const marks = Object.entries(moments).filter(([, from]) => from !== null);
  chart.update(`${runs.map(({ key }) => key)} ${hide}`, {
    title: runs.length > 1 ? "loss (dashed: pinned)" : "loss",
    x: { least: 0, most: EPOCHS, ticks: [[0, "0"], [EPOCHS / 2, "5,000"], [EPOCHS, ""]] },
    y: { least: 0, most, ticks: ticks.map((tick) => [tick, tick ? tick.toFixed(1) : "0"]) },
    curves: runs.map((run, k) => ({ losses: run.losses, dashed: k > 0 })),
    marks: hide ? [] : marks.map(([what, from]) => [from, `${from} ${what}`]),
  });
  const at = ({ losses, last }) => [Math.min(epoch, last), losses[Math.min(epoch, last)]];
  chart.point(runs.map(at), { until: hide ? epoch : undefined, guess });
  const [first, here] = [losses[0], at(runs[0])[1]].map((loss) => loss.toFixed(4));
  chart.name(`The loss over all epochs: ${first} at first, ${here} at this one.`);
}

/** What lets the epochs go by, as many a second as the state says, whatever a frame takes. */
class Film {
  constructor(demo) {
    this.demo = demo;
    this.playing = false;
    this.exact = this.before = 0;
    this.button = demo.button("Play", () => (this.playing ? this.pause() : this.play()));
  }

  play() {
    if (this.demo.state.epoch === EPOCHS) this.demo.set({ epoch: 0 });
    [this.playing, this.before, this.exact] = [true, performance.now(), this.demo.state.epoch];
    this.button.textContent = "Pause";
    requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    this.playing = false;
    this.button.textContent = "Play";
  }

  tick(now) {
    if (!this.playing || this.demo.closed) return;
    requestAnimationFrame((later) => this.tick(later));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (calm && now - this.before < CALM) return;
    const { state } = this.demo;
    if (state.epoch !== Math.floor(this.exact)) this.exact = state.epoch; // set by another control
    this.exact += (SPEEDS[state.speed] * Math.max(0, now - this.before)) / 1000;
    this.before = now;
    const epoch = Math.min(EPOCHS, Math.floor(this.exact));
    if (epoch !== state.epoch) this.demo.set({ epoch });
    if (epoch === EPOCHS) this.pause();
  }
}
