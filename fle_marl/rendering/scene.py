"""What a picture shows, as plain data, and its typed form.

A server makes a scene; nothing here knows a server. `parsing.parse_scene` reads it. As
plain data::

    {
      "tick": 3600,
      "area": {"left_top": {"x": -20, "y": -10}, "right_bottom": {"x": 20, "y": 10}},
      "water": [{"x": -20, "y": -10, "length": 12}],
      "resources": [{"name": "iron-ore", "x": 1.5, "y": 2.5, "amount": 10000}],
      "entities": [
        {"name": "inserter", "type": "inserter", "x": 4.5, "y": 2.5,
         "direction": 6, "width": 1, "height": 1, "status": "working",
         "pickup": {"x": 3.5, "y": 2.5}, "drop": {"x": 5.7, "y": 2.5}}
      ],
      "characters": [{"name": "agent_0", "x": 0.0, "y": 0.0}],
      "paths": [{"name": "agent_0", "points": [{"x": 0, "y": 0}, {"x": 3, "y": 4}]}]
    }

Positions are in tiles, x east, y south. Every list may be missing, and wherever
something may be empty, ``[]`` and ``{}`` both mean so.

========== ============================================================================
field      meaning
========== ============================================================================
area       what to draw; empty: chosen around what was built and the characters
water      runs of water tiles: first tile and how many tiles eastward
resources  ore tiles and oil wells
entities   required ``name``, ``type`` (of the prototype), ``x``, ``y`` (the centre)
paths      ways of characters, drawn in the colour of the character of that name
========== ============================================================================

Further fields of an entity, all optional:

=================== ===================================================================
field               meaning
=================== ===================================================================
direction           the game's: 0 north, 2 east, 4 south, 6 west; default 0
width, height       tiles, as the entity stands (already rotated); default 1
status              name in ``defines.entity_status``; default ``working``
recipe              name of the recipe set or in progress
contents            ``{item or fluid: amount}``
pickup, drop        where an inserter takes and puts, where a drill drops
lanes               items on a belt: ``[{"item": name, "x": ..., "y": ...}]``
wires               positions of the poles that a pole is connected to
connected_to        position of the other end of an underground belt or pipe
belt_to_ground_type ``input`` or ``output``, where ``connected_to`` cannot tell
ports               positions of the tiles outside the entity that its fluid boxes open
                    to, where the prototypes alone cannot tell (uranium drills, mods)
cliff_orientation   of a cliff, such as ``west-to-east``: where it comes from and goes
=================== ===================================================================
"""

from dataclasses import dataclass

__all__ = [
    "Area",
    "Character",
    "Entity",
    "LaneItem",
    "Path",
    "Point",
    "Resource",
    "Scene",
    "WaterRun",
]


@dataclass(frozen=True)
class Point:
    """A position in tiles, x east, y south."""

    x: float
    y: float


@dataclass(frozen=True)
class Area:
    """A box in tiles; ``right`` and ``bottom`` are just outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Tiles from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Tiles from top to bottom."""
        return self.bottom - self.top

    def touches(self, x: float, y: float, radius: float) -> bool:
        """Whether a square of this half side around a position reaches into it."""
        return (
            self.left - radius < x < self.right + radius
            and self.top - radius < y < self.bottom + radius
        )


@dataclass(frozen=True)
class WaterRun:
    """Water tiles in a row: the first tile and how many tiles eastward."""

    x: int
    y: int
    length: int


@dataclass(frozen=True)
class Resource:
    """One ore tile or oil well, at its centre."""

    name: str
    x: float
    y: float
    amount: float


@dataclass(frozen=True)
class LaneItem:
    """One item lying on a belt."""

    item: str
    x: float
    y: float


@dataclass(frozen=True)
class Entity:
    """Something that stands on the map; the module docstring tells the fields."""

    name: str
    type: str
    x: float
    y: float
    direction: int = 0
    width: float = 1.0
    height: float = 1.0
    status: str = "working"
    recipe: str | None = None
    contents: tuple[tuple[str, float], ...] = ()
    pickup: Point | None = None
    drop: Point | None = None
    lanes: tuple[LaneItem, ...] = ()
    wires: tuple[Point, ...] = ()
    connected_to: Point | None = None
    belt_to_ground_type: str | None = None
    ports: tuple[Point, ...] = ()
    cliff_orientation: str | None = None

    @property
    def quarter_turns(self) -> int:
        """Clockwise turns of 90 degrees from facing north, 0 to 3."""
        return self.direction // 2 % 4

    @property
    def unturned_size(self) -> tuple[float, float]:
        """Width and height in tiles that it has when it faces north."""
        if self.quarter_turns % 2:
            return self.height, self.width
        return self.width, self.height

    @property
    def main_content(self) -> str | None:
        """The item or fluid that it holds most of, if it holds any."""
        held = [(amount, name) for name, amount in self.contents if amount > 0]
        return max(held)[1] if held else None


@dataclass(frozen=True)
class Character:
    """An agent's figure."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Path:
    """A way that a character went or will go."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Scene:
    """Everything that a picture shows; see the module docstring."""

    tick: int = 0
    area: Area | None = None
    water: tuple[WaterRun, ...] = ()
    resources: tuple[Resource, ...] = ()
    entities: tuple[Entity, ...] = ()
    characters: tuple[Character, ...] = ()
    paths: tuple[Path, ...] = ()
