"""The network in Keras: same updates, same weights, same activations and slopes."""

import functools
import os
import runpy
import subprocess
import sys

import numpy as np
import pytest

from classroom import doctor
from classroom.checks import in_keras, report
from tests.facts import as_keras, keras_with_a_tiny_bias
from tests.networks import assert_same, normal_parameters
from tests.nonsense import walk
from tests.test_notebook_code import defined_in
from xorlib.data import keras_starts, truth_table
from xorlib.ensemble import pick, stack
from xorlib.network import ACTIVATIONS, Parameters, predict, sigmoid

X, y = truth_table()


@pytest.fixture(scope="module", autouse=True)
def tensorflow():
    """Load TensorFlow, which takes seconds, only in the process that runs this file."""
    global keras, keras_model, tf
    from xorlib import keras_model

    keras, tf = keras_model.keras, keras_model.tf


def model_of(parameters):
    """Return a compiled Keras model with these weights, which it rounds to float32."""
    model = keras_model.build(0, hidden=parameters.W1.shape[1])
    model.layers[0].activation = keras.activations.get(parameters.activation)
    give(model, parameters)
    return model


def give(model, parameters):
    W1, b1, W2, b2 = parameters.arrays
    model.set_weights([W1, b1.ravel(), W2, b2.ravel()])


def assert_same_weights(one, two):
    assert_same(keras_model.to_parameters(one), keras_model.to_parameters(two))


def test_build_makes_notebook_4s_model_with_keras_own_start():
    ours, theirs = keras_model.build(5), defined_in("04", keras=keras)["build"](5)
    assert_same_weights(ours, theirs)
    assert (ours.get_weights()[0] != keras_model.build(6).get_weights()[0]).all()
    for model in (ours, theirs):
        assert [layer.activation.__name__ for layer in model.layers] == ["relu", "sigmoid"]
        assert [layer.units for layer in model.layers] == [2, 1]
        assert model.loss == "binary_crossentropy" and model.evaluate(X, y, verbose=0)[1] <= 1
        assert type(model.optimizer) is keras.optimizers.SGD and model.optimizer.momentum == 0
        assert float(model.optimizer.learning_rate) == np.float32(0.3)
    wide = keras_model.build(0, hidden=3, learning_rate=0.25)
    assert wide.layers[0].units == 3 and float(wide.optimizer.learning_rate) == 0.25


def test_fit_equals_keras_fit_bit_for_bit_and_leaves_the_models_settings_alone():
    ours, theirs = keras_model.build(42), keras_model.build(42)
    history = keras_model.fit(ours, X, y, epochs=11)
    losses = theirs.fit(X, y, epochs=11, shuffle=False, verbose=0).history["loss"]
    assert_same_weights(ours, theirs)
    assert int(ours.optimizer.iterations.numpy()) == 11
    assert ours.steps_per_execution == 1 and ours.metrics_names == theirs.metrics_names
    # Keras records losses before each update; float32 sums of four terms agree to 1e-6.
    np.testing.assert_allclose(history.losses[:-1], losses, rtol=1e-6)
    # Either model can be trained further in the other way.
    keras_model.fit(theirs, X, y, epochs=5)
    ours.fit(X, y, epochs=5, shuffle=False, verbose=0)
    assert_same_weights(ours, theirs)


def test_history_covers_the_run_from_0_to_the_last_epoch_and_prints_nothing(capfd):
    model, seen = keras_model.build(1), 0
    for epochs, points in [(1, 2), (99, 100), (199, 200), (200, 101), (1055, 107)]:
        start = model.evaluate(X, y, verbose=0)[0]
        history = keras_model.fit(model, X, y, epochs)
        seen += epochs
        assert int(model.optimizer.iterations.numpy()) == seen
        assert history.epochs.shape == history.losses.shape == (points,)
        assert (history.epochs[0], history.epochs[-1]) == (0, epochs)
        assert len(set(np.diff(history.epochs)[:-1])) <= 1  # evenly spaced, except for the last
        # Float32 sums of four terms, in one order or another.
        end = model.evaluate(X, y, verbose=0)[0]
        np.testing.assert_allclose(history.losses[[0, -1]], [start, end], rtol=1e-6)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_weights_and_activation_are_carried_across(activation):
    for hidden in (1, 2, 5):
        parameters = normal_parameters(5, hidden, activation)
        model = model_of(parameters)
        returned = keras_model.to_parameters(model)
        rounded = (a.astype(np.float32).astype(np.float64) for a in parameters.arrays)
        assert_same(returned, Parameters(*rounded, activation))
        # Float32 rounds each number by 6e-8; a few products and sums of order 1 make it 1e-6.
        np.testing.assert_allclose(model(X), predict(returned, X), rtol=0, atol=1e-6)
    assert_same(parameters, normal_parameters(5, hidden, activation))
    kept = returned._map(np.copy)
    keras_model.fit(model, X, y, epochs=1)
    assert_same(returned, kept)  # which shares no memory with the model


@pytest.mark.parametrize(
    ("step", "named", "settings"),
    [("sgd", "SGD", {}), ("momentum", "SGD", {"momentum": 0.9}), ("adam", "Adam", {})],
)
def test_notebook_7s_optimisers_take_keras_steps(step, named, settings):
    written = defined_in("07", sigmoid=sigmoid)
    model = keras_model.build(1)
    network = [array[np.newaxis] for array in keras_model.to_parameters(model).arrays]
    optimizer = getattr(keras.optimizers, named)(0.03, **settings)
    model.compile(optimizer=optimizer, loss="binary_crossentropy")
    m, s = [[np.zeros(array.shape) for array in network] for _ in range(2)]
    for t in range(1, 21):
        model.train_on_batch(X, y)
        slopes = written["gradients"](network, X[np.newaxis], y[np.newaxis])
        for k in range(4):
            network[k] = network[k] - 0.03 * written[step](slopes[k], m[k], s[k], t)
    # Keras keeps seven digits. Its Adam adds the 1e-7 elsewhere, where gradients are tiny it shows.
    ours = Parameters(*(array[0] for array in network), "relu")
    assert_same(ours, keras_model.to_parameters(model), atol=2e-4)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_activations_and_their_slopes_are_those_of_keras(activation):
    # The slope of Keras's leaky ReLU is a float32: 0.2 within 6e-8 of it. At 0, where two of the
    # functions have a kink, both sides take the slope to its left.
    function, derivative_from_activation = ACTIVATIONS[activation]
    z = tf.Variable(np.linspace(-5, 5, 101))
    assert z[50] == 0
    with tf.GradientTape() as tape:
        a = keras.activations.get(activation)(z)
    np.testing.assert_allclose(a, function(z.numpy()), rtol=6e-8)
    slopes = derivative_from_activation(a.numpy())
    np.testing.assert_allclose(tape.gradient(a, z), slopes, rtol=1e-7, atol=1e-12)


def test_keras_model_is_silent_where_it_loads_tensorflow_and_works_where_that_is_loaded():
    code = """
import os
from xorlib import keras_model
from xorlib.data import truth_table
X, y = truth_table()
model = keras_model.build(42)
keras_model.fit(model, X, y, epochs=200)
print(*(f"{p:.3f}" for p in model.predict(X, verbose=0).flat))
os.write(2, b"descriptor 2 works again")
"""
    # The module itself has to silence TensorFlow, whatever the reader's environment.
    ours = ("TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "KERAS_BACKEND")
    env = {name: text for name, text in os.environ.items() if name not in ours}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    again = runpy.run_path(keras_model.__file__)  # here it is loaded
    model = again["build"](42)
    again["fit"](model, X, y, epochs=200)
    assert ran.stdout.split() == [f"{p:.3f}" for p in model.predict(X, verbose=0).flat]
    assert ran.stderr == "descriptor 2 works again"


def test_keras_on_another_backend_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(keras.config, "backend", lambda: "jax")
    with pytest.raises(ImportError, match="jax"):
        runpy.run_path(keras_model.__file__)


def test_nonsense_is_refused_by_name_in_a_value_error():
    rates = {"learning_rate": {"1", "3", "1.5", "0-d"}}
    fitted = {"model": keras_model.build(0), "X": X, "y": y, "epochs": 1}
    for function, good, right in (
        (keras_model.build, {"seed": 2**32 - 1}, {"seed": {"0", "1", "3", "0-d", "10^9"}, **rates}),
        (keras_model.fit, fitted, {}),
        (keras_model.to_parameters, {"model": fitted["model"]}, {}),
    ):
        assert not walk(function, good, right)


def test_to_parameters_takes_two_dense_layers_and_nothing_else():
    one, two, flat = keras.Input((2,)), keras.layers.Dense(2, "relu"), keras.layers.Dense(1)
    out, bare = keras.layers.Dense(1, "sigmoid"), keras.layers.Dense(2, "relu", use_bias=False)

    def wired(*layers):
        return keras.Model(one, functools.reduce(lambda made, layer: layer(made), layers, one))

    for model in (keras.Sequential([one, two, out]), wired(two, out)):
        np.testing.assert_allclose(
            model(X), predict(keras_model.to_parameters(model), X), rtol=1e-5
        )
    refused = {
        "Multiply": wired(lambda made: 2 * made, two, out),  # an operation that is no layer
        "Dropout": keras.Sequential([one, two, keras.layers.Dropout(0.5), out]),
        "Rescaling": wired(keras.layers.Rescaling(2.0), two, out),
        "Dense": wired(out),
        r"\(2, 2\), \(2, 1\)": wired(bare, out),
        "linear": keras.Sequential([one, two, flat]),
        "gelu": wired(keras.layers.Dense(2, "gelu"), out),
    }
    for has, model in refused.items():
        with pytest.raises(ValueError, match=f"^model must .*, but has .*{has}"):
            keras_model.to_parameters(model)


def test_the_stored_starts_are_keras_own_bit_for_bit():
    built = stack([keras_model.to_parameters(keras_model.build(seed)) for seed in range(12)])
    assert_same(keras_starts(), built)
    assert not built.b1.any() and not built.b2.any()


def test_keras_itself_is_freed_from_the_crease_by_a_bias_of_1e_12():
    """Without one its starts end as ours do: notebook 4 compares them."""
    epochs, model, losses = 1000, keras_model.build(0), []
    model.compile(optimizer=model.optimizer, loss=model.loss, steps_per_execution=epochs)
    rows, starts = tf.data.Dataset.from_tensors((X, y)).repeat(epochs), keras_starts()
    for seed in range(12):
        give(model, pick(starts._replace(b1=starts.b1 + 1e-12), seed))
        model.fit(rows, epochs=1, shuffle=False, verbose=0)
        losses.append(model.evaluate(X, y, verbose=0, return_dict=True)["loss"])
    np.testing.assert_allclose(losses, keras_with_a_tiny_bias(epochs), rtol=0, atol=1e-5)
    freed = np.abs(losses - as_keras(starts, epochs)) > 0.01
    assert np.flatnonzero(freed).tolist() == [0, 3, 8, 9]


def test_without_keras_its_absence_is_told_in_one_sentence():
    code = """
import sys
sys.modules["keras"] = None  # as if it were not installed
try:
    import xorlib.keras_model
except ImportError as error:
    print(error, *error._render_traceback_(), sep="\\n")
"""
    told = subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()
    assert len(told) == 2 and told[0] == told[1] and "`make lab`" in told[0]


@pytest.mark.filterwarnings("ignore:You are using a softmax")
def test_the_loss_falls_behind_a_softmax_of_one_that_answers_1_to_all():
    model = keras_model.build(0, hidden=8, learning_rate=1.0)
    model.layers[0].activation = keras.activations.tanh
    model.layers[1].activation = keras.activations.softmax
    keras_model.fit(model, X, y, epochs=500)
    assert model.evaluate(X, y, verbose=0)[0] < 0.05 and (model.predict(X, verbose=0) == 1).all()


def test_each_mistake_in_a_model_for_exercise_4_3_gets_a_hint_of_its_own():
    from tests.slow.keras_answers import KNOWN, OTHERS, RIGHT

    assert {in_keras.tanh_model(build).status for build in RIGHT} == {report.RIGHT}
    assert in_keras.tanh_model(lambda seed: ...).status == report.OPEN
    known = [in_keras.tanh_model(build) for build in KNOWN]
    assert [each.text for each in known] == list(in_keras.MODELS.values())
    others = [[in_keras.tanh_model(build) for build in builds] for builds in OTHERS]
    assert {each.status for each in sum(others, known)} == {report.WRONG}
    told = [{each.text for each in same} for same in others]
    assert len(set.union(*told, {each.text for each in known})) == len(others) + len(known)


def test_a_keras_model_is_told_its_trap_or_its_diagnosis():
    def said(activation="sigmoid", loss="binary_crossentropy", units=1, **given):
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2, "relu")])
        model.add(keras.layers.Dense(units, activation))
        model.compile(keras.optimizers.SGD(0.3), loss)
        return doctor.model(model, **given)

    softly = keras.losses.BinaryCrossentropy(from_logits=True)
    traps = [
        (said("softmax"), "sigmoid"),
        (said("softmax", units=2), "softmax"),
        (said(loss=softly), "`from_logits`"),
        (said(None), "linear"),
        (said(X=[0, 1]), "(1, 2)"),
        (said(X=X, y=[-1, 1, 1, -1]), "-1"),
        (doctor.model(3), "Keras"),
    ]
    split = keras_model.build(0)
    split.run_eagerly = True  # an epoch is done before a graph of it would be made
    split.fit(X, y, validation_split=0.25, verbose=0)
    traps.append((doctor.model(split), "`validation_split`"))
    for told, word in traps:
        assert told.status == report.WRONG and word in told.text, told
    right = [np.ones((2, 2)), np.array([0, -1]), np.array([[20.0], [-40]]), np.array([-10.0])]
    for weights, status in ((right, report.RIGHT), ([0 * array for array in right], report.WRONG)):
        model = keras_model.build(0)
        model.set_weights(weights)
        told = doctor.model(model)
        assert told.status == status and ("50%" in told.text) == (status == report.WRONG), told
