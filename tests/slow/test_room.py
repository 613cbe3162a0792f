"""The room under load, and in a browser: a lost line, and a server that is killed and started again.

Two hundred phones answer through the 90 minutes, in as many seconds as ROOM_SECONDS says.
"""

import asyncio
import contextlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest

from classroom.addresses import PYPROJECT
from tools.browser import until

TOKEN, PHONES, SECONDS = "0123456789abcdef", 200, float(os.environ.get("ROOM_SECONDS", 15))
HOSTILE = [b"", b"{", b"[" * 590, b"\xff\xfe", b"x" * 10_000, b'{"answer": NaN}', b'{"at": 1e999}']
HOSTILE += [b'{"phone": "x"}', b'{"token": "x", "move": {}}', b'{"room": "%s"}' % (b"x" * 590)]


class Server:
    """The command, on a port; it can be killed and started again."""

    def __init__(self, port, log):
        self.port, self.log = port, log

    def start(self):
        command = [sys.executable, "-m", "classroom.room", "90", "--no-browser"]
        command += [f"--port={self.port}", f"--token={TOKEN}"]
        with open(self.log, "w") as out:
            self.process = subprocess.Popen(command, cwd=PYPROJECT.parent, stdout=out, stderr=out)
        until(lambda: "Ctrl-C" in self.log.read_text() or self.process.poll(), "the room")
        assert self.process.poll() is None, self.log.read_text()

    def stop(self, sign=signal.SIGKILL):
        self.process.send_signal(sign)
        return self.process.wait(20)


@pytest.fixture
def server(tmp_path, unused_tcp_port):
    server = Server(unused_tcp_port, tmp_path / "log")
    server.start()
    yield server
    assert server.stop(signal.SIGINT) == 0 and "closed" in server.log.read_text()


@pytest.fixture
def unused_tcp_port():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Line:
    """A line to the server, kept open as a browser keeps it, and opened again when it is lost."""

    def __init__(self, port, phone=""):
        self.port, self.phone, self.writer, self.took = port, phone, None, []

    async def say(self, path, body):
        """Return the status and the answer; OSError if there is none."""
        began = time.perf_counter()
        try:
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
            head = f"POST {path} HTTP/1.1\r\nHost: x\r\nCookie: phone={self.phone}\r\n"
            self.writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            length = int(re.search(r"Content-Length: (\d+)", head)[1])
            text = await self.reader.readexactly(length)
        except (OSError, EOFError, TypeError):
            self.writer = None
            raise OSError from None
        self.took.append(time.perf_counter() - began)
        return int(head.split()[1]), text


async def phone(line, pause):
    """Answer each question, then change the answer; say both again and again, as phone.js does."""
    mine, told = {}, None
    while True:
        with contextlib.suppress(OSError):
            told = json.loads((await line.say("/say", json.dumps(mine).encode()))[1])
            line.taken = told.get("taken")
        if told and told["room"] and (told["at"] != mine.get("at") or random.random() < 0.2):
            mine = {name: told[name] for name in ("room", "at")} | {"mood": random.randrange(3)}
            if told["options"]:
                mine["answer"] = random.randrange(len(told["options"]))
            elif told["axes"]:
                mine["answer"] = [random.uniform(low, high) for _, low, high in told["axes"]]
            line.answer = mine.get("answer")
            continue
        await asyncio.sleep(pause * random.uniform(0.5, 1.5))


async def lesson(server, seconds):
    """Hold the lesson; return how many answers were lost, and how many hostile ones were taken."""
    lines = [Line(server.port, f"{k:032x}") for k in range(PHONES)]
    teacher, stops, at, lost, refused = Line(server.port), 15, 0, 0, []

    async def look(**move):
        said = {"token": TOKEN, "move": {"room": "one", **move}}
        return json.loads((await teacher.say("/go", json.dumps(said).encode()))[1])

    await look(at=0, shown=False)
    pause = seconds / stops / 4
    tasks = [asyncio.create_task(phone(line, min(pause, 2))) for line in lines]
    for at in range(stops):
        await look(at=at, shown=False)
        if at == stops // 2:  # its lines are lost, and all that it knew
            server.stop()
            server.start()
            await look(at=at, shown=False)
        for _ in range(1000 // stops + 1):
            with contextlib.suppress(OSError):
                path = random.choice(["/say", "/go", "/", "/../say", "/" + "x" * 70_000])
                line = Line(server.port, random.choice(["", "x", f"{0:032x}"]))
                refused.append((await line.say(path, random.choice(HOSTILE)))[0] >= 400)
                line.writer.close()
        await asyncio.sleep(4 * pause)
        told = await look(at=at, shown=True)
        if told["options"] or told["axes"]:
            lost += PHONES - told["answered"]
    for task in tasks:
        task.cancel()
    return lost, refused, np.concatenate([line.took for line in lines])


def test_no_answer_of_two_hundred_phones_is_lost_and_none_waits(server):
    lost, refused, took = asyncio.run(lesson(server, SECONDS))
    memory = psutil.Process(server.process.pid).memory_info().rss / 1e6
    quick = 1000 * np.quantile(took, 0.95)
    print(f"{len(took)} said, {lost} lost, 95 % in {quick:.0f} ms, {memory:.0f} MB, {len(refused)}")
    assert lost == 0 and all(refused) and memory < 150 and quick < 100
