"""The prose of notebooks, README and guide, and its numerals that no fact covers."""

import re
from functools import cache
from pathlib import Path

import nbformat
import numpy as np

ROOT = Path(__file__).parent.parent

NUMERAL = re.compile(
    r"\d+(?:[.,/]\d+)*|[½¼¾⅓⅔]|(?<!hree )\b(?:thousand|hundred|fifth|seventh)\b"
    r"|\b(?:one|two|three|four) (?:\w+ )?(?:in|of) (?:three|four|five|seven|ten)\b"
)
# Where numerals are no results; other tests look after those that are marked *.
HARMLESS = [
    r"```.*?```|`[^`]*`",  # code *
    r"\]\([^)\s]+\)|^\[[\w-]+\]: \S+$",  # addresses *
    r"^#+ \d+[a-d]?\b|^\d\. |^## \d+ minutes:|^\| \d+–\d+ \|",  # titles, lists, plans: below, *
    r"^## References\n.*?(?=^## )",  # of others' works
    r"\*\*Time\*\* about \d\d minutes|\*About \d+ minutes",  # *
    r"\b(?:[Nn]otebooks?|[Ss]ections?|[Qq]uestion|Exercises to) \d+(?: (?:and|to) \d+)?\b",
    r"(?<!\d\d and )(?<![\d/.,])(?:00|01|10|11)(?![\d/%]|[.,]\d| and \d\d)",  # rows, and the pairs
    r"\b(?:00 and 11|01 and 10|10 and 11|01 and 11)\b",  # of them that have something in common
    r"(?:\b[abhwxzAWZ]|\\delta|\\Delta)_[12]\b|z_\{[01]{2}\}|\b[hw][12]\b|\bdelta[12]\b|\b2-2-1\b",
    r"(?<![\d/.,_])[01](?![\w/%]|[.,]\d|(?<=0) - )",  # targets, ends of ranges
    r"(?<![\d/.,])1/2(?![\d/])|\^2\b|\b2b\b|\b[Tt]en thousand\b",
    r"^\| (?:what runs|ours|\| notebook) .*?\n\n",  # tables *
]
# What is said of these must be in the code.
INPUTS = {
    r"([\d,]*\d) epochs": r"epochs\"?[=:] ?([\d_]+)",
    r"rates? (?:of |to )?([\d.]*\d)": r"learning_rate\"?[=:] ?([\d.]+)",
    r"[Ss]eeds? (\d+)": r"(?:seed=|uniform_parameters\()(\d+)",
}


@cache
def cells(number, folder="notebooks"):
    (path,) = (ROOT / folder).glob(f"0{number}_*.ipynb")
    return nbformat.read(path, as_version=4).cells


@cache
def prose(document):
    """Return a document's Markdown, a notebook's without its five questions."""
    if document.endswith(".md"):
        return (ROOT / document).read_text(encoding="utf-8")
    text = "\n\n".join(cell.source for cell in cells(document) if cell.cell_type == "markdown")
    return re.sub(r"^## \d+\. Five questions\n.*?(?=^## )", "", text, flags=re.M | re.S)


@cache
def shown(number, folder="notebooks"):
    """Return what is stored under a notebook's cells, which is compared by running it again."""
    outputs = [output for cell in cells(number, folder) for output in cell.get("outputs", [])]
    return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs)


@cache
def code(document):
    """Return the code of notebook 7 or one of 1 to 5, for other documents that of these five."""
    numbers = document if document in "123457" else "12345"
    sources = [cell.source for n in numbers for cell in cells(n) if cell.cell_type == "code"]
    return "\n".join(sources)


def read(number, pattern, folder="notebooks"):
    """Return the numbers that the groups of a pattern find in a notebook's outputs."""
    return [float(value) for value in re.search(pattern, shown(number, folder), re.S).groups()]


def complaints(text, code, facts):
    """Yield what is untrue, what stands nowhere in a text, and its numerals without a fact.

    A fact is phrases, divided by broken bars, alone or with whether they are true.
    """
    spans = [found.span() for rule in HARMLESS for found in re.finditer(rule, text, re.M | re.S)]
    for rule, in_code in INPUTS.items():
        used = {float(value) for value in re.findall(in_code, code)}
        for found in re.finditer(rule, text):
            if float(found[1].replace(",", "")) in used:
                spans.append(found.span(1))
    for fact in facts:
        phrases, true = fact if isinstance(fact, tuple) else (fact, True)
        if not true:
            yield f"not so: {phrases}"
        for phrase in phrases.split(" ¦ "):
            whole = r"(?<!\d)(?<!\d[.,])" + re.escape(phrase) + r"(?!(?<=\d)(?:\d|[.,]\d))"
            found = [place.span() for place in re.finditer(whole, text)]
            spans += found
            if not found:
                yield f"stands nowhere: {phrase}"
    covered = np.zeros(len(text), bool)
    for start, end in spans:
        covered[start:end] = True
    for found in NUMERAL.finditer(text):
        if not covered[slice(*found.span())].all():
            around = text[max(0, found.start() - 40) : found.end() + 40]
            yield f"no fact for {found.group()!r} in {around!r}"
