"""What is in a world: items, ore, fluids, joules."""

from collections import Counter

import numpy as np

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import entities, entity_contents
from fle_marl.sim.actions.inventory import inventory_contents
from fle_marl.sim.components import (
    KINDS,
    TABLE_INDEX,
    USAGE_PRIMARY_INPUT,
    USAGE_SECONDARY_INPUT,
    USAGE_SOLAR,
)
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.world import World
from fle_marl.units import TICKS_PER_SECOND

MACHINE = KINDS.index("crafting_machine")
RESOURCE = KINDS.index("resource")
FURNACE_SECONDS = load().recipes["iron-plate"].energy_required
"""Of all recipes of furnaces that are enabled without research."""
FULLY = 1 - 1e-12


def items(world: World) -> Counter[int]:
    """All items; ingredients of crafts that are going on count as consumed."""
    found: Counter[int] = Counter()
    for entity in entities(world):
        if world.entity["kind"][entity] == MACHINE:
            for inventory in inventories_of(world, entity):
                found.update(inventory_contents(world, inventory))
        else:
            found.update(entity_contents(world, entity))
    return +found


def ore(world: World) -> dict[str, int]:
    """Ore in the ground by its name."""
    left: Counter[str] = Counter()
    table = world.entity
    for row in entities(world):
        if table["kind"][row] == RESOURCE:
            name = load().entities.by_id(int(table["prototype"][row])).name
            component = table["component"][row]
            left[name] += int(world.tables["resource"]["amount"][component])
    return dict(left)


def fluids(world: World) -> dict[int, float]:
    """Units of each fluid in all boxes."""
    boxes = used_rows(world, "fluidbox")
    amounts = np.bincount(boxes["fluid"], boxes["amount"])
    return {fluid: float(amounts[fluid]) for fluid in np.flatnonzero(amounts).tolist()}


def used_rows(world: World, table: str) -> np.ndarray:
    """Rows in use, by the first field, which says so."""
    rows = world.tables[table][1 : world.count[TABLE_INDEX[table]]]
    return rows[rows[rows.dtype.names[0]] > 0]


# --- energy


def stored_joules(world: World) -> float:
    """In fuel, fires, buffers and steam."""
    values = world.prototypes["item_prototype"]["fuel_value_joules"]
    burners = used_rows(world, "burner")
    joules = float((burners["remaining_joules"] + burners["buffer_joules"]).sum())
    joules += float(used_rows(world, "electric")["buffer_joules"].sum())
    joules += sum(values[item] * count for item, count in items(world).items())
    steam = load().fluids["steam"]
    boxes = used_rows(world, "fluidbox")
    boxes = boxes[boxes["fluid"] == steam.id]
    heat = (boxes["temperature"] - steam.default_temperature) * boxes["amount"]
    return joules + float(heat.sum()) * steam.heat_capacity_joules


class WorkMeter:
    """Adds up, tick by tick, what the machines of a world do and what drains take.

    Attributes:
        arms_joules: that inserters have spent.
        drills_joules: that drills have spent.
        solar_joules: that panels have given.
        least_drain_joules: that drains have taken for certain, supply being full.
        most_drain_joules: that they, and pumps, can have taken.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.arms_joules = self.drills_joules = self.solar_joules = 0.0
        self.least_drain_joules = self.most_drain_joules = 0.0
        self._remember()

    def _remember(self) -> None:
        arms = used_rows(self.world, "inserter")
        self._turned = arms["orientation"].copy()
        self._reached = arms["extension"].copy()
        self._mined = used_rows(self.world, "mining_drill")["mining_progress"].copy()

    def count_tick(self) -> None:
        """Take in what the last tick has changed."""
        arms = used_rows(self.world, "inserter")
        # orientations go once around from 0 to 1
        turned = np.abs((arms["orientation"] - self._turned + 0.5) % 1.0 - 0.5)
        reached = np.abs(arms["extension"] - self._reached)
        self.arms_joules += float((turned * arms["energy_per_rotation"]).sum())
        self.arms_joules += float((reached * arms["energy_per_movement"]).sum())
        drills = used_rows(self.world, "mining_drill")
        # all ore here takes one second of mining time
        seconds = (drills["mining_progress"] - self._mined) % 1.0
        watts = drills["energy_per_tick"] * TICKS_PER_SECOND
        self.drills_joules += float((seconds * watts / drills["mining_speed"]).sum())
        self._count_electricity()
        self._remember()

    def _count_electricity(self) -> None:
        sources = used_rows(self.world, "electric")
        sources = sources[sources["network"] > 0]
        solar = sources[sources["usage"] == USAGE_SOLAR]
        self.solar_joules -= float(solar["flow_joules"].sum())
        consumers = np.isin(
            sources["usage"], (USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT)
        )
        consumers = sources[consumers]
        self.most_drain_joules += float(consumers["drain_joules"].sum())
        # pumps use up to so much, for as much as they move
        pumps = used_rows(self.world, "pump")
        self.most_drain_joules += float(pumps["energy_per_tick"].sum())
        served = consumers[consumers["satisfaction"] >= FULLY]
        self.least_drain_joules += float(served["drain_joules"].sum())


def crafting_joules(world: World) -> tuple[float, float]:
    """What crafting has cost since the world began, and how much of it is uncertain.

    The last tick of a craft may be longer than what was left to do.
    """
    seconds = world.prototypes["recipe_prototype"]["energy_required_seconds"]
    spent = uncertain = 0.0
    for machine in used_rows(world, "crafting_machine"):
        needed = FURNACE_SECONDS
        if not machine["is_furnace"]:
            needed = float(seconds[machine["recipe"]])
        done = int(machine["products_finished"]) * needed + machine["crafted_seconds"]
        watts = float(machine["energy_per_tick"]) * TICKS_PER_SECOND
        spent += float(done) * watts / float(machine["crafting_speed"])
        uncertain += int(machine["products_finished"]) * machine["energy_per_tick"]
    return spent, float(uncertain)
