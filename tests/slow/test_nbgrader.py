"""The assignments in real nbgrader: what learners get, and the points for what they hand in."""

import os
import sys

import nbformat
import pytest
from traitlets.config import Config, PyFileConfigLoader

from tools import make_nbgrader
from tools.make_exercises import EXERCISES
from tools.make_nbgrader import MARK, SOLUTIONS, main

nbgrader = pytest.importorskip("nbgrader.apps", reason="make env installs nbgrader")
validator = pytest.importorskip("nbgrader.validator")
FOLDER = os.path.dirname(sys.executable)  # where nbgrader's database looks for its helper
# What is handed in for notebook 01, by cell: None is the solution, a cell not named is left blank.
ALL = dict.fromkeys(["p01-06", "p01-08", "p01-10", "p01-13", "p01-15", "p01-17"])
MEAN = "def rows_right(w, b, X, y):\n    return np.mean((neuron(X, w, b) > 0.5) == (y > 0.5))"
HANDED_IN = {
    "blank": ({}, 0),
    "all": (ALL, 6),
    "first three": (dict.fromkeys(["p01-06", "p01-08", "p01-10"]), 3),
    # Wrong lines, and a test that was made to say yes: it is put back.
    "wrong": (ALL | {"p01-06": "w1, w2, b = 20, 20, -30", "p01-06-test": "pass"}, 5),
    # The third task's answer counts with the second's, and the fourth choice stops.
    "stops": (ALL | {"p01-08": MEAN, "p01-13": "answer = c"}, 3),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", FOLDER, prepend=os.pathsep)
        patch.setattr(make_nbgrader, "COURSE", tmp_path_factory.mktemp("course"))
        main()
        yield make_nbgrader.COURSE


@pytest.fixture(scope="module")
def graders(course):
    settings = PyFileConfigLoader("nbgrader_config.py", str(course)).load_config()
    settings.merge(Config(CourseDirectory={"root": str(course)}))
    return nbgrader.NbGraderAPI(config=settings)


@pytest.fixture(scope="module")
def released(course, graders):
    for folder in (course / "source").iterdir():
        assert graders.generate_assignment(folder.name)["success"]
    return {path.name: path for path in course.glob("release/*/*.ipynb")}


def test_learners_get_the_exercise_and_a_test_below_each_answer(released):
    assert released.keys() == {path.name for path in EXERCISES.glob("*.ipynb")}
    for path in EXERCISES.glob("*.ipynb"):
        exercise = nbformat.read(path, as_version=4)
        given = nbformat.read(released[path.name], as_version=4)
        sources = {cell.id: cell.source.strip() for cell in given.cells}
        for cell in exercise.cells:
            if cell.cell_type == "code":
                answer, check = sources[cell.id], sources.get(f"{cell.id}-test", "")
                assert answer == cell.source.split("\n\nchecks.")[0].strip()
                assert cell.source.splitlines()[-1] in f"{answer}\n{check}".replace("report = ", "")
        assert "SOLUTION" not in str(given) and "](../" not in str(given)


def test_handed_in_it_has_the_points_that_were_counted_by_hand(course, graders, released):
    path, name = released["01_exercises.ipynb"], "01_exercises"
    solutions = nbformat.read(SOLUTIONS / "01_solutions.ipynb", as_version=4)
    right = {c.id: MARK.sub("", c.source).split("\n\nchecks.")[0] for c in solutions.cells}
    for learner, (answers, _) in HANDED_IN.items():
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.id in answers:
                cell.source = answers[cell.id] or right[cell.id]
        submitted = course / "submitted" / learner / name
        submitted.mkdir(parents=True)
        nbformat.write(notebook, submitted / path.name)
        assert graders.autograde(name, learner)["success"]
        assert graders.generate_feedback(name, learner)["success"]
    with graders.gradebook as book:
        given = {who: book.find_submission(name, who).score for who in HANDED_IN}
        assert book.find_assignment(name).max_score == 6
    assert given == {who: points for who, (_, points) in HANDED_IN.items()}
    feedback = (course / "feedback/wrong" / name / f"{name}.html").read_text(encoding="utf-8")
    assert "right line, wrong side" in feedback


def test_a_blank_does_not_pass_the_learners_own_validation(released):
    told = validator.Validator().validate(str(released["01_exercises.ipynb"]))
    assert len(told["failed"]) == 6
