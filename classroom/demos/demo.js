// @ts-check
/** What the demos share: a state, controls that set it, a picture and words that follow it.
 *
 * A demo's state is plain data: the picture is drawn from it alone, the address carries it, and a
 * notebook's Python sees it. A control changes the state; whatever shows it follows in the next
 * frame. */

// @ts-ignore: a style sheet is a module of its own
import sheet from "./demos.css" with { type: "css" };
import { addressOf, number, rounded, shortly } from "./state.js";

/** Return a new element; attributes that begin with "on" are listeners.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any} */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const REST = 400; // milliseconds without a change, after which the state is told

/** A place for a demo: pictures, controls, words and numbers, redrawn when the state changes. */
export class Demo {
  /** @param {HTMLElement} element is filled
   * @param {string} name
   * @param {Record<string, import("./state.js").Field>} fields
   * @param {Record<string, any>} [state] may be in part, and in texts from a link
   * @param {(state: Record<string, any>, shown: number[]) => void} [changed] is told of each new
   *   state, and of the network that is shown */
  constructor(element, name, fields, state = {}, changed = () => {}) {
    this.name = name;
    this.fields = fields;
    this.changed = changed;
    /** @type {Record<string, any>} */
    this.state = {};
    for (const [key, field] of Object.entries(fields)) this.state[key] = field.start;
    this.followers = [];
    this.panels = [];
    this.shown = [];
    this.paint = () => {};

    this.picture = h("div", { class: "picture" });
    this.why = h("p", { class: "why" });
    this.headline = h("p", { class: "headline" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.controls = h("div", { class: "controls" });
    this.side = h("div", { class: "side" }, this.headline, this.problem, this.controls);
    this.tables = h("div", { class: "tables" });
    this.live = h("p", { class: "unseen", role: "status" });
    const left = h("div", { class: "left" }, this.picture, this.why);
    this.root = h("div", { class: `demo ${name}` }, left, this.side, this.tables, this.live);
    // JupyterLab would take letters and arrow keys for commands to the notebook.
    const keep = (event) => event.stopPropagation();
    this.host = h("div", { "data-lm-suppress-shortcuts": "true", onkeydown: keep });
    const shadow = this.host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.root);
    element.replaceChildren(this.host);
    this.watch();
    this.receive(state);
  }

  /** Follow sizes, and the page from light to dark and back. */
  watch() {
    const retheme = () => {
      // An element that a notebook has not yet put into its page has no style.
      const channels = getComputedStyle(this.host).color.match(/[\d.]+/g) ?? ["0", "0", "0"];
      const [red, green, blue] = channels.map(Number);
      this.root.classList.toggle("dark", red + green + blue > 384); // bright letters: a dark page
      this.colours = null;
      this.refresh();
    };
    this.sizes = new ResizeObserver(() => {
      for (const panel of this.panels) panel.measure();
      retheme();
    });
    const themes = new MutationObserver(retheme), dark = matchMedia("(prefers-color-scheme: dark)");
    themes.observe(document.documentElement, { attributes: true });
    themes.observe(document.body, { attributes: true });
    dark.addEventListener("change", retheme);
    this.unwatch = () => {
      this.sizes.disconnect();
      themes.disconnect();
      dark.removeEventListener("change", retheme);
    };
    retheme();
  }

  /** Stop listening to the page. */
  close() {
    this.unwatch();
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.rest);
    this.closed = true;
  }

  /** Take on a state from elsewhere: a link, Python, another view of the same demo. */
  receive(state) {
    const problems = [];
    for (const [key, value] of Object.entries(state)) {
      if (!this.fields[key]) problems.push(`this demo has no “${key}”.`);
      else try {
        this.state[key] = this.fields[key].read(value);
      } catch (error) {
        problems.push(`${key}: ${error.message}; it stays ${this.state[key]}.`);
      }
    }
    this.tell(problems.join(" "));
    this.refresh();
  }

  /** Change the state from here. */
  set(changes) {
    Object.assign(this.state, changes);
    this.copied?.classList.remove("open"); // it is of the state before
    this.tell("");
    this.refresh();
    this.changed({ ...this.state }, this.shown);
  }

  /** Draw everything in the next frame. */
  refresh() {
    if (this.closed) return;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.guard(() => {
        for (const follow of this.followers) follow();
        this.paint();
      });
      clearTimeout(this.rest);
      this.rest = setTimeout(() => {
        const words = this.headline.textContent;
        if (this.live.textContent !== words) this.live.textContent = words;
        this.changed({ ...this.state }, this.shown);
      }, REST);
    });
  }

  /** Do something; if it fails, show how, and go on. */
  guard(action) {
    try {
      action();
      if (this.failed) this.tell("");
    } catch (error) {
      this.tell(`${error.name}: ${error.message}`);
      this.failed = true;
    }
  }

  /** Say what is wrong, or that nothing is. */
  tell(text) {
    if (this.problem.textContent !== text) this.problem.textContent = text;
    this.failed = false;
  }

  /** Show a text below the picture; a hint is paler. */
  explain(text, hint = false) {
    if (this.why.textContent !== text) this.why.textContent = text;
    this.why.classList.toggle("hint", hint);
  }

  /** Return the colours of an output from 0 to 1, as pixels. */
  palette() {
    if (this.colours) return this.colours;
    const style = getComputedStyle(this.root);
    const colour = (name) => style.getPropertyValue(name).trim().split(" ").map(Number);
    const [low, middle, high] = ["--low", "--middle", "--high"].map(colour);
    this.colours = new Uint32Array(256).map((_, k) => {
      const share = Math.abs(k / 127.5 - 1), end = k < 128 ? low : high;
      const [r, g, b] = middle.map((from, n) => Math.round(from + share * (end[n] - from)));
      return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    });
    return this.colours;
  }

  /** Put a panel into the picture. */
  add(panel) {
    this.panels.push(panel);
    this.picture.append(panel.box);
    this.sizes.observe(panel.box);
  }

  /** Add controls, in a row that breaks where it must. */
  row(...nodes) {
    const row = h("div", { class: "row" }, ...nodes);
    this.controls.append(row);
    return row;
  }

  /** Return a button. */
  button(text, action) {
    return h("button", { type: "button", onclick: () => this.guard(action) }, text);
  }

  /** Return a choice among a few options, all of them visible.
   * @param {string} label
   * @param {string} key of the state
   * @param {Record<string, string>} options from the value to what is read */
  choice(label, key, options) {
    const choices = Object.entries(options).map(([value, text]) => {
      const change = () => this.set({ [key]: value });
      const radio = h("input", { type: "radio", name: key, value, onchange: change });
      this.followers.push(() => (radio.checked = this.state[key] === value));
      return h("label", {}, radio, h("span", {}, text));
    });
    return h("fieldset", { class: "choice" }, h("legend", {}, label), h("div", {}, ...choices));
  }

  /** Return a box for a number, with a slider if its ends are given.
   * @param {string} label
   * @param {string} key of the state
   * @param {{least?: number, most?: number, step?: number, values?: number[], index?: number,
   *   also?: Record<string, any>}} [options] the slider's ends and step, or its `values`; `index`
   *   for one of nine numbers; `also` what else changes in the state */
  number(label, key, { least, most, step = 1, values, index, also = {} } = {}) {
    const one = index !== undefined, field = one ? number(0, -1000, 1000) : this.fields[key];
    const value = () => (one ? this.state[key][index] : this.state[key]);
    const put = (next) =>
      this.set({ ...also, [key]: one ? this.state[key].with(index, next) : next });
    const nearest = () => nearestTo(value(), values);
    let typing = false;
    const take = (text) => {
      typing = false;
      try {
        put(field.read(text));
      } catch (error) {
        this.tell(`${label}: ${error.message}. It stays ${shortly(value()) || "empty"}.`);
      }
      box.value = shortly(value());
    };
    const pressed = (event) => {
      if (event.key === "Enter" && typing) take(box.value);
      const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!up) return;
      event.preventDefault();
      const finer = step > 1 ? 1 : step, next = rounded(value() + up * finer);
      take(values ? (values[nearest() + up] ?? value()) : next);
    };
    const box = h("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": label,
      oninput: () => (typing = true), onchange: () => typing && take(box.value),
      onkeydown: pressed,
    });
    this.followers.push(() => typing || (box.value = shortly(value())));
    const name = h("span", { "aria-hidden": "true" }, label);
    if (!values && least === undefined) return h("div", { class: "number" }, name, box);

    const [min, max] = values ? [0, values.length - 1] : [least, most];
    const moved = () => put(values ? values[slider.valueAsNumber] : slider.valueAsNumber);
    const slider = h("input", {
      type: "range", min, max, step, "aria-label": `${label}, slider`, oninput: moved,
    });
    this.followers.push(() => {
      slider.value = values ? nearest() : value();
      slider.setAttribute("aria-valuetext", shortly(value()));
    });
    return h("div", { class: "number slides" }, name, slider, box);
  }

  /** Add what every demo ends with: hiding the answers, guessing, and copying the state.
   * @param {string} question
   * @param {() => string} truth what is shown beside the guess
   * @param {() => string} python lines that print the same digits */
  finish(question, truth, python) {
    const hide = h("input", { type: "checkbox", onchange: () => this.set({ hide: hide.checked }) });
    const guess = this.number(question, "guess"), beside = h("span", { class: "truth" });
    this.followers.push(() => {
      hide.checked = this.state.hide;
      guess.hidden = !this.state.hide && this.state.guess === null;
      beside.textContent = guess.hidden || this.state.hide ? "" : `In truth: ${truth()}.`;
    });
    const area = h("textarea", { readonly: "", "aria-label": "to copy", spellcheck: "false" });
    const done = h("span", { role: "status" });
    this.copied = h("div", { class: "copied" }, done, area);
    const copy = (what, text) => {
      area.value = text;
      area.rows = Math.max(2, text.split("\n").length);
      this.copied.classList.add("open");
      area.select();
      done.textContent = `${what}, to be copied from here:`;
      const told = () => (done.textContent = `${what} copied:`);
      navigator.clipboard?.writeText(text).then(told, () => {}); // where it may not, by hand
    };
    const link = () => {
      // The page that shows a demo alone, named by an element around it: "" is this very page.
      const named = this.host.closest("[data-xor-page]")?.dataset.xorPage;
      const page = named === undefined ? "" : new URL(named, location.href).href.replace(/#.*/, "");
      const what = page ? "Link" : "The part after the address of the demos' page";
      copy(what, `${page}${addressOf(this.name, this.state)}`);
    };
    const label = h("label", { class: "hide" }, hide, "hide the answers");
    const copies = [this.button("Copy link", link)];
    copies.push(this.button("Copy as Python", () => copy("Python", python())));
    this.row(label, ...copies).after(this.copied);
    this.row(guess, beside);
  }
}

/** Return the index of the value that is nearest in ratio. */
export function nearestTo(value, values) {
  const gaps = values.map((one) => Math.abs(Math.log(one / value)));
  return gaps.indexOf(Math.min(...gaps));
}
