"""What `make lab` opens: work in it changes no file that git knows, and no guess is spoilt."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.notebook_checks import plain, said, visible
from tests.slow.test_setup import run
from tests.test_notebooks import PATHS
from tools.browser import OPTIONS, jupyterlab, run_all, until
from tools.working_copy import ROOT, fill

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


def test_a_morning_with_the_first_notebook(clone, chromium):
    folder, status = clone
    asked = run("make", "-n", "lab", cwd=folder)[1]
    copying, lab = asked.replace("\\\n", "").splitlines()[-2:]
    copying, lab = copying.split()[2:], lab.partition("||")[2].split()[2:]
    subprocess.run([sys.executable, "-m", *copying], cwd=folder, check=True)
    (first,) = (folder / "work").glob("01*.ipynb")
    with jupyterlab(folder, *set(lab[1:]) - set(OPTIONS)) as address:
        command = [sys.executable, "-m", "tools.running_lab", "work/a.ipynb", "--no-browser"]
        env = os.environ | {"JUPYTER_DATA_DIR": str(folder / "DATA"), "PYTHONPATH": str(ROOT)}
        told, other = (
            subprocess.run(command, cwd=place, env=env, capture_output=True, text=True)
            for place in (folder, folder / "work")
        )
        assert f"{address}/lab/tree/work/a.ipynb" in told.stdout and other.returncode
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


# Open a notebook without a kernel: nothing is to be run.
OPEN = """async path => {
  await jupyterapp.restored;
  const none = { shouldStart: false, canStart: false, autoStartDefault: false };
  const shown = await jupyterapp.commands.execute("docmanager:open", {
    path, factory: "Notebook", kernelPreference: none,
  });
  await shown.context.ready;
  await shown.revealed;
}"""
# Put the last open paragraph of a cell at the top of the notebook's window, and once nothing moves
# return the text that can be read in the window.
READ = """async index => {
  const { content } = jupyterapp.shell.currentWidget;
  const cell = content.widgets[index];
  await content.scrollToItem(index, "start");
  let prompt, place;
  for (let still = 0; still < 10; await new Promise(requestAnimationFrame)) {
    const blocks = [...cell.node.querySelectorAll(".jp-RenderedMarkdown > *")];
    prompt = blocks.findLast(block => block.localName !== "details");
    prompt?.scrollIntoView({ block: "start" });
    const now = prompt && [prompt.getBoundingClientRect().top, content.node.textContent].join();
    still = now && now === place ? still + 1 : 0;
    place = now;
  }
  const { top, bottom } = content.outerNode.getBoundingClientRect();
  const texts = document.createTreeWalker(content.outerNode, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let read = "", block;
  while (texts.nextNode()) {
    const text = texts.currentNode, parent = text.parentElement;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width && box.bottom > top && box.top < bottom && parent.checkVisibility()) {
      const own = parent.closest("div, p, li, td, th, pre, summary, h1, h2, h3");
      read += (own === block ? "" : "\\n") + text.data;
      block = own;
    }
  }
  return [cell.model.id, read];
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory, chromium):
    """A page in JupyterLab on a working copy in which nothing has been run."""
    folder = tmp_path_factory.mktemp("lab")
    fill(folder / "work", ROOT / "notebooks")
    with jupyterlab(folder) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/lab")
        page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
        yield page
        page.close()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_who_reads_a_prompt_to_guess_sees_no_answer(lab, path):
    lab.evaluate(OPEN, f"work/{path.name}")
    spoilt = []
    for index, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if "guess" in cell.metadata:
            name, text = lab.evaluate(READ, index)
            assert name == cell.id and plain(visible(cell).rstrip().split("\n\n")[-1]) in text
            spoilt += [(name, word) for word in cell.metadata["guess"] if said(word, text)]
    assert spoilt == []
