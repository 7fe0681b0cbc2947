"""The texts of an agent's programs, and where in them functions and classes are.

`linecache` holds the texts, under the names of files that their code says it is from.
"""

import ast
import dis
import linecache
from collections.abc import Iterator
from types import CodeType
from typing import Final

__all__ = [
    "class_lines",
    "codes_in",
    "kept_programs",
    "number_of",
    "program_name",
    "remember",
    "source_of",
    "text_of_class",
    "uses_of",
]

_START: Final = "<program "
_NO_FUNCTIONS: Final = frozenset(
    {"<module>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}
)
_OPTIMIZED_NEW_LOCALS: Final = 3
"""Flags of the code of functions. Source: docs.python.org/3/library/inspect.html."""


def program_name(number: int) -> str:
    """The file name of an agent's program by its number."""
    return f"{_START}{number}>"


def number_of(filename: str) -> int | None:
    """The number of the program of a file name; None if it is none."""
    digits = filename.removeprefix(_START).removesuffix(">")
    is_program = filename.startswith(_START) and digits.isdigit()
    return int(digits) if is_program else None


def remember(filename: str, source: str) -> None:
    """Keep the text of a program for tracebacks and for `source_of`."""
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)


def source_of(number: int) -> str | None:
    """The text of a program; None when it is not kept."""
    return "".join(linecache.getlines(program_name(number))) or None


def kept_programs() -> list[int]:
    """Numbers of the programs whose texts are kept, the newest first."""
    numbers = [number_of(str(name)) for name in linecache.cache]
    return sorted((number for number in numbers if number is not None), reverse=True)


def codes_in(code: CodeType) -> Iterator[CodeType]:
    """The codes of all functions and lambdas in a program, in the order of its text."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            is_function = constant.co_flags & _OPTIMIZED_NEW_LOCALS
            if is_function == _OPTIMIZED_NEW_LOCALS and (
                constant.co_name not in _NO_FUNCTIONS
            ):
                yield constant
            yield from codes_in(constant)


def class_lines(source: str, name: str) -> list[tuple[int, int]]:
    """First and last lines of the classes of that name that no function defines."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []  # this program did not run
    return [
        (node.lineno, node.end_lineno or node.lineno)
        for node in _classes(tree)
        if node.name == name
    ]


def text_of_class(source: str, line: int) -> str | None:
    """A program without all but one class, which stays on its lines.

    Imports from ``__future__`` stay as well.

    Args:
        source: text of the program.
        line: of the word ``class``.
    """
    tree = ast.parse(source)
    found = [node for node in _classes(tree) if node.lineno == line]
    if not found:
        return None
    (node, *_) = found
    lines = source.encode().splitlines(keepends=True)
    kept = [b""] * len(lines)
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            _keep(lines, kept, statement, statement.lineno)
    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
    _keep(lines, kept, node, first)
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip(b" \t"))
    if indent and first > 1:
        kept[first - 2] += b"if True:"  # what it stood in is gone
    return b"\n".join(part.rstrip(b"\r\n") for part in kept).decode()


def uses_of(code: CodeType) -> set[str]:
    """Global names that running a class's text looks up at once."""
    names = {
        str(instruction.argval)
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("LOAD_NAME", "LOAD_GLOBAL")
    }
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and not (
            constant.co_flags & _OPTIMIZED_NEW_LOCALS == _OPTIMIZED_NEW_LOCALS
            and constant.co_name not in _NO_FUNCTIONS
        ):
            names |= uses_of(constant)
    return names


def _classes(tree: ast.AST) -> Iterator[ast.ClassDef]:
    """Classes that are not inside of functions or other classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _classes(node)


def _keep(lines: list[bytes], kept: list[bytes], node: ast.stmt, first: int) -> None:
    last = node.end_lineno or node.lineno
    for number in range(first, last + 1):
        text = lines[number - 1]
        end = node.end_col_offset if number == last else len(text)
        start = node.col_offset if number == node.lineno == first else 0
        # other statements may stand before it on its line
        head = b"" if text[:start].strip() else text[:start]
        kept[number - 1] = head + text[start:end]
