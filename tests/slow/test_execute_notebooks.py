"""`make notebooks` stores what the cells show, and nothing of the run, the editor or the person."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import execute_notebooks, hand_out

CELLS = [
    "import matplotlib.pyplot as plt\nimport sys\nprint(1)",
    "print(2, flush=True)\nprint(3)",
    "plt.plot([0, 1])\nplt.show()",
    "import os\nos.environ['KERAS_BACKEND'], os.path.exists(os.environ['KERAS_HOME'])",
    "import ipywidgets\nipywidgets.IntSlider()",
    "import shutil\nsys.executable, shutil.get_terminal_size().columns",
]
# A person's settings, each of which would show, and the variables that lead there.
SETTINGS = {
    "ipython/profile_default/startup/00.py": "print('started')",
    "ipython/profile_default/ipython_kernel_config.py": "c.InlineBackend.figure_formats = {'svg'}",
    "matplotlibrc": "figure.dpi: 37",
    "keras/keras.json": '{"floatx": "float16", "backend": "torch"}',
    "startup.py": "import matplotlib; matplotlib.rcParams['lines.linewidth'] = 9",
    "jupyter/kernels/python3/kernel.json": '{"argv": ["/no/such/python", "{connection_file}"]}',
}
VARIABLES = {
    **{"IPYTHONDIR": "ipython", "JUPYTER_DATA_DIR": "jupyter", "JUPYTER_PATH": "jupyter"},
    **{"KERAS_HOME": "keras", "MATPLOTLIBRC": "matplotlibrc", "PYTHONSTARTUP": "startup.py"},
}
WORDS = {"COLUMNS": "40", "JUPYTER_PREFER_ENV_PATH": "0", "KERAS_BACKEND": "torch"}


@pytest.fixture
def path(tmp_path):
    """Write a notebook as an editor leaves it: never run in order, with traces of the editor."""
    cells = [new_code_cell(source, execution_count=7) for source in CELLS]
    cells = [new_markdown_cell("# A title"), *cells]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        cell.metadata = {"collapsed": True, "execution": {"iopub.status.busy": "2026-01-01"}}
    cells[0].metadata["guess"] = ["0.25"]
    cells[5].metadata["tags"] = ["nbval-ignore-output"]
    kernel = {"name": "mine", "display_name": "Mine", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel, "widgets": {}})
    notebook.metadata["language_info"] = {"name": "python", "version": "3.9.9"}
    path = tmp_path / "a folder" / "notebook.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    return path


def execute(path, **variables):
    command = [sys.executable, "-m", "tools.execute_notebooks", path]
    variables = os.environ | {"MPLBACKEND": "agg"} | variables
    root = execute_notebooks.ROOT
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True)


def test_every_run_gives_the_same_bytes_whatever_the_settings(path, tmp_path):
    for name, text in SETTINGS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    own = WORDS | {name: str(tmp_path / place) for name, place in VARIABLES.items()}
    assert execute(path).returncode == 0
    first = path.read_bytes()
    result = execute(path, **own)
    assert (result.returncode, path.read_bytes()) == (0, first), result.stdout

    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec == execute_notebooks.KERNEL
    assert "version" not in notebook.metadata.language_info
    assert [cell.id for cell in notebook.cells] == [f"cell-{n}" for n in range(7)]
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, 2, 3, 4, 5, 6]
    kept = {number: dict(cell.metadata) for number, cell in enumerate(notebook.cells)}
    own = {0: {"guess": ["0.25"]}, 5: {"tags": ["nbval-ignore-output"]}}
    assert kept == dict.fromkeys(range(7), {}) | own
    printed, together, plot, keras, widget, python = [cell.outputs for cell in notebook.cells[1:]]
    assert [output.text for output in printed + together] == ["1\n", "2\n3\n"]
    assert "image/png" in plot[0].data
    assert keras[0].data["text/plain"] == "('tensorflow', False)"
    assert widget == []
    assert python[0].data["text/plain"] == repr((sys.executable, 80))


def test_a_notebook_that_fails_is_left_as_it_was(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [new_code_cell("1 / 0")]
    nbformat.write(notebook, path)
    before = path.read_bytes()
    result = execute(path)
    assert result.returncode == 1 and "ZeroDivisionError" in result.stdout
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_an_unwritable_folder_is_noticed_before_the_run(path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["execute_notebooks", str(path)])
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(execute_notebooks, "execute", lambda _: pytest.fail("was run"))
    with pytest.raises(SystemExit, match=path.name):
        execute_notebooks.main()


def test_an_uncompared_time_is_kept_while_its_words_stay():
    def notebook(text, tags):
        cell = new_code_cell("timed()", id="timed", metadata={"tags": tags})
        cell.outputs = [new_output("stream", text=text)] if text else []
        return new_notebook(cells=[cell])

    ignored = ["nbval-ignore-output"]
    for before, now, tags, kept in [
        ("4.2 ms an epoch", "17 ms an epoch", ignored, "4.2 ms an epoch"),
        ("4.2 ms an epoch", "17 ms an epoch", [], "17 ms an epoch"),
        ("4.2 ms an epoch", "4.2 s an epoch", ignored, "4.2 s an epoch"),
        ("", "4.2 ms an epoch", ignored, "4.2 ms an epoch"),
    ]:
        stored, run = notebook(before, tags), notebook(now, tags)
        for cell in stored.cells:  # whatever the order in which an editor wrote the keys
            cell.outputs = [nbformat.from_dict(dict(reversed(o.items()))) for o in cell.outputs]
        execute_notebooks.keep_times(stored, run)
        assert run.cells[0].outputs[0].text == kept


def test_the_class_folders_first_notebook_runs_with_the_packages_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(hand_out, "BUILD", tmp_path)
    folder = hand_out.make_class()
    (path,) = (folder / "notebooks").glob("01_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    code = "\n\n".join(cell.source for cell in cells if cell.cell_type == "code")
    code += "\nimport classroom, xorlib\nprint(xorlib.__file__, classroom.__file__)"
    there = os.environ | {"PYTHONPATH": str(folder), "MPLBACKEND": "agg"}
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=path.parent, env=there, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1].count(str(folder)) == 2
