"""The re-execution of notebooks finds a changed digit, figure or picture, and no more."""

import subprocess
import sys
from xml.etree import ElementTree

import nbformat

from tests.facts import ROOT
from tests.figures import with_printing_cells
from tests.notebook_checks import code_cells

NOTEBOOK = "01_one_neuron_is_not_enough.ipynb"
OPTIONS = "-p conftest -p no:cacheprovider -p no:xdist -o addopts= --nbval --nbval-current-env"


def test_each_fault_is_found_in_its_cell_and_everything_else_passes(tmp_path):
    notebook = nbformat.read(ROOT / "notebooks" / NOTEBOOK, as_version=4)
    cells = code_cells(notebook)
    (digit,) = (cell for cell in cells if "loss: {losses[0]" in cell.source)
    digit.outputs[0].text = digit.outputs[0].text.replace("0.2545", "0.2546")
    drawn = [(cell, output.data) for cell in cells for output in cell.outputs if "data" in output]
    (one, first), (other, last) = [each for each in drawn if "image/png" in each[1]][::2][:2]
    first["image/png"], last["image/png"] = last["image/png"], first["image/png"]
    # A figure in prose, there and in its metadata.
    text = nbformat.writes(notebook)
    assert text.count("22.6 %") > 1
    path, report = tmp_path / NOTEBOOK, tmp_path / "report.xml"
    path.write_text(text.replace("22.6 %", "22.7 %"), encoding="utf-8")
    ran = code_cells(with_printing_cells(nbformat.read(path, as_version=4)))
    changed = {cell.id for cell in (digit, one, other)}
    expected = [k for k, cell in enumerate(ran) if cell.id in changed or "22.7 %" in cell.source]
    assert len(expected) == 4
    # As `make test` does.
    command = [sys.executable, "-m", "pytest", *OPTIONS.split(), f"--junitxml={report}", path]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert report.exists(), told.stdout + told.stderr
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    failed = [case for case in cases if case.find("failure") is not None]
    assert [int(case.get("name").split("Cell ")[1]) for case in failed] == expected
    assert len(cases) == len(ran)
