"""Thousands of networks at once: training them, and counting how they end.

============ ===========================================================================
module       what it holds
============ ===========================================================================
``step``     the step of gradient descent with one more axis, the network
``stacked``  networks put side by side, and one of them taken out
``workers``  threads, processes or a cluster to share the work
``training`` `train_ensemble`
``initial``  `starts`: the random starts of a census
``outcomes`` how a network ended, from what it answers
``interval`` `wilson_interval`: how sure a counted share is
``survey``   `census`
============ ===========================================================================
"""

from xorlib.ensemble.initial import starts
from xorlib.ensemble.interval import Share, wilson_interval
from xorlib.ensemble.outcomes import OUTCOMES
from xorlib.ensemble.stacked import pick, predict_ensemble, stack
from xorlib.ensemble.survey import Census, census
from xorlib.ensemble.training import EnsembleHistory, train_ensemble
from xorlib.ensemble.workers import IncompleteCensusError

__all__ = [
    "OUTCOMES",
    "Census",
    "EnsembleHistory",
    "IncompleteCensusError",
    "Share",
    "census",
    "pick",
    "predict_ensemble",
    "stack",
    "starts",
    "train_ensemble",
    "wilson_interval",
]
