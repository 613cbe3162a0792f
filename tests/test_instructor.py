"""INSTRUCTOR.md: plans that add up, places that exist, figures that come from somewhere."""

import re
from pathlib import Path

import nbformat
import pytest

import xorlib
from tests import notebook_checks

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")
PLANS = {
    int(title.split()[0]): body
    for title, body in re.findall(r"^## (\d+ minutes.*?)\n(.*?)(?=^## )", GUIDE, re.M | re.S)
}
DEMOS = {
    *("draw_a_line", "solve_by_hand", "watch_it_learn", "learning_rates", "luck_of_the_start"),
}
SLIDERS = Path(xorlib.__file__).parent / "sliders"


def notebook(number):
    (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    return nbformat.read(path, as_version=4)


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


@pytest.mark.parametrize("minutes", PLANS)
def test_the_sections_of_a_plan_exist(minutes):
    for _, _, place in steps(PLANS[minutes]):
        for number, sections in re.findall(r"\b(0\d), sections? ([\d and]+)", place):
            titles = re.findall(r"^## (\d+)\.", notebook_checks.markdown(notebook(number)), re.M)
            assert set(sections.split(" and ")) <= set(titles), place


def test_sections_named_elsewhere_exist():
    for number, section in re.findall(r"\b(0\d), section (\d+)", GUIDE):
        assert f"## {section}. " in notebook_checks.markdown(notebook(number))


def test_the_demos_and_their_presets():
    named = {name for name in re.findall(r"`(\w+)`", GUIDE) if "_" in name}
    assert named == DEMOS
    if SLIDERS.is_dir():  # every demo and preset is there under its name
        code = "\n".join(path.read_text(encoding="utf-8") for path in SLIDERS.glob("*.py"))
        for name in DEMOS:
            assert f"def {name}(" in code
        presets = re.findall(r"[Pp]reset \*([^*]+)\*", GUIDE)
        assert len(presets) >= 2
        for preset in presets:
            assert f'"{preset}"' in code


def test_figures_are_those_of_the_notebooks():
    paths = [*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "notebooks/solutions").glob("*.ipynb")]
    stored = "".join(path.read_text(encoding="utf-8") for path in paths)
    prose = GUIDE.split("| what runs")[0]
    figures = set(re.findall(r"\d+\.\d+", prose)) - {"2.5"}  # of the README: gigabytes of disk
    assert len(figures) > 10
    for figure in figures:
        assert figure in stored, figure
    for epoch in ("1590", "2891"):
        assert epoch in prose and epoch in stored
    assert "about 2.5 GB of disk" in (ROOT / "README.md").read_text(encoding="utf-8")


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
    assert named <= made | ({"app"} if not SLIDERS.is_dir() else set())
