"""The room: a lesson's questions on the phones of a class, and its answers on the projector."""
