"""Checks of the exercises to notebook 07: rows kept apart, one scale, when to stop, momentum."""

import numpy as np

from classroom.checks.judging import judge
from classroom.checks.report import task
from xorlib.data import noisy_xor


def split(X, y, order, size):
    """Return rows to train on and rows to test on, in the order of the row numbers given."""
    return X[order[:size]], y[order[:size]], X[order[size:]], y[order[size:]]


SPLITS = {
    "Among the test rows are those that were trained on. Keep the two sets apart.": (
        lambda right, X, y, order, size: (*right[:2], X, y)
    ),
    "Both sets are the same rows. A test needs rows that were kept out of training.": (
        lambda right, X, y, order, size: right[:2] * 2
    ),
    "The rows are split as they lie, and data often lie sorted. Use the given `order`.": (
        lambda right, X, y, order, size: split(X, y, np.arange(len(X)), size)
    ),
    "The inputs are in the given order, the targets are not: they no longer belong together.": (
        lambda right, X, y, order, size: (right[0], y[:size], right[2], y[size:])
    ),
}


@task("7.1", "Rows to train on, rows to test on")
def held_out(function):
    """Check a function of (X, y, order, size) that returns X_train, y_train, X_test, y_test."""
    cases = [
        (*noisy_xor(rows, rows, 0.3), np.random.default_rng(rows).permutation(rows), size)
        for rows, size in ((12, 8), (9, 3), (40, 30))
    ]
    judge(function, split, SPLITS, cases, ("X_train", "y_train", "X_test", "y_test"))
    return "No row is in both sets, and each target is still with its inputs."


def scaled(X_train, X_test, by=None, centre=np.mean, spread=np.std):
    """Return both sets by the mean and deviation of `by`, of the training set if it is None."""
    by = X_train if by is None else by
    return tuple((X - centre(by, axis=0)) / spread(by, axis=0) for X in (X_train, X_test))


SCALES = {
    "The test set is scaled by its own mean and deviation: the same point would land in another "
    "place than in training. Use the training set's for both.": (
        lambda right, train, test: (right[0], scaled(test, test)[1])
    ),
    "Mean and deviation are those of all rows, so the test rows have had a say in training.": (
        lambda right, train, test: scaled(train, test, np.vstack([train, test]))
    ),
    "Mean and deviation are the test set's. It is there to judge, and for nothing else.": (
        lambda right, train, test: scaled(train, test, test)
    ),
    "The test set is left as it was. A network trained on scaled points needs scaled points.": (
        lambda right, train, test: (right[0], test)
    ),
    "This takes one mean of the whole array. Each input, a column, has its own: `axis=0`.": (
        lambda right, train, test: scaled(train, test, np.ravel(train))
    ),
    "Nothing is divided by the standard deviation.": (
        lambda right, train, test: scaled(train, test, spread=lambda by, axis: 1)
    ),
    "The mean is not subtracted.": lambda _, *sets: scaled(*sets, centre=lambda by, axis: 0),
    "This divides by the variance. The standard deviation is its square root.": (
        lambda right, train, test: scaled(train, test, spread=np.var)
    ),
}


@task("7.2", "One scale for both sets")
def standardised(function):
    """Check a function of (X_train, X_test) that returns both, by the training set's scale."""
    generator = np.random.default_rng(72)
    shapes = ((6, 2), (9, 2)), ((11, 3), (7, 3))
    cases = [tuple(generator.normal(3, 2, size=shape) for shape in pair) for pair in shapes]
    names = "X_train", "X_test"
    judge(function, lambda X_train, X_test: scaled(X_train, X_test), SCALES, cases, names)
    return "The network sees both sets alike, and nothing was learnt from the test set."


def chosen(epochs, validation, test):
    """Return the epoch with the lowest validation loss, and the test loss there."""
    return epochs[np.argmin(validation)], test[np.argmin(validation)]


def first_rise(losses):
    """Return losses that are lowest just before they first rise."""
    return np.arange(len(losses)) != np.argmax(np.diff(losses) > 0)


CHOICES = {
    "The test loss chooses the epoch. What has chosen can no longer judge: use `validation`.": (
        lambda right, epochs, validation, test: chosen(epochs, test, test)
    ),
    "That is the last epoch, not the one with the lowest validation loss.": (
        lambda right, epochs, validation, test: (epochs[-1], test[-1])
    ),
    "That is the lowest loss, not the epoch at which the network had it.": (
        lambda right, epochs, validation, test: (min(validation), min(test))
    ),
    "That is a place in the array, not an epoch: the loss was not kept at every epoch.": (
        lambda right, epochs, validation, test: (np.argmin(validation), right[1])
    ),
    "The epoch is right, but its *validation* loss is returned, which was chosen for being low.": (
        lambda right, epochs, validation, test: (right[0], min(validation))
    ),
    "The epoch is right, but the test loss is that of the last network, not of the chosen one.": (
        lambda right, epochs, validation, test: (right[0], test[-1])
    ),
    "The epoch is right, but the test loss is the lowest of all, from another epoch.": (
        lambda right, epochs, validation, test: (right[0], min(test))
    ),
    "This stops where the validation loss first rises. Later it falls again, and lower.": (
        lambda right, epochs, validation, test: chosen(epochs, first_rise(validation), test)
    ),
}


@task("7.3", "When to stop")
def stopped(function):
    """Check a function of (epochs, validation, test) that returns the epoch and its test loss."""
    losses = [
        ([0.70, 0.40, 0.45, 0.31, 0.38, 0.50], [0.69, 0.42, 0.30, 0.33, 0.36, 0.52]),
        ([0.69, 0.71, 0.64, 0.34, 0.36], [0.70, 0.68, 0.60, 0.41, 0.37]),
    ]
    cases = [(40 * np.arange(len(a)), np.array(a), np.array(b)) for a, b in losses]
    judge(function, chosen, CHOICES, cases, ("epoch", "test_loss"))
    return "The validation set chooses, the test set judges."


def step(w, v, gradient, rate, share):
    """Return the weights, and the step that led to them, after one update with momentum."""
    v = share * v - rate * gradient
    return w + v, v


STEPS = {
    "The *old* step is added to the weights. Compute the new one first.": (
        lambda right, w, v, g, rate, share: (w + v, right[1])
    ),
    "The sign is reversed: this goes up the slope.": lambda _, w, v, g, *rest: step(
        w, v, -g, *rest
    ),
    "The step is subtracted, but it points downhill already.": lambda new, w, *_: (
        w - new[1],
        new[1],
    ),
    "This is plain descent: nothing of the last step is kept.": (
        lambda right, w, v, g, rate, share: step(w, 0, g, rate, 0)
    ),
    "The whole last step is kept, not a `share` of it. It would never come to rest.": (
        lambda right, w, v, g, rate, share: step(w, v, g, rate, 1)
    ),
    "The learning rate is missing.": lambda right, w, v, g, rate, share: step(w, v, g, 1, share),
    "The learning rate is applied twice: it is in the step already.": (
        lambda right, w, v, g, rate, share: (w + rate * right[1], right[1])
    ),
    "Here the gradient is weighted by 1 − `share`, which makes `v` a mean. The steps should add "
    "up.": lambda right, w, v, g, rate, share: step(w, v, g, rate * (1 - share), share),
    "This is PyTorch's form: `v` adds up gradients, and the rate comes after. Here `v` is the step "
    "itself.": lambda right, w, v, g, rate, share: (w - rate * (share * v + g), share * v + g),
}


@task("7.4", "A step with momentum")
def momentum(function):
    """Check a function of (w, v, gradient, rate, share) that returns the new w and v."""
    generator = np.random.default_rng(74)
    cases = [
        (*generator.normal(size=(3, *shape)), rate, share)
        for shape, rate, share in (((2, 3), 0.1, 0.9), ((4,), 0.5, 0.6))
    ]
    judge(function, step, STEPS, cases, ("w", "v"))
    return "One line more than plain descent."
