"""The same network in Keras: built, trained without waiting, its weights carried across.

The one module of xorlib that imports TensorFlow: on the CPU, for nine numbers gain nothing from a
GPU, and, where it is the first to import it, without the start-up lines.
"""

import os
from typing import NamedTuple

import numpy as np

from xorlib import arguments
from xorlib.network import ACTIVATIONS, Parameters, _checked_data, _checked_parameters


class MissingKerasError(ImportError):
    """What a notebook shows of it is its one sentence, without a traceback."""

    def _render_traceback_(self):
        return [str(self)]


# These count only if neither Keras nor TensorFlow has been imported yet; nothing depends on them.
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # it changes losses in the seventh digit
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
# C++ code writes start-up lines to file descriptor 2, behind Python's back: point it away.
stderr = os.dup(2)
with open(os.devnull, "w") as nowhere:
    os.dup2(nowhere.fileno(), 2)
try:
    import keras
    import tensorflow as tf

    tf.zeros(1) + 1  # the first operation starts the runtime, which has lines of its own
except ModuleNotFoundError:
    raise MissingKerasError(
        "Here Keras and TensorFlow are missing, which this part of the notebooks is about:"
        " `make lab` installs them (without LIGHT=1, with Python 3.11, 3.12 or 3.13)."
    ) from None
finally:
    os.dup2(stderr, 2)
    os.close(stderr)
if keras.config.backend() != "tensorflow":
    raise ImportError(f"Keras must run on TensorFlow, but runs on {keras.config.backend()}")


class KerasHistory(NamedTuple):
    """How many updates the network had seen, 0 first and all last, and its losses: (points,)."""

    epochs: np.ndarray
    losses: np.ndarray


def build(seed, hidden=2, learning_rate=0.3):
    """Return the Keras model of the notebooks, seeded and compiled.

    Dense(hidden, relu), Dense(1, sigmoid); plain SGD on the mean binary cross-entropy; accuracy.
    Weights are Glorot-uniform, biases zero. `seed`, from 0 to 2³² - 1, is for
    ``keras.utils.set_random_seed``, which also seeds Python's and NumPy's global generators.
    """
    seed = arguments.whole_number("seed", seed, 0, 2**32 - 1)
    hidden = arguments.whole_number("hidden", hidden, 1, 10**5)
    learning_rate = arguments.positive("learning_rate", learning_rate, most=1e6)
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(hidden, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    descent = keras.optimizers.SGD(learning_rate=learning_rate)
    model.compile(optimizer=descent, loss="binary_crossentropy", metrics=["accuracy"])
    return model


def fit(model, X, y, epochs):
    """Train as ``model.fit(X, y, epochs=epochs, shuffle=False)`` does, without the wait.

    The updates are the same, to the last bit of the weights; notebook 04 shows where the time of
    the usual way goes. Here one call of a compiled graph repeats Keras's own update for a
    hundredth of the epochs, on rows that stay where they are.

    `model` is built and compiled, and trained in place, without its metrics; `X`, (n, inputs), and
    `y`, (n, 1), are one batch. Returns a `KerasHistory` of the loss at epoch 0 and then at 100 or
    more epochs, evenly spaced but for the last (at every epoch if there are fewer than 200).
    """
    if not (isinstance(model, keras.Model) and model.built and model.compiled):
        raise arguments.refusal("model", "be a built and compiled Keras model", model)
    X, y = _checked_data(model.input_shape[1], X, y, "cross_entropy")
    epochs = arguments.whole_number("epochs", epochs, 1)
    X, y = tf.constant(X, tf.float32), tf.constant(y, tf.float32)

    # The same layers and optimiser under another name: `model` keeps its own settings.
    twin = keras.Model(model.inputs, model.outputs)
    twin.compile(optimizer=model.optimizer, loss=model.loss)

    @tf.function
    def loss_after(updates):
        for _ in tf.range(updates):
            twin.train_step((X, y))
        return twin.compute_loss(x=X, y=y, y_pred=twin(X))

    seen = np.append(np.arange(0, epochs, max(1, epochs // 100)), epochs)
    losses = [float(loss_after(tf.constant(updates))) for updates in np.diff(seen, prepend=0)]
    return KerasHistory(seen, np.array(losses))


def to_parameters(model):
    """Return the weights and the activation of a Keras 2-h-1 model, a float64 `Parameters`.

    The model must be two dense layers with biases and nothing else: hidden units with an activation
    that `Parameters` knows, and one output with a sigmoid.
    """
    if not isinstance(model, keras.Model):
        raise arguments.refusal("model", "be a Keras model", model)
    # A model that is wired by hand may hold operations that are no layers.
    parts = [type(part).__name__ for part in getattr(model, "operations", model.layers)]
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    if [part for part in parts if part != "InputLayer"] != ["Dense", "Dense"]:
        raise arguments.refusal("model", "be two dense layers and nothing else", parts, "has")
    weights = model.get_weights()
    if len(weights) != 4:
        shapes = [weight.shape for weight in weights]
        raise arguments.refusal("model", "have weights W1, b1, W2, b2", shapes, "has shapes")
    names = [getattr(layer.activation, "__name__", repr(layer.activation)) for layer in dense]
    if names not in [[name, "sigmoid"] for name in ACTIVATIONS]:
        wanted = f"have the activations one of {', '.join(ACTIVATIONS)}, then sigmoid"
        raise arguments.refusal("model", wanted, names, "has")
    W1, b1, W2, b2 = weights
    return _checked_parameters(Parameters(W1, b1.reshape(1, -1), W2, b2.reshape(1, -1), names[0]))
