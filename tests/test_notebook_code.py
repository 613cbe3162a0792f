"""What the notebooks write out and what xorlib holds are the same thing."""

import ast
from pathlib import Path

import nbformat
import numpy as np
import pytest

from xorlib import activations, data, gradients, network, training

FOLDER = Path(__file__).parent.parent / "notebooks"


def defined_in(number, **names):
    """Run the function definitions of a notebook, none of its other lines."""
    (path,) = FOLDER.glob(f"{number}_*.ipynb")
    cells = [c for c in nbformat.read(path, as_version=4).cells if c.cell_type == "code"]
    definitions = [
        node
        for cell in cells
        for node in ast.parse(cell.source).body
        if isinstance(node, ast.FunctionDef)
    ]
    namespace = {"np": np, **names}
    exec(compile(ast.Module(definitions, []), path.name, "exec"), namespace)
    return namespace


X, y = data.truth_table("xor")


@pytest.mark.parametrize("number", ["01", "02"])
def test_sigmoid(number):
    z = np.linspace(-30, 30, 601)
    written = defined_in(number)
    np.testing.assert_array_equal(written["sigmoid"](z), activations.sigmoid(z))


@pytest.mark.parametrize("seed", [42, 0, 7])
def test_network_from_scratch_is_that_of_xorlib(seed):
    written = defined_in("02", X=X, y=y)
    start = written["start"](seed)
    for a, b in zip(start, network.uniform_parameters(seed), strict=True):
        np.testing.assert_array_equal(a, b)

    z1, a1, z2, a2 = written["forward"](X, *start)
    for a, b in zip((z1, a1, z2, a2), network.forward(network.Parameters(*start), X), strict=True):
        np.testing.assert_array_equal(a, b)

    ours = network.backward(network.Parameters(*start), X, y)
    for a, b in zip(written["backward"](X, y, start[2], a1, a2), ours, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-14)  # the same products, other brackets

    *ended, losses = written["train"](*start, epochs=1000)
    history = training.train(network.Parameters(*start), X, y, learning_rate=0.1, epochs=1000)
    np.testing.assert_allclose(losses, history.losses, rtol=1e-12)
    for a, b in zip(ended, history.parameters, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)


def test_half_squared_error_is_the_objective():
    written = defined_in("02", X=X, y=y)
    start = network.uniform_parameters(42)
    assert written["half_squared_error"](*start) == pytest.approx(
        network.objective(start, X, y), rel=1e-15
    )


def test_central_difference():
    written = defined_in("03", Parameters=network.Parameters)
    start = network.uniform_parameters(42)

    def loss(parameters):
        return network.objective(parameters, X, y)

    ours = gradients.numerical_gradient(loss, start)
    for a, b in zip(written["central_difference"](loss, start), ours, strict=True):
        np.testing.assert_array_equal(a, b)


def test_separable_agrees_with_a_search_over_all_directions():
    separable = defined_in("03")["separable"]
    generator = np.random.default_rng(5)
    angles = np.linspace(0, 2 * np.pi, 3601)
    directions = np.stack([np.cos(angles), np.sin(angles)])
    for _ in range(200):
        points = generator.uniform(size=(4, 2))
        heights = points @ directions
        gap = heights[[1, 2]].min(axis=0) - heights[[0, 3]].max(axis=0)
        if abs(gap.max()) > 1e-3:  # nearer than that, a finer search would be needed
            assert separable(points) == (gap.max() > 0)


def test_keras_model():
    from xorlib import keras_model

    written = defined_in("04", keras=keras_model.keras)["build"](5, learning_rate=0.1)
    ours = keras_model.build(5, learning_rate=0.1)
    for a, b in zip(written.get_weights(), ours.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    for model in (written, ours):
        assert [layer.activation.__name__ for layer in model.layers] == ["relu", "sigmoid"]
        assert model.loss == "binary_crossentropy"
        assert type(model.optimizer).__name__ == "SGD"
        assert float(model.optimizer.learning_rate) == pytest.approx(0.1)
