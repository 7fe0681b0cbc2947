"""What every entity is to an agent's program, and the traits that kinds share.

The classes are plain records of what a tool saw: they do not change with the world.
Call the tool again for a fresh one.
"""

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

from fle_marl.lua.types.directions import Direction
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.positions import (
    Dimensions,
    IndexedPosition,
    Position,
    TileDimensions,
)
from fle_marl.lua.types.statuses import EntityStatus
from fle_marl.lua.types.tile_sizes import TILE_SIZES

if TYPE_CHECKING:
    from fle_marl.lua.types.prototypes import Prototype

__all__ = [
    "BurnerType",
    "Electric",
    "ElectricalProducer",
    "Entity",
    "EntityCore",
    "FluidHandler",
    "MultiFluidHandler",
    "StaticEntity",
    "record_type",
]

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(kw_only_default=True, eq_default=False)
def record_type(cls: _Class) -> _Class:
    """Make a class of records: fields by keyword, `Entity`'s repr and comparison."""
    dataclass(kw_only=True, eq=False, repr=False)(cls)
    return cls


@record_type
class EntityCore:
    """The least that is known of an entity.

    Attributes:
        name: of its prototype.
        position: its middle.
        direction: where it faces.
    """

    name: str
    position: Position
    direction: Direction = Direction.UP

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self._shown())
        return f"{type(self).__name__}({shown})"

    def _shown(self) -> list[tuple[str, object]]:
        """The fields worth an agent's attention, without those that are empty."""
        named = [(f.name, getattr(self, f.name)) for f in fields(self) if f.repr]
        return [(name, value) for name, value in named if not _is_empty(value)]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), self.name))


def _is_empty(value: object) -> bool:
    return value is None or (
        isinstance(value, list | dict | Inventory) and len(value) == 0
    )


@record_type
class Entity(EntityCore):
    """An entity in the world.

    Attributes:
        id: its unit number; None for what the game gives none.
        type: of its prototype, such as ``"container"``.
        status: what it is doing, or why not.
        warnings: what an agent should know or do about it.
        energy: joules in its buffer; of a steam engine, those made in the last tick.
        health: hit points.
        dimensions: size of its collision box.
        tile_dimensions: tiles that it takes when it faces north; filled in from its
            name when not given.
        extra: what else the server told, by name.
    """

    id: int | None = field(default=None, repr=False)
    type: str | None = field(default=None, repr=False)
    status: EntityStatus = EntityStatus.NORMAL
    warnings: list[str] = field(default_factory=list)
    energy: float = field(default=0.0, repr=False)
    health: float = field(default=0.0, repr=False)
    dimensions: Dimensions | None = field(default=None, repr=False)
    tile_dimensions: TileDimensions | None = field(default=None, repr=False)
    extra: dict[str, object] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        size = TILE_SIZES.get(self.name)
        if self.tile_dimensions is None and size is not None:
            self.tile_dimensions = TileDimensions(*size)
        if self.dimensions is None and self.tile_dimensions is not None:
            tiles = self.tile_dimensions
            self.dimensions = Dimensions(tiles.tile_width, tiles.tile_height)

    @property
    def prototype(self) -> "Prototype | None":
        """The prototype that agents know it by; None for other things of the world."""
        from fle_marl.lua.types.prototypes import prototype_by_name

        return prototype_by_name.get(self.name)

    @property
    def width(self) -> float:
        """Tiles from west to east when it faces north; 0 when unknown."""
        return self.tile_dimensions.tile_width if self.tile_dimensions else 0

    @property
    def height(self) -> float:
        """Tiles from north to south when it faces north; 0 when unknown."""
        return self.tile_dimensions.tile_height if self.tile_dimensions else 0

    def _shown(self) -> list[tuple[str, object]]:
        size = [("width", self.width), ("height", self.height)]
        return super()._shown() + [(name, tiles) for name, tiles in size if tiles]


@record_type
class StaticEntity(Entity):
    """An entity that stays where it is.

    Attributes:
        neighbours: entities that it touches or serves.
    """

    neighbours: list[EntityCore] = field(default_factory=list, repr=False)


@record_type
class BurnerType:
    """Burns fuel.

    Attributes:
        fuel: what lies in its fuel slots.
    """

    fuel: Inventory = field(default_factory=Inventory)


@record_type
class Electric:
    """Hangs on an electric network.

    Attributes:
        electrical_id: of the network; None when it is not connected.
    """

    electrical_id: int | None = None


@record_type
class ElectricalProducer(Electric, Entity):
    """Makes electric power.

    Attributes:
        production: what it makes, as the server told.
        energy_source: its electric energy source, as the server told.
        electric_output_flow_limit: joules a tick at most.
    """

    production: dict[str, object] = field(default_factory=dict)
    energy_source: dict[str, object] = field(default_factory=dict)
    electric_output_flow_limit: float = 0.0


@record_type
class FluidHandler(StaticEntity):
    """Holds a fluid.

    Attributes:
        connection_points: where a pipe must lie to be connected.
        fluid_box: fluids inside, as ``{"name", "amount", "temperature"}``.
        fluid_systems: numbers of the pipe networks that it is part of.
    """

    connection_points: list[Position] = field(default_factory=list)
    fluid_box: list[object] = field(default_factory=list)
    fluid_systems: list[object] = field(default_factory=list)


@record_type
class MultiFluidHandler(StaticEntity):
    """Takes and gives several fluids, each at its own connections.

    Attributes:
        input_fluids: names of the fluids that its recipe takes.
        output_fluids: names of the fluids that its recipe gives.
        input_connection_points: where a pipe must lie to bring the fluid in `type`.
        output_connection_points: where a pipe must lie to take the fluid in `type`.
        fluid_box: fluids inside, as ``{"name", "amount", "temperature"}``.
        fluid_systems: numbers of the pipe networks that it is part of.
    """

    input_fluids: list[str] = field(default_factory=list)
    output_fluids: list[str] = field(default_factory=list)
    input_connection_points: list[IndexedPosition] = field(default_factory=list)
    output_connection_points: list[IndexedPosition] = field(default_factory=list)
    fluid_box: list[object] = field(default_factory=list)
    fluid_systems: list[object] = field(default_factory=list)
