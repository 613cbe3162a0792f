"""Answers and tables as the demos write them."""

from xorlib.plotting.style import ROW_NAMES, fixed


def table(caption, columns, rows):
    """Return an HTML table; each row is its name and one text for each further column."""
    head = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in columns)
    body = "".join(
        f'<tr><th scope="row">{name}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for name, *cells in rows
    )
    return (
        f"<table><caption>{caption}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def is_right(answer, target):
    """Return whether an answer lies on its target's side of 1/2."""
    return answer > 0.5 if target else answer < 0.5


def mark(answer, target):
    """Return a mark for right or wrong, as HTML, with the word for those who cannot see it."""
    sign, word = ("✓", "right") if is_right(answer, target) else ("✗", "wrong")
    return f'<span role="img" aria-label="{word}">{sign}</span>'


def rows_in_words(answers, targets):
    """Return the four answers as a sentence: row 00: 0.18, right; ..."""
    parts = [
        f"row {name}: {fixed(answer, 2)}, {'right' if is_right(answer, target) else 'wrong'}"
        for name, answer, target in zip(ROW_NAMES, answers, targets, strict=True)
    ]
    return "R" + "; ".join(parts)[1:] + "."
