"""The check of the Keras model in exercise 4.3: right in several forms, and every mistake."""

import pytest

from xorlib import keras_model  # noqa: F401 - first: it loads TensorFlow quietly

import keras  # isort: skip

from classroom.checks import in_keras

Dense, SGD = keras.layers.Dense, keras.optimizers.SGD


def model(*layers, loss="binary_crossentropy", optimizer=SGD, rate=0.3, compiled=True, seed=None):
    """Return a function that builds a model from functions that make its layers."""

    def build(given):
        if seed != "not set":
            keras.utils.set_random_seed(given if seed is None else seed)
        made = keras.Sequential([layer() for layer in layers])
        if compiled:
            made.compile(optimizer=optimizer(rate), loss=loss)
        return made

    return build


def two():
    return keras.Input(shape=(2,))


def hidden(activation="tanh", units=2):
    return lambda: Dense(units, activation)


def output(activation="sigmoid"):
    return lambda: Dense(1, activation)


def functional(seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(shape=(2,))
    made = keras.Model(inputs, Dense(1, "sigmoid")(Dense(2, "tanh")(inputs)))
    made.compile(SGD(0.3), keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    return made


def separate(activation):
    return lambda: keras.layers.Activation(activation)


ANSWERS = [
    ("✓ Right.", model(two, hidden(), output())),
    ("✓ Right.", functional),
    ("✓ Right.", model(two, hidden(), output(), loss=keras.losses.binary_crossentropy)),
    ("✓ Right.", model(two, hidden(None), separate("tanh"), output(None), separate("sigmoid"))),
    ("… Not answered yet.", lambda seed: ...),
    ("The hidden units are still ReLUs", model(two, hidden("relu"), output())),
    ("The output unit is a tanh", model(two, hidden(), output("tanh"))),
    ("The two activations are swapped", model(two, hidden("sigmoid"), output("tanh"))),
    ("sigmoids, not tanh", model(two, hidden("sigmoid"), output())),
    ("The output unit has no activation", model(two, hidden(), output(None))),
    ("The hidden units have no activation", model(two, hidden(None), output())),
    ("does not answer as one with tanh", model(two, hidden("gelu"), output())),
    ("A 2-2-1 network was asked for", model(two, hidden(units=3), output())),
    ("not compiled", model(two, hidden(), output(), compiled=False)),
    ("not built", model(hidden(), output())),
    ("The same loss", model(two, hidden(), output(), loss="mse")),
    ("The same optimiser", model(two, hidden(), output(), rate=0.1)),
    ("The same optimiser", model(two, hidden(), output(), optimizer=keras.optimizers.Adam)),
    ("Every seed gives the same weights", model(two, hidden(), output(), seed=0)),
    ("The same seed gives other weights", model(two, hidden(), output(), seed="not set")),
    ("must return a Keras model, but this is `1`, of type int", lambda seed: seed),
    ("must return a Keras model, but this is `None`", lambda seed: None),
    ("Hand over the function `build` itself", functional(1)),
]


@pytest.mark.parametrize(("words", "build"), ANSWERS, ids=[words for words, _ in ANSWERS])
def test_what_is_said_of_a_model(words, build):
    result = in_keras.tanh_model(build)
    assert words in repr(result)
    assert (result.status == "right") == words.startswith("✓")
