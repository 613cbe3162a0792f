"""make's targets and the set-up behind them, tried in copies with a space in their path."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from tools import setup_env

ROOT = Path(__file__).resolve().parent.parent
PARTS = ["Makefile", "conftest.py", "pyproject.toml", "requirements.txt", "tools"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs make and a POSIX shell")


@pytest.fixture
def project(tmp_path):
    """Copy what the set-up needs to a new folder."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    return folder


def run(*command, cwd, **variables):
    """Run a command as a person would, not as a child of the `make` that runs these tests."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "PYTHON"}
    return subprocess.run(
        command, cwd=cwd, env={**inherited, **variables}, capture_output=True, text=True
    )


def write_program(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def python_that_says(version, path):
    """Write a Python that works, and gives itself out for another version."""
    text = f"import sys; sys.version_info = (*{version}, 0, 'final', 0)"
    write_program(path.with_name(f"{path.name} site") / "sitecustomize.py", text)
    site = f"{path} site"
    return write_program(path, f'#!/bin/sh\nPYTHONPATH="{site}" exec "{sys.executable}" "$@"\n')


def targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z]+):(?!=)(.*?)(?:##.*)?$", makefile, flags=re.MULTILINE)


# make


def test_bare_make_lists_every_target_in_a_line():
    listed = run("make", cwd=ROOT).stdout.splitlines()
    assert [line.split()[1] for line in listed] == [name for name, _ in targets()]
    assert all(re.fullmatch(r"  make [a-z]+ +[A-Z].{10,}", line) for line in listed)


def test_every_target_does_its_own_set_up():
    without = {name for name, needs in targets() if needs.split() != ["env"]}
    assert without == {"help", "env", "clean"}


def test_no_file_can_stand_in_for_a_target():
    (phony,) = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert set(phony.split()) == {name for name, _ in targets()}


def test_lab_opens_the_first_notebook_on_loopback_with_its_token():
    commands = run("make", "-n", "lab", "LAB_FLAGS=--no-browser", cwd=ROOT).stdout
    set_up, lab = commands.replace("\\\n", "").splitlines()
    first = min((ROOT / "notebooks").glob("*.ipynb")).relative_to(ROOT)
    assert set_up == "sh tools/setup_env.sh"
    assert lab.split() == [
        *[".venv/bin/python", "-m", "jupyterlab"],
        *["--ip=127.0.0.1", "--allow-root", "--ServerApp.root_dir=."],
        *[f"--LabApp.default_url=/lab/tree/{first}", "--no-browser"],
    ]


def test_the_news_prompt_is_answered_in_jupyterlabs_own_terms():
    settings = json.loads((ROOT / "tools/jupyterlab_settings.json").read_text(encoding="utf-8"))
    ((plugin, values),) = settings.items()
    assert values == {"fetchNews": "false", "checkForUpdates": False}
    extension, name = plugin.split(":")
    schemas = Path(sys.prefix) / "share/jupyter/lab/schemas"
    schema = json.loads((schemas / extension / f"{name}.json").read_text(encoding="utf-8"))
    assert {"const": "false", "title": "Never"} in schema["properties"]["fetchNews"]["oneOf"]
    assert schema["properties"]["checkForUpdates"]["type"] == "boolean"


def test_clean_removes_what_was_made_and_nothing_else(project):
    kept = {path for path in project.rglob("*") if "__pycache__" not in path.parts}
    for name in [".venv/bin", "xorlib.egg-info", "notebooks/.ipynb_checkpoints", ".ruff_cache"]:
        (project / name).mkdir(parents=True)
        (project / name / "file").touch()
    assert run("make", "clean", cwd=project).returncode == 0
    assert set(project.rglob("*")) == kept | {project / "notebooks"}


def test_ci_runs_make_test():
    script = ROOT / ".ci/run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text().splitlines()[-1] == "make test"


# Which Python


def test_a_python_that_is_not_supported_gets_one_line(project, tmp_path):
    supported = SpecifierSet(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    )
    (project / "tools/setup_env.py").write_text("print('set up')")
    for minor in range(8, 17):
        python = python_that_says((3, minor), tmp_path / f"some python3.{minor}")
        result = run("make", "env", f"PYTHON={python}", cwd=project)
        if f"3.{minor}" in supported:
            assert result.stdout == "set up\n"
        else:
            message, by_make = result.stderr.splitlines()
            assert result.returncode != 0
            assert result.stdout == ""
            assert "3.11, 3.12 or 3.13" in message
            assert by_make.startswith("make: ***")


def test_a_python_is_looked_for_behind_those_that_fail(project, tmp_path):
    (project / "tools/setup_env.py").write_text("import sys; print(sys.executable)")
    programs = tmp_path / "bin"
    write_program(programs / "python3", "#!/bin/sh\necho no such version >&2\nexit 127\n")
    python_that_says((3, 14), programs / "python")
    shell = shutil.which("sh")
    result = run(shell, "tools/setup_env.sh", cwd=project, PATH=str(programs))
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "3.11, 3.12 or 3.13" in result.stderr

    write_program(programs / "python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    result = run(shell, "tools/setup_env.sh", cwd=project, PATH=str(programs))
    assert (result.returncode, result.stdout.strip()) == (0, sys.executable)
    assert result.stderr == ""


# The set-up: real folders and a real venv, without pip and its downloads


@pytest.fixture
def set_up(project, monkeypatch):
    """Return a function that runs the set-up and returns the list of what it did."""
    steps = []

    def make_venv():
        steps.append("make")
        shutil.rmtree(setup_env.VENV, ignore_errors=True)
        venv.create(setup_env.VENV, symlinks=True)

    monkeypatch.setattr(setup_env, "make_venv", make_venv)
    monkeypatch.setattr(setup_env, "install_lock", lambda: steps.append("lock"))
    monkeypatch.setattr(setup_env, "install_xorlib", lambda: steps.append("xorlib"))

    def run_in(folder):
        monkeypatch.setattr(setup_env, "ROOT", folder)
        monkeypatch.setattr(setup_env, "VENV", folder / ".venv")
        monkeypatch.setattr(setup_env, "VENV_PYTHON", folder / ".venv/bin/python")
        monkeypatch.setattr(setup_env, "STAMP", folder / ".venv/set-up.json")
        steps.clear()
        setup_env.main()
        return list(steps)

    return run_in


def interrupt():
    raise KeyboardInterrupt


ALL_STEPS = ["make", "lock", "xorlib"]


def test_a_finished_set_up_is_left_alone(project, set_up, capsys):
    assert set_up(project) == ALL_STEPS
    assert "minutes" in capsys.readouterr().out
    assert set_up(project) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("step", ["make_venv", "install_lock", "install_xorlib"])
def test_an_interrupted_set_up_is_made_whole(project, set_up, monkeypatch, step):
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(setup_env, step, interrupt)
        set_up(project)
    assert set_up(project) == ALL_STEPS
    assert set_up(project) == []


def test_an_interrupted_update_is_made_whole(project, set_up, monkeypatch):
    set_up(project)
    (project / "requirements.txt").write_text("another==1.0\n")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(setup_env, "install_xorlib", interrupt)
        set_up(project)
    assert set_up(project) == ALL_STEPS


@pytest.mark.parametrize("name", setup_env.INPUTS)
def test_a_changed_input_brings_an_update(project, set_up, name):
    set_up(project)
    with open(project / name, "a") as file:
        file.write("\n")
    assert set_up(project) == ["lock", "xorlib"]
    assert set_up(project) == []


def test_an_update_that_fails_keeps_what_was_there_and_is_tried_again(project, set_up, monkeypatch):
    def fail():
        raise subprocess.CalledProcessError(1, "pip")

    set_up(project)
    (project / "requirements.txt").write_text("another==1.0\n")
    for _ in range(2):
        with monkeypatch.context() as patch, pytest.raises(SystemExit, match="next run"):
            patch.setattr(setup_env, "install_lock", fail)
            set_up(project)
    assert set_up(project) == ["lock", "xorlib"]


def test_a_moved_folder_is_set_up_anew(project, set_up):
    set_up(project)
    moved = project.rename(project.with_name("another folder"))
    assert set_up(moved) == ALL_STEPS
    assert set_up(moved) == []


def test_a_python_that_is_gone_is_replaced(project, set_up):
    set_up(project)
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to("/no/such/python")
    assert set_up(project) == ALL_STEPS


def test_another_python_that_is_asked_for_replaces_the_first(project, set_up, tmp_path):
    set_up(project)
    (project / ".venv/bin/python").unlink()
    python_that_says((3, 9), project / ".venv/bin/python")
    assert set_up(project) == ALL_STEPS


# pytest


def test_only_the_notebooks_of_the_folder_are_collected(project):
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "outputs": []}
    notebook["cells"].append({**cell, "source": "1"})
    for name in ["01.ipynb", ".ipynb_checkpoints/01-checkpoint.ipynb"]:
        (project / "notebooks" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "notebooks" / name).write_text(json.dumps(notebook))
    result = run(sys.executable, "-m", "pytest", "--collect-only", "-qq", "-n0", cwd=project)
    assert result.stdout.split() == ["notebooks/01.ipynb:", "1"]
