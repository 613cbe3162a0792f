"""Exercises and solutions: from one source, in good form, and each does what it promises."""

import re

import nbformat
import pytest

from tests import notebook_checks
from tests.facts import ROOT
from tools.make_exercises import EXERCISES, SOLUTIONS, exercise, exercise_path, unanswered
from tools.make_nbgrader import assignment
from tools.working_copy import unrun

PATHS = sorted(SOLUTIONS.glob("*.ipynb"))
NAMES = [path.stem[:2] for path in PATHS]
FORM = [
    notebook_checks.nothing_volatile,
    notebook_checks.no_machine_path,
    notebook_checks.short_cells,
    notebook_checks.small,
]
EXECUTED = [
    notebook_checks.executed_in_order,
    notebook_checks.no_errors,
    notebook_checks.short_outputs,
    notebook_checks.results_that_say_something,
]
each_solution = pytest.mark.parametrize("path", PATHS, ids=NAMES)


def read(path):
    return nbformat.read(path, as_version=4)


def checked(notebook):
    """Return what each check and the table of progress say, by name."""
    said = {}
    for cell in notebook_checks.code_cells(notebook):
        for name in re.findall(r"^(?:checks\.)?(\w+)\([^)]*\)\Z", cell.source, re.M):
            said[name] = cell.outputs[-1].data["text/plain"] if cell.outputs else None
    said.pop("guessed", None)  # which is neither right nor wrong
    return said


def test_there_is_one_for_each_notebook_but_the_demos():
    assert NAMES == ["01", "02", "03", "04", "05", "07", "08"]
    assert sorted(EXERCISES.glob("*.ipynb")) == [exercise_path(path) for path in PATHS]


@each_solution
def test_the_committed_exercise_is_what_its_solution_makes(path):
    assert exercise_path(path).read_text(encoding="utf-8") == exercise(path), "run make exercises"


@each_solution
def test_form(path):
    complaints = [list(check(read(path))) for check in [*FORM, *EXECUTED]]
    complaints += [list(check(read(exercise_path(path)))) for check in FORM]
    assert complaints == [[]] * len(complaints)


@each_solution
def test_a_solution_is_right_throughout(path):
    said = checked(read(path))
    table = said.pop("progress").splitlines()
    assert 4 <= len(said) <= 7
    assert all(" ✓ " in text for text in said.values()), said
    assert table[-1].startswith(f"{len(said)} of {len(said)} ")
    assert all(line.startswith(str(int(path.stem[:2]))) for line in table[:-1])


@each_solution
def test_an_exercise_has_titles_tasks_and_links_back(path):
    text = notebook_checks.markdown(read(exercise_path(path)))
    assert re.match(rf"# Exercises to {int(path.stem[:2])} · .+\n\n\*.+\?\*\n", text)
    assert "**Time** about 25 minutes." in text
    assert "solution" not in text.lower()
    titles = re.findall(r"^## (.+)$", text, re.M)
    assert 4 <= len(titles[:-2]) <= 6 and titles[-2:] == ["How far are you?", "Next"]
    (notebook,) = ROOT.glob(f"notebooks/{path.stem[:2]}_*.ipynb")
    assert text.count(f"(../{notebook.name})") >= 2


@pytest.mark.parametrize("source", ["# BEGIN SOLUTION\na = 1", "print(1)  # SOLUTION"])
def test_an_answer_that_would_be_left_in_is_refused(source):
    with pytest.raises(ValueError, match="SOLUTION"):
        unanswered(source)


def test_what_nbgrader_says_of_a_cell_is_kept_and_its_points_count(tmp_path):
    notebook, said = read(PATHS[0]), {"grade_id": "nand", "points": 3, "schema_version": 3}
    cell = next(cell for cell in notebook.cells if cell.source.endswith("checks.nand(w1, w2, b)"))
    cell.metadata = {"nbgrader": said, "collapsed": True}
    path = tmp_path / "01_solutions.ipynb"
    nbformat.write(notebook, path)
    kept = [exercise(path), unrun(path)[0]]
    for made in (nbformat.reads(text, as_version=4) for text in kept):
        assert [c.metadata for c in made.cells if c.metadata] == [{"nbgrader": said}]
    marks = [c.metadata.get("nbgrader", {}) for c in assignment(path).cells]
    assert [mark["points"] for mark in marks if mark.get("grade")] == [3, 1, 1, 1, 1, 1]
