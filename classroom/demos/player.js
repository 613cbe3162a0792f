// @ts-check
/** Playing a whole number of the state, from 0 to its most, and going through it by steps. */

import { write } from "./dom.js";

const CALM = 500; // milliseconds from picture to picture for those who want little motion

/** Return the buttons that play, go one back and one on, and rewind; and what ends the playing.
 * @param {import("./demo.js").Demo<import("./state.js").DemoState & any>} demo
 * @param {string} key of the state
 * @param {() => number} pace how many steps a second, whatever a frame takes */
export function player(demo, key, pace) {
  const { most = 0 } = demo.fields[key];
  let playing = false, before = 0; // when the step on the screen was due
  /** @param {number} place */
  const put = (place) => demo.set({ [key]: Math.max(0, Math.min(most, place)) });
  /** @param {boolean} on */
  function play(on) {
    if (on && demo.state[key] === most) put(0);
    [playing, before] = [on, performance.now()];
    write(film, on ? "Pause" : "Play");
    demo.refresh();
  }
  const stop = () => play(false);
  const film = demo.button("Play", () => play(!playing));
  demo.follow(() => {
    if (!playing) return;
    const passed = performance.now() - before, speed = pace() / 1000;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const steps = calm && passed < CALM ? 0 : Math.floor(passed * speed);
    before += steps / speed;
    put(demo.state[key] + steps);
    if (demo.state[key] === most) stop();
  });
  /** @type {(words: string, next: (now: number) => number) => HTMLButtonElement} */
  const button = (words, next) => demo.button(words, () => {
    stop();
    put(next(demo.state[key]));
  });
  const back = button("Back", (now) => now - 1), step = button("Step", (now) => now + 1);
  return { buttons: [film, back, step, button("Rewind", () => 0)], stop };
}
