"""Saving an agent's namespace as plain data, in the agent's own process.

Values are looked at from outside, so that no code of the agent runs (a metaclass of its
own can do as it likes, watched and limited like a program). What is not known is named
with the reason why it cannot be saved.
"""

import functools
import random
import types
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Mapping
from enum import Enum
from types import CellType, CodeType, FunctionType, MethodType
from typing import Any, Final

from fle_marl.programs.guard import compile_program
from fle_marl.programs.landmarks import Landmarks
from fle_marl.programs.own_classes import class_variables, find_class, is_put_in
from fle_marl.programs.saved_atoms import (
    DEEPEST,
    CannotSaveError,
    atom_of,
    has_slots,
    identifier,
    order_of,
    plain_name,
    shown,
)
from fle_marl.programs.saved_namespace import (
    LARGEST_BYTES,
    MOST_VALUES,
    VERSION,
    size_of,
)
from fle_marl.programs.sources import (
    codes_in,
    number_of,
    program_name,
    source_of,
    text_of_class,
    uses_of,
)

__all__ = ["random_state", "save_namespace"]

_NAMED_SHARE: Final = LARGEST_BYTES // 4
"""Kept for the names of what is not saved, with the reasons."""
_REST: Final = 20_000
"""Enough for the state of a generator of random numbers and how many more there are."""
_MOST_BYTES: Final = LARGEST_BYTES - _NAMED_SHARE - _REST
Value = list[Any]


def save_namespace(
    own: Mapping[str, object],
    landmarks: Landmarks,
    programs_run: int,
    generator: random.Random,
) -> dict[str, object]:
    """Save what an agent has defined.

    Args:
        own: its variables, functions, classes and imports, by name.
        landmarks: what it was given.
        programs_run: how many programs it has run.
        generator: of its module ``random``.

    Returns:
        What `saved_namespace.check_namespace` takes.
    """
    saver = _Saver(own, landmarks)
    names: dict[str, int] = {}
    not_saved: dict[str, str] = {}
    for name, value in own.items():
        try:
            names[identifier(name)] = saver.save(name, value)
        except CannotSaveError as error:
            not_saved[shown(name)] = shown(str(error))
        except RecursionError:
            not_saved[shown(name)] = "it is nested too deeply"
        except Exception as error:  # noqa: BLE001 - an agent's metaclass can do anything
            why = f"{type(error).__name__} while it was looked at"
            not_saved[shown(name)] = why
    return {
        "version": VERSION,
        "programs_run": programs_run,
        "programs": saver.programs(),
        "values": saver.values,
        "names": names,
        "random": random_state(generator),
        "not_saved": _within(not_saved, _NAMED_SHARE),
    }


def _within(not_saved: dict[str, str], most_bytes: int) -> dict[str, str]:
    """As many of the names as there is room for, and how many more there are."""
    kept: dict[str, str] = {}
    for number, (name, reason) in enumerate(not_saved.items()):
        most_bytes -= size_of([name, reason])
        if most_bytes < 0:
            kept["..."] = f"{len(not_saved) - number} more names"
            break
        kept[name] = reason
    return kept


def random_state(generator: random.Random) -> list[object]:
    """The state of a generator of random numbers as plain data."""
    _, words, spare = random.Random.getstate(generator)
    return [*words, None if spare is None else spare.hex()]


class _Saver:
    """Gives each value its place in the list of saved values."""

    def __init__(self, own: Mapping[str, object], landmarks: Landmarks) -> None:
        self.values: list[Value] = []
        self._own = own
        self._landmarks = landmarks.names()
        self._places: dict[object, int] = {}
        self._made: list[object] = []  # in the order in which they became known
        self._keep: list[object] = []  # or another could have the same id
        self._later: deque[tuple[int, Callable[[], Value]]] = deque()
        self._sizes: list[int] = []
        self._size = 0
        self._used_programs: dict[int, str] = {}
        self._codes: dict[int, list[CodeType]] = {}

    def save(self, name: str, value: object) -> int:
        """The place of a named value; when it cannot be saved, all is as before.

        Raises:
            CannotSaveError: it, or something in it.
        """
        known, count, size = len(self._made), len(self.values), self._size
        programs = dict(self._used_programs)
        try:
            self._count(name)
            place = self._place(value, 0)
            while self._later:
                where, describe = self._later.popleft()
                self._fill(where, describe())
        except BaseException:
            self._later.clear()
            for key in self._made[known:]:
                del self._places[key]
            del self._made[known:], self.values[count:], self._keep[count:]
            self._size, self._used_programs = size, programs
            raise
        return place

    def programs(self) -> dict[str, str]:
        """The texts that saved functions and classes are from."""
        return {str(key): text for key, text in sorted(self._used_programs.items())}

    # --- places

    def _place(self, value: object, depth: int) -> int:
        if depth > DEEPEST:
            raise CannotSaveError(f"it is nested more than {DEEPEST} deep")
        atom = atom_of(value)
        if atom is not None:
            key: object = tuple(atom)
            return self._places[key] if key in self._places else self._add(key, atom)
        key = id(value)
        if key in self._places:
            return self._places[key]
        if key in self._landmarks:
            return self._add(key, self._landmarks[key], value)
        kind = type(value)
        if kind is tuple:
            assert isinstance(value, tuple)
            parts = [self._place(part, depth + 1) for part in value]
            return self._add(key, ["tuple", parts], value)
        if kind is frozenset:
            assert isinstance(value, frozenset)
            parts = self._in_order(value, depth)
            return self._add(key, ["frozenset", parts], value)
        place = self._add(key, [], value)
        self._later.append((place, lambda: self._describe(value)))
        return place

    def _add(self, key: object, saved: Value, value: object = None) -> int:
        if len(self.values) >= MOST_VALUES:
            raise CannotSaveError(f"there are more than {MOST_VALUES} values")
        place = len(self.values)
        self._places[key] = place
        self._made.append(key)
        self._keep.append(value)
        self.values.append(saved)
        self._count(saved)
        return place

    def _fill(self, place: int, saved: Value) -> None:
        self.values[place] = saved
        self._count(saved)

    def _count(self, part: object) -> None:
        self._size += size_of(part)
        if self._size > _MOST_BYTES:
            raise CannotSaveError(
                f"the namespace is too large; {_MOST_BYTES} bytes can be saved"
            )

    def _all(self, values: Any) -> list[int]:  # noqa: ANN401 - anything with values
        return [self._place(value, 0) for value in values]

    def _named(self, values: Mapping[Any, object]) -> dict[str, int]:
        return {
            identifier(name): self._place(value, 0) for name, value in values.items()
        }

    def _in_order(self, values: Any, depth: int) -> list[int]:  # noqa: ANN401 - any set
        """Places of the members of a set, in an order that the values alone decide."""
        return [
            self._place(value, depth + 1)
            for value in sorted(values, key=lambda value: order_of(value, 0))
        ]

    # --- kinds of values

    def _describe(self, value: object) -> Value:
        kind = type(value)
        describe = _BY_KIND.get(kind)
        if describe is not None:
            return describe(self, value)
        if issubclass(kind, type):
            return self._class(value)
        if issubclass(kind, Enum):
            name = object.__getattribute__(value, "_name_")
            return ["enum", self._place(kind, 0), identifier(name)]
        if issubclass(kind, random.Random):
            state = random_state(value)  # type: ignore[arg-type]
            return ["random", self._place(kind, 0), state]
        if issubclass(kind, tuple) and hasattr(kind, "_fields"):
            items = self._all(tuple.__iter__(value))  # type: ignore[arg-type]
            return ["named-tuple", self._place(kind, 0), items]
        return self._instance(value, kind)

    def _instance(self, value: object, kind: type) -> Value:
        if id(kind) not in self._landmarks and kind.__module__ != "__main__":
            raise CannotSaveError(f"a {kind.__name__} cannot be saved")
        try:
            object.__new__(kind)
        except TypeError:
            raise CannotSaveError(
                f"a {kind.__name__} cannot be saved: it is made by Python itself"
            ) from None
        attributes: dict[str, object] = {}
        for base in reversed(kind.__mro__):
            for name, slot in vars(base).items():
                if type(slot) is types.MemberDescriptorType:
                    try:
                        attributes[name] = slot.__get__(value)
                    except AttributeError:
                        continue  # a slot may be empty
        try:
            attributes |= object.__getattribute__(value, "__dict__")
        except AttributeError:
            if not attributes and not has_slots(kind):
                raise CannotSaveError(f"a {kind.__name__} cannot be saved") from None
        return ["instance", self._place(kind, 0), self._named(attributes)]

    def _list(self, value: Any) -> Value:  # noqa: ANN401
        return ["list", self._all(value)]

    def _dict(self, value: Any) -> Value:  # noqa: ANN401
        return ["dict", [self._all(pair) for pair in value.items()]]

    def _set(self, value: Any) -> Value:  # noqa: ANN401
        return ["set", self._in_order(value, 0)]

    def _range(self, value: Any) -> Value:  # noqa: ANN401
        return ["range", *self._all((value.start, value.stop, value.step))]

    def _collection(self, value: Any) -> Value:  # noqa: ANN401
        kind = type(value)
        option = None
        if kind is defaultdict:
            option = value.default_factory
        if kind is deque:
            option = value.maxlen
        items = value if kind is deque else list(value.items())
        return ["collection", self._place(kind, 0), self._place(option, 0),
                self._all(items)]  # fmt: skip

    def _bytearray(self, value: Any) -> Value:  # noqa: ANN401
        return ["bytearray", value.hex()]

    def _cell(self, value: Any) -> Value:  # noqa: ANN401
        try:
            content = value.cell_contents
        except ValueError:
            return ["cell", None]
        return ["cell", self._place(content, 0)]

    def _partial(self, value: Any) -> Value:  # noqa: ANN401
        inner = self._place(value.func, 0)
        return ["partial", inner, self._all(value.args), self._named(value.keywords)]

    def _cached(self, value: Any) -> Value:  # noqa: ANN401
        options = value.cache_parameters()
        inner = vars(value)["__wrapped__"]
        return ["cached", self._place(inner, 0), self._place(options["maxsize"], 0),
                options["typed"]]  # fmt: skip

    def _alias(self, value: Any) -> Value:  # noqa: ANN401
        return ["alias", self._place(value.__origin__, 0), self._all(value.__args__)]

    def _union(self, value: Any) -> Value:  # noqa: ANN401
        return ["union", self._all(value.__args__)]

    def _method(self, value: Any) -> Value:  # noqa: ANN401
        name = identifier(value.__func__.__name__)
        return ["part", self._place(value.__self__, 0), name]

    # --- what has a source

    def _function(self, value: Any) -> Value:  # noqa: ANN401
        owner = self._owner_of(value)
        if owner is not None:
            return ["part", self._place(owner, 0), value.__name__]
        number, index = self._find_code(value)
        defaults, only_named = value.__defaults__, value.__kwdefaults__
        return [
            "function", number, index,
            plain_name(value.__name__), plain_name(value.__qualname__),
            self._place(value.__doc__, 0),
            None if defaults is None else self._place(defaults, 0),
            None if only_named is None else self._place(only_named, 0),
            self._all(value.__closure__ or ()),
            self._named(vars(value)),
            self._annotations(value.__annotations__),
        ]  # fmt: skip

    def _annotations(self, annotations: Mapping[str, object]) -> dict[str, int]:
        """What parameters are said to be; as text where it is nothing that lasts."""
        saved: dict[str, int] = {}
        for name, said in annotations.items():
            is_kept = self._is_given(said) or (
                type(said) is types.GenericAlias
                and all(map(self._is_given, (said.__origin__, *said.__args__)))
            )
            text = said.__name__ if isinstance(said, type) else repr(said)
            saved[identifier(name)] = self._place(said if is_kept else text, 0)
        return saved

    def _is_given(self, value: object) -> bool:
        return id(value) in self._landmarks or atom_of(value) is not None

    def _owner_of(self, function: FunctionType) -> object:
        """The class of the agent that defines a function, if it can be named."""
        outer, _, name = function.__qualname__.rpartition(".")
        if not outer or outer.endswith("<locals>") or name != function.__name__:
            return None
        owner = self._class_at(outer)
        if owner is None or vars(owner).get(name) is not function:
            return None
        return None if is_put_in(function, owner) else owner

    def _class_at(self, path: str) -> type | None:
        """The agent's class of a dotted name; None when that is none."""
        first, *rest = path.split(".")
        found: object = self._own.get(first)
        for part in rest:
            found = vars(found).get(part) if isinstance(found, type) else None
        return found if isinstance(found, type) else None

    def _find_code(self, function: FunctionType) -> tuple[int, int]:
        code = function.__code__
        number = number_of(code.co_filename)
        source = None if number is None else source_of(number)
        if number is None or source is None:
            raise CannotSaveError(f"the function {function.__name__} has no source")
        if number not in self._codes:
            compiled = compile_program(source, program_name(number))
            self._codes[number] = list(codes_in(compiled))
        for index, candidate in enumerate(self._codes[number]):
            if candidate == code and candidate.co_qualname == code.co_qualname:
                self._use(number, source)
                return number, index
        raise CannotSaveError(f"the source of {function.__name__} is not found")

    def _use(self, number: int, source: str) -> None:
        if number not in self._used_programs:
            self._used_programs[number] = source
            self._count(source)

    def _class(self, value: Any) -> Value:  # noqa: ANN401
        name, path = value.__name__, value.__qualname__
        if value.__module__ != "__main__":
            raise CannotSaveError(f"the class {name} is not the agent's own")
        if "<locals>" in path:
            raise CannotSaveError(f"the class {name} is defined inside of a function")
        outer, _, inner = path.rpartition(".")
        if outer:
            owner = self._class_at(outer)
            if owner is None or vars(owner).get(inner) is not value:
                raise CannotSaveError(f"the class {path} cannot be found by its name")
            return ["part", self._place(owner, 0), inner]
        place = find_class(value)
        if place is None:
            return self._class_without_text(value)
        number, line = place
        source = source_of(number)
        text = None if source is None else text_of_class(source, line)
        if source is None or text is None:
            raise CannotSaveError(f"the source of the class {name} is not found")
        self._use(number, source)
        code = compile_program(text, program_name(number))
        return [
            "class", number, line, self._named(self._needs(code, name)),
            self._named(class_variables(value)),
        ]  # fmt: skip

    def _class_without_text(self, value: Any) -> Value:  # noqa: ANN401
        if value.__bases__ == (tuple,) and hasattr(value, "_field_defaults"):
            defaults = value._field_defaults
            return ["named-tuple-class", value.__name__, self._all(value._fields),
                    self._all(defaults.values())]  # fmt: skip
        raise CannotSaveError(f"the class {value.__name__} has no source")

    def _needs(self, code: CodeType, name: str) -> dict[str, object]:
        """The agent's values that running a class's text needs, functions' as well."""
        needs: dict[str, object] = {}
        open_names = sorted(uses_of(code))
        while open_names:
            used = open_names.pop(0)
            if used in needs or used == name or used not in self._own:
                continue
            value = self._own[used]
            needs[used] = value
            if type(value) is FunctionType:
                open_names += sorted(value.__code__.co_names)
        return needs


_BY_KIND: Final[Mapping[type, Callable[[_Saver, Any], Value]]] = {
    list: _Saver._list,  # noqa: SLF001 - a table of the class's own methods
    dict: _Saver._dict,  # noqa: SLF001
    set: _Saver._set,  # noqa: SLF001
    range: _Saver._range,  # noqa: SLF001
    bytearray: _Saver._bytearray,  # noqa: SLF001
    deque: _Saver._collection,  # noqa: SLF001
    defaultdict: _Saver._collection,  # noqa: SLF001
    Counter: _Saver._collection,  # noqa: SLF001
    OrderedDict: _Saver._collection,  # noqa: SLF001
    CellType: _Saver._cell,  # noqa: SLF001
    FunctionType: _Saver._function,  # noqa: SLF001
    MethodType: _Saver._method,  # noqa: SLF001
    functools.partial: _Saver._partial,  # noqa: SLF001
    type(functools.cache(int)): _Saver._cached,  # noqa: SLF001
    types.GenericAlias: _Saver._alias,  # noqa: SLF001
    types.UnionType: _Saver._union,  # noqa: SLF001
}
