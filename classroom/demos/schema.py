"""What a demo's state may be: schema.json, by which Python and the page read it in the same way.

It is written by hand, and holds the fields of each demo, some of them `like` a shared one, and what
else both sides need and `xorlib` does not have. state.js reads a state as `checked` does.
"""

import json
import re
from numbers import Real
from pathlib import Path

from traitlets import TraitError

FOLDER = Path(__file__).parent
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
SHARED = SCHEMA["shared"]
FIELDS = {
    demo: {key: SHARED.get(field.get("like"), {}) | field for key, field in fields.items()}
    for demo, fields in SCHEMA["demos"].items()
}


class StateError(TraitError, ValueError):
    """The ValueError for a state that cannot be; to traitlets, an error after which all stays."""


def checked(name, state):
    """Return a demo's state, or a part of it, as plain data.

    A value may be a text, as in an address: "0,5" for 0.5. All that cannot be is told at once, in
    the page's sentences, by a `StateError`.
    """
    fields, taken, problems = FIELDS[name], {}, []
    for key, value in state.items():
        if key not in fields:
            problems.append(f"this demo has no {shown(key)}.")
            continue
        try:
            taken[key] = read(value, fields[key], fields)
        except ValueError:
            problems.append(f"{key}: {shown(value)} {refused(value, fields[key])}.")
    if problems:
        raise StateError(" ".join(problems))
    return taken


def read(value, field, fields):
    """Return a value as a field of the demo has it; a ValueError, without words, if it cannot be.

    A number may be left out where the field begins without one. A run is "seed;activation;rate",
    where a start may stand for the seed.
    """
    kind = field["kind"]
    if field["start"] is None and value in (None, ""):
        return None
    match kind, value:
        case "number" | "count", str() if re.fullmatch(SCHEMA["texts"][kind]["pattern"], value):
            plain = re.sub(SCHEMA["texts"][kind]["drop"], "", value.replace("−", "-"))
            return read(float(plain.replace(",", ".")), field, fields)
        case "number" | "count", Real() if field["least"] <= value <= field["most"]:
            if not isinstance(value, bool) and (kind == "number" or value % 1 == 0):
                return float(value) if kind == "number" else int(value)
        case "choice", str() if value in field["options"]:
            return value
        case "flag", True | 1 | "true" | "1" | False | 0 | "false" | "0":
            return value in (True, "true", "1")
        case "nine", str():
            return read(value.split(","), field, fields)
        case "nine", list() | tuple() if len(value) == 9:
            return [read(part, field | {"kind": "number", "start": 0}, fields) for part in value]
        case "run", str() if value.count(";") == 2:
            start, *others = value.split(";")
            keys = "start" if "," in start else "seed", "activation", "rate"
            for key, part in zip(keys, (start, *others), strict=True):
                read(part, fields[key], fields)
            return value
        case ("run", "") | ("text", str()):
            return value
    raise ValueError


def refused(value, field):
    """Say why a value is not taken."""
    texts = SCHEMA["texts"]["number"]
    unclear = isinstance(value, str) and re.fullmatch(texts["unclear"], value)
    return texts["asked"] if field["kind"] == "number" and unclear else f"is not {must(field)}"


def must(field):
    """Say what a field must be."""
    if "least" in field:
        ends = f" from {field['least']:,.9g} to {field['most']:,.9g}"
        return field["must"] + ends.replace("-", "−")
    return " ".join([field["must"], ", ".join(filter(None, field.get("options", [])))]).strip()


def shown(value):
    """Return a value as a sentence names it: of a text or a number, 40 letters in quotes."""
    if isinstance(value, (list, tuple)):
        return "a list"
    if not (value is None or isinstance(value, (str, Real))):
        return "an object"
    text = value
    if not isinstance(value, str):  # as JavaScript writes numbers, and null and true
        text = json.dumps(value, default=float).removesuffix(".0").replace("e-0", "e-")
    return f"“{text[:40]}{'…' if len(text) > 40 else ''}”"
