"""Which cells answer a prompt to guess: the tests ask it, and the book, which hides their outputs.

A prompt is a Markdown cell whose metadata has a list `guess` of words that would give it away.
"""

from itertools import takewhile


def answers(notebook):
    """Yield, for each prompt, its index, those of the code cells that answer it, and of the text.

    The outputs of the code cells directly below a prompt are its answer, and the one Markdown cell
    below these (None, if that begins with a heading or is the next prompt).
    """
    for prompt, cell in enumerate(notebook.cells):
        if "guess" not in cell.metadata:
            continue
        below = notebook.cells[prompt + 1 :]
        code = len(list(takewhile(lambda cell: cell.cell_type == "code", below)))
        text = below[code] if code < len(below) else None
        told = text and "guess" not in text.metadata and not text.source.startswith("#")
        end = prompt + 1 + code
        yield prompt, list(range(prompt + 1, end)), end if told else None
