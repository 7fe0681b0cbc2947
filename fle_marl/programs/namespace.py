"""An agent's lasting namespace: running programs in it, and saying what is in it."""

import builtins
import inspect
import linecache
import mmap
import random
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final, NoReturn

from fle_marl.errors import ProgramError
from fle_marl.programs.guard import GUARDED_BUILTINS, compile_program
from fle_marl.programs.landmarks import Landmarks
from fle_marl.programs.modules import make_importer
from fle_marl.programs.protocol import ErrorReport
from fle_marl.programs.reports import (
    describe_error,
    is_program_code,
    line_in_program,
)
from fle_marl.programs.restoring import restore_namespace, set_random_state
from fle_marl.programs.saved_namespace import bad_namespace, check_namespace
from fle_marl.programs.saving import save_namespace
from fle_marl.programs.sources import program_name, remember

__all__ = ["AgentNamespace"]

_NOT_FOR_PROGRAMS: Final = frozenset(
    {
        "breakpoint",
        "compile",
        "copyright",
        "credits",
        "eval",
        "exec",
        "exit",
        "help",
        "input",
        "license",
        "open",
        "quit",
    }
)
_MEMORY_RESERVE_BYTES: Final = 4 * 2**20
"""Held back so that there is room to report that memory ran out."""
_MEMORY_FOR_NEXT_BYTES: Final = 32 * 2**20
"""Must be left when a program ends, or no other could run after it."""


class AgentNamespace:
    """The variables, functions and classes of one agent.

    What the environment gives (types, tools, ``print``) lies where Python looks after
    the agent's own names. An agent can give one of its variables the name of a tool,
    and has the tool again after ``del``.

    Args:
        provided: types and tools by name.
        write: takes what is printed.
        seed: of the module ``random``.
        watch: a context in which programs run.
    """

    def __init__(
        self,
        provided: Mapping[str, object],
        write: Callable[[str], None],
        seed: str,
        watch: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self._write = write
        self._watch = watch
        self._is_at_line_start = True
        self._programs_run = 0
        self._filename = ""
        self._memory_reserve: mmap.mmap | None = None
        self._import = make_importer(seed)
        self._provided = {
            **_safe_builtins(),
            **provided,
            "__import__": self._import,
            "print": self._print,
        }
        # A module of its own, because dataclasses, enum and typing look for the module
        # that a class says it is from.
        self._module = ModuleType("__main__")
        vars(self._module)["__builtins__"] = self._provided
        sys.modules["__main__"] = self._module
        self._given = {*vars(self._module), "__annotations__"}

    def run(
        self,
        source: str,
        *,
        start: Callable[[], None],
        stop: Callable[[], None],
    ) -> ErrorReport | None:
        """Run a program.

        Args:
            source: its text.
            start: called before it runs; begins to count what it uses.
            stop: called when it has ended, however it did.

        Returns:
            Why it ended early; None when it ran to its end.
        """
        self._programs_run += 1
        self._filename = program_name(self._programs_run)
        self._is_at_line_start = True
        try:
            try:
                start()
                return self._attempt(source)
            finally:
                stop()
        except BaseException as error:  # noqa: BLE001 - what ended the reporting itself
            self._release_reserve()
            return describe_error(error, self._filename, ())

    def _attempt(self, source: str) -> ErrorReport | None:
        try:
            self._release_reserve()
            self._memory_reserve = _reserve_memory(_MEMORY_RESERVE_BYTES)
            self._execute(source)
            _reserve_memory(_MEMORY_FOR_NEXT_BYTES).close()
        except BaseException as error:  # noqa: BLE001 - whatever ends a program is reported
            self._release_reserve()
            return describe_error(error, self._filename, self._known_names())
        return None

    def names(self) -> list[str]:
        """Names that the agent has defined, in alphabetical order."""
        names = filter(_is_name, vars(self._module))
        return sorted(name for name in names if not name.startswith("__"))

    def functions(self) -> list[dict[str, str]]:
        """The agent's functions.

        Returns:
            For each ``name``, ``signature``, ``docstring`` and ``source``.
        """
        own = [(name, vars(self._module)[name]) for name in self.names()]
        return [
            _describe_function(name, value)
            for name, value in own
            if isinstance(value, FunctionType) and is_program_code(value.__code__)
        ]

    def save(self) -> dict[str, object]:
        """What the agent has defined, as plain data; see `saved_namespace`."""
        own = {
            name: value
            for name, value in vars(self._module).items()
            if name not in self._given
        }
        with self._watch():
            return save_namespace(
                own, self._landmarks(), self._programs_run, self._random
            )

    def restore(
        self,
        saved: object,
        *,
        start: Callable[[], None],
        stop: Callable[[], None],
    ) -> None:
        """Take over what `save` gave, into a namespace that has run nothing yet.

        Args:
            saved: not believed before it is checked.
            start: called before any of it is used; begins to count what it uses.
            stop: called at the end, however it came.

        Raises:
            ProgramError: `bad-namespace`; the namespace is half restored.
        """
        checked: dict[str, Any] = check_namespace(saved)
        try:
            try:
                start()
                with self._watch():
                    restore_namespace(checked, vars(self._module), self._landmarks())
            finally:
                stop()
        except ProgramError:
            raise
        except BaseException as error:  # noqa: BLE001 - texts of classes can do anything
            raise bad_namespace(f"{type(error).__name__}: {error}"[:500]) from None
        self._programs_run = checked["programs_run"]
        set_random_state(self._random, checked["random"])

    @property
    def _random(self) -> random.Random:
        """The generator of the agent's module ``random``."""
        shared = vars(self._import("random"))["random"].__self__
        assert isinstance(shared, random.Random)
        return shared

    def _landmarks(self) -> Landmarks:
        return Landmarks(self._provided, self._import)

    def _release_reserve(self) -> None:
        if self._memory_reserve is not None:
            self._memory_reserve.close()
        self._memory_reserve = None

    def _execute(self, source: str) -> None:
        remember(self._filename, source)
        before_null, null, _ = source.partition("\0")
        if null:  # Python says so too, in each version otherwise and never where
            place = (self._filename, before_null.count("\n") + 1, None, None)
            raise SyntaxError("a program cannot contain null characters", place)
        code = compile_program(source, self._filename)
        with self._watch():
            exec(code, vars(self._module))
        if not _defines_code(code):
            del linecache.cache[self._filename]  # nothing can point to it later

    def _known_names(self) -> list[str]:
        names = filter(_is_name, (*vars(self._module), *self._provided))
        return [name for name in names if not name.startswith("_")]

    def _print(
        self,
        *values: object,
        sep: str | None = None,
        end: str | None = None,
        file: object = None,
        flush: bool = False,
    ) -> None:
        """Print values, with the line of the program that prints in front."""
        text = (" " if sep is None else sep).join([str(value) for value in values])
        text += "\n" if end is None else end
        if self._is_at_line_start:
            line = line_in_program(sys._getframe(1), self._filename)  # noqa: SLF001 - how a frame is found
            text = f"{line}: {text}"
        self._is_at_line_start = text.endswith("\n")
        self._write(text)


def _is_name(key: object) -> bool:
    """Whether a key of the namespace is a text; through globals() anything can be."""
    return type(key) is str


def _reserve_memory(size_bytes: int) -> mmap.mmap:
    """Address space that is counted against the limit, but never touched.

    Raises:
        MemoryError: there is not so much left.
    """
    try:
        return mmap.mmap(-1, size_bytes)
    except OSError as error:
        raise MemoryError from error


def _safe_builtins() -> dict[str, object]:
    """Python's builtins without files, input, and running text as code."""
    safe = {
        name: value
        for name, value in vars(builtins).items()
        if not name.startswith("_") and name not in _NOT_FOR_PROGRAMS
    }
    refused = {name: _refusal(name) for name in _NOT_FOR_PROGRAMS}
    ending = {"exit": _exit_program, "quit": _exit_program}
    return {
        **safe,
        **refused,
        **ending,
        **GUARDED_BUILTINS,
        "__build_class__": builtins.__build_class__,
    }


def _refusal(name: str) -> Callable[..., NoReturn]:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise PermissionError(f"programs cannot use {name}()")

    return refuse


def _exit_program(code: object = None) -> NoReturn:
    """End the program here."""
    raise SystemExit(code)


def _describe_function(name: str, function: FunctionType) -> dict[str, str]:
    try:
        signature = str(inspect.signature(function))
        source = inspect.getsource(function).rstrip()
    except Exception:  # noqa: BLE001 - runs __repr__ of the agent's own default values
        signature, source = "(...)", ""
    docstring = function.__doc__ if isinstance(function.__doc__, str) else ""
    return {
        "name": name,
        "signature": signature,
        "docstring": inspect.cleandoc(docstring),
        "source": source,
    }


def _defines_code(code: CodeType) -> bool:
    """Whether something compiled with it can outlive it: functions, classes, ..."""
    return any(isinstance(constant, CodeType) for constant in code.co_consts)
