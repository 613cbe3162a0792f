"""What a learner waits for: the slowest check of an exercise."""

from benchmarks import peers
from benchmarks.timing import Row, best_times
from tests.test_exercise_checks import TABLE
from xorlib import checks
from xorlib.network import uniform_parameters


def slowest_check():
    """Compare the slowest check of a right answer with part one's loop over one network."""
    start = uniform_parameters(42)
    contenders = {
        name: lambda name=name, answer=answer: getattr(checks, name)(*answer)
        for name, (_, answer, _) in TABLE.items()
    }
    times = best_times(contenders, turns=2)
    loop = best_times({"plain": lambda: peers.plain_loop(start, 10_000)}, turns=3)["plain"]
    slowest = max(times, key=times.get)
    what = f"Slowest of {len(times)} checks: `{slowest}`"
    return [Row(what, "", times[slowest], "part one's loop, 10,000 epochs", loop, most=4)]


COMPARISONS = (slowest_check,)
