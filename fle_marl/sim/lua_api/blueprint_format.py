"""Blueprints as the game writes them: JSON, and the strings that players exchange.

A blueprint string is the digit 0 and base64 of a zlib stream of JSON. Strings come from
anywhere, so they are read within limits and checked field by field before anything else
looks at them. What a blueprint says about things that are refused here (circuits,
trains) is read over.

Source: wiki.factorio.com/Blueprint_string_format; runtime API, BlueprintEntity, Tile.
"""

import base64
import binascii
import json
import zlib
from typing import Annotated, Any, Final, Literal, NoReturn, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    model_validator,
)

from fle_marl.errors import BlueprintError

__all__ = [
    "MOST_CHARACTERS",
    "MOST_DEPTH",
    "MOST_ENTITIES",
    "MOST_JSON_BYTES",
    "MOST_TILES",
    "Blueprint",
    "BlueprintBook",
    "BlueprintEntity",
    "BlueprintTile",
    "Contents",
    "DeconstructionPlanner",
    "DeconstructionSettings",
    "Filter",
    "Icon",
    "Mapped",
    "Mapper",
    "Position",
    "Signal",
    "UpgradePlanner",
    "UpgradeSettings",
    "check_size",
    "checked_entities",
    "checked_tiles",
    "decode_string",
    "encode_string",
]

MOST_CHARACTERS: Final = 1 << 22
"""Of a blueprint string. A limit of this simulator, not of the game."""
MOST_JSON_BYTES: Final = 1 << 24
"""Of a string's JSON: 16 MiB, so that a small string cannot become a flood. A limit of
this simulator, not of the game."""
MOST_DEPTH: Final = 24
"""Levels of lists and objects within each other, books included. A limit of this
simulator, not of the game."""
MOST_ENTITIES: Final = 20_000
"""Entities of a blueprint. A limit of this simulator, not of the game."""
MOST_TILES: Final = 100_000
"""Tiles of a blueprint. A limit of this simulator, not of the game."""
_LEVELS_ABOVE: Final = 2
"""Levels of a string above the list of entities or tiles."""
_MOST_BLUEPRINTS: Final = 1000
_FARTHEST_TILES: Final = 10_000
_MOST_TEXT: Final = 10_000
_VERSION_BYTE: Final = "0"
"""Source: wiki, "currently 0 for all Factorio versions"."""
_COMPRESSION: Final = 9
"""Source: wiki, Blueprint string format: "level 9"."""
_GAME_VERSION: Final = 1 << 48 | 1 << 32 | 110 << 16
"""1.1.110 as the format has it: main, major, minor and developer, 16 bits each."""
_TOO_LARGE: Final = "blueprint-too-large"
_UNREADABLE: Final = "not-a-blueprint-string"

_Coordinate = Annotated[float, Field(ge=-_FARTHEST_TILES, le=_FARTHEST_TILES)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Text = Annotated[str, Field(max_length=_MOST_TEXT)]
_Short = Annotated[int, Field(ge=0, lt=1 << 16)]
_Number = Annotated[int, Field(ge=1, lt=1 << 32)]
_Side = Literal["left", "right"]


class _Part(BaseModel):
    """Refuses wrong types and reads over what it does not know."""

    # names that are no names of Python are aliases
    model_config = ConfigDict(
        strict=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        serialize_by_alias=True,
    )


_Model = TypeVar("_Model", bound=_Part)


class Position(_Part):
    """A place, tiles."""

    x: _Coordinate
    y: _Coordinate


class Filter(_Part):
    """An item of a filter, which counts from 1."""

    index: Annotated[int, Field(ge=1, le=1000)]
    name: _Name


class BlueprintEntity(_Part):
    """An entity of a blueprint; positions are relative within it."""

    entity_number: _Number
    name: _Name
    position: Position
    direction: Annotated[int, Field(ge=0, le=7)] | None = None
    recipe: _Name | None = None
    items: dict[_Name, _Short] | None = None
    filters: Annotated[list[Filter], Field(max_length=1000)] | None = None
    bar: _Short | None = None
    type: Literal["input", "output"] | None = None
    input_priority: _Side | None = None
    output_priority: _Side | None = None
    filter: _Name | None = None
    override_stack_size: _Short | None = None
    auto_launch: bool | None = None
    neighbours: Annotated[list[_Number], Field(max_length=100)] | None = None
    tags: dict[str, JsonValue] | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_items_as_counts(cls, given: Any) -> Any:  # noqa: ANN401 - unchecked
        # as 0.15 and before wrote them. Source: wiki, "items"
        items = given.get("items") if isinstance(given, dict) else None
        if isinstance(items, list):
            counts = {}
            for each in items:
                if not isinstance(each, dict) or not {"item", "count"} <= each.keys():
                    raise ValueError("items are counts by name")
                counts[each["item"]] = each["count"]
            return {**given, "items": counts}
        if items == {}:
            return {**given, "items": None}
        return given


class BlueprintTile(_Part):
    """A tile of a blueprint."""

    name: _Name
    position: Position


class Signal(_Part):
    """What an icon shows."""

    type: Literal["item", "fluid", "virtual"] = "item"
    name: _Name


class Icon(_Part):
    """An icon of a blueprint."""

    signal: Signal
    index: Annotated[int, Field(ge=1, le=4)]


class Blueprint(_Part):
    """What a blueprint item holds."""

    item: Literal["blueprint"] = "blueprint"
    label: _Text | None = None
    description: _Text | None = None
    icons: Annotated[list[Icon], Field(max_length=4)] | None = None
    entities: Annotated[list[BlueprintEntity], Field(max_length=MOST_ENTITIES)] = []
    tiles: Annotated[list[BlueprintTile], Field(max_length=MOST_TILES)] = []
    snap_to_grid: Annotated[Position | None, Field(alias="snap-to-grid")] = None
    absolute_snapping: Annotated[bool | None, Field(alias="absolute-snapping")] = None
    position_relative_to_grid: Annotated[
        Position | None, Field(alias="position-relative-to-grid")
    ] = None
    version: Annotated[int, Field(ge=0, lt=1 << 64)] = _GAME_VERSION
    # not documented as part of the format, so no string has it
    allow_manual_label_change: Annotated[bool, Field(exclude=True)] = True

    @model_validator(mode="after")
    def _has_each_number_once(self) -> Self:
        numbers = {each.entity_number for each in self.entities}
        if len(numbers) < len(self.entities):
            raise ValueError("two entities have the same entity_number")
        return self


class _Page(_Part):
    """A place in a book; planners are read over."""

    index: Annotated[int, Field(ge=0, lt=1 << 16)] = 0
    blueprint: Blueprint | None = None
    blueprint_book: "BlueprintBook | None" = None


class BlueprintBook(_Part):
    """What a blueprint book holds; it can be read, not written page by page."""

    item: Literal["blueprint-book"] = "blueprint-book"
    label: _Text | None = None
    description: _Text | None = None
    icons: Annotated[list[Icon], Field(max_length=4)] | None = None
    active_index: Annotated[int, Field(ge=0, lt=1 << 16)] = 0
    blueprints: Annotated[list[_Page], Field(max_length=_MOST_BLUEPRINTS)] = []
    version: Annotated[int, Field(ge=0, lt=1 << 64)] = _GAME_VERSION

    def active(self) -> "Blueprint | None":
        """The blueprint that is used when the book is, if there is one."""
        for page in self.blueprints:
            if page.index == self.active_index:
                if page.blueprint_book is not None:
                    return page.blueprint_book.active()
                return page.blueprint
        return None


class DeconstructionSettings(_Part):
    """What a deconstruction planner is for; its modes are numbers of the defines."""

    entity_filter_mode: Annotated[int, Field(ge=0, le=1)] = 0
    entity_filters: Annotated[list[Filter], Field(max_length=1000)] = []
    trees_and_rocks_only: bool = False
    tile_filter_mode: Annotated[int, Field(ge=0, le=1)] = 0
    tile_filters: Annotated[list[Filter], Field(max_length=1000)] = []
    tile_selection_mode: Annotated[int, Field(ge=0, le=3)] = 0


class DeconstructionPlanner(_Part):
    """What a deconstruction planner holds."""

    item: Literal["deconstruction-planner"] = "deconstruction-planner"
    label: _Text | None = None
    settings: DeconstructionSettings = DeconstructionSettings()
    version: Annotated[int, Field(ge=0, lt=1 << 64)] = _GAME_VERSION


class Mapped(_Part):
    """One side of a mapping; without a name it is empty."""

    type: Literal["item", "entity"] = "entity"
    name: _Name | None = None


class Mapper(_Part):
    """A mapping of an upgrade planner, counted from 0."""

    index: Annotated[int, Field(ge=0, le=1000)]
    source: Annotated[Mapped | None, Field(alias="from")] = None
    target: Annotated[Mapped | None, Field(alias="to")] = None


class UpgradeSettings(_Part):
    """What an upgrade planner makes of what."""

    mappers: Annotated[list[Mapper], Field(max_length=1000)] = []


class UpgradePlanner(_Part):
    """What an upgrade planner holds."""

    item: Literal["upgrade-planner"] = "upgrade-planner"
    label: _Text | None = None
    settings: UpgradeSettings = UpgradeSettings()
    version: Annotated[int, Field(ge=0, lt=1 << 64)] = _GAME_VERSION


class _Outermost(_Part):
    """The outermost object of a string."""

    blueprint: Blueprint | None = None
    blueprint_book: BlueprintBook | None = None
    deconstruction_planner: DeconstructionPlanner | None = None
    upgrade_planner: UpgradePlanner | None = None


Contents = Blueprint | BlueprintBook | DeconstructionPlanner | UpgradePlanner


# --- strings


def encode_string(contents: Contents) -> str:
    """The string of a blueprint or a book, as the game exports it."""
    packed = zlib.compress(_json_of(contents), _COMPRESSION)
    return _VERSION_BYTE + base64.b64encode(packed).decode("ascii")


def check_size(contents: Contents) -> None:
    """Refuse what could be written as a string and not be read again.

    Raises:
        BlueprintError: `blueprint-too-large`.
    """
    if isinstance(contents, Blueprint):
        for what, parts, most in (
            ("entities", contents.entities, MOST_ENTITIES),
            ("tiles", contents.tiles, MOST_TILES),
        ):
            if len(parts) > most:
                _refuse_size("the blueprint", len(parts), most, what)
    size = len(_json_of(contents))
    if size >= MOST_JSON_BYTES:
        _refuse_size("its JSON", size, MOST_JSON_BYTES - 1, "bytes")
    length = len(encode_string(contents))
    if length > MOST_CHARACTERS:
        _refuse_size("its string", length, MOST_CHARACTERS, "characters")


def _json_of(contents: Contents) -> bytes:
    key = contents.item.replace("-", "_")
    plain = {key: contents.model_dump(mode="json", exclude_none=True)}
    for part in _with_lists(plain):
        for name in ("entities", "tiles"):
            if part.get(name) == []:
                del part[name]
    text = json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")


def _with_lists(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - plain data
    """All objects within plain data that may be blueprints."""
    found = []
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found.append(each)
            waiting += [
                inner
                for name, inner in each.items()
                if name in ("blueprint", "blueprint_book", "blueprints")
            ]
        elif isinstance(each, list):
            waiting += each
    return found


def decode_string(text: str) -> Contents:
    """Read a blueprint string from anywhere.

    Args:
        text: the string; white space around it does no harm.

    Raises:
        BlueprintError: `not-a-blueprint-string`, it is none; `blueprint-too-large`, it
            goes beyond a limit of this module; or `bad-blueprint`, a part of it
            cannot be.
    """
    if len(text) > MOST_CHARACTERS:
        _refuse_size("the string", len(text), MOST_CHARACTERS, "characters")
    text = text.strip()
    if not text.startswith(_VERSION_BYTE):
        _refuse_string(f"it begins with {text[:1]!r}, not with {_VERSION_BYTE!r}")
    plain = _parsed(_unpacked(text[1:]))
    _check_depth(plain)
    found = _checked(_Outermost, plain)
    contents = (
        found.blueprint
        or found.blueprint_book
        or found.deconstruction_planner
        or found.upgrade_planner
    )
    if contents is None:
        _refuse_string("it holds neither a blueprint nor a book nor a planner")
    return contents


def _unpacked(text: str) -> bytes:
    try:
        packed = base64.b64decode(text, validate=True)
        stream = zlib.decompressobj()
        # no more than this is ever made of it, however much it would become
        plain = stream.decompress(packed, MOST_JSON_BYTES)
    except (binascii.Error, ValueError, zlib.error) as error:
        _refuse_string(str(error))
    if not stream.eof:
        if stream.unconsumed_tail or len(plain) >= MOST_JSON_BYTES:
            _refuse_size("its JSON", len(plain) + 1, MOST_JSON_BYTES, "bytes")
        _refuse_string("its zlib stream is cut off")
    return plain


def _parsed(plain: bytes) -> Any:  # noqa: ANN401 - anything, until it is checked
    try:
        return json.loads(plain.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        _refuse_depth()
    except ValueError as error:
        _refuse_string(f"it is not JSON: {error}")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


def _check_depth(plain: object, most: int = MOST_DEPTH) -> None:
    """Refuse plain data that is nested too deep, without going into the depth."""
    level = [plain]
    for _ in range(most):
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner += each.values()
            elif isinstance(each, list):
                inner += each
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return
    _refuse_depth()


def _refuse_depth() -> NoReturn:
    raise BlueprintError(
        f"the blueprint is nested more than {MOST_DEPTH} levels deep",
        code=_TOO_LARGE,
        details={"most": MOST_DEPTH},
    )


def _refuse_size(what: str, size: int, most: int, unit: str) -> NoReturn:
    raise BlueprintError(
        f"{what} has {size} {unit} or more; at most {most} are read",
        code=_TOO_LARGE,
        details={"size": size, "most": most},
    )


def _refuse_string(why: str) -> NoReturn:
    raise BlueprintError(
        f"this is not a blueprint string: {why}", code=_UNREADABLE
    ) from None


# --- tables of scripts


def checked_entities(plain: object) -> list[BlueprintEntity]:
    """Entities of a blueprint as a script gave them.

    Raises:
        BlueprintError: they are none.
    """
    _check_depth(plain, MOST_DEPTH - _LEVELS_ABOVE)
    return _checked(Blueprint, {"entities": plain}).entities


def checked_tiles(plain: object) -> list[BlueprintTile]:
    """Tiles of a blueprint as a script gave them.

    Raises:
        BlueprintError: they are none.
    """
    _check_depth(plain, MOST_DEPTH - _LEVELS_ABOVE)
    return _checked(Blueprint, {"tiles": plain}).tiles


def _checked(model: type[_Model], plain: object) -> _Model:
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(each) for each in first["loc"]) or "its parts"
        is_large = first["type"] == "too_long"
        raise BlueprintError(
            f"the blueprint cannot be: {place}: {first['msg']}",
            code=_TOO_LARGE if is_large else None,
            details={"place": place},
        ) from error
    except RecursionError:
        _refuse_depth()
