"""Closing questions of notebooks and the tests on lessons: their form, and what is made of them."""

import html
import io
import re
import zipfile
from collections import Counter
from functools import cache
from xml.etree import ElementTree

import pytest
import yaml
from pygiftparser.parser import parseFile
from pygiftparser.utils import transformSpecials

from book import lessons
from tests.facts import ROOT, markdown
from tools.questions import contents

SUMMARY = r"<details><summary>([a-e])\) (.+)</summary>\n\n"
CHOICE = re.compile(SUMMARY + r"(\*\*(?:Right|No)\.\*\* .{20,})\n\n</details>\n")
CHAPTERS = [int(path.name[:2]) for path in sorted(ROOT.glob("notebooks/0*.ipynb"))]
NUMBERS = [number for number in CHAPTERS if number != 6]  # which is demos


def questions(number):
    """Return the texts of a notebook's questions."""
    found = re.findall(r"^## \d+\. Five questions\n(.*?)(?=^## )", markdown(number), re.M | re.S)
    (section,) = found
    _, *texts = re.split(r"^\*\*\d\. (?=.+\?\*\*$)", section + "\n", flags=re.M)
    return texts


EACH = [(f"{number}.{k}", q) for number in NUMBERS for k, q in enumerate(questions(number), 1)]
TESTS = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    for path in sorted(ROOT.glob("lessons/tests/*.yaml"), key=lambda path: len(path.stem))
}
QUIZZES = [*map(str, NUMBERS), *(f"{name}-{version}" for name in TESTS for version in "AB")]
RIGHT = {number: re.search(rf"{SUMMARY}\*\*Right", question)[1] for number, question in EACH}


@pytest.mark.parametrize("number", NUMBERS)
def test_each_choice_is_folded_and_has_a_sentence_of_its_own(number):
    assert len(questions(number)) == 5
    for question in questions(number):
        _, body = question.split("?**\n\n")
        letters, texts, sentences = zip(*CHOICE.findall(body), strict=True)
        assert CHOICE.sub("", body).replace("<br>", "").strip() == ""
        assert "".join(letters) in ("abc", "abcd", "abcde") and body.count("**Right.**") == 1
        assert len(set(texts)) == len(set(sentences)) == len(texts)


def test_the_right_choices_are_spread_over_the_letters():
    counted = Counter(RIGHT.values())
    assert counted.keys() == set("abcde") and 3 * max(counted.values()) <= len(RIGHT)
    longer = Counter(RIGHT[number] for number, question in EACH if "<summary>d) " in question)
    assert 2 * max(longer.values()) <= longer.total()  # nor where there are five to choose from


@pytest.mark.parametrize("path", sorted(ROOT.glob("lessons/*.md")), ids=lambda path: path.stem)
def test_no_plan_closes_on_two_equal_letters(path):
    closing = re.findall(r"^% question (\S+)$", path.read_text(encoding="utf-8"), re.M)
    assert len({RIGHT[number] for number in closing}) == len(closing)


@pytest.mark.parametrize("name", TESTS)
def test_a_test_asks_for_each_goal_of_its_lesson_alike_in_both_versions(name):
    lesson = lessons.read(ROOT / f"lessons/{name}.md")
    assert len(TESTS[name]) == 10
    assert {pair["goal"] for pair in TESTS[name]} == set(lesson.head["goals"])
    for pair in TESTS[name]:
        for said in (list(pair[version]["choices"].values()) for version in "AB"):
            assert all(text.startswith(("Right. ", "No. ")) for text in said)
            assert len(said) == 4 and sum(text.startswith("Right") for text in said) == 1


def letters(asked):
    """Return the letters of the right choices of some questions of a test."""
    rights = [[said[:5] for said in one["choices"].values()].index("Right") for one in asked]
    return "".join("abcd"[right] for right in rights)


def test_the_right_letters_of_the_tests_are_spread_and_no_two_versions_have_the_same():
    orders = [letters(pair[v] for pair in pairs) for pairs in TESTS.values() for v in "AB"]
    assert len(set(orders)) == len(orders)
    assert all(order.count(letter) in (2, 3) for order in orders for letter in "abcd")
    for a, b in zip(orders[::2], orders[1::2], strict=True):  # who copies from a neighbour is lost
        assert sum(map(str.__eq__, a, b)) <= 3


def plain(text):
    """Return a text without its marks and tags."""
    text = html.unescape(re.sub(r"<[^>]+>|[*`]", "", transformSpecials(text)))
    return text.replace("’", "'").strip()


def wanted():
    """Return what every platform must have: number, question, choices, which is right, feedback."""
    told = []
    for number, question in EACH:
        asked, body = question.split("**\n", 1)
        letters, texts, said = zip(*CHOICE.findall(body), strict=True)
        texts, said = map(plain, texts), map(plain, said)
        told.append((number, plain(asked), *texts, letters.index(RIGHT[number]), *said))
    for version, pairs in ((v, pairs) for pairs in TESTS.values() for v in "AB"):
        for k, one in enumerate((pair[version] for pair in pairs), 1):
            said = [*map(plain, one["choices"].values())]
            right = [text[:5] for text in said].index("Right")
            told.append((f"{version}{k}", one["asked"], *one["choices"], right, *said))
    return told


@cache
def made():
    return {name: content for name, content in contents()}


def test_moodle_gets_each_question_with_its_choices_and_feedback():
    read = []
    for asked in parseFile(io.StringIO(made()["moodle.gift.txt"].decode())):
        assert asked.valid and asked.markup == "markdown"
        choices = asked.answers.answers
        (right,) = (k for k, choice in enumerate(choices) if choice.fraction == 100)
        texts, said = (plain(c.answer) for c in choices), (plain(c.feedback) for c in choices)
        read.append((asked.title, plain(asked.text), *texts, right, *said))
    assert read == wanted()
    categories = re.findall(r"^\$CATEGORY: (.+)$", made()["moodle.gift.txt"].decode(), re.M)
    assert [re.search(r"/(\S+)", category)[1] for category in categories] == QUIZZES


def items(archive):
    """Yield the questions in an archive for Canvas."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            if name.endswith(".xml"):
                yield from ElementTree.fromstring(files.read(name)).iterfind(".//{*}item")


def test_canvas_gets_each_question_with_its_choices_and_feedback():
    read = []
    for item in (item for quiz in QUIZZES for item in items(made()[f"canvas-{quiz}.zip"])):
        asked = item.findtext("{*}presentation/{*}material//{*}mattext")
        choices = item.findall(".//{*}response_label")
        names = [choice.get("ident") for choice in choices]
        (right,) = item.iterfind(".//{*}setvar/../{*}conditionvar/{*}varequal")
        feedback = {
            f.get("ident"): f.findtext(".//{*}mattext") for f in item.iter(item.tag + "feedback")
        }
        texts = [plain(choice.findtext(".//{*}mattext")) for choice in choices]
        said = [plain(feedback[f"{name}_fb"]) for name in names]
        read.append((item.get("title"), plain(asked), *texts, names.index(right.text), *said))
    assert read == wanted()


def test_the_page_to_print_has_every_choice_and_no_answer_before_all_questions():
    asked, answers = made()["questions.md"].decode().split("# Answers\n")
    for number, question in EACH:
        told = CHOICE.findall(question)
        assert f"**{number}** {question.split('**')[0]}" in asked
        assert f"**{number}** {RIGHT[number]})" in answers
        assert all(f"\n{letter}) {text}" in asked for letter, text, _ in told)
        assert all(f"\n{letter}) {said}" in answers for letter, _, said in told)
    assert "Right." not in asked and asked.count("**A1**") == answers.count("**A1**") == len(TESTS)
