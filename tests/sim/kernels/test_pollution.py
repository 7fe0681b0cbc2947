"""Pollution: who emits how much, and where it is counted."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.world import World

ITEMS = load().items


def emitted(world: World, name: str) -> float:
    return float(world.tables["pollution_flow"]["produced"][load().entities[name].id])


def test_chunks_and_prototypes_add_up_alike(flat_world, place):
    world = flat_world()
    for x in (-8, 8):
        for y in (-8, 8):
            furnace = place(world, "steel-furnace", x, y)
            insert_into(world, furnace, ITEMS["iron-ore"].id, 20)
            insert_into(world, furnace, ITEMS["coal"].id, 2)
    advance(world, 1000)
    total = emitted(world, "steel-furnace")
    chunks = world.tables["chunk_pollution"]["amount"]
    # 4 a minute; 10 plates of 1.6 s each (speed 2) from 4 furnaces
    assert total == pytest.approx(4 * 10 * 4 / 60 * 1.6)
    assert chunks.sum() == pytest.approx(total)
    assert chunks[1:5].tolist() == pytest.approx([total / 4] * 4)


def test_brown_outs_emit_in_proportion_to_energy(flat_world, place):
    """Half the energy makes half the crafts, and they emit half as much."""
    amounts = []
    for watts in (1e6, 77.5e3 - 37.5e3):
        world = flat_world()
        place(world, "substation", 0, 0)
        producer = place(world, "wooden-chest", 7.5, 7.5)
        add_electric(
            world, producer, "secondary-output", output_limit_joules=watts / 60
        )
        machine = place(world, "assembling-machine-1", 4.5, 0.5)
        set_recipe(world, machine, load().recipes["iron-gear-wheel"].id)
        insert_into(world, machine, ITEMS["iron-plate"].id, 100)
        advance(world, 1225)
        amounts.append(emitted(world, "assembling-machine-1"))
    assert amounts[0] == pytest.approx(20 * 4 / 60)
    assert 0.45 <= amounts[1] / amounts[0] <= 0.55


def test_every_chunk_has_a_counter(flat_world):
    world = flat_world(radius_chunks=2)
    assert world.count[TABLE_INDEX["chunk_pollution"]] == world.chunk_count + 1
    assert load_world(save_world(world)).state_hash() == world.state_hash()
