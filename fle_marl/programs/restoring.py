"""Making an agent's namespace again from what was saved, in the agent's own process.

Whatever the saved data says can do no more than a program of the agent can: texts go
through the guard, and the values are made by what programs could call themselves. The
caller watches over it and limits what it uses, as it does with programs.
"""

import functools
import random
import types
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import EnumMeta
from types import CellType, CodeType, FunctionType
from typing import Any, Final

from fle_marl.programs.guard import allowed_name, compile_program
from fle_marl.programs.landmarks import Landmarks
from fle_marl.programs.saved_namespace import bad_namespace
from fle_marl.programs.sources import (
    codes_in,
    program_name,
    remember,
    text_of_class,
)

__all__ = ["restore_namespace", "set_random_state"]

_OWNERS: Final = frozenset(
    {"class", "enum", "instance", "named-tuple", "part", "random"}
)
_COLLECTIONS: Final = (defaultdict, Counter, OrderedDict, deque)

Value = list[Any]
Fill = Callable[[], None]


def restore_namespace(
    saved: Mapping[str, Any], own: dict[str, object], landmarks: Landmarks
) -> None:
    """Make the values of a saved namespace.

    Args:
        saved: as `check_namespace` has checked it.
        own: takes the agent's variables, functions and classes by name.
        landmarks: what it is given in this process.

    Raises:
        ProgramError: `bad-namespace`: a text in it cannot be run, or something is not
            what it is used as.
    """
    given = set(own)
    used = {*saved["names"], *_needs_in(saved["values"])}
    if taken := sorted(given & used):
        raise bad_namespace(f"{taken[0]!r} is a name of Python's own")
    for number, text in saved["programs"].items():
        remember(program_name(int(number)), text)
    restorer = _Restorer(saved["values"], saved["programs"], own, landmarks)
    values = {name: restorer.value(place) for name, place in saved["names"].items()}
    restorer.finish()
    for name in set(own) - given:
        del own[name]  # what classes needed for their texts to run, in another order
    own.update(values)


def set_random_state(generator: random.Random, state: list[Any]) -> None:
    """Let a generator of random numbers go on from a saved state."""
    *words, spare = state
    spare = None if spare is None else float.fromhex(spare)
    random.Random.setstate(generator, (3, tuple(words), spare))


def _needs_in(values: list[Value]) -> set[str]:
    return {name for kind, *parts in values if kind == "class" for name in parts[2]}


class _OpenValueError(Exception):
    """A value is needed that is being made just now."""


class _Restorer:
    """Makes values when they are first needed.

    What can change is made empty and filled later, so that it can be part of itself.
    It is filled once more at the end: running the text of a class may have changed it.
    """

    def __init__(
        self,
        saved: list[Value],
        programs: Mapping[str, str],
        own: dict[str, object],
        landmarks: Landmarks,
    ) -> None:
        self._saved = saved
        self._programs = programs
        self._own = own
        self._landmarks = landmarks
        self._made: dict[int, object] = {}
        self._open: set[int] = set()
        self._to_fill: deque[Fill] = deque()
        self._to_hash: deque[Fill] = deque()
        self._filled: list[Fill] = []
        self._codes: dict[int, list[CodeType]] = {}
        self._has_run_text = False

    def value(self, place: int) -> Any:  # noqa: ANN401 - any value
        """The value of a place; it may have to be filled yet."""
        if place in self._made:
            return self._made[place]
        if place in self._open:
            raise _OpenValueError(f"value {place} needs itself to be made")
        self._open.add(place)
        kind, *parts = self._saved[place]
        try:
            made = _MAKERS[kind](self, *parts)
        finally:
            self._open.remove(place)
        self._made[place] = made
        return made

    def finish(self) -> None:
        """Fill all that is still empty."""
        self._fill_all()
        if self._to_fill or self._to_hash:
            raise bad_namespace("values need themselves to be made")
        if self._has_run_text:
            for fill in self._filled:
                fill()

    def _fill_all(self) -> None:
        """Fill what waits; dictionaries and sets last, as they ask for hashes."""
        self._fill(self._to_fill)
        waiting: deque[Fill] = deque()
        while self._to_hash:
            self._fill_one(self._to_hash.popleft(), waiting)
            self._fill(self._to_fill)
        self._to_hash.extend(waiting)

    def _hashable(self, places: list[int]) -> list[Any]:
        """Values that are about to be asked for their hashes."""
        values = self._all(places)
        self._fill(self._to_fill)
        return values

    def _fill(self, queue: deque[Fill]) -> None:
        waiting: deque[Fill] = deque()
        while queue:
            self._fill_one(queue.popleft(), waiting)
        queue.extend(waiting)

    def _fill_one(self, fill: Fill, waiting: deque[Fill]) -> None:
        """Fill it, or let it wait while something in it is being made."""
        try:
            fill()
        except _OpenValueError:
            waiting.append(fill)
        else:
            self._filled.append(fill)

    def _all(self, places: list[int]) -> list[Any]:
        return [self.value(place) for place in places]

    def _named(self, places: Mapping[str, int]) -> dict[str, Any]:
        return {name: self.value(place) for name, place in places.items()}

    def _optional(self, place: int | None) -> Any:  # noqa: ANN401
        return None if place is None else self.value(place)

    def _a(self, kind: Any, place: int) -> Any:  # noqa: ANN401
        value = self.value(place)
        if not isinstance(value, kind):
            raise bad_namespace(
                f"value {place} is used as something else than a {type(value).__name__}"
            )
        return value

    # --- values with values in them

    def _list(self, places: list[int]) -> object:
        made: list[object] = []
        self._to_fill.append(lambda: made.__setitem__(slice(None), self._all(places)))
        return made

    def _dict(self, pairs: list[list[int]]) -> object:
        made: dict[object, object] = {}
        self._to_hash.append(lambda: self._fill_dict(made, pairs))
        return made

    def _fill_dict(self, made: dict[object, object], pairs: list[list[int]]) -> None:
        keys = self._hashable([key for key, _ in pairs])
        entries = self._all([entry for _, entry in pairs])
        made.clear()
        made.update(zip(keys, entries, strict=True))

    def _set(self, places: list[int]) -> object:
        made: set[object] = set()

        def fill() -> None:
            members = self._hashable(places)
            made.clear()
            made.update(members)

        self._to_hash.append(fill)
        return made

    def _frozenset(self, places: list[int]) -> object:
        return frozenset(self._hashable(places))

    def _collection(self, kind: int, option: int | None, places: list[int]) -> object:
        made_kind = self.value(kind)
        if made_kind not in _COLLECTIONS:
            raise bad_namespace(f"value {kind} is not a collection")
        with_option = made_kind in (deque, defaultdict) and option is not None
        if made_kind is deque:
            made: Any = deque(maxlen=self._optional(option) if with_option else None)
        elif made_kind is defaultdict:
            made = defaultdict(self._optional(option) if with_option else None)
        else:
            made = made_kind()

        def fill() -> None:
            entries = self._hashable(places)
            made.clear()
            if made_kind is deque:
                made.extend(entries)
                return
            for key, entry in entries:
                made[key] = entry

        self._to_hash.append(fill)
        return made

    def _instance(self, kind: int, attributes: Mapping[str, int]) -> object:
        made_kind = self._a(type, kind)
        made = object.__new__(made_kind)

        def fill() -> None:
            values = self._named(attributes)
            slots = [name for name in values if _is_slot(made_kind, name)]
            for name in slots:
                object.__setattr__(made, name, values.pop(name))
            if values:
                object.__getattribute__(made, "__dict__").update(values)

        self._to_fill.append(fill)
        return made

    def _named_tuple(self, kind: int, places: list[int]) -> object:
        made_kind = self._a(type, kind)
        if not issubclass(made_kind, tuple):
            raise bad_namespace(f"value {kind} is not a class of tuples")
        return tuple.__new__(made_kind, self._all(places))

    def _random(self, kind: int, state: list[Any]) -> object:
        made = self._a(type, kind)()
        if not isinstance(made, random.Random):
            raise bad_namespace(f"value {kind} is not a class of generators")
        set_random_state(made, state)
        return made

    # --- what has a source

    def _function(self, *parts: Any) -> object:  # noqa: ANN401
        program, number, name, path, *values = parts
        docstring, defaults, only_named, cells, attributes, annotations = values
        code = self._code(program, number)
        closure = tuple(self._a(CellType, cell) for cell in cells)
        made = FunctionType(code, self._own, name, None, closure or None)
        made.__qualname__ = path

        def fill() -> None:
            made.__doc__ = self.value(docstring)
            made.__defaults__ = self._optional(defaults)
            made.__kwdefaults__ = self._optional(only_named)
            made.__annotations__ = self._named(annotations)
            vars(made).update(self._named(attributes))

        self._to_fill.append(fill)
        return made

    def _code(self, program: int, number: int) -> CodeType:
        if program not in self._codes:
            compiled = compile_program(self._text(program), program_name(program))
            self._codes[program] = list(codes_in(compiled))
        codes = self._codes[program]
        if number >= len(codes):
            raise bad_namespace(f"program {program} has only {len(codes)} functions")
        return codes[number]

    def _text(self, program: int) -> str:
        if str(program) not in self._programs:
            raise bad_namespace(f"the text of program {program} is missing")
        return self._programs[str(program)]

    def _cell(self, content: int | None) -> object:
        made = CellType()
        if content is not None:
            self._to_fill.append(
                lambda: setattr(made, "cell_contents", self.value(content))
            )
        return made

    def _class(
        self,
        program: int,
        line: int,
        needs: Mapping[str, int],
        variables: Mapping[str, int],
    ) -> object:
        text = text_of_class(self._text(program), line)
        if text is None:
            raise bad_namespace(f"program {program} has no class at line {line}")
        for name, place in needs.items():
            with suppress(_OpenValueError):  # it is made of this class
                self._own[name] = self.value(place)
        self._fill_all()
        self._has_run_text = True
        code = compile_program(text, program_name(program))
        before = dict(self._own)
        exec(code, self._own)
        (made,) = (
            value
            for name, value in self._own.items()
            if isinstance(value, type) and before.get(name) is not value
        )
        self._to_fill.append(lambda: self._set_variables(made, variables))
        return made

    def _set_variables(self, kind: type, variables: Mapping[str, int]) -> None:
        for name, value in self._named(variables).items():
            type.__setattr__(kind, name, value)

    def _named_tuple_class(
        self, name: str, fields: list[int], defaults: list[int]
    ) -> object:
        names = self._all(fields)
        made = namedtuple(name, names, defaults=self._all(defaults))  # type: ignore[misc]
        made.__module__ = "__main__"
        return made

    def _part(self, owner: int, name: str) -> object:
        if self._saved[owner][0] not in _OWNERS:
            raise bad_namespace(f"value {owner} has no parts to be named")
        found = self.value(owner)
        self._fill_all()
        return getattr(found, allowed_name(name))

    def _enum(self, kind: int, name: str) -> object:
        return self._a(EnumMeta, kind)._member_map_[name]

    def _partial(
        self, inner: int, places: list[int], named: Mapping[str, int]
    ) -> object:
        return functools.partial(
            self._a(Callable, inner), *self._all(places), **self._named(named)
        )

    def _cached(self, inner: int, size: int | None, typed: bool) -> object:
        maker = functools.lru_cache(self._optional(size), typed)
        return maker(self._a(Callable, inner))

    def _alias(self, origin: int, places: list[int]) -> object:
        return types.GenericAlias(self._a(type, origin), tuple(self._all(places)))

    def _union(self, places: list[int]) -> object:
        return functools.reduce(lambda one, other: one | other, self._all(places))


def _is_slot(kind: type, name: str) -> bool:
    return any(
        type(vars(base).get(name)) is types.MemberDescriptorType
        for base in kind.__mro__
    )


_MAKERS: Final[Mapping[str, Callable[..., Any]]] = {
    "none": lambda _: None,
    "bool": lambda _, flag: flag,
    "int": lambda _, text: int(text, 16),
    "float": lambda _, text: float.fromhex(text),
    "str": lambda _, text: text,
    "surrogates": lambda _, text: bytes.fromhex(text).decode("utf-8", "surrogatepass"),
    "bytes": lambda _, text: bytes.fromhex(text),
    "bytearray": lambda _, text: bytearray.fromhex(text),
    "tuple": lambda restorer, places: tuple(restorer._all(places)),  # noqa: SLF001
    "range": lambda restorer, *places: range(*restorer._all(places)),  # noqa: SLF001
    "provided": lambda restorer, name: restorer._landmarks.provided(name),  # noqa: SLF001
    "module": lambda restorer, name: restorer._landmarks.module(name),  # noqa: SLF001
    "imported": lambda restorer, *names: restorer._landmarks.imported(*names),  # noqa: SLF001
    "alias": _Restorer._alias,  # noqa: SLF001
    "list": _Restorer._list,  # noqa: SLF001 - a table of the class's own methods
    "dict": _Restorer._dict,  # noqa: SLF001
    "set": _Restorer._set,  # noqa: SLF001
    "frozenset": _Restorer._frozenset,  # noqa: SLF001
    "collection": _Restorer._collection,  # noqa: SLF001
    "instance": _Restorer._instance,  # noqa: SLF001
    "named-tuple": _Restorer._named_tuple,  # noqa: SLF001
    "random": _Restorer._random,  # noqa: SLF001
    "function": _Restorer._function,  # noqa: SLF001
    "cell": _Restorer._cell,  # noqa: SLF001
    "class": _Restorer._class,  # noqa: SLF001
    "named-tuple-class": _Restorer._named_tuple_class,  # noqa: SLF001
    "part": _Restorer._part,  # noqa: SLF001
    "enum": _Restorer._enum,  # noqa: SLF001
    "partial": _Restorer._partial,  # noqa: SLF001
    "cached": _Restorer._cached,  # noqa: SLF001
    "union": _Restorer._union,  # noqa: SLF001
}
