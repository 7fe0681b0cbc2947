"""A second process that goes on with an agent's namespace when the first one dies."""

import os
import select
from collections.abc import Callable

__all__ = ["Standby"]


class Standby:
    """A forked copy of a process, waiting in case that process dies.

    The copy waits at the far end of a pipe. A byte dismisses it; if the pipe closes
    instead, the process that held it is dead, and the copy takes its place. A newer
    copy also keeps the older one's pipe open until one of them is dismissed, so that
    never two of them take over.

    Args:
        writer: file descriptor of the pipe's near end.
    """

    def __init__(self, writer: int) -> None:
        self._writer = writer

    def is_waiting(self) -> bool:
        """Whether the copy is still there."""
        poll = select.poll()
        poll.register(self._writer, select.POLLERR)
        return not poll.poll(0)

    def dismiss(self) -> None:
        """Let the copy end."""
        try:
            os.write(self._writer, b".")
        except BrokenPipeError:
            pass  # it has been killed; nothing is left to dismiss
        finally:
            os.close(self._writer)

    @classmethod
    def fork(
        cls, older: "Standby | None", on_copy: Callable[[], None]
    ) -> "Standby | None":
        """Fork a copy of this process that waits.

        Args:
            older: the copy of before; dismissed once the new one is there.
            on_copy: called in the copy before it waits; closes what it must not hold.

        Returns:
            In this process, the new copy. In the copy, after this process has died:
            None; the copy must fork a copy of its own.

        Raises:
            OSError: there is no room for another process; `older` still waits.
        """
        reader, writer = os.pipe()
        try:
            is_copy = os.fork() == 0
        except OSError:
            os.close(reader)
            os.close(writer)
            raise
        if is_copy:
            os.close(writer)
            on_copy()
            _wait_for_death(reader)
            if older is not None:
                older.dismiss()
            return None
        os.close(reader)
        if older is not None:
            older.dismiss()
        return cls(writer)


def _wait_for_death(reader: int) -> None:
    """Return when the pipe closes; end this process when a byte comes."""
    word = os.read(reader, 1)
    os.close(reader)
    if word:
        os._exit(0)
