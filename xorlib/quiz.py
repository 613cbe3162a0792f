"""Five questions that close a notebook: to choose in a widget, or to read without a kernel."""

import html
import tomllib
from pathlib import Path

import ipywidgets as widgets

from xorlib import validation

FOLDER = Path(__file__).parent / "questions"
OPTIONS = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
WIDE = widgets.Layout(width="auto", max_width="46em")
LETTERS = "abcdef"
COLOURS = {True: "#009E73", False: "#D55E00"}


def read(notebook):
    """Return the questions of a notebook, as its file in ``questions`` has them.

    Parameters
    ----------
    notebook : {"01", "02", "03", "04", "05"}
        Number of the notebook.

    Returns
    -------
    list of dict
        Each has a ``text`` and either ``choices``, or a ``number`` with what is said to it.

    Raises
    ------
    ValueError
        If there is no such file.
    """
    path = validation.choice("notebook", notebook, OPTIONS)
    return tomllib.loads(path.read_text(encoding="utf-8"))["question"]


def answer(question, given):
    """Judge an answer to a question.

    Parameters
    ----------
    question : dict
        One of those that `read` returns.
    given : int or float
        Position of the choice, from 0, or the number.

    Returns
    -------
    right : bool
        Whether it is the right one.
    says : str
        The sentence that belongs to this answer.
    """
    if "choices" in question:
        choice = question["choices"][given]
        return choice["right"], choice["says"]
    within = question["within"] + 1e-9
    if abs(given - question["number"]) <= within:
        return True, question["says"]
    for wrong in question["wrong"]:
        if abs(given - wrong["number"]) <= max(within, 0.005 * abs(wrong["number"])):
            return False, wrong["says"]
    return False, "Work it out on paper, then try again."


def questions(notebook):
    """Return the questions of a notebook as a widget.

    Everything works by keyboard: Tab goes from button to button, Space or Enter presses one, and
    Enter gives a number. What is said to an answer stands below it, in words.

    Parameters
    ----------
    notebook : {"01", "02", "03", "04", "05"}
        Number of the notebook.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    ValueError
        If there are no questions to such a notebook.
    """
    asked = read(notebook)
    return widgets.VBox([asked_one(k, question) for k, question in enumerate(asked, 1)])


def asked_one(number, question):
    """Return the widget of one question.

    A choice is a button: JupyterLab keeps the arrow keys for itself, so that radio buttons and
    lists cannot be used by keyboard in a notebook. Tab, Space and Enter work everywhere.
    """
    choices = question.get("choices", [])
    listed = "".join(f"<li>{html.escape(choice['text'])}</li>" for choice in choices)
    title = f"<strong>{number}. {html.escape(question['text'])}</strong>"
    listed = f'<ol type="a" style="margin: 0.3em 0">{listed}</ol>' if choices else ""
    reply = widgets.HTML(live(""), layout=WIDE)

    def show(given, name=""):
        right, says = answer(question, given)
        word = "✓ Right." if right else "✗ Not right."
        reply.value = live(f"{name}<strong>{word}</strong> {html.escape(says)}", COLOURS[right])

    def show_number(text):
        try:
            given = float(text.replace(",", ".").strip(" %"))
        except ValueError:
            reply.value = live("Type a number, such as 0.5.", COLOURS[False])
        else:
            show(given)

    if choices:
        control = widgets.HBox([choice_button(k, c, show) for k, c in enumerate(choices)])
    else:
        control = widgets.Text(
            placeholder="a number", description="Answer:", continuous_update=False
        )
        control.observe(lambda change: show_number(change["new"]), "value")
    asked = widgets.HTML(f'<div style="line-height: 1.4">{title}{listed}</div>', layout=WIDE)
    margin = widgets.Layout(margin="0 0 1.2em 0")
    return widgets.VBox([asked, control, reply], layout=margin)


def choice_button(position, choice, show):
    """Return the button of a choice, named by its letter; its tooltip is the choice."""
    letter = LETTERS[position]
    button = widgets.Button(description=letter, tooltip=choice["text"])
    button.layout.width = "4em"
    button.on_click(lambda _: show(position, f"{letter}. "))
    return button


def live(text, colour="transparent"):
    """Return HTML that a screen reader says when it changes."""
    style = f"border-left: 5px solid {colour}; padding-left: 0.7em; line-height: 1.4"
    return f'<div aria-live="polite" style="{style}">{text}</div>'


def as_markdown(notebook):
    """Return the questions with folded answers as Markdown, for a page without a kernel.

    Parameters
    ----------
    notebook : {"01", "02", "03", "04", "05"}
        Number of the notebook.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If there are no questions to such a notebook.
    """
    blocks = []
    for number, question in enumerate(read(notebook), 1):
        lines = [f"**{number}. {question['text']}**", ""]
        says = []
        if "choices" in question:
            for letter, choice in zip(LETTERS, question["choices"], strict=False):
                lines.append(f"- **{letter}** {choice['text']}")
                word = "**right.**" if choice["right"] else "no."
                says.append(f"- **{letter}**, {word} {choice['says']}")
            lines.append("")
        else:
            says.append(f"- **{question['number']:g}**, **right.** {question['says']}")
            says += [f"- **{w['number']:g}**, no. {w['says']}" for w in question["wrong"]]
        lines += ["<details><summary>Answer</summary>", "", *says, "</details>"]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
