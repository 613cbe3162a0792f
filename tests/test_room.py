"""The room: one vote a phone, which can be changed; what cannot be said in it is refused."""

import json
import re

import pytest
from tornado.httpserver import HTTPServer
from tornado.testing import AsyncHTTPTestCase

from book.lessons import LESSONS, read
from classroom.policy import POLICY
from classroom.room.__main__ import LIMITS, application
from classroom.room.votes import MOST, Room

TOKEN = "0123456789abcdef"
PHONES = [f"{k:032x}" for k in range(MOST + 1)]
WRONG = 3, "3", {}, True, [], [3, 3], [5], [-0.1], [True], ["3"], [float("nan")], [10**400]


@pytest.fixture
def room():
    """Return the room of the 90 minutes at its second question, how many rows a line gets right."""
    room = Room(read(LESSONS / "90.md"))
    assert room.hear(PHONES[0]) == room.look() == {"room": None}
    room.move("one", 1, False)
    return room


def said(held, phone, answer, **more):
    return held.hear(phone, **{"room": "one", "at": 1, "answer": answer, **more})


def test_a_phone_votes_once_and_can_change_it_until_it_is_shown(room):
    assert room.look()["truth"] is None and room.look()["counts"] == []
    for phone, answer in (PHONES[0], [4]), (PHONES[0], [3]), (PHONES[1], [4]):
        assert said(room, phone, answer, mood=2)["taken"] == tuple(answer)
    for elsewhere in {"at": 0}, {"room": "two"}:
        assert said(room, PHONES[2], [1], **elsewhere)["taken"] is None
    assert [room.look()[name] for name in ("phones", "answered", "stuck")] == [2, 2, 2]
    room.move("one", 1, True)
    assert said(room, PHONES[1], [2])["taken"] == (4,) and room.look()["truth"] == [3]
    assert room.look()["counts"] == room.kept()[0]["counts"] == [((3,), 1), ((4,), 1)]
    assert len(room.kept()) == 1 and PHONES[0] not in json.dumps(room.kept())


def test_every_lesson_asks_for_a_choice_and_a_number_and_its_right_answers_can_be_given():
    for path in LESSONS.glob("*.md"):
        room, kinds = Room(read(path)), set()
        for at, stop in enumerate(room.stops):
            room.move("one", at, False)
            kinds.add((len(stop["options"]) > 0, len(stop["axes"])))
            with pytest.raises(ValueError):
                said(room, PHONES[0], [], at=at)
            if stop["truth"] is not None:
                assert said(room, PHONES[0], stop["truth"], at=at)["taken"] is not None
        assert {(True, 0), (False, 1)} <= kinds


def test_what_cannot_be_is_refused_and_changes_nothing(room):
    wrong = [(PHONES[0], answer, {}) for answer in WRONG]
    wrong += [(PHONES[0], [3], {"mood": mood}) for mood in (3, "stuck", [1])]
    wrong += [(phone, [3], {}) for phone in ("", "0" * 31, "g" * 32, PHONES[0] + "0")]
    wrong += [(PHONES[0], [3], {"move": move}) for move in [("one", 99, False), (1, 1, False)]]
    for phone, answer, more in wrong:
        with pytest.raises(ValueError):
            room.move(*more.pop("move", ("one", 1, False)))
            said(room, phone, answer, **more)
    assert room.look()["answered"] == 0 and room.at == 1
    for phone in PHONES[:MOST]:
        said(room, phone, [3])
    with pytest.raises(OverflowError):
        said(room, PHONES[MOST], [3])


class TestServer(AsyncHTTPTestCase):
    """The server, on a port of this computer alone."""

    def get_http_server(self):
        return HTTPServer(self._app, **LIMITS)

    def get_app(self):
        return application(Room(read(LESSONS / "45.md")), "http://address/", TOKEN)

    def post(self, path, said, phone=""):
        body = said if isinstance(said, (str, bytes)) else json.dumps(said)
        return self.fetch(path, method="POST", body=body, headers={"Cookie": f"phone={phone}"}).code

    def test_only_the_token_moves_the_lesson_and_only_a_known_phone_answers(self):
        move = {"room": None, "at": 0, "shown": False}
        for token, code in ("", 403), (None, 403), ("ä" * 16, 403), (TOKEN, 200):
            assert self.post("/go", {"token": token, "move": move}) == code
        name, phone, *rest = re.split("[=;] ?", self.fetch("/").headers["Set-Cookie"])
        assert name == "phone" and {"HttpOnly", "SameSite", "Strict"} <= {*rest}
        assert self.post("/say", {}, phone) == 200 and self.post("/say", {}) == 400
        for said in "", "[]", "null", "{", '{"no": 1}', "[" * 590, b"\xff", '{"token": "\\ud800"}':
            assert self.post("/say", said, phone) == self.post("/go", said) == 400
        assert self.post("/say", "{}" + " " * 600, phone) in (400, 599)  # the line is closed

    def test_pages_carry_the_policy_and_nothing_else_is_served(self):
        for path in "/", "/teach", "/demos/index.html":
            assert POLICY in self.fetch(path).body.decode()
        for path in "/room/votes.py", "/../pyproject.toml", "/room/../../README.md", "/go":
            assert self.fetch(path).code == 404
