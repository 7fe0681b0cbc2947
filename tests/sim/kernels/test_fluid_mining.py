"""Wells, and ore that needs a fluid."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import rotate_entity
from fle_marl.sim.actions.resource import add_resource
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import fluidboxes_of, ports_of
from fle_marl.sim.world import World

OIL = load().fluids["crude-oil"].id
ACID = load().fluids["sulfuric-acid"].id
WATER = load().fluids["water"].id
ORE = load().items["uranium-ore"].id

Place = Callable[..., int]


def endless_power(world: World, entity: int) -> None:
    source = world.tables["electric"][world.entity["electric"][entity]]
    source["buffer_joules"] = source["capacity_joules"] = 1e12


def pumpjack(world: World, place: Place, amount: int) -> tuple[int, int]:
    """A pumpjack with power on a well; the jack and the well."""
    well = add_resource(world, "crude-oil", 0, 0, amount)
    jack = place(world, "pumpjack", 0.5, 0.5)
    endless_power(world, jack)
    return jack, well


def resource(world: World, entity: int) -> dict[str, int]:
    record = world.tables["resource"][int(world.entity["component"][entity])]
    return {name: int(record[name]) for name in record.dtype.names}


def give(world: World, entity: int, fluid: int, amount: float) -> int:
    (box,) = fluidboxes_of(world, entity)
    record = world.tables["fluidbox"][box]
    record["fluid"], record["amount"] = fluid, amount
    return box


def status(world: World, entity: int) -> str:
    return EntityStatus(world.entity["status"][entity]).name


@pytest.mark.parametrize(
    ("amount", "units"), [(300_000, 10.0), (150_000, 5.0), (3_000_000, 100.0)]
)
def test_a_well_gives_by_its_yield(flat_world, place, amount, units) -> None:
    world = flat_world()
    jack, _ = pumpjack(world, place, amount)
    advance(world, 59)
    (box,) = fluidboxes_of(world, jack)
    assert world.tables["fluidbox"]["amount"][box] == 0.0
    advance(world, 2)
    assert world.tables["fluidbox"]["amount"][box] == units
    assert world.tables["fluidbox"]["fluid"][box] == OIL
    assert world.tables["fluid_flow"]["produced"][OIL] == units


def test_a_well_ends_at_a_fifth_of_what_it_began_with(flat_world, place) -> None:
    world = flat_world()
    _, well = pumpjack(world, place, 600_000)
    assert resource(world, well)["initial_amount"] == 600_000
    row = int(world.entity["component"][well])
    world.tables["resource"]["amount"][row] = 120_015
    advance(world, 125)
    assert resource(world, well)["amount"] == 120_000
    # the prototype's minimum is more than a fifth of little
    poor = add_resource(world, "crude-oil", 10, 10, 70_000)
    assert resource(world, poor)["minimum_amount"] == 60_000


def test_a_well_above_all_that_fits_is_pumped_into_an_empty_box(
    flat_world, place
) -> None:
    world = flat_world()
    jack, _ = pumpjack(world, place, 60_000_000)  # 2000 units a mining
    advance(world, 200)
    (box,) = fluidboxes_of(world, jack)
    assert world.tables["fluidbox"]["amount"][box] == 1000.0
    assert world.tables["fluid_flow"]["produced"][OIL] == 1000.0
    assert status(world, jack) == "full_output"


def test_a_full_box_stops_it_without_use_of_energy(flat_world, place) -> None:
    world = flat_world()
    jack, well = pumpjack(world, place, 300_000)
    give(world, jack, OIL, 995.0)
    source = world.entity["electric"][jack]
    advance(world, 5)
    before = float(world.tables["electric"]["buffer_joules"][source])
    advance(world, 100)
    assert world.tables["electric"]["buffer_joules"][source] == before
    assert status(world, jack) == "full_output"
    assert resource(world, well)["amount"] == 300_000


@pytest.mark.parametrize("direction", [0, 2, 4, 6])
def test_a_pumpjack_gives_into_the_pipe_at_its_outlet(
    flat_world, place, direction
) -> None:
    world = flat_world()
    jack, _ = pumpjack(world, place, 300_000)
    rotate_entity(world, jack, direction)
    # Source: prototype pumpjack, the four positions of its pipe connection
    x, y = {0: (1, -2), 2: (2, -1), 4: (-1, 2), 6: (-2, 1)}[direction]
    pipe = place(world, "pipe", x + 0.5, y + 0.5)
    advance(world, 70)
    (box,) = fluidboxes_of(world, pipe)
    assert world.tables["fluidbox"]["amount"][box] > 4.0


def drill(world: World, place: Place, ore: str = "uranium-ore") -> int:
    """An electric drill with power on ore, before a chest."""
    for x in range(-2, 3):
        for y in range(-2, 3):
            add_resource(world, ore, x, y, 100)
    entity = place(world, "electric-mining-drill", 0.5, 0.5)
    endless_power(world, entity)
    place(world, "wooden-chest", 0.5, -1.5)
    return entity


def test_an_ore_takes_its_share_of_acid(flat_world, place) -> None:
    world = flat_world()
    entity = drill(world, place)
    box = give(world, entity, ACID, 1.5)
    advance(world, 245)
    assert world.tables["item_flow"]["produced"][ORE] == 1
    assert world.tables["fluid_flow"]["consumed"][ACID] == 1.0
    assert world.tables["fluidbox"]["amount"][box] == 0.5
    advance(world, 500)
    assert status(world, entity) == "missing_required_fluid"
    assert world.tables["item_flow"]["produced"][ORE] == 1


def test_it_wakes_when_acid_flows_in(flat_world, place) -> None:
    world = flat_world()
    entity = drill(world, place)
    tank = place(world, "storage-tank", 3.5, 1.5)
    for box in fluidboxes_of(world, tank):
        world.tables["fluidbox"]["fluid"][box] = ACID
        world.tables["fluidbox"]["amount"][box] = 1000.0
    advance(world, 300)
    (box,) = fluidboxes_of(world, entity)
    partners = world.tables["fluid_port"]["partner"][ports_of(world, box)]
    assert partners.any()
    assert status(world, entity) == "working"
    assert world.tables["item_flow"]["produced"][ORE] == 1


def test_the_bonus_costs_no_acid(flat_world, place) -> None:
    world = flat_world()
    entity = drill(world, place)
    give(world, entity, ACID, 100.0)
    world.tables["force"]["mining_drill_productivity_bonus"][1] = 1.0
    advance(world, 490)
    assert world.tables["item_flow"]["produced"][ORE] == 4
    assert world.tables["fluid_flow"]["consumed"][ACID] == 2.0


def test_its_box_takes_nothing_but_acid(flat_world, place) -> None:
    world = flat_world()
    entity = drill(world, place)
    (box,) = fluidboxes_of(world, entity)
    assert world.tables["fluidbox"]["filter"][box] == ACID
    pipe = place(world, "pipe", 2.5, 0.5)
    give(world, pipe, WATER, 100.0)
    advance(world, 60)
    assert world.tables["fluidbox"]["amount"][box] == 0.0


def test_drills_on_other_ore_have_no_box(flat_world, place) -> None:
    world = flat_world()
    assert fluidboxes_of(world, drill(world, place, "iron-ore")) == []
    assert fluidboxes_of(world, place(world, "burner-mining-drill", 10, 10)) == []
    # at the edge of the map, too
    edge = place(world, "electric-mining-drill", 31.5, 31.5)
    assert fluidboxes_of(world, edge) == []
