"""Open, use and close 50 demos, 1000 random moves on each, and see that memory stays flat."""

import gc
import random
import sys

import ipywidgets as widgets

from classroom import sliders

FLAT = 10  # megabytes
# The choices that train a network; no slider is among them.
TRAINING = {
    "DrawALine": set(),
    "SolveByHand": set(),
    "WatchItLearn": {"seed", "rate", "activation"},
    "LearningRates": {"seed"},
    "LuckOfTheStart": {"activation"},
}


def choose(control, generator):
    """Set a control to something that a person could choose."""
    if isinstance(control, widgets.ToggleButtons):
        control.value = generator.choice([value for _, value in control._options_full])
    else:
        box = getattr(control, "box", control)
        value = generator.choice([box.min, box.max, generator.uniform(box.min, box.max)])
        control.value = round(value) if isinstance(box, widgets.BoundedIntText) else value


def wander(demo, generator, moves, trains=()):
    """Move a demo's controls at random, but for those in `trains`."""
    moved = [control for name, control in demo.controls.items() if name not in trains]
    for _ in range(moves):
        choose(generator.choice(moved), generator)
        assert demo.error.value == "", demo.error.value


def wear(demos, moves, generator):
    """Open one demo after the other, move its controls, and close it."""
    for number in range(demos):
        demo = getattr(sliders, sliders.__all__[number % len(sliders.__all__)])()
        wander(demo, generator, moves, trains=TRAINING[type(demo).__name__])
        demo.close()
    gc.collect()


def megabytes():
    """Return the memory that this process holds (on Linux)."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    wear(10, 100, random.Random(0))
    before = megabytes()
    for _ in range(5):
        wear(10, 1000, random.Random(1))
        print(f"{megabytes() - before:+.1f} MB since the first use of each", flush=True)
    if megabytes() - before >= FLAT:
        sys.exit(f"The memory grew by {FLAT} MB or more.")
