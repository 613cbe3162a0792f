"""Training as a film: every epoch can be looked at, with all its numbers."""

import ipywidgets as widgets
import numpy as np

from xorlib.sliders.frame import Demo, Number, buttons, choice, seed_box, side_by_side
from xorlib.sliders.recorded import EPOCHS, numbers_of, record
from xorlib.sliders.screens import Pair, Single
from xorlib.sliders.views import ACTIVATION_NAMES

RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
SPEEDS = {"slow": 4, "normal": 20, "fast": 100}  # epochs for a frame of the film
PICTURES_A_SECOND = 20


def watch_it_learn():
    """Return the demo of a training run that can be played, stepped, rewound and compared.

    Returns
    -------
    ipywidgets widget
    """
    return WatchItLearn()


class WatchItLearn(Demo):
    """The widget that `watch_it_learn` returns."""

    def __init__(self):
        controls = {
            "seed": seed_box(),
            "rate": choice("learning rate", {f"{rate:g}": rate for rate in RATES}, 0.1),
            "activation": choice("hidden units", ACTIVATION_NAMES, "sigmoid"),
            "speed": choice("film speed", list(SPEEDS), "normal"),
            "epoch": Number("epoch", 0, 0, EPOCHS, 20),
        }
        self.player = widgets.Play(
            max=EPOCHS + max(SPEEDS.values()),  # the last step may be too long
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
        self.choices, self.chosen = None, None
        rows = [
            side_by_side([controls["seed"], *self.buttons.values(), self.player]),
            *(controls[name] for name in ("rate", "activation", "speed", "epoch")),
        ]
        super().__init__(self.single.picture, controls, rows)
        self.when(self.player, self.follow_player)
        self.when(self.player, self.name_play, "playing")
        self.when(controls["speed"], self.set_speed)
        self.when(controls["epoch"], self.follow_epoch)
        for name, button in self.buttons.items():
            self.when(button, getattr(self, name))
        self.when_clicked(self.choose_epoch)

    def film(self):
        """Return the film of the chosen run."""
        choices = tuple(self.controls[name].value for name in ("seed", "rate", "activation"))
        if choices != self.choices:
            self.choices, self.chosen = choices, record(*choices)
        return self.chosen

    def play(self):
        """Let the film run, from the start if it is at its end, or stop it."""
        if self.controls["epoch"].value == EPOCHS:
            self.controls["epoch"].value = 0
        self.player.playing = not self.player.playing

    def step(self):
        """Go on by one epoch."""
        self.player.playing = False
        self.controls["epoch"].value = min(EPOCHS, self.controls["epoch"].value + 1)

    def choose_epoch(self, x, y):
        """Go to the epoch at which the loss curve was clicked."""
        if (place := self.picture.data_at(self.drawn.loss.ax, x, y)) is not None:
            self.player.playing = False
            self.controls["epoch"].value = int(np.clip(round(place[0]), 0, EPOCHS))

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
        if self.player.value >= EPOCHS:
            self.player.playing = False
        self.controls["epoch"].value = min(EPOCHS, self.player.value)

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
