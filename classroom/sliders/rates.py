"""One start, forty-one learning rates: from far too small to far too large."""

import functools
from typing import NamedTuple

import numpy as np

from xorlib.ensemble import pick, predict_ensemble, train_ensemble
from xorlib.losses import mean_squared_error
from xorlib.network import Parameters, backward, forward, predict, uniform_parameters
from xorlib.plotting import plot_loss, style
from xorlib.plotting.parts import HiddenLines, Points
from xorlib.plotting.style import fixed
from xorlib.sliders.frame import Demo, Number, seed_box
from xorlib.sliders.picture import Picture
from xorlib.sliders.views import SIZE, X, state_in_words, y
from xorlib.sliders.wording import table
from xorlib.training import evenly_spaced_epochs

EPOCHS = 10_000
RATES = np.geomspace(0.001, 100, 41)
FIRST = 16  # 0.1, the rate of notebook 2
SEEN = evenly_spaced_epochs(201, EPOCHS)
STILL = 0.01  # a weight that moves less in 10,000 epochs does not move
AT_REST = 1e-3  # how much the loss of a run at rest still changes in its second half
JUMP = 0.02  # a rise of the loss between two epochs of `SEEN`


def learning_rates():
    """Return the demo of one start trained at each of 41 learning rates.

    Returns
    -------
    ipywidgets widget
    """
    return LearningRates()


class Sweep(NamedTuple):
    """One start at all rates: losses and rows right, (rates, epochs seen), and the ends."""

    losses: np.ndarray
    right: np.ndarray
    ends: Parameters


@functools.lru_cache(maxsize=4)
def sweep(seed):
    """Train the start of a seed at all the rates at once."""
    options = {"learning_rate": RATES, "epochs": EPOCHS, "snapshots": len(SEEN)}
    history = train_ensemble(uniform_parameters(seed), X, y, **options)
    answers = np.stack([predict_ensemble(shot, X) for shot in history.snapshots], axis=1)
    right = ((answers > 0.5) == (y > 0.5)) & (answers != 0.5)
    losses = mean_squared_error(answers, y)
    return Sweep(losses, right.sum(axis=(2, 3)), history.parameters)


class LearningRates(Demo):
    """The widget that `learning_rates` returns."""

    def __init__(self):
        picture = Picture(*SIZE)
        self.seed, self.result = None, None
        self.all = picture.axes(56, 26, 550, 150, f"loss after {EPOCHS:,} epochs, at each rate")
        self.all.set(xscale="log", xlabel="learning rate")
        self.all.set(xlim=(RATES[0] / 1.3, RATES[-1] * 1.3), ylim=(-0.02, 0.56))
        self.all.grid(alpha=0.3)
        self.dots = [self.all.plot([], [], "o", color=style.INK, markersize=6, markerfacecolor=c)[0]
                     for c in (style.INK, "white")]  # fmt: skip
        look = {"color": style.UNIT_COLOURS[3], "linewidth": 2, "zorder": 1}
        self.here = picture.add(self.all.axvline(0.1, **look))
        self.ring = picture.add(
            self.all.plot([], [], "o", markersize=13, markerfacecolor="none", **look)[0]
        )
        curve = picture.axes(56, 256, 270, 176, "loss at this rate")
        plot_loss(np.zeros(len(SEEN)), curve, epochs=SEEN)
        curve.set(ylim=(0, 0.56), xlim=(0, EPOCHS), ylabel="")
        curve.set_xticks([0, EPOCHS // 2, EPOCHS], ["0", f"{EPOCHS // 2:,}", f"{EPOCHS:,}"])
        self.curve = picture.add(curve.lines[0])
        ax, self.surface = picture.plane(406, 246, 196, "where it ended")
        self.lines, points = picture.add(HiddenLines(ax)), Points(ax)
        points.update(X, y)
        picture.add(points)
        controls = {"rate": Number("rate no.", FIRST + 1, 1, len(RATES), 1), "seed": seed_box()}
        super().__init__(picture, controls, controls.values())
        self.when_clicked(self.choose_rate)

    def choose_rate(self, x, y):
        """Go to the rate that is nearest to a click on the upper picture."""
        if (place := self.picture.data_at(self.all, x, y)) is not None:
            self.controls["rate"].value = int(np.abs(np.log(RATES / place[0])).argmin()) + 1

    def draw(self):
        """Bring the picture up to date; return what it shows, its state, the numbers."""
        seed, k = self.controls["seed"].value, self.controls["rate"].value - 1
        if seed != self.seed:
            self.seed, self.result = seed, sweep(seed)
            result = self.result
            solved = result.right[:, -1] == 4
            for dots, which in zip(self.dots, (solved, ~solved), strict=True):
                dots.set_data(RATES[which], result.losses[which, -1])
            self.picture.stale()
        result = self.result
        losses, end = result.losses[k], pick(result.ends, k)
        self.here.set_xdata([RATES[k]] * 2)
        self.ring.set_data([RATES[k]], losses[-1:])
        self.curve.set_ydata(losses)
        self.surface.update(predict(end, self.surface.points))
        self.lines.update(end)

        state = forward(end, X)
        steepest = max(np.abs(part).max() for part in backward(end, X, y))
        words = (
            f"<b>Learning rate {RATES[k]:.3g}: {verdict(result, k, steepest)}</b><br>"
            f"{state_in_words(state, 'sigmoid')}"
        )
        shown = [0, 1, 2, 10, 20, 40, 80, 120, 160, 200]
        rows = [(f"{SEEN[i]:,}", fixed(losses[i], 5), result.right[k, i]) for i in shown]
        around = [
            (f"{RATES[i]:.3g}" + (" ←" if i == k else ""), fixed(result.losses[i, -1], 5),
             result.right[i, -1])
            for i in range(max(0, min(k - 4, len(RATES) - 9)), len(RATES))[:9]
        ]  # fmt: skip
        numbers = table("This rate", ["epoch", "loss", "right"], rows)
        numbers += table("Its neighbours", ["rate", "last loss", "right"], around)
        alt = "The last loss at every learning rate; for one rate its loss curve and surface."
        return alt, words, numbers


def verdict(result, k, steepest):
    """Say in a sentence how run k of a sweep went; `steepest` is its last gradient's largest."""
    right, losses = result.right[k], result.losses[k]
    rise = np.diff(losses)
    worst = int(rise.argmax())
    jump = ""
    if rise[worst] > JUMP:
        jump = (
            f" Between epochs {SEEN[worst]:,} and {SEEN[worst + 1]:,} the loss "
            f"jumped from {fixed(losses[worst])} to {fixed(losses[worst + 1])}."
        )
    if right[-1] == 4:
        wrong = np.flatnonzero(right < 4)
        since = SEEN[wrong[-1] + 1] if len(wrong) else 0
        return f"solved, all four rows right from epoch {since:,} on at the latest.{jump}"
    if steepest * RATES[k] * EPOCHS < STILL:
        return (
            f"too large.{jump} Now the output is saturated and no entry of the gradient is above "
            f"{steepest:.0e}: nothing moves any more."
        )
    rests = np.ptp(losses[-100:]) < AT_REST
    rest = f"came to rest at a loss of {fixed(losses[-1])}"
    if jump:
        return (
            f"too large.{jump} Then it {rest}." if rests else f"too large.{jump} It never settled."
        )
    if (result.right[:k, -1] == 4).any():
        smaller = "though a smaller rate solves XOR from this start"
        return f"stuck. It {rest}, {smaller}." if rests else f"not there yet, {smaller}."
    if (result.losses[k + 1 :, -1] < losses[-1] - 0.01).any():
        return "too small. The loss never jumps; 10,000 epochs are not enough to get down."
    return f"stuck. It {rest}; no rate does better." if rests else "not there yet."
