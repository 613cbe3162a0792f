"""The form of the five questions that close notebooks 01 to 05, 07 and 08."""

import re
from collections import Counter

import pytest

from tests.facts import markdown

SUMMARY = r"<details><summary>([a-e])\) (.+)</summary>\n\n"
CHOICE = re.compile(SUMMARY + r"\*\*(Right|No)\.\*\* (.{20,})\n\n</details>\n")
NUMBERS = (1, 2, 3, 4, 5, 7, 8)


def questions(number):
    """Return the texts of a notebook's questions."""
    found = re.findall(r"^## \d+\. Five questions\n(.*?)(?=^## )", markdown(number), re.M | re.S)
    (section,) = found
    _, *texts = re.split(r"^\*\*\d\. (?=.+\?\*\*$)", section + "\n", flags=re.M)
    return texts


@pytest.mark.parametrize("number", NUMBERS)
def test_each_choice_is_folded_and_has_a_sentence_of_its_own(number):
    assert len(questions(number)) == 5
    for question in questions(number):
        _, body = question.split("?**\n\n")
        letters, texts, verdicts, sentences = zip(*CHOICE.findall(body), strict=True)
        assert CHOICE.sub("", body).replace("<br>", "").strip() == ""
        assert "".join(letters) in ("abc", "abcd", "abcde") and verdicts.count("Right") == 1
        assert len(set(texts)) == len(set(sentences)) == len(texts)


def test_the_right_choice_has_no_usual_place():
    texts = [question for number in NUMBERS for question in questions(number)]
    right = Counter(re.search(rf"{SUMMARY}\*\*Right", text)[1] for text in texts)
    assert max(right.values()) < 13
