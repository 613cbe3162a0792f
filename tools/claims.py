"""Try on other seeds what the texts say of networks in general, and store the table docs/claims.md.

A text counts networks from one seed and says in words what it found: *most*, *never*, *about a
third*. In tools/claims.toml each such sentence stands beside the condition that it means. Here the
notebooks' own code is run with 20 other seeds, without its pictures, and the conditions are tried.
What holds for fewer than 19 of 20 is said otherwise, or with how often it holds.

    python -m tools.claims [first seed, 1 if not given] [how many]

In the weekly run the first seed is the date, so the networks are new. The run fails if something
holds for fewer than 15 of 20 that the table has for 19 or 20: by chance once in 3000.
"""

import io
import re
import sys
import tomllib
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import nbformat
import numpy as np

from xorlib.data import truth_table
from xorlib.ensemble import census, cores, pick, stack, train_ensemble
from xorlib.network import forward, predict, uniform_parameters

ROOT = Path(__file__).resolve().parent.parent
CLAIMS = tomllib.loads((ROOT / "tools/claims.toml").read_text(encoding="utf-8"))
TABLE = ROOT / "docs/claims.md"
HEAD = """\
# How typical the figures are

Each notebook counts networks from seeds of its own, and says in words what it found. Here what it \
says is tried with other seeds, by the notebook's own code, with as many networks or samples, and \
the last column tells for how many seeds it held. What held for fewer than 19 of 20 is told in the \
text with its count. The conditions that the words mean stand in `tools/claims.toml`.

Made by `make claims` on {}, with NumPy {}.

| what is said | where | held for |
|---|---|--:|
"""
ONE_SECTION = "246"  # of these notebooks nothing is run but the sections with claims
X, Y = truth_table("xor")


# Names for conditions, beside those of the notebooks.


def about(values, expected, within):
    return np.all(np.abs(values - expected) < within)


def more(a, b):
    return np.sum(a > b)


def silent(networks):
    """Return which units of which networks fire for no row."""
    return ~(forward(networks, X).z1 > 0).any(axis=1)


@cache
def fifty(seed, learning_rate=0.1):
    """Train notebook 2's network from 50 starts; tell what notebooks 2 and 3 tell of its own."""
    networks = stack([uniform_parameters(50 * seed + k) for k in range(50)])
    options = {"learning_rate": learning_rate, "epochs": 10_000, "snapshots": 1001}
    run = train_ensemble(networks, X, Y, **options)
    answers = np.array([predict(networks, X)[..., 0] for networks in run.snapshots])
    losses, rows_right = np.mean((answers - Y[:, 0]) ** 2, axis=2), (answers > 0.5) == Y[:, 0]
    won = np.flatnonzero(run.final_losses < 0.01)
    found = np.argmax(rows_right.all(axis=2), axis=0)[won]
    gates = forward(pick(run.parameters, won.tolist()), X).a1 > 0.5 if len(won) else won
    low = losses < 0.1
    return SimpleNamespace(
        final_losses=run.final_losses,
        plateaus=10 * np.sum(np.abs(losses - 0.25) < 0.01, axis=0),
        arrivals=np.where(low.any(axis=0), np.argmax(low, axis=0), np.nan),
        losses_then=losses[found, won],
        long_before=[pick(run.snapshots[f - 10], int(k)) for f, k in zip(found, won, strict=True)],
        exchanged=np.array([gate[1].tolist() == [True, False] for gate in gates]),
    )


def path_of(number):
    return next(ROOT.glob(f"notebooks/0{number}_*.ipynb"))


def sections(number):
    """Yield the headings of a notebook, with the code below each, but for demos and pictures."""
    heading, code = "", []
    for cell in nbformat.read(path_of(number), as_version=4).cells:
        found = re.match("#+ (.+)", cell.source) if cell.cell_type == "markdown" else None
        if found:
            yield heading, code
            heading, code = found[1], []
        elif cell.cell_type == "code" and not cell.metadata.get("tags"):
            code.append(re.sub(r"^( *)show\(.*", r"\1pass", cell.source, flags=re.M))
    yield heading, code


def title_of(heading):
    return re.sub(r"^\d+\. ", "", heading)


def try_notebook(number, seed):
    """Return which of a notebook's claims hold for a seed: by number, title and words."""
    plt.switch_backend("Agg")
    names, held = {"np": np, "X": X, "y": Y, "predict": predict}, {}

    def reseeded(code):
        other = rf"\g<1>{10_000 * seed} + \g<2>"
        return re.sub(r"(seed=|default_rng\()(\d+)", other, code)

    def solved_of(activation, **settings):
        options = {"seed": seed, "activation": activation, **settings}
        return census(300, **options).solved_share().share

    for heading, code in sections(number):
        said = CLAIMS[number].get(title_of(heading), {})
        if number in ONE_SECTION and not said:
            continue
        with redirect_stdout(io.StringIO()) as out:
            for cell in code:
                exec(reseeded(cell), names)

        def printed(pattern, out=out):
            found = [float(n) for n in re.search(pattern, out.getvalue(), re.S | re.M).groups()]
            return found[0] if len(found) == 1 else found

        own = about, more, silent, fifty, printed, solved_of
        helpers = {"seed": seed, **{function.__name__: function for function in own}}
        for words, condition in said.items():
            value = eval(condition, {**names, **helpers})
            if words.isidentifier():  # a name for what follows
                names[words] = value
            else:
                held[number, title_of(heading), words] = bool(value)
    plt.close("all")
    return held


def link(number, title):
    """Return a link to a section of a notebook."""
    (heading,) = [heading for heading, _ in sections(number) if title_of(heading) == title]
    place = path_of(number).relative_to(ROOT).as_posix()
    return f"[{number}, {title}](../{place}#{heading.replace(' ', '-')})"


def stored():
    """Return the rows of the stored table: what is said, where, how often it held, of how many."""
    row = r"^\| (.+) \| (\[.+\)) \| (\d+) of (\d+) \|$"
    return re.findall(row, TABLE.read_text(encoding="utf-8"), re.M)


def main(first=1, seeds=20):
    tasks = list(product(CLAIMS, range(first, first + seeds)))
    with ProcessPoolExecutor(cores()) as pool:
        tried = list(pool.map(try_notebook, *zip(*tasks, strict=True)))
    held = {}
    for claim, holds in (pair for found in tried for pair in found.items()):
        held[claim] = held.get(claim, 0) + holds
    table = HEAD.format(date.today(), np.__version__)
    for (*place, said), count in held.items():
        table += f"| {said} | {link(*place)} | {count} of {seeds} |\n"
    usual = {said for said, _, count, of in stored() if int(count) >= 0.95 * int(of)}
    TABLE.write_text(table, encoding="utf-8")
    print(table)
    fallen = [said for (*_, said), count in held.items() if count < 0.75 * seeds and said in usual]
    if fallen:
        sys.exit("\n".join(["What held before, and does not now:", *fallen]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
