"""The stored notebooks are in good form, and each check of that form can fail."""

import copy
from functools import cache
from itertools import pairwise

import nbformat
import pytest

from tests import notebook_checks
from tests.facts import ROOT

PATHS = sorted(ROOT.glob("notebooks/0*.ipynb"))
NAMES = [path.stem for path in PATHS]


@cache
def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
@pytest.mark.parametrize("check", notebook_checks.CHECKS, ids=lambda check: check.__name__)
def test_form(path, check):
    assert list(check(read(path))) == []


def test_less_than_a_fifth_of_the_code_only_draws():
    paths = [path for path in PATHS if path.stem != "06_slider_demos"]
    cells = [cell for path in paths for cell in notebook_checks.code_cells(read(path))]
    drawing = sum(len(notebook_checks.plumbing(cell)) for cell in cells)
    assert 30 < drawing < 0.2 * sum(len(notebook_checks.lines(cell)) for cell in cells)


def test_notebooks_are_numbered_and_each_leads_to_the_next():
    assert [name[:3] for name in NAMES] == [f"{k:02d}_" for k in range(1, len(NAMES) + 1)]
    for path, following in pairwise(PATHS):
        assert following.name in read(path).cells[-1].source.split("## Next\n")[1]


def first_code(notebook):
    return notebook_checks.code_cells(notebook)[0]


def first_picture(notebook):
    """Return the outputs of the first cell with a picture: it, and its words folded."""
    outputs = [cell.outputs for cell in notebook_checks.code_cells(notebook) if cell.outputs]
    return next(found for found in outputs if "image/png" in found[0].get("data", {}))


def replace(notebook, old, new):
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)


def stream(notebook, name, text):
    first_code(notebook).outputs.append(nbformat.v4.new_output("stream", name=name, text=text))


def display(notebook, kind, text):
    first_code(notebook).outputs.append(nbformat.v4.new_output("display_data", {kind: text}))


def prompt(notebook):
    """Return the place of the first prompt to guess, and the first of its words."""
    place = next(k for k, cell in enumerate(notebook.cells) if "guess" in cell.metadata)
    return place, notebook.cells[place].metadata["guess"][0]


def write(notebook, below, text):
    """Write at the beginning of a cell, so far below the first prompt; {} is its first word."""
    place, word = prompt(notebook)
    cell = notebook.cells[place + below]
    cell.source = f"{text.format(word)}\n\n{cell.source}"


# Ways to spoil a good notebook, at least one for each check; the check must complain then.
SPOILERS = [
    ("executed_in_order", lambda nb: first_code(nb).update(execution_count=7)),
    ("no_errors", lambda nb: stream(nb, "stderr", "Warning\n")),
    ("nothing_volatile", lambda nb: first_code(nb).metadata.update(execution={"idle": "12:00"})),
    ("nothing_volatile", lambda nb: nb.cells[0].metadata.update(guess="no list")),
    ("nothing_volatile", lambda nb: first_code(nb).metadata.update(guess=["in code"])),
    ("no_machine_path", lambda nb: replace(nb, "import numpy", "# /home/me/\nimport numpy")),
    ("opening", lambda nb: replace(nb, "**You need**", "You may need")),
    ("sections", lambda nb: replace(nb, "## References", "")),
    ("your_turn", lambda nb: replace(nb, "*Expect*", "Look")),
    ("questions", lambda nb: replace(nb, "<details>", "")),
    ("short_cells", lambda nb: first_code(nb).update(source="x = 1\n" * 26)),
    ("short_outputs", lambda nb: stream(nb, "stdout", "epoch\n" * 21)),
    ("small", lambda nb: first_code(nb).update(source="#" * 1_000_000)),
    ("told_pictures", lambda nb: first_picture(nb)[0].metadata["image/png"].update(alt="A plot.")),
    ("told_pictures", lambda nb: first_picture(nb)[0].data.update({"text/plain": "Other words."})),
    ("told_pictures", lambda nb: first_picture(nb)[1].data.update({"text/html": "Other words."})),
    ("told_pictures", lambda nb: first_picture(nb).pop(1)),
    ("short_pictures", lambda nb: first_code(nb).update(source="plot_points(X, y, ax)\n" * 5)),
    (
        "no_captions_in_code",
        lambda nb: replace(nb, "plot_points(X, y)", "f('One, two, and a line of b')"),
    ),
    ("results_that_say_something", lambda nb: display(nb, "text/plain", "<Axes: > at 0x7f>")),
    ("results_that_say_something", lambda nb: display(nb, "application/vnd.jupyter.widget", "")),
    ("said_when_ignored", lambda nb: first_code(nb).metadata.update(tags=["nbval-ignore-output"])),
    *(("spoilt", lambda nb, below=k: write(nb, below, "{}")) for k in (-1, 0, 1, 2)),
    ("spoilt", lambda nb: stream(nb, "stdout", prompt(nb)[1])),
    ("spoilt", lambda nb: nb.cells[prompt(nb)[0]].metadata.update(guess=["of no answer"])),
    ("spoilt", lambda nb: replace(nb, "<details><summary>Answer</summary>", "")),
    (
        "spoilt",
        lambda nb: replace(nb, "Answer</summary>\n", "Answer</summary>\n\n" + 4 * "So it is. "),
    ),
    ("unmarked", lambda nb: nb.cells[prompt(nb)[0]].metadata.clear()),
    ("unmarked", lambda nb: write(nb, 0, "**Guess:** what?")),
    ("headings_inside", lambda nb: write(nb, 0, "A\n\n## 1. B")),
    ("said_when_ignored", lambda nb: replace(nb, "**You need**", "the tests do not compare")),
]


@pytest.mark.parametrize(("name", "spoil"), SPOILERS, ids=lambda value: str(value)[:20])
def test_each_check_can_fail(name, spoil):
    assert {name for name, _ in SPOILERS} == {check.__name__ for check in notebook_checks.CHECKS}
    notebook, check = copy.deepcopy(read(PATHS[0])), getattr(notebook_checks, name)
    assert list(check(notebook)) == []
    spoil(notebook)
    assert list(check(notebook))
