"""Compiling Lua once for all worlds of a process.

A world begins with the sources of all tools, and to parse them takes longer than to run
them.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

import lupa.lua52 as lupa

__all__ = ["compiled", "compiled_part"]

_MOST_CHUNKS: Final = 1024
_COMPILE: Final = """
local source, name = ...
local chunk, problem = load(source, name, "t")
if chunk == nil then
  return nil, problem
end
return string.dump(chunk), nil
"""


@lru_cache(maxsize=_MOST_CHUNKS)
def compiled(source: str, name: str) -> tuple[bytes | None, str | None]:
    """The machine code of a chunk of Lua, for Lua's ``load`` in this process.

    Args:
        source: Lua 5.2.
        name: for error messages.

    Returns:
        The code and None, or None and why the source cannot be read.
    """
    code, problem = _compiler()(source.encode(), name.encode())
    return code, None if problem is None else problem.decode("utf-8", "replace")


def compiled_part(source: str, name: str) -> bytes:
    """The same of a chunk that is our own.

    Raises:
        SyntaxError: it cannot be read.
    """
    code, problem = compiled(source, name)
    if code is None:
        raise SyntaxError(problem)
    return code


@cache
def _compiler() -> Callable[[bytes, bytes], tuple[bytes | None, bytes | None]]:
    runtime = lupa.LuaRuntime(
        unpack_returned_tuples=True,
        register_eval=False,
        register_builtins=False,
        encoding=None,
    )
    compile_chunk: Callable[[bytes, bytes], tuple[bytes | None, bytes | None]]
    compile_chunk = runtime.compile(_COMPILE)
    return compile_chunk
