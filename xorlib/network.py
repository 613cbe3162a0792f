"""A network with one hidden layer, in the order in which notebook 02 writes it.

Rows are examples. With n rows, two inputs and h hidden units the shapes are

    z1 = X  @ W1 + b1    (n, h) = (n, 2) @ (2, h) + (1, h)      a1 = activation(z1)
    z2 = a1 @ W2 + b2    (n, 1) = (n, h) @ (h, 1) + (1, 1)      a2 = sigmoid(z2)

A name with an underscore does not check what it is given: it is for loops, and for functions that
have checked already.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xorlib import arguments

LEAKY_SLOPE = 0.2  # of the leaky ReLU where z is negative; activation="leaky_relu" in Keras


class Activation(NamedTuple):
    """An activation function, of z, beside its derivative da/dz.

    The derivative takes the activation a, not z: the forward pass has computed a already.
    """

    function: Callable
    derivative_from_activation: Callable


# At z = 0 ReLU and leaky ReLU have a kink and no derivative; the left side's is taken, as in Keras.
# Leaky ReLU is never silent: A. Maas, A. Hannun and A. Ng, "Rectifier nonlinearities improve neural
# network acoustic models", 2013. tanh(z) is 2 sigmoid(2 z) - 1, a sigmoid that lies around 0.
ACTIVATIONS = {
    "sigmoid": Activation(lambda z: 1 / (1 + np.exp(-z)), lambda a: a * (1 - a)),
    "tanh": Activation(np.tanh, lambda a: 1 - a**2),
    "relu": Activation(lambda z: np.maximum(z, 0), lambda a: np.where(a > 0, 1.0, 0.0)),
    "leaky_relu": Activation(
        lambda z: np.maximum(z, LEAKY_SLOPE * z), lambda a: np.where(a > 0, 1.0, LEAKY_SLOPE)
    ),
}


def sigmoid(z):
    """Return the logistic function 1 / (1 + exp(-z)), in [0, 1], of numbers of any shape.

    Below z = -709.8 NumPy warns that exp(-z) overflows; the result is 0, as it should be.
    """
    return ACTIVATIONS["sigmoid"].function(arguments.real_numbers("z", z))


def relu(z):
    """Return the rectified linear unit, max(0, z), of numbers of any shape."""
    return ACTIVATIONS["relu"].function(arguments.real_numbers("z", z))


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
    activation : {"sigmoid", "tanh", "relu", "leaky_relu"}
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

    def _map(self, function):
        """Return the network with `function` of each array in its place."""
        return Parameters(*map(function, self.arrays), self.activation)


def uniform_parameters(seed, hidden=2):
    """Draw every weight and bias of a sigmoid network from the uniform distribution on [0, 1).

    `seed`, from 0 to 2³² - 1, is for NumPy's legacy generator (Mersenne Twister), as in
    ``numpy.random.seed``; the draws come in the order W1, b1, W2, b2. `hidden`, at least 1, is the
    number of hidden units.
    """
    seed = arguments.whole_number("seed", seed, 0, 2**32 - 1)
    hidden = arguments.whole_number("hidden", hidden, 1, 10**5)
    generator = np.random.RandomState(seed)
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
    seed = arguments.whole_number("seed", seed, 0, np.inf)
    hidden = arguments.whole_number("hidden", hidden, 1, 10**5)
    arguments.choice("activation", activation, ACTIVATIONS)
    generator = np.random.default_rng(seed)
    reach1, reach2 = np.sqrt(6 / (2 + hidden)), np.sqrt(6 / (hidden + 1))
    W1 = generator.uniform(-reach1, reach1, size=(2, hidden))
    W2 = generator.uniform(-reach2, reach2, size=(hidden, 1))
    return Parameters(W1, np.zeros((1, hidden)), W2, np.zeros((1, 1)), activation)


def _checked_parameters(
    parameters, stack=None, inputs="inputs", hidden="hidden", name="parameters"
):
    """Return `parameters` with float64 arrays that fit each other, and are finite.

    `stack` is True where only a stack will do, False where only one network will; `inputs` and
    `hidden` are numbers where only these will. A stack may hold networks that have diverged.
    """
    arguments.instance(name, parameters, Parameters)
    arguments.choice("activation", parameters.activation, ACTIVATIONS)
    W1 = arguments.real_numbers("W1", parameters.W1)
    stack = W1.ndim == 3 if stack is None else stack
    axes = ("networks", inputs, hidden) if stack else (inputs, hidden)
    W1 = arguments.array("W1", W1, axes, finite=not stack)
    *front, inputs, hidden = W1.shape
    shapes = {"b1": (1, hidden), "W2": (hidden, 1), "b2": (1, 1)}
    rest = [
        arguments.array(name, getattr(parameters, name), (*front, *shape), finite=not stack)
        for name, shape in shapes.items()
    ]
    return Parameters(W1, *rest, parameters.activation)


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


@np.errstate(all="ignore")  # networks that have diverged answer NaN
def forward(parameters, X):
    """Send rows of inputs through the network and keep what each layer computes, a `Forward`.

    `parameters` is one network, or a stack of N: all shapes then have N in front. `X`, (n, 2), has
    one example a row.
    """
    parameters = _checked_parameters(parameters)
    X = arguments.array("X", X, ("n", parameters.W1.shape[-2]))
    return _forward_pass(parameters, X)


def _forward_pass(parameters, X):
    """Compute `forward`."""
    z1 = X @ parameters.W1 + parameters.b1
    a1 = ACTIVATIONS[parameters.activation].function(z1)
    z2 = a1 @ parameters.W2 + parameters.b2
    a2 = ACTIVATIONS["sigmoid"].function(z2)
    return Forward(z1, a1, z2, a2)


def predict(parameters, X):
    """Return the network's output for each row: `forward(...).a2`, shape (n, 1), in [0, 1]."""
    return forward(parameters, X).a2


class Loss(NamedTuple):
    """A loss as it is printed and as it is minimised, beside d(minimised)/dz2.

    Each takes the output unit's z2 and a2, and the targets y, all (n, 1).
    """

    printed: Callable
    minimised: Callable
    delta: Callable


def _cross_entropy(z2, a2, y):
    # The mean of -(y ln a2 + (1 - y) ln(1 - a2)), in nats. In terms of z2 it stays exact where a2
    # rounds to 0 or 1 and its logarithm would be infinite.
    return np.mean(np.logaddexp(0, z2) - y * z2, axis=(-2, -1))


# For the squared error what is minimised, the *objective*, is half the sum over the rows; what is
# printed and stored is the mean. With four rows the objective is twice the mean, so a learning rate
# of 0.1 on the one takes the steps of 0.2 on the other. For the cross-entropy both are the mean.
LOSSES = {
    "squared_error": Loss(
        printed=lambda z2, a2, y: np.mean((y - a2) ** 2, axis=(-2, -1)),
        minimised=lambda z2, a2, y: np.sum((y - a2) ** 2, axis=(-2, -1)) / 2,
        delta=lambda z2, a2, y: (a2 - y) * (a2 * (1 - a2)),
    ),
    "cross_entropy": Loss(
        printed=_cross_entropy,
        minimised=_cross_entropy,
        delta=lambda z2, a2, y: (a2 - y) / len(y),  # the slope a2 (1 - a2) has cancelled
    ),
}


@np.errstate(all="ignore")
def objective(parameters, X, y, loss="squared_error"):
    """Return the number whose gradient `backward` returns; it takes the same arguments.

    ½ Σ (y - a2)² for "squared_error", the mean cross-entropy in nats for "cross_entropy".
    """
    parameters = _checked_parameters(parameters, stack=False)
    X, y = _checked_data(len(parameters.W1), X, y, loss)
    state = _forward_pass(parameters, X)
    return float(LOSSES[loss].minimised(state.z2, state.a2, y))


def _checked_data(inputs, X, y, loss):
    """Return `X` and `y` as float64 arrays that fit the network and the loss's name."""
    arguments.choice("loss", loss, LOSSES)
    X = arguments.array("X", X, ("n", inputs))
    y = arguments.array("y", y, (len(X), 1))
    outside = y[(y < 0) | (y > 1)]
    if outside.size:
        must = "lie from 0 to 1, as the answers of a sigmoid do (write 0 for false; X may keep -1)"
        raise arguments.refusal("y", must, float(outside[0]), "holds")
    return X, y


@np.errstate(all="ignore")
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
        Targets, from 0 to 1.
    loss : {"squared_error", "cross_entropy"}
    """
    parameters = _checked_parameters(parameters, stack=False)
    X, y = _checked_data(len(parameters.W1), X, y, loss)
    return _backward_pass(parameters, X, y, _forward_pass(parameters, X), loss)


def _backward_pass(parameters, X, y, state, loss):
    """Compute `backward` from the `state` of a forward pass."""
    slope = ACTIVATIONS[parameters.activation].derivative_from_activation
    delta2 = LOSSES[loss].delta(state.z2, state.a2, y)  # ∂L/∂z2, (n, 1)
    dW2 = state.a1.T @ delta2
    db2 = delta2.sum(axis=0, keepdims=True)

    delta1 = (delta2 @ parameters.W2.T) * slope(state.a1)  # ∂L/∂z1, (n, h)
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0, keepdims=True)
    return Parameters(dW1, db1, dW2, db2, parameters.activation)


def step(parameters, gradient, learning_rate):
    """Return the network after one update: each number less its gradient times the learning rate.

    `gradient`, as `backward` returns it, has the shapes of `parameters`, one network or a stack;
    `learning_rate` is above 0.
    """
    parameters = _checked_parameters(parameters)
    arguments.instance("gradient", gradient, Parameters)
    finite = parameters.W1.ndim == 2  # a stack may hold networks that have diverged
    arrays = zip(Parameters._fields, gradient.arrays, parameters.arrays, strict=False)
    checked = (arguments.array(f"gradient.{n}", g, p.shape, finite) for n, g, p in arrays)
    gradient = Parameters(*checked, gradient.activation)
    learning_rate = arguments.positive("learning_rate", learning_rate)
    return _step(parameters, gradient, learning_rate)


def _step(parameters, gradient, learning_rate):
    """Compute `step`."""
    pairs = zip(parameters.arrays, gradient.arrays, strict=True)
    return Parameters(*(p - learning_rate * g for p, g in pairs), parameters.activation)
