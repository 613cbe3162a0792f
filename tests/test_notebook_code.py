"""What the notebooks write out and what xorlib holds are the same thing."""

import ast

import numpy as np
import pytest

from tests import facts
from tests.facts import X, Y, cells
from tests.networks import assert_same, central_differences, normal_parameters, widest_gap
from xorlib import network, training
from xorlib.data import noisy_xor


def defined_in(number, **names):
    """Run the function definitions of a notebook, and none of its other lines."""
    code = [cell["source"] for cell in cells(int(number)) if cell["cell_type"] == "code"]
    lines = [node for source in code for node in ast.parse(source).body]
    definitions = [node for node in lines if isinstance(node, ast.FunctionDef)]
    namespace = {"np": np, **names}
    exec(compile(ast.Module(definitions, []), f"notebook {number}", "exec"), namespace)
    return namespace


def test_sigmoid_and_its_derivative():
    z = np.linspace(-30, 30, 601)
    for number in ("01", "02"):
        a = defined_in(number)["sigmoid"](z)
        np.testing.assert_array_equal(a, network.sigmoid(z))
    written = defined_in("02")["sigmoid_derivative_from_activation"]
    np.testing.assert_array_equal(
        written(a), network.ACTIVATIONS["sigmoid"].derivative_from_activation(a)
    )


@pytest.mark.parametrize("seed", [42, 0, 7])
def test_the_network_from_scratch_is_that_of_xorlib(seed):
    written = defined_in("02", X=X, y=Y)
    start = written["start"](seed)
    ours = network.uniform_parameters(seed)
    assert_same(network.Parameters(*start), ours)

    z1, a1, z2, a2 = written["forward"](X, *start)
    for a, b in zip((z1, a1, z2, a2), network.forward(ours, X), strict=True):
        np.testing.assert_array_equal(a, b)
    gradient = network.Parameters(*written["backward"](X, Y, start[2], a1, a2))
    assert_same(gradient, network.backward(ours, X, Y))
    half = written["half_squared_error"](*start)
    assert half == pytest.approx(network.objective(ours, X, Y), rel=1e-15)

    *ended, losses = written["train"](*start, epochs=1000)
    history = training.train(ours, X, Y, learning_rate=0.1, epochs=1000)
    np.testing.assert_allclose(losses, history.losses, rtol=1e-15)
    assert_same(network.Parameters(*ended), history.parameters)


def test_central_difference():
    written = defined_in("03", Parameters=network.Parameters)["central_difference"]
    of_objective = (lambda p: network.objective(p, X, Y)), network.uniform_parameters(42)
    assert_same(written(*of_objective), central_differences(*of_objective))


def test_hessian_is_the_measured_slope_of_each_part_of_the_gradient():
    names = {"Parameters": network.Parameters, "backward": network.backward, "X": X, "y": Y}
    some = normal_parameters(3)

    def flat(parameters):
        return np.concatenate([array.ravel() for array in parameters.arrays])

    def part(k):
        return lambda parameters: flat(network.backward(parameters, X, Y))[k]

    measured = [flat(central_differences(part(k), some)) for k in range(9)]
    np.testing.assert_allclose(defined_in("03", **names)["hessian"](some), measured, atol=1e-8)


def test_separable_agrees_with_a_search_over_all_directions():
    separable = defined_in("03")["separable"]
    generator = np.random.default_rng(5)
    for _ in range(200):
        points = generator.uniform(size=(4, 2))
        gap = widest_gap(points)
        if abs(gap) > 1e-3:  # closer than that would need a finer search
            assert separable(points) == (gap > 0)


def test_the_gradients_of_twenty_samples_are_those_of_each():
    written = defined_in("07", sigmoid=network.sigmoid)
    samples = [noisy_xor(12, seed, 0.3) for seed in range(3)]
    networks = [network.glorot_parameters(seed, hidden=5) for seed in range(3)]
    together = written["gradients"](
        [np.stack(arrays) for arrays in zip(*(each.arrays for each in networks), strict=True)],
        *(np.stack(arrays) for arrays in zip(*samples, strict=True)),
    )
    for k, sample in enumerate(samples):
        alone = network.backward(networks[k], *sample, "cross_entropy")
        for ours, theirs in zip(together, alone.arrays, strict=True):
            np.testing.assert_allclose(ours[k], theirs, rtol=1e-12, atol=1e-15)


def trainer():
    """Return the functions of notebook 8, with xorlib's activations for those it writes out."""
    kinds = network.ACTIVATIONS.items()
    functions = {name: kind.function for name, kind in kinds}
    slopes = {name: kind.derivative_from_activation for name, kind in kinds}
    names = {"X": X, "y": Y, "usual": None, "FUNCTIONS": functions, "SLOPES": slopes}
    return defined_in("08", **names)


@pytest.mark.parametrize("hidden", network.ACTIVATIONS)
@pytest.mark.parametrize("output", ["sigmoid", "tanh"])
def test_backward_through_any_layers_is_the_measured_slope(hidden, output):
    written, draw = trainer(), np.random.default_rng(2).normal
    shapes = [[(1, m, n), (1, 1, n)] for m, n in ((2, 3), (3, 4), (4, 1))]
    layers = [[draw(size=shape) for shape in layer] for layer in shapes]

    gradient = written["backward"](layers, X, Y, hidden, output)
    for arrays, slopes in zip(layers, gradient, strict=True):
        for array, slope in zip(arrays, slopes, strict=True):
            for place in np.ndindex(array.shape):

                def loss(value, array=array, place=place):
                    array[place] = value
                    return np.sum((written["forward"](layers, X, hidden, output)[-1] - Y) ** 2) / 2

                value = float(array[place])
                assert slope[place] == pytest.approx(facts.slope(loss, value), abs=1e-8)
                array[place] = value


@pytest.mark.parametrize("batch, momentum, bias", [(4, 0, True), (1, 0, True), (4, 0.9, False)])
def test_the_trainer_for_any_layers_takes_the_steps_of_xorlib(batch, momentum, bias):
    start = network.uniform_parameters(3)
    W1, b1, W2, b2 = (array[np.newaxis] for array in start.arrays)
    settings = {"rate": 0.5, "epochs": 50, "margin": 0, "batch": batch, "momentum": momentum}
    learned, ended = trainer()["train"]([[W1, b1], [W2, b2]], bias=bias, **settings)
    assert np.isinf(learned).all()

    ours, steps = start, [0, 0, 0, 0]
    moves = [1, bias, 1, bias]
    for _ in range(50):
        for rows in np.arange(4).reshape(-1, batch):
            gradient = network.backward(ours, X[rows], Y[rows]).arrays
            pairs = zip(steps, gradient, moves, strict=True)
            steps = [momentum * step - 0.5 * move * slope for step, slope, move in pairs]
            pairs = zip(ours.arrays, steps, strict=True)
            ours = network.Parameters(*(array + step for array, step in pairs))
    theirs = network.Parameters(*(array[0] for layer in ended for array in layer))
    assert_same(theirs, ours, rtol=1e-12)
