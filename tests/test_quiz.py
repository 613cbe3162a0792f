"""The questions that close the notebooks: their data, the widget, and the text without a kernel."""

import html
from pathlib import Path

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest

from tests import notebook_checks
from xorlib import quiz
from xorlib.data import truth_table
from xorlib.network import Parameters, predict

NUMBERS = ["01", "02", "03", "04", "05"]
QUESTIONS = [(n, k) for n in NUMBERS for k in range(5)]
FOLDER = Path(__file__).parent.parent / "notebooks"


def test_five_questions_for_each_notebook():
    assert list(quiz.OPTIONS) == NUMBERS
    assert all(len(quiz.read(number)) == 5 for number in NUMBERS)


@pytest.mark.parametrize(("number", "k"), QUESTIONS)
def test_every_answer_has_its_own_sentence(number, k):
    question = quiz.read(number)[k]
    assert question["text"].endswith("?")
    if "choices" in question:
        choices = question["choices"]
        assert 3 <= len(choices) <= 4
        assert sum(choice["right"] for choice in choices) == 1
        assert len({choice["text"] for choice in choices}) == len(choices)
        for position, choice in enumerate(choices):
            assert quiz.answer(question, position) == (choice["right"], choice["says"])
        said = [choice["says"] for choice in choices]
    else:
        assert quiz.answer(question, question["number"]) == (True, question["says"])
        assert len(question["wrong"]) >= 3
        for wrong in question["wrong"]:
            assert quiz.answer(question, wrong["number"]) == (False, wrong["says"])
        assert not quiz.answer(question, 1e6)[0]
        said = [question["says"], *(wrong["says"] for wrong in question["wrong"])]
    assert len(set(said)) == len(said)
    assert all(len(sentence) > 20 for sentence in said)


def test_the_right_choice_is_not_always_in_the_same_place():
    places = [
        [choice["right"] for choice in question["choices"]].index(True)
        for number in NUMBERS
        for question in quiz.read(number)
        if "choices" in question
    ]
    assert set(places) == {0, 1, 2}


def test_numbers_in_questions():
    numbers = {
        (n, k): question["number"]
        for n in NUMBERS
        for k, question in enumerate(quiz.read(n))
        if "number" in question
    }
    assert numbers == {
        ("02", 1): (2 + 1) * 3 + (3 + 1),
        ("03", 2): 2,
        ("04", 0): round(np.log(2), 3),
        ("05", 0): round(np.log(2) / 2, 4),
        ("05", 1): 100 * (1 - 0.75**2),
    }


def test_doubled_weights_leave_the_border_where_it_is():
    X, _ = truth_table()
    hidden = Parameters([[1.0, 0], [0, 1]], [[0.3, -0.2]], [[1.0], [1]], [[-0.5]])
    doubled = hidden._replace(W2=[[2.0], [2]], b2=[[-1.0]])
    np.testing.assert_array_equal(predict(hidden, X) > 0.5, predict(doubled, X) > 0.5)


def parts(widget):
    """Return title, control and reply of each question."""
    assert isinstance(widget, widgets.VBox)
    return [box.children for box in widget.children]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_widget_says_what_belongs_to_each_answer(number):
    for question, (title, control, reply) in zip(
        quiz.read(number), parts(quiz.questions(number)), strict=True
    ):
        assert "<strong>" in title.value
        assert "✓" not in reply.value and "✗" not in reply.value
        if "choices" in question:
            buttons = control.children
            assert [button.description for button in buttons] == list("abcd")[: len(buttons)]
            for button, choice in zip(buttons, question["choices"], strict=True):
                assert (
                    choice["text"] in html.unescape(title.value)
                    and button.tooltip == choice["text"]
                )
                button.click()
                assert reply.value.count(f"{button.description}. ") >= 1
                assert ("✓ Right." in reply.value) == choice["right"]
                assert "✗" not in reply.value or not choice["right"]
        else:
            control.value = "no idea"
            assert "Type a number" in reply.value
            control.value = f" {question['number']} ".replace(".", ",")
            assert "✓ Right." in reply.value
            control.value = str(question["wrong"][0]["number"])
            assert "✗ Not right." in reply.value
            control.value = "nan"
            assert "✓" not in reply.value
        assert 'aria-live="polite"' in reply.value


def test_an_unknown_notebook_is_refused():
    with pytest.raises(ValueError, match="notebook must be one of '01'.*but is '7'"):
        quiz.questions("7")


@pytest.mark.parametrize("number", NUMBERS)
def test_without_a_kernel_everything_can_be_read(number):
    text = quiz.as_markdown(number)
    assert text.count("<details>") == text.count("</details>") == 5
    shown = "".join(part.split("</details>")[-1] for part in text.split("<details>"))
    for question in quiz.read(number):
        assert question["text"] in shown
        for choice in question.get("choices", []):
            assert choice["text"] in shown
            assert choice["says"] in text and choice["says"] not in shown


@pytest.mark.parametrize("number", NUMBERS)
def test_each_notebook_has_the_questions_as_a_widget_and_as_text(number):
    (path,) = FOLDER.glob(f"{number}_*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook_checks.code_cells(notebook))
    assert f'quiz.questions("{number}")' in code
    assert quiz.as_markdown(number) in notebook_checks.markdown(notebook)
