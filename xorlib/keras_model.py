"""The same network in Keras: built, trained without waiting, its weights carried both ways.

The one module of xorlib that imports TensorFlow. It does so without the library's start-up
lines, and on the CPU only: nine parameters gain nothing from a GPU, and figures stay the
same from machine to machine. Import it before anything else that imports TensorFlow.
"""

import contextlib
import os
from typing import NamedTuple

import numpy as np

from xorlib import validation
from xorlib.activations import ACTIVATIONS
from xorlib.parameters import Parameters, checked_parameters


@contextlib.contextmanager
def silent_stderr():
    """Point file descriptor 2 away: C++ code writes to it behind Python's back."""
    saved = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # it changes losses in the seventh digit
with silent_stderr():
    import keras
    import tensorflow as tf

    tf.config.set_visible_devices([], "GPU")
    tf.zeros(1) + 1  # the first operation starts the runtime, which has lines of its own


class KerasHistory(NamedTuple):
    """How a run of `fit` went, at some hundred epochs of it.

    Attributes
    ----------
    epochs : ndarray of int, shape (points,)
        How many updates the network had seen: 0 first, all of them last.
    losses : ndarray of float64, shape (points,)
        The model's loss then; for the model of `build` the mean cross-entropy in nats.
    """

    epochs: np.ndarray
    losses: np.ndarray


def compiled(hidden, learning_rate, activation):
    """Return the compiled 2-h-1 model, its weights fresh from Keras's seed."""
    model = keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(hidden, activation=activation),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate),
        loss="binary_crossentropy",
        metrics=["accuracy"],
    )
    return model


def build(seed, hidden=2, learning_rate=0.3):
    """Return the Keras model of the notebooks, seeded and compiled.

    Dense(hidden, relu), Dense(1, sigmoid); plain SGD; binary cross-entropy; accuracy.
    Weights are Glorot-uniform, biases zero.

    Parameters
    ----------
    seed : int
        From 0 to 2³² - 1, for ``keras.utils.set_random_seed``, which also seeds Python's
        and NumPy's global generators.
    hidden : int
        Number of hidden ReLU units, at least 1.
    learning_rate : float
        Above 0, on the mean cross-entropy.

    Returns
    -------
    keras.Sequential

    Raises
    ------
    ValueError
        If an argument is not a number in its range.
    """
    seed = validation.whole_number("seed", seed, 0, 2**32 - 1)
    hidden = validation.whole_number("hidden", hidden, 1)
    learning_rate = validation.positive_number("learning_rate", learning_rate)
    keras.utils.set_random_seed(seed)
    return compiled(hidden, learning_rate, "relu")


class Recorder(keras.callbacks.Callback):
    """Notes the loss on all rows after every execution of several updates."""

    def __init__(self, X, y, last, bar):
        super().__init__()
        self.X, self.y, self.last, self.bar = X, y, last, bar
        self.epochs, self.losses = [], []

    def note(self, epoch):
        """Store the loss after that many epochs, and move the bar."""
        self.bar.update(epoch - (self.epochs[-1] if self.epochs else 0))
        self.epochs.append(epoch)
        self.losses.append(float(self.loss()))

    def on_train_begin(self, logs=None):
        """Note the loss of the start."""
        # Compiled: a hundred looks at the loss would otherwise take longer than the training.
        self.loss = tf.function(
            lambda: self.model.compute_loss(x=self.X, y=self.y, y_pred=self.model(self.X))
        )
        self.note(0)

    def on_train_batch_end(self, batch, logs=None):
        """Note the loss after one execution."""
        # Keras counts whole executions, though the last one stops where the data end.
        self.note(min(batch + 1, self.last))


def fit(model, X, y, epochs, progress=False):
    """Train as ``model.fit(X, y, epochs=epochs, shuffle=False)`` does, without the wait.

    The updates are the same, to the last bit of the weights. On four rows nearly all of
    `model.fit`'s time goes into preparing, between epochs, what then takes microseconds;
    here all epochs are one long pass over a data set that repeats the rows, and up to a
    hundredth of them run in one call of the compiled graph.

    Parameters
    ----------
    model : keras.Model
        Compiled; trained in place.
    X : array_like, shape (n, inputs)
        All rows are one batch.
    y : array_like, shape (n, 1)
        Targets; in [0, 1] for a model whose loss is "binary_crossentropy".
    epochs : int
        Number of updates, at least 1.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    KerasHistory
        The loss at epoch 0 and then at 100 or more epochs, evenly spaced but for the last
        (at every epoch if there are fewer than 200).

    Raises
    ------
    ValueError
        If `model` is no compiled Keras model, a shape does not fit, a target lies outside
        [0, 1] for the cross-entropy, or `epochs` is not a whole number of at least 1.
    """
    if not getattr(model, "compiled", False):
        raise ValueError(f"model must be a compiled Keras model, but is {model!r}")
    X = tf.constant(validation.array("X", X, ("n", model.input_shape[1])), tf.float32)
    y = validation.array("y", y, (len(X), 1))
    if model.loss == "binary_crossentropy":
        validation.unit_interval("y", y)
    y = tf.constant(y, tf.float32)
    epochs = validation.whole_number("epochs", epochs, 1)
    rows = tf.data.Dataset.from_tensors((X, y)).repeat(epochs)

    from tqdm.auto import tqdm  # not at the top: in a notebook it imports ipywidgets

    usual = model.steps_per_execution
    set_steps_per_execution(model, max(1, epochs // 100))
    try:
        with tqdm(total=epochs, unit="epoch", desc="training", disable=not progress) as bar:
            recorder = Recorder(X, y, epochs, bar)
            model.fit(rows, epochs=1, shuffle=False, verbose=0, callbacks=[recorder])
    finally:
        set_steps_per_execution(model, usual)
    return KerasHistory(np.array(recorder.epochs), np.array(recorder.losses))


def set_steps_per_execution(model, steps):
    """Let each call of the model's training graph make that many updates."""
    model.steps_per_execution = steps
    model.make_train_function(force=True)


def to_parameters(model):
    """Return the weights of a Keras 2-h-1 model as float64 `Parameters`.

    Raises
    ------
    ValueError
        If `model` is no Keras model of two dense layers with biases and one output.
    """
    if not isinstance(model, keras.Model):
        raise ValueError(f"model must be a Keras model, but is {model!r}")
    weights = [np.asarray(weight) for weight in model.get_weights()]
    if [weight.ndim for weight in weights] != [2, 1, 2, 1]:
        shapes = [weight.shape for weight in weights]
        raise ValueError(f"model must have weights W1, b1, W2, b2, but has shapes {shapes}")
    W1, b1, W2, b2 = weights
    return checked_parameters(Parameters(W1, b1.reshape(1, -1), W2, b2.reshape(1, -1)))


def from_parameters(parameters, learning_rate=0.3, activation="relu"):
    """Return the compiled Keras model that has these weights, rounded to float32.

    Parameters
    ----------
    parameters : Parameters
        Of a 2-h-1 network.
    learning_rate : float
        Above 0, on the mean cross-entropy.
    activation : {"relu", "sigmoid", "leaky_relu"}
        What the hidden units use.

    Returns
    -------
    keras.Sequential

    Raises
    ------
    ValueError
        If a shape does not fit, a number is out of range or `activation` is unknown.
    """
    parameters = checked_parameters(parameters)
    validation.array("W1", parameters.W1, (2, "hidden"))
    learning_rate = validation.positive_number("learning_rate", learning_rate)
    validation.choice("activation", activation, ACTIVATIONS)
    model = compiled(parameters.W1.shape[1], learning_rate, activation)
    W1, b1, W2, b2 = parameters
    model.set_weights([W1, b1.ravel(), W2, b2.ravel()])
    return model
