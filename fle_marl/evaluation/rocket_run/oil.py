"""The oil field: wells, refineries, and all machines that take fluids."""

from dataclasses import dataclass, field
from typing import Final, cast

from fle_marl.evaluation.rocket_run.bank import Bank
from fle_marl.evaluation.rocket_run.oil_plan import (
    ACID,
    ADVANCED,
    BANDS,
    BASIC,
    CRUDE,
    HEAVY,
    HEAVY_LEFT,
    HEIGHT,
    LIGHT,
    LIGHT_LEFT,
    LUBRICANT,
    PETROLEUM,
    REFINERIES,
    REFINERY_PITCH,
    SLOTS,
    WATER,
    WIDTH,
    Machines,
    column_of,
    stand_of,
)
from fle_marl.evaluation.rocket_run.player import name_of
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
_BOILERS: Final = 4
_WAY_TILES: Final = 6
"""Between the wells and the ground, for pipes."""
_UP, _DOWN = Direction.UP, Direction.DOWN
_LEFT, _RIGHT = Direction.LEFT, Direction.RIGHT


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
            BuildingBox(width=WIDTH + 3, height=HEIGHT + 2),
            Position(wells.center.x, wells.right_bottom.y + HEIGHT / 2 + _WAY_TILES),
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
        player.stands[place] = self.at(column, stand_of(column, row))
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
        player.go(self.at(0, WATER))
        shore = player.nearest(Resource.Water)
        works.make_all(
            parts_of_row(_BOILERS)
            | {
                Prototype.PumpJack: _WELLS,
                Prototype.OilRefinery: REFINERIES,
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
        for slot in range(-1, SLOTS - 1):
            for row in BANDS.values():
                self.pole(column_of(slot) + 2, row)
        for place in range(REFINERIES + 1):
            self.pole(REFINERY_PITCH * place, 11)
        pole = player.get_entity(Prototype.SmallElectricPole, self.at(0, 11))
        works.lay(Prototype.SmallElectricPole, engine, pole)
        player.reach("power at the oil field")
        for place in range(REFINERIES):
            self._add_refinery(REFINERY_PITCH * place + 3)
        self._lay_rails()
        self._add_wells(engine)
        player.reach("oil")
        self._add_machines(BASIC)
        for item in (Prototype.PlasticBar, Prototype.Sulfur):
            works.make(item, 10)
            player.reach(f"first {name_of(item)}")

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
        turn = REFINERIES * REFINERY_PITCH + 1
        tapped = [column_of(slot) for slot in (1, 2, 3)]
        self.row(PETROLEUM, 3, column_of(7) - 1)
        self.row(LIGHT_LEFT, 1, turn + 2)
        self.column(turn + 2, LIGHT_LEFT + 1, LIGHT - 1)
        self._tapped_row(LIGHT, turn + 2, column_of(6) + 1, tapped)
        self.row(HEAVY_LEFT, 1, turn)
        self.column(turn, HEAVY_LEFT + 1, HEAVY - 1)
        self._tapped_row(HEAVY, turn, column_of(1) + 1, [column_of(0)])
        self.row(LUBRICANT, column_of(1) - 1, column_of(4))
        self.row(WATER, 2, column_of(7) + 2)
        self.column(column_of(7) + 2, PETROLEUM, WATER - 1)
        self.place(Prototype.Pipe, column_of(7) + 1, PETROLEUM)
        self.row(ACID, column_of(0) - 1, column_of(5) + 1)
        self.row(CRUDE, 3, turn - 1)
        self.place(Prototype.StorageTank, column_of(0), 1)
        self.place(Prototype.StorageTank, -1, 4)
        player.go(self.at(2, WATER))
        shore = player.nearest(Resource.Water)
        player.go(shore)
        pump = player.place_entity(Prototype.OffshorePump, position=shore)
        end = player.get_entity(Prototype.Pipe, self.at(2, WATER))
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
            self.dive(tap + 1, row + 1, WATER - 1)

    def _add_wells(self, engine: Entity) -> None:
        """Pumpjacks on the wells that are nearest, and pipes from one to the next."""
        works, player = self.works, self.works.player
        end = player.get_entity(Prototype.Pipe, self.at(3, CRUDE))
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

    def _add_machines(self, table: tuple[Machines, ...]) -> None:
        works, player = self.works, self.works.player
        for kind in (Prototype.ChemicalPlant, Prototype.AssemblingMachine2):
            works.make(kind, sum(len(m.slots) for m in table if m.kind is kind))
        for machines in table:
            for slot in machines.slots:
                machine = self.place(
                    machines.kind,
                    column_of(slot),
                    BANDS[machines.band],
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
        self._add_machines(ADVANCED)
        self.works.player.reach("advanced oil")
