"""Draw docs/picture.png, the picture at the top of the README, from a real training run."""

from pathlib import Path

from xorlib.data import truth_table
from xorlib.network import uniform_parameters
from xorlib.plotting.curves import plot_losses
from xorlib.plotting.page import panels, png_bytes
from xorlib.plotting.planes import plot_hidden_space, plot_input_plane
from xorlib.training import train

PATH = Path(__file__).resolve().parent.parent / "docs" / "picture.png"


def draw():
    """Return the figure: notebook 2's network in its two planes, and its loss."""
    history = train(uniform_parameters(42), *truth_table(), learning_rate=0.1, epochs=10_000)
    figure, (plane, hidden, loss) = panels(3)
    plot_input_plane(history.parameters, plane, title="two lines enclose XOR")
    plot_hidden_space(history.parameters, hidden).set_title("inside, one line is enough")
    plot_losses(history.losses, loss).set_title("a plateau, then insight")
    return figure


if __name__ == "__main__":
    PATH.write_bytes(png_bytes(draw()))
