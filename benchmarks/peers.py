"""The same training as others would write it. Each function returns final losses."""

import os

import numpy as np

from xorlib.data import truth_table

X, y = truth_table("xor")


def cores():
    """Return how many cores this process may use: the threads that every contender gets."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def sigmoid(x):
    """Return the logistic function, as part one defines it."""
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(x):
    """Return its derivative, from its value."""
    return x * (1 - x)


def plain_loop(parameters, epochs, learning_rate=0.1):
    """Part one's program: a sigmoid network in plain NumPy, its loss taken every 1000 epochs."""
    hidden_weights, hidden_bias, output_weights, output_bias = (p.copy() for p in parameters)
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
    hidden_output = sigmoid(np.dot(X, hidden_weights) + hidden_bias)
    predicted_output = sigmoid(np.dot(hidden_output, output_weights) + output_bias)
    return np.mean(np.square(y - predicted_output))


def jax_ensemble(parameters, epochs, learning_rate=0.3):
    """Return a function that trains ReLU networks by `vmap` and `scan`, already compiled.

    The gradient is written out, which is faster here than `jax.grad`.
    """
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def forward(network):
        W1, b1, W2, b2 = network
        a1 = jax.nn.relu(X @ W1 + b1)
        return a1, a1 @ W2 + b2

    def gradient(network):
        a1, z2 = forward(network)
        delta2 = (jax.nn.sigmoid(z2) - y) / len(y)
        delta1 = delta2 @ network[2].T * (a1 > 0)
        sums = [delta.sum(axis=0, keepdims=True) for delta in (delta1, delta2)]
        return X.T @ delta1, sums[0], a1.T @ delta2, sums[1]

    def step(network, _):
        return [
            p - learning_rate * g for p, g in zip(network, gradient(network), strict=True)
        ], None

    def train(network):
        network, _ = jax.lax.scan(step, network, None, length=epochs)
        z2 = forward(network)[1]
        return jnp.mean(jnp.logaddexp(0, z2) - y * z2)

    compiled = jax.jit(jax.vmap(train))
    begin = [jnp.asarray(part) for part in parameters]

    def run():
        return np.asarray(jax.block_until_ready(compiled(begin)))

    run()
    return run


def torch_ensemble(parameters, epochs, learning_rate=0.3):
    """Return a function that trains ReLU networks as batched products in PyTorch."""
    import torch

    torch.set_num_threads(cores())
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y)

    @torch.no_grad()
    def run():
        W1, b1, W2, b2 = (torch.tensor(np.ascontiguousarray(part)) for part in parameters)
        for _ in range(epochs):
            a1 = torch.relu(inputs @ W1 + b1)
            delta2 = (torch.sigmoid(a1 @ W2 + b2) - targets) / len(targets)
            delta1 = delta2 @ W2.mT * (a1 > 0)
            W2 -= learning_rate * (a1.mT @ delta2)
            b2 -= learning_rate * delta2.sum(1, keepdim=True)
            W1 -= learning_rate * (inputs.T @ delta1)
            b1 -= learning_rate * delta1.sum(1, keepdim=True)
        z2 = torch.relu(inputs @ W1 + b1) @ W2 + b2
        return (torch.logaddexp(torch.zeros(()), z2) - targets * z2).mean(dim=(1, 2)).numpy()

    return run


def torch_loop(parameters, epochs, learning_rate=0.3):
    """Return a function that trains one ReLU network by PyTorch's usual loop."""
    import torch

    torch.set_num_threads(1)  # faster than more, for one small network
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y)

    def run():
        first = torch.nn.Linear(*parameters.W1.shape, dtype=torch.float64)
        second = torch.nn.Linear(*parameters.W2.shape, dtype=torch.float64)
        with torch.no_grad():
            for layer, weights, biases in (
                (first, parameters.W1, parameters.b1),
                (second, parameters.W2, parameters.b2),
            ):
                layer.weight.copy_(torch.from_numpy(weights.T))
                layer.bias.copy_(torch.from_numpy(biases[0]))
        model = torch.nn.Sequential(first, torch.nn.ReLU(), second)
        optimiser = torch.optim.SGD(model.parameters(), lr=learning_rate)
        loss_of = torch.nn.BCEWithLogitsLoss()
        for _ in range(epochs):
            optimiser.zero_grad()
            loss_of(model(inputs), targets).backward()
            optimiser.step()
        return loss_of(model(inputs), targets).item()

    return run


def scikit_learn(parameters, epochs, learning_rate=0.3):
    """Return a function that trains one ReLU network by scikit-learn's MLPClassifier."""
    import warnings

    from sklearn.neural_network import MLPClassifier

    labels = y.ravel().astype(int)

    def run():
        model = MLPClassifier(
            hidden_layer_sizes=(parameters.W1.shape[1],),
            solver="sgd",
            alpha=0,
            batch_size=len(X),
            learning_rate_init=learning_rate,
            momentum=0,
            max_iter=epochs,
            shuffle=False,
            tol=0,
            n_iter_no_change=epochs,
            warm_start=True,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged
            model.partial_fit(X, labels, classes=[0, 1])  # to have weights that can be set
            model.coefs_ = [parameters.W1.copy(), parameters.W2.copy()]
            model.intercepts_ = [parameters.b1[0].copy(), parameters.b2[0].copy()]
            model.fit(X, labels)
        right = model.predict_proba(X)[np.arange(len(X)), labels]
        return -np.log(right).mean()

    return run
