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
    /** @param {MouseEvent} event */
    const onclick = ({ target }) => target instanceof HTMLButtonElement && choose?.(target.value);
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
        const [words, key] = [cell].flat(), node = cells[c].firstElementChild ?? cells[c];
        write(node, words);
        if (key) node.setAttribute("aria-pressed", String(key === chosen));
      });
    });
  }

  /** Make the cells; of those that can be chosen Tab finds one, and the arrow keys the others.
   * @param {Cell[][]} rows */
  build(rows) {
    /** @type {(cell: Cell, c: number) => HTMLTableCellElement} */
    const made = (cell, c) => {
      if (!Array.isArray(cell)) return c ? h("td") : h("th", { scope: "row" });
      return h("td", {}, h("button", { type: "button", tabindex: -1, value: cell[1] }));
    };
    this.body.replaceChildren(...rows.map((row) => h("tr", {}, ...row.map(made))));
    this.body.querySelector("button")?.setAttribute("tabindex", "0");
  }

  /** Go from cell to cell with the arrow keys.
   * @param {KeyboardEvent} event */
  move(event) {
    const target = /** @type {HTMLButtonElement} */ (event.target); // nothing else has the focus
    const buttons = [...this.body.querySelectorAll("button")], at = buttons.indexOf(target);
    const wide = target.closest("tr")?.querySelectorAll("button").length ?? 0;
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide };
    const next = buttons[at + steps[event.key]];
    if (!next) return;
    event.preventDefault();
    [target.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  }
}
