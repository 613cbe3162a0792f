"""Checks for the exercises: right, not answered yet, or a hint that names the mistake.

=========== ============================================================================
module      what it holds
=========== ============================================================================
``report``  what a check says, and the table of `progress`
``calling`` a learner's function called so that nothing ends in a traceback
``judging`` its results compared with the right ones, and with those of known mistakes
``steps``   the steps of notebook 02, right, and wrong in every known way
``neuron``  the tasks of notebook 01
``scratch`` of 02
``inside``  of 03
``library`` of 04
``luck``    of 05
=========== ============================================================================
"""

from xorlib.checks.inside import (
    broken_symmetry,
    central_difference,
    largest_rates,
    planted_backward,
    planted_error,
    rate_on_mean,
)
from xorlib.checks.library import (
    cross_entropy,
    dead_units,
    parameter_count,
    relu_by_hand,
    tanh_model,
)
from xorlib.checks.luck import (
    bias_experiment,
    dead_chance,
    diagnosis,
    loss_level,
    starts_needed,
)
from xorlib.checks.neuron import (
    nand,
    rows_right,
    tally,
    why_never_four,
    xnor_output,
    xnor_proof,
)
from xorlib.checks.report import progress
from xorlib.checks.scratch import (
    forward_pass,
    hidden_gradients,
    one_update,
    output_gradients,
    slope_from_activation,
    slope_from_preactivation,
    whole_loop,
)

__all__ = [
    "bias_experiment",
    "broken_symmetry",
    "central_difference",
    "cross_entropy",
    "dead_chance",
    "dead_units",
    "diagnosis",
    "forward_pass",
    "hidden_gradients",
    "largest_rates",
    "loss_level",
    "nand",
    "one_update",
    "output_gradients",
    "parameter_count",
    "planted_backward",
    "planted_error",
    "progress",
    "rate_on_mean",
    "relu_by_hand",
    "rows_right",
    "slope_from_activation",
    "slope_from_preactivation",
    "starts_needed",
    "tally",
    "tanh_model",
    "why_never_four",
    "whole_loop",
    "xnor_output",
    "xnor_proof",
]
