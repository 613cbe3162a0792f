"""Three hundred starts, trained at once, and how each one ended."""

import functools
from typing import NamedTuple

import numpy as np

from xorlib.ensemble import predict_ensemble, stack, train_ensemble
from xorlib.ensemble.outcomes import classify
from xorlib.losses import LOSSES
from xorlib.network import Parameters, glorot_parameters, uniform_parameters
from xorlib.sliders.views import LOSS, X, y

SEEDS = 300
RATE = {"sigmoid": 0.1, "relu": 0.3, "leaky_relu": 0.3}  # as in the notebooks


class Survey(NamedTuple):
    """The starts of all seeds, how they ended, and positions in `OUTCOMES`."""

    starts: Parameters
    ends: Parameters
    outcomes: np.ndarray


@functools.lru_cache(maxsize=3)
def survey(activation):
    """Train a network from each seed, with the starts, rates and losses of the film."""
    draw = uniform_parameters if activation == "sigmoid" else glorot_parameters
    starts = stack([draw(seed) for seed in range(SEEDS)])
    loss = LOSS[activation]
    options = {"learning_rate": RATE[activation], "activation": activation, "loss": loss}
    history = train_ensemble(starts, X, y, epochs=10_000, snapshots=11, **options)

    def losses_of(parameters):
        answers = predict_ensemble(parameters, X, activation)
        logits = np.log(answers) - np.log1p(-answers)
        return LOSSES[loss].printed(logits, answers, y)

    with np.errstate(all="ignore"):
        first, earlier = (losses_of(history.snapshots[k]) for k in (0, 9))
        answers = predict_ensemble(history.parameters, X, activation)[..., 0]
    finite = np.all([np.isfinite(p).all(axis=(1, 2)) for p in history.parameters], axis=0)
    outcomes = classify(answers, history.losses, earlier, first, finite)
    return Survey(starts, history.parameters, outcomes)
