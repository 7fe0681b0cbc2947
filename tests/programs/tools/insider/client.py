"""A tool that gives programs what they must never find: the code that speaks for them.

What the other side of the connection does then is tested with it, and what is left of
the process's walls when Python's are down.
"""

import os

from fle_marl.lua.client import Door, tool


@tool
def insider(call: Door) -> object:
    """The door of this process, and the module ``os``."""
    return call.__self__, os
