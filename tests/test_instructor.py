"""INSTRUCTOR.md: plans that add up, places that exist, figures that come from somewhere."""

import re

import pytest

from tests.prose import ROOT, cells

GUIDE = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
PLANS = {
    int(title.split()[0]): body
    for title, body in re.findall(r"^## (\d+ minutes.*?)\n(.*?)(?=^## )", GUIDE, re.M | re.S)
}


def steps(plan):
    """Return minutes and place of each line of a plan."""
    rows = [line.split(" | ") for line in plan.splitlines() if re.match(r"\| \d", line)]
    return [(*map(int, row[0].strip("| ").split("–")), row[1]) for row in rows]


def test_there_are_three_plans():
    assert list(PLANS) == [45, 90, 180]


@pytest.mark.parametrize("minutes", PLANS)
def test_a_plan_has_no_gap_and_ends_on_time(minutes):
    ends = [0]
    for begin, end, _ in steps(PLANS[minutes]):
        assert begin == ends[-1] and end > begin
        ends.append(end)
    assert ends[-1] == minutes


def test_the_sections_and_questions_that_are_named_exist():
    found = re.findall(r"\b(0\d), sections? (\d+)(?: and (\d+))?", GUIDE)
    assert len(found) > 25
    for number, *sections in found:
        titles = "\n".join(cell.source for cell in cells(number[1]) if cell.cell_type == "markdown")
        for section in filter(None, sections):
            assert f"## {section}. " in titles, f"{number}, section {section}"
    for question in re.findall(r"\b0\d, question (\d+)", GUIDE):
        assert 1 <= int(question) <= 5


def test_the_demos_and_their_presets_exist():
    named = {name for name in re.findall(r"`(\w+_\w+)`", GUIDE) if "_" in name}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "classroom/demos").iterdir()
                   if path.suffix in (".js", ".py"))  # fmt: skip
    assert len(named) == 5
    for name in named:
        assert f"def {name}(" in code
    presets = re.findall(r"[Pp]reset \*([^*]+)\*", GUIDE)
    assert len(presets) >= 2 and all(f'"{preset}"' in code for preset in presets)


def test_the_footprint_is_the_one_that_was_measured():
    measured = (ROOT / "docs" / "footprint.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in measured if line.startswith("|")]
    assert len(table) == 5
    assert "\n".join(table) in GUIDE
    assert 30 == int(re.search(r"memory for (\d+)", table[0])[1])
    for line in table[2:]:  # what is extrapolated is marked
        at_once = int(line.split("|")[4])
        assert ("*" in line) == (at_once < 30)
    heaviest = max(int(line.split("|")[2].split()[0]) for line in table[2:])
    assert 500 < heaviest < 1000  # "more than half a gigabyte", "1 GB as the limit"


def test_links_resolve():
    for link in re.findall(r"\]\(([^)]+)\)", GUIDE):
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_the_targets_exist():
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"`make (\w+)`", GUIDE))
    assert {"env", "lab", "demos"} <= named <= made
