"""Central differences: the slow, plain way to a gradient, to check the clever one."""

import numpy as np

from xorlib import validation
from xorlib.parameters import checked_parameters


def numerical_gradient(function, parameters, step=1e-5):
    """Estimate a gradient by nudging one parameter at a time, up and down.

    Each entry is (f(p + step) - f(p - step)) / (2 step). The error falls with step² until
    rounding, which grows with 1/step, takes over; 1e-5 is near the best for float64 (about
    ten correct digits).

    Parameters
    ----------
    function : callable
        From a `Parameters` to a number, for example
        ``lambda p: xorlib.network.objective(p, X, y)``.
    parameters : Parameters
        Where the gradient is wanted; left as it is.
    step : float
        Size of the nudge, above 0, in the parameters' own unit.

    Returns
    -------
    parameters : Parameters
        Each estimate in its parameter's shape.

    Raises
    ------
    ValueError
        If a shape does not fit or `step` is not a finite number above 0.

    References
    ----------
    W. Press et al., *Numerical Recipes*, 3rd edition, section 5.7.
    """
    step = validation.positive_number("step", step)
    parameters = checked_parameters(parameters)
    gradient = []
    for position, array in enumerate(parameters):
        slopes = np.empty_like(array)
        for index in np.ndindex(array.shape):
            values = []
            for nudge in (step, -step):
                nudged = [part.copy() for part in parameters]
                nudged[position][index] += nudge
                values.append(function(type(parameters)(*nudged)))
            slopes[index] = (values[0] - values[1]) / (2 * step)
        gradient.append(slopes)
    return type(parameters)(*gradient)
