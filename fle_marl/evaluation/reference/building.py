"""Puts reference factories onto the maps of their tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping

from fle_marl.errors import ScenarioError
from fle_marl.evaluation.reference.format import Factory, Placed
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, placed_position
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.lua_api.create import placement_is_possible
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World

__all__ = ["build", "excess"]


def build(world: World, entities: Iterable[Placed]) -> None:
    """Put entities into a world, each where the game would let a player put it.

    Raises:
        ScenarioError: `not-buildable`; something stands in the way of an entity, or it
            lacks what its type needs: ore, a shore, room for what is put into it.
    """
    for each in entities:
        _build(world, each)
    refreshed(world)


def _build(world: World, each: Placed) -> None:
    prototype = load().entities[each.name]
    x, y = placed_position(prototype, each.x, each.y, each.direction)
    if not placement_is_possible(
        world, prototype, x, y, each.direction, is_manual=True
    ):
        raise _not_buildable(each, "the place is taken or lacks what it needs")
    row = create_entity(world, each.name, x, y, direction=int(each.direction))
    if each.is_exit:
        set_belt_to_ground_type(world, row, "output")
    if each.recipe:
        set_recipe(world, row, load().recipes[each.recipe].id)
    for name, count in each.insert:
        if insert_into(world, row, load().items[name].id, count) < count:
            raise _not_buildable(each, f"there is no room for {count} {name} in it")


def _not_buildable(each: Placed, why: str) -> ScenarioError:
    return ScenarioError(
        f"{each.name} cannot be built at ({each.x}, {each.y}), facing "
        f"{each.direction.name}: {why}",
        code="not-buildable",
    )


def excess(factory: Factory, inventory: Mapping[str, int]) -> Counter[str]:
    """What a factory needs beyond an inventory: {item: how many more}."""
    return factory.items() - Counter(inventory)
