"""What stands in a demo's place where no kernel runs: a picture, its words, and an address."""

import json
import re
from html import escape
from urllib.parse import urlencode

import numpy as np
from IPython.display import display

from classroom.addresses import addresses
from classroom.demos.schema import FIELDS, FOLDER, SCHEMA
from xorlib.network import Parameters

DATA = json.loads((FOLDER / "data.json").read_text(encoding="utf-8"))
# The three outputs before a demo that is drawn in JupyterLab: those that `show_still` shows.
BEFORE = ", ".join(f"{'+ *' * k} [data-lm-suppress-shortcuts]" for k in (1, 2, 3))
CSS = f".jp-OutputArea-child:has({BEFORE}) {{ display: none; }}"


def whole(name, state):
    """Return a demo's state with all that it leaves out."""
    starts = {key: field["start"] for key, field in FIELDS[name].items()}
    return {"activation": "sigmoid"} | starts | state


def start(state):
    """Return the nine numbers at which a demo begins: its own, or its seed's before training."""
    if "text" in state:
        found = re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", state["text"])
        return [*map(float, found)] if len(found) == 9 else []
    own = state.get("parameters") or state.get("start")
    return own or DATA[SCHEMA["recipes"][state["activation"]]["start"]][state["seed"]]


def network(numbers, state):
    """Return the Parameters that nine numbers stand for."""
    W1, b1, W2, b2 = np.split(np.array(numbers, dtype=float), [4, 6, 8])
    arrays = W1.reshape(2, 2), b1.reshape(1, 2), W2.reshape(2, 1), b2.reshape(1, 1)
    return Parameters(*arrays, activation=state["activation"])


def address(name, state):
    """Return the address of a demo in a state, whose parts the page reads as texts."""
    given = {key: part for key, part in state.items() if part is not None}
    texts = {k: p if isinstance(p, str) else json.dumps(p).strip("[]") for k, p in given.items()}
    return f"{addresses()[0]}demos/index.html#{urlencode({'demo': name, **texts})}"


def show_still(name, state):
    """Show a demo's line, or its network at the start, in colours and in words; and its address."""
    from xorlib.plotting import diagram, page, planes  # they take a moment

    title, now, link = name.replace("_", " ").capitalize(), whole(name, state), address(name, state)
    if name == "draw_a_line":
        picture = planes.plot_neuron([now["w1"], now["w2"]], now["b"], gate=now["gate"])
    else:
        picture = start(now) and diagram.plot_network(network(start(now), now))
    if picture:
        page.show(picture.set_title(title + ", before training" * ("seed" in now)).axes)
    shown = f'<a href="{escape(link)}">Open the demo “{title}” in the browser</a>'
    display({"text/html": shown, "text/plain": f"{title}: {link}"}, raw=True)
