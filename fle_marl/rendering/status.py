"""Why a machine stands still, as a coloured dot with a sign.

The statuses of the game are gathered into few kinds; each has a colour that is safe
for colour-blind people and a sign of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from fle_marl.rendering.canvas import Canvas
from fle_marl.rendering.palette import (
    HALO,
    MAUVE,
    ORANGE,
    SKY,
    VERMILION,
    YELLOW,
    Colour,
)
from fle_marl.rendering.scene import Entity

__all__ = ["Trouble", "draw_trouble", "trouble_of"]


@dataclass(frozen=True)
class Trouble:
    """A kind of reason for standing still.

    Attributes:
        name: for the legend.
        colour: of the dot.
        sign: draws the sign on a canvas whose zero is the middle of a dot with
            radius 1.
    """

    name: str
    colour: Colour
    sign: Callable[[Canvas, float], None]


def _bolt(canvas: Canvas, r: float) -> None:
    points = [
        (0.2, -0.7),
        (-0.4, 0.1),
        (-0.02, 0.1),
        (-0.2, 0.7),
        (0.4, -0.12),
        (0.02, -0.12),
    ]
    canvas.polygon([(x * r, y * r) for x, y in points], HALO)


def _flame(canvas: Canvas, r: float) -> None:
    points = [(0, -0.7), (0.5, 0.1), (0.34, 0.55), (-0.34, 0.55), (-0.5, 0.1)]
    canvas.polygon([(x * r, y * r) for x, y in points], HALO)


def _full(canvas: Canvas, r: float) -> None:
    canvas.box(-0.45 * r, -0.45 * r, 0.45 * r, 0.45 * r, HALO)


def _hollow(canvas: Canvas, r: float) -> None:
    canvas.disc(0, 0, 0.55 * r, None, outline=HALO, width=0.24 * r)


def _dash(canvas: Canvas, r: float) -> None:
    canvas.line([(-0.45 * r, 0), (0.45 * r, 0)], HALO, 0.26 * r)


def _cross(canvas: Canvas, r: float) -> None:
    canvas.line([(-0.4 * r, -0.4 * r), (0.4 * r, 0.4 * r)], HALO, 0.24 * r)
    canvas.line([(-0.4 * r, 0.4 * r), (0.4 * r, -0.4 * r)], HALO, 0.24 * r)


NO_POWER: Final = Trouble("no power", YELLOW, _bolt)
NO_FUEL: Final = Trouble("no fuel", ORANGE, _flame)
OUTPUT_FULL: Final = Trouble("output full", SKY, _full)
NO_INGREDIENTS: Final = Trouble("no ingredients", MAUVE, _hollow)
NOTHING_TO_DO: Final = Trouble("nothing to do", (220, 222, 224), _dash)
SWITCHED_OFF: Final = Trouble("switched off", VERMILION, _cross)

_TROUBLES: Final[Mapping[str, Trouble]] = MappingProxyType(
    {
        "no_power": NO_POWER,
        "low_power": NO_POWER,
        "not_plugged_in_electric_network": NO_POWER,
        "recharging_after_power_outage": NO_POWER,
        "no_fuel": NO_FUEL,
        "full_output": OUTPUT_FULL,
        "full_burnt_result_output": OUTPUT_FULL,
        "waiting_for_space_in_destination": OUTPUT_FULL,
        "no_ingredients": NO_INGREDIENTS,
        "item_ingredient_shortage": NO_INGREDIENTS,
        "fluid_ingredient_shortage": NO_INGREDIENTS,
        "no_input_fluid": NO_INGREDIENTS,
        "low_input_fluid": NO_INGREDIENTS,
        "low_temperature": NO_INGREDIENTS,
        "missing_required_fluid": NO_INGREDIENTS,
        "missing_science_packs": NO_INGREDIENTS,
        "waiting_for_source_items": NO_INGREDIENTS,
        "no_ammo": NO_INGREDIENTS,
        "no_recipe": NOTHING_TO_DO,
        "no_research_in_progress": NOTHING_TO_DO,
        "no_minable_resources": NOTHING_TO_DO,
        "no_modules_to_transmit": NOTHING_TO_DO,
        "disabled": SWITCHED_OFF,
        "disabled_by_control_behavior": SWITCHED_OFF,
        "disabled_by_script": SWITCHED_OFF,
        "closed_by_circuit_network": SWITCHED_OFF,
        "marked_for_deconstruction": SWITCHED_OFF,
    }
)
"""By name in ``defines.entity_status``; the names that are not here are no trouble."""

_ORDINARY_WAITS: Final = frozenset(
    {"waiting_for_source_items", "waiting_for_space_in_destination"}
)
"""An inserter waits between any two swings; a dot for that would only be noise."""


def trouble_of(entity: Entity) -> Trouble | None:
    """Why the entity stands still; None if it works or only waits its turn."""
    if entity.type == "inserter" and entity.status in _ORDINARY_WAITS:
        return None
    return _TROUBLES.get(entity.status)


def draw_trouble(
    canvas: Canvas, trouble: Trouble, x: float, y: float, radius: float
) -> None:
    """Draw the dot of a trouble.

    Args:
        canvas: in place.
        trouble: what to show.
        x: of the middle, in tiles.
        y: of the middle, in tiles.
        radius: in tiles.
    """
    dot = canvas.at(x, y)
    dot.disc(0, 0, radius * 1.28, HALO)
    dot.disc(0, 0, radius, trouble.colour)
    trouble.sign(dot, radius)
