"""`make notebooks` stores what the cells show, and nothing of the run, the editor or the person."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.execute_notebooks import keep_times

ROOT = Path(__file__).resolve().parent.parent

CELLS = [
    "import matplotlib.pyplot as plt\nimport sys\nprint(1)",
    "print(2, flush=True)\nprint(3)",
    "plt.plot([0, 1])\nplt.show()",
    "import os\nos.environ['KERAS_BACKEND'], os.path.exists(os.environ['KERAS_HOME'])",
    "import ipywidgets\nipywidgets.IntSlider()",
    "import shutil\nsys.executable, shutil.get_terminal_size().columns",
]


@pytest.fixture
def path(tmp_path):
    """Write a notebook as an editor leaves it: never run in order, with traces of the editor."""
    cells = [new_markdown_cell("# A title")]
    cells += [new_code_cell(source, execution_count=7) for source in CELLS]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        cell.metadata = {"collapsed": True, "execution": {"iopub.status.busy": "2026-01-01"}}
    cells[5].metadata["tags"] = ["nbval-ignore-output"]
    notebook = new_notebook(cells=cells)
    notebook.metadata = {
        "kernelspec": {"name": "mine", "display_name": "Mine", "language": "python"},
        "language_info": {"name": "python", "version": "3.9.9"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
    }
    path = tmp_path / "a folder" / "notebook.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    return path


def execute(path, **variables):
    return subprocess.run(
        [sys.executable, "-m", "tools.execute_notebooks", path],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )


def own_settings(folder):
    """Write a person's settings, each of which would show; return the variables that lead there."""
    files = {
        "ipython/profile_default/startup/00.py": "print('started')",
        "ipython/profile_default/ipython_kernel_config.py": (
            "c.InlineBackend.figure_formats = {'svg'}"
        ),
        "matplotlibrc": "figure.dpi: 37",
        "keras/keras.json": '{"floatx": "float16", "backend": "torch"}',
        "startup.py": "import matplotlib; matplotlib.rcParams['lines.linewidth'] = 9",
        "jupyter/kernels/python3/kernel.json": (
            '{"argv": ["/no/such/python", "-f", "{connection_file}"],'
            ' "display_name": "Mine", "language": "python"}'
        ),
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return {
        "COLUMNS": "40",
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_DATA_DIR": str(folder / "jupyter"),
        "JUPYTER_PATH": str(folder / "jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "KERAS_BACKEND": "torch",
        "KERAS_HOME": str(folder / "keras"),
        "MATPLOTLIBRC": str(folder / "matplotlibrc"),
        "MPLBACKEND": "agg",
        "PYTHONSTARTUP": str(folder / "startup.py"),
    }


def test_the_same_bytes_on_every_run_and_with_any_settings(path, tmp_path):
    assert execute(path).returncode == 0
    first = path.read_bytes()
    assert execute(path).returncode == 0
    assert path.read_bytes() == first
    result = execute(path, **own_settings(tmp_path / "home"))
    assert result.returncode == 0, result.stdout
    assert path.read_bytes() == first

    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.kernelspec.display_name == "Python 3 (ipykernel)"
    assert "version" not in notebook.metadata.language_info
    assert [cell.id for cell in notebook.cells] == [f"cell-{n}" for n in range(7)]
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, 2, 3, 4, 5, 6]
    assert [dict(cell.metadata) for cell in notebook.cells] == (
        [{}] * 5 + [{"tags": ["nbval-ignore-output"]}] + [{}]
    )
    printed, together, plot, keras, widget, python = [cell.outputs for cell in notebook.cells[1:]]
    assert [output.text for output in printed] == ["1\n"]
    assert [output.text for output in together] == ["2\n3\n"]
    assert "image/png" in plot[0].data
    assert keras[0].data["text/plain"] == "('tensorflow', False)"
    assert widget == []
    assert python[0].data["text/plain"] == repr((sys.executable, 80))


def test_a_notebook_that_fails_is_left_as_it_was(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[4].source = "1 / 0"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    result = execute(path)
    assert result.returncode == 1
    assert "ZeroDivisionError" in result.stdout
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("before", "now", "kept"),
    [
        ("4.2 ms an epoch", "17 ms an epoch", True),
        ("4.2 ms an epoch", "4.2 s an epoch", False),
        ("", "4.2 ms an epoch", False),
    ],
)
def test_an_uncompared_time_is_kept_while_its_words_stay(before, now, kept):
    def notebook(text, tags):
        cell = new_code_cell("timed()", id="timed", metadata={"tags": tags})
        cell.outputs = [nbformat.v4.new_output("stream", text=text)] if text else []
        return new_notebook(cells=[cell])

    for tags, expected in ((["nbval-ignore-output"], before if kept else now), ([], now)):
        stored, run = notebook(before, tags), notebook(now, tags)
        keep_times(stored, run)
        assert run.cells[0].outputs[0].text == expected
