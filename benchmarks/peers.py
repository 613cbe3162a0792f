"""The same training as others would write it.

Each function trains from a start, one network or a stack, for a number of epochs, and returns the
losses after the last update. Settings are those of notebook 2 or, with ReLUs, of notebook 4.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from tests.test_notebook_code import defined_in
from xorlib.data import truth_table
from xorlib.ensemble import _pieces, cores, pick

X, y = truth_table("xor")
RATE = 0.3
NOTEBOOK = defined_in("02", X=X, y=y)


def notebook_loop(start, epochs):
    """The loop that notebook 2 writes out; of a stack it trains the first network."""
    first = start if start.W1.ndim == 2 else pick(start, 0)
    *arrays, _ = NOTEBOOK["train"](*first.arrays, epochs=epochs)
    return NOTEBOOK["half_squared_error"](*arrays) / 2


@cache
def jax_training(epochs):
    """Return what `jax_elementwise` compiles; written out, for `jax.grad` is slower."""
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
    """JAX at its best: an array for each of the nine numbers, in our pieces, on threads."""
    numbers = np.hstack([array.reshape(len(array), -1) for array in start.arrays]).T.copy()
    parts = [list(numbers[:, some]) for some in _pieces(len(start.W1), 2, len(X))]
    train = jax_training(epochs)
    with ThreadPoolExecutor(cores()) as threads:
        return np.concatenate(list(threads.map(lambda part: np.asarray(train(part)), parts)))


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
