"""The census on threads, processes and a cluster: nothing lost, nothing left behind."""

import logging
import math
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import numpy as np
import pytest
from distributed import Client, LocalCluster

from xorlib.ensemble import IncompleteCensusError, census
from xorlib.ensemble.workers import in_order_of_completion

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills workers by POSIX signals")
NETWORKS = 60_000  # six pieces of 10,000


@pytest.fixture(scope="module")
def usual():
    return census(NETWORKS, seed=3, epochs=100)


@pytest.fixture(scope="module")
def client():
    """Yield the client of two worker processes on this machine, without a dashboard."""
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


def pool_of_processes():
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def assert_same_census(ours, theirs):
    for a, b in zip(ours.parameters, theirs.parameters, strict=True):
        np.testing.assert_array_equal(a, b)
    np.testing.assert_array_equal(ours.losses, theirs.losses)
    np.testing.assert_array_equal(ours.outcomes, theirs.outcomes)


class AtOnce(Executor):
    """Runs each task when it is submitted; all but the first few fail."""

    def __init__(self, good=math.inf):
        self.good, self.submitted = good, 0

    def submit(self, function, /, *args):
        future = Future()
        if self.submitted < self.good:
            future.set_result(function(*args))
        else:
            future.set_exception(OSError("no more room"))
        self.submitted += 1
        return future


class ThenKill(Executor):
    """Hands tasks on to an executor; when the first of them is done, kills a process."""

    def __init__(self, executor, choose):
        self.executor, self.choose, self.killed = executor, choose, None
        self.lock = threading.Lock()

    def submit(self, function, /, *args):
        future = self.executor.submit(function, *args)
        future.add_done_callback(self.kill_one)
        return future

    def kill_one(self, future):
        with self.lock:
            if self.killed is None:
                self.killed = self.choose()
                os.kill(self.killed, signal.SIGKILL)


@pytest.mark.parametrize(
    "make", [AtOnce, partial(ThreadPoolExecutor, 1), partial(ThreadPoolExecutor, 3)]
)
def test_the_same_census_from_any_threads(usual, make):
    assert_same_census(census(NETWORKS, seed=3, epochs=100, executor=make()), usual)


def test_the_same_census_from_processes(usual):
    with pool_of_processes() as pool:
        assert_same_census(census(NETWORKS, seed=3, epochs=100, executor=pool), usual)
        # It is not shut down.
        assert pool.submit(abs, -1).result() == 1


def test_the_same_census_from_a_cluster(usual, client):
    executor = client.get_executor()
    assert len(client.run(os.getpid)) == 2
    assert os.getpid() not in client.run(os.getpid).values()
    assert_same_census(census(NETWORKS, seed=3, epochs=100, executor=executor), usual)


def test_a_cluster_that_loses_a_worker_gives_the_same_census(client):
    before = set(client.run(os.getpid).values())
    executor = ThenKill(client.get_executor(), choose=lambda: min(before))
    lossy = census(NETWORKS, seed=3, epochs=500, executor=executor)
    assert executor.killed in before
    assert executor.killed not in client.run(os.getpid).values()
    assert_same_census(lossy, census(NETWORKS, seed=3, epochs=500))


def test_a_broken_pool_is_said_to_leave_networks_missing():
    with pool_of_processes() as pool:
        executor = ThenKill(pool, choose=lambda: min(pool._processes))
        with pytest.raises(IncompleteCensusError) as caught:
            census(NETWORKS, seed=3, epochs=1000, executor=executor)
        missing, networks = map(int, re.search(r"(\d+) of (\d+)", str(caught.value)).groups())
        assert networks == NETWORKS
        assert 0 < missing == caught.value.missing <= NETWORKS
        assert "BrokenProcessPool" in str(caught.value)
        # Nor does it take anything new.
        with pytest.raises(IncompleteCensusError, match="60000 of 60000 networks are missing"):
            census(NETWORKS, seed=3, epochs=1, executor=executor)


def test_an_error_in_one_task_is_said_to_leave_networks_missing():
    message = r"40000 of 60000 networks are missing.*OSError\('no more room'\)"
    with pytest.raises(IncompleteCensusError, match=message) as caught:
        census(NETWORKS, seed=3, epochs=1, executor=AtOnce(good=2))
    assert caught.value.missing == 40_000
    assert isinstance(caught.value.__cause__, OSError)


def test_only_so_many_tasks_are_handed_out_at_a_time():
    class Counting(ThreadPoolExecutor):
        most = out = 0

        def submit(self, function, /, *args):
            self.out += 1
            self.most = max(self.most, self.out)
            return super().submit(function, *args)

    with Counting(1) as pool:
        results = set()
        for task, result in in_order_of_completion(pool, abs, ((-n,) for n in range(2000))):
            pool.out -= 1
            results.add((task, result))
    assert results == {((-n,), n) for n in range(2000)}
    assert 16 < pool.most <= 64  # 0.7 MB each, once finished


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_million_networks_fit_in_400_mb():
    code = """
import re
from xorlib.ensemble import census
result = census(1_000_000, seed=0, epochs=200)
assert sum(result.counts().values()) == len(result.parameters.W1) == 1_000_000
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) / 1024)
"""
    # VmHWM is the most that was ever resident. (getrusage's figure includes the parent's.)
    megabytes = float(subprocess.check_output([sys.executable, "-c", code], text=True))
    assert 100 < megabytes < 400  # 81 of them are the result


INTERRUPTED = """
import sys, threading, time
from concurrent.futures import ThreadPoolExecutor
from xorlib.ensemble import census

def run(executor):
    print("ready", flush=True)
    try:
        census(60_000, seed=0, epochs=10**8, progress=True, executor=executor)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
    began = time.perf_counter()
    print(census(3000, seed=0, epochs=100).losses.sum(), time.perf_counter() - began, flush=True)

run(None)
others = [type(t).__name__ for t in threading.enumerate() if t is not threading.main_thread()]
print(set(others) <= {"TMonitor"}, flush=True)  # that is tqdm's, which stays
with ThreadPoolExecutor(2) as pool:
    run(pool)
"""


@pytest.fixture
def child():
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watchdog = threading.Timer(30, process.kill)  # lest the test wait for a line for ever
    watchdog.start()
    yield process
    watchdog.cancel()
    process.kill()
    process.communicate()


def test_after_an_interruption_the_next_census_runs_at_once(child):
    expected = census(3000, seed=0, epochs=100).losses.sum()
    for executor in ("default", "a pool of threads"):
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.7)
        child.send_signal(signal.SIGINT)
        began = time.perf_counter()
        assert child.stdout.readline() == "interrupted\n", executor
        assert time.perf_counter() - began < 2
        total, seconds = map(float, child.stdout.readline().split())
        assert total == expected
        assert seconds < 2
        if executor == "default":
            assert child.stdout.readline() == "True\n"  # no thread is left behind
    assert child.wait(timeout=5) == 0
    assert "60000" in child.stderr.read().replace(",", "")  # the bar's total


def test_the_bar_counts_every_network(capsys):
    census(3000, seed=0, epochs=10, progress=True)
    shown = capsys.readouterr().err
    assert "3000/3000" in shown
    census(3000, seed=0, epochs=10)
    assert capsys.readouterr().err == ""
