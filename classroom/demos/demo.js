// @ts-check
/** What the demos share: a state, controls that set it, a picture and words that follow it.
 *
 * A demo's state is plain data: the picture is drawn from it alone, the address carries it, and a
 * notebook's Python sees it. A control changes the state; whatever shows it follows in the next
 * frame. */

import DATA from "./data.json" with { type: "json" };
import sheet from "./demos.css" with { type: "css" };
import { h, write } from "./dom.js";
import { FIELDS, addressOf, checked, mapped, nearest, read, refused, steps } from "./state.js";
import { shortly } from "./words.js";

const REST = 300; // milliseconds without a change, after which the hand is said to rest

/** @typedef {import("./state.js").DemoState} DemoState */

/** Return all guesses by the addresses of their questions, with some more: the book's are among them.
 * They are kept by the browser, on this device only; where it refuses, the demo alone has its own.
 * @param {Record<string, {asked: string, guess: string}>} [more] */
function guesses(more = {}) {
  try {
    const all = { ...JSON.parse(localStorage["xor-guesses"] ?? "{}"), ...more };
    localStorage["xor-guesses"] = JSON.stringify(all);
    return all;
  } catch {
    return more;
  }
}

/** What is told of each state set here and the network shown, and again when the hand rests.
 * @typedef {(state: DemoState, shown: number[], resting: boolean) => void} Changed */

/** What opens a demo: it fills an element; the state may be in part, and in texts from a link.
 * @typedef {(element: HTMLElement, state?: Record<string, unknown>, changed?: Changed) =>
 *   Pick<Demo<DemoState>, "state" | "receive" | "tell" | "close">} Open */

/** A place for a demo: pictures, controls, words and numbers, redrawn when the state changes.
 * @template {DemoState} S */
export class Demo {
  /** @param {string} name
   * @param {HTMLElement} element is filled
   * @param {Record<string, unknown>} [state] may be in part, and in texts from a link
   * @param {Changed} [changed] */
  constructor(name, element, state = {}, changed = () => {}) {
    this.name = name;
    this.fields = FIELDS[name];
    this.changed = changed;
    this.state = /** @type {S} */ (mapped(this.fields, ({ start }) => start));
    /** What is brought up to date in each frame, one after the other.
     * @type {(() => void)[]} */
    this.followers = [];
    this.panels = /** @type {import("./panel.js").Panel[]} */ ([]);
    this.shown = /** @type {number[]} */ ([]);
    this.waiting = 0; // the next frame, if it is asked for
    this.news = ""; // what was told last

    this.picture = h("div", { class: "picture" });
    this.why = h("p", { class: "why" });
    this.headline = h("p", { class: "headline" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.controls = h("div", { class: "controls" });
    this.side = h("div", { class: "side" }, this.headline, this.problem, this.controls);
    this.tables = h("div", { class: "tables" });
    this.spoken = [this.headline, this.why]; // when the hand rests
    this.live = this.spoken.map(() => h("p", { class: "unseen", role: "status" }));
    const left = h("div", { class: "left" }, this.picture, this.why);
    this.root = h("div", { class: `demo ${name}` }, left, this.side, this.tables, ...this.live);
    // JupyterLab would take letters and arrow keys for commands to the notebook.
    /** @param {Event} event */
    const onkeydown = (event) => event.stopPropagation();
    // Bright letters tell a dark page. Should they change, a transition of a millisecond ends.
    const retheme = () => {
      const colour = getComputedStyle(this.host).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
      this.root.classList.toggle("dark", colour[0] + colour[1] + colour[2] > 384);
    };
    this.host = h("div", { "data-lm-suppress-shortcuts": "true", onkeydown, ontransitionend: retheme });
    for (const [name, colour] of Object.entries(DATA.COLOURS)) {
      this.host.style.setProperty(`--${name}`, colour);
    }
    const shadow = this.host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.root);
    this.sizes = new ResizeObserver(() => {
      for (const panel of this.panels) panel.measure();
      retheme();
      this.refresh();
    });
    element.replaceChildren(this.host);
    this.receive(state);
  }

  /** Stop listening to the page. */
  close() {
    this.sizes.disconnect();
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.rest);
    this.closed = true;
  }

  /** Take on a state from elsewhere: a link, Python, another view of the same demo.
   * @param {Record<string, unknown>} state */
  receive(state) {
    const { taken, problems } = checked(this.name, state);
    Object.assign(this.state, taken);
    if (!("guess" in taken)) this.recall();
    this.tell(problems);
    this.refresh();
  }

  /** Change the state from here.
   * @param {Partial<S>} changes */
  set(changes) {
    const question = this.question, { guess } = changes;
    Object.assign(this.state, changes);
    if (guess !== undefined) {
      const asked = `${this.name.replaceAll("_", " ")}: ${this.fields.guess.label}`;
      guesses({ [question]: { asked, guess: shortly(guess) } });
    } else if (question !== this.question) this.recall();
    if (this.copied) this.copied.hidden = true; // it is of the state before
    this.tell("");
    this.refresh();
    this.changed({ ...this.state }, this.shown, false);
  }

  /** The address of the question that is asked in this state. */
  get question() {
    const about = (this.fields.guess.about ?? []).map((key) => [key, this.state[key]]);
    return `demos/index.html${addressOf(this.name, Object.fromEntries(about))}`;
  }

  /** Take the guess that was made at this question, if there was one. */
  recall() {
    const made = read(guesses()[this.question]?.guess ?? null, this.fields.guess);
    this.state.guess = /** @type {number | null} */ (made ?? null);
  }

  /** The page that shows a demo alone, named by an element around it: "" is this very page. */
  get page() {
    const named = this.host.closest("[data-xor-page]")?.getAttribute("data-xor-page") ?? null;
    return named === null ? "" : new URL(named, location.href).href.replace(/#.*/, "");
  }

  /** Return a link to where `lead` says: its words, and an address in the book or, with a #, on the
   * demos' page; or nothing, and it is hidden.
   * @param {() => string[] | undefined} lead */
  link(lead) {
    const link = h("a");
    this.follow(() => {
      const [words, to] = lead() ?? ["", ""], page = this.page || `${DATA.SITE}demos/index.html`;
      link.href = to.startsWith("#") ? page + to : new URL(DATA.SITE + to, page).href;
      link.target = link.pathname === location.pathname ? "" : "_blank";
      link.hidden = !words;
      write(link, words);
    });
    return link;
  }

  /** Draw everything in the next frame; when the hand rests, tell what is new. */
  refresh() {
    if (this.closed) return;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.guard(() => this.followers.forEach((follow) => follow()));
      const said = this.spoken.map((node) => node.matches(".hint") ? "" : node.textContent ?? "");
      const news = JSON.stringify([this.state, said]);
      if (news === this.news) return;
      this.news = news;
      clearTimeout(this.rest);
      this.rest = setTimeout(() => {
        this.live.forEach((node, k) => write(node, said[k]));
        this.changed({ ...this.state }, this.shown, true);
      }, REST);
    });
  }

  /** Bring something up to date in each frame, after all that was named before.
   * @param {() => void} update */
  follow(update) {
    this.followers.push(update);
  }

  /** Do something; if it fails, show how, and go on.
   * @param {() => void} action */
  guard(action) {
    try {
      action();
    } catch (/** @type {any} */ error) {
      this.tell(`${error.name}: ${error.message}`);
    }
  }

  /** Say what is wrong, or that nothing is.
   * @param {string} words */
  tell(words) {
    write(this.problem, words);
  }

  /** Show a text below the picture; a hint is paler, and not spoken.
   * @param {string} words */
  explain(words, hint = false) {
    write(this.why, words);
    this.why.classList.toggle("hint", hint);
  }

  /** Put a panel into the picture.
   * @param {import("./panel.js").Panel} panel */
  add(panel) {
    this.panels.push(panel);
    this.picture.append(panel.box);
    this.sizes.observe(panel.box);
  }

  /** Add controls, in a row that breaks where it must.
   * @param {...(Node | string)} items a word is a part of the state that has a control */
  row(...items) {
    /** @param {string} key */
    const made = (key) => ("options" in this.fields[key] ? this.choice(key) : this.number(key));
    const nodes = items.map((item) => (typeof item === "string" ? made(item) : item));
    const row = h("div", { class: "row" }, ...nodes);
    this.controls.append(row);
    return row;
  }

  /** Return a button.
   * @param {string} words
   * @param {() => void} action */
  button(words, action) {
    return h("button", { type: "button", onclick: () => this.guard(action) }, words);
  }

  /** Return an input: `show` keeps it to the state, `take` hears when it is moved.
   * @template {"input" | "textarea"} [T="input"]
   * @param {import("./dom.js").Attributes} attributes
   * @param {() => void} show
   * @param {() => void} take
   * @param {T} tag */
  input(attributes, show, take, tag = /** @type {T} */ ("input")) {
    this.follow(show);
    return h(tag, { ...attributes, oninput: take });
  }

  /** Return a choice among a few options, all of them visible.
   * @param {string} key of the state */
  choice(key) {
    const { label = "", options = {} } = this.fields[key];
    const choices = Object.entries(options).map(([value, words]) => {
      const radio = this.input({ type: "radio", name: key, value },
        () => (radio.checked = this.state[key] === value),
        () => this.set(/** @type {Partial<S>} */ ({ [key]: value })));
      return h("label", {}, radio, h("span", {}, words));
    });
    return h("fieldset", { class: "choice" }, h("legend", {}, label), h("div", {}, ...choices));
  }

  /** Return a box for a number, with a slider if the field has values for it.
   * @param {string} key of the state
   * @param {number} [place] of one of its nine numbers */
  number(key, place) {
    const one = place !== undefined, field = (one && this.fields[key].typed) || this.fields[key];
    const label = (one ? this.fields[key].labels?.[place] : field.label) ?? "";
    const whole = field.kind === "count";
    const { least = NaN, most = NaN, step, reach } = field;
    const slides = step ? steps(reach ? -reach : least, reach ?? most, step) : [];
    const values = field.values ?? slides;
    const nine = () => /** @type {number[]} */ (this.state[key]);
    const value = () => (one ? nine()[place] : /** @type {number | null} */ (this.state[key]));
    /** @param {number | null} next */
    const put = (next) => this.set(/** @type {Partial<S>} */ (
      { ...field.also, [key]: one ? nine().with(place, Number(next)) : next }));
    let typing = false;
    /** @param {string | number} typed */
    const take = (typed) => {
      typing = false;
      const next = read(typed, field);
      if (next !== undefined) put(/** @type {number | null} */ (next));
      else {
        const now = shortly(value()) || "empty";
        this.tell(`${label}: ${refused(typed, field)} It stays ${now}.`);
      }
      box.value = shortly(value());
    };
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const up = /** @type {Record<string, number>} */ ({ ArrowUp: 1, ArrowDown: -1 })[event.key];
      if (!up) return;
      event.preventDefault();
      const now = Number(value()); // an empty box counts as 0
      take(whole ? now + up : (values[nearest(now, values) + up] ?? now));
    };
    const box = this.input({
      // Keyboards for numbers alone often lack a minus.
      type: "text", inputmode: least < 0 ? "text" : whole ? "numeric" : "decimal",
      autocomplete: "off", "aria-label": label, onchange: () => take(box.value), onkeydown: pressed,
    }, () => typing || (box.value = shortly(value())), () => (typing = true));
    const name = h("span", { "aria-hidden": "true" }, label);
    if (!values.length) return h("div", { class: "number" }, name, box);

    const ends = { min: 0, max: values.length - 1 };
    const slider = this.input({ type: "range", ...ends, "aria-label": `${label}, slider` }, () => {
      slider.value = String(nearest(Number(value()), values));
      slider.setAttribute("aria-valuetext", shortly(value()));
    }, () => put(values[slider.valueAsNumber]));
    return h("div", { class: "number slides" }, name, slider, box);
  }

  /** Add what every demo ends with: hiding the answers, guessing, and copying the state.
   * @param {() => string} truth what is shown beside the guess
   * @param {() => string} python lines that print the same digits */
  finish(truth, python) {
    const hide = this.input({ type: "checkbox" }, () => (hide.checked = this.state.hide),
      () => this.set(/** @type {Partial<S>} */ ({ hide: hide.checked })));
    const guess = this.number("guess"), beside = h("span", { class: "truth" });
    const onfocus = () => area.scrollIntoView({ block: "nearest" }); // by itself only its letters
    const area = h("textarea", { readonly: "", "aria-label": "to copy", onfocus });
    const done = h("span", { role: "status" });
    const copied = (this.copied = h("div", { class: "copied", hidden: "" }, done, area));
    this.follow(() => {
      guess.hidden = !this.state.hide && this.state.guess === null;
      write(beside, guess.hidden || this.state.hide ? "" : `In truth: ${truth()}.`);
    });
    /** @type {(what: string, words: string) => void} */
    const copy = (what, words) => {
      area.value = words;
      area.rows = Math.max(2, words.split("\n").length);
      copied.hidden = false;
      area.select();
      write(done, `${what}, to be copied from here:`);
      // Where it may not, by hand.
      navigator.clipboard?.writeText(words).then(() => write(done, `${what} copied:`), () => {});
    };
    const link = () => {
      const { page } = this;
      const what = page ? "Link" : "The part after the address of the demos' page";
      copy(what, `${page}${addressOf(this.name, this.state)}`);
    };
    const label = h("label", { class: "hide" }, hide, "hide the answers");
    const lines = this.button("Copy as Python", () => copy("Python", python()));
    this.row(label, this.button("Copy link", link), lines).after(copied);
    this.row(guess, beside);
  }
}
