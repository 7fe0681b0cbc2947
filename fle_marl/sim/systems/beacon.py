"""Beacons: send a share of their modules' effects to machines around them.

A beacon uses its power all the time, whether it has modules or not. It works as long as
it has energy in its buffer. In a lasting shortage that is while its network meets more
than 15/31 of what is wanted (`parts.BUFFER_PER_USE`), which has in it what buffers
lack; below that it sends nothing. What beacons do in a shortage is not documented; this
is a choice.

What they do to machines is found by `fle_marl.sim.kernels.module_effects`.

Source: prototype ``energy_usage``, ``supply_area_distance``,
``distribution_effectivity``, ``module_specification``; wiki.factorio.com/Beacon.
"""

from typing import Any

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.kernels.module_effects import update_beacons
from fle_marl.sim.modules import add_module_slots
from fle_marl.sim.parts import BUFFER_PER_USE, add_electric, drain_joules_of
from fle_marl.sim.system import System
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND, tiles_to_units

__all__ = ["SYSTEM", "update_beacons"]


def create_beacon(world: World, entity: int, prototype: EntityPrototype) -> None:
    """Give a beacon its electricity, its slots and its area."""
    source: Any = prototype.energy_source
    drain = drain_joules_of(prototype)
    drain += prototype.watts("energy_usage") / TICKS_PER_SECOND
    electric = add_electric(
        world,
        entity,
        source["usage_priority"],
        drain_joules=drain,
        capacity_joules=drain * BUFFER_PER_USE,
    )
    world.tables["electric"]["says_status"][electric] = True
    store = add_module_slots(world, entity, prototype)
    row = world.allocate("beacon")
    world.entity["component"][entity] = row
    record = world.tables["beacon"][row]
    record["entity"] = entity
    record["inventory"] = store
    record["distribution_effectivity"] = prototype.number("distribution_effectivity")
    x, y = int(world.entity["x"][entity]), int(world.entity["y"][entity])
    reach = tiles_to_units(prototype.number("supply_area_distance"))
    width = reach + tiles_to_units(prototype.tile_width / 2)
    height = reach + tiles_to_units(prototype.tile_height / 2)
    record["area_left"], record["area_top"] = (x - width) >> 8, (y - height) >> 8
    record["area_right"] = -((-x - width) >> 8)
    record["area_bottom"] = -((-y - height) >> 8)
    world.clock["beacons_dirty"] = True


def destroy_beacon(world: World, entity: int) -> None:
    """Free the beacon's row."""
    world.free("beacon", int(world.entity["component"][entity]))
    world.clock["beacons_dirty"] = True


SYSTEM = System(
    name="beacon",
    kinds=("beacon",),
    create=create_beacon,
    destroy=destroy_beacon,
    reads=("inventory", "slot", "entity_prototype", "module_effect", "cell_link"),
    writes=(
        "clock",
        "entity",
        "beacon",
        "effect_receiver",
        "crafting_machine",
        "mining_drill",
        "lab",
        "electric",
        "electric_group",
        "electric_awake",
    ),
)
