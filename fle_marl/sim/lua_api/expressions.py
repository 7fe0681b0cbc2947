"""Arithmetic as text, as `LuaGameScript.evaluate_expression` takes it.

Source: runtime API, MathExpression: ``+ - * / ^``, parentheses, and the functions abs,
log2, sign, max and min; a number before a name or a parenthesis multiplies.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from fle_marl.sim.lua_api.errors import fail

__all__ = ["evaluate"]

_TOKEN: Final = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|([A-Za-z_]\w*)|(.))")
_LONGEST: Final = 1000
"""Characters of an expression. A limit of this simulator."""
_FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = {
    "abs": abs,
    "log2": math.log2,
    "sign": lambda value: math.copysign(1.0, value) if value else 0.0,
    "max": max,
    "min": min,
}


def evaluate(text: str, variables: Mapping[object, object]) -> float:
    """The value of an expression.

    Args:
        text: such as ``"2^(L-1)*1000"``.
        variables: numbers by name.

    Raises:
        ScriptError: it is not an expression, a name is unknown, or it has no value.
    """
    if len(text) > _LONGEST:
        fail(f"An expression has at most {_LONGEST} characters.")
    tokens = [match.group().strip() for match in _TOKEN.finditer(text)]
    reader = _Reader([token for token in tokens if token], variables, text)
    try:
        value = float(reader.sum())
    except (ArithmeticError, ValueError, TypeError, RecursionError):
        fail(f"The expression has no value: {text}")
    if reader.next() is not None or not math.isfinite(value):
        fail(f"The expression has no value: {text}")
    return value


class _Reader:
    """Reads tokens from the left; each method takes what it stands for."""

    def __init__(
        self, tokens: Sequence[str], variables: Mapping[object, object], text: str
    ) -> None:
        self._tokens = tokens
        self._variables = variables
        self._text = text
        self._place = 0

    def next(self) -> str | None:
        """The token that is next; None at the end."""
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self, *tokens: str) -> str | None:
        token = self.next()
        if token not in tokens:
            return None
        self._place += 1
        return token

    def sum(self) -> float:
        """Products that are added and subtracted."""
        value = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> float:
        value = self._signed()
        while True:
            if self._take("*"):
                value *= self._signed()
            elif self._take("/"):
                value /= self._signed()
            elif self._is_factor():
                value *= self._power()
            else:
                return value

    def _is_factor(self) -> bool:
        token = self.next()
        return token is not None and (token == "(" or token[0].isalpha())

    def _signed(self) -> float:
        if self._take("-"):
            return -self._signed()
        self._take("+")
        return self._power()

    def _power(self) -> float:
        base = self._value()
        if not self._take("^"):
            return base
        power = base ** self._signed()
        if isinstance(power, complex):
            fail(f"The expression has no value: {self._text}")
        return float(power)

    def _value(self) -> float:
        if self._take("("):
            value = self.sum()
            self._close()
            return value
        token = self.next()
        if token is None:
            fail(f"The expression ends too early: {self._text}")
        self._place += 1
        if token[0].isdigit() or token[0] == ".":
            return float(token)
        if token in _FUNCTIONS and self._take("("):
            arguments = [self.sum()]
            while self._take(","):
                arguments.append(self.sum())
            self._close()
            return float(_FUNCTIONS[token](*arguments))
        number = self._variables.get(token)
        if isinstance(number, bool) or not isinstance(number, int | float):
            fail(f"Unknown name {token} in the expression: {self._text}")
        return float(number)

    def _close(self) -> None:
        if not self._take(")"):
            fail(f"A parenthesis is not closed: {self._text}")
