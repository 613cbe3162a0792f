"""Exercises and solutions: from one source, in good form, and each does what it promises."""

import copy
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests import notebook_checks
from tools.make_exercises import EXERCISES, SOLUTIONS, exercise, exercise_path
from xorlib import checks
from xorlib.checks import report

FOLDER = Path(__file__).parent.parent / "notebooks"
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


def read(path):
    return nbformat.read(path, as_version=4)


def checked(notebook):
    """Return what each check says: its text, by the name of the check."""
    said = {}
    for cell in notebook_checks.code_cells(notebook):
        for name in re.findall(r"^checks\.(\w+)\(", cell.source, re.M):
            said[name] = cell.outputs[-1].data["text/plain"] if cell.outputs else None
    return said


def test_there_is_one_for_each_of_the_first_five_notebooks():
    assert NAMES == ["01", "02", "03", "04", "05"]
    assert sorted(EXERCISES.glob("*.ipynb")) == [exercise_path(path) for path in PATHS]


def test_every_check_is_used_once():
    used = [name for path in PATHS for name in checked(read(path)) if name != "progress"]
    assert sorted(used) == sorted(set(checks.__all__) - {"progress", "planted_backward"})


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_the_committed_exercise_is_what_its_solution_makes(path):
    assert exercise_path(path).read_text(encoding="utf-8") == exercise(path), "run make exercises"


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
@pytest.mark.parametrize("check", [*FORM, *EXECUTED], ids=lambda check: check.__name__)
def test_form_of_a_solution(path, check):
    assert list(check(read(path))) == []


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_solution_is_right_throughout(path):
    said = checked(read(path))
    table = said.pop("progress")
    assert 5 <= len(said) <= 7
    for name, text in said.items():
        assert "✓ Right." in text, name
    assert table.endswith(f"{len(said)} of {len(said)} tasks are right.")


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
@pytest.mark.parametrize("check", FORM, ids=lambda check: check.__name__)
def test_form_of_an_exercise(path, check):
    assert list(check(read(exercise_path(path)))) == []


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_an_exercise_has_titles_tasks_and_a_way_back(path):
    text = notebook_checks.markdown(read(exercise_path(path)))
    assert re.match(rf"# Exercises to {int(path.stem[:2])} · .+\n\n\*.+\?\*\n", text)
    assert "**Time** about 25 minutes." in text
    assert "SOLUTION" not in text and "solution" not in text.lower()
    titles = re.findall(r"^## (.+)$", text, re.M)
    numbered = [title for title in titles if title[0].isdigit()]
    assert [int(title[0]) for title in numbered] == list(range(1, len(numbered) + 1))
    assert 5 <= len(numbered) <= 6
    assert titles[-2:] == ["How far are you?", "Next"]
    (notebook,) = FOLDER.glob(f"{path.stem[:2]}_*.ipynb")
    assert text.count(f"(../{notebook.name})") >= 2


@pytest.mark.parametrize("path", [*PATHS, *map(exercise_path, PATHS)], ids=lambda path: path.stem)
def test_links_resolve(path):
    for link in re.findall(r"\]\(([^)]+)\)", notebook_checks.markdown(read(path))):
        assert (path.parent / link).is_file(), link


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_an_unfilled_exercise_runs_and_says_not_answered_yet(path):
    notebook = read(exercise_path(path))
    assert all(cell.outputs == [] for cell in notebook_checks.code_cells(notebook))
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute(cwd=str(EXERCISES))
    said = checked(notebook)
    table = said.pop("progress")
    for name, text in said.items():
        assert "Not answered yet." in text, name
    assert table.endswith(f"0 of {len(said)} tasks are right.")
    assert table.count("not answered yet") == len(said)


def test_tasks_are_numbered_by_notebook():
    for path in PATHS:
        number = str(int(path.stem[:2]))
        mine = [task for task in report.TITLES if task.split(".")[0] == number]
        assert len(mine) == len(checked(read(path))) - 1


def spoiled(change):
    notebook = copy.deepcopy(read(PATHS[0]))
    cell = next(c for c in notebook.cells if "solution" in c.metadata.get("tags", []))
    change(cell)
    return notebook


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: cell.update(source=cell.source.replace("# BEGIN SOLUTION", "# begin")),
        lambda cell: cell.update(source=cell.source.replace("# END SOLUTION", "# end")),
        lambda cell: cell.metadata.update(tags=[]),
    ],
)
def test_an_answer_that_would_slip_through_is_refused(change, tmp_path):
    path = tmp_path / "01_solutions.ipynb"
    nbformat.write(spoiled(change), path)
    with pytest.raises(ValueError, match="solution|answer"):
        exercise(path)
