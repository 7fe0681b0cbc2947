"""Mining drills, beyond what the conformance cases show."""

from itertools import groupby

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    destroy_entity,
    entities,
    entity_contents,
    rotate_entity,
)
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.actions.transport_line import line_contents, lines_of_belt
from fle_marl.sim.components import KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.world import World

ITEMS = load().items
COAL, ORE = ITEMS["coal"].id, ITEMS["iron-ore"].id
FIRST_ITEM_TICK, TICKS_PER_ITEM = 242, 240
JOULES_PER_ORE = 600_000.0


def lay(world: World, name: str, area: tuple[int, int, int, int], amount: int) -> None:
    left, top, right, bottom = area
    for y in range(top, bottom):
        for x in range(left, right):
            add_resource(world, name, x, y, amount)


def fuelled_drill(world: World, place, x: float = 0, y: float = 0, coal: int = 5):
    drill = place(world, "burner-mining-drill", x, y)
    insert_into(world, drill, COAL, coal)
    return drill


def amounts(world: World) -> dict[tuple[int, int], int]:
    table = world.entity
    return {
        (int(table["x"][row]) >> 8, int(table["y"][row]) >> 8): int(
            world.tables["resource"]["amount"][table["component"][row]]
        )
        for row in entities(world)
        if KINDS[table["kind"][row]] == "resource"
    }


def status(world: World, entity: int) -> EntityStatus:
    return EntityStatus(world.entity["status"][entity])


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("burner-mining-drill", (-1, -1, 1, 1)),
        ("electric-mining-drill", (-2, -2, 3, 3)),
    ],
)
def test_area(flat_world, place, name: str, area: tuple[int, ...]) -> None:
    world = flat_world()
    place(world, name, 0, 0)
    drill = world.tables["mining_drill"][1]
    edges = ("left", "top", "right", "bottom")
    assert tuple(int(drill[f"area_{edge}"]) for edge in edges) == area


def test_ten_from_a_tile_then_the_next(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 25)
    fuelled_drill(world, place, coal=20)
    place(world, "wooden-chest", -0.5, -1.5)
    mined: list[tuple[int, int]] = []
    before = amounts(world)
    advance(world, 2)
    for _ in range(101):
        advance(world, TICKS_PER_ITEM)
        after = amounts(world)
        mined += [tile for tile in before if after.get(tile, 0) < before[tile]]
        before = after
    runs = [(tile, len(list(run))) for tile, run in groupby(mined)]
    tiles = [(0, -1), (-1, 0), (0, 0), (-1, -1)]
    assert runs == [(tile, n) for n in (10, 10, 5) for tile in tiles]
    assert not world.tables["ore"].any()


def test_a_depleted_resource_leaves_rows_that_are_used_again(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 0, 0), 1)
    ore = entities(world)[0]
    serial = int(world.entity["serial"][ore])
    drill = fuelled_drill(world, place)
    chest = place(world, "wooden-chest", -0.5, -1.5)
    advance(world, FIRST_ITEM_TICK + 1)
    assert amounts(world) == {}
    assert item_count(world, chest, ORE) == 1
    assert status(world, drill) == EntityStatus.no_minable_resources
    again = add_resource(world, "iron-ore", 0, 0, 3)
    assert again == ore
    assert world.entity["serial"][again] > serial
    advance(world, TICKS_PER_ITEM + 1)
    assert item_count(world, chest, ORE) == 2


def test_ore_of_two_kinds_comes_out_in_turns(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 0), 100)
    lay(world, "coal", (-1, 0, 1, 1), 100)
    fuelled_drill(world, place, coal=10)
    chest = place(world, "wooden-chest", -0.5, -1.5)
    advance(world, FIRST_ITEM_TICK + 1 + TICKS_PER_ITEM * 39)
    assert entity_contents(world, chest) == {ORE: 20, COAL: 20}


def test_a_full_chest_stops_it_without_cost(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 100)
    drill = fuelled_drill(world, place)
    chest = place(world, "wooden-chest", -0.5, -1.5)
    insert_into(world, chest, COAL, 16 * 50)
    advance(world, FIRST_ITEM_TICK + 1)
    assert status(world, drill) == EntityStatus.waiting_for_space_in_destination
    assert entity_contents(world, drill) == {COAL: 4, ORE: 1}
    burner = world.tables["burner"][1].copy()
    advance(world, 5000)
    assert world.tables["burner"][1] == burner
    assert sum(amounts(world).values()) == 399
    destroy_entity(world, chest)
    advance(world, 1)
    assert status(world, drill) == EntityStatus.working


def test_what_it_burns_is_what_it_digs(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 1000)
    drill = fuelled_drill(world, place, coal=2)
    place(world, "wooden-chest", -0.5, -1.5)
    advance(world, 10_000)
    record = world.tables["mining_drill"][1]
    dug = world.tables["item_flow"]["produced"][ORE] + record["mining_progress"]
    assert dug * JOULES_PER_ORE == pytest.approx(2 * ITEMS["coal"].fuel_value_joules)
    assert status(world, drill) == EntityStatus.no_fuel


def test_turning_it_moves_where_it_drops(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 100)
    drill = fuelled_drill(world, place)
    chest = place(world, "wooden-chest", 1.5, -0.5)
    rotate_entity(world, drill, 2)
    record = world.tables["mining_drill"][1]
    assert (int(record["drop_x"]), int(record["drop_y"])) == (332, -128)
    advance(world, FIRST_ITEM_TICK + 1)
    assert item_count(world, chest, ORE) == 1


def test_a_standing_still_drill_does_nothing(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 100)
    drill = fuelled_drill(world, place)
    world.entity["active"][drill] = False
    advance(world, 1000)
    assert entity_contents(world, drill) == {COAL: 5}


def test_wells_are_not_dug(flat_world, place) -> None:
    world = flat_world()
    add_resource(world, "crude-oil", 0, 0, 300_000)
    drill = fuelled_drill(world, place)
    advance(world, 300)
    assert status(world, drill) == EntityStatus.no_minable_resources
    assert world.tables["resource"]["amount"][1] == 300_000


def test_infinite_ore_sinks_to_its_minimum(flat_world, place) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 0, 0), 12)
    resource = world.tables["resource"][1]
    resource["initial_amount"] = 100
    resource["minimum_amount"], resource["depletion_amount"] = 8, 3
    fuelled_drill(world, place)
    place(world, "wooden-chest", -0.5, -1.5)
    left = []
    advance(world, 2)
    for _ in range(4):
        advance(world, TICKS_PER_ITEM)
        left.append(int(world.tables["resource"]["amount"][1]))
    assert left == [9, 8, 8, 8]


def test_a_drill_without_ore_notices_new_ore_at_once(flat_world, place) -> None:
    world = flat_world()
    drill = fuelled_drill(world, place)
    advance(world, 100)
    assert status(world, drill) == EntityStatus.no_minable_resources
    add_resource(world, "coal", -1, -1, 5)
    advance(world, 2)
    assert status(world, drill) == EntityStatus.working
    assert world.tables["mining_drill"]["mining_progress"][1] > 0


def test_removing_a_drill_gives_its_parts_back(flat_world, place) -> None:
    world = flat_world()
    drill = fuelled_drill(world, place)
    destroy_entity(world, drill)
    for name in ("mining_drill", "burner", "inventory"):
        assert world.tables[name]["entity"][1] <= 0


@pytest.mark.parametrize(
    ("direction", "lane"),
    # the drill stands south of the belt; along a belt items go to its right lane
    [(2, 1), (6, 0), (0, 1), (4, 1)],
)
def test_it_drops_onto_the_near_lane(
    flat_world, place, direction: int, lane: int
) -> None:
    world = flat_world()
    lay(world, "iron-ore", (-1, -1, 1, 1), 10)
    fuelled_drill(world, place)
    belt = place(world, "transport-belt", -0.5, -1.5, direction)
    advance(world, FIRST_ITEM_TICK + 1)
    lines = lines_of_belt(world, belt)
    assert line_contents(world, lines[lane]) == {ORE: 1}
    assert line_contents(world, lines[1 - lane]) == {}
