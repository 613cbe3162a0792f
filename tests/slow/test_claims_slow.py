"""What the notebooks claim in words, as in tests/test_claims.py: what takes seconds to count."""

from pathlib import Path

import numpy as np

from tests.facts import X, Y, run
from xorlib import keras_model, network
from xorlib.ensemble import starts, train_ensemble

UNIFORM = starts(2000, seed=1, start="uniform", activation="sigmoid")


def ended(start):
    """Return the parameters of those of some networks that solve XOR as notebook 2's does."""
    result = train_ensemble(start, X, Y, learning_rate=0.1, epochs=10_000)
    solved = result.final_losses < 0.01
    return network.Parameters(*(array[solved] for array in result.parameters.arrays), "sigmoid")


def test_positive_starts_mostly_keep_their_hidden_weights_positive():
    assert (ended(UNIFORM).W1 > 0).all(axis=(1, 2)).mean() > 0.95


def test_from_weights_of_both_signs_one_pair_of_hidden_units_is_usual():
    solved = ended(network.Parameters(*(2 * array - 1 for array in UNIFORM.arrays)))
    on = network.forward(solved, X).a1 > 0.5
    codes = np.sort([8, 4, 2, 1] @ on.astype(int))  # each unit's rows as the digits of a number
    pairs, counts = np.unique(codes, axis=0, return_counts=True)
    assert pairs[counts.argmax()].tolist() == [0b0100, 0b1101]


def test_ten_times_the_rate_arrives_ten_times_as_soon():
    arrival = [np.argmax(run(rate, round(400 / rate)).losses < 0.1) for rate in (0.01, 0.1, 1)]
    ratios = np.divide(arrival[:-1], arrival[1:])
    assert ((ratios > 9) & (ratios < 11)).all()


def test_keras_keeps_the_logit_with_tensorflow_alone_and_caps_the_loss_without_it():
    engines = Path(keras_model.keras.__file__).parent / "src" / "backend"
    behind = {
        engine: "_keras_logits" in (engines / engine / "nn.py").read_text(encoding="utf-8")
        for engine in ("tensorflow", "jax", "torch")
    }
    assert behind == {"tensorflow": True, "jax": False, "torch": False}
    z = keras_model.tf.Variable([[40.0]])
    with keras_model.tf.GradientTape() as tape:  # TensorFlow's own sigmoid keeps no logit
        cost = keras_model.keras.losses.binary_crossentropy([[0.0]], keras_model.tf.sigmoid(z))
    assert 15.9 < float(cost[0]) < 16.2 and not tape.gradient(cost, z).numpy().any()
