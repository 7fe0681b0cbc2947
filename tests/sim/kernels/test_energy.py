"""Energy for machines: what burners and electric buffers give."""

from typing import Any

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.kernels.energy import energy_status, has_energy, take_energy
from fle_marl.sim.world import World

COAL = load().items["coal"]
WOOD = load().items["wood"]
FUEL_CELL = load().items["uranium-fuel-cell"]
DRILL_JOULES = 2500.0
DRILL_CAPACITY = DRILL_JOULES * 16 / 15


@entry_point
def _take(state: Tables, row: int, joules: float) -> tuple[float, int]:
    taken = take_energy(state, row, joules)
    status = energy_status(state, row, taken, joules)
    return taken, status


@entry_point
def _has(state: Tables, row: int) -> bool:
    return has_energy(state, row)


def burner_of(world: World, entity: int) -> Any:
    return world.tables["burner"][int(world.entity["burner"][entity])]


@pytest.fixture
def drill(flat_world, place):
    world = flat_world()
    return world, place(world, "burner-mining-drill", 0, 0)


def test_a_cold_burner_lights_first_and_gives_then(drill) -> None:
    world, entity = drill
    insert_into(world, entity, COAL.id, 1)
    assert _take(world.state, entity, DRILL_JOULES) == (0.0, EntityStatus.working)
    burner = burner_of(world, entity)
    assert burner["currently_burning"] == COAL.id
    assert burner["buffer_joules"] == pytest.approx(DRILL_CAPACITY)
    assert burner["remaining_joules"] == pytest.approx(
        COAL.fuel_value_joules - DRILL_CAPACITY
    )
    taken, status = _take(world.state, entity, DRILL_JOULES)
    assert (taken, status) == (DRILL_JOULES, EntityStatus.working)


def test_fuel_that_is_lit_counts_as_consumed(drill) -> None:
    world, entity = drill
    insert_into(world, entity, COAL.id, 2)
    _take(world.state, entity, DRILL_JOULES)
    assert world.tables["item_flow"]["consumed"][COAL.id] == 1.0


def test_a_burner_gives_all_that_its_fuel_holds(drill) -> None:
    world, entity = drill
    insert_into(world, entity, WOOD.id, 2)
    given = sum(_take(world.state, entity, DRILL_JOULES)[0] for _ in range(2000))
    assert given == pytest.approx(2 * WOOD.fuel_value_joules)
    assert _take(world.state, entity, DRILL_JOULES) == (0.0, EntityStatus.no_fuel)
    assert burner_of(world, entity)["currently_burning"] == 0


def test_a_burner_without_fuel_has_nothing(drill) -> None:
    world, entity = drill
    assert not _has(world.state, entity)
    assert _take(world.state, entity, DRILL_JOULES) == (0.0, EntityStatus.no_fuel)
    insert_into(world, entity, COAL.id, 1)
    assert _has(world.state, entity)


def test_a_burner_stops_while_what_is_left_of_its_fuel_has_no_room(
    flat_world, place
) -> None:
    world = flat_world()
    entity = place(world, "nuclear-reactor", 0, 0)
    row = int(world.entity["burner"][entity])
    world.tables["burner"]["capacity_joules"][row] = 0.0
    stack = load().items[FUEL_CELL.burnt_result or ""].stack_size
    burnt = world.tables["inventory"][
        int(world.tables["burner"]["burnt_inventory"][row])
    ]
    world.tables["slot"][int(burnt["first_slot"])] = (
        load().items[FUEL_CELL.burnt_result or ""].id,
        0,
        stack,
    )
    insert_into(world, entity, FUEL_CELL.id, 2)
    joules = FUEL_CELL.fuel_value_joules
    _take(world.state, entity, joules)
    assert _take(world.state, entity, joules) == (
        joules,
        EntityStatus.full_burnt_result_output,
    )
    world.tables["slot"]["count"][int(burnt["first_slot"])] -= 1
    _take(world.state, entity, joules)
    assert world.tables["slot"]["count"][int(burnt["first_slot"])] == stack
    assert _take(world.state, entity, joules)[0] == joules


@pytest.mark.parametrize(
    ("held", "taken", "status"),
    [
        (1000.0, 750.0, EntityStatus.working),
        (500.0, 500.0, EntityStatus.low_power),
        (0.0, 0.0, EntityStatus.no_power),
    ],
)
def test_electric_machines_take_what_their_buffer_holds(
    flat_world, place, held: float, taken: float, status: EntityStatus
) -> None:
    world = flat_world()
    entity = place(world, "inserter", 0, 0)
    record = world.tables["electric"][int(world.entity["electric"][entity])]
    record["buffer_joules"] = held
    assert _take(world.state, entity, 750.0) == (taken, status)
    assert record["buffer_joules"] == held - taken


def test_what_needs_no_energy_gets_all_it_wants(flat_world, place) -> None:
    world = flat_world()
    entity = place(world, "wooden-chest", 0, 0)
    assert _has(world.state, entity)
    assert _take(world.state, entity, 10.0) == (10.0, EntityStatus.working)
