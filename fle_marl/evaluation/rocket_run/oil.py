"""Oil: wells, refineries, and machines between rails of pipes.

Rows and columns are tiles from the left top of the ground. Refineries stand in a row at
the left; what they give runs to the right in one rail of pipes each, and so does water.
Machines stand in bands between the rails, so that their openings touch what they need::

    band a  plastic, sulfur          (openings down)
    petroleum gas
    band b  cracking, solid fuel     (down; cracked gas goes up)
    light oil
    band c  rocket fuel (up), cracking (down; what it gives goes up)
    heavy oil
    band d  lubricant (up, gives down), electric engines (down)
    lubricant
    water
    band e  acid, concrete           (up; acid goes down)
    acid
    band f  processing units, batteries (up)
"""

from dataclasses import dataclass, field
from typing import Final, cast

from fle_marl.evaluation.rocket_run.bank import Bank
from fle_marl.evaluation.rocket_run.player import Item
from fle_marl.evaluation.rocket_run.power import parts_of_row
from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    Entity,
    Position,
    Prototype,
    RecipeName,
    Resource,
)

__all__ = ["OilField"]

_WELLS: Final = 8
_REFINERIES: Final = 3
_REFINERY_PITCH: Final = 6
_SLOTS: Final = 8
_SLOT_PITCH: Final = 4
_FIRST_SLOT: Final = _REFINERIES * _REFINERY_PITCH + 5
"""Column of the first slot: right of where the rails spread."""
_WIDTH: Final = _FIRST_SLOT + _SLOTS * _SLOT_PITCH
_HEIGHT: Final = 26
_PETROLEUM, _LIGHT, _HEAVY, _LUBRICANT, _WATER, _ACID = 3, 7, 11, 15, 17, 21
"""Rows of the rails among the machines."""
_LIGHT_LEFT, _HEAVY_LEFT = 5, 7
"""Rows of two rails above the refineries, where they lie closer."""
_CRUDE: Final = 19
_WAY_TILES: Final = 6
"""Between the wells and the ground, for pipes."""
_BOILERS: Final = 4
_BANDS: Final = {"a": 1, "b": 5, "c": 9, "d": 13, "e": 19, "f": 23}
"""Rows of the middles of machines."""
_UP, _DOWN = Direction.UP, Direction.DOWN
_LEFT, _RIGHT = Direction.LEFT, Direction.RIGHT
_PLANT, _ASSEMBLER = Prototype.ChemicalPlant, Prototype.AssemblingMachine2


@dataclass(frozen=True, slots=True)
class _Machines:
    """Machines of one recipe, side by side in a band."""

    recipe: Item | RecipeName
    makes: Item | None
    kind: Prototype
    band: str
    slots: tuple[int, ...]
    facing: Direction


_BASIC: Final = (
    _Machines(
        Prototype.PlasticBar,
        Prototype.PlasticBar,
        _PLANT,
        "a",
        (1, 2, 3, 4, 5, 6),
        _DOWN,
    ),
    _Machines(Prototype.Sulfur, Prototype.Sulfur, _PLANT, "a", (7,), _DOWN),
)
_ADVANCED: Final = (
    _Machines(RecipeName.LightOilCracking, None, _PLANT, "b", (1, 2, 3), _DOWN),
    _Machines(RecipeName.HeavyOilCracking, None, _PLANT, "c", (0,), _DOWN),
    _Machines(
        RecipeName.SolidFuelFromLightOil,
        Prototype.SolidFuel,
        _PLANT,
        "b",
        (0, 4, 5, 6),
        _DOWN,
    ),
    _Machines(
        Prototype.RocketFuel, Prototype.RocketFuel, _ASSEMBLER, "c", (4, 5, 6), _UP
    ),
    _Machines(Prototype.Lubricant, None, _PLANT, "d", (1,), _UP),
    _Machines(
        Prototype.ElectricEngineUnit,
        Prototype.ElectricEngineUnit,
        _ASSEMBLER,
        "d",
        (2, 3, 4),
        _DOWN,
    ),
    _Machines(Prototype.SulfuricAcid, Prototype.SulfuricAcid, _PLANT, "e", (0, 1), _UP),
    _Machines(Prototype.Concrete, Prototype.Concrete, _ASSEMBLER, "e", (7,), _UP),
    _Machines(
        Prototype.ProcessingUnit,
        Prototype.ProcessingUnit,
        _ASSEMBLER,
        "f",
        (0, 1, 2, 3),
        _UP,
    ),
    _Machines(Prototype.Battery, Prototype.Battery, _PLANT, "f", (4, 5), _UP),
)


def _column(slot: int) -> int:
    """Column of the middle of a slot."""
    return _FIRST_SLOT + _SLOT_PITCH * slot + 1


def _stand(column: float, row: float) -> int:
    """The row from which a tile is reached: none of them is ever walled in."""
    if row <= _LIGHT + 1:
        return -1
    if column <= _REFINERIES * _REFINERY_PITCH:
        return _CRUDE + 1
    return _WATER + 1 if row < _WATER else _HEIGHT


@dataclass(slots=True)
class OilField:
    """The ground, and what stands on it.

    Attributes:
        works: make what is built here.
        corner: left top of the ground.
        refineries: from left to right.
    """

    works: Works
    corner: Position
    refineries: list[Entity] = field(default_factory=list)

    @classmethod
    def find(cls, works: Works) -> "OilField":
        """Choose ground below the nearest wells."""
        player = works.player
        player.go(Position(0, 0))
        well = player.nearest(Resource.CrudeOil)
        player.go(well)
        wells = player.get_resource_patch(Resource.CrudeOil, well).bounding_box
        ground = player.nearest_buildable(
            Prototype.OilRefinery,
            BuildingBox(width=_WIDTH + 3, height=_HEIGHT + 2),
            Position(wells.center.x, wells.right_bottom.y + _HEIGHT / 2 + _WAY_TILES),
        )
        player.detour = well
        return cls(works, ground.left_top)

    # --- building

    def at(self, column: float, row: float) -> Position:
        """The middle of a tile of the ground."""
        return Position(self.corner.x + column + 2.5, self.corner.y + row + 1.5)

    def place(
        self, kind: Prototype, column: float, row: float, facing: Direction = _UP
    ) -> Entity:
        """Place something that is carried."""
        player, place = self.works.player, self.at(column, row)
        player.stands[place] = self.at(column, _stand(column, row))
        player.go(place)
        return cast(Entity, player.place_entity(kind, facing, place))

    def row(self, row: int, first: int, last: int) -> None:
        """Pipes from column to column, except where something lies already."""
        for column in range(first, last + 1):
            self.place(Prototype.Pipe, column, row)

    def column(self, column: int, first: int, last: int) -> None:
        """Pipes from row to row."""
        for row in range(first, last + 1):
            self.place(Prototype.Pipe, column, row)

    def dive(self, column: int, top: int, bottom: int) -> None:
        """An underground pipe that opens upwards at the top, downwards below."""
        self.place(Prototype.UndergroundPipe, column, top, _UP)
        self.place(Prototype.UndergroundPipe, column, bottom, _DOWN)

    def pole(self, column: int, row: int) -> None:
        """An electric pole."""
        self.place(Prototype.SmallElectricPole, column, row)

    def build(self) -> None:
        """Wells, refineries, and what makes plastic and sulfur."""
        works, player = self.works, self.works.player
        player.go(self.at(0, _WATER))
        shore = player.nearest(Resource.Water)
        works.make_all(
            parts_of_row(_BOILERS)
            | {
                Prototype.PumpJack: _WELLS,
                Prototype.OilRefinery: _REFINERIES,
                Prototype.ChemicalPlant: 7,
                Prototype.UndergroundPipe: 60,
                Prototype.Pipe: 400,
                Prototype.SmallElectricPole: 120,
                Prototype.OffshorePump: 2,
                Prototype.StorageTank: 2,
                Prototype.Coal: 1000,
            }
        )
        engine = works.add_power(_BOILERS, shore)
        for slot in range(-1, _SLOTS - 1):
            for row in _BANDS.values():
                self.pole(_column(slot) + 2, row)
        for place in range(_REFINERIES + 1):
            self.pole(_REFINERY_PITCH * place, 11)
        pole = player.get_entity(Prototype.SmallElectricPole, self.at(0, 11))
        works.lay(Prototype.SmallElectricPole, engine, pole)
        player.reach("power at the oil field")
        for place in range(_REFINERIES):
            self._add_refinery(_REFINERY_PITCH * place + 3)
        self._lay_rails()
        self._add_wells(engine)
        player.reach("oil")
        self._add_machines(_BASIC)
        for machines in _BASIC:
            works.make(cast(Item, machines.makes), 10)
            player.reach(f"first {cast(Prototype, machines.makes).value[0]}")

    def _add_refinery(self, column: int) -> None:
        player = self.works.player
        refinery = self.place(Prototype.OilRefinery, column, 11)
        refinery = player.set_entity_recipe(refinery, RecipeName.BasicOilProcessing)
        self.refineries.append(refinery)
        player.reach("first oil-refinery")
        self.place(Prototype.Pipe, column - 2, 8)
        self.dive(column, 6, 8)
        self.dive(column + 2, 4, 8)
        self.column(column - 1, 14, 16)
        self.dive(column + 1, 14, 18)

    def _lay_rails(self) -> None:
        """Rails over their whole length, and the pump."""
        works, player = self.works, self.works.player
        turn = _REFINERIES * _REFINERY_PITCH + 1
        tapped = [_column(slot) for slot in (1, 2, 3)]
        self.row(_PETROLEUM, 3, _column(7) - 1)
        self.row(_LIGHT_LEFT, 1, turn + 2)
        self.column(turn + 2, _LIGHT_LEFT + 1, _LIGHT - 1)
        self._tapped_row(_LIGHT, turn + 2, _column(6) + 1, tapped)
        self.row(_HEAVY_LEFT, 1, turn)
        self.column(turn, _HEAVY_LEFT + 1, _HEAVY - 1)
        self._tapped_row(_HEAVY, turn, _column(1) + 1, [_column(0)])
        self.row(_LUBRICANT, _column(1) - 1, _column(4))
        self.row(_WATER, 2, _column(7) + 2)
        self.column(_column(7) + 2, _PETROLEUM, _WATER - 1)
        self.place(Prototype.Pipe, _column(7) + 1, _PETROLEUM)
        self.row(_ACID, _column(0) - 1, _column(5) + 1)
        self.row(_CRUDE, 3, turn - 1)
        self.place(Prototype.StorageTank, _column(0), 1)
        self.place(Prototype.StorageTank, -1, 4)
        player.go(self.at(2, _WATER))
        shore = player.nearest(Resource.Water)
        player.go(shore)
        pump = player.place_entity(Prototype.OffshorePump, position=shore)
        end = player.get_entity(Prototype.Pipe, self.at(2, _WATER))
        works.lay(Prototype.Pipe, pump, end, Prototype.UndergroundPipe)

    def _tapped_row(self, row: int, first: int, last: int, taps: list[int]) -> None:
        """Pipes with places where water comes up between for the machine above."""
        skipped = {tap + aside for tap in taps for aside in (0, 1, 2)}
        for column in range(first, last + 1):
            if column not in skipped:
                self.place(Prototype.Pipe, column, row)
        for tap in taps:
            self.place(Prototype.UndergroundPipe, tap, row, _LEFT)
            self.place(Prototype.UndergroundPipe, tap + 2, row, _RIGHT)
            self.place(Prototype.Pipe, tap + 1, row)
            self.dive(tap + 1, row + 1, _WATER - 1)

    def _add_wells(self, engine: Entity) -> None:
        """Pumpjacks on the wells that are nearest, and pipes from one to the next."""
        works, player = self.works, self.works.player
        end = player.get_entity(Prototype.Pipe, self.at(3, _CRUDE))
        for _ in range(_WELLS):
            player.go(self.at(3, 0))
            near = player.nearest(Resource.CrudeOil)
            player.go(near)
            ground = player.nearest_buildable(
                Prototype.PumpJack, BuildingBox(3, 3), near
            )
            player.go(ground.center)
            jack = player.place_entity(Prototype.PumpJack, _UP, ground.center)
            works.lay(Prototype.SmallElectricPole, engine, jack)
            end = works.lay(Prototype.Pipe, jack, end, Prototype.UndergroundPipe)
            player.reach("first pumpjack")

    def _add_machines(self, table: tuple[_Machines, ...]) -> None:
        works, player = self.works, self.works.player
        for kind in (_PLANT, _ASSEMBLER):
            works.make(kind, sum(len(m.slots) for m in table if m.kind is kind))
        for machines in table:
            for slot in machines.slots:
                machine = self.place(
                    machines.kind,
                    _column(slot),
                    _BANDS[machines.band],
                    machines.facing,
                )
                player.reach(f"first {machines.kind.value[0]}")
                machine = player.set_entity_recipe(machine, machines.recipe)
                if machines.makes is not None:
                    bank = works.plants.setdefault(
                        machines.makes, Bank(player, only=machines.recipe)
                    )
                    bank.machines.append(machine)

    def advance(self) -> None:
        """Refine all that crude oil gives, and build what lives on that."""
        for refinery in self.refineries:
            self.works.player.go(refinery.position)
            self.works.player.set_entity_recipe(
                refinery, RecipeName.AdvancedOilProcessing
            )
        self._add_machines(_ADVANCED)
        self.works.player.reach("advanced oil")
