"""Longer censuses, and where they run: nothing is lost, and nothing left behind."""

import logging
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest
from distributed import Client, LocalCluster

from tests.networks import assert_same_census
from xorlib.data import truth_table
from xorlib.ensemble import IncompleteCensusError, census, train_ensemble
from xorlib.network import predict

X, y = truth_table()
NETWORKS = 60_000  # six pieces of 10,000
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")


def test_a_census_says_what_networks_answer_after_its_epochs_not_that_they_are_stuck():
    early = census(300, seed=0, activation="sigmoid", learning_rate=0.1, epochs=50)
    more = {"learning_rate": 0.1, "epochs": 4950, "loss": "cross_entropy"}
    alike = early.outcomes == "all rows alike"
    late = predict(train_ensemble(early.parameters, X, y, **more).parameters, X)
    right = (np.round(late) == y).all(axis=(1, 2))
    assert alike.mean() > 0.95 and right[alike].mean() > 0.5


def small_census(executor=None, epochs=100):
    return census(NETWORKS, seed=3, epochs=epochs, executor=executor)


@pytest.fixture(scope="module")
def usual():
    return small_census()


@pytest.fixture
def processes():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


class Then(Executor):
    """Passes tasks on to an executor, and acts once, when the first of them is done."""

    def __init__(self, executor, action):
        self.executor, self.action, self.first = executor, action, threading.Lock()

    def submit(self, function, /, *args, **kwargs):
        future = self.executor.submit(function, *args, **kwargs)
        future.add_done_callback(lambda _: self.first.acquire(blocking=False) and self.action())
        return future


def test_threads_and_processes_give_the_same_census_and_are_not_shut_down(processes, usual):
    with ThreadPoolExecutor(3) as threads:
        for pool in (threads, processes):
            assert_same_census(small_census(pool), usual)
            assert pool.submit(abs, -1).result() == 1


@posix
def test_a_cluster_gives_the_same_census_even_if_it_loses_a_worker(usual):
    quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL, "host": "127.0.0.1"}
    cluster = LocalCluster(n_workers=2, threads_per_worker=1, **quiet)
    with cluster, Client(cluster) as client:
        workers = set(client.run(os.getpid).values())
        assert len(workers) == 2 and os.getpid() not in workers
        lossy = Then(client.get_executor(), lambda: os.kill(min(workers), signal.SIGKILL))
        assert_same_census(small_census(lossy), usual)
        assert min(workers) not in client.run(os.getpid).values()


@posix
def test_a_broken_pool_is_reported_with_the_number_of_missing_networks(processes):
    executor = Then(processes, lambda: os.kill(min(processes._processes), signal.SIGKILL))
    for _ in range(2):  # once broken, it accepts no task at all
        with pytest.raises(IncompleteCensusError) as caught:
            small_census(executor, epochs=1000)
        assert isinstance(caught.value.__cause__, BrokenProcessPool)
        missing, networks = map(int, re.search(r"(\d+) of (\d+)", str(caught.value)).groups())
        assert 0 < missing <= networks == NETWORKS
    assert missing == NETWORKS


INTERRUPTED = """
import signal, threading
from concurrent.futures import ThreadPoolExecutor
from xorlib.ensemble import census

signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a script's background job

def run(executor):
    print("ready", flush=True)
    try:
        census(60_000, seed=0, epochs=10**8, progress=True, executor=executor)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
    print(census(3000, seed=0, epochs=100).final_losses.sum(), flush=True)

run(None)
print(threading.enumerate() == [threading.main_thread()], flush=True)
with ThreadPoolExecutor(2) as pool:
    run(pool)
"""


@posix
def test_after_an_interruption_the_next_census_runs_at_once():
    expected = census(3000, seed=0, epochs=100).final_losses.sum()
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", INTERRUPTED], **pipes) as child:
        watchdog = threading.Timer(60, child.kill)  # so that the test cannot wait for ever
        watchdog.start()
        for executor in ("default", "a pool of threads"):
            assert child.stdout.readline() == "ready\n"
            time.sleep(0.7)
            child.send_signal(signal.SIGINT)
            began = time.perf_counter()
            assert child.stdout.readline() == "interrupted\n", executor
            assert time.perf_counter() - began < 2
            assert float(child.stdout.readline()) == expected
            assert time.perf_counter() - began < 4
            if executor == "default":
                assert child.stdout.readline() == "True\n"  # no thread is left behind
        shown = child.communicate()[1]
        watchdog.cancel()
    assert child.returncode == 0 and "60000" in shown  # the bar's total


@linux
def test_300_000_networks_fit_in_140_mb():
    code = """
import os, re
from xorlib.ensemble import census
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])  # each thread has a piece of its own
result = census(300_000, seed=0, epochs=2)
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) / 1024)
"""
    # VmHWM is the most that was ever resident. (getrusage's figure includes the parent's.)
    megabytes = float(subprocess.check_output([sys.executable, "-c", code], text=True))
    assert 90 < megabytes < 140
