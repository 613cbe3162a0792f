"""How the cost of an ensemble grows with networks, hidden units and epochs; and a picture."""

import matplotlib.pyplot as plt
from matplotlib.ticker import NullLocator

from benchmarks.timing import best_times, duration
from xorlib.data import truth_table
from xorlib.ensemble import starts, train_ensemble

X, y = truth_table("xor")
RELU = {"learning_rate": 0.3, "activation": "relu", "loss": "cross_entropy"}


def seconds(cases, turns):
    """Return the best time of `train_ensemble` for each (networks, hidden, epochs)."""

    def contender(networks, hidden, epochs):
        begin = starts(networks, seed=0, hidden=hidden)
        return lambda: train_ensemble(begin, X, y, epochs=epochs, **RELU)

    return best_times({case: contender(*case) for case in cases}, turns)


def measure():
    """Return three series: title, axis label, and points of (size, seconds).

    Networks and widths are given for one epoch.
    """
    budget = 1_000_000  # networks times epochs, or thereabouts
    by_networks = [(n, 2, max(30, min(1000, budget // n))) for n in (10**k for k in range(6))]
    times = seconds(by_networks, turns=5) | seconds([(1_000_000, 2, 30)], turns=2)
    networks = [(n, t / epochs) for (n, _, epochs), t in times.items()]

    by_width = [(2000, h, max(30, 600 // h)) for h in (2, 4, 8, 16, 32, 64)]
    widths = [(h, t / epochs) for (_, h, epochs), t in seconds(by_width, turns=3).items()]

    by_epochs = [(1000, 2, epochs) for epochs in (1, 10, 100, 1000, 10_000)]
    epochs = [(epochs, t) for (_, _, epochs), t in seconds(by_epochs, turns=3).items()]
    return [
        ("One epoch, 2 hidden units", "networks", networks),
        ("One epoch of 2000 networks", "hidden units", widths),
        ("1000 networks, 2 hidden units", "epochs", epochs),
    ]


def lines(series):
    """Return the series as Markdown."""
    for title, label, points in series:
        yield f"| {label} | " + " | ".join(f"{size:,}" for size, _ in points) + " |"
        yield "|---|" + "---|" * len(points)
        yield f"| {title} | " + " | ".join(duration(t) for _, t in points) + " |"
        yield ""


def plot(series, path):
    """Draw the series side by side, with both axes logarithmic, and save the picture."""
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.6), layout="constrained")
    for ax, (title, label, points) in zip(panels, series, strict=True):
        sizes, times = zip(*points, strict=True)
        # In proportion to the last point: what the cost would be if it were all arithmetic.
        ax.plot(
            sizes,
            [times[-1] * size / sizes[-1] for size in sizes],
            "--",
            color="#777777",
            label="in proportion",
        )
        ax.plot(sizes, times, "o-", color="#0072B2", label="measured")
        ax.set(xscale="log", yscale="log", title=title, xlabel=label, ylabel="seconds")
        ax.grid(True, color="#DDDDDD")
        if label == "hidden units":
            ax.set_xticks(sizes, [str(size) for size in sizes])
            ax.xaxis.set_minor_locator(NullLocator())
    panels[0].legend()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def alt(series):
    """Return the picture described in words, with its figures."""
    (_, _, networks), (_, _, widths), (_, _, epochs) = series
    return (
        "Three curves of seconds, both axes logarithmic, each with a dashed straight line of "
        "strict proportion. "
        f"By networks: an epoch of one takes {duration(networks[0][1])}, of a hundred "
        f"{duration(networks[2][1])}; then the curve bends up to the straight line and reaches "
        f"{duration(networks[-1][1])} at a million. "
        f"By hidden units: from {duration(widths[0][1])} for 2 to {duration(widths[-1][1])} for "
        "64, always near the straight line. "
        f"By epochs: from {duration(epochs[0][1])} for one to {duration(epochs[-1][1])} for "
        "10,000, on the straight line from about a hundred on."
    )
