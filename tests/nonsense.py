"""Values that are wrong for most arguments, and a walk through all arguments of a function."""

import datetime
import inspect
import re

import numpy as np

from xorlib.data import truth_table
from xorlib.ensemble import starts
from xorlib.network import uniform_parameters

X, y = truth_table()
ONE, FIVE = uniform_parameters(42), starts(5, seed=0)
NAN, INF = float("nan"), float("inf")


class Unshown:
    """Even its repr fails."""

    def __repr__(self):
        raise RuntimeError("no words")


CIRCLE = []
CIRCLE.append(CIRCLE)

# What nobody can mean, whatever the argument.
NONSENSE = {
    "bytes": b"xor", "an object": object(), "unshown": Unshown(), "a type": float, "complex": 1j,
    "a dict": {0: 1}, "a set": {0, 1}, "a date": datetime.date.max, "a list of None": [None],
    "masked": np.ma.masked_all((4, 1)), "masked rows": np.ma.masked_equal(X, 1), "circle": CIRCLE,
    "ragged": [[1], [2, 3]], "objects": np.array([[None, 1]] * 4), "bools": [[True, False]] * 4,
    "words": [["0", "1"]] * 4, "NaN": NAN, "infinity": INF, "-infinity": -INF, "NaNs": X * NAN,
    "no targets": y * NAN, "infinities": [[INF]] * 4, "times": X.astype("m8[s]"),
    "axes": np.ones((2, 1, 3, 1)), "no rows": np.ones((0, 2)), "huge": X + 1e300,
}  # fmt: skip
# What is right for some arguments and wrong for others.
SOMETIMES = {
    "None": None, "True": True, "-1": -1, "0": 0, "1": 1, "3": 3, "1.5": 1.5, "0-d": np.array(3),
    "10^9": 10**9, "2^70": 2**70, "10^400": 10**400, "1e300": 1e300, "word": "word", "no word": "",
    "[]": [],
    "(2,)": [0.5, 0.5], "(4,)": [1, 2, 3, 4], "(4, 2)": X, "(4, 1)": y, "(1, 4)": y.T,
    "(3, 2)": X[:3], "(4, 3)": np.ones((4, 3)), "±1": 2 * y - 1, "half": y / 2, "above 1": 1.5 * y,
    "one": ONE, "five": FIVE, "arrays": ONE.arrays, "ones": [ONE, ONE],
}  # fmt: skip
# The values that are right for the arguments of these names, if a function's table says no other.
COUNT, FLAG, TEXT = {"1", "3", "0-d"}, {"True"}, {"word", "no word"}
NUMBER = {*COUNT, "1.5"}
RIGHT = {
    "ax": {"None"}, "executor": {"None"}, "title": TEXT, "words": TEXT, "xlabel": TEXT,
    "seed": {"0", *COUNT, "10^9", "2^70", "10^400"}, "learning_rate": {*NUMBER, "10^9", "1e300"},
    "parameters": {"one"}, "X": {"(4, 2)"}, "y": {"(4, 1)", "half"}, "path": {"[]", "no rows"},
    **dict.fromkeys(("hidden", "networks", "epochs", "rows", "columns", "trials"), COUNT),
    **dict.fromkeys(("names", "colorbar", "zoom", "log", "progress"), FLAG),
    **dict.fromkeys(("noise", "reach", "size", "bias"), NUMBER),
}  # fmt: skip


def walk(function, good, right):
    """Call a function with each value for each argument, the others being right; return what fails.

    `right` are the names of the values that are right for an argument, where `RIGHT` is not.
    """
    function(**good)
    failures, names = [], list(inspect.signature(function).parameters)
    for name in names:
        # An array can be right by itself and not fit another argument, which is then named.
        for label, value in (NONSENSE | SOMETIMES).items():
            wrong = label not in right.get(name, RIGHT.get(name, ()))
            blamed = [name, *([*names, "W1"] if label in SOMETIMES else ["W1"])]
            told = rf"(?s)({'|'.join(blamed)})[\w .]* must .+, but (is|has|holds) .+"
            try:
                function(**(good | {name: value}))
                message = "accepted"
            except ValueError as error:
                message = str(error)
            except Exception as error:
                message = f"{type(error).__name__}: {error}"
            fits = re.fullmatch(told, message) if wrong else message == "accepted"
            if not fits:
                failures.append(f"{function.__name__}({name}={label}): {message:.200}")
    return failures
