"""The step of `xorlib.training`, for thousands of networks at once.

Everything has one more axis, the last: the network. Hidden activations are (n, h, N) for n
rows, h hidden units and N networks; in einsum's notation r is the row, i the input, j the
hidden unit and N the network. Each network's numbers stay in its own column, so one that
diverges cannot touch another.

NumPy runs through each array once for every operation. So the arrays are made once and
written into (``out=``, ``*=``), and only as many networks are taken at once as keep them in
the processor's cache. Both are there for speed alone: the first makes it two and a half times
faster, the second twice as fast again where there are 100,000 networks.
"""

import numpy as np

from xorlib.activations import LEAKY_SLOPE

EPOCHS_BETWEEN_LOOKS = 100  # at `stop`: some hundredths of a second of work


class StoppedError(Exception):
    """Someone wants this work no longer."""


def networks_at_once(hidden, rows):
    """Return how many networks to train together: their arrays then fill some 4 MB.

    Each call of NumPy should last long, for threads wait for each other between calls: two
    threads with 2500 networks of two hidden units each are no faster than one, with 10,000
    each they are nearly twice as fast. With 50,000 the arrays fall out of the processor's cache,
    and everything takes two to three times as long.
    """
    return max(16, 80_000 // (hidden * rows))


def sigmoid_in_place(z):
    """Turn z into 1 / (1 + exp(-z))."""
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += 1
    np.divide(1, z, out=z)


def times_sigmoid_slope(delta, a):
    """Multiply delta by a (1 - a). Overwrites a, which is not needed any more."""
    delta *= a
    np.subtract(1, a, out=a)
    delta *= a


def relu_in_place(z):
    """Turn z into max(0, z)."""
    np.maximum(z, np.zeros(z.shape[-1]), out=z)  # an array: NumPy is slower with a number here


def times_relu_slope(delta, a):
    """Multiply delta by 1 where the unit is active, else by 0."""
    delta *= a > 0


def leaky_relu_in_place(z):
    """Turn z into z where it is positive, else into LEAKY_SLOPE z."""
    np.maximum(z, LEAKY_SLOPE * z, out=z)


def times_leaky_relu_slope(delta, a):
    """Multiply delta by 1 where the unit is active, else by LEAKY_SLOPE. Overwrites a."""
    np.multiply(a > 0, 1 - LEAKY_SLOPE, out=a)
    a += LEAKY_SLOPE
    delta *= a


IN_PLACE = {
    "sigmoid": (sigmoid_in_place, times_sigmoid_slope),
    "relu": (relu_in_place, times_relu_slope),
    "leaky_relu": (leaky_relu_in_place, times_leaky_relu_slope),
}


def layers(theta, inputs, hidden):
    """Return W1 with b1 as its last row (i, j, N), W2 (j, N) and b2 (N,): views of theta.

    Parameters
    ----------
    theta : ndarray, shape (inputs * hidden + hidden + hidden + 1, N)
        All parameters of N networks, a network a column.
    inputs, hidden : int
        Number of inputs and hidden units.
    """
    first = (inputs + 1) * hidden
    W1 = theta[:first].reshape(inputs + 1, hidden, -1)
    return W1, theta[first:-1], theta[-1]


def descend(theta, X, y, *, hidden, learning_rate, epochs, activation, loss, stop=None):
    """Train N networks in place, by full-batch gradient descent.

    Parameters
    ----------
    theta : ndarray of float64, shape (parameters, N)
        See `layers`; changed in place, and C-contiguous.
    X : ndarray, shape (n, inputs)
        Inputs, one example a row.
    y : ndarray, shape (n, 1)
        Targets.
    hidden : int
        Number of hidden units.
    learning_rate : float or ndarray of shape (N,)
        As in `xorlib.training.train`.
    epochs : int
        Number of updates.
    activation, loss : str
        As in `train`.
    stop : threading.Event, optional
        Once set, the training ends early, with `StoppedError`.

    Returns
    -------
    ndarray, shape (n, N)
        Pre-activations z2 of the output unit after the last update.
    """
    (n, inputs), networks = X.shape, theta.shape[1]
    activate, times_slope = IN_PLACE[activation]
    X = np.hstack([X, np.ones((n, 1))])  # an input that is always 1, for b1
    scale = learning_rate / n if loss == "cross_entropy" else learning_rate

    step = np.empty_like(theta)  # gradient times learning rate
    W1, W2, b2 = layers(theta, inputs, hidden)
    dW1, dW2, db2 = layers(step, inputs, hidden)
    a1, delta1 = np.empty((2, n, hidden, networks))
    a2, delta2 = np.empty((2, n, networks))
    # Matrix products want two axes: all units of all networks side by side.
    W1_flat, step_flat = W1.reshape(inputs + 1, -1), dW1.reshape(inputs + 1, -1)
    a1_flat, delta1_flat = a1.reshape(n, -1), delta1.reshape(n, -1)

    def forward():
        np.matmul(X, W1_flat, out=a1_flat)  # z1 = X W1 + b1
        activate(a1)
        np.einsum("rjN,jN->rN", a1, W2, out=a2)  # z2 = a1 W2 + b2
        np.add(a2, b2, out=a2)

    with np.errstate(all="ignore"):
        # NumPy copies small broadcast arrays through a buffer, for longer runs. A small buffer
        # prevents that, which saves a seventh with 1000 networks. Undone when errstate ends.
        np.setbufsize(1024)
        for epoch in range(epochs):
            if stop is not None and epoch % EPOCHS_BETWEEN_LOOKS == 0 and stop.is_set():
                raise StoppedError
            forward()
            sigmoid_in_place(a2)

            np.subtract(a2, y, out=delta2)  # δ2 = a2 - y, for the cross-entropy
            if loss == "squared_error":
                times_sigmoid_slope(delta2, a2)
            delta2 *= scale  # here and not in each gradient: fewer numbers to multiply
            np.einsum("rjN,rN->jN", a1, delta2, out=dW2)  # a1ᵀ δ2
            np.add.reduce(delta2, axis=0, out=db2)

            np.multiply(delta2[:, np.newaxis], W2, out=delta1)  # δ1 = δ2 W2ᵀ · slope
            times_slope(delta1, a1)
            np.matmul(X.T, delta1_flat, out=step_flat)  # Xᵀ δ1, and Σ δ1 for b1

            np.subtract(theta, step, out=theta)
        forward()
    return a2
