// @ts-check
/** A table whose cells are brought up to date one by one; some can be chosen. */

import { h } from "./demo.js";

/** A cell's text, or for a cell that can be chosen its text and its key.
 * @typedef {string | [string, string]} Cell */

export class Table {
  /** @param {import("./demo.js").Demo} demo
   * @param {string} caption
   * @param {string[]} columns the first is that of the rows' names
   * @param {{choose?: (key: string) => void, place?: HTMLElement}} [options] `choose` hears which
   *   cell is chosen */
  constructor(demo, caption, columns, { choose, place = demo.tables } = {}) {
    this.choose = choose;
    this.body = h("tbody");
    this.cells = [];
    const head = columns.map((name) => (name ? h("th", { scope: "col" }, name) : h("td")));
    const parts = [h("caption", {}, caption), h("thead", {}, h("tr", {}, ...head)), this.body];
    place.append(h("table", { onkeydown: (event) => this.move(event) }, ...parts));
  }

  /** Show rows.
   * @param {Cell[][]} rows
   * @param {{chosen?: string, marked?: number}} [options] a cell's key, and a row to stand out */
  update(rows, { chosen = "", marked = -1 } = {}) {
    if (rows.length !== this.cells.length) this.build(rows);
    rows.forEach((row, r) => {
      this.body.children[r].classList.toggle("marked", r === marked);
      row.forEach((cell, c) => {
        const node = this.cells[r][c], [text, key] = Array.isArray(cell) ? cell : [cell];
        if (node.textContent !== text) node.textContent = text;
        if (key !== undefined) node.setAttribute("aria-pressed", String(key === chosen));
      });
    });
  }

  /** Make the cells. */
  build(rows) {
    const made = (cell, c) => {
      if (!Array.isArray(cell)) return c ? h("td") : h("th", { scope: "row" });
      const choose = () => this.choose?.(cell[1]);
      return h("button", { type: "button", tabindex: -1, onclick: choose });
    };
    this.cells = rows.map((row) => row.map(made));
    const wrapped = (node) => (node.tagName === "BUTTON" ? h("td", {}, node) : node);
    this.body.replaceChildren(...this.cells.map((cells) => h("tr", {}, ...cells.map(wrapped))));
    this.body.querySelector("button")?.setAttribute("tabindex", "0");
  }

  /** Go from cell to cell with the arrow keys. */
  move(event) {
    const buttons = [...this.body.querySelectorAll("button")], at = buttons.indexOf(event.target);
    const wide = this.cells[0].length - 1;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide };
    const next = buttons[at + steps[event.key]];
    if (at < 0 || !next) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
