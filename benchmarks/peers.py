"""The same training as others would write it.

Each function trains from a start, one network or a stack, for so many epochs and returns the losses
after the last update; with the settings of part one or, for ReLU, of the collection's Keras model.
"""

import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from tests.test_notebook_code import defined_in
from xorlib.data import truth_table
from xorlib.ensemble import cores, pick, pieces

X, y = truth_table("xor")
RATE = 0.3
NOTEBOOK = defined_in("02", X=X, y=y)


def notebook_loop(start, epochs):
    """The function that notebook 02 writes out."""
    *arrays, _ = NOTEBOOK["train"](*start.arrays, epochs=epochs)
    return NOTEBOOK["half_squared_error"](*arrays) / 2


def plain_loop(start, epochs, learning_rate=0.1):
    """Part one's program, which takes the loss every 1000 epochs; of a stack the first network."""
    sigmoid = NOTEBOOK["sigmoid"]
    sigmoid_derivative = NOTEBOOK["sigmoid_derivative_from_activation"]
    first = start if start.W1.ndim == 2 else pick(start, 0)
    arrays = [array.copy() for array in first.arrays]
    hidden_weights, hidden_bias, output_weights, output_bias = arrays
    for epoch in range(epochs):
        hidden_output = sigmoid(np.dot(X, hidden_weights) + hidden_bias)
        predicted_output = sigmoid(np.dot(hidden_output, output_weights) + output_bias)

        error = y - predicted_output
        d_predicted_output = error * sigmoid_derivative(predicted_output)
        error_hidden_layer = d_predicted_output.dot(output_weights.T)
        d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_output)

        output_weights += hidden_output.T.dot(d_predicted_output) * learning_rate
        output_bias += np.sum(d_predicted_output, axis=0, keepdims=True) * learning_rate
        hidden_weights += X.T.dot(d_hidden_layer) * learning_rate
        hidden_bias += np.sum(d_hidden_layer, axis=0, keepdims=True) * learning_rate
        if epoch % 1000 == 0:
            np.mean(np.square(y - predicted_output))
    return NOTEBOOK["half_squared_error"](*arrays) / 2


@cache
def jax_training(epochs):
    """Return what `jax_elementwise` compiles. The gradient is written out: `jax.grad` is slower."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    rows = np.hstack([X, y]).tolist()

    def gradient_and_loss(network, x1, x2, target):
        w11, w12, w21, w22, b1, b2, v1, v2, c = network
        h1 = jnp.maximum(x1 * w11 + x2 * w21 + b1, 0)
        h2 = jnp.maximum(x1 * w12 + x2 * w22 + b2, 0)
        z = h1 * v1 + h2 * v2 + c
        d = (1 / (1 + jnp.exp(-z)) - target) / len(rows)
        d1, d2 = jnp.where(h1 > 0, d * v1, 0), jnp.where(h2 > 0, d * v2, 0)
        gradient = (x1 * d1, x1 * d2, x2 * d1, x2 * d2, d1, d2, h1 * d, h2 * d, d)
        return gradient, (jnp.logaddexp(0, z) - target * z) / len(rows)

    def step(_, network):
        gradients = zip(*(gradient_and_loss(network, *row)[0] for row in rows), strict=True)
        return [w - RATE * sum(parts) for w, parts in zip(network, gradients, strict=True)]

    @jax.jit
    def train(network):
        network = jax.lax.fori_loop(0, epochs, step, network)
        return sum(gradient_and_loss(network, *row)[1] for row in rows)

    return train


def jax_elementwise(start, epochs):
    """JAX at its best: nine arrays, one for each number of a network, in our pieces, on threads."""
    numbers = np.hstack([array.reshape(len(array), -1) for array in start.arrays]).T.copy()
    parts = [list(numbers[:, some]) for some in pieces(len(start.W1), 2, len(X))]
    train = jax_training(epochs)
    with ThreadPoolExecutor(cores()) as threads:
        return np.concatenate(list(threads.map(lambda part: np.asarray(train(part)), parts)))


def torch_batched(start, epochs):
    """PyTorch with all networks in one product."""
    import torch

    torch.set_num_threads(cores())
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y)
    W1, b1, W2, b2 = (torch.tensor(np.ascontiguousarray(array)) for array in start.arrays)
    for _ in range(epochs):
        a1 = torch.relu(inputs @ W1 + b1)
        delta2 = (torch.sigmoid(a1 @ W2 + b2) - targets) / len(targets)
        delta1 = delta2 @ W2.mT * (a1 > 0)
        W2 -= RATE * (a1.mT @ delta2)
        b2 -= RATE * delta2.sum(1, keepdim=True)
        W1 -= RATE * (inputs.T @ delta1)
        b1 -= RATE * delta1.sum(1, keepdim=True)
    z2 = torch.relu(inputs @ W1 + b1) @ W2 + b2
    return (torch.logaddexp(torch.zeros(()), z2) - targets * z2).mean(dim=(1, 2)).numpy()


def torch_loop(start, epochs):
    """PyTorch's usual loop over one network."""
    import torch

    torch.set_num_threads(1)  # faster than more, for one small network
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y)
    loss_of = torch.nn.BCEWithLogitsLoss()
    layers = [torch.nn.Linear(2, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1)]
    model = torch.nn.Sequential(*layers).double()
    for tensor, array in zip(model.parameters(), start.arrays, strict=True):
        tensor.data = torch.tensor(array.T.reshape(tensor.shape))
    optimiser = torch.optim.SGD(model.parameters(), lr=RATE)
    for _ in range(epochs):
        optimiser.zero_grad()
        loss_of(model(inputs), targets).backward()
        optimiser.step()
    return loss_of(model(inputs), targets).item()


def scikit_learn(start, epochs):
    """scikit-learn's MLPClassifier, one network."""
    from sklearn.metrics import log_loss
    from sklearn.neural_network import MLPClassifier

    W1, b1, W2, b2 = start.arrays
    plain = {"solver": "sgd", "alpha": 0, "momentum": 0, "shuffle": False, "batch_size": len(X)}
    length = {"max_iter": epochs, "tol": 0, "n_iter_no_change": epochs, "warm_start": True}
    model = MLPClassifier(2, learning_rate_init=RATE, **plain, **length)
    with warnings.catch_warnings(action="ignore"):  # that it has not converged
        model.partial_fit(X, y[:, 0], classes=[0, 1])  # to have weights that can be set
        model.coefs_, model.intercepts_ = [W1.copy(), W2.copy()], [b1[0].copy(), b2[0].copy()]
        model.fit(X, y[:, 0])
    return log_loss(y[:, 0], model.predict_proba(X))
