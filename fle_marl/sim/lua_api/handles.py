"""Numbers that stand for entities in Lua: the row, and how many were made before.

A reused row is noticed by the second part.
"""

from typing import Final

__all__ = ["SERIAL_BITS", "SERIAL_MASK"]

SERIAL_BITS: Final = 24
SERIAL_MASK: Final = (1 << SERIAL_BITS) - 1
