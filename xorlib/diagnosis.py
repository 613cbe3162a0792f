"""What a network says about itself: which rows share an answer, what that costs, what comes of it.

`diagnose` asks a network, `explain_answers` does what can be done with answers alone, and
`explain_loss` names what a printed loss may be.
"""

import json
import math
from pathlib import Path
from typing import NamedTuple

import numpy as np

from xorlib import arguments, network
from xorlib.data import truth_table
from xorlib.ensemble import train_ensemble
from xorlib.network import ACTIVATIONS, LOSSES, Parameters
from xorlib.outcomes import LEVELS, TOLERANCE, _are_right, classify

FLAT = 0.01  # a slope below this counts as none
NONE = 1e-300  # a gradient below this, too: it is 0, or what rounding leaves of 0
MORE = 100_000  # epochs to train on
USUAL_LOSS = {"sigmoid": "squared_error"}  # with other activations: the cross-entropy
USUAL_RATE = {"squared_error": 0.1, "cross_entropy": 0.3}  # those of notebooks 2 and 4
# What a printed loss may be, likeliest first: its name, and a factor and a power of the mean.
PRINTED = [
    ("The mean cross-entropy", "cross_entropy", 1, 1),
    ("The mean squared error", "squared_error", 1, 1),
    ("Half the sum of squared errors", "squared_error", 2, 1),
    ("The mean squared error with targets of -1 and 1", "squared_error", 4, 1),
    ("The sum of squared errors", "squared_error", 4, 1),
    ("Half the mean squared error", "squared_error", 1 / 2, 1),
    ("The root of the mean squared error", "squared_error", 1, 1 / 2),
    ("The sum of the cross-entropy over four rows", "cross_entropy", 4, 1),
    ("The mean cross-entropy in bits", "cross_entropy", 1 / math.log(2), 1),
]
# All that is said, here and in the demo: `_say` fills in {...}.
SAID = json.loads((Path(__file__).parent / "said.json").read_text(encoding="utf-8"))


class Diagnosis(NamedTuple):
    """What was found out about one network; rows and hidden units count from 0.

    Attributes
    ----------
    answers : ndarray of float64, shape (n,)
    loss : float
        The mean over the rows, as it is printed.
    outcome : str
        For XOR's four rows the word of ``xorlib.outcomes.OUTCOMES`` for a pattern of answers. Else,
        and for other data, "solved", "not solved" or "diverged".
    groups : tuple of tuple of int
        Rows whose answers lie within `TOLERANCE` of each other, by rising answers.
    level, distance : float
        The lowest loss with these groups, and how far above it the loss is.
    names : tuple of str
        What `words` calls the rows: by their inputs where these are 0 and 1.
    dead, at_a_crease, saturated : tuple of int
        Hidden units that are silent on every row; those among them for which the loss falls as soon
        as the bias rises; those with a slope below `FLAT` on every row.
    gradient : float
        The largest entry of the gradient, in size. NaN where only answers are known.
    fate : str
        "solved", "slow" (solved within `when` epochs more), "stuck" (not solved after `when` epochs
        more, at a loss of `end`), "at rest exactly" (a gradient of 0), "diverged", or "", where
        only answers are known.
    """

    answers: np.ndarray
    loss: float
    outcome: str
    groups: tuple
    level: float
    distance: float
    names: tuple
    dead: tuple = ()
    at_a_crease: tuple = ()
    saturated: tuple = ()
    gradient: float = math.nan
    fate: str = ""
    when: int = 0
    end: float = math.nan

    def words(self):
        """Return the diagnosis in a few plain sentences."""
        told = [_say("loss", loss=self.loss, outcome=self.outcome)]
        shared = [group for group in self.groups if len({self.names[row] for row in group}) > 1]
        if self.outcome not in ("solved", "diverged"):
            for group in shared[:2]:
                rows, mean = _rows(self.names, group), self.answers[[*group]].mean()
                told.append(_say("shared", rows=rows, mean=mean))
            told.append(_say("level", level=self.level) if shared else _say("apart"))
        kinds = dict.fromkeys(self.saturated, "saturated") | dict.fromkeys(self.dead, "dead")
        kinds |= dict.fromkeys(self.at_a_crease, "at_a_crease")
        told += [_say(kinds[unit], unit=unit + 1) for unit in sorted(kinds)]
        if self.fate in SAID:
            told.append(_say(self.fate, when=self.when, end=self.end))
        return " ".join(told)


def _say(what, **values):
    return SAID[what].format(**values)


def _rows(names, group):
    """Return a list of rows in words."""
    told = sorted({names[row] for row in group})
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) < 5 else f"{len(group)} rows"


def _names(X):
    binary = ((X == 0) | (X == 1)).all()
    return tuple(
        "".join(f"{x:.0f}" for x in row) if binary else f"row {k}" for k, row in enumerate(X)
    )


def _loss_of(answers, y, loss):
    """Return the mean loss of answers, (n,); one that was printed as 1 is a little less."""
    inside = np.clip(answers, 1e-12, 1 - 1e-12)
    columns = (array[:, np.newaxis] for array in (np.log(inside / (1 - inside)), inside, y))
    return float(LOSSES[loss].printed(*columns))


def _from_answers(answers, y, loss, mean_loss, names):
    """Return the fields of a diagnosis that need no network."""
    groups = []
    for row in np.argsort(answers, kind="stable").tolist():
        if groups and answers[row] - answers[groups[-1][0]] <= TOLERANCE:
            groups[-1].append(row)
        else:
            groups.append([row])
    best = np.array(y)  # the answers with the lowest loss: in each group the mean of its targets
    for group in groups:
        best[group] = y[group].mean()
    outcome = "solved" if _are_right(answers, y) else "not solved"
    outcome = outcome if math.isfinite(mean_loss) else "diverged"
    if np.array_equal(y, truth_table("xor")[1][:, 0]) and names == ("00", "01", "10", "11"):
        named = str(classify([answers], [mean_loss], [math.inf], [math.inf])[0])
        outcome = outcome if named == "still moving" else named  # one moment does not tell that
    groups, level = tuple(tuple(sorted(group)) for group in groups), _loss_of(best, y, loss)
    return Diagnosis(answers, mean_loss, outcome, groups, level, mean_loss - level, names)


def explain_answers(answers, targets, loss="cross_entropy"):
    """Return the `Diagnosis` of answers alone, without units, gradient and fate.

    Parameters
    ----------
    answers, targets : array_like of shape (n,)
        From 0 to 1; four of them are taken to be for the rows 00, 01, 10 and 11.
    loss : {"cross_entropy", "squared_error"}
    """
    arguments.choice("loss", loss, LOSSES)
    answers = arguments.array("answers", answers, ("n",))
    y = arguments.array("targets", targets, (len(answers),))
    for name, values in ("answers", answers), ("targets", y):
        if ((values < 0) | (values > 1)).any():
            raise arguments.refusal(name, "lie from 0 to 1", values)
    names = _names(truth_table()[0] if len(y) == 4 else np.full((len(y), 1), math.nan))
    return _from_answers(answers, y, loss, _loss_of(answers, y, loss), names)


@np.errstate(all="ignore")
def diagnose(parameters, X=None, y=None, loss=None, more=MORE, learning_rate=None):
    """Return the `Diagnosis` of one network, which is trained on to learn its fate.

    Parameters
    ----------
    parameters : Parameters
        One network, of any width and activation. (`keras_model.to_parameters` makes it of a Keras
        model.) Also with PyTorch's shapes: W1 (h, 2), b1 (h,), W2 (1, h), b2 (1,).
    X, y : array_like of shapes (n, 2) and (n, 1), optional
        XOR's rows if none are given.
    loss : {"cross_entropy", "squared_error"}, optional
        By default the one of `USUAL_LOSS` for the activation.
    more : int
        For how many epochs to train on; at least 1.
    learning_rate : float, optional
        Above 0; by default that of `USUAL_RATE` for the loss.
    """
    arguments.instance("parameters", parameters, Parameters)
    if np.shape(parameters.b1) == np.shape(parameters.W2)[1:]:  # a row for each unit
        parameters = parameters._map(lambda array: np.atleast_2d(np.asarray(array).T))
    parameters = network._checked_parameters(parameters, stack=False)
    table = truth_table("xor")
    X, y = table[0] if X is None else X, table[1] if y is None else y
    loss = USUAL_LOSS.get(parameters.activation, "cross_entropy") if loss is None else loss
    X, y = network._checked_data(len(parameters.W1), X, y, loss)
    rate = USUAL_RATE[loss] if learning_rate is None else learning_rate
    rate = arguments.positive("learning_rate", rate)
    more = arguments.whole_number("more", more, 1)
    state = network._forward_pass(parameters, X)
    mean_loss = float(LOSSES[loss].printed(state.z2, state.a2, y))
    found = _from_answers(state.a2[:, 0], y[:, 0], loss, mean_loss, _names(X))

    silent = (state.z1 <= 0).all(axis=0) & (parameters.activation == "relu")
    rise = LOSSES[loss].delta(state.z2, state.a2, y) * (state.z1 == 0) * parameters.W2[:, 0]
    slope = ACTIVATIONS[parameters.activation].derivative_from_activation(state.a1)
    units = {
        "dead": silent,
        "at_a_crease": silent & (rise.sum(axis=0) < 0),
        "saturated": (slope < FLAT).all(axis=0) & ~silent,
    }
    kinds = {kind: tuple(np.flatnonzero(here).tolist()) for kind, here in units.items()}
    gradient = network._backward_pass(parameters, X, y, state, loss)
    largest = max(float(np.abs(array).max()) for array in gradient.arrays)
    found = found._replace(**kinds, gradient=largest)
    return found._replace(**_fate(found, parameters, X, y, loss, more, rate))


def _fate(found, parameters, X, y, loss, more, rate):
    """Return what becomes of a network: the fields `fate`, `when` and `end`."""
    if found.outcome in ("solved", "diverged"):
        return {"fate": found.outcome}
    if found.gradient < NONE:
        return {"fate": "at rest exactly"}
    settings = {"learning_rate": rate, "epochs": more, "loss": loss}
    run = train_ensemble(parameters, X, y, **settings, snapshots=min(more, 100) + 1)
    for epoch, snapshot in zip(run.snapshot_epochs.tolist(), run.snapshots, strict=True):
        if _are_right(network._forward_pass(snapshot, X).a2[0, :, 0], y[:, 0]):
            return {"fate": "slow", "when": epoch}
    end = float(run.final_losses[0])
    return {"fate": "stuck" if math.isfinite(end) else "diverged", "when": more, "end": end}


def explain_loss(printed):
    """Return what a printed loss may be, likeliest first: a list of sentences.

    `printed` is a number, or text with just the digits that were printed: 0.50 is more than 0.5.
    """
    text = str(arguments.instance("printed", printed, str, int, float)).strip().lower()
    try:
        value = float(text)
    except ValueError:
        raise arguments.refusal("printed", "be a number", printed) from None
    if not math.isfinite(value):
        return [SAID["not finite"]]
    mantissa, _, power = text.partition("e")
    last = 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))  # of the digits printed
    same, near = [], []
    for sentence, number in _printed_losses():
        if -last / 2 <= number - value < last:  # rounded, or cut off
            same.append((abs(number - value) > last / 20, sentence))
        elif 0 < value - number < 0.01 * number:
            near.append(_say("above", sentence=sentence))
    if value in (0.25, 0.5, 0.75, 1):
        same.append((False, _say("accuracy", right=4 * value)))
    same.sort(key=lambda each: each[0])
    return [sentence for _, sentence in same] or near or [SAID["no level"]]


def _printed_losses():
    """Return, likeliest first, a sentence and a number for each loss that may be printed."""
    return [
        (_say("printed", name=name, outcome=outcome, number=number), number)
        for name, loss, factor, power in PRINTED
        for outcome, level in [*LEVELS[loss].items()][1:]
        for number in [factor * level**power]
    ]
