"""Training as a film: every epoch can be looked at, with all its numbers."""

import functools
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from xorlib.activations import ACTIVATIONS
from xorlib.losses import LOSSES
from xorlib.network import backward, forward, glorot_parameters, uniform_parameters
from xorlib.plotting import plot_loss, style
from xorlib.sliders.frame import Demo, Number, buttons, choice, fixed, side_by_side, table
from xorlib.sliders.picture import Picture
from xorlib.sliders.views import (
    ACTIVATION_NAMES,
    FOURTH,
    LOSS,
    NAMES,
    SIZE,
    NetworkViews,
    Planes,
    X,
    loss_of,
    network,
    state_in_words,
    y,
)
from xorlib.training import train

EPOCHS = 10_000
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
SPEEDS = {"slow": 4, "normal": 20, "fast": 100}  # epochs for a frame of the film
PICTURES_A_SECOND = 20
HUGE = 1e6  # numbers beyond it are on their way to infinity, and nothing can be seen of them


def watch_it_learn():
    """Return the demo of a training run that can be played, stepped, rewound and compared.

    Returns
    -------
    ipywidgets widget
    """
    return WatchItLearn()


class Film(NamedTuple):
    """A training run: the nine numbers and the loss at each epoch, unless they run away."""

    name: str
    activation: str
    numbers: np.ndarray
    losses: np.ndarray

    def network(self, epoch):
        """Return the network at an epoch, or the last before the numbers run away."""
        return network(self.numbers[min(epoch, len(self.numbers) - 1)])

    def in_words(self, state, epoch):
        """Return the state of the network at an epoch in words."""
        words, last = state_in_words(state, self.activation), len(self.numbers) - 1
        if epoch <= last:
            return words
        return f"<b>The run diverged: after epoch {last} its numbers run away.</b> {words}"


@functools.lru_cache(maxsize=4)
def record(seed, rate, activation):
    """Train a network and return its `Film`.

    As in the notebooks, a sigmoid network starts uniform on [0, 1) and learns from squared
    errors, the others start as Keras does and learn from the cross-entropy.
    """
    loss = LOSS[activation]
    draw = uniform_parameters if activation == "sigmoid" else glorot_parameters
    options = {"learning_rate": rate, "epochs": EPOCHS, "activation": activation, "loss": loss}
    history = train(draw(seed), X, y, **options, snapshots=EPOCHS + 1)
    numbers = np.array([np.concatenate([part.ravel() for part in p]) for p in history.snapshots])
    runaway = ~(np.abs(numbers).max(axis=1) < HUGE)  # NaN too
    if runaway.any():
        numbers = numbers[: runaway.argmax()]
    losses = history.losses
    if len(numbers) > EPOCHS:  # the loss after the last update
        state = forward(history.parameters, X, activation)
        losses = np.append(losses, loss_of(state, activation))
    name = f"seed {seed}, rate {rate:g}, {activation.replace('_', ' ')}"
    return Film(name, activation, numbers, losses[: len(numbers)])


class WatchItLearn(Demo):
    """The widget that `watch_it_learn` returns."""

    def __init__(self):
        controls = {
            "seed": widgets.BoundedIntText(42, min=0, max=9999, description="start (seed)"),
            "rate": choice("learning rate", {f"{rate:g}": rate for rate in RATES}, 0.1),
            "activation": choice("hidden units", ACTIVATION_NAMES, "sigmoid"),
            "speed": choice("film speed", list(SPEEDS), "normal"),
            "epoch": Number("epoch", 0, 0, EPOCHS, 20),
        }
        seed = controls["seed"]
        seed.style.description_width, seed.layout.width = "104px", "196px"
        self.player = widgets.Play(
            max=EPOCHS,
            step=SPEEDS["normal"],
            interval=1000 // PICTURES_A_SECOND,
            layout={"display": "none"},
        )
        self.buttons = dict(
            zip(
                ("play", "step", "rewind", "pin"),
                buttons("Play", "Step", "Rewind", "Pin"),
                strict=True,
            )
        )
        self.single, self.pinned, self.drawn = Single(), None, None
        rows = [
            side_by_side(list(controls.values())[:4]),
            controls["epoch"],
            side_by_side([*self.buttons.values(), self.player]),
        ]
        super().__init__(self.single.picture, controls, rows)
        self.when(self.player, self.follow_player)
        self.when(self.player, self.name_play, "playing")
        self.when(controls["speed"], self.set_speed)
        self.when(controls["epoch"], self.follow_epoch)
        for name, button in self.buttons.items():
            self.when(button, getattr(self, name))

    def film(self):
        """Return the film of the chosen run."""
        return record(*(self.controls[name].value for name in ("seed", "rate", "activation")))

    def play(self):
        """Let the film run, or stop it."""
        self.player.playing = not self.player.playing

    def step(self):
        """Go on by one epoch."""
        self.player.playing = False
        self.controls["epoch"].value = min(EPOCHS, self.controls["epoch"].value + 1)

    def rewind(self):
        """Go back to the start."""
        self.player.playing = False
        self.controls["epoch"].value = 0

    def pin(self):
        """Keep this run beside those to come, or let it go."""
        self.pinned = None if self.pinned else self.film()
        self.buttons["pin"].description = "Unpin" if self.pinned else "Pin"
        self.refresh()

    def follow_player(self):
        """Show the epoch that the film has reached."""
        self.controls["epoch"].value = self.player.value

    def follow_epoch(self):
        """Have the film go on from the epoch that is shown."""
        self.player.value = self.controls["epoch"].value

    def name_play(self):
        """Say on the button what it does now."""
        self.buttons["play"].description = "Pause" if self.player.playing else "Play"

    def set_speed(self):
        """Change how many epochs a frame goes on."""
        self.player.step = SPEEDS[self.controls["speed"].value]

    def draw(self):
        """Bring the picture up to date; return what it shows, its state, the numbers."""
        film, epoch = self.film(), self.controls["epoch"].value
        parameters = film.network(epoch)
        if self.pinned:
            if not isinstance(self.drawn, Pair):
                self.drawn = Pair()
            words = self.drawn.update(self.pinned, film, epoch)
        else:
            self.drawn = self.single
            words = self.drawn.update(film, epoch)
        self.picture = self.drawn.picture
        return self.drawn.alt, words, numbers_of(parameters, film.activation)


class Single:
    """The picture of one run."""

    alt = "The input plane, the hidden space, the network, and the loss with the present epoch."

    def __init__(self):
        self.picture, self.film = Picture(*SIZE), None
        self.views = NetworkViews(self.picture)
        self.loss = LossCurves(self.picture, FOURTH)

    def update(self, film, epoch):
        """Show an epoch; return it in words."""
        self.loss.update([film], epoch)
        state = self.views.update(film.network(epoch), film.activation)
        return f"<b>Epoch {epoch}.</b> {film.in_words(state, epoch)}"


class Pair:
    """The picture of two runs, side by side."""

    alt = "Two runs side by side, each with its input plane and hidden space, and both losses."

    def __init__(self):
        self.picture = Picture(SIZE[0], 466)
        places = [(46, 26), (46, 264)], [(254, 26), (254, 264)]
        titles = ("pinned: inputs", "hidden units"), ("now: inputs", "hidden units")
        self.runs = [
            Planes(self.picture, *place, 156, title)
            for place, title in zip(places, titles, strict=True)
        ]
        self.loss = LossCurves(self.picture, (468, 26, 122, 156), "loss (- -: pinned)")

    def update(self, pinned, film, epoch):
        """Show an epoch of both; return it in words."""
        self.loss.update([pinned, film], epoch)
        words = []
        for name, run, planes in zip(("Pinned", "Now"), (pinned, film), self.runs, strict=True):
            state = planes.update(run.network(epoch), run.activation)
            words.append(f"<b>{name}: {run.name}.</b> {run.in_words(state, epoch)}")
        return f"<b>Epoch {epoch}.</b><br>" + "<br>".join(words)


class LossCurves:
    """The losses of one run or two, each with a marker on the present epoch."""

    def __init__(self, picture, place, title="loss"):
        self.picture, self.names = picture, None
        self.ax = picture.axes(*place, title)
        look = {"marker": "o", "markersize": 8, "color": style.INK, "zorder": 5, "clip_on": False}
        self.markers = [picture.add(self.ax.plot([], [], **look)[0]) for _ in range(2)]

    def update(self, films, epoch):
        """Move the markers; draw the curves anew if they are others."""
        if (names := [film.name for film in films]) != self.names:
            self.names = names
            for curve in self.ax.lines[2:]:
                curve.remove()
            for film, line in zip(films, ("--", "-")[-len(films) :], strict=True):
                epochs = np.arange(0, len(film.losses), 10)
                plot_loss(film.losses[::10], self.ax, epochs=epochs, line=line)
            finite = np.concatenate([film.losses[np.isfinite(film.losses)] for film in films])
            self.ax.set(xlim=(0, EPOCHS), ylim=(0, 1.05 * min(finite.max(), 2)), ylabel="")
            self.ax.set_xticks([0, EPOCHS], ["0", f"{EPOCHS:,}"])
            self.picture.stale()
        for marker, film in zip(self.markers, films, strict=False):
            shown = min(epoch, len(film.losses) - 1)
            marker.set_data([shown], [min(film.losses[shown], self.ax.get_ylim()[1])])


def numbers_of(parameters, activation):
    """Return every number of an epoch as two tables: by row, and by parameter."""
    state, loss = forward(parameters, X, activation), LOSS[activation]
    delta2 = LOSSES[loss].delta(state.a2, y)
    slopes = ACTIVATIONS[activation].derivative_from_activation(state.a1)
    delta1 = delta2 @ parameters.W2.T * slopes
    gradient = backward(parameters, X, y, activation, loss)
    by_row = {
        **{f"{what} of h{'₁₂'[unit]}": values[:, unit] for unit in (0, 1)
           for what, values in (("z", state.z1), ("a", state.a1))},
        "z of out": state.z2, "answer a": state.a2, "error a − y": state.a2 - y,
        "δ of out": delta2, "δ of h₁": delta1[:, 0], "δ of h₂": delta1[:, 1],
    }  # fmt: skip
    rows = [(name, *(fixed(v) for v in np.ravel(values))) for name, values in by_row.items()]
    flat = [np.concatenate([part.ravel() for part in p]) for p in (parameters, gradient)]
    numbers = [
        (name, fixed(value), fixed(slope, 4))
        for name, value, slope in zip(NAMES, *flat, strict=True)
    ]
    return table("The four rows", ["row", *style.ROW_NAMES], rows) + table(
        "The nine numbers", ["", "value", "gradient"], numbers
    )
