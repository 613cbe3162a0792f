"""The re-execution of notebooks finds a changed digit, figure or colour, and no more."""

import re
import shutil
import subprocess
import sys
from xml.etree import ElementTree

import nbformat
import pytest

from tests.facts import ROOT
from tests.figures import with_printing_cells
from tests.notebook_checks import code_cells

NOTEBOOK = "notebooks/01_one_neuron_is_not_enough.ipynb"
SOLUTIONS = "notebooks/solutions/01_solutions.ipynb"


@pytest.fixture
def copy(tmp_path):
    for name in ("tests", "tools"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("xorlib", "classroom"):  # a kernel looks beside its notebook first
        shutil.copytree(ROOT / name, tmp_path / "notebooks" / name)
    (tmp_path / SOLUTIONS).parent.mkdir()
    for name in ("conftest.py", "pyproject.toml", SOLUTIONS, NOTEBOOK):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def failures(folder):
    """Run the notebook as `make test` does; return how many cells passed, and which failed."""
    report = folder / "report.xml"
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts="]
    nbval = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120"]
    process = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *nbval, f"--junitxml={report}", NOTEBOOK],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert report.exists(), process.stdout + process.stderr
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None]
    return len(cases), [int(case.get("name").split("Cell ")[1]) for case in failed]


def test_each_fault_is_found_in_its_cell_and_everything_else_passes(copy):
    path, style = copy / NOTEBOOK, copy / "notebooks/xorlib/plotting/style.py"
    notebook = nbformat.read(path, as_version=4)
    cells = code_cells(notebook)
    # The class colours swapped, wherever there are points.
    text = style.read_text(encoding="utf-8")
    swapped = text.replace('("#0072B2", "#E69F00")', '("#E69F00", "#0072B2")')
    style.write_text(swapped, encoding="utf-8")
    draws = re.compile(r"plot_(?:points|neuron|planes)\(")
    faulty = [k for k, cell in enumerate(cells) if draws.search(cell.source)]
    assert text != swapped and len(faulty) > 3
    # One digit of an output, and one of a figure in prose, there and in its metadata.
    (digit,) = (k for k, cell in enumerate(cells) if "loss: {losses[0]" in cell.source)
    cells[digit].outputs[0]["text"] = cells[digit].outputs[0]["text"].replace("0.2545", "0.2546")
    text = nbformat.writes(notebook)
    assert text.count("22.6 %") > 1
    path.write_text(text.replace("22.6 %", "22.7 %"), encoding="utf-8")
    ran = code_cells(with_printing_cells(nbformat.read(path, as_version=4)))
    changed = [cells[k].id for k in (digit, *faulty)]
    expected = [k for k, cell in enumerate(ran) if cell.id in changed or "22.7 %" in cell.source]
    assert len(expected) == len(changed) + 1
    assert failures(copy) == (len(ran), expected)
