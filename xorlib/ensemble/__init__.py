"""Thousands of networks at once: training them, and counting how they end.

============ ===========================================================================
module       what it holds
============ ===========================================================================
``step``     the step of gradient descent with one more axis, the network
``training`` `train_ensemble`, and what puts networks side by side and takes one out
============ ===========================================================================
"""

from xorlib.ensemble.training import EnsembleHistory, pick, stack, train_ensemble

__all__ = ["EnsembleHistory", "pick", "stack", "train_ensemble"]
