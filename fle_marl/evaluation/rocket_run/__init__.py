"""A scripted run from empty hands towards the rocket, through agents' tools only."""
