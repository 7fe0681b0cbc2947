"""Entities that work as one: a line of belts, a network of pipes or poles, a wall."""

from dataclasses import field

from fle_marl.lua.types.entities import TransportBelt
from fle_marl.lua.types.entity import Entity, record_type
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.networks import ElectricityPole, Pipe
from fle_marl.lua.types.positions import Position
from fle_marl.lua.types.statuses import EntityStatus

__all__ = ["BeltGroup", "ElectricityGroup", "EntityGroup", "PipeGroup", "WallGroup"]

_ENDS_SHOWN = 3


@record_type
class EntityGroup:
    """Several entities that work as one.

    Attributes:
        id: number of the group or of its network.
        position: of one of its members.
        status: what the group is doing, or why not.
        warnings: what an agent should know or do about it.
        name: what kind of group it is.
    """

    id: int
    position: Position
    status: EntityStatus = EntityStatus.NORMAL
    warnings: list[str] = field(default_factory=list)
    name: str = "entity-group"

    def members(self) -> list[Entity]:
        """The entities that the group is made of."""
        return []

    def _described(self, **facts: object) -> str:
        if self.warnings:
            facts["warnings"] = self.warnings
        shown = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        return f"{type(self).__name__}(id={self.id}, {shown}, {self._where()})"

    def _where(self) -> str:
        places = [f"({m.position.x:g}, {m.position.y:g})" for m in self.members()]
        count = len(places)
        if count > 2 * _ENDS_SHOWN:
            places = [*places[:_ENDS_SHOWN], "...", *places[-_ENDS_SHOWN:]]
        return f"{count} at [{', '.join(places)}]"

    def __repr__(self) -> str:
        return self._described(status=self.status)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self.name, self.id))


@record_type
class BeltGroup(EntityGroup):
    """Belts that carry on into each other.

    Attributes:
        belts: all of them.
        inputs: where items come in.
        outputs: where items go out.
        inventory: items on all belts together.
    """

    belts: list[TransportBelt] = field(default_factory=list)
    inputs: list[Entity] = field(default_factory=list)
    outputs: list[Entity] = field(default_factory=list)
    inventory: Inventory = field(default_factory=Inventory)
    name: str = "belt-group"

    def members(self) -> list[Entity]:
        """The belts."""
        return list(self.belts)

    def __repr__(self) -> str:
        return self._described(
            status=self.status,
            inputs=[entity.position for entity in self.inputs],
            outputs=[entity.position for entity in self.outputs],
            inventory=self.inventory,
        )


@record_type
class PipeGroup(EntityGroup):
    """Pipes that share their fluid.

    Attributes:
        pipes: all of them.
    """

    pipes: list[Pipe] = field(default_factory=list)
    name: str = "pipe-group"

    def members(self) -> list[Entity]:
        """The pipes."""
        return list(self.pipes)

    def __repr__(self) -> str:
        fluid = next((pipe.fluid for pipe in self.pipes if pipe.fluid), None)
        return self._described(status=self.status, fluid=fluid)


@record_type
class ElectricityGroup(EntityGroup):
    """Poles of one electric network.

    Attributes:
        poles: all of them.
    """

    poles: list[ElectricityPole] = field(default_factory=list)
    name: str = "electricity-group"

    def members(self) -> list[Entity]:
        """The poles."""
        return list(self.poles)


@record_type
class WallGroup(EntityGroup):
    """Pieces of wall that touch each other.

    Attributes:
        entities: all of them.
    """

    entities: list[Entity] = field(default_factory=list)
    name: str = "wall-group"

    def members(self) -> list[Entity]:
        """The pieces of wall."""
        return list(self.entities)
