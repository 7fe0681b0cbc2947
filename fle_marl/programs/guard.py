"""What a program may not name: the ways from any object into the interpreter.

The kernel is what holds a program (`walls`). This keeps honest programs, and most of
the others, from getting to where they could disturb their own process: the text of a
program is looked through before it runs, and the builtins that take the name of an
attribute as a string ask here.
"""

import ast
import re
import string
from collections.abc import Mapping, Sequence
from typing import Any, Final

__all__ = ["GUARDED_BUILTINS", "SafeFormatter", "allowed_name", "compile_program"]

_REFUSED_NAMES: Final = """
    __subclasses__ __bases__ __base__ __mro__ mro __globals__ __closure__ __code__
    __builtins__ __loader__ __spec__ __import__ __self__ __func__ __wrapped__
    __getattribute__ __reduce__ __reduce_ex__ __traceback__ __weakref__
    __subclasshook__ __objclass__ tb_frame tb_next f_back f_builtins f_code f_globals
    f_locals f_trace gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_origin ag_frame
    ag_code cell_contents func_globals func_code
"""
_REFUSED: Final = frozenset(_REFUSED_NAMES.split())
_FORMAT: Final = "__format__text__"
_VARS: Final = "vars"
_PART: Final = re.compile(r"[.\[\]]")
"""What parts the name of a field into names of attributes and keys."""


def compile_program(source: str, filename: str) -> Any:  # noqa: ANN401 - a code object
    """Compile a program's text, with what it may not name refused.

    Raises:
        SyntaxError: it is no Python, or names what programs cannot use.
    """
    tree = ast.parse(source, filename)
    _Refusal(filename).visit(tree)
    tree = ast.fix_missing_locations(_Rewriting().visit(tree))
    return compile(tree, filename, "exec", dont_inherit=True)


def _why(name: object) -> str:
    return f"programs cannot use the attribute {name!r}"


class _Refusal(ast.NodeVisitor):
    """Stops at the first name that programs cannot use."""

    def __init__(self, filename: str) -> None:
        self._filename = filename

    def _check(self, name: str | None, node: ast.AST) -> None:
        if name in _REFUSED or name == _FORMAT:
            place = (self._filename, getattr(node, "lineno", 1), None, None)
            raise SyntaxError(_why(name), place)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self._check(node.attr, node)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        self._check(node.id, node)

    def visit_MatchClass(self, node: ast.MatchClass) -> None:
        for name in node.kwd_attrs:
            self._check(name, node)
        self.generic_visit(node)

    def visit_Global(self, node: ast.Global | ast.Nonlocal) -> None:
        for name in node.names:
            self._check(name, node)

    visit_Nonlocal = visit_Global  # noqa: N815

    def visit_alias(self, node: ast.alias) -> None:
        for name in (*node.name.split("."), node.asname):
            self._check(name, node)

    def visit_arg(self, node: ast.arg) -> None:
        self._check(node.arg, node)
        self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self._check(node.name, node)
        self.generic_visit(node)


class _Rewriting(ast.NodeTransformer):
    """Has texts formatted by `SafeFormatter`, and ``x.__dict__`` read by ``vars``."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            return node
        if node.attr in ("format", "format_map"):
            arguments = [node.value, ast.Constant(node.attr)]
            return ast.copy_location(_call(_FORMAT, arguments, node), node)
        if node.attr == "__dict__":
            return ast.copy_location(_call(_VARS, [node.value], node), node)
        return node


def _call(name: str, arguments: list[ast.expr], place: ast.AST) -> ast.Call:
    function = ast.copy_location(ast.Name(name, ast.Load()), place)
    for argument in arguments:
        if isinstance(argument, ast.Constant):
            ast.copy_location(argument, place)
    return ast.Call(function, arguments, [])


class SafeFormatter(string.Formatter):
    """Formats texts as ``str.format`` does, without a way into what it formats."""

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401 - whatever it is
        """The value of a field.

        Raises:
            PermissionError: the field names an attribute that programs cannot use.
        """
        for name in _PART.split(field_name):
            if name in _REFUSED or name == "__dict__":
                raise PermissionError(_why(name))
        return super().get_field(field_name, args, kwargs)


def _format_text(owner: object, method: str) -> Any:  # noqa: ANN401 - whatever it is
    """What ``owner.format`` or ``owner.format_map`` is for programs."""
    if isinstance(owner, type) and issubclass(owner, str):
        return lambda text, *args, **kwargs: _format_text(text, method)(*args, **kwargs)
    if not isinstance(owner, str):
        return getattr(owner, method)
    text = _exact(owner)
    if method == "format":
        return lambda *args, **kwargs: _Numbering().vformat(text, args, kwargs)
    return lambda mapping: _Numbering().vformat(text, (), mapping)


class _Numbering(SafeFormatter):
    """Of one text; tells wrong places as ``str.format`` does."""

    def get_value(
        self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401 - whatever it is
        if isinstance(key, int) and key >= len(args):
            raise IndexError(
                f"Replacement index {key} out of range for positional args tuple"
            )
        return super().get_value(key, args, kwargs)


def _exact(text: str) -> str:
    """A text itself, whatever the methods of its class say that it is."""
    if not isinstance(text, str):
        raise TypeError(f"attribute name must be string, not {type(text).__name__!r}")
    return str.__str__(text)


def allowed_name(name: str) -> str:
    """The name of an attribute, if programs can use it.

    Raises:
        PermissionError: they cannot.
    """
    name = _exact(name)
    if name in _REFUSED or name == "__dict__":
        raise PermissionError(_why(name))
    return name


def _getattr(owner: object, name: str, *default: object) -> object:
    name = allowed_name(name)
    found = getattr(owner, name, *default)
    return _format_text(owner, name) if name in ("format", "format_map") else found


def _hasattr(owner: object, name: str) -> bool:
    name = _exact(name)
    return name not in _REFUSED and hasattr(owner, name)


def _setattr(owner: object, name: str, value: object) -> None:
    setattr(owner, allowed_name(name), value)


def _delattr(owner: object, name: str) -> None:
    delattr(owner, allowed_name(name))


def _vars(*owner: object) -> object:
    if not owner:
        raise TypeError(
            "vars() needs an object here; globals() has the program's names"
        )
    (value,) = owner
    if isinstance(value, type) and value.__module__ != "__main__":
        raise PermissionError("programs cannot look into Python's own classes")
    return vars(value)


GUARDED_BUILTINS: Final[Mapping[str, object]] = {
    "getattr": _getattr,
    "hasattr": _hasattr,
    "setattr": _setattr,
    "delattr": _delattr,
    "vars": _vars,
    _FORMAT: _format_text,
}
