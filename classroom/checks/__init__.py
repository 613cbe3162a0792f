"""Checks for the exercises: right, not answered yet, or a hint that names the mistake.

There is one file for each exercise notebook. `report` has what a check says, and `judging` calls
a learner's function and compares what it returns.
"""
