"""Each figure in prose has its computation: what tests/figures.py asks for, without a kernel."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.facts import tell
from tests.figures import (
    NOTEBOOKS,
    QUOTES,
    ROOT,
    complaints,
    computed,
    misplaced,
    numerals,
    prose,
    with_printing_cells,
)

FOLDERS = "book/slides/*.md", "book/worksheets/*.md", "classroom/checks/*.py"
IN_FOLDERS = {path.relative_to(ROOT).as_posix() for f in FOLDERS for path in ROOT.glob(f)}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_numeral_of_a_notebook_has_a_figure(path):
    assert list(complaints(nbformat.read(path, as_version=4))) == []


@pytest.mark.parametrize("document", sorted(IN_FOLDERS | QUOTES.keys()))
def test_each_numeral_of_a_document_has_a_figure_that_is_so(document):
    text, figures = prose(document), QUOTES.get(document, {})
    found = [(numeral, end) for numeral, end, reason in numerals(text, figures) if reason is None]
    bare = [f"no figure for {numeral!r} after {text[end - 50 : end]!r}" for numeral, end in found]
    assert [*misplaced(text, figures), *bare] == []
    told = computed(figures)
    assert tell(told, {}).splitlines() == list(told)


GOOD = new_notebook(
    cells=[
        new_markdown_cell("## 1. A loss\n\nFrom seed 3, after 500 epochs: 0.251, one in four."),
        new_code_cell(
            "n = train(seed=3, epochs=500)", outputs=[new_output("stream", text="0.251")]
        ),
        new_markdown_cell("## 2. More\n\nIn 1986 it was −5 of 20, a fifth: `n` is 20."),
    ]
)
GOOD.cells[0].metadata["figures"] = {"one in four": "n / 4 == 5"}
GOOD.cells[2].metadata["figures"] = {
    "1986": None,
    "−5 of 20": "f'{-5} of {n}'",
    "20": "n",
    "fifth": "5 / n == 1 / 4",
}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("seed 3", "seed 4", "no figure for '4'"),
        ("500 epochs", "600 epochs", "no figure for '600'"),
        ("0.251", "0.252", "no figure for '0.252'"),
        ("one in four", "one in five", "no figure for 'one in five'"),
        ("1986", "1987", "stands nowhere: '1986'"),
        ("−5 of 20", "−6 of 20", "stands nowhere: '−5 of 20'"),
        ("fifth", "seventh", "stands nowhere: 'fifth'"),
    ],
)
def test_a_changed_digit_is_found(old, new, complaint):
    assert list(complaints(GOOD)) == []
    changed = copy.deepcopy(GOOD)
    for cell in changed.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace(old, new)
    assert any(complaint in found for found in complaints(changed))


def test_what_is_computed_is_compared():
    *_, told = with_printing_cells(copy.deepcopy(GOOD)).cells
    (stored,) = told.outputs
    figures = {"−5 of 20": "f'{-5} of {n}'", "20": "n", "fifth": "5 / n == 1 / 4"}
    assert stored.text == "−5 of 20\n20\nfifth\n" == tell(figures, {"n": 20}) + "\n"
    assert tell(figures, {"n": 24}) == "-5 of 24\n24\nFalse"
