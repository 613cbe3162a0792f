"""The stored notebooks are in good form, and each check of that form can fail."""

import copy
import re
from pathlib import Path

import nbformat
import pytest

from tests import notebook_checks

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
NAMES = [path.stem for path in PATHS]


def read(path):
    return nbformat.read(path, as_version=4)


def test_notebooks_are_numbered_in_reading_order():
    assert [name[:3] for name in NAMES] == [f"{k:02d}_" for k in range(1, len(NAMES) + 1)]


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
@pytest.mark.parametrize("check", notebook_checks.CHECKS, ids=lambda check: check.__name__)
def test_form(path, check):
    assert list(check(read(path))) == []


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_links_resolve(path):
    links = re.findall(r"\]\(([^)]+)\)", notebook_checks.markdown(read(path)))
    local = [link for link in links if not link.startswith("https://")]
    assert local, "a notebook links at least to its neighbour"
    for link in local:
        target, _, heading = link.partition("#")
        assert (FOLDER / target).is_file(), link
        if heading:
            text = notebook_checks.markdown(read(FOLDER / target))
            titles = re.findall(r"^#+ (.+)$", text, re.M)
            assert heading in [title.replace(" ", "-") for title in titles], link


@pytest.mark.parametrize("number", range(len(PATHS) - 1))
def test_each_notebook_leads_to_the_next(number):
    last = read(PATHS[number]).cells[-1].source
    assert last.startswith("## Next") or "\n## Next" in last
    assert PATHS[number + 1].name in last.split("## Next")[-1]


def first_code(notebook):
    return notebook_checks.code_cells(notebook)[0]


def first_picture(notebook):
    return next(
        output
        for cell in notebook_checks.code_cells(notebook)
        for output in cell.outputs
        if "image/png" in output.get("data", {})
    )


def replace(notebook, old, new):
    for cell in notebook.cells:
        cell.source = cell.source.replace(old, new)


# One way to spoil a good notebook for each check; the check must complain then.
SPOILERS = {
    "executed_in_order": lambda nb: first_code(nb).update(execution_count=7),
    "no_errors": lambda nb: first_code(nb).outputs.append(
        nbformat.v4.new_output("stream", name="stderr", text="Warning\n")
    ),
    "nothing_volatile": lambda nb: first_code(nb).metadata.update(execution={"idle": "12:00"}),
    "no_machine_path": lambda nb: replace(nb, "import numpy", "# /home/me/\nimport numpy"),
    "opening": lambda nb: replace(nb, "**You need**", "You may need"),
    "sections": lambda nb: replace(nb, "## 2. ", "## 3. "),
    "your_turn": lambda nb: replace(nb, "*Expect*", "Look"),
    "questions": lambda nb: replace(nb, "<details>", ""),
    "short_cells": lambda nb: first_code(nb).update(source="x = 1\n" * 26),
    "short_outputs": lambda nb: first_code(nb).outputs.append(
        nbformat.v4.new_output("stream", name="stdout", text="epoch\n" * 21)
    ),
    "told_pictures": lambda nb: first_picture(nb).metadata["image/png"].update(alt="A plot."),
    "results_that_say_something": lambda nb: first_picture(nb).data.update(
        {"text/plain": "<Axes: > at 0x7f>"}
    ),
    "said_when_ignored": lambda nb: first_code(nb).metadata.update(tags=["nbval-ignore-output"]),
    "small": lambda nb: first_code(nb).update(source="#" * 1_000_000),
}


@pytest.mark.parametrize("check", notebook_checks.CHECKS, ids=lambda check: check.__name__)
def test_each_check_can_fail(check):
    notebook = copy.deepcopy(read(PATHS[0]))
    SPOILERS[check.__name__](notebook)
    assert list(check(notebook))


@pytest.mark.parametrize(
    ("text", "outputs", "complains"),
    [
        ("It is one that the tests do not compare.", 1, False),
        ("These two outputs are ones that the tests do not compare.", 2, False),
        ("These five outputs are ones that the tests do not compare.", 4, True),
        ("It is one that the tests do not compare.", 0, True),
        ("Nothing is said.", 1, True),
    ],
)
def test_as_many_outputs_are_ignored_as_the_text_says(text, outputs, complains):
    tagged = {"tags": ["nbval-ignore-output"]}
    cells = [nbformat.v4.new_code_cell("x", metadata=tagged) for _ in range(outputs)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text), *cells])
    assert bool(list(notebook_checks.said_when_ignored(notebook))) == complains
