"""Demos for a class: sliders and a picture that follows them at once.

The one package of xorlib that imports ipywidgets. ``frame`` has what the demos share, every
other module one demo. Each function returns one widget; its method ``close`` frees all it held.
"""

from xorlib.sliders.by_hand import solve_by_hand
from xorlib.sliders.film import watch_it_learn
from xorlib.sliders.luck import luck_of_the_start
from xorlib.sliders.one_neuron import draw_a_line
from xorlib.sliders.rates import learning_rates

__all__ = [
    "draw_a_line",
    "learning_rates",
    "luck_of_the_start",
    "solve_by_hand",
    "watch_it_learn",
]
