// @ts-check
/** What the demos share: their state, controls that set it, tables, guesses, links.
 *
 * A demo's state is plain data: the picture is drawn from it alone, the address carries it, and a
 * notebook's Python sees it. A control changes the state; whatever shows it follows in the next
 * frame. */

import sheet from "./demos.css" with { type: "css" };
import { forward } from "./network.js";
import { fixed } from "./picture.js";

/** Return a new element; attributes that begin with "on" are listeners.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any} */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** What a part of the state may be: where it begins, and how it is read from a text.
 * @typedef {{start: any, read: (text: any) => any}} Field */

/** A number; a comma is a decimal sign.
 * @param {number | null} start
 * @param {number} least
 * @param {number} most
 * @returns {Field} */
export function number(start, least, most, whole = false) {
  const range = `${fixed(least, 3).replace(/\.?0+$/, "")} to ${fixed(most, 0)}`;
  return {
    start,
    read(text) {
      if (start === null && (text === null || text === "")) return null;
      const plain = String(text).trim().replace("−", "-").replace(",", ".");
      const value = plain === "" ? NaN : Number(plain);
      if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
        throw new RangeError(`“${text}” is not a ${whole ? "whole number" : "number"} from ${range}`);
      }
      return value;
    },
  };
}

/** One of a few words.
 * @param {string[]} options
 * @returns {Field} */
export const oneOf = (...options) => ({
  start: options[0],
  read(text) {
    if (options.includes(text)) return text;
    throw new RangeError(`“${text}” is none of ${options.map((one) => one || "nothing").join(", ")}`);
  },
});

/** Yes or no. */
export const flag = { start: false, read: (text) => ["true", "1"].includes(String(text)) };

/** Nine numbers, or none where `start` is null.
 * @param {number[] | null} start
 * @returns {Field} */
export const nine = (start) => ({
  start,
  read(text) {
    if (start === null && (text === null || text === "")) return null;
    const parts = Array.isArray(text) ? text : String(text).split(",");
    if (parts.length !== 9) throw new RangeError(`“${text}” are not nine numbers`);
    return parts.map(number(0, -1e6, 1e6).read);
  },
});

/** Any text, of which a demo makes what it can. */
export const word = { start: "", read: String };

/** Return a demo's address: the part after the # sign.
 * @param {string} name
 * @param {Record<string, any>} state
 * @param {Record<string, Field>} fields */
export function addressOf(name, state, fields) {
  const parts = Object.keys(fields).filter((key) => state[key] !== null && state[key] !== "" && state[key] !== false);
  const text = (value) => encodeURIComponent(value === true ? "1" : String(value)).replaceAll("%2C", ",").replaceAll("%3B", ";");
  return [`#demo=${name}`, ...parts.map((key) => `${key}=${text(state[key])}`)].join("&");
}

/** A place for a demo: pictures, controls, words and numbers, drawn anew when the state changes. */
export class Demo {
  /** @param {HTMLElement} element is filled
   * @param {string} name
   * @param {Record<string, Field>} fields
   * @param {Record<string, any>} state may be in part, and in texts from a link
   * @param {(state: Record<string, any>, shown: number[] | null) => void} changed is told of each
   *   new state and of the network that is shown */
  constructor(element, name, fields, state, changed) {
    Object.assign(this, { name, fields, changed });
    this.fields = fields;
    this.changed = changed;
    /** @type {Record<string, any>} */
    this.state = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, field.start]));
    this.followers = /** @type {(() => void)[]} */ ([]);
    this.panels = /** @type {import("./picture.js").Panel[]} */ ([]);
    this.shown = /** @type {number[] | null} */ (null);
    this.waiting = this.silence = 0;
    this.paint = () => {};

    this.picture = h("div", { class: "picture" });
    this.why = h("p", { class: "why" });
    this.headline = h("p", { class: "headline" });
    this.controls = h("div", { class: "controls" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.tables = h("div", { class: "tables" });
    this.live = h("p", { class: "unseen", role: "status" });
    this.side = h("div", { class: "side" }, this.headline, this.problem, this.controls);
    this.root = h("div", { class: `demo ${name}` }, h("div", { class: "left" }, this.picture, this.why),
      this.side, this.tables, this.live);
    // JupyterLab would take letters and arrow keys for commands to the notebook.
    const keep = (event) => event.stopPropagation();
    const host = h("div", { "data-lm-suppress-shortcuts": "true", onkeydown: keep });
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.root);
    element.replaceChildren(host);

    this.sizes = new ResizeObserver(() => {
      for (const panel of this.panels) panel.measure();
      this.refresh();
    });
    this.themes = new MutationObserver(() => this.retheme());
    for (const node of [document.documentElement, document.body]) this.themes.observe(node, { attributes: true });
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.retheme = this.retheme.bind(this);
    this.dark.addEventListener("change", this.retheme);
    this.retheme();
    this.receive(state);
  }

  /** Let go of the page. */
  close() {
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.silence);
    this.sizes.disconnect();
    this.themes.disconnect();
    this.dark.removeEventListener("change", this.retheme);
    this.paint = () => {};
  }

  /** Take on a state from elsewhere: a link, Python, another view of the same demo. */
  receive(state) {
    const problems = [];
    for (const [key, value] of Object.entries(state)) {
      if (!this.fields[key]) problems.push(`this demo has no “${key}”`);
      else try {
        this.state[key] = this.fields[key].read(value);
      } catch (error) {
        problems.push(`${key}: ${/** @type {Error} */ (error).message}; it stays ${this.state[key]}`);
      }
    }
    this.tell(problems.length ? `${problems.join(". ")}.` : "");
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
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.guard(() => {
        for (const follow of this.followers) follow();
        this.paint();
      });
      clearTimeout(this.silence);
      this.silence = setTimeout(() => {
        const words = this.headline.textContent;
        if (this.live.textContent !== words) this.live.textContent = words;
        this.changed({ ...this.state }, this.shown);
      }, 400);
    });
  }

  /** Do something; if it fails, show how, and go on. */
  guard(action) {
    try {
      action();
      if (this.failed) this.tell("");
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      this.tell(`${name}: ${message}`);
      this.failed = true;
    }
  }

  /** Say what is wrong, or that nothing is. */
  tell(text) {
    if (this.problem.textContent !== text) this.problem.textContent = text;
    this.failed = false;
  }

  /** Follow the page from light to dark and back. */
  retheme() {
    const channels = getComputedStyle(this.root.getRootNode().host).color.match(/[\d.]+/g) ?? [];
    const light = Number(channels[0]) + Number(channels[1]) + Number(channels[2]) > 384;
    this.root.classList.toggle("dark", light); // light letters: a dark page
    this.colours = null;
    this.refresh();
  }

  /** Return the colours of an output from 0 to 1, as pixels. */
  palette() {
    if (this.colours) return this.colours;
    const style = getComputedStyle(this.root);
    const [low, middle, high] = ["--low", "--middle", "--high"].map((name) => style.getPropertyValue(name).split(" ").map(Number));
    this.colours = new Uint32Array(256).map((_, k) => {
      const share = Math.abs(k / 127.5 - 1), end = k < 128 ? low : high;
      const [r, g, b] = middle.map((channel, n) => Math.round(channel + share * (end[n] - channel)));
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

  /** Return a box for a number, with a slider if it is told from where to where.
   * @param {string} label
   * @param {string} key of the state
   * @param {{least?: number, most?: number, step?: number, values?: number[], index?: number,
   *   also?: Record<string, any>}} [options] the slider's ends and step, or its `values`; `index`
   *   for one of nine numbers; `also` what else changes in the state */
  number(label, key, { least, most, step = 1, values, index, also = {} } = {}) {
    const field = index === undefined ? this.fields[key] : number(0, -1000, 1000);
    const value = () => (index === undefined ? this.state[key] : this.state[key][index]);
    const put = (next) =>
      this.set({ ...also, [key]: index === undefined ? next : this.state[key].with(index, next) });
    const nearest = () => {
      const gaps = (values ?? []).map((one) => Math.abs(Math.log(one / value())));
      return gaps.indexOf(Math.min(...gaps));
    };
    let typing = false;
    const take = (text) => {
      typing = false;
      try {
        put(field.read(text));
      } catch (error) {
        this.tell(`${label}: ${/** @type {Error} */ (error).message}. It stays ${shortly(value()) || "empty"}.`);
      }
      box.value = shortly(value());
    };
    const box = h("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": label,
      oninput: () => (typing = true),
      onchange: () => typing && take(box.value),
      onkeydown: (event) => {
        if (event.key === "Enter" && typing) take(box.value);
        const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!up) return;
        event.preventDefault();
        const next = values ? values[Math.min(values.length - 1, Math.max(0, nearest() + up))]
          : rounded((value() ?? 0) + up * (Number.isInteger(step) ? 1 : step));
        take(next);
      },
    });
    const ends = values ? { min: 0, max: values.length - 1, step: 1 } : { min: least, max: most, step };
    const slider = (values || least !== undefined) && h("input", {
      type: "range", ...ends, "aria-label": `${label}, slider`,
      oninput: () => put(values ? values[slider.valueAsNumber] : slider.valueAsNumber),
    });
    this.followers.push(() => {
      const text = shortly(value());
      if (!typing) box.value = text;
      if (!slider) return;
      slider.value = values ? nearest() : value();
      slider.setAttribute("aria-valuetext", text);
    });
    return h("div", { class: slider ? "number slides" : "number" }, h("span", { "aria-hidden": "true" }, label), ...(slider ? [slider] : []), box);
  }

  /** Return a choice of a few, all to be seen.
   * @param {string} label
   * @param {string} key of the state
   * @param {Record<string, string>} options from the value to what is read */
  choice(label, key, options) {
    const radios = Object.entries(options).map(([value, text]) => {
      const radio = h("input", { type: "radio", name: key, value, onchange: () => this.set({ [key]: value }) });
      return { radio, node: h("label", {}, radio, h("span", {}, text)) };
    });
    this.followers.push(() => {
      for (const { radio } of radios) radio.checked = radio.value === this.state[key];
    });
    return h("fieldset", { class: "choice" }, h("legend", {}, label), h("div", {}, ...radios.map(({ node }) => node)));
  }

  /** Return a button. */
  button(text, action) {
    return h("button", { type: "button", onclick: () => this.guard(action) }, text);
  }

  /** Add what every demo ends with: hiding the answers, guessing, and taking the state away.
   * @param {string} question
   * @param {() => string} truth what is shown beside the guess
   * @param {() => string} python lines that print the same digits */
  finish(question, truth, python) {
    const hide = h("input", { type: "checkbox", onchange: () => this.set({ hide: hide.checked }) });
    const guess = this.number(question, "guess"), beside = h("span", { class: "truth" });
    const area = h("textarea", { readonly: "", "aria-label": "to copy", spellcheck: "false" });
    const done = h("span", { role: "status" }), copied = h("div", { class: "copied" }, done, area);
    this.copied = copied;
    const copy = (what, text) => {
      area.value = text;
      area.rows = Math.max(2, text.split("\n").length);
      copied.classList.add("open");
      area.select();
      done.textContent = `${what}, to be copied from here:`;
      navigator.clipboard?.writeText(text).then(() => (done.textContent = `${what} copied:`), () => {});
    };
    const page = location.protocol === "file:" || document.querySelector("[data-xor-page]");
    this.followers.push(() => {
      hide.checked = this.state.hide;
      guess.hidden = !this.state.hide && this.state.guess === null;
      beside.textContent = guess.hidden ? "" : this.state.hide ? "" : `In truth: ${truth()}.`;
    });
    this.row(
      h("label", { class: "hide" }, hide, "hide the answers"),
      this.button("Copy link", () => {
        const base = page ? location.href.replace(/#.*/, "") : "";
        copy(base ? "Link" : "The part after the page's address", base + addressOf(this.name, this.state, this.fields));
      }),
      this.button("Copy as Python", () => copy("Python", python())),
    ).after(copied);
    this.row(guess, beside);
  }
}

/** Return a number without the last bits that sums leave. */
export const rounded = (value, digits = 3) => Number(value.toFixed(digits));

/** Return a number as boxes show it. */
function shortly(value) {
  if (value === null) return "";
  return String(Math.abs(value) < 0.1 ? Number(value.toPrecision(3)) : rounded(value)).replace("-", "−");
}

/** A table whose cells are brought up to date one by one. */
export class Table {
  /** @param {Demo} demo
   * @param {string} caption
   * @param {string[]} columns the first is that of the rows' names
   * @param {{choose?: (key: string) => void, place?: HTMLElement}} [options] `choose` hears which
   *   cell is chosen, of those with a key */
  constructor(demo, caption, columns, { choose, place = demo.tables } = {}) {
    this.choose = choose;
    this.body = h("tbody");
    this.caption = h("caption", {}, caption);
    this.cells = /** @type {HTMLElement[][]} */ ([]);
    const head = columns.map((name) => (name ? h("th", { scope: "col" }, name) : h("td")));
    this.table = h("table", { onkeydown: (event) => this.move(event) },
      this.caption, h("thead", {}, h("tr", {}, ...head)), this.body);
    place.append(this.table);
  }

  /** Show rows: a name and the texts of its cells, or for cells that can be chosen [text, key].
   * @param {(string | [string, string])[][]} rows
   * @param {string} [chosen] the key of the chosen cell
   * @param {number} [marked] a row to mark */
  update(rows, chosen = "", marked = -1) {
    if (rows.length !== this.cells.length) {
      this.cells = rows.map(([, ...cells]) => [h("th", { scope: "row" }), ...cells.map((cell) => Array.isArray(cell)
        ? h("button", { type: "button", tabindex: -1, onclick: () => this.choose?.(cell[1]) }) : h("td"))]);
      this.body.replaceChildren(...this.cells.map((cells) =>
        h("tr", {}, ...cells.map((cell) => (cell.tagName === "BUTTON" ? h("td", {}, cell) : cell)))));
      this.body.querySelector("button")?.setAttribute("tabindex", "0");
    }
    rows.forEach((row, r) => {
      this.body.children[r].classList.toggle("marked", r === marked);
      row.forEach((cell, c) => {
        const node = this.cells[r][c], text = Array.isArray(cell) ? cell[0] : cell;
        if (node.textContent !== text) node.textContent = text;
        if (Array.isArray(cell)) node.setAttribute("aria-pressed", String(cell[1] === chosen));
      });
    });
  }

  /** Go from cell to cell with the arrow keys. */
  move(event) {
    const buttons = [...this.body.querySelectorAll("button")], at = buttons.indexOf(/** @type {any} */ (event.target));
    const wide = this.cells[0].length - 1;
    const next = buttons[at + ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[event.key] ?? NaN)];
    if (at < 0 || !next) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/** Say on which side of 1/2 an answer is, and by how much. */
export function verdict(answer, target) {
  const margin = target ? answer - 0.5 : 0.5 - answer;
  if (margin === 0) return "undecided";
  if (Number.isNaN(margin)) return "no number";
  const size = Math.abs(margin), text = size < 0.0005 ? size.toExponential(0).replace("-", "−") : size.toFixed(3);
  return `${margin > 0 ? "right" : "wrong"} by ${text}`;
}

/** Return a network's nine numbers as Python's Parameters, to the last digit. */
export function parametersInPython(p, activation) {
  const list = (from, to) => Array.from(p).slice(from, to).join(", ");
  return [
    "Parameters(",
    `    W1=np.array([[${list(0, 2)}], [${list(2, 4)}]]),`,
    `    b1=np.array([[${list(4, 6)}]]),`,
    `    W2=np.array([[${list(6, 7)}], [${list(7, 8)}]]),`,
    `    b2=np.array([[${list(8, 9)}]]),`,
    `    activation="${activation}",`,
    ")",
  ].join("\n");
}

/** Return a sentence on how many rows are right, and the loss. */
export function verdictInWords(state, activation, right) {
  const loss = activation === "sigmoid" ? "mean squared error" : "cross-entropy";
  return `${right} of 4 rows right, ${loss} ${fixed(state.loss, 4)}`;
}
