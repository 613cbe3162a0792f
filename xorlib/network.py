"""A network with one hidden layer: its parameters, the forward pass, backpropagation.

Rows are examples. With n rows, two inputs and h hidden units the shapes are

    z1 = X  @ W1 + b1    (n, h) = (n, 2) @ (2, h) + (1, h)      a1 = activation(z1)
    z2 = a1 @ W2 + b2    (n, 1) = (n, h) @ (h, 1) + (1, 1)      a2 = sigmoid(z2)

Functions are pure: nothing here changes an argument. A gradient is a `Parameters` too.
"""

from typing import NamedTuple

import numpy as np

from xorlib import validation
from xorlib.activations import (
    ACTIVATIONS,
    logistic,
    relu,
    relu_derivative_from_activation,
    sigmoid,
    sigmoid_derivative_from_activation,
)
from xorlib.losses import LOSSES

__all__ = [
    "Forward",
    "Parameters",
    "backward",
    "forward",
    "glorot_parameters",
    "objective",
    "predict",
    "relu",
    "relu_derivative_from_activation",
    "sigmoid",
    "sigmoid_derivative_from_activation",
    "uniform_parameters",
]


class Parameters(NamedTuple):
    """Weights and biases of a 2-h-1 network, or their gradient.

    Attributes
    ----------
    W1 : ndarray, shape (2, h)
        Weight from input i (row) to hidden unit j (column).
    b1 : ndarray, shape (1, h)
        Biases of the hidden units.
    W2 : ndarray, shape (h, 1)
        Weights from the hidden units to the output unit.
    b2 : ndarray, shape (1, 1)
        Bias of the output unit.
    """

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


class Forward(NamedTuple):
    """What a forward pass computes, layer by layer, one example a row.

    Attributes
    ----------
    z1, a1 : ndarray, shape (n, h)
        Pre-activations and activations of the hidden units.
    z2, a2 : ndarray, shape (n, 1)
        Pre-activation and activation of the output unit; a2 is the prediction.
    """

    z1: np.ndarray
    a1: np.ndarray
    z2: np.ndarray
    a2: np.ndarray


def uniform_parameters(seed, hidden=2):
    """Draw every weight and bias from the uniform distribution on [0, 1).

    Parameters
    ----------
    seed : int
        From 0 to 2³² - 1. Seeds NumPy's legacy generator (Mersenne Twister), as
        ``numpy.random.seed`` does; the draws come in the order W1, b1, W2, b2.
    hidden : int
        Number of hidden units, at least 1.

    Returns
    -------
    parameters : Parameters

    Raises
    ------
    ValueError
        If `seed` or `hidden` is not a whole number in its range.
    """
    seed = validation.whole_number("seed", seed, 0, 2**32 - 1)
    hidden = validation.whole_number("hidden", hidden, 1)
    generator = np.random.RandomState(seed)
    shapes = [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    return Parameters(*(generator.uniform(size=shape) for shape in shapes))


def glorot_parameters(seed, hidden=2):
    """Draw weights as Keras does by default, with biases of zero.

    Weights of a layer with `fan_in` inputs and `fan_out` outputs are uniform on
    [-r, r) with r = √(6 / (fan_in + fan_out)).

    Parameters
    ----------
    seed : int
        0 or more. Seeds ``numpy.random.default_rng``: the distribution is that of Keras, the
        numbers for a seed are not.
    hidden : int
        Number of hidden units, at least 1.

    Returns
    -------
    parameters : Parameters

    Raises
    ------
    ValueError
        If `seed` or `hidden` is not a whole number in its range.

    References
    ----------
    X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward
    neural networks", AISTATS 2010, equation 16.
    """
    generator = np.random.default_rng(validation.whole_number("seed", seed, 0))
    hidden = validation.whole_number("hidden", hidden, 1)
    limit1, limit2 = np.sqrt(6 / (2 + hidden)), np.sqrt(6 / (hidden + 1))
    W1 = generator.uniform(-limit1, limit1, size=(2, hidden))
    W2 = generator.uniform(-limit2, limit2, size=(hidden, 1))
    return Parameters(W1, np.zeros((1, hidden)), W2, np.zeros((1, 1)))


def checked_parameters(parameters):
    """Return `parameters` as float64 `Parameters`; a ValueError says which part is wrong."""
    if not isinstance(parameters, tuple) or len(parameters) != 4:
        raise ValueError(f"parameters must be a Parameters of four arrays, but is {parameters!r}")
    W1 = validation.array("W1", parameters[0], ("inputs", "hidden"))
    inputs, hidden = W1.shape
    return Parameters(
        validation.array("W1", W1, (inputs, hidden)),
        validation.array("b1", parameters[1], (1, hidden)),
        validation.array("W2", parameters[2], (hidden, 1)),
        validation.array("b2", parameters[3], (1, 1)),
    )


def checked_data(parameters, X, y, loss):
    """Return `X` and `y` as float64 arrays that fit `parameters` and the loss's name."""
    validation.choice("loss", loss, LOSSES)
    X = validation.array("X", X, ("n", len(parameters.W1)))
    y = validation.array("y", y, (len(X), 1))
    return X, validation.unit_interval("y", y) if loss == "cross_entropy" else y


def forward_pass(parameters, X, activation):
    """Compute `forward` without its checks; `activation` is an entry of ACTIVATIONS."""
    z1 = X @ parameters.W1 + parameters.b1
    a1 = activation.function(z1)
    z2 = a1 @ parameters.W2 + parameters.b2
    return Forward(z1, a1, z2, logistic(z2))


def backward_pass(parameters, X, y, state, activation, loss):
    """Compute `backward` without its checks, from the `state` of a forward pass."""
    delta2 = loss.delta(state.a2, y)
    delta1 = delta2 @ parameters.W2.T * activation.derivative_from_activation(state.a1)
    return Parameters(
        W1=X.T @ delta1,
        b1=delta1.sum(axis=0, keepdims=True),
        W2=state.a1.T @ delta2,
        b2=delta2.sum(axis=0, keepdims=True),
    )


def forward(parameters, X, activation="sigmoid"):
    """Send rows of inputs through the network and keep what each layer computes.

    Parameters
    ----------
    parameters : Parameters
        Weights and biases.
    X : array_like, shape (n, 2)
        Inputs, one example a row.
    activation : {"sigmoid", "relu"}
        What the hidden units use. The output unit is always a sigmoid.

    Returns
    -------
    Forward
        z1 and a1 (n, h), z2 and a2 (n, 1).

    Raises
    ------
    ValueError
        If an array is not finite or a shape does not fit, or `activation` is unknown.
    """
    activation = validation.choice("activation", activation, ACTIVATIONS)
    parameters = checked_parameters(parameters)
    X = validation.array("X", X, ("n", len(parameters.W1)))
    with np.errstate(over="ignore"):  # see logistic
        return forward_pass(parameters, X, activation)


def predict(parameters, X, activation="sigmoid"):
    """Return the network's output for each row: `forward(...).a2`, shape (n, 1), in [0, 1]."""
    return forward(parameters, X, activation).a2


def objective(parameters, X, y, activation="sigmoid", loss="squared_error"):
    """Return the number whose gradient `backward` returns.

    Takes the arguments of `backward`. ½ Σ (y - a2)² for "squared_error", the mean
    cross-entropy in nats for "cross_entropy".
    """
    parameters = checked_parameters(parameters)
    X, y = checked_data(parameters, X, y, loss)
    state = forward(parameters, X, activation)
    return float(LOSSES[loss].objective(state.z2, state.a2, y))


def backward(parameters, X, y, activation="sigmoid", loss="squared_error"):
    """Return the gradient of the loss by every weight and bias, by backpropagation.

    Mind the convention: for "squared_error" it is the gradient of *half the sum* over the
    rows, ½ Σ (y - a2)², not of the mean that is printed. For "cross_entropy" it is the
    gradient of the *mean* over the rows. With δ = ∂loss/∂z the chain rule gives

        δ2 = (a2 - y) a2 (1 - a2)      or, for the cross-entropy, (a2 - y) / n
        δ1 = δ2 W2ᵀ · activation'(z1)
        ∂W2 = a1ᵀ δ2,  ∂b2 = Σ δ2,  ∂W1 = Xᵀ δ1,  ∂b1 = Σ δ1     (sums over the rows)

    Parameters
    ----------
    parameters : Parameters
        Weights and biases.
    X : array_like, shape (n, 2)
        Inputs, one example a row.
    y : array_like, shape (n, 1)
        Targets; in [0, 1] for the cross-entropy.
    activation : {"sigmoid", "relu"}
        What the hidden units use.
    loss : {"squared_error", "cross_entropy"}
        What is differentiated.

    Returns
    -------
    parameters : Parameters
        Each gradient in its parameter's shape.

    Raises
    ------
    ValueError
        If an array is not finite, a shape does not fit, a target lies outside [0, 1] for
        the cross-entropy, or `activation` or `loss` is unknown.

    References
    ----------
    D. Rumelhart, G. Hinton and R. Williams, "Learning representations by back-propagating
    errors", Nature 323, 1986.
    """
    parameters = checked_parameters(parameters)
    X, y = checked_data(parameters, X, y, loss)
    state = forward(parameters, X, activation)
    return backward_pass(parameters, X, y, state, ACTIVATIONS[activation], LOSSES[loss])
