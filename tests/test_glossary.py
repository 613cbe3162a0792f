"""The glossary: its words, in order, each with the notebook that introduces and links it."""

import re

import nbformat

from tests.facts import ROOT

OPENING, *ENTRIES = nbformat.read(ROOT / "notebooks/glossary.ipynb", as_version=4).cells
WORDS = [cell.source.splitlines()[0].removeprefix("### ") for cell in ENTRIES]
ANCHORS = [word.replace(" ", "-") for word in WORDS]


def test_forty_one_words_in_alphabetical_order():
    assert "Forty-one words" in OPENING.source and len(set(WORDS)) == len(WORDS) == 41
    assert sorted(WORDS, key=str.lower) == WORDS


def test_each_entry_says_in_a_few_words_what_it_is_and_links_what_exists():
    for word, cell in zip(WORDS, ENTRIES, strict=True):
        _, text = cell.source.split("\n\n")
        assert 6 < len(text.split()) < 70, word
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(ANCHORS) - {word}, word
        ((number, name),) = re.findall(r"\[Notebook (\d)\]\((\w+\.ipynb)\)$", text)
        assert name.startswith(f"0{number}_"), word


def test_the_notebook_that_introduces_a_word_links_its_entry():
    for anchor, cell in zip(ANCHORS, ENTRIES, strict=True):
        (name,) = re.findall(r"\((\w+\.ipynb)\)$", cell.source)
        assert f"](glossary.ipynb#{anchor})" in (ROOT / "notebooks" / name).read_text("utf-8"), (
            anchor
        )
