"""The re-execution of notebooks notices one changed digit, and one changed constant."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOK = "01_one_neuron_is_not_enough.ipynb"


def nbval(folder, notebook, **environment):
    """Run a notebook through nbval as the project does; return passed and failed cells."""
    report = folder / "report.xml"
    process = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("-c", os.devnull, "--rootdir", folder, f"--junitxml={report}"),
            *("--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", notebook),
        ],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert report.exists(), process.stdout + process.stderr
    suite = ElementTree.parse(report).getroot().find("testsuite")
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    return int(suite.get("tests")) - failed, failed


@pytest.fixture
def copied(tmp_path):
    shutil.copy(ROOT / "notebooks" / NOTEBOOK, tmp_path)
    return tmp_path


def test_a_good_notebook_passes(copied):
    passed, failed = nbval(copied, NOTEBOOK)
    assert failed == 0
    assert passed > 5


def test_one_changed_digit_is_noticed(copied):
    notebook = nbformat.read(copied / NOTEBOOK, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [o for c in cells for o in c.outputs if "loss: 0.2545 at first" in o.get("text", "")]
    (output,) = outputs
    output["text"] = output["text"].replace("0.2545", "0.2546")
    nbformat.write(notebook, copied / NOTEBOOK)
    assert nbval(copied, NOTEBOOK)[1] == 1


def test_one_changed_constant_of_the_library_is_noticed(copied):
    shutil.copytree(ROOT / "xorlib", copied / "xorlib")
    table = copied / "xorlib" / "data.py"
    text = table.read_text(encoding="utf-8")
    changed = re.sub(r'"or": \(0, 1, 1, 1\)', '"or": (0, 1, 0, 1)', text)
    assert changed != text
    table.write_text(changed, encoding="utf-8")
    assert nbval(copied, NOTEBOOK, PYTHONPATH=str(copied))[1] > 0
