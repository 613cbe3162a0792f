"""A network with one hidden layer: the forward pass and backpropagation.

Rows are examples. With n rows, two inputs and h hidden units the shapes are

    z1 = X  @ W1 + b1    (n, h) = (n, 2) @ (2, h) + (1, h)      a1 = activation(z1)
    z2 = a1 @ W2 + b2    (n, 1) = (n, h) @ (h, 1) + (1, 1)      a2 = sigmoid(z2)

Functions are pure: nothing here changes an argument. A gradient is a `Parameters` too.
Parameters, their starts and the activations can be imported from here as well.
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
from xorlib.parameters import (
    Parameters,
    checked_parameters,
    glorot_parameters,
    uniform_parameters,
)

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
    # np.add.reduce is what .sum calls in the end; calling it at once saves 2 % of `train`.
    return Parameters(
        W1=X.T @ delta1,
        b1=np.add.reduce(delta1, axis=0, keepdims=True),
        W2=state.a1.T @ delta2,
        b2=np.add.reduce(delta2, axis=0, keepdims=True),
    )


def forward(parameters, X, activation="sigmoid"):
    """Send rows of inputs through the network and keep what each layer computes.

    Parameters
    ----------
    parameters : Parameters
        Weights and biases.
    X : array_like, shape (n, 2)
        Inputs, one example a row.
    activation : {"sigmoid", "relu", "leaky_relu"}
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
    activation : {"sigmoid", "relu", "leaky_relu"}
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
