"""Sending work to threads, processes or a cluster, without losing any of it."""

import contextlib
import os
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from threading import Event

# Tasks handed to an executor at one time: enough for a cluster, while the finished ones that
# wait to be fetched stay below 50 MB.
IN_FLIGHT = 64


class IncompleteCensusError(RuntimeError):
    """A worker failed, and with it part of the census.

    Attributes
    ----------
    missing : int
        How many networks have no result.
    """

    def __init__(self, message, missing):
        super().__init__(message)
        self.missing = missing


def available_cores():
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def edges(networks, most):
    """Return where to divide the networks into nearly equal pieces of no more than `most`.

    From `most` on they are even in number, so that two cores end together. The number of cores
    itself plays no part, lest it change the last bit of a result.

    Returns
    -------
    list of int
        From 0 to `networks`.
    """
    pieces = -(-networks // most)
    if networks >= most:
        pieces += pieces % 2
    return [networks * piece // pieces for piece in range(pieces + 1)]


@contextlib.contextmanager
def workers(executor, tasks):
    """Lend an executor, and where its tasks run in this process an Event that stops them.

    An error or interruption inside the block sets the event. Tasks look at it every few
    hundredths of a second, so that no thread goes on with work that nobody waits for.

    Parameters
    ----------
    executor : concurrent.futures.Executor or None
        None for threads of its own, one for each core, which end with the block.
    tasks : int
        How many there will be at most.
    """
    with contextlib.ExitStack() as resources:
        if executor is None:
            threads = min(available_cores(), tasks)
            executor = resources.enter_context(ThreadPoolExecutor(threads, "xorlib"))
        stop = Event() if isinstance(executor, ThreadPoolExecutor) else None
        try:
            yield executor, stop
        except BaseException:
            if stop is not None:
                stop.set()
            raise


def failed(future):
    """Return whether a future that is done holds no result."""
    return future.cancelled() or future.exception() is not None


def in_order_of_completion(executor, function, tasks):
    """Yield each task with its result, ``function(*task)``; few are handed out at a time.

    Parameters
    ----------
    executor : concurrent.futures.Executor
    function : callable
    tasks : iterable of tuple

    Yields
    ------
    tuple, object
        A task and what the function returned. If a task fails its error is raised here, after
        the results that are there already; what has not begun is cancelled.
    """
    tasks, waiting = iter(tasks), {}
    try:
        while True:
            while len(waiting) < IN_FLIGHT and (task := next(tasks, None)) is not None:
                waiting[executor.submit(function, *task)] = task
            if not waiting:
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in sorted(done, key=failed):
                yield waiting.pop(future), future.result()
    finally:
        for future in waiting:
            future.cancel()
