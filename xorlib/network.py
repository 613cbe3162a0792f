"""A network with one hidden layer, in the order in which notebook 02 writes it.

Rows are examples. With n rows, two inputs and h hidden units the shapes are

    z1 = X  @ W1 + b1    (n, h) = (n, 2) @ (2, h) + (1, h)      a1 = activation(z1)
    z2 = a1 @ W2 + b2    (n, 1) = (n, h) @ (h, 1) + (1, 1)      a2 = sigmoid(z2)

`forward` and `backward` check their arguments; `forward_pass` and `backward_pass` do the same work
without, for the training loop.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xorlib import arguments

LEAKY_SLOPE = 0.2  # of the leaky ReLU where z is negative; activation="leaky_relu" in Keras


# Activations. Each derivative takes the activation a, not the pre-activation z: the forward pass
# has computed a already.


def sigmoid(z):
    """Return the logistic function 1 / (1 + exp(-z)), in [0, 1].

    Below z = -709.8 NumPy warns that exp(-z) overflows; the result is 0, as it should be.
    """
    return 1 / (1 + np.exp(np.negative(z)))


def sigmoid_derivative_from_activation(a):
    """Return da/dz = a (1 - a), for a = sigmoid(z): at most 1/4, which it is at z = 0."""
    return a * (1 - a)


def relu(z):
    """Return the rectified linear unit, max(0, z)."""
    return np.maximum(z, 0)


def relu_derivative_from_activation(a):
    """Return da/dz for a = relu(z): 1 where a > 0, that is where z > 0, else 0.

    At z = 0 itself the function has a kink and no derivative; 0 is taken, as in Keras.
    """
    return np.where(np.greater(a, 0), 1.0, 0.0)


def leaky_relu(z):
    """Return z where it is positive, else `LEAKY_SLOPE` z: a ReLU that is never silent.

    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.
    """
    return np.maximum(z, np.multiply(LEAKY_SLOPE, z))


def leaky_relu_derivative_from_activation(a):
    """Return da/dz for a = leaky_relu(z): 1 where a > 0, else `LEAKY_SLOPE`."""
    return np.where(np.greater(a, 0), 1.0, LEAKY_SLOPE)


class Activation(NamedTuple):
    """An activation function, of z, beside its derivative da/dz, of a."""

    function: Callable
    derivative_from_activation: Callable


ACTIVATIONS = {
    "sigmoid": Activation(sigmoid, sigmoid_derivative_from_activation),
    "relu": Activation(relu, relu_derivative_from_activation),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative_from_activation),
}


class Parameters(NamedTuple):
    """The numbers that make a 2-h-1 network, and what its hidden units do with z.

    A gradient is a `Parameters` too, each rate of change in the place of its number. So is a
    stack of N networks: its arrays have one more axis, the network, in front.

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
    activation : {"sigmoid", "relu", "leaky_relu"}
        Of the hidden units. The output unit is always a sigmoid.
    """

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray
    activation: str = "sigmoid"

    @property
    def arrays(self):
        """W1, b1, W2 and b2, without the activation."""
        return self[:4]


def uniform_parameters(seed, hidden=2):
    """Draw every weight and bias of a sigmoid network from the uniform distribution on [0, 1).

    `seed`, from 0 to 2³² - 1, is for NumPy's legacy generator (Mersenne Twister), as in
    ``numpy.random.seed``; the draws come in the order W1, b1, W2, b2. `hidden`, at least 1, is the
    number of hidden units.
    """
    generator = np.random.RandomState(arguments.whole_number("seed", seed, 0, 2**32 - 1))
    hidden = arguments.whole_number("hidden", hidden, 1)
    shapes = [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    return Parameters(*(generator.uniform(size=shape) for shape in shapes))


def glorot_parameters(seed, hidden=2, activation="relu"):
    """Draw weights as Keras does by default, with biases of zero.

    Weights of a layer with `fan_in` inputs and `fan_out` outputs are uniform on [-r, r) with
    r = √(6 / (fan_in + fan_out)): X. Glorot and Y. Bengio, "Understanding the difficulty of
    training deep feedforward neural networks", AISTATS 2010, equation 16. `seed`, 0 or more, is for
    ``numpy.random.default_rng``: the distribution is that of Keras, the numbers for a seed are not.
    `hidden`, at least 1, is the number of hidden units, `activation` what they use.
    """
    generator = np.random.default_rng(arguments.whole_number("seed", seed, 0))
    hidden = arguments.whole_number("hidden", hidden, 1)
    arguments.choice("activation", activation, ACTIVATIONS)
    reach1, reach2 = np.sqrt(6 / (2 + hidden)), np.sqrt(6 / (hidden + 1))
    W1 = generator.uniform(-reach1, reach1, size=(2, hidden))
    W2 = generator.uniform(-reach2, reach2, size=(hidden, 1))
    return Parameters(W1, np.zeros((1, hidden)), W2, np.zeros((1, 1)), activation)


def checked_parameters(parameters, stack=None):
    """Return `parameters` with float64 arrays that fit each other, and are finite.

    `stack` is True where only a stack will do, False where only one network will. A stack may hold
    networks that have diverged.
    """
    if not isinstance(parameters, Parameters):
        raise ValueError(f"parameters must be a Parameters, but is {parameters!r}")
    arguments.choice("activation", parameters.activation, ACTIVATIONS)
    stack = np.ndim(parameters.W1) == 3 if stack is None else stack
    axes = ("networks", "inputs", "hidden") if stack else ("inputs", "hidden")
    *front, inputs, hidden = arguments.array("W1", parameters.W1, axes, finite=False).shape
    shapes = {"W1": (inputs, hidden), "b1": (1, hidden), "W2": (hidden, 1), "b2": (1, 1)}
    arrays = {
        name: arguments.array(name, getattr(parameters, name), (*front, *shape), finite=not stack)
        for name, shape in shapes.items()
    }
    return parameters._replace(**arrays)


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


def forward(parameters, X):
    """Send rows of inputs through the network and keep what each layer computes, a `Forward`.

    `parameters` is one network, or a stack of N: all shapes then have N in front. `X`, (n, 2), has
    one example a row.
    """
    parameters = checked_parameters(parameters)
    X = arguments.array("X", X, ("n", parameters.W1.shape[-2]))
    with np.errstate(all="ignore"):  # networks that have diverged answer NaN
        return forward_pass(parameters, X)


def forward_pass(parameters, X):
    """Compute `forward` without its checks."""
    z1 = X @ parameters.W1 + parameters.b1
    a1 = ACTIVATIONS[parameters.activation].function(z1)
    z2 = a1 @ parameters.W2 + parameters.b2
    a2 = sigmoid(z2)
    return Forward(z1, a1, z2, a2)


def predict(parameters, X):
    """Return the network's output for each row: `forward(...).a2`, shape (n, 1), in [0, 1]."""
    return forward(parameters, X).a2


# Losses. For the squared error what is differentiated, the *objective*, is half the sum over the
# rows; what is printed and stored is the mean. With four rows the objective is twice the mean, so
# a learning rate of 0.1 on the one takes the steps of 0.2 on the other. For the cross-entropy both
# are the mean.


def mean_squared_error(z2, a2, y):
    """Return the mean over the rows of (y - a2)²."""
    return np.mean((y - a2) ** 2, axis=(-2, -1))


def half_squared_error(z2, a2, y):
    """Return ½ Σ (y - a2)², summed over the rows."""
    return np.sum((y - a2) ** 2, axis=(-2, -1)) / 2


def squared_error_delta(a2, y):
    """Return d(½ Σ (y - a2)²)/dz2 = (a2 - y) a2 (1 - a2)."""
    return (a2 - y) * sigmoid_derivative_from_activation(a2)


def cross_entropy(z2, a2, y):
    """Return the mean over the rows of -(y ln a2 + (1 - y) ln(1 - a2)), in nats.

    In terms of z2 that is ln(1 + exp(z2)) - y z2, which stays exact where a2 rounds to 0 or 1
    and its logarithm would be infinite.
    """
    return np.mean(np.logaddexp(0, z2) - y * z2, axis=(-2, -1))


def cross_entropy_delta(a2, y):
    """Return d(mean cross-entropy)/dz2 = (a2 - y) / n: the slope a2 (1 - a2) has cancelled."""
    return (a2 - y) / len(y)


class Loss(NamedTuple):
    """A loss as printed and as minimised, of (z2, a2, y), beside dobjective/dz2, of (a2, y)."""

    printed: Callable
    objective: Callable
    delta: Callable


LOSSES = {
    "squared_error": Loss(mean_squared_error, half_squared_error, squared_error_delta),
    "cross_entropy": Loss(cross_entropy, cross_entropy, cross_entropy_delta),
}


def objective(parameters, X, y, loss="squared_error"):
    """Return the number whose gradient `backward` returns; it takes the same arguments.

    ½ Σ (y - a2)² for "squared_error", the mean cross-entropy in nats for "cross_entropy".
    """
    X, y = checked_data(parameters, X, y, loss)
    state = forward(parameters, X)
    return float(LOSSES[loss].objective(state.z2, state.a2, y))


def checked_data(parameters, X, y, loss):
    """Return `X` and `y` as float64 arrays that fit one network and the loss's name."""
    arguments.choice("loss", loss, LOSSES)
    X = arguments.array("X", X, ("n", len(checked_parameters(parameters, stack=False).W1)))
    y = arguments.array("y", y, (len(X), 1))
    outside = y[(y < 0) | (y > 1)]
    if loss == "cross_entropy" and outside.size:
        raise ValueError(f"y must lie in [0, 1], but holds {float(outside[0])!r}")
    return X, y


def backward(parameters, X, y, loss="squared_error"):
    """Return the gradient of the objective by every weight and bias, a `Parameters`.

    Mind the convention: for "squared_error" it is the gradient of *half the sum* over the
    rows, ½ Σ (y - a2)², not of the mean that is printed. For "cross_entropy" it is the
    gradient of the *mean* over the rows. D. Rumelhart, G. Hinton and R. Williams, "Learning
    representations by back-propagating errors", Nature 323, 1986.

    Parameters
    ----------
    parameters : Parameters
        One network.
    X : array_like, shape (n, 2)
        Inputs, one example a row.
    y : array_like, shape (n, 1)
        Targets; in [0, 1] for the cross-entropy.
    loss : {"squared_error", "cross_entropy"}
    """
    X, y = checked_data(parameters, X, y, loss)
    return backward_pass(parameters, X, y, forward(parameters, X), loss)


def backward_pass(parameters, X, y, state, loss):
    """Compute `backward` without its checks, from the `state` of a forward pass."""
    slope = ACTIVATIONS[parameters.activation].derivative_from_activation
    delta2 = LOSSES[loss].delta(state.a2, y)  # ∂L/∂z2, (n, 1)
    dW2 = state.a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)

    delta1 = (delta2 @ parameters.W2.T) * slope(state.a1)  # ∂L/∂z1, (n, h)
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return Parameters(dW1, db1, dW2, db2, parameters.activation)
