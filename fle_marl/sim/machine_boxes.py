"""Which fluid boxes a crafting machine has with a recipe, and what each is for.

Each fluid of a recipe has a box of its side: the one that the recipe names by its place
among the boxes of that side, or the first that is still free. The other boxes are not
used. Machines whose boxes are off without a fluid recipe have none then.

Source: prototype API, AssemblingMachinePrototype
(``fluid_boxes.off_when_no_fluid_recipe``) and FluidIngredientPrototype
(``fluidbox_index``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fle_marl.prototypes import EntityPrototype, load

__all__ = ["UNUSED", "MachineBox", "machine_boxes"]

UNUSED: Final = -1


@dataclass(frozen=True, slots=True)
class MachineBox:
    """A fluid box of a machine.

    Attributes:
        prototype: the prototype's fluid box.
        fluid: the only fluid that it takes; 0 when the recipe does not use it.
        place: of that fluid among those of the recipe, ingredients before products;
            `UNUSED` when the recipe does not use it.
    """

    prototype: Mapping[str, Any]
    fluid: int
    place: int


def machine_boxes(prototype: EntityPrototype, recipe: int) -> list[MachineBox]:
    """The fluid boxes of a machine.

    Args:
        prototype: of a machine that can craft the recipe.
        recipe: recipe prototype; 0 for none.

    Returns:
        In the order of the prototype.
    """
    fluids = _fluids_of(recipe) if recipe else []
    boxes: Any = prototype.properties.get("fluid_boxes") or []
    if not fluids and prototype.properties.get("fluid_boxes_off_when_no_fluid_recipe"):
        return []
    used: dict[int, tuple[int, int]] = {}
    for place, (side, fluid, index) in enumerate(fluids):
        of_side = [n for n, box in enumerate(boxes) if box["production_type"] == side]
        free = [n for n in of_side if n not in used]
        used[of_side[index - 1] if index else free[0]] = fluid, place
    return [
        MachineBox(box, *used.get(number, (0, UNUSED)))
        for number, box in enumerate(boxes)
    ]


def _fluids_of(recipe: int) -> list[tuple[str, int, int]]:
    """Fluids of a recipe in order: production type, fluid, place of its box or 0."""
    prototype = load().recipes.by_id(recipe)
    return [
        (production_type, load().fluids[part.name].id, part.fluidbox_index)
        for production_type, parts in (
            ("input", prototype.ingredients),
            ("output", prototype.products),
        )
        for part in parts
        if part.type == "fluid"
    ]
