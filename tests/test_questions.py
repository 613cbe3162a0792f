"""Closing questions of notebooks and the tests on lessons: their form, and what is made of them."""

import html
import io
import re
import zipfile
from collections import Counter
from functools import cache
from xml.etree import ElementTree

import pytest
from pygiftparser.parser import parseFile
from pygiftparser.utils import transformSpecials

from book import lessons
from tests.facts import ROOT, markdown
from tools.questions import contents, everything
from tools.questions import questions as made_questions

CHOICE = re.compile(
    r"<details><summary>([a-e])\) (.+)</summary>\n\n(\*\*(?:Right|No)\.\*\* .{20,})\n\n</details>\n"
)
CHAPTERS = [int(path.name[:2]) for path in sorted(ROOT.glob("notebooks/0*.ipynb"))]
NUMBERS = [number for number in CHAPTERS if number != 6]  # which is demos


def questions(number):
    """Return the texts of a notebook's questions."""
    found = re.findall(r"^## \d+\. Five questions\n(.*?)(?=^## )", markdown(number), re.M | re.S)
    (section,) = found
    _, *texts = re.split(r"^\*\*\d\. (?=.+\?\*\*$)", section + "\n", flags=re.M)
    return texts


EACH = [question for asked in made_questions().values() for question in asked]
RIGHT = {question.number: question.answer for question in EACH}
QUIZZES = {title.split()[0]: asked for title, asked in everything().items()}
ALL = [question for asked in QUIZZES.values() for question in asked]


@pytest.mark.parametrize("number", NUMBERS)
def test_each_choice_is_folded_and_has_a_sentence_of_its_own(number):
    assert len(questions(number)) == 5 == sum(q.number[0] == str(number) for q in EACH)
    for question in questions(number):
        _, body = question.split("?**\n\n")
        letters, texts, sentences = zip(*CHOICE.findall(body), strict=True)
        assert CHOICE.sub("", body).replace("<br>", "").strip() == ""
        assert "".join(letters) in ("abc", "abcd", "abcde") and body.count("**Right.**") == 1
        assert len(set(texts)) == len(set(sentences)) == len(texts)


def test_the_right_choices_are_spread_over_the_letters():
    counted = Counter(RIGHT.values())
    assert counted.keys() == set("abcde") and 3 * max(counted.values()) <= len(RIGHT)
    longer = Counter(question.answer for question in EACH if len(question.choices) > 3)
    assert 2 * max(longer.values()) <= longer.total()  # nor where there are five to choose from


@pytest.mark.parametrize("path", sorted(ROOT.glob("lessons/*.md")), ids=lambda path: path.stem)
def test_no_plan_closes_on_two_equal_letters(path):
    closing = re.findall(r"^% question (\S+)$", path.read_text(encoding="utf-8"), re.M)
    assert len({RIGHT[number] for number in closing}) == len(closing)


@pytest.mark.parametrize("path", sorted(ROOT.glob("lessons/tests/*")), ids=lambda path: path.stem)
def test_a_test_asks_for_each_goal_of_its_lesson_in_two_versions_of_one_form(path):
    lesson = lessons.read(ROOT / f"lessons/{path.stem}.md")
    versions = [QUIZZES[f"{path.stem}-{version}"] for version in "AB"]
    for asked in versions:
        assert len(asked) == 10 and {q.goal for q in asked} == set(lesson.head["goals"])
        assert {Counter(q.answer for q in asked)[letter] for letter in "abcd"} == {2, 3}
        for said in ([choice.said for choice in question.choices] for question in asked):
            assert len(said) == 4 and all(text.startswith(("Right. ", "No. ")) for text in said)
    # Who copies from a neighbour with the other version is lost.
    assert sum(a.answer == b.answer for a, b in zip(*versions, strict=True)) <= 3


def test_no_two_tests_have_their_right_letters_in_one_order():
    orders = ["".join(q.answer for q in asked) for asked in QUIZZES.values()]
    assert len(set(orders)) == len(orders)


def plain(text):
    """Return a text without its marks and tags."""
    text = html.unescape(re.sub(r"<[^>]+>|[*`]", "", transformSpecials(text)))
    return text.replace("’", "'").strip()


def wanted():
    """Return what every platform must have: number, question, choices, which is right, feedback."""
    told = []
    for question in ALL:
        letters, texts, said = zip(*question.choices, strict=True)
        right, texts = letters.index(question.answer), map(plain, texts)
        told.append((question.number, plain(question.asked), *texts, right, *map(plain, said)))
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
    assert [re.search(r"/(\S+)", category)[1] for category in categories] == [*QUIZZES]


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
    for question in ALL:
        assert f"**{question.number}** {question.asked}" in asked
        assert f"**{question.number}** {question.answer})" in answers
        assert all(f"\n{letter}) {text}" in asked for letter, text, _ in question.choices)
        assert all(f"\n{letter}) {said}" in answers for letter, _, said in question.choices)
    assert "Right." not in asked
