"""An exercise as learners get it: every cell runs, and no task is answered yet."""

import pytest
from nbclient import NotebookClient

from classroom.checks.report import OPEN
from tests.notebook_checks import code_cells
from tests.test_exercises import checked, read
from tests.without_keras import without_keras
from tools.make_exercises import EXERCISES


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "07", "08"])
def test_an_unfilled_exercise_runs_and_says_not_answered_yet(number, tmp_path):
    notebook = read(EXERCISES / f"{number}_exercises.ipynb")
    assert all(cell.outputs == [] for cell in code_cells(notebook))
    client = NotebookClient(notebook, kernel_name="python3", timeout=120)
    with without_keras(f"{number}_exercises"):
        client.execute(cwd=str(tmp_path))  # where it writes a file
    said = checked(notebook)
    table = said.pop("progress")
    assert 4 <= len(said) <= 7
    assert all(" … " in text for text in said.values()), said
    assert table.count(OPEN) == len(said)
