"""What happens before and after each call of scripts by Python."""

from collections.abc import Callable

__all__ = ["FromOutside"]


class FromOutside:
    """A call of scripts from outside; may be within another one.

    It begins with fresh limits, unless a script is running already, and what Lua has
    remembered of the world is forgotten before and after it.

    Args:
        forget: has Lua forget that.
        renew: gives fresh limits; None without limits.
    """

    __slots__ = ("_depth", "_forget", "_renew")

    def __init__(
        self, forget: Callable[[], object], renew: Callable[[], object] | None
    ) -> None:
        self._forget = forget
        self._renew = renew
        self._depth = 0

    def __enter__(self) -> None:
        if self._depth == 0 and self._renew is not None:
            self._renew()
        self._depth += 1
        self._forget()

    def __exit__(self, *_error: object) -> None:
        self._forget()
        self._depth -= 1
