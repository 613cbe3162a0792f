"""What the documents and notebooks lead to is there: links, headings, the targets of make."""

import re
from functools import cache

import nbformat
import pytest

from tests.figures import ROOT
from tests.notebook_checks import markdown

DOCUMENTS = [ROOT / f"{name}.md" for name in ("README", "INSTRUCTOR", "CONTRIBUTING", "CHANGELOG")]
NOTEBOOKS = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("notebooks/*s/*.ipynb")])
TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@cache
def text_of(path):
    if path.suffix == ".ipynb":
        return markdown(nbformat.read(path, as_version=4))
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS + NOTEBOOKS, ids=lambda path: path.stem)
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\((?!https://)([^)#]*)#?([^)]*)\)", text_of(path))
    assert links or path.stem == "CHANGELOG"
    for target, heading in links:
        place = path.parent / target if target else path
        assert place.exists(), target
        if heading:
            titles = re.findall(r"^#+ (.+)$", text_of(place), re.M)
            assert heading in [title.replace(" ", "-") for title in titles], heading


def test_the_targets_of_make_that_documents_name_exist():
    named = [re.findall(r"(?:`|^)make ([a-z]+)", text_of(path), re.M) for path in DOCUMENTS[:3]]
    assert set().union(*named) <= TARGETS
    assert {"lab", "test", "check", "demos", "book"} <= set(named[0]) and "class" in named[1]


@pytest.mark.parametrize("path", DOCUMENTS[:2] + NOTEBOOKS, ids=lambda path: path.stem)
def test_titles_and_lists_count_upwards_and_notebooks_that_are_named_exist(path):
    text = text_of(path)
    lists = re.findall(r"(?:^\d\. .*\n?)+", text, re.M)
    counted = [re.findall(r"^\d", part, re.M) for part in lists]
    for title in (r"^## (\d+)\. ", r"^\*\*(\d)\. "):
        counted.append(re.findall(title, text, re.M))
    for numbers in counted:
        assert numbers == [str(k + 1) for k in range(len(numbers))]
    for number, target in re.findall(
        r"\[(?:[Nn]otebook|Exercises to) (\d)[^]]*\]\(\D*(\d+)_", text
    ):
        assert int(number) == int(target)
    assert all(1 <= int(number) <= 8 for number in re.findall(r"[Nn]otebooks? (\d+)\b", text))
