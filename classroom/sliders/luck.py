"""The seed map: three hundred starts, how each one ended, and why."""

import functools

import numpy as np
from matplotlib.patches import Rectangle

from xorlib.ensemble import OUTCOMES, pick
from xorlib.network import forward, predict
from xorlib.plotting import style
from xorlib.plotting.diagram import Diagram
from xorlib.plotting.parts import HiddenLines, Points
from xorlib.plotting.style import fixed
from xorlib.sliders.frame import Demo, Number, buttons, choice, side_by_side
from xorlib.sliders.picture import Picture
from xorlib.sliders.starts import SEEDS, survey
from xorlib.sliders.views import (
    ACTIVATION_NAMES,
    LOSS,
    SIZE,
    X,
    dead_units,
    loss_of,
    state_in_words,
    y,
)
from xorlib.sliders.wording import table

COLUMNS, SIDE = 20, 19  # of the map; the side of a cell in pixels
ROWS = SEEDS // COLUMNS
LEVELS = {
    "cross_entropy": {"solved": 0, "two alike": 0.3466, "three": 0.4774, "all alike": 0.6931},
    "squared_error": {"solved": 0, "two alike": 1 / 8, "three": 1 / 6, "all alike": 1 / 4},
}
SIGNS = {"o": "●", "^": "▲", "x": "✕", "s": "■", "D": "◆", "v": "▼", "*": "★"}
MEANING = {
    "solved": "all four rows are told apart",
    "two rows alike": "two rows with different targets share one answer, 1/2",
    "three rows alike": "three rows share one answer, 1/3 or 2/3, and one stands out",
    "all rows alike": "the network tells nothing apart and answers 1/2 to everything",
    "at rest elsewhere": "the loss has stopped falling, at none of the usual levels",
    "still moving": "10,000 epochs were not enough to tell",
    "diverged": "the loss is higher than at the start, or not a number",
}


def luck_of_the_start():
    """Return the demo of 300 starts as a map, to be looked into one by one.

    Returns
    -------
    ipywidgets widget
    """
    return LuckOfTheStart()


class LuckOfTheStart(Demo):
    """The widget that `luck_of_the_start` returns."""

    def __init__(self):
        picture = Picture(*SIZE)
        self.shown = None
        self.map = picture.axes(34, 26, COLUMNS * SIDE, ROWS * SIDE, "how 300 starts ended")
        self.map.set(xlim=(-0.5, COLUMNS - 0.5), ylim=(ROWS - 0.5, -0.5))
        self.map.set_xticks([0, 5, 10, 15])
        self.map.set_yticks([0, 5, 10], ["0", "100", "200"])
        self.map.tick_params(length=0)
        look = {"facecolor": "none", "edgecolor": style.CLASS_COLOURS[0], "linewidth": 3}
        self.cell = picture.add(self.map.add_patch(Rectangle((0, 0), 1, 1, **look, zorder=6)))
        ax, self.surface = picture.plane(462, 26, 150, "this one")
        self.lines, points = picture.add(HiddenLines(ax)), Points(ax)
        points.update(X, y)
        picture.add(points)
        self.levels = picture.axes(500, 262, 110, 200, "its loss")
        self.mark = picture.add(
            self.levels.plot([0.5], [0], "D", color=style.INK, markersize=9, clip_on=False)[0]
        )
        self.diagram = Diagram(picture.axes(30, 330, 380, 160))
        picture.add(self.diagram)
        self.jumps = dict(
            zip(("solved", "stuck", "dead"),
                buttons("Next solved", "Next not solved", "Next with a dead unit"), strict=True)
        )  # fmt: skip
        controls = {
            "activation": choice("hidden units", ACTIVATION_NAMES, "relu"),
            "seed": Number("seed", 3, 0, SEEDS - 1, 1),
        }
        super().__init__(picture, controls, [*controls.values(), side_by_side(self.jumps.values())])
        for name, button in self.jumps.items():
            self.when(button, functools.partial(self.jump, name))
        self.when_clicked(self.choose_cell)

    def choose_cell(self, x, y):
        """Go to the seed whose cell was clicked."""
        if (place := self.picture.data_at(self.map, x, y)) is not None:
            column, row = np.round(place).astype(int).tolist()
            self.controls["seed"].value = row * COLUMNS + column

    def jump(self, kind):
        """Go to the next seed of a kind, past the last one to the first."""
        activation, seed = (control.value for control in self.controls.values())
        found = survey(activation)
        solved = found.outcomes == OUTCOMES.index("solved")
        fits = {"solved": solved, "stuck": ~solved}.get(kind)
        if fits is None:
            starts = (pick(found.starts, k) for k in range(SEEDS))
            fits = [bool(dead_units(forward(p, X, activation), activation)) for p in starts]
        places = np.flatnonzero(fits)
        if len(places):
            self.controls["seed"].value = int(
                places[np.searchsorted(places, seed, "right") % len(places)]
            )

    def draw_map(self, found, activation):
        """Draw the map and the levels of the loss anew, for another activation."""
        for artist in [*self.map.lines, *self.levels.texts, *self.levels.lines[1:]]:
            artist.remove()
        for number, outcome in enumerate(OUTCOMES):
            colour, marker = style.OUTCOME_MARKS[outcome]
            places = np.flatnonzero(found.outcomes == number)
            self.map.plot(places % COLUMNS, places // COLUMNS, marker, color=colour, markersize=8)
        levels = LEVELS[LOSS[activation]]
        for name, level in levels.items():
            self.levels.axhline(level, color=style.INK, linewidth=1, zorder=0)
            self.levels.text(-0.05, level, name, ha="right", va="center", fontsize=9.5)
        self.levels.set(xlim=(0, 1), ylim=(-0.02, 1.1 * max(levels.values())), xticks=[], yticks=[])
        self.picture.stale()

    def draw(self):
        """Bring the picture up to date; return what it shows, its state, the numbers."""
        activation, seed = (control.value for control in self.controls.values())
        found = survey(activation)
        if activation != self.shown:
            self.shown = activation
            self.jumps["dead"].disabled = activation != "relu"  # no other unit can die
            self.draw_map(found, activation)
        start, end = pick(found.starts, seed), pick(found.ends, seed)
        outcome = OUTCOMES[found.outcomes[seed]]
        first, state = (forward(network, X, activation) for network in (start, end))
        born, dead = dead_units(first, activation), dead_units(state, activation)
        self.cell.set_xy((seed % COLUMNS - 0.5, seed // COLUMNS - 0.5))
        self.surface.update(predict(end, self.surface.points, activation))
        self.lines.update(end)
        self.diagram.update(end, dead)
        loss = loss_of(state, activation)
        self.mark.set_ydata([min(loss, self.levels.get_ylim()[1])])

        words = (
            f"<b>Seed {seed}: {outcome}.</b> {MEANING[outcome].capitalize()}. "
            f"{about_units(born, dead, activation)}<br>{state_in_words(state, activation)}"
        )
        counts = np.bincount(found.outcomes, minlength=len(OUTCOMES))
        rows = [
            (
                key(name) + (" ←" if name == outcome else ""),
                count,
                f"{count / found.outcomes.size:.0%}",
            )
            for name, count in zip(OUTCOMES, counts, strict=True)
            if count
        ]
        units = [
            (f"h{'₁₂'[unit]} at the {name}", *(fixed(z, 2) for z in of.z1[:, unit]))
            for name, of in (("start", first), ("end", state))
            for unit in (0, 1)
        ]
        numbers = table("300 starts", ["ended", "number", "share"], rows)
        numbers += table("z of the hidden units", ["unit", *style.ROW_NAMES], units)
        alt = "A map of 300 starts by how they ended; of one its surface, network and loss level."
        return alt, words, numbers


def key(outcome):
    """Return an outcome's name behind its mark on the map, as HTML."""
    colour, marker = style.OUTCOME_MARKS[outcome]
    return f'<span aria-hidden="true" style="color:{colour}">{SIGNS[marker]}</span> {outcome}'


def about_units(born, dead, activation):
    """Say which hidden units are dead, and since when."""
    if activation != "relu":
        return "Units of this kind cannot die."
    fates = [
        f"unit h{'₁₂'[unit]} {'was dead at the start' if unit in born else 'died on the way'}"
        for unit in dead
    ]
    return f"U{' and '.join(fates)[1:]}." if fates else "No unit is dead."
