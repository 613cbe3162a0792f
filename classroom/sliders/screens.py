"""What a film is shown on: the picture of one run, or of two side by side."""

import numpy as np

from xorlib.plotting import plot_loss, style
from xorlib.sliders.picture import Picture
from xorlib.sliders.recorded import EPOCHS
from xorlib.sliders.views import FOURTH, SIZE, NetworkViews, Planes


class Single:
    """The picture of one run."""

    alt = "The input plane, the hidden space, the network, and the loss with the present epoch."

    def __init__(self):
        self.picture = Picture(*SIZE)
        self.views = NetworkViews(self.picture)
        self.loss = LossCurves(self.picture, FOURTH)

    def update(self, film, epoch):
        """Show an epoch; return it in words."""
        self.loss.update([film], epoch)
        state = self.views.update(film.network(epoch), film.activation)
        return film.in_words(f"Epoch {epoch}.", state, epoch)


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
            words.append(run.in_words(f"{name}: {run.name}.", state, epoch))
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
