"""What is wrong in a lesson is named, with file, line and what was expected; a copy is a lesson."""

import re
import shutil

import pytest

from book import decks, lessons
from tests.facts import ROOT

TEXT = (ROOT / "lessons/45.md").read_text(encoding="utf-8")
ROW = "# 6 · Pairs: worksheet 1, task 1"
LINK = "Link: #demo=draw_a_line&gate=or&w1=1&w2=-1&b=-0.5&hide=1\n"
PARTS = "<picture 01 show(plot_parts())>"
# What is changed in the 45 minutes, into what, the line that is named then, and what is said.
WRONG = [
    ("---\ntitle", "title", "title: ", "head between two lines"),
    ("minutes: 45\n", "", "---", "minutes in the head"),
    ("minutes: 45\n", "minutes: many\n", "---", "whole minutes"),
    ("minutes: 45\n", "minutes: 45\n- x\n", "- x", "YAML"),
    (ROW, ROW.replace("6", "5"), "# 3 · Slides", "up to minute 45, but they end at 44"),
    (ROW, "# six · Pairs", "# six", "# MINUTES · Slides, Pairs"),
    (ROW, "# 6 · Alone", "# 6 · Alone", "# MINUTES · Slides, Pairs"),
    ("# 4 · Slides\n", LINK + "# 4 · Slides\n", "Link: ", "a row, # MINUTES"),
    ("Ask: For", "Asks: For", "Asks: ", "a slide, ## …, or one of Link, Do,"),
    ("Do: A slide says", "Ask: A slide says", ROW, "a row with Do: … and at least one slide"),
    ("=draw_a_line", "=draw_a_lime", "Link: ", "one of draw_a_line, solve_by_hand,"),
    ("&w1=1&", "&w1=one&", "Link: ", "a state that the demo takes; w1: “one”"),
    ("](#demo=solve_by", "](#demo=solves_by", "Can go: ", "one of draw_a_line, solve_by_hand,"),
    ("](#demo=solve_by", "](solved_by", "Can go: ", "a link to a file of the project, to https"),
    (PARTS, "<picture 01 show(x)>", "<picture", "01 has none under a cell with show(x)"),
    (PARTS, "<picture 09 x>", "<picture", "09 has none under a cell with x"),
    ("Vote: OR / **AND** /", "Vote: OR / AND /", "Vote: OR", "rows 0 to 4: **3**"),
    ("4: **3**", "4: **5**", "Vote: rows", "a / **b**, rows 0 to 4"),
    ("h2 0 to 1:", "h2 0 to one:", "Vote: h1", "h1 0 to 1, h2 0 to 1: **1, 0**"),
    ("% question 1.4", "% question 1.6", "% question 1.6", "a question from question 1.1 to"),
    ("% demo", "% dome", "% dome", "% demo, or a question from"),
    (LINK, "", "% demo", "a Link: #demo=… in this row"),
    (TEXT.partition("\n---\n")[2], "", "---", "up to minute 45, but they end at 0"),
]


@pytest.mark.parametrize("before, after, line, told", WRONG)
def test_what_is_wrong_is_named_with_its_file_and_line(before, after, line, told, tmp_path):
    path = tmp_path / "60.md"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        lessons.read(path)
    place, said = str(stopped.value).split(": expected ", 1)
    name, number = place.split(", line ")
    assert name == f"{tmp_path.name}/60.md" and told in said
    assert path.read_text(encoding="utf-8").splitlines()[int(number) - 1].startswith(line)


def test_a_lesson_begins_as_a_copy_that_builds(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(lessons, "LESSONS", shutil.copytree(ROOT / "lessons", tmp_path / "new"))
    monkeypatch.setattr(lessons, "GUIDE", tmp_path / "INSTRUCTOR.md")
    lessons.GUIDE.write_bytes((ROOT / "INSTRUCTOR.md").read_bytes())
    lessons.main("45-new")
    assert capsys.readouterr().out.strip() == "lessons/45-new.md"
    assert (
        lessons.GUIDE.read_text(encoding="utf-8").count("## 45-new: a copy of the 45 minutes") == 1
    )
    made = {lesson.name: lesson for lesson in lessons.lessons()}
    assert set(made) == {"45-new", *(path.stem for path in ROOT.glob("lessons/*.md"))}
    assert decks.filled(made["45-new"]) == decks.filled(made["45"])
    assert lessons.table(made["45-new"]) == lessons.table(made["45"])
    for name in ("45-new", "../60", ""):
        with pytest.raises(SystemExit, match="expected the name of a new file"):
            lessons.begin(name)


@pytest.mark.parametrize("lesson", lessons.lessons(), ids=lambda lesson: lesson.name)
def test_the_speakers_window_counts_down_the_minutes_of_the_plan(lesson):
    counted = re.findall(":data-timing: (.+)", decks.filled(lesson))
    begins = lesson.head.get("after", 0)
    assert sum(map(int, counted)) == 60 * (lesson.head["minutes"] - begins)
