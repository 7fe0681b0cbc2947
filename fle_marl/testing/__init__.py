"""Helping tests and examples to play with worlds; nothing else uses it."""

__all__: list[str] = []
