"""The assignments in real nbgrader: what learners get, and the points for what they hand in."""

import importlib
import os
import subprocess
import sys

import nbformat
import pytest
from traitlets.config import Config, PyFileConfigLoader

from tests.facts import ROOT
from tools import make_nbgrader
from tools.make_exercises import EXERCISES, SOLUTIONS
from tools.make_nbgrader import MARK, main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nbgrader's exchange is not for Windows")
NAME = "01_exercises"
# What is handed in, by cell: None is the solution, and a cell that is not named is left blank.
ALL = dict.fromkeys(["p01-06", "p01-08", "p01-10", "p01-13", "p01-15", "p01-17"])
MEAN = "def rows_right(w, b, X, y):\n    return np.mean((neuron(X, w, b) > 0.5) == (y > 0.5))"
HANDED_IN = {
    "blank": ({}, 0),
    "all": (ALL, 6),
    # The wrong side of a line; and its test was made to say yes, but that is put back.
    "wrong": (ALL | {"p01-06": "w1, w2, b = 20, 20, -30", "p01-06-test": "pass"}, 5),
    # The second task's answer is a share, with which the third one counts; the fourth one stops.
    "stops": (ALL | {"p01-08": MEAN, "p01-13": "answer = c"}, 3),
}


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """Import nbgrader from a folder of its own: among our packages it would change JupyterLab."""
    folder = tmp_path_factory.mktemp("nbgrader")
    install = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps"]
    if subprocess.run([*install, "--target", folder, "--group", "grade"], cwd=ROOT).returncode:
        missing = "nbgrader could not be installed, as where there is no network"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        # What it starts finds the same, and kernels this project's modules.
        patch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{ROOT}")
        patch.setenv("PATH", str(folder / "bin"), prepend=os.pathsep)
        yield importlib.import_module("nbgrader.apps")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(make_nbgrader, "COURSE", tmp_path_factory.mktemp("course"))
        main()
        yield make_nbgrader.COURSE


@pytest.fixture(scope="module")
def grader(nbgrader, course):
    settings = PyFileConfigLoader("nbgrader_config.py", str(course)).load_config()
    settings.merge(Config(CourseDirectory={"root": str(course)}))
    return nbgrader.NbGraderAPI(config=settings)


@pytest.fixture(scope="module")
def released(course, grader):
    for folder in (course / "source").iterdir():
        assert grader.generate_assignment(folder.name)["success"]
    return {path.name: path for path in course.glob("release/*/*.ipynb")}


def test_learners_get_the_exercise_and_a_test_below_each_answer(released):
    assert released.keys() == {path.name for path in EXERCISES.glob("*.ipynb")}
    for name, path in released.items():
        given = nbformat.read(path, as_version=4)
        sources = {cell.id: cell.source.strip() for cell in given.cells}
        for cell in nbformat.read(EXERCISES / name, as_version=4).cells:
            if cell.cell_type == "code":
                answer, _, check = cell.source.partition("\n\nchecks.")
                assert sources[cell.id] == answer.strip()
                assert not check or f"checks.{check}" in sources[f"{cell.id}-test"]
        assert "SOLUTION" not in str(given) and "](../" not in str(given)


def test_what_is_handed_in_has_the_points_that_were_counted_by_hand(course, grader, released):
    path = released[f"{NAME}.ipynb"]
    solutions = nbformat.read(SOLUTIONS / "01_solutions.ipynb", as_version=4)
    right = {c.id: MARK.sub("", c.source).split("\n\nchecks.")[0] for c in solutions.cells}
    for learner, (answers, _) in HANDED_IN.items():
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.id in answers:
                cell.source = answers[cell.id] or right[cell.id]
        submitted = course / "submitted" / learner / NAME
        submitted.mkdir(parents=True)
        nbformat.write(notebook, submitted / path.name)
        assert grader.autograde(NAME, learner)["success"]
    with grader.gradebook as book:
        given = {who: book.find_submission(NAME, who).score for who in HANDED_IN}
        assert book.find_assignment(NAME).max_score == 6
    assert given == {who: points for who, (_, points) in HANDED_IN.items()}
    assert grader.generate_feedback(NAME, "wrong")["success"]
    feedback = (course / "feedback/wrong" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "right line, wrong side" in feedback


def test_a_blank_does_not_pass_the_learners_own_validation(released):
    validator = importlib.import_module("nbgrader.validator").Validator()
    assert len(validator.validate(str(released[f"{NAME}.ipynb"]))["failed"]) == 6
