"""Beacons: their area and their power."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.engine import advance
from fle_marl.sim.modules import beacons_of, receivers_of, refreshed_effects
from fle_marl.sim.parts import add_electric

SPEED = load().items["speed-module"].id


def test_area(flat_world, place):
    """Wiki, Beacon: 9 x 9 tiles."""
    world = flat_world()
    beacon = place(world, "beacon", 0.5, 0.5)
    row = world.tables["beacon"][int(world.entity["component"][beacon])]
    area = [int(row[f"area_{side}"]) for side in ("left", "top", "right", "bottom")]
    assert area == [-4, -4, 5, 5]


@pytest.mark.parametrize("dx", [-6, -5, 0, 5, 6])
@pytest.mark.parametrize("dy", [-6, -5, 3, 5, 6])
def test_kernels_and_lists_agree_on_who_is_reached(flat_world, place, dx, dy):
    world = flat_world()
    place(world, "substation", -8, -8)
    producer = place(world, "wooden-chest", -9.5, -9.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=1e9)
    beacon = place(world, "beacon", -5.5, -5.5)
    insert_into(world, beacon, SPEED, 2)
    lab = place(world, "lab", -5.5 + dx, -5.5 + dy)
    advance(world, 2)
    is_reached = abs(dx) < 6 and abs(dy) < 6
    speed = float(world.tables["lab"]["researching_speed"][1])
    assert (speed > 1.0) == is_reached
    assert receivers_of(world, beacon) == ([lab] if is_reached else [])
    assert beacons_of(world, lab) == ([beacon] if is_reached else [])


def test_power(flat_world, place):
    """Prototype beacon: 480 kW, with or without modules."""
    world = flat_world()
    place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 7.5, 7.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=1e9)
    beacon = place(world, "beacon", -4.5, -4.5)
    for _ in range(2):
        advance(world, 5)
        electric = world.tables["electric"][int(world.entity["electric"][beacon])]
        assert electric["flow_joules"] * 60 == pytest.approx(480e3)
        insert_into(world, beacon, SPEED, 2)


def test_what_goes_leaves_no_row(flat_world, place):
    world = flat_world()
    beacon = place(world, "beacon", 0.5, 0.5)
    lab = place(world, "lab", 5.5, 0.5)
    insert_into(world, beacon, SPEED, 2)
    assert item_count(world, beacon, SPEED) == 2
    destroy_entity(world, beacon)
    destroy_entity(world, lab)
    refreshed_effects(world)
    assert not (world.tables["beacon"]["entity"][1:] > 0).any()
    assert not (world.tables["effect_receiver"]["entity"][1:] > 0).any()
