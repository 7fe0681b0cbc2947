"""What stands where at the oil field: machines between rails of pipes.

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

from dataclasses import dataclass
from typing import Final

from fle_marl.evaluation.rocket_run.player import Item
from fle_marl.lua.types import Direction, Prototype, RecipeName

__all__ = [
    "ACID",
    "ADVANCED",
    "BANDS",
    "BASIC",
    "CRUDE",
    "HEAVY",
    "HEAVY_LEFT",
    "HEIGHT",
    "LIGHT",
    "LIGHT_LEFT",
    "LUBRICANT",
    "PETROLEUM",
    "REFINERIES",
    "REFINERY_PITCH",
    "SLOTS",
    "WATER",
    "WIDTH",
    "Machines",
    "column_of",
    "stand_of",
]

REFINERIES: Final = 3
REFINERY_PITCH: Final = 6
SLOTS: Final = 8
_SLOT_PITCH: Final = 4
_FIRST_SLOT: Final = REFINERIES * REFINERY_PITCH + 5
"""Column of the first slot: right of where the rails spread."""
WIDTH: Final = _FIRST_SLOT + SLOTS * _SLOT_PITCH
HEIGHT: Final = 26
PETROLEUM, LIGHT, HEAVY, LUBRICANT, WATER, ACID = 3, 7, 11, 15, 17, 21
"""Rows of the rails among the machines."""
LIGHT_LEFT, HEAVY_LEFT = 5, 7
"""Rows of two rails above the refineries, where they lie closer."""
CRUDE: Final = 19
BANDS: Final = {"a": 1, "b": 5, "c": 9, "d": 13, "e": 19, "f": 23}
"""Rows of the middles of machines."""
_UP, _DOWN = Direction.UP, Direction.DOWN
_PLANT, _ASSEMBLER = Prototype.ChemicalPlant, Prototype.AssemblingMachine2


@dataclass(frozen=True, slots=True)
class Machines:
    """Machines of one recipe in a band.

    Attributes:
        recipe: what they are set to.
        makes: the item that is taken out of them, or the fluid that they are filled
            for; None for what is left alone.
        kind: which machines.
        band: one of `BANDS`.
        slots: their places in the band, from the left.
        facing: where the side of their inputs is.
    """

    recipe: Item | RecipeName
    makes: Item | None
    kind: Prototype
    band: str
    slots: tuple[int, ...]
    facing: Direction


BASIC: Final = (
    Machines(
        Prototype.PlasticBar,
        Prototype.PlasticBar,
        _PLANT,
        "a",
        (1, 2, 3, 4, 5, 6),
        _DOWN,
    ),
    Machines(Prototype.Sulfur, Prototype.Sulfur, _PLANT, "a", (7,), _DOWN),
)
ADVANCED: Final = (
    Machines(RecipeName.LightOilCracking, None, _PLANT, "b", (1, 2, 3), _DOWN),
    Machines(RecipeName.HeavyOilCracking, None, _PLANT, "c", (0,), _DOWN),
    Machines(
        RecipeName.SolidFuelFromLightOil,
        Prototype.SolidFuel,
        _PLANT,
        "b",
        (0, 4, 5, 6),
        _DOWN,
    ),
    Machines(
        Prototype.RocketFuel, Prototype.RocketFuel, _ASSEMBLER, "c", (4, 5, 6), _UP
    ),
    Machines(Prototype.Lubricant, None, _PLANT, "d", (1,), _UP),
    Machines(
        Prototype.ElectricEngineUnit,
        Prototype.ElectricEngineUnit,
        _ASSEMBLER,
        "d",
        (2, 3, 4),
        _DOWN,
    ),
    Machines(Prototype.SulfuricAcid, Prototype.SulfuricAcid, _PLANT, "e", (0, 1), _UP),
    Machines(Prototype.Concrete, Prototype.Concrete, _ASSEMBLER, "e", (7,), _UP),
    Machines(
        Prototype.ProcessingUnit,
        Prototype.ProcessingUnit,
        _ASSEMBLER,
        "f",
        (0, 1, 2, 3),
        _UP,
    ),
    Machines(Prototype.Battery, Prototype.Battery, _PLANT, "f", (4, 5), _UP),
)


def column_of(slot: int) -> int:
    """The column of the middle of a slot."""
    return _FIRST_SLOT + _SLOT_PITCH * slot + 1


def stand_of(column: float, row: float) -> int:
    """The row from which a tile is reached: none of them is ever walled in."""
    if row <= LIGHT + 1:
        return -1
    if column <= REFINERIES * REFINERY_PITCH:
        return CRUDE + 1
    return WATER + 1 if row < WATER else HEIGHT
