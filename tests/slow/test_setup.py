"""The targets of make and the set-up behind them, tried in copies with a space in their path."""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

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
    shutil.copytree(ROOT / "tools", folder / "tools")
    (folder / "work").mkdir()
    for part in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / part, folder / part)
    return folder


def run(*command, cwd=ROOT, **variables):
    """Run a command as a person would, not as a child of the `make` that runs these tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "PYTHON"}
    result = subprocess.run(command, cwd=cwd, env=kept | variables, capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr


def program(path, text):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def python_that_says(minor, path):
    """Write a Python that works, but claims to be another version."""
    site = path.parent / f"site {minor}"
    site.mkdir(parents=True, exist_ok=True)
    lie = f"import sys; sys.version_info = (3, {minor}, 0, 'final', 0)"
    (site / "sitecustomize.py").write_text(lie)
    return program(path, f'PYTHONPATH="{site}" exec "{sys.executable}" "$@"')


def test_bare_make_lists_every_target_and_each_sets_itself_up():
    listed = run("make")[1].splitlines()
    assert [line.split()[1] for line in listed] == list(TARGETS)
    assert all(re.fullmatch(r"  make [a-z]+ +[A-Z].{10,}", line) for line in listed)
    bare = {"help", "env", "learner", "types", "clean"}
    assert {n for n, needs in TARGETS.items() if not needs} == bare
    assert {n for n, needs in TARGETS.items() if needs == "learner"} == {"lab", "work", "demos"}
    # No file can stand in for a target.
    assert set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split()) == set(TARGETS)
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert (ROOT / ".ci/run").read_text().splitlines()[-1] == "make test"


def test_types_without_node_says_what_to_install(project, tmp_path):
    code, said, problem = run(shutil.which("make"), "types", cwd=project, PATH=str(tmp_path))
    assert code and not said and "npm install --global typescript eslint" in problem


def test_lab_opens_the_first_notebook_on_loopback_with_its_token():
    commands = run("make", "-n", "lab", "LAB_FLAGS=--no-browser")[1]
    *before, lab = commands.replace("\\\n", "").splitlines()
    running, lab = lab.split(" || ")
    first = f"work/{min((ROOT / 'notebooks').glob('*.ipynb')).name}"
    assert before == ["sh tools/setup_env.sh learner", ".venv/bin/python -m tools.working_copy"]
    assert running == f".venv/bin/python -m tools.running_lab {first} --no-browser"
    assert " ".join(lab.split()) == (
        ".venv/bin/python -m jupyterlab --ip=127.0.0.1 --allow-root --ServerApp.root_dir=. "
        f"--LabApp.default_url=/lab/tree/{first} --no-browser"
    )


def test_only_reset_1_asks_for_a_new_copy_to_work_in():
    for variables, options in ([], ""), (["RESET=1"], " --reset"), (["RESET=\33[0m"], ""):
        copying = run("make", "-n", "work", *variables)[1].splitlines()[1]
        assert copying.rstrip() == f".venv/bin/python -m tools.working_copy{options}"


def test_an_unwritable_home_folder_is_replaced(project):
    (project / "Makefile").write_text(f"{MAKEFILE}\nhome:\n\t@echo $$HOME\n")
    for home, used in [(os.environ["HOME"], os.environ["HOME"]), ("/proc/no", project / ".venv")]:
        code, said, told = run("make", "home", cwd=project, HOME=home)
        assert (code, said, bool(told)) == (0, f"{used}\n", home != used)


def test_jupyterlabs_question_about_news_is_answered_as_its_schema_asks():
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
    assert run("make", "clean", cwd=project)[0] == 0
    assert set(project.rglob("*")) == kept | {project / "notebooks"}


def test_which_python_is_chosen(project, tmp_path):
    (project / "tools/setup_env.py").write_text("import sys; print(sys.executable)")
    found = (0, f"{sys.executable}\n", "")
    for minor, light in itertools.product(range(10, 15), ([], ["LIGHT=1"])):
        # A Python that is named is the only one tried.
        python = python_that_says(minor, tmp_path / f"named 3.{minor}")
        answer = run("make", "learner", *light, f"PYTHON={python}", cwd=project)
        if 11 <= minor <= (99 if light else 13):
            assert answer == found
        else:
            assert answer[:2] == (2, "") and answer[2].startswith(f"{python} ")
            assert "3.11" in answer[2] and "LIGHT=1" in answer[2]

    command, programs = [shutil.which("sh"), "tools/setup_env.sh"], tmp_path / "bin"
    program(programs / "python3", "echo no such version >&2; exit 127")
    python_that_says(14, programs / "python")
    code, said, problem = run(*command, cwd=project, PATH=str(programs))
    assert (code, said) == (1, "") and "make lab LIGHT=1" in problem
    program(programs / "python3.12", f'exec "{sys.executable}" "$@"')  # after those that fail
    assert run(*command, cwd=project, PATH=str(programs)) == found


UPDATE = [".venv/pip.txt", ".venv/requirements.txt", "."]
ALL_STEPS = ["make", *UPDATE]
OTHER = "another==1.0\npip==26.0\n"


def set_up(folder, packages="all", stopped_in=None, pip_works=True, installs=True):
    """Set up a folder, with a real venv but no downloads; return the list of what was done."""
    steps, create, stamp = [], venv.create, folder / ".venv/set-up.txt"

    def step(name):
        steps.append(name)
        if name == stopped_in:
            raise KeyboardInterrupt

    def make(place, symlinks, **_):
        create(place, symlinks=symlinks)
        step("make")

    def lines(name):
        yield "Collecting another==1.0\n"
        if installs:
            yield "Installing collected packages: another\n"
            assert not stamp.exists()  # or this would count as whole, after kill -9
        step(name)

    def pip(command, **_):
        return SimpleNamespace(stdout=lines(command[-1]), wait=lambda: int(not pip_works))

    places = {"ROOT": folder, "VENV": folder / ".venv", "PREFIX": folder / "tools/prefix"}
    processes = SimpleNamespace(**vars(subprocess) | {"Popen": pip})
    fakes = {"STAMP": stamp, "subprocess": processes}
    with mock.patch.multiple(setup_env, **places, **fakes), mock.patch.object(venv, "create", make):
        setup_env.main(packages)
    return steps


def test_a_finished_set_up_is_left_alone_until_an_input_changes(project, capsys):
    assert set_up(project) == ALL_STEPS
    assert capsys.readouterr().out
    assert list((project / ".venv/share/jupyter/lab/settings").rglob("xorlib.json"))
    for name in ("pyproject.toml", "requirements.txt", "tools/prefix/a.json"):
        capsys.readouterr()
        assert (set_up(project), capsys.readouterr().out) == ([], "")
        with open(project / name, "a") as file:
            file.write("\n")
        for _ in range(2):  # a failed download keeps what was there, and is tried again
            with pytest.raises(SystemExit, match="above"):
                set_up(project, pip_works=False, installs=False)
        assert set_up(project) == UPDATE


def test_a_light_set_up_is_completed_and_none_is_made_smaller(project):
    given = project / ".venv/requirements.txt"
    for packages, steps in [("light", ALL_STEPS), ("learner", UPDATE), ("all", UPDATE)]:
        assert (set_up(project, packages), set_up(project, "light")) == (steps, [])
        assert given.read_text() == setup_env.packages(packages)
    (project / "requirements.txt").write_text(OTHER)
    assert (set_up(project, "light"), given.read_text()) == (UPDATE, OTHER)


@pytest.mark.parametrize("step", ALL_STEPS)
@pytest.mark.parametrize("before", [False, True])
def test_an_interrupted_set_up_is_completed(project, step, before):
    if before and step in UPDATE:
        set_up(project)
        (project / "requirements.txt").write_text(OTHER)
    with pytest.raises(SystemExit, match="interrupted"):
        set_up(project, stopped_in=step)
    assert not (project / ".venv").exists()
    assert set_up(project) == ALL_STEPS
    assert set_up(project) == []


def test_a_folder_that_cannot_be_written_to_is_told_in_a_sentence(project):
    (project / ".venv").touch()
    with pytest.raises(SystemExit, match=r"GB free .*\.venv"):
        set_up(project)


def test_a_moved_folder_or_another_python_is_set_up_again(project):
    set_up(project)
    moved = project.rename(project.with_name("another folder"))
    assert set_up(moved) == ALL_STEPS
    python = moved / ".venv/bin/python"
    for another in ("/no/such/python", python_that_says(9, moved.parent / "another python")):
        python.unlink()
        python.symlink_to(another)
        assert set_up(moved) == ALL_STEPS
    assert set_up(moved) == []
