"""Figures in prose, bound to their computation.

A Markdown cell's metadata may hold `figures`, from what stands in the cell to an expression that
gives it, over the names its notebook has by then and those of tests/facts.py:

    "figures": {"451 of 2000": "f'{lost} of 2000'", "22.6 %": "percent(lost / 2000)"}

nbval evaluates them in the kernel in which it runs the notebook. In place of an expression stands
the number of a notebook that prints or computes the same figure, or null for what nobody can
compute: a year, a page, a setting of others. Other documents have theirs, in the same form, in
tests/quotes.json.

`make figures` lists the numerals of notebooks, and what stands behind each.
"""

import ast
import json
import re
import sys
from functools import cache
from pathlib import Path
from pprint import pformat

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_output

from tests import facts
from tests.facts import ROOT

NOTEBOOKS = sorted(
    path for folder in ("", "solutions") for path in ROOT.glob(f"notebooks/{folder}/*.ipynb")
)
QUOTES = json.loads((ROOT / "tests/quotes.json").read_text(encoding="utf-8"))
NUMERAL = re.compile(
    r"\d+(?:[.,/]\d+)*|[½¼¾⅓⅔]|(?<!hree )\b(?:thousand|hundred|fifth|seventh)\b"
    r"|\b(?:one|two|three|four) (?:\w+ )?(?:in|of) (?:three|four|five|seven|ten)\b"
)
# Numerals that are no results. Other tests look after those marked *.
HARMLESS = [
    r"```.*?```",  # *
    r"\]\((?!http)[^)\s]+\)",  # links between files *
    r"^#+ \d+[a-d]?\b|^\d\. |^\*\*\d\. ",  # titles, lists and questions count upwards *
    r"\*\*Time\*\* about \d\d minutes",  # *
    r"\b(?:[Nn]otebooks?|[Qq]uestion|[Ee]xercises to) \d+(?: (?:and|to) \d+)?\b",  # *
    r"(?<!\d\d and )(?<![\d/.,])(?:00|01|10|11)(?![\d/%]|[.,]\d| and \d\d)",  # rows, and the pairs
    r"\b(?:00 and 11|01 and 10|10 and 11|01 and 11)\b",  # of them that have something in common
    r"(?:\b[abhwxzAWZ]|\\delta|\\Delta)_[12]\b|z_\{[01]{2}\}|\b2-2-1\b",
    r"\b(?:[abhwzW]|d[bW]|delta)[12]\b",
    r"(?<![\d/.,_])[01](?![\w/%]|[.,]\d|(?<=0) - )",  # targets, ends of ranges
    r"(?<![\d/.,])1/2(?![\d/])|\^2\b|\b2b\b|\b[Tt]en thousand\b",
    r"^\[[\w-]+\]: [^\s#]+|(?<=\])\[[\w-]+\]|^\[[\w-]+\](?=:)",  # addresses, their names *
    r"<!-- Made by .+?<!-- The end of it",  # plans, whose figures are with the lessons *
    r"^(?:minutes|after|title): \"?\d+|^% question \S+|^<picture [^\n]+",  # lessons *
    r"^\| (?:ours|\| notebook|notebook) .*?\n\n",  # tables that are copied *
    r"\b[Ww]orksheets? \d\b|\b[Tt]asks? \d\b(?: and \d\b)?",
]
# Settings: what is said of these must be in the code of the same section.
INPUTS = {
    r"([\d,]*\d) epochs": r"epochs\"?[=:] ?([\d_]+)",
    r"rates? (?:of |to )?([\d.]*\d)": r"learning_rate\"?[=:] ?([\d.]+)",
    r"[Ss]eeds? (\d+)": r"(?:seed=|uniform_parameters\()(\d+)",
}


@cache
def whole(figure):
    """Return a pattern for a figure that is no part of a longer number."""
    return re.compile(r"(?<!\d)(?<!\d[.,])" + re.escape(figure) + r"(?!(?<=\d)(?:\d|[.,]\d))")


def stands(figure, text):
    return whole(figure).search(text) is not None


def prose(document):
    """Return the text of a document, or of a folder's: of a Python file its longer strings."""
    path = ROOT / document
    files = sorted(path.glob("*.md")) if path.is_dir() else [path]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    if not document.endswith(".py"):
        return text
    nodes = list(ast.walk(ast.parse(text)))
    docstrings = [node.value for node in nodes if isinstance(node, ast.Expr)]
    strings = [n.value for n in nodes if isinstance(n, ast.Constant) and n not in docstrings]
    return "\n\n".join(part for part in strings if isinstance(part, str) and " " in part)


def numerals(text, figures, shown="", code=""):
    """Yield each numeral of a text, where it ends, and what stands behind it: None for nothing."""
    behind = np.full(len(text), None)
    for rule in HARMLESS:
        for found in re.finditer(rule, text, re.M | re.S):
            behind[slice(*found.span())] = "no result"
    for found in re.finditer(r"`([^`\n]*)`", text):
        if found[1] in code or found[1] in shown:
            behind[slice(*found.span())] = "in the code"
    for rule, in_code in INPUTS.items():
        used = {float(value) for value in re.findall(in_code, code)}
        for found in re.finditer(rule, text):
            if float(found[1].replace(",", "")) in used:
                behind[slice(*found.span(1))] = "in the code"
    for figure, expression in figures.items():
        for found in whole(figure).finditer(text):
            behind[slice(*found.span())] = f"figure: {expression}"
    for found in NUMERAL.finditer(text):
        reasons = behind[slice(*found.span())]
        reason = reasons[-1] if all(reasons) else None
        if reason is None and len(found.group()) > 2:
            places = {"printed": shown, "in the code": code.replace("_", ",")}
            reason = next((p for p, where in places.items() if stands(found.group(), where)), None)
        yield found.group(), found.end(), reason


def sections(cells):
    """Yield the indices of each section's cells: those from one heading to the next."""
    starts = [k for k, cell in enumerate(cells) if k == 0 or cell.source.startswith("## ")]
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        yield range(start, end)


def numerals_of(notebook):
    """Yield, for each numeral of a notebook, its cell's index, and what `numerals` yields."""
    for section in sections(notebook.cells):
        cells = [notebook.cells[k] for k in section]
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        shown = facts.outputs(cells)
        for k, cell in zip(section, cells, strict=True):
            if cell.cell_type == "markdown":
                figures = cell.metadata.get("figures", {})
                for found in numerals(cell.source, figures, shown, code):
                    yield k, *found


def computed(figures):
    """Return those of some figures that have an expression."""
    return {f: expression for f, expression in figures.items() if isinstance(expression, str)}


@cache
def known(number):
    """Return all that a notebook prints, and the figures in its prose that it computes."""
    figures = [computed(cell["metadata"].get("figures", {})) for cell in facts.cells(number)]
    return "\n".join([facts.shown(number), *(figure for some in figures for figure in some)])


def misplaced(text, figures):
    """Yield what is wrong with the figures of a text, as far as no computation is needed."""
    for figure, expression in figures.items():
        if not stands(figure, text):
            yield f"stands nowhere: {figure!r}"
        if isinstance(expression, int) and not stands(figure, known(expression)):
            yield f"notebook {expression} neither prints nor computes {figure!r}"


def complaints(notebook):
    """Yield each numeral of a notebook's prose without a figure, and each misplaced figure."""
    for index, numeral, end, reason in numerals_of(notebook):
        if reason is None:
            before = notebook.cells[index].source[max(0, end - 50) : end]
            yield f"cell {index}: no figure for {numeral!r} after {before!r}"
    for index, cell in enumerate(notebook.cells):
        for wrong in misplaced(cell.source, cell.metadata.get("figures", {})):
            yield f"cell {index}: {wrong}"


def with_printing_cells(notebook):
    """Return a notebook for nbval in which a cell prints the figures of the one above it."""
    cells = []
    for cell in notebook.cells:
        cells.append(cell)
        figures = cell.metadata.get("figures", {}) if cell.cell_type == "markdown" else {}
        if told := computed(figures):
            tell = "__import__('tests.facts', fromlist=['tell']).tell"
            source = f"print({tell}({pformat(told)}, globals()))"
            text = new_output("stream", name="stdout", text="\n".join(told) + "\n")
            cells.append(new_code_cell(source, outputs=[text], execution_count=0))
    notebook.cells = cells
    return notebook


def main():
    """List the numerals of the notebooks that are named, or of all."""
    for path in [Path(name) for name in sys.argv[1:]] or NOTEBOOKS:
        for index, numeral, end, reason in numerals_of(notebook := nbformat.read(path, 4)):
            before = " ".join(notebook.cells[index].source[max(0, end - 30) : end].split())
            if reason != "no result":
                print(
                    f"{path.stem[:9]} {index:3}  {numeral:8}  {before:31} {reason or 'NO FIGURE'}"
                )


if __name__ == "__main__":
    main()
