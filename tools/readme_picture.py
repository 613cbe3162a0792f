"""Draw docs/picture.png, the picture at the top of the README, from a real training run."""

from pathlib import Path

import matplotlib

from xorlib import plotting
from xorlib.data import truth_table
from xorlib.network import predict, uniform_parameters
from xorlib.training import train

PATH = Path(__file__).resolve().parent.parent / "docs" / "picture.png"


def draw():
    """Return the figure: notebook 2's network in its three planes."""
    X, y = truth_table("xor")
    history = train(uniform_parameters(42), X, y, learning_rate=0.1, epochs=10_000)
    trained = history.parameters

    figure, (plane, hidden, loss) = plotting.panels(3)
    plotting.plot_decision_surface(lambda points: predict(trained, points), plane)
    plotting.plot_hidden_lines(trained, plane)
    plotting.plot_points(X, y, plane)
    plane.set_title("two lines enclose XOR")
    plotting.plot_hidden_space(trained, X, y, ax=hidden)
    hidden.set_title("inside, one line is enough")
    plotting.plot_loss(history.losses, loss)
    loss.set_title("a plateau, then insight")
    return figure


def main():
    """Store the picture."""
    matplotlib.use("Agg")
    PATH.write_bytes(plotting.png_bytes(draw()))


if __name__ == "__main__":
    main()
