"""The stored notebooks are in good form, and each check of that form can fail."""

import re
from functools import cache
from itertools import pairwise

import nbformat
import pytest

from tests import notebook_checks
from tests.facts import ROOT

PATHS = sorted(ROOT.glob("notebooks/0*.ipynb"))
NAMES = [path.stem for path in PATHS]


@cache
def read(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_form(path):
    found = {check.__name__: list(check(read(path))) for check in notebook_checks.CHECKS}
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_less_than_a_fifth_of_the_code_only_draws():
    paths = [path for path in PATHS if path.stem != "06_slider_demos"]
    cells = [cell for path in paths for cell in notebook_checks.code_cells(read(path))]
    drawing = sum(len(notebook_checks.plumbing(cell)) for cell in cells)
    assert 30 < drawing < 0.2 * sum(len(notebook_checks.lines(cell)) for cell in cells)


def test_notebooks_are_numbered_and_each_leads_to_the_next():
    assert [name[:3] for name in NAMES] == [f"{k:02d}_" for k in range(1, len(NAMES) + 1)]
    for path, following in pairwise(PATHS):
        assert following.name in read(path).cells[-1].source.split("## Next\n")[1]


# Places in the stored text of the first notebook.
CODE, OUTPUT = r'"metadata": \{\}(?=,\s*"outputs")', r'"text": \[\s*"'
GUESS, WORDS = r'"guess": \[[^]]*\]', r'"text/plain": \[\s*"'
ABOVE, PROMPT, BELOW, BEHIND = (
    '"guess": .*?' * (k > 0) + '"source": .*?' * (k - 1) + r'"source": \[\s*"' for k in range(4)
)
WORD = next(cell.metadata.guess[0] for cell in read(PATHS[0]).cells if "guess" in cell.metadata)
# What spoils it: for each check at least one pattern, and what takes its place.
SPOILERS = [
    ("executed_in_order", '"execution_count": 1', '"execution_count": 7'),
    ("no_errors", '"name": "stdout"', '"name": "stderr"'),
    ("nothing_volatile", CODE, '"metadata": {"execution": {"idle": "12:00"}}'),
    ("nothing_volatile", CODE, '"metadata": {"guess": ["in code"]}'),
    ("nothing_volatile", GUESS, '"guess": "no list"'),
    ("no_machine_path", "import numpy", "import /home/me/numpy"),
    ("opening", "You need", "You may need"),
    ("sections", "## References", ""),
    ("your_turn", "Expect", "Look"),
    ("questions", "<details>", ""),
    ("short_cells", "import numpy", r"\\n" * 26),
    ("short_outputs", OUTPUT, r"\g<0>" + r"\\n" * 21),
    ("small", "import numpy", "#" * 1_000_000),
    ("told_pictures", '"alt": "[^"]*"', '"alt": "A plot."'),
    ("told_pictures", WORDS, r"\g<0>Other words. "),
    ("told_pictures", r'"text/html": \[\s*"', r"\g<0>Other words. "),
    ("told_pictures", '"text/html"', '"text/latex"'),
    ("short_pictures", "import numpy", r"show(plot)\\n" * 5),
    ("no_captions_in_code", "import numpy", "show('One, two, and a line of b') #"),
    ("results_that_say_something", WORDS, r"\g<0><Axes: > at 0x7f>"),
    ("results_that_say_something", '"image/png"', '"application/vnd.jupyter.widget"'),
    ("said_when_ignored", CODE, '"metadata": {"tags": ["nbval-ignore-output"]}'),
    ("said_when_ignored", "You need", "the tests do not compare"),
    *(("spoilt", k, rf"\g<0>{WORD} ") for k in (ABOVE, PROMPT, BELOW, BEHIND, OUTPUT)),
    ("spoilt", GUESS, '"guess": ["of no answer"]'),
    ("spoilt", "<summary>Answer</summary>", ""),
    ("spoilt", "<summary>Answer</summary>", r"\g<0>\\n\\n" + 4 * "So it is. "),
    ("unmarked", GUESS, '"tags": []'),
    ("unmarked", PROMPT, r"\g<0>**Guess:** what?\\n\\n"),
    ("headings_inside", PROMPT, r"\g<0>A\\n\\n## 1. B"),
]


@pytest.mark.parametrize(("name", "pattern", "instead"), SPOILERS)
def test_each_check_can_fail(name, pattern, instead):
    assert {name for name, *_ in SPOILERS} == {check.__name__ for check in notebook_checks.CHECKS}
    text, check = PATHS[0].read_text(encoding="utf-8"), getattr(notebook_checks, name)
    assert list(check(read(PATHS[0]))) == []
    spoilt = re.sub(pattern, instead, text, count=1, flags=re.S)
    assert list(check(nbformat.reads(spoilt, as_version=4)))
