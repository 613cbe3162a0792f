"""An exercise as learners get it: every cell runs, and no task is answered yet."""

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from classroom.checks.report import OPEN
from tests.notebook_checks import code_cells
from tests.test_exercises import NAMES, checked, read
from tests.without_keras import without_keras
from tools.make_exercises import EXERCISES

# No name is defined, and no check has said anything, as in a new kernel.
ANEW = """import sys
for name in [name for name in sys.modules if name.startswith("classroom")]:
    del sys.modules[name]
%reset -f
%cd -q {}"""


@pytest.mark.parametrize("names", [["04"], [name for name in NAMES if name != "04"]], ids="+".join)
def test_unfilled_exercises_run_and_say_not_answered_yet(names, tmp_path):
    notebooks = [read(EXERCISES / f"{name}_exercises.ipynb") for name in names]
    cells = []
    for name, notebook in zip(names, notebooks, strict=True):
        (tmp_path / name).mkdir()  # where it writes a file
        cells.append(new_code_cell(ANEW.format(tmp_path / name)))
        cells += code_cells(notebook)
        assert all(cell.outputs == [] for cell in code_cells(notebook))
    client = NotebookClient(new_notebook(cells=cells), kernel_name="python3", timeout=120)
    with without_keras(f"{names[0]}_exercises"):
        client.execute()
    for notebook in notebooks:
        said = checked(notebook)
        table = said.pop("progress")
        assert 4 <= len(said) <= 7
        assert all(" … " in text for text in said.values()), said
        assert table.count(OPEN) == len(said)
