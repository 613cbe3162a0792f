"""What stands around a lesson: the checks of the exercises, and the demos."""
