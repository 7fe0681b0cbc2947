"""Boilers: water and fuel in, steam out."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of
from fle_marl.sim.world import World

WEST = 6
WATER = load().fluids["water"].id
STEAM = load().fluids["steam"].id
COAL = load().items["coal"]
JOULES_PER_UNIT = (165 - 15) * 200.0

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def add_coal(world: World, boiler: int, count: int) -> None:
    burner = world.tables["burner"][int(world.entity["burner"][boiler])]
    inventory = world.tables["inventory"][int(burner["fuel_inventory"])]
    slot = world.tables["slot"][int(inventory["first_slot"])]
    slot["item"], slot["count"] = COAL.id, count


def fuel_joules(world: World, boiler: int) -> float:
    """Energy in the boiler's fuel, its fire and its buffer."""
    burner = world.tables["burner"][int(world.entity["burner"][boiler])]
    inventory = world.tables["inventory"][int(burner["fuel_inventory"])]
    count = int(world.tables["slot"]["count"][int(inventory["first_slot"])])
    held = float(burner["remaining_joules"]) + float(burner["buffer_joules"])
    return held + count * COAL.fuel_value_joules


def amount(world: World, entity: int, box: int) -> float:
    return float(world.tables["fluidbox"]["amount"][fluidboxes_of(world, entity)[box]])


def boiler_with_pump(world: World, place: Place, *, tank: bool = True) -> int:
    """A boiler that a pump feeds, and a tank for its steam."""
    boiler = place(world, "boiler", 0.5, 1)
    place(world, "offshore-pump", -1.5, 1.5, WEST)
    if tank:
        place(world, "storage-tank", -0.5, -1.5)
    return boiler


def test_one_boiler_makes_60_steam_a_second(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    boiler = boiler_with_pump(world, place)
    add_coal(world, boiler, 10)
    advance(world, 2)  # lights the fire
    before = float(world.tables["fluid_flow"]["produced"][STEAM])
    advance(world, 60)
    flows = world.tables["fluid_flow"]
    assert float(flows["produced"][STEAM]) - before == pytest.approx(60.0)
    assert float(flows["consumed"][WATER]) == float(flows["produced"][STEAM])
    assert world.entity["status"][boiler] == EntityStatus.working


def test_energy_of_the_fuel_is_that_of_the_steam(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    boiler = boiler_with_pump(world, place)
    add_coal(world, boiler, 3)
    advance(world, 300)
    burnt = 3 * COAL.fuel_value_joules - fuel_joules(world, boiler)
    steam = float(world.tables["fluid_flow"]["produced"][STEAM])
    assert steam * JOULES_PER_UNIT == pytest.approx(burnt)
    assert steam > 0
    advance(world, 300)
    # all fuel is used up, to the last joule
    steam = float(world.tables["fluid_flow"]["produced"][STEAM])
    assert steam * JOULES_PER_UNIT == pytest.approx(3 * COAL.fuel_value_joules)
    assert world.entity["status"][boiler] == EntityStatus.no_fuel


def test_steam_has_the_target_temperature(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    boiler = boiler_with_pump(world, place)
    add_coal(world, boiler, 1)
    advance(world, 100)
    boxes = world.tables["fluidbox"][1 : world.count[TABLE_INDEX["fluidbox"]]]
    steam = boxes[boxes["fluid"] == STEAM]
    assert steam["temperature"].tolist() == [165.0] * len(steam) != []


def test_hot_water_takes_less_fuel(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    boiler = place(world, "boiler", 0.5, 1)
    add_coal(world, boiler, 1)
    water = world.tables["fluidbox"][fluidboxes_of(world, boiler)[0]]
    water["fluid"], water["amount"], water["temperature"] = WATER, 50.0, 90.0
    advance(world, 200)
    burnt = COAL.fuel_value_joules - fuel_joules(world, boiler)
    assert amount(world, boiler, 1) == pytest.approx(50.0)
    assert burnt == pytest.approx(50.0 * (165 - 90) * 200.0)


def test_without_water_nothing_burns(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    boiler = place(world, "boiler", 0.5, 1)
    add_coal(world, boiler, 1)
    advance(world, 60)
    assert world.entity["status"][boiler] == EntityStatus.no_input_fluid
    assert fuel_joules(world, boiler) == COAL.fuel_value_joules


def test_full_boiler_stops(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    boiler = boiler_with_pump(world, place, tank=False)
    add_coal(world, boiler, 5)
    advance(world, 400)
    assert amount(world, boiler, 1) == 200.0
    assert world.entity["status"][boiler] == EntityStatus.full_output
    left = fuel_joules(world, boiler)
    advance(world, 100)
    assert fuel_joules(world, boiler) == left
