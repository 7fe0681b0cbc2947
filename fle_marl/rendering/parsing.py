"""From plain data to a typed scene."""

from collections.abc import Mapping
from typing import Final

from fle_marl.rendering.plain_data import Record
from fle_marl.rendering.scene import (
    Area,
    Character,
    Entity,
    LaneItem,
    Path,
    Point,
    Resource,
    Scene,
    WaterRun,
)

__all__ = ["parse_scene"]

MAX_COORDINATE_TILES: Final = 1_000_000.0
"""Source: a map of the game is at most 2,000,000 tiles wide."""

MAX_ENTITY_SIDE_TILES: Final = 32.0


def parse_scene(data: Mapping[str, object]) -> Scene:
    """Read a scene from plain data.

    Args:
        data: as `fle_marl.rendering.scene` tells.

    Returns:
        The typed scene.

    Raises:
        ScenarioError: `unreadable-scene`: a field is missing, of the wrong kind, not
            finite or out of bounds; the message names its path and what is allowed.
    """
    record = Record(data, "")
    return Scene(
        tick=int(record.number("tick", default=0.0, at_least=0.0, at_most=2.0**63)),
        area=_read_area(record) if record.has("area") else None,
        water=tuple(_read_water(run) for run in record.records("water")),
        resources=tuple(_read_resource(one) for one in record.records("resources")),
        entities=tuple(_read_entity(one) for one in record.records("entities")),
        characters=tuple(_read_character(one) for one in record.records("characters")),
        paths=tuple(_read_path(one) for one in record.records("paths")),
    )


def _coordinate(record: Record, name: str) -> float:
    limit = MAX_COORDINATE_TILES
    return record.number(name, at_least=-limit, at_most=limit)


def _read_point(record: Record) -> Point:
    return Point(_coordinate(record, "x"), _coordinate(record, "y"))


def _optional_point(record: Record, name: str) -> Point | None:
    return _read_point(record.record(name)) if record.has(name) else None


def _read_area(record: Record) -> Area:
    area = record.record("area")
    first = _read_point(area.record("left_top"))
    last = area.record("right_bottom")
    limit = MAX_COORDINATE_TILES
    return Area(
        first.x,
        first.y,
        last.number("x", at_least=first.x + 1.0, at_most=limit),
        last.number("y", at_least=first.y + 1.0, at_most=limit),
    )


def _read_water(record: Record) -> WaterRun:
    length = record.number("length", at_least=0.0, at_most=2.0 * MAX_COORDINATE_TILES)
    start = _read_point(record)
    return WaterRun(int(start.x // 1), int(start.y // 1), int(length))


def _read_resource(record: Record) -> Resource:
    return Resource(
        record.text("name"),
        _coordinate(record, "x"),
        _coordinate(record, "y"),
        record.number("amount", at_least=0.0),
    )


def _read_lane_item(record: Record) -> LaneItem:
    return LaneItem(
        record.text("item"), _coordinate(record, "x"), _coordinate(record, "y")
    )


def _side(record: Record, name: str) -> float:
    smallest = 0.1
    return record.number(
        name, default=1.0, at_least=smallest, at_most=MAX_ENTITY_SIDE_TILES
    )


def _read_entity(record: Record) -> Entity:
    status = record.text("status", default="working")
    return Entity(
        name=record.text("name"),
        type=record.text("type"),
        x=_coordinate(record, "x"),
        y=_coordinate(record, "y"),
        direction=int(record.number("direction", default=0.0, at_least=0, at_most=7)),
        width=_side(record, "width"),
        height=_side(record, "height"),
        status=status.replace("-", "_").lower(),
        recipe=record.optional_text("recipe"),
        contents=record.counts("contents"),
        pickup=_optional_point(record, "pickup"),
        drop=_optional_point(record, "drop"),
        lanes=tuple(_read_lane_item(one) for one in record.records("lanes")),
        wires=tuple(_read_point(one) for one in record.records("wires")),
        connected_to=_optional_point(record, "connected_to"),
        belt_to_ground_type=record.optional_text("belt_to_ground_type"),
        ports=tuple(_read_point(one) for one in record.records("ports")),
        cliff_orientation=record.optional_text("cliff_orientation"),
    )


def _read_character(record: Record) -> Character:
    return Character(
        record.text("name"), _coordinate(record, "x"), _coordinate(record, "y")
    )


def _read_path(record: Record) -> Path:
    points = tuple(_read_point(one) for one in record.records("points"))
    return Path(record.text("name"), points)
