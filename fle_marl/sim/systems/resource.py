"""Resources: ore in the ground, and oil wells; what they hold and how it shrinks.

Each is an entity of its own that collides with nothing that is built. The ``ore`` layer
knows the one on each tile. Drills and hands take from it; the empty ones go.

Source: prototype API, ResourceEntityPrototype (infinite, normal, minimum,
infinite_depletion_amount); LuaEntity.amount.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.system import System
from fle_marl.sim.tables import resource_category
from fle_marl.sim.world import World

__all__ = ["SYSTEM", "set_amount", "set_initial_amount"]

_DEFAULT_CATEGORY: Final = "basic-solid"
"""Source: prototype API, ResourceEntityPrototype.category."""
_LEAST_SHARE: Final = 0.2
"""Share of its first amount that an infinite resource never sinks below, if that is
more than the prototype's minimum. Recalled from the wiki's page on crude oil, and not
looked up; the API has an ``initial_amount`` of infinite resources only."""
_DEFAULT_AMOUNT: Final = 1
"""Of a resource that is made without an amount; the smallest that can exist."""


def create_resource(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a resource its amount: 1, or the normal amount of an infinite one."""
    row = world.allocate("resource")
    record = world.tables["resource"][row]
    record["entity"] = entity
    record["amount"] = _DEFAULT_AMOUNT
    if prototype.properties.get("infinite", False):
        record["initial_amount"] = int(prototype.number("normal"))
        record["depletion_amount"] = int(prototype.number("infinite_depletion_amount"))
    category = prototype.text("category", _DEFAULT_CATEGORY)
    record["category"] = resource_category(load(), category)
    minable = prototype.minable
    if minable is not None and minable.required_fluid is not None:
        record["required_fluid"] = load().fluids[minable.required_fluid].id
    world.entity["component"][entity] = row
    set_amount(world, entity, int(record["initial_amount"]) or _DEFAULT_AMOUNT)


def destroy_resource(world: World, entity: int) -> None:
    """Free the resource's row."""
    world.free("resource", int(world.entity["component"][entity]))


def set_amount(world: World, entity: int, amount: int) -> None:
    """Say how much a resource holds when it comes into the world.

    Args:
        world: changed.
        entity: row of a resource.
        amount: items, or fluid in the game's unit for wells; at least 1.

    Raises:
        ValueError: the amount is less than 1.
    """
    if amount < 1:
        raise ValueError(f"a resource holds at least 1, not {amount!r}")
    row = int(world.entity["component"][entity])
    record = world.tables["resource"][row]
    record["amount"] = amount
    if record["initial_amount"]:
        set_initial_amount(world, entity, amount)


def set_initial_amount(world: World, entity: int, amount: int) -> None:
    """Say how much an infinite resource had at first; its minimum follows from that."""
    record = world.tables["resource"][int(world.entity["component"][entity])]
    prototype = load().entities.by_id(int(world.entity["prototype"][entity]))
    least = max(int(prototype.number("minimum")), int(amount * _LEAST_SHARE))
    record["initial_amount"] = amount
    record["minimum_amount"] = least


SYSTEM: Final = System(
    name="resource",
    kinds=("resource",),
    create=create_resource,
    destroy=destroy_resource,
)
