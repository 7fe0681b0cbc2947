"""Items on the ground: dropped and picked up inside a tick."""

import pytest

from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.build import entities, entity_contents
from fle_marl.sim.kernels.ground import (
    drop_on_ground,
    ground_item_on_tile,
    remove_ground_item,
)
from fle_marl.sim.world import World

COAL = load().items["coal"].id


@entry_point
def _drop(state: Tables, x: int, y: int, item: int) -> bool:
    return drop_on_ground(state, x, y, item)


@entry_point
def _find(state: Tables, tile_x: int, tile_y: int) -> int:
    return ground_item_on_tile(state, tile_x, tile_y)


@entry_point
def _remove(state: Tables, row: int) -> None:
    remove_ground_item(state, row)


def free_world(flat_world) -> World:
    world: World = flat_world()
    return world


def test_an_item_lies_where_it_was_dropped(flat_world) -> None:
    world = free_world(flat_world)
    assert _drop(world.state, 300, -300, COAL)
    entity = _find(world.state, 1, -2)
    assert (world.entity["x"][entity], world.entity["y"][entity]) == (300, -300)
    assert entity_contents(world, entity) == {COAL: 1}
    assert world.entity["serial"][entity] > 0


def test_only_one_item_fits_in_a_place(flat_world) -> None:
    world = free_world(flat_world)
    assert _drop(world.state, 128, 128, COAL)
    assert not _drop(world.state, 128 + 60, 128, COAL)
    assert _drop(world.state, 128 + 80, 128, COAL)


@pytest.mark.parametrize("name", ["wooden-chest", "stone-wall", "transport-belt"])
def test_nothing_is_dropped_onto_what_stands_there(
    flat_world, place, name: str
) -> None:
    world = free_world(flat_world)
    place(world, name, 0.5, 0.5)
    is_free = name == "transport-belt"
    assert bool(_drop(world.state, 128, 128, COAL)) == is_free


def test_nothing_is_dropped_into_water_or_off_the_map(flat_world) -> None:
    assert not _drop(flat_world(ground="water").state, 128, 128, COAL)
    assert not _drop(free_world(flat_world).state, 256 * 500, 0, COAL)


def test_an_item_on_an_edge_is_found_on_the_tile_of_its_centre(flat_world) -> None:
    world = free_world(flat_world)
    assert _drop(world.state, 256, 128, COAL)
    assert _find(world.state, 0, 0) == 0
    assert _find(world.state, 1, 0) > 0
    assert _find(world.state, 5000, 0) == 0


def test_what_is_picked_up_is_gone_and_its_rows_come_back(flat_world) -> None:
    world = free_world(flat_world)
    before = world.snapshot().arrays
    for _ in range(500):
        assert _drop(world.state, 256, 256, COAL)
        _remove(world.state, _find(world.state, 1, 1))
    assert entities(world) == []
    assert (world.snapshot().arrays["cell"] == before["cell"]).all()
    assert world.count[1] == 2  # the entity's row, used again and again
    assert world.clock["next_serial"][0] == 501
