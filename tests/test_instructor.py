"""INSTRUCTOR.md: plans with enough to do, made from the lessons, and places that exist."""

import re

import pytest

from book.lessons import MADE, lessons, plans
from classroom.addresses import own_addresses
from tests.facts import ROOT
from tools.questions import questions

GUIDE = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
PLANS = {
    int(title.split()[0]): body
    for title, body in re.findall(r"^## (\d+ minutes.*?)\n(.*?)(?=^## )", GUIDE, re.M | re.S)
}
ASKED = {question.number: question.asked for asked in questions().values() for question in asked}
NUMBERS = "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
LESSONS = {int(lesson.name): lesson for lesson in lessons()}


def test_each_lesson_has_its_plan():
    assert list(PLANS) == sorted(LESSONS) and {45, 90, 180} <= LESSONS.keys()


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_says_which_notebooks_it_needs(minutes):
    needed = set(re.findall(r"0\d", re.search("Needs (.*)", PLANS[minutes])[1].split(". ")[0]))
    assert needed == set(re.findall(r"notebook (0\d)", PLANS[minutes].split("|---|")[-1]))


@pytest.mark.parametrize("minutes", PLANS)
def test_a_third_is_the_learners_own_and_no_quarter_of_an_hour_passes_without_it(minutes):
    rows = LESSONS[minutes].rows
    own = [row for row in rows if row.where.startswith("Pairs")]
    assert sum(row.end - row.begin for row in own) >= (minutes - rows[0].begin) / 3
    spare = [row for row in rows if row.where in ("Break", "Buffer")]
    moments = [*(row.begin for row in own + spare), minutes]
    for idle_from in [rows[0].begin, *(row.end for row in own)]:
        assert min(moment for moment in moments if moment >= idle_from) - idle_from <= 15
    assert sum(row.end - row.begin for row in spare if row.where == "Buffer") >= 4 * (minutes > 45)


@pytest.mark.parametrize("minutes", PLANS)
def test_slides_give_the_minutes_that_there_are_and_answer_only_after_they_asked(minutes):
    rows, closing = LESSONS[minutes].rows, []
    for row in rows:
        text = "\n".join(row.slides)
        for given in re.findall(r"(\w+) minutes, in pairs", text):
            assert NUMBERS.index(given) <= row.end - row.begin, row.minutes
        asked = [ASKED[number] for number in re.findall(r"^% question (\S+)$", text, re.M)]
        assert not asked or " And: ".join(asked) == row.columns["Ask"]
        closing += asked
        assert ("\n% demo" in text) == ("Link" in row.columns), row.minutes
    assert len(closing) == 2 or minutes == 180
    text = "\n".join(line for row in rows for line in row.slides)
    _, *slides = re.split(r"^## ", text, flags=re.M)
    assert all(len(re.findall(r"\w+", slide)) < 90 for slide in slides)
    if minutes < 180:  # there the answers are in notebooks
        for slide, following in zip(slides, slides[1:], strict=False):
            assert "?" not in slide.splitlines()[0] or "?" not in following.splitlines()[0]


def test_the_plans_are_what_make_plans_writes():
    assert MADE.search(GUIDE)[0] == plans(), "run make plans"


def test_each_link_to_the_book_is_in_use_and_begins_with_its_address():
    site = own_addresses()["Homepage"]
    named = dict(re.findall(r"^\[([\w-]+)\]: (\S+)$", GUIDE, re.M))
    assert all(address.startswith(site) for address in named.values()) and len(named) > 10
    assert set(named) == set(re.findall(r"\]\[([\w-]+)\]", GUIDE))


def test_the_footprint_is_the_one_that_was_measured():
    measured = (ROOT / "docs" / "footprint.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in measured if line.startswith("|")]
    assert "\n".join(table) in GUIDE
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table[2:]]
    paths = [*ROOT.glob("notebooks/0*.ipynb"), *ROOT.glob("notebooks/solutions/0*.ipynb")]
    assert sorted(row[0].replace(" ", "_") for row in rows) == sorted(path.stem for path in paths)
    assert 30 == int(re.search(r"memory for (\d+)", table[0])[1])
    for row in rows:  # what is extrapolated is marked
        assert ("*" in row[-1]) == (int(row[4]) < 30)
    heaviest = max(int(row[1].split()[0]) for row in rows)
    assert 500 < heaviest < 1000  # "more than half a gigabyte", "1 GB"
