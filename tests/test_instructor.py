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
ASKED = [question for closing in questions().values() for question in closing]
NUMBERS = "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split()
WINDOWS = "Slides", "Pairs: ", "Together: notebook ", "Buffer", "Break", "The 90 minutes"


def steps(plan):
    """Return begin, end, and the other four cells of each line of a plan."""
    lines = re.findall(r"^\| (\d+)–(\d+) \|(.*)\|$", plan, re.M)
    return [
        (int(begin), int(end), *(cell.strip() for cell in rest.split("|")))
        for begin, end, rest in lines
    ]


def test_there_are_three_plans():
    assert list(PLANS) == [45, 90, 180]


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_has_no_gap_and_each_line_its_place_and_ends_on_time(minutes):
    ends = [0]
    for begin, end, where, what, _, _ in steps(PLANS[minutes]):
        assert begin == ends[-1] and end > begin and where.startswith(WINDOWS) and what
        ends.append(end)
    assert ends[-1] == minutes
    needed = set(re.findall(r"0\d", re.search("Needs (.*)", PLANS[minutes])[1].split(". ")[0]))
    assert needed == set(re.findall(r"notebook (0\d)", PLANS[minutes].split("|---|")[-1]))


@pytest.mark.parametrize("minutes", PLANS)
def test_a_third_is_the_learners_own_and_no_quarter_of_an_hour_passes_without_it(minutes):
    plan = steps(PLANS[minutes])[minutes == 180 :]
    own = [(begin, end) for begin, end, where, *_ in plan if where.startswith("Pairs")]
    began = plan[0][0]
    assert sum(end - begin for begin, end in own) >= (minutes - began) / 3
    starts, ends = [begin for begin, _ in own], [end for _, end in own]
    breaks = [begin for begin, _, where, *_ in plan if where in ("Break", "Buffer")]
    for idle_from in [began, *ends]:
        rest = [moment for moment in [*starts, *breaks, minutes] if moment >= idle_from]
        assert min(rest) - idle_from <= 15, idle_from
    if minutes > 45:
        assert sum(end - begin for begin, end, where, *_ in plan if where == "Buffer") >= 4


def test_where_something_can_go_it_says_how_to_go_on():
    assert GUIDE.count("*Can go:*") >= 4
    for told in re.findall(r"\*Can go:\* ([^|]*) \|", GUIDE):
        assert re.search(r"go on with the|show the", told), told


@pytest.mark.parametrize("minutes", PLANS)
def test_slides_give_the_minutes_that_there_are_and_answer_only_after_they_asked(minutes):
    (lesson,) = (lesson for lesson in lessons() if lesson.name == str(minutes))
    closing = []
    for row in lesson.rows:
        text = "\n".join(row.slides)
        for given in re.findall(r"(\w+) minutes, in pairs", text):
            assert NUMBERS.index(given) <= row.end - row.begin, row.minutes
        asked = [
            q.asked
            for n in re.findall(r"^% question (\S+)$", text, re.M)
            for q in ASKED
            if q.number == n
        ]
        assert not asked or " And: ".join(asked) == row.columns["Ask"]
        closing += asked
        assert ("\n% demo" in text) == ("Link" in row.columns), row.minutes
    assert len(closing) == 2 or minutes == 180
    slides = re.split(
        r"^## ", "\n".join(line for row in lesson.rows for line in row.slides), flags=re.M
    )[1:]
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
