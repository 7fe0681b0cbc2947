"""What modules and beacons do, beyond what the conformance cases show."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.actions.items import insert_into, remove_from
from fle_marl.sim.components import EFFECT_UNIT, EFFECTS
from fle_marl.sim.engine import advance
from fle_marl.sim.modules import (
    add_effect_receiver,
    module_inventory,
    refreshed_effects,
    takes_module,
)
from fle_marl.sim.parts import BUFFER_PER_USE, add_electric
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

ITEMS = load().items
GEARS = load().recipes["iron-gear-wheel"].id
PLATE = ITEMS["iron-plate"].id
MODULES = [item for item in ITEMS.values() if item.type == "module"]
SPEED, PRODUCTIVITY = (
    ITEMS[name].id for name in ("speed-module-3", "productivity-module-3")
)


def machine(world: World, place: Place, x: float, y: float) -> int:
    row = place(world, "assembling-machine-3", x, y)
    set_recipe(world, row, GEARS)
    return row


def speed(world: World, entity: int) -> float:
    component = int(world.entity["component"][entity])
    return float(world.tables["crafting_machine"]["crafting_speed"][component])


def producer(world: World, place: Place, joules: float) -> int:
    place(world, "substation", 0, 0)
    row = place(world, "wooden-chest", 7.5, 7.5)
    return add_electric(world, row, "secondary-output", output_limit_joules=joules)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_the_tables_hold_every_bonus_exactly(flat_world, module) -> None:
    row = flat_world().prototypes["module_effect"][module.id]
    bonus = {
        effect: int(amount) / EFFECT_UNIT
        for effect, amount in zip(EFFECTS, row["bonus"], strict=True)
        if amount
    }
    assert bonus == {
        name: each["bonus"] for name, each in module.module_effects.items()
    }
    assert (row["limitation"] > 0) == (module.properties["category"] == "productivity")


def test_only_modules_have_effects(flat_world) -> None:
    effects = flat_world().prototypes["module_effect"]["effects"]
    assert set(np.flatnonzero(effects)) == {module.id for module in MODULES}


@pytest.mark.parametrize(
    ("name", "module", "fits"),
    [
        ("assembling-machine-1", "speed-module", 0),
        ("assembling-machine-2", "speed-module", 2),
        ("stone-furnace", "speed-module", 0),
        ("electric-furnace", "productivity-module", 2),
        ("burner-mining-drill", "speed-module", 0),
        ("electric-mining-drill", "productivity-module", 3),
        ("lab", "productivity-module", 2),
        ("beacon", "effectivity-module", 2),
        ("beacon", "productivity-module", 0),
        ("oil-refinery", "productivity-module", 3),
        ("wooden-chest", "speed-module", 10),
    ],
)
def test_what_lets_in_which_modules(flat_world, place, name, module, fits) -> None:
    """Prototypes ``module_specification`` and ``allowed_effects``."""
    world = flat_world()
    entity = place(world, name, 4.5, 4.5)
    assert insert_into(world, entity, ITEMS[module].id, 10) == fits
    if name != "wooden-chest":
        assert takes_module(world, entity, ITEMS[module].id) == (fits > 0)
        slots = world.tables["slot"][
            : world.tables["inventory"]["slot_count"].sum() + 1
        ]
        assert slots["count"].max() <= 1


def test_taking_modules_out_takes_their_effect(flat_world, place) -> None:
    world = flat_world()
    row = machine(world, place, 4.5, 4.5)
    insert_into(world, row, SPEED, 2)
    insert_into(world, row, PRODUCTIVITY, 2)
    assert speed(refreshed_effects(world), row) == pytest.approx(1.25 * 1.7)
    assert remove_from(world, row, SPEED, 9) == 2
    assert speed(refreshed_effects(world), row) == pytest.approx(1.25 * 0.7)
    assert remove_from(world, row, PRODUCTIVITY, 9) == 2
    advance(world, 1)
    assert speed(world, row) == 1.25


def test_the_buffer_grows_with_what_a_machine_uses(flat_world, place) -> None:
    world = flat_world()
    row = machine(world, place, 4.5, 4.5)
    insert_into(world, row, PRODUCTIVITY, 4)
    advance(world, 1)
    electric = world.tables["electric"][int(world.entity["electric"][row])]
    assert electric["capacity_joules"] == pytest.approx(
        375_000 / 60 * 4.2 * BUFFER_PER_USE
    )


def test_a_beacon_that_goes_takes_its_effect(flat_world, place) -> None:
    world = flat_world()
    producer(world, place, 1e9)
    row = machine(world, place, 4.5, 0.5)
    beacons = [place(world, "beacon", 4.5, y) for y in (3.5, -3.5)]
    for beacon in beacons:
        insert_into(world, beacon, SPEED, 2)
    advance(world, 2)
    assert speed(world, row) == pytest.approx(1.25 * 2)
    destroy_entity(world, beacons[0])
    assert speed(refreshed_effects(world), row) == pytest.approx(1.25 * 1.5)
    destroy_entity(world, row)
    other = machine(world, place, 4.5, 0.5)
    advance(world, 1)
    assert speed(world, other) == pytest.approx(1.25 * 1.5)
    assert load_world(save_world(world)).state_hash() == world.state_hash()


def test_a_machine_that_comes_later_gets_what_beacons_send(flat_world, place) -> None:
    world = flat_world()
    producer(world, place, 1e9)
    beacon = place(world, "beacon", 4.5, 3.5)
    insert_into(world, beacon, SPEED, 1)
    advance(world, 5)
    row = machine(world, place, 4.5, 0.5)
    assert speed(refreshed_effects(world), row) == pytest.approx(1.25 * 1.25)


@pytest.mark.parametrize(
    ("joules", "works"), [(19_000.0, True), (16_000.0, True), (8_000.0, False)]
)
def test_beacons_in_a_lasting_shortage(flat_world, place, joules, works) -> None:
    """They send all or nothing; a choice. A machine beside them wants 10 625 joules."""
    world = flat_world()
    producer(world, place, joules)
    row = machine(world, place, 4.5, 0.5)
    insert_into(world, row, PLATE, 200)
    beacon = place(world, "beacon", 4.5, 3.5)
    insert_into(world, beacon, SPEED, 2)
    advance(world, 400)
    network = world.tables["electric_network"][1]
    assert (network["satisfaction"] < 1.0) == (joules < 18_833)
    held = world.tables["electric"]["buffer_joules"]
    assert (held[int(world.entity["electric"][beacon])] > 0.0) == works
    assert (speed(world, row) > 1.25) == works


@pytest.mark.parametrize("joules", [9_000.0, 12_000.0, 20_000.0, 30_000.0])
def test_shortages_are_the_same_tick_by_tick(flat_world, place, joules) -> None:
    """Beacons that come and go within a call change buffers that others reckon with."""
    worlds = []
    for step in (1, 7, 240):
        world = flat_world()
        producer(world, place, joules)
        for x in (-4.5, 4.5):
            row = machine(world, place, x, 0.5)
            insert_into(world, row, PLATE, 100)
            insert_into(world, row, PRODUCTIVITY, 2)
            beacon = place(world, "beacon", x, 3.5)
            insert_into(world, beacon, SPEED, 2)
        left = 240
        while left:
            advance(world, min(step, left))
            left -= min(step, left)
        worlds.append(world)
    machines = [
        world.tables["crafting_machine"][["crafted_seconds", "bonus_progress"]][1:3]
        for world in worlds
    ]
    buffers = [world.tables["electric"]["buffer_joules"] for world in worlds]
    for crafted, held in zip(machines[1:], buffers[1:], strict=True):
        assert (crafted == machines[0]).all()
        assert (held == buffers[0]).all()
    assert machines[0]["crafted_seconds"].any()


def test_consumption_never_falls_below_a_fifth(flat_world, place) -> None:
    world = flat_world()
    row = machine(world, place, 4.5, 0.5)
    insert_into(world, row, ITEMS["effectivity-module-3"].id, 4)
    component = int(refreshed_effects(world).entity["component"][row])
    joules = world.tables["crafting_machine"]["energy_per_tick"][component]
    assert joules == pytest.approx(375_000 / 60 / 5)


def test_speed_and_pollution_never_fall_below_a_fifth(flat_world, place) -> None:
    world = flat_world()
    row = machine(world, place, 4.5, 0.5)
    receiver = int(world.entity["effect_receiver"][row])
    world.tables["effect_receiver"]["beacons"][receiver] = -9 * EFFECT_UNIT // 10
    insert_into(world, row, ITEMS["productivity-module"].id, 4)
    world.clock["beacons_dirty"] = False
    component = int(refreshed_effects(world).entity["component"][row])
    record = world.tables["crafting_machine"][component]
    assert record["crafting_speed"] == pytest.approx(1.25 / 5)
    # 1 + 4 * 0.4 - 0.9 of the energy for five times as long
    expected = 2 / 60 / 1.25 * 1.7 * 5 * max(1 + 4 * 0.05 - 0.9, 0.2)
    assert record["pollution_per_second"] == pytest.approx(expected)


def test_any_entity_with_slots_and_a_machine_can_be_a_receiver(flat_world) -> None:
    """As for rocket silos, which are no crafting machines by type."""
    world = flat_world()
    entity = create_entity(world, "rocket-silo", 0, 0)
    if world.entity["effect_receiver"][entity]:
        return
    row = world.allocate("crafting_machine")
    record = world.tables["crafting_machine"][row]
    record["entity"] = entity
    record["crafting_speed"], record["energy_per_tick"] = 1.0, 100.0
    prototype = load().entities["rocket-silo"]
    add_effect_receiver(world, entity, prototype, "crafting_machine", row)
    assert insert_into(world, entity, PRODUCTIVITY, 9) == 4
    assert module_inventory(world, entity) > 0
    refreshed_effects(world)
    assert world.tables["crafting_machine"]["crafting_speed"][row] == pytest.approx(0.4)
