// @ts-check
/** Training as a film: every epoch can be looked at, with all its numbers. */

import { Demo, flag, h, nine, number, oneOf, verdictInWords, word } from "./demo.js";
import { Chart, Diagram } from "./picture.js";
import { EPOCHS, RATES, SEEDS, networkAt, record, runInPython, startOf } from "./runs.js";
import { ACTIVATION_NAMES, Planes, answerRows, answersTable, nameDiagram } from "./views.js";
import { NumberTables, fates } from "./why.js";

const SPEEDS = { slow: 80, normal: 400, fast: 2000 }; // epochs a second
const CALM = 500; // milliseconds from picture to picture for those who want little motion

export const FIELDS = {
  seed: number(42, 0, SEEDS - 1, true),
  start: nine(null), // a network to start from instead of a seed's
  activation: oneOf(...Object.keys(ACTIVATION_NAMES)),
  rate: number(0.1, 0.0001, 1000),
  epoch: number(0, 0, EPOCHS, true),
  speed: { ...oneOf(...Object.keys(SPEEDS)), start: "normal" },
  pinned: { start: "", read: (text) => (text && pinnedRun(text), text) },
  hide: flag,
  guess: number(null, 0, EPOCHS, true),
  why: word,
};

/** Return the run that a text such as "42;sigmoid;0.1" names; a start may stand for the seed.
 * @param {string} text */
function pinnedRun(text) {
  const [from, kind, size] = text.split(";");
  const activation = FIELDS.activation.read(kind), rate = FIELDS.rate.read(size);
  const start = from.includes(",") ? nine(null).read(from) : startOf(FIELDS.seed.read(from), activation);
  const name = `${from.includes(",") ? "your network" : `seed ${from}`}, rate ${rate}`;
  return { activation, name, run: record(start, activation, rate) };
}

/** The demo of a training run that can be played, stepped, rewound and compared.
 * @param {HTMLElement} element
 * @param {Record<string, any>} [state]
 * @param {(state: Record<string, any>, shown: number[] | null) => void} [changed] */
export function watchItLearn(element, state = {}, changed = () => {}) {
  const demo = new Demo(element, "watch_it_learn", FIELDS, state, changed);
  const own = demo.state.start;
  const planes = new Planes(demo), others = new Planes(demo, "pinned", undefined, "second");
  const diagram = new Diagram(demo);
  const chart = new Chart(demo, "loss", (x) => {
    pause();
    const epoch = Math.round(x);
    demo.set(demo.state.hide && epoch > demo.state.epoch ? { guess: epoch } : { epoch });
  });

  let playing = false, before = 0, exact = 0;
  function tick(now) {
    if (!playing) return;
    requestAnimationFrame(tick);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && now - before < CALM) return;
    if (demo.state.epoch !== Math.floor(exact)) exact = demo.state.epoch; // set by another control
    const speed = SPEEDS[/** @type {keyof typeof SPEEDS} */ (demo.state.speed)];
    exact = Math.min(EPOCHS, exact + (speed * (now - before)) / 1000);
    before = now;
    if (Math.floor(exact) !== demo.state.epoch) demo.set({ epoch: Math.floor(exact) });
    if (exact === EPOCHS || !element.isConnected) pause();
  }
  function pause() {
    playing = false;
    play.textContent = "Play";
  }
  const play = demo.button("Play", () => {
    if (playing) return pause();
    if (demo.state.epoch === EPOCHS) demo.set({ epoch: 0 });
    [playing, before, exact] = [true, performance.now(), demo.state.epoch];
    play.textContent = "Pause";
    requestAnimationFrame(tick);
  });
  const goTo = (epoch) => {
    pause();
    demo.set({ epoch: Math.min(EPOCHS, epoch) });
  };
  const pin = demo.button("Pin", () => {
    const { pinned, start, seed, activation, rate } = demo.state;
    demo.set({ pinned: pinned ? "" : [start ?? seed, activation, rate].join(";") });
  });
  demo.row(play, demo.button("Step", () => goTo(demo.state.epoch + 1)), demo.button("Rewind", () => goTo(0)), pin,
    demo.choice("speed", "speed", { slow: "slow", normal: "normal", fast: "fast" }));
  demo.row(demo.number("epoch", "epoch", { least: 0, most: EPOCHS, step: 20 }));
  demo.row(demo.number("learning rate", "rate", { values: RATES }));
  demo.row(demo.number("seed", "seed", { least: 0, most: SEEDS - 1, step: 1, also: { start: null } }));
  demo.row(demo.choice("hidden units", "activation", ACTIVATION_NAMES));
  const note = h("p", { class: "note" });
  demo.row(note, ...(own ? [demo.button("Your network", () => demo.set({ start: own }))] : []));
  const run = () => {
    const { start, seed, activation, rate } = demo.state;
    return record(start ?? startOf(seed, activation), activation, rate);
  };
  demo.finish("epoch from which all four are right", () => run().rightFrom?.toLocaleString("en") ?? "never",
    () => runInPython(/** @type {any} */ (demo.state)));
  const answers = answersTable(demo);
  const numbers = new NumberTables(demo);

  demo.paint = () => {
    const { start, activation, epoch, hide, guess, pinned } = demo.state, film = run();
    const p = networkAt(film, epoch), other = pinned ? pinnedRun(pinned) : null;
    demo.root.classList.toggle("pair", other !== null);
    pin.textContent = other ? "Unpin" : "Pin";
    planes.title = other ? "now" : "inputs";
    const network = planes.update(p, activation, { separable: !hide });
    if (other) others.update(networkAt(other.run, epoch), other.activation, { separable: !hide });
    const said = fates(network, activation);
    diagram.update(p, { fates: said, lit: numbers.update(p, network, activation) });
    nameDiagram(diagram, said);

    const shown = other ? [film, other.run] : [film];
    const losses = shown.flatMap(({ losses, last }) => [Math.max(...losses.subarray(0, last + 1).filter(Number.isFinite))]);
    const most = 1.08 * Math.min(2, Math.max(0.05, ...losses)), gap = most > 1 ? 0.5 : most > 0.5 ? 0.2 : 0.1;
    chart.update(`${shown.map(({ key }) => key)} ${hide}`, {
      title: other ? "loss (dashed: pinned)" : "loss",
      x: { least: 0, most: EPOCHS, ticks: [[0, "0"], [EPOCHS / 2, "5,000"], [EPOCHS, ""]] },
      y: { least: 0, most, ticks: [0, 1, 2, 3].filter((k) => k * gap < most).map((k) => [k * gap, k ? (k * gap).toFixed(1) : "0"]) },
      curves: shown.map(({ losses, last }, k) => ({ losses: losses.subarray(0, last + 1), dashed: k > 0 })),
      marks: hide ? [] : [
        ...(film.separableFrom === null ? [] : [{ x: film.separableFrom, text: `${film.separableFrom} separable` }]),
        ...(film.rightFrom === null ? [] : [{ x: film.rightFrom, text: `${film.rightFrom} all right` }]),
      ],
    });
    chart.point(shown.map(({ losses, last }) => [Math.min(epoch, last), losses[Math.min(epoch, last)]]),
      { until: hide ? epoch : undefined, guess });
    chart.name(`The loss from epoch 0 to ${EPOCHS.toLocaleString("en")}; at this epoch ${network.loss.toFixed(4)}.`);

    const diverged = epoch > film.last ? ` The run diverged: after epoch ${film.last} its numbers run away.` : "";
    demo.headline.textContent = `Epoch ${epoch.toLocaleString("en")}: ${verdictInWords(network, activation, network.right)}` +
      `${hide ? "" : `; hidden points ${network.apart ? "" : "not "}separable`}.${diverged}` +
      (other ? ` Pinned: ${other.name}, ${ACTIVATION_NAMES[/** @type {keyof typeof ACTIVATION_NAMES} */ (other.activation)]}.` : "");
    note.textContent = (start ? "start: your network" : activation === "sigmoid" ? "start: uniform on [0, 1)" : "start: as Keras draws it (Glorot)") +
      (activation === "sigmoid" ? "; loss: squared error" : "; loss: cross-entropy");
    answers.update(answerRows(network.a2));
    demo.shown = [...p];
  };
  return demo;
}
