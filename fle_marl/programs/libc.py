"""Calls of the C library that Python has no function for."""

import ctypes
import errno

__all__ = ["call"]


def call(name: str, *arguments: ctypes.c_int | ctypes.c_ulong | bytes) -> None:
    """Call a function of the C library that answers 0 when it has done its work.

    Args:
        name: of the function, such as ``"prctl"``.
        arguments: of the types that the function has; bytes are a pointer to them.

    Raises:
        OSError: it failed; the message is the name of its error, such as ``"EPERM"``.
    """
    library = ctypes.CDLL(None, use_errno=True)
    if library[name](*arguments) != 0:
        raise OSError(errno.errorcode.get(ctypes.get_errno(), "?"))
