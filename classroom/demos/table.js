// @ts-check
/** A table whose cells are brought up to date one by one; some can be chosen. */

import { h, write } from "./dom.js";

/** A cell's text, or for a cell that can be chosen its text and its key.
 * @typedef {string | [string, string]} Cell */

export class Table {
  /** @param {HTMLElement} place
   * @param {string} caption
   * @param {string[]} columns the first is that of the rows' names
   * @param {(key: string) => void} [choose] hears which cell is chosen */
  constructor(place, caption, columns, choose) {
    this.body = h("tbody");
    const head = columns.map((name) => (name ? h("th", { scope: "col" }, name) : h("td")));
    const parts = [h("caption", {}, caption), h("thead", {}, h("tr", {}, ...head)), this.body];
    const onclick = ({ target }) => target.value && choose?.(target.value);
    place.append(h("table", { onclick, onkeydown: (event) => this.move(event) }, ...parts));
  }

  /** Show rows.
   * @param {Cell[][]} rows
   * @param {{chosen?: string, marked?: number}} [options] a cell's key, and a row to stand out */
  update(rows, { chosen = "", marked = -1 } = {}) {
    if (rows.length !== this.body.rows.length) this.build(rows);
    rows.forEach((row, r) => {
      const { cells, classList } = this.body.rows[r];
      classList.toggle("marked", r === marked);
      row.forEach((cell, c) => {
        const [words, key] = [cell].flat(), node = key ? cells[c].firstChild : cells[c];
        write(node, words);
        if (key) node.setAttribute("aria-pressed", key === chosen);
      });
    });
  }

  /** Make the cells; of those that can be chosen Tab finds one, and the arrow keys the others. */
  build(rows) {
    const made = (cell, c) => {
      if (!Array.isArray(cell)) return c ? h("td") : h("th", { scope: "row" });
      return h("td", {}, h("button", { type: "button", tabindex: -1, value: cell[1] }));
    };
    this.body.replaceChildren(...rows.map((row) => h("tr", {}, ...row.map(made))));
    this.body.querySelector("button")?.setAttribute("tabindex", "0");
  }

  /** Go from cell to cell with the arrow keys. */
  move(event) {
    const buttons = [...this.body.querySelectorAll("button")], at = buttons.indexOf(event.target);
    const wide = event.target.closest("tr").querySelectorAll("button").length;
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide };
    const next = buttons[at + steps[event.key]];
    if (!next) return;
    event.preventDefault();
    [event.target.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  }
}
