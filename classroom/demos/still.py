"""What stands in a demo's place where no kernel runs: a picture, its words, and an address."""

import json
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
        return pasted(state["text"])
    own = state.get("parameters") or state.get("start")
    return own or DATA[SCHEMA["recipes"][state["activation"]]["start"]][state["seed"]]


def pasted(text):
    """Return the nine numbers that stand in a text as W1, b1, W2 and b2, or an empty list."""
    try:
        parts = [np.ravel(np.array(part, dtype=float)) for part in json.loads(f"[{text}]")]
        return np.concatenate(parts).reshape(9).tolist()
    except (TypeError, ValueError):
        return []


def network(numbers, state):
    """Return the Parameters that nine numbers stand for."""
    W1, b1, W2, b2 = np.split(np.array(numbers, dtype=float), [4, 6, 8])
    arrays = W1.reshape(2, 2), b1.reshape(1, 2), W2.reshape(2, 1), b2.reshape(1, 1)
    return Parameters(*arrays, activation=state["activation"])


def address(name, state):
    """Return the address of a demo in a state, whose parts the page reads as texts."""
    texts = {k: json.dumps(part).strip('[]"') for k, part in state.items() if part is not None}
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
