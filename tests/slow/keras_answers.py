"""Answers to exercise 4.3, the model in Keras: right in several forms, and every mistake."""

from xorlib.keras_model import keras  # which loads TensorFlow quietly

Dense, SGD, ADAM = keras.layers.Dense, keras.optimizers.SGD, keras.optimizers.Adam


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


RIGHT = [
    model(two, hidden(), output()),
    functional,
    model(two, hidden(), output(), loss=keras.losses.binary_crossentropy),
    model(two, hidden(None), separate("tanh"), output(None), separate("sigmoid")),
]
KNOWN = [  # in the order of the hints
    model(two, hidden("relu"), output()),
    model(two, hidden(), output("tanh")),
    model(two, hidden("sigmoid"), output("tanh")),
    model(two, hidden("sigmoid"), output()),
    model(two, hidden(), output(None)),
    model(two, hidden(None), output()),
]
OTHERS = [  # two in one line have the same mistake
    [model(two, hidden("gelu"), output())],
    [model(two, hidden(units=3), output())],
    [model(two, hidden(), output(), compiled=False)],
    [model(hidden(), output())],  # not built
    [model(two, hidden(), output(), loss="mse")],
    [model(two, hidden(), output(), rate=0.1), model(two, hidden(), output(), optimizer=ADAM)],
    [model(two, hidden(), output(), seed=0)],
    [model(two, hidden(), output(), seed="not set")],
    [lambda seed: seed],
    [lambda seed: None],
    [functional(1)],  # not the function itself
]
