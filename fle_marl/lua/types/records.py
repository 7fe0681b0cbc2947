"""Plain data from the server to agents' types, and back.

How `server.lua` describes things (all keys are the names of the dataclasses' fields)::

    position      {x = 1.5, y = -2}
    direction     0, 2, 4 or 6 (north, east, south, west)
    status        its name in defines.entity_status, such as "no_power"
    inventory     {["iron-plate"] = 5, coal = 2}
    recipe        {name = ..., ingredients = {{name = ..., count = ..., type = "item"}},
                   products = ..., energy = seconds, category = ..., enabled = true},
                  or only its name
    fluid_box     {{name = "water", amount = 100, temperature = 15}}
    entity        {name = "stone-furnace", type = "furnace", id = unit number,
                   position = ..., direction = ..., status = ..., warnings = {...},
                   energy = joules, health = ..., and the fields of its class}
    group         {name = "belt-group", id = ..., position = ..., status = ...,
                   belts = {entities}, inputs = {entities}, outputs = {entities},
                   inventory = ...}; likewise "pipe-group" with pipes,
                  "electricity-group" with poles, "wall-group" with entities
    bounding box  {left_top = position, right_bottom = position}

`name` and `position` are needed for every entity, `id` and `position` for every group;
the positions without a default in the dataclasses are needed for their classes
(drop_position of inserters and drills, input_position and output_position of belts);
everything else may be left out. Keys that the class does not have are kept in
`Entity.extra`. An empty table may arrive as an array or as an object.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from fle_marl.errors import ServerError
from fle_marl.lua.types.entities import Chest
from fle_marl.lua.types.entity import Entity
from fle_marl.lua.types.groups import (
    BeltGroup,
    ElectricityGroup,
    EntityGroup,
    PipeGroup,
    WallGroup,
)
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.networks import ElectricityPole
from fle_marl.lua.types.prototypes import prototype_by_name
from fle_marl.lua.types.recipes import Recipe

__all__ = ["decode", "decode_entity"]

_Kind = TypeVar("_Kind")
_Reader = Callable[[object], object]

_GROUPS: Mapping[str, type[EntityGroup]] = {
    "belt-group": BeltGroup,
    "pipe-group": PipeGroup,
    "electricity-group": ElectricityGroup,
    "wall-group": WallGroup,
}
_CLASS_BY_GAME_TYPE: Mapping[str, type[Entity]] = {
    "container": Chest,
    "logistic-container": Chest,
    "electric-pole": ElectricityPole,
}
"""For entities that are no `Prototype`, such as a substation."""


def decode_entity(record: object) -> Entity | EntityGroup:
    """Make the record of an entity or group, of the class that its name asks for.

    Raises:
        ServerError: `unreadable-record`; the message says where and what was expected.
    """
    if not isinstance(record, dict):
        raise _unreadable(record, "the record of an entity")
    name = record.get("name")
    group = _GROUPS.get(str(name))
    if group is not None:
        return cast(EntityGroup, _read_fields(group, record))
    return cast(Entity, _read_fields(_entity_class(record), record))


def decode(kind: type[_Kind], value: object) -> _Kind:
    """Make a value of one of the agents' types from plain data.

    Args:
        kind: the type, such as ``Position``, ``Inventory`` or ``list[Ingredient]``.
        value: plain data as described above.

    Raises:
        ServerError: `unreadable-record`; the message says where and what was expected.
    """
    return cast(_Kind, _reader_for(cast(Any, kind))(value))


def _entity_class(record: Mapping[str, object]) -> type[Entity]:
    prototype = prototype_by_name.get(str(record.get("name")))
    if prototype is not None:
        kind = prototype.entity_class
        if kind is not None and issubclass(kind, Entity):
            return kind
    return _CLASS_BY_GAME_TYPE.get(str(record.get("type")), Entity)


@cache
def _reader_for(annotation: Any) -> _Reader:  # noqa: ANN401 - annotations are any object
    origin = get_origin(annotation)
    if origin is list:
        return _list_reader(get_args(annotation)[0])
    if origin is dict:
        return _dict_reader(get_args(annotation)[1])
    if origin in (Union, types.UnionType):
        return _optional_reader(annotation)
    return _plain_reader(annotation)


def _plain_reader(kind: type) -> _Reader:
    if kind is object:
        return lambda value: value
    if kind is Inventory:
        counts = _dict_reader(int)
        return lambda value: Inventory(cast(dict[object, int], counts(value)))
    if issubclass(kind, EntityGroup) or issubclass(kind, Entity):
        return lambda value: _read_entity(kind, value)
    if issubclass(kind, Enum):
        return _enum_reader(kind)
    if is_dataclass(kind):
        return lambda value: _read_fields(kind, value)
    return _scalar_reader(kind)


def _scalar_reader(kind: type) -> _Reader:
    # one test for what nearly all values are
    def read(value: object) -> object:
        return value if value.__class__ is kind else _read_scalar(kind, value)

    return read


def _read_scalar(kind: type, value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind is float and is_number:
        return float(cast(float, value))
    if kind is int and is_number and int(cast(float, value)) == value:
        return int(cast(float, value))
    if kind in (str, bool) and isinstance(value, kind):
        return value
    raise _unreadable(value, kind.__name__)


def _enum_reader(kind: type[Enum]) -> _Reader:
    members = {member.value: member for member in kind}

    def read(value: object) -> object:
        try:
            return members[value]
        except (KeyError, TypeError) as error:
            raise _unreadable(value, kind.__name__) from error

    return read


def _read_entity(kind: type, value: object) -> object:
    entity = decode_entity(value)
    if not isinstance(entity, kind):
        raise _unreadable(value, kind.__name__)
    return entity


def _list_reader(item: object) -> _Reader:
    read_item = _reader_for(item)

    def read(value: object) -> object:
        if isinstance(value, dict) and not value:
            return []  # how an empty Lua table may arrive
        if not isinstance(value, list | tuple):
            raise _unreadable(value, "an array")
        return [_at(index, read_item, entry) for index, entry in enumerate(value)]

    return read


def _dict_reader(item: object) -> _Reader:
    read_item = _reader_for(item)

    def read(value: object) -> object:
        if isinstance(value, list) and not value:
            return {}  # how an empty Lua table may arrive
        if not isinstance(value, dict):
            raise _unreadable(value, "an object")
        return {str(key): _at(key, read_item, entry) for key, entry in value.items()}

    return read


def _optional_reader(annotation: object) -> _Reader:
    (kind,) = [arm for arm in get_args(annotation) if arm is not type(None)]
    read = _reader_for(kind)
    return lambda value: None if value is None else read(value)


@dataclass(frozen=True, slots=True)
class _Plan:
    """How to read the records of a class.

    Attributes:
        readers: of each field.
        required: fields without a default.
        has_extra: whether it keeps what it does not know.
    """

    readers: Mapping[str, _Reader]
    required: tuple[str, ...]
    has_extra: bool


@cache
def _plan_for(kind: type) -> _Plan:
    hints = get_type_hints(kind)
    own = fields(cast(Any, kind))
    return _Plan(
        {each.name: _reader_for(hints[each.name]) for each in own},
        tuple(
            each.name
            for each in own
            if each.default is MISSING and each.default_factory is MISSING
        ),
        has_extra=any(each.name == "extra" for each in own),
    )


def _read_fields(kind: type, record: object) -> object:
    if kind is Recipe and isinstance(record, str):
        return Recipe(name=record)
    if not isinstance(record, dict):
        raise _unreadable(record, f"the record of a {kind.__name__}")
    plan = _plan_for(kind)
    readers = plan.readers
    values: dict[str, Any] = {}
    rest: dict[str, object] = {}
    name = ""
    try:
        for name, value in record.items():
            read = readers.get(name)
            if read is None:
                rest[str(name)] = value
            elif value is not None:
                values[name] = read(value)
    except ServerError as error:
        raise _inside(name, error) from None
    for name in plan.required:
        if name not in values:
            raise _unreadable(record, f"a {kind.__name__} with {name!r}")
    if plan.has_extra:
        values.setdefault("extra", rest)
    return kind(**values)


def _at(key: object, read: _Reader, value: object) -> object:
    """Read a part of a record; its errors say where in the record it is."""
    try:
        return read(value)
    except ServerError as error:
        raise _inside(key, error) from None


def _inside(key: object, error: ServerError) -> ServerError:
    return ServerError(
        f"{key}: {error.message}", code=error.code, details=error.details
    )


def _unreadable(value: object, expected: str) -> ServerError:
    return ServerError(
        f"expected {expected}, not {repr(value)[:200]}",
        code="unreadable-record",
        details={"expected": expected, "given": repr(value)[:2000]},
    )
