"""Each figure in prose has its computation: what tests/figures.py asks for, without a kernel."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from tests import figures
from tests.facts import ROOT, tell
from tests.figures import NOTEBOOKS, QUOTES, complaints, computed, numerals

FOLDERS = "book/worksheets/*.md", "lessons/tests/*.yaml", "classroom/checks/*.py", "classroom/*.py"
IN_FOLDERS = {path.relative_to(ROOT).as_posix() for f in FOLDERS for path in ROOT.glob(f)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_numeral_of_a_notebook_has_a_figure(path):
    assert list(complaints(nbformat.read(path, as_version=4))) == []


@pytest.mark.parametrize("document", sorted(IN_FOLDERS | QUOTES.keys()))
def test_each_numeral_of_a_document_has_a_figure_that_is_so(document):
    text, quoted = figures.prose(document), QUOTES.get(document, {})
    found = [(numeral, end) for numeral, end, reason in numerals(text, quoted) if reason is None]
    bare = [f"no figure for {numeral!r} after {text[end - 50 : end]!r}" for numeral, end in found]
    assert [*figures.misplaced(text, quoted), *bare] == []
    told = computed(quoted)
    assert tell(told, {}).splitlines() == list(told)


def test_a_changed_digit_or_word_is_found():
    notebook, missed = nbformat.read(NOTEBOOKS[4], as_version=4), []
    results = [found for found in figures.numerals_of(notebook) if found[-1] != "no result"][::12]
    for index, numeral, end, _ in results:
        changed = copy.deepcopy(notebook)
        last = str((int(numeral[-1]) + 1) % 10) if numeral[-1].isdigit() else "x seventh"
        text = changed.cells[index].source
        changed.cells[index].source = text[: end - 1] + last + text[end:]
        missed += [] if any(complaints(changed)) else [(numeral, text[end - 50 : end])]
    assert len(results) > 30 and len(missed) < len(results) / 15, missed


def test_a_setting_is_the_one_in_the_code():
    for text, reason in ("Seed 3, 500 epochs", "in the code"), ("Seed 4, 600 epochs", None):
        found = [reason for *_, reason in numerals(text, {}, code="train(seed=3, epochs=500)")]
        assert found == [reason, reason]


def test_what_is_computed_is_compared():
    made = {"1986": None, "−5 of 20": "f'{-5} of {n}'", "20": "n", "fifth": "5 / n == 1 / 4"}
    cell = new_markdown_cell("In 1986 −5 of 20, a fifth.", metadata={"figures": made})
    *_, told = figures.with_printing_cells(new_notebook(cells=[cell])).cells
    assert told.outputs[0].text == "−5 of 20\n20\nfifth\n"
    assert tell(computed(made), {"n": 20}) + "\n" == told.outputs[0].text
    assert tell(computed(made), {"n": 24}) == "-5 of 24\n24\nFalse"
