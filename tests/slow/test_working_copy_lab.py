"""What `make lab` opens: work in it changes no file that git knows, and no guess is spoilt."""

import os
import runpy
import shutil
import subprocess
import sys
from urllib.request import urlopen

import nbformat
import pytest

from tests.notebook_checks import plain, said, visible
from tests.slow.test_setup import run
from tests.test_notebooks import PATHS
from tools.browser import OPTIONS, RUN_ALL, jupyterlab, until
from tools.working_copy import ROOT

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs make")


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """Return a repository of the project's files as they stand here."""
    folder = tmp_path_factory.mktemp("clone")
    for name in git("ls-files", "-z", cwd=ROOT).split("\0")[:-1]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name, follow_symlinks=False)
    git("init", "--quiet", cwd=folder)
    git("add", ".", cwd=folder)
    git("commit", "--quiet", "--message=A clone", cwd=folder)
    # What the server of the test leaves there.
    (folder / ".git/info/exclude").write_text("/server.log\n/CONFIG/\n/DATA/\n")
    return folder


def git(*words, cwd):
    who = "-c", "user.name=A learner", "-c", "user.email=learner@example.org"
    return subprocess.check_output(["git", *who, *words], cwd=cwd, text=True)


@pytest.fixture(scope="module")
def asked(clone):
    """Return the commands of `make lab`, each as its words: to copy, and to start JupyterLab."""
    copying, lab = run("make", "-n", "lab", cwd=clone)[1].replace("\\\n", "").splitlines()[-2:]
    return [sys.executable, *copying.split()[1:]], lab.partition("||")[2].split()[3:]


@pytest.fixture(scope="module")
def lab(clone, asked, chromium):
    """A page in the JupyterLab that `make lab` opens, and its server's address."""
    copying, options = asked
    subprocess.run(copying, cwd=clone, check=True)
    with jupyterlab(clone, *set(options) - set(OPTIONS)) as address:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/lab")
        page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
        yield page, address
        page.close()


START = "async path => { await jupyterapp.commands.execute('docmanager:open', { path }); }"
# Open a notebook without a kernel, and with all its cells drawn: nothing is to be run.
OPEN = """async path => {
  await jupyterapp.restored;
  const none = { shouldStart: false, canStart: false, autoStartDefault: false };
  const shown = await jupyterapp.commands.execute("docmanager:open", {
    path, factory: "Notebook", kernelPreference: none,
  });
  const { content } = shown;
  content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
  await shown.context.ready;
  await shown.revealed;
}"""
# Once nothing moves, return for each of these cells the text that can be read in the notebook's
# window while the cell's last open paragraph is at its top. Then close the notebook.
READ = """async indexes => {
  const shown = jupyterapp.shell.currentWidget, { node, outerNode, widgets } = shown.content;
  const sign = { code: ".cm-content", markdown: ".jp-RenderedMarkdown > *" };
  const drawn = cell => cell.node.querySelector(sign[cell.model.type]);
  let place;
  for (let still = 0; still < 10; await new Promise(requestAnimationFrame)) {
    const now = widgets.every(drawn) && [outerNode.scrollHeight, node.textContent].join();
    still = now && now === place ? still + 1 : 0;
    place = now;
  }
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const range = document.createRange(), texts = [];
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    range.selectNodeContents(walker.currentNode);
    const { top, bottom, width } = range.getBoundingClientRect();
    if (width && parentElement.checkVisibility()) {
      const block = parentElement.closest("div, p, li, td, th, pre, summary, h1, h2, h3");
      texts.push({ top, bottom, block, data });
    }
  }
  const read = index => {
    const blocks = [...widgets[index].node.querySelectorAll(".jp-RenderedMarkdown > *")];
    const prompt = blocks.findLast(block => block.localName !== "details");
    const { top } = prompt.getBoundingClientRect(), bottom = top + outerNode.clientHeight;
    const seen = texts.filter(text => text.bottom > top && text.top < bottom);
    const begins = (text, k) => text.block === seen[k - 1]?.block ? "" : "\\n";
    return [widgets[index].model.id, seen.map((text, k) => begins(text, k) + text.data).join("")];
  };
  const found = indexes.map(read);
  shown.close();
  return found;
}"""


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_who_reads_a_prompt_to_guess_sees_no_answer(lab, path):
    page, _ = lab
    cells = nbformat.read(path, as_version=4).cells
    prompts = [index for index, cell in enumerate(cells) if "guess" in cell.metadata]
    page.evaluate(OPEN, f"work/{path.name}")
    spoilt = []
    for index, (name, text) in zip(prompts, page.evaluate(READ, prompts), strict=True):
        cell = cells[index]
        assert name == cell.id and plain(visible(cell).rstrip().split("\n\n")[-1]) in text
        spoilt += [(name, word) for word in cell.metadata["guess"] if said(word, text)]
    assert spoilt == []


def test_a_morning_with_the_first_notebook(clone, asked, lab, monkeypatch, capsys):
    page, address = lab
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(clone / "DATA"))
    monkeypatch.setattr(sys, "argv", ["running_lab", "work/a.ipynb", "--no-browser"])
    for place, code in (clone, None), (clone / "work", 1):
        monkeypatch.chdir(place)
        with pytest.raises(SystemExit) as end:
            runpy.run_module("tools.running_lab")
        assert end.value.code == code
        assert (f"{address}/lab/tree/work/a.ipynb" in capsys.readouterr().out) == (code is None)
    with urlopen(address) as led:
        opened = led.url.partition("/lab/tree/")[2]
    assert opened == f"work/{PATHS[0].name}"
    page.evaluate(START, opened)
    page.evaluate(RUN_ALL)
    page.keyboard.press("Control+s")
    cells = until(lambda: saved(clone / opened), "the notebook to be saved")
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert git("status", "--porcelain", cwd=clone) == ""
    # Nothing is missing, nothing is old.
    assert subprocess.check_output(asked[0], cwd=clone) == b""


def saved(path):
    """Return the code cells of a notebook, once a run of all of them is saved."""
    text = path.read_text(encoding="utf-8")
    if not text.endswith("}\n"):  # JupyterLab is writing it
        return False
    notebook = nbformat.reads(text, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return all(cell.execution_count for cell in cells) and cells
