"""make's targets and the set-up behind them, tried in copies with a space in their path."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tools import setup_env
from tools.setup_env import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = dict(re.findall(r"^([a-z]+):(?!=) *(.*?) *(?:##.*)?$", MAKEFILE, flags=re.MULTILINE))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs make and a POSIX shell")


@pytest.fixture
def project(tmp_path):
    """Copy what the set-up needs to a new folder."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    shutil.copytree(ROOT / "tools", folder / "tools")
    for part in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / part, folder / part)
    return folder


def run(*command, cwd, **variables):
    """Run a command as a person would, not as a child of the `make` that runs these tests."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "PYTHON"}
    return subprocess.run(
        command, cwd=cwd, env={**inherited, **variables}, capture_output=True, text=True
    )


def program(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def python_that_says(version, path):
    """Write a Python that works, and gives itself out for another version."""
    site = path.with_name(f"{path.name} site")
    site.mkdir(parents=True)
    text = f"import sys; sys.version_info = (*{version}, 0, 'final', 0)"
    (site / "sitecustomize.py").write_text(text)
    return program(path, f'PYTHONPATH="{site}" exec "{sys.executable}" "$@"')


# make


def test_bare_make_lists_every_target_and_each_sets_itself_up():
    listed = run("make", cwd=ROOT).stdout.splitlines()
    assert [line.split()[1] for line in listed] == list(TARGETS)
    assert all(re.fullmatch(r"  make [a-z]+ +[A-Z].{10,}", line) for line in listed)
    assert {name for name, needs in TARGETS.items() if needs != "env"} == {"help", "env", "clean"}
    # No file can stand in for a target.
    assert set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split()) == set(TARGETS)


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


def test_a_home_folder_that_nobody_may_write_to_is_replaced(project):
    makefile = MAKEFILE + "\nhome:\n\t@echo $$HOME\n"
    (project / "Makefile").write_text(makefile)
    assert run("make", "home", cwd=project).stdout.strip() == os.environ["HOME"]
    nowhere = run("make", "home", cwd=project, HOME="/proc/nowhere").stdout.strip()
    assert nowhere == str(project / ".venv")


def test_the_news_prompt_is_answered_in_jupyterlabs_own_terms():
    (path,) = setup_env.PREFIX.rglob("overrides.d/xorlib.json")
    ((plugin, values),) = json.loads(path.read_text(encoding="utf-8")).items()
    assert values == {"fetchNews": "false", "checkForUpdates": False}
    extension, name = plugin.split(":")
    schema = Path(sys.prefix) / f"share/jupyter/lab/schemas/{extension}/{name}.json"
    asked = json.loads(schema.read_text(encoding="utf-8"))["properties"]
    assert {"const": "false", "title": "Never"} in asked["fetchNews"]["oneOf"]
    assert asked["checkForUpdates"]["type"] == "boolean"


def test_clean_removes_what_was_made_and_nothing_else(project):
    kept = {path for path in project.rglob("*") if "__pycache__" not in path.parts}
    for name in [".venv/bin", "xorlib.egg-info", "notebooks/.ipynb_checkpoints", ".ruff_cache"]:
        (project / name).mkdir(parents=True)
        (project / name / "file").touch()
    assert run("make", "clean", cwd=project).returncode == 0
    assert set(project.rglob("*")) == kept | {project / "notebooks"}


def test_ci_runs_make_test():
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "make test"


# Which Python


def test_a_python_that_is_not_supported_gets_one_line(project, tmp_path):
    (project / "tools/setup_env.py").write_text("print('set up')")
    for minor in range(9, 17):
        python = python_that_says((3, minor), tmp_path / f"some python3.{minor}")
        result = run("make", "env", f"PYTHON={python}", cwd=project)
        if minor in (11, 12, 13):
            assert result.stdout == "set up\n"
        else:
            message, by_make = result.stderr.splitlines()
            assert (result.returncode, result.stdout) == (2, "")
            assert message.startswith(str(python)) and "3.11, 3.12 or 3.13" in message
            assert by_make.startswith("make: ***")


def test_a_python_is_looked_for_behind_those_that_fail(project, tmp_path):
    (project / "tools/setup_env.py").write_text("import sys; print(sys.executable)")
    programs, shell = tmp_path / "bin", shutil.which("sh")
    program(programs / "python3", "echo no such version >&2; exit 127")
    python_that_says((3, 14), programs / "python")
    result = run(shell, "tools/setup_env.sh", cwd=project, PATH=str(programs))
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"no usable Python found: .*3\.11, 3\.12 or 3\.13.*\n", result.stderr)

    program(programs / "python3.12", f'exec "{sys.executable}" "$@"')
    result = run(shell, "tools/setup_env.sh", cwd=project, PATH=str(programs))
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{sys.executable}\n", "")


# The set-up: real folders and a real venv, without pip and its downloads

ALL_STEPS = ["make", "requirements.txt", "."]
UPDATE = ALL_STEPS[1:]


@pytest.fixture
def set_up(monkeypatch):
    """Return a function that sets up a folder, and returns the list of what it did."""
    steps, create = [], venv.create

    def step(name, result):
        steps.append(name)
        if isinstance(result.get(name), BaseException):
            raise result[name]
        return result.get(name, True)

    def run_in(folder, **results):
        def make(place, symlinks, **_):
            create(place, symlinks=symlinks)
            step("make", results)

        monkeypatch.setattr(venv, "create", make)
        monkeypatch.setattr(setup_env, "pip_install", lambda *options: step(options[-1], results))
        monkeypatch.setattr(setup_env, "ROOT", folder)
        monkeypatch.setattr(setup_env, "VENV", folder / ".venv")
        monkeypatch.setattr(setup_env, "PREFIX", folder / "tools/prefix")
        steps.clear()
        setup_env.main()
        return list(steps)

    return run_in


def test_a_finished_set_up_is_left_alone(project, set_up, capsys):
    assert set_up(project) == ALL_STEPS
    assert "minutes" in capsys.readouterr().out
    assert list((project / ".venv/share/jupyter/lab/settings").rglob("xorlib.json"))
    assert set_up(project) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("step", ALL_STEPS)
@pytest.mark.parametrize("before", [False, True])
def test_an_interrupted_set_up_is_made_whole(project, set_up, step, before):
    if before and step in UPDATE:
        set_up(project)
        (project / "requirements.txt").write_text("another==1.0\n")
    with pytest.raises(KeyboardInterrupt):
        set_up(project, **{step: KeyboardInterrupt()})
    assert set_up(project) == ALL_STEPS
    assert set_up(project) == []


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt", "tools/prefix/a.json"])
def test_a_changed_input_brings_an_update(project, set_up, name):
    set_up(project)
    with open(project / name, "a") as file:
        file.write("\n")
    assert set_up(project) == UPDATE
    assert set_up(project) == []


def test_an_update_that_fails_keeps_what_was_there_and_is_tried_again(project, set_up):
    set_up(project)
    (project / "requirements.txt").write_text("another==1.0\n")
    for _ in range(2):
        with pytest.raises(SystemExit, match="next run"):
            set_up(project, **{"requirements.txt": False})
    assert set_up(project) == UPDATE


def test_a_moved_folder_or_another_python_is_set_up_anew(project, set_up):
    set_up(project)
    moved = project.rename(project.with_name("another folder"))
    assert set_up(moved) == ALL_STEPS
    python = moved / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/no/such/python")
    assert set_up(moved) == ALL_STEPS
    python.unlink()
    python_that_says((3, 9), python)
    assert set_up(moved) == ALL_STEPS
    assert set_up(moved) == []
