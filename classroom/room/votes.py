"""What is asked in a lesson, what phones answer, and where the lesson is; nothing is stored."""

import re
import secrets
from collections import Counter

from book.lessons import vote
from tools.questions import questions

MOST = 500  # phones


def stops(lesson):
    """Return what is asked in a lesson, with the options or axes of a vote, if there is one."""
    closing = {q.number: q for asked in questions().values() for q in asked}
    found = []
    for row in lesson.rows:
        about = {"minutes": row.minutes, "link": row.columns.get("Link", "")}
        about |= {"options": [], "axes": [], "truth": None}
        numbers = [n for line in row.slides for n in re.findall("^% question (.+)", line)]
        for q in (closing[number] for number in numbers):
            options = [f"{letter}) {text}" for letter, text, _ in q.choices]
            truth = [letter for letter, *_ in q.choices].index(q.answer)
            found.append({**about, "asked": plain(q.asked), "options": options, "truth": truth})
        if not numbers and "Ask" in row.columns:
            choices = vote(row.columns["Vote"]) if "Vote" in row.columns else {}
            found.append({**about, "asked": plain(row.columns["Ask"]), **choices})
    return found


def plain(text):
    """Return Markdown without its marks."""
    return re.sub(r"\*(\w[^*]*\w)\*", r"\1", text).replace("`", "")


def can_be(answer, stop):
    """Return whether it is an option's number, or a number for each axis; JSON knows NaN, too."""
    if isinstance(answer, list) and 0 < len(answer) == len(stop["axes"]):
        pairs = zip(answer, stop["axes"], strict=True)
        return all(type(a) in (int, float) and low <= a <= high for a, (_, low, high) in pairs)
    return type(answer) is int and 0 <= answer < len(stop["options"])


class Room:
    """A lesson that is held: what cannot be said in it is a ValueError."""

    def __init__(self, lesson):
        self.stops = stops(lesson)
        self.begin(None)

    def begin(self, name):
        """Begin anew, with nobody in the room; an answer to a room of another name is none here."""
        self.name, self.at, self.shown = name, None, False
        # Of each question, by phone; who hears it has a mood.
        self.answers, self.moods = ([{} for _ in self.stops] for _ in range(2))

    def move(self, room, at, shown):
        """Go to a question, and show what was answered, or not yet; without a room begin one."""
        known = type(at) is int and 0 <= at < len(self.stops)
        if not (known and isinstance(room, str | None) and type(shown) is bool):
            raise ValueError
        if room is None or room != self.name:
            self.begin(room or secrets.token_hex(16))
        self.at, self.shown = at, shown

    def hear(self, phone, room=None, at=None, answer=None, mood=0):
        """Take a phone's answer and mood, if they are to the present question; return that.

        A phone says the same again and again, so nothing is lost with a line, or with a server. A
        mood is 0 for at it, 1 for done and 2 for stuck.
        """
        if not re.fullmatch("[0-9a-f]{32}", phone):
            raise ValueError
        if self.at is None:
            return {"room": None}
        answers, moods, stop = self.answers[self.at], self.moods[self.at], self.stops[self.at]
        if phone not in moods and len(moods) >= MOST:
            raise OverflowError
        if (room, at) == (self.name, self.at):
            if mood not in (0, 1, 2) or not (answer is None or can_be(answer, stop)):
                raise ValueError
            moods[phone] = mood
            if answer is not None and not self.shown:
                answers[phone] = tuple(answer) if isinstance(answer, list) else answer
        return {"taken": answers.get(phone), "mood": moods.get(phone, 0), **self.present()}

    def present(self):
        """Return the present question; what is right is told when it is shown."""
        stop = self.stops[self.at] | ({} if self.shown else {"truth": None})
        return {"room": self.name, "at": self.at, "shown": self.shown, **stop}

    def look(self):
        """Return what the projector shows: how many answered and how they are; then the counts."""
        if self.at is None:
            return {"room": None}
        moods = Counter(self.moods[self.at].values())
        told = {"phones": moods.total(), "answered": len(self.answers[self.at])}
        told |= {"done": moods[1], "stuck": moods[2], "stops": len(self.stops)}
        return told | self.present() | {"counts": self.counts(self.at) if self.shown else []}

    def counts(self, at):
        """Return each answer that was given to a question, and how often."""
        return Counter(self.answers[at].values()).most_common()

    def kept(self):
        """Return what may be kept of a lesson: questions and counts, nothing of who answered."""
        asked = enumerate(self.stops)
        return [{**stop, "counts": self.counts(at)} for at, stop in asked if self.answers[at]]
