"""Whoever works with what `make lab` opens changes no file that git knows."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.slow.demo_pages import chromium  # noqa: F401
from tests.slow.test_setup import run
from tools.browser import OPTIONS, jupyterlab, run_all, until
from tools.working_copy import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs make")


@pytest.fixture
def clone(tmp_path):
    """Return a repository of the project's files as they stand here."""

    def git(*words, cwd=tmp_path):
        who = "-c", "user.name=A learner", "-c", "user.email=learner@example.org"
        return subprocess.check_output(["git", *who, *words], cwd=cwd, text=True)

    for name in git("ls-files", "-z", cwd=ROOT).split("\0")[:-1]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name, follow_symlinks=False)
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message=A clone")
    # What the server of the test leaves there.
    (tmp_path / ".git/info/exclude").write_text("/server.log\n/CONFIG/\n/DATA/\n")
    return tmp_path, lambda: git("status", "--porcelain")


def test_a_morning_with_the_first_notebook(clone, chromium):  # noqa: F811
    folder, status = clone
    asked = run("make", "-n", "lab", cwd=folder)[1]
    copying, lab = (line.split()[2:] for line in asked.replace("\\\n", "").splitlines()[-2:])
    subprocess.run([sys.executable, "-m", *copying], cwd=folder, check=True)
    (first,) = (folder / "work").glob("01*.ipynb")
    with jupyterlab(folder, *set(lab[1:]) - set(OPTIONS)) as address:
        page = chromium.new_page()
        run_all(page, address)
        assert page.url.split("/")[-2:] == ["work", first.name]
        page.keyboard.press("Control+s")
        cells = until(lambda: saved(first), "the notebook to be saved")
        page.close()
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert status() == ""
    again = [sys.executable, "-m", *copying]
    assert subprocess.check_output(again, cwd=folder) == b""  # nothing is missing, nothing is old


def saved(path):
    """Return the code cells of a notebook, once a run of all of them is saved."""
    text = path.read_text(encoding="utf-8")
    if not text.endswith("}\n"):  # JupyterLab is writing it
        return False
    notebook = nbformat.reads(text, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return all(cell.execution_count for cell in cells) and cells
