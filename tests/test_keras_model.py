"""The Keras twin: same updates, same weights, same gradients, and the printed figures."""

import re

import numpy as np
import pytest

from xorlib import keras_model
from xorlib.activations import ACTIVATIONS
from xorlib.data import truth_table
from xorlib.losses import LOSSES
from xorlib.network import (
    Parameters,
    backward,
    forward,
    glorot_parameters,
    predict,
    uniform_parameters,
)
from xorlib.training import train

tf, keras = keras_model.tf, keras_model.keras
X, y = truth_table()


def assert_same_weights(one, two):
    """Assert that two models agree to the last bit of every weight."""
    for a, b in zip(one.get_weights(), two.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)


def test_build_is_part_twos_model():
    model = keras_model.build(0, hidden=3, learning_rate=0.25)
    first, second = model.layers
    assert [layer.units for layer in model.layers] == [3, 1]
    assert first.activation is keras.activations.relu
    assert second.activation is keras.activations.sigmoid
    assert isinstance(model.optimizer, keras.optimizers.SGD)
    assert model.optimizer.momentum == 0
    assert float(model.optimizer.learning_rate) == 0.25
    assert model.loss == "binary_crossentropy"
    loss, accuracy = model.evaluate(X, y, verbose=0)
    assert loss > 0 and accuracy in (0, 0.25, 0.5, 0.75, 1)


def test_build_starts_where_keras_starts_from_the_seed():
    keras.utils.set_random_seed(7)
    plain = keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(2, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    assert_same_weights(keras_model.build(7), plain)
    assert_same_weights(keras_model.build(7), keras_model.build(7))
    assert (keras_model.build(7).get_weights()[0] != keras_model.build(8).get_weights()[0]).all()


@pytest.mark.parametrize(("seed", "epochs"), [(0, 50), (3, 50), (42, 200)])
def test_fit_equals_keras_fit_bit_for_bit(seed, epochs):
    ours, theirs = keras_model.build(seed), keras_model.build(seed)
    history = keras_model.fit(ours, X, y, epochs=epochs)
    losses = theirs.fit(X, y, epochs=epochs, shuffle=False, verbose=0).history["loss"]
    assert_same_weights(ours, theirs)
    assert int(ours.optimizer.iterations.numpy()) == epochs
    # Keras's own losses are those before each update; float32 sums of four terms agree to 1e-6.
    before = np.array(losses)[history.epochs[:-1]]
    np.testing.assert_allclose(history.losses[:-1], before, rtol=1e-6)
    # Each may go on in the other's way: neither has left anything behind in the model.
    keras_model.fit(theirs, X, y, epochs=5)
    ours.fit(X, y, epochs=5, shuffle=False, verbose=0)
    assert_same_weights(ours, theirs)


@pytest.mark.parametrize(
    ("epochs", "points"),
    [(1, 2), (99, 100), (199, 200), (200, 101), (1055, 107)],
)
def test_history_covers_the_run_from_0_to_the_last_epoch(epochs, points):
    model = keras_model.build(1)
    start = model.evaluate(X, y, verbose=0)[0]
    history = keras_model.fit(model, X, y, epochs)
    assert history.epochs.shape == history.losses.shape == (points,)
    assert (history.epochs[0], history.epochs[-1]) == (0, epochs)
    assert len(set(np.diff(history.epochs)[:-1])) <= 1  # even, but for the last
    assert points >= min(epochs + 1, 100)
    assert int(model.optimizer.iterations.numpy()) == epochs
    # Float32 sums of four terms, in one order or another.
    assert history.losses[0] == pytest.approx(start, rel=1e-6)
    assert history.losses[-1] == pytest.approx(model.evaluate(X, y, verbose=0)[0], rel=1e-6)


@pytest.mark.parametrize(
    ("seed", "learning_rate", "loss", "accuracy", "answers"),
    [
        (3, 0.3, "0.4774", 0.75, "0.333 1.000 0.333 0.333"),
        (3, 0.1, "0.4775", 0.75, "0.333 1.000 0.333 0.333"),
        (42, 0.3, "0.0005", 1.0, "0.001 1.000 1.000 0.001"),
    ],
    ids=["stuck", "stuck as in the original printout", "solved"],
)
def test_part_twos_figures_to_the_last_printed_digit(seed, learning_rate, loss, accuracy, answers):
    model = keras_model.build(seed, learning_rate=learning_rate)
    history = keras_model.fit(model, X, y, epochs=10_000)
    end = model.evaluate(X, y, verbose=0)
    assert [f"{end[0]:.4f}", end[1]] == [loss, accuracy] and f"{history.losses[-1]:.4f}" == loss
    assert " ".join(f"{p:.3f}" for p in model.predict(X, verbose=0).flat) == answers
    assert len(history.epochs) == 101
    # Where it stuck: unit 1 or 2 is silent on all four rows, its gradient exactly zero.
    parameters = keras_model.to_parameters(model)
    dead = (forward(parameters, X, "relu").z1 <= 0).all(axis=0)
    gradient = backward(parameters, X, y, "relu", "cross_entropy")
    assert dead.any() == (accuracy < 1)
    assert not gradient.W1[:, dead].any() and not gradient.W2[dead].any()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [1, 2, 5])
def test_weights_go_both_ways(activation, hidden):
    parameters = glorot_parameters(5, hidden)
    model = keras_model.from_parameters(parameters, activation=activation)
    returned = keras_model.to_parameters(model)
    for ours, theirs in zip(parameters, returned, strict=True):
        assert theirs.dtype == np.float64 and theirs.shape == ours.shape
        np.testing.assert_array_equal(theirs, ours.astype(np.float32))
    assert_same_weights(model, keras_model.from_parameters(returned, activation=activation))
    # Float32 keeps 6e-8 of each number; a few products and sums of order 1 add up to 1e-6.
    ours, theirs = predict(returned, X, activation), model.predict(X, verbose=0)
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-6)


def test_trained_weights_predict_the_same_here_and_there():
    model = keras_model.build(42)
    keras_model.fit(model, X, y, epochs=1000)
    ours = predict(keras_model.to_parameters(model), X, "relu")
    np.testing.assert_allclose(model.predict(X, verbose=0), ours, rtol=0, atol=1e-6)


def test_train_takes_keras_steps():
    model = keras_model.build(42)
    start = keras_model.to_parameters(model)
    keras_model.fit(model, X, y, epochs=100)
    end = train(
        start,
        X,
        y,
        learning_rate=0.3,
        epochs=100,
        activation="relu",
        loss="cross_entropy",
    ).parameters
    # 100 updates in float32 against float64: each rounds a weight of order 1 by 6e-8 or less.
    for ours, theirs in zip(end, keras_model.to_parameters(model), strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-5)


def tape_gradient(parameters, activation, loss):
    """Return the gradient by TensorFlow's tape, in float64, of formulas written out."""
    W1, b1, W2, b2 = variables = [tf.Variable(part, dtype=tf.float64) for part in parameters]
    bend = {
        "sigmoid": tf.sigmoid,
        "relu": tf.nn.relu,
        # TensorFlow's own keeps its slope in float32.
        "leaky_relu": lambda z: tf.where(z > 0, z, 0.2 * z),
    }[activation]
    with tf.GradientTape() as tape:
        a = tf.sigmoid(bend(X @ W1 + b1) @ W2 + b2)
        if loss == "squared_error":
            value = tf.reduce_sum((y - a) ** 2) / 2
        else:
            value = -tf.reduce_mean(y * tf.math.log(a) + (1 - y) * tf.math.log(1 - a))
    return [part.numpy() for part in tape.gradient(value, variables)]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("hidden", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_agrees_with_tensorflows_tape(activation, loss, hidden, seed):
    draw = np.random.default_rng(seed).normal
    shapes = [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    parameters = Parameters(*(draw(size=shape) for shape in shapes))
    gradient = backward(parameters, X, y, activation, loss)
    for ours, theirs in zip(gradient, tape_gradient(parameters, activation, loss), strict=True):
        assert ours.shape == theirs.shape
        # Both exact but for rounding, in float64; log(1 - a) loses a digit or two near a = 1.
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_backward_and_tape_agree_on_the_kink(activation, loss):
    # Row 00 with biases of zero lies on the kink itself: both take its left side's slope.
    parameters = glorot_parameters(9)
    assert not forward(parameters, X, activation).z1[0].any()
    gradient = backward(parameters, X, y, activation, loss)
    for ours, theirs in zip(gradient, tape_gradient(parameters, activation, loss), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_those_that_keras_has_under_the_name(name):
    z = np.linspace(-5, 5, 101)
    theirs = keras.activations.get(name)(tf.constant(z)).numpy()
    # The slope of Keras's leaky ReLU is a float32: 0.2 within 6e-8 of it.
    np.testing.assert_allclose(theirs, ACTIVATIONS[name].function(z), rtol=6e-8)


def test_progress_shows_only_when_asked(capfd):
    model = keras_model.build(0)
    keras_model.fit(model, X, y, epochs=3)
    assert capfd.readouterr() == ("", "")
    keras_model.fit(model, X, y, epochs=250, progress=True)
    shown = capfd.readouterr()
    assert shown.out == "" and "training" in shown.err and "250/250" in shown.err


def test_fit_gives_the_model_back_as_it_was_even_when_interrupted(monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    model = keras_model.build(0)
    monkeypatch.setattr(keras_model.Recorder, "on_train_batch_end", interrupt)
    with pytest.raises(KeyboardInterrupt):
        keras_model.fit(model, X, y, epochs=1000)
    assert model.steps_per_execution == 1


def test_nothing_but_the_model_changes():
    inputs, targets, parameters = X.copy(), y.copy(), uniform_parameters(0)
    before = [part.copy() for part in parameters]
    keras_model.fit(keras_model.from_parameters(parameters), inputs, targets, epochs=3)
    for after, old in zip((inputs, targets, *parameters), (X, y, *before), strict=True):
        np.testing.assert_array_equal(after, old)


NAN = float("nan")
P = uniform_parameters(0)
NOT_POSITIVE = [0, -1, NAN, float("inf"), "0.1", None, True]
NOT_WHOLE = [0, -1, 1.5, True, "10", None]
NO_ARRAYS = ["0 1", None, [[0, 1], [1]], X.astype(bool), X + 0j, [], X[0], np.where(X, NAN, 0)]


@pytest.fixture(scope="module")
def model():
    return keras_model.build(0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("seed", bad) for bad in (-1, 2**32, 1.5, True, "42", None)),
        *(("hidden", bad) for bad in NOT_WHOLE),
        *(("learning_rate", bad) for bad in NOT_POSITIVE),
    ],
)
def test_build_refuses(name, value):
    with pytest.raises(ValueError, match=f"^{name} must .*, but is {re.escape(repr(value))}$"):
        keras_model.build(**({"seed": 1} | {name: value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("model", bad) for bad in (None, "model", P)),
        *(("X", bad) for bad in [*NO_ARRAYS, np.ones((4, 3)), np.ones((0, 2))]),
        *(("y", bad) for bad in [*NO_ARRAYS, y.ravel(), y[:3], y.T, 2 * y, y - 1e-9]),
        *(("epochs", bad) for bad in NOT_WHOLE),
    ],
)
def test_fit_refuses(model, name, value):
    before = model.get_weights()
    with pytest.raises(ValueError, match=rf"(?s)^{name} must .*, but (is|has shape|holds) .+"):
        keras_model.fit(**({"model": model, "X": X, "y": y, "epochs": 1} | {name: value}))
    for after, old in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(after, old)


def test_fit_refuses_a_model_that_is_not_compiled():
    bare = keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])
    with pytest.raises(
        ValueError, match="^model must be a compiled Keras model, but is <Sequential"
    ):
        keras_model.fit(bare, X, y, epochs=1)
    with pytest.raises(ValueError, match="^model must have weights W1, b1, W2, b2, but"):
        keras_model.to_parameters(bare)


@pytest.mark.parametrize("value", [None, "model", P])
def test_to_parameters_refuses(value):
    with pytest.raises(ValueError, match="^model must be a Keras model, but is "):
        keras_model.to_parameters(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("parameters", bad) for bad in (None, "P", P[:3])),
        *(("learning_rate", bad) for bad in NOT_POSITIVE),
        *(("activation", bad) for bad in ("tanh", None, ["relu"], 1)),
    ],
)
def test_from_parameters_refuses(name, value):
    with pytest.raises(ValueError, match=rf"(?s)^{name} must .*, but is {re.escape(repr(value))}$"):
        keras_model.from_parameters(**({"parameters": P} | {name: value}))


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_from_parameters_names_the_part_that_is_wrong(name):
    for value in (np.ones((3, 2, 2)), np.ones(3), None, np.full(getattr(P, name).shape, NAN)):
        with pytest.raises(ValueError, match=rf"(?s)^{name} must .*, but (is|has shape) "):
            keras_model.from_parameters(P._replace(**{name: value}))
