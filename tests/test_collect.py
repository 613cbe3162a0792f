"""What `progress()` keeps of a learner's work, and the page that is made of what thirty hand in."""

import html
import json
import re
from collections import Counter, defaultdict

import pytest

from classroom.checks import one_neuron, report
from tests.facts import ROOT
from tools.collect import LARGEST, collect, page

EVIL = "<script>alert(1)</script>"
SHAPES = [  # of files that nobody's progress() has written
    {
        "name": "",
        "tasks": {"1.1": {"status": "right", "hints": {}}},
        "guesses": {"1.3": float("nan")},
    },
    {"name": "", "tasks": {"1.1": {"status": "right", "hints": {"a": "b"}}}, "guesses": {}},
    {"name": "", "tasks": {"1.1": {"status": EVIL, "hints": {}}}, "guesses": {}},
    {"name": "", "tasks": {"9.9": {"status": "right", "hints": {}}}, "guesses": {}},
    {"name": [], "tasks": {}, "guesses": {}},
    [1, 2],
]
FOREIGN = {f"{k}.json": json.dumps(shape) for k, shape in enumerate(SHAPES)}
FOREIGN |= {"deep.json": "[" * 100_000, "huge.json": " " * LARGEST + "{}", "photo.jpg": "\xff\xd8"}
FOREIGN |= {
    "a&lt;b.ipynb": '{"cells": 5}',
    "other.ipynb": '{"cells": [{"outputs": [{"data": 1}]}]}',
}


@pytest.fixture
def session(monkeypatch, tmp_path):
    """Return a function that does in a learner's folder what a kernel does in an exercise."""

    def run(learner, letters, guess, name=""):
        tasks = {number: report.Report(number, told.title) for number, told in known.items()}
        for kept, fresh in {"REPORTS": tasks, "HINTS": defaultdict(Counter), "GUESSES": {}}.items():
            monkeypatch.setattr(report, kept, fresh)
        (tmp_path / learner).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / learner)
        report.guessed("1.3", guess)
        told = [one_neuron.why_never_four(letter).text for letter in letters]
        report.progress(name)
        return told[0], tmp_path / learner / "my-progress.json"

    known = report.REPORTS
    return run


def test_progress_adds_what_is_new_to_its_file_and_replaces_a_damaged_one(session):
    hint, file = session("ada", ["a", "a", "..."], "many")
    session("ada", ["a", "c"], 2000)
    kept = {"1.4": {"hints": {hint: 3}, "status": "right"}}
    assert report.read(file.read_text()) == {"name": "", "tasks": kept, "guesses": {"1.3": 2000}}
    file.write_text("{")
    session("ada", ["c"], ..., "Ada")
    kept = {"1.4": {"hints": {}, "status": "right"}}
    assert report.read(file.read_text()) == {"name": "Ada", "tasks": kept, "guesses": {}}


def test_a_page_says_what_to_begin_with_and_names_what_was_left_out(session, tmp_path):
    session("ada", ["d", "a"], 9000)
    session("ben", ["a"], 1000, EVIL)
    hint, _ = session("eve", ["a", "c"], 5000)
    (tmp_path / "zoe").mkdir()
    filled = (ROOT / "notebooks/solutions/01_solutions.ipynb").read_text(encoding="utf-8")
    unguessed = repr(report.guessed("1.3", ...)).partition(". ")[2]
    notebook = re.sub(r"You guessed 5,000; it is [\d,]+\.", unguessed, filled)
    (tmp_path / "zoe/mine.ipynb").write_text(notebook, encoding="utf-8")
    for name, text in FOREIGN.items():
        (tmp_path / name).write_text(text, encoding="latin-1")
    (tmp_path / "link.json").symlink_to(tmp_path / "ada/my-progress.json")
    learners, left_out = collect(tmp_path)
    assert [one["name"] for one in learners] == ["zoe", "eve", "ada", EVIL]
    assert {name for name, _ in left_out} == {*FOREIGN, "link.json"}
    text = page(learners, left_out)
    first, second = re.findall(r"<li>(.+?)</li>", text)
    assert (
        first.startswith("1.4 ")
        and "(2 not" in first
        and "2 right)" in first
        and "3 were" in first
        and hint[:20] in first
    )
    assert "1,314" in second and "2 of 3" in second and "<td>zoe</td><td>6</td>" in text
    assert text.index("<img") < text.index("<li>") and EVIL not in text
    assert all(html.escape(told) in text for told in (EVIL, *FOREIGN))
