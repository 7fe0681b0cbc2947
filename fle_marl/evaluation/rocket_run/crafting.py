"""What a thing is made of, down to what rounds bring, by the recipes of the game."""

import math
from collections import Counter
from typing import Final

from fle_marl.evaluation.rocket_run.player import Player
from fle_marl.lua.types import Prototype, Recipe, prototype_by_name

__all__ = ["missing_materials"]

FETCHED: Final = frozenset(
    {
        Prototype.IronPlate,
        Prototype.CopperPlate,
        Prototype.Coal,
        Prototype.Stone,
        Prototype.Wood,
        Prototype.SteelPlate,
        Prototype.StoneBrick,
    }
)
"""Materials: what hands cannot make."""


def missing_materials(
    player: Player, item: Prototype, quantity: int
) -> dict[Prototype, int]:
    """Materials that making so many takes beyond the intermediates that are carried.

    Returns:
        How many of each material are to be carried altogether.
    """
    carried = Counter(
        {prototype_by_name[k]: n for k, n in player.contents().items() if k in prototype_by_name}
    )
    needed: Counter[Prototype] = Counter()
    _add(player, item, quantity, carried, needed)
    return dict(needed)


def _add(
    player: Player,
    item: Prototype,
    quantity: int,
    carried: Counter[Prototype],
    needed: Counter[Prototype],
) -> None:
    if item in FETCHED:
        needed[item] += quantity
        return
    recipe: Recipe = player.get_prototype_recipe(item)
    [product] = recipe.products
    crafts = math.ceil(quantity / product.count)
    carried[item] += int(crafts * product.count) - quantity
    for part in recipe.ingredients:
        ingredient = prototype_by_name[part.name]
        count = int(part.count * crafts)
        if ingredient not in FETCHED:
            used = min(carried[ingredient], count)
            carried[ingredient] -= used
            count -= used
        if count:
            _add(player, ingredient, count, carried, needed)
