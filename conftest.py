"""Applies to every test, in tests/ and in notebooks/."""

from tools.isolation import isolate

isolate()
