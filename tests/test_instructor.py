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
def test_a_plan_has_no_gaps_and_ends_on_time(minutes):
    ends = [0]
    for begin, end, _ in steps(PLANS[minutes]):
        assert begin == ends[-1] and end > begin
        ends.append(end)
    assert ends[-1] == minutes
    needed = set(re.findall(r"0\d", re.search("Needs (.*)", PLANS[minutes])[1].split(". ")[0]))
    used = set(re.findall(r"\b0\d\b", " ".join(place for *_, place in steps(PLANS[minutes]))))
    assert needed == used if minutes < 180 else used < {f"0{k}" for k in range(1, 7)}


# What the plans do, and how the titles of the sections begin where they do it.
PLACES = [
    ("Draw the four points", "01 Four rows"), ("Run the two-line neuron", "01 A neuron"),
    ("In a sentence:", "01 A neuron learns", "01 The same neuron"), ("Write the four", "01 Why no"),
    ("Show the hidden", "01 Two neurons"), ("The four points,", "01 Four rows", "01 A neuron"),
    ("The proof, at the", "01 Why no line"), ("Two hidden units by", "01 Two neurons"),
    ("Nine numbers,", "02 Nine numbers", "02 Forward"), ("The chain rule,", "02 Backward"),
    ("One step,", "02 The update"), ("The loop.", "02 The loop"), ("Read the", "03 Nine numbers"),
    ("All weights 0.5", "03 What if all"), ("Run the training cell twice", "02 Run it twice"),
    ("The Keras model", "04 The model"), ("Seed 42,", "04 A start that", "04 The very same"),
    ("The story of the", "04 The story of a"), ("The silent unit;", "04 A first look at why"),
    ("Twelve starts,", "05 A riddle", "05 Four values"), ("The plane of", "05 What a hidden"),
    ("The census,", "05 The census", "05 What helps"), ("The checklist", "05 What to do"),
]  # fmt: skip


def section(place):
    """Return the number of the first section whose title begins like that."""
    text = "\n".join(cell.source for cell in cells(place[1]) if cell.cell_type == "markdown")
    return re.search(rf"^## (\d+)\. {re.escape(place[3:])}", text, re.M)[1]


def test_each_step_names_the_section_it_is_about():
    for done, *places in PLACES:
        where = f"{places[0][:2]}, section{'s' * (len(places) - 1)} "
        assert f"| {where}{' and '.join(map(section, places))} | {done}" in GUIDE, done
    assert len(re.findall(r"^\| \d+–\d+ \| 0\d, section", GUIDE, re.M)) == len(PLACES)
    for words, place in [
        ("inequalities of {}. Nothing", "01 Why no"), ("({}, computes it)", "03 Two moments"),
        ("| {}: 5000 further", "04 The very"), ("the trap of {}.", "02 Run it twice"),
    ]:  # fmt: skip
        assert words.format(f"{place[:2]}, section {section(place)}") in GUIDE, words
    asked = "\n".join(cell.source for cell in cells("2"))
    for number, start, words in [
        (4, "The loss stays", "the plateau"),
        (3, "Why are all", "the order"),
    ]:
        assert f"\n**{number}. {start}" in asked and f"02, question {number}, on {words}" in GUIDE


def test_the_demos_and_their_presets_exist():
    assert set(re.findall(r"\| (0\d), `", GUIDE)) == {"06"}
    named = {name for name in re.findall(r"`(\w+_\w+)`", GUIDE) if "_" in name}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "classroom/demos").iterdir()
                   if path.suffix in (".js", ".py"))  # fmt: skip
    assert len(named) == 5
    for name in named:
        assert f"def {name}(" in code
    presets = re.findall(r"[Pp]reset \*([^*]+)\*", GUIDE)
    assert len(presets) >= 2 and all(f'"{preset}"' in code for preset in presets)


def test_the_footprint_is_the_measured_one():
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
