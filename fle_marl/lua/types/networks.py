"""The kinds of entities that hold fluids or make and carry electric power."""

from dataclasses import field

from fle_marl.lua.types.entity import (
    BurnerType,
    Electric,
    ElectricalProducer,
    Entity,
    FluidHandler,
    StaticEntity,
    record_type,
)
from fle_marl.lua.types.positions import Position

__all__ = [
    "Accumulator",
    "Boiler",
    "ElectricityPole",
    "Generator",
    "HeatExchanger",
    "OffshorePump",
    "Pipe",
    "Pump",
    "Reactor",
    "SolarPanel",
    "StorageTank",
]


@record_type
class OffshorePump(FluidHandler):
    """A pump at the shore that gives water."""


@record_type
class Pump(FluidHandler, Electric):
    """A pump between two pipes; it needs electricity."""


@record_type
class Pipe(Entity):
    """A pipe.

    Attributes:
        fluidbox_id: number of the pipe network that it is part of.
        flow_rate: fluid that passes in a tick.
        contents: fluid inside.
        fluid: name of the fluid; None when it is empty.
    """

    fluidbox_id: int = 0
    flow_rate: float = 0.0
    contents: float = 0.0
    fluid: str | None = None


@record_type
class StorageTank(FluidHandler):
    """A tank for a fluid."""


@record_type
class Boiler(FluidHandler, BurnerType):
    """A machine that makes steam from water and fuel.

    Attributes:
        steam_output_point: where a pipe or engine must lie to get the steam.
    """

    steam_output_point: Position | None = None


@record_type
class HeatExchanger(Boiler):
    """A machine that makes steam from water and a reactor's heat."""


@record_type
class Generator(FluidHandler):
    """An engine that makes electric power from steam."""


@record_type
class SolarPanel(ElectricalProducer):
    """A panel that makes electric power by day."""


@record_type
class Accumulator(StaticEntity, Electric):
    """A store of electric energy.

    Attributes:
        energy_source: its electric energy source, as the server told.
    """

    energy_source: dict[str, object] = field(default_factory=dict)


@record_type
class ElectricityPole(Entity, Electric):
    """A pole that carries electric power.

    Attributes:
        flow_rate: joules that its network moves in a tick.
    """

    flow_rate: float = 0.0


@record_type
class Reactor(StaticEntity):
    """A nuclear reactor."""
