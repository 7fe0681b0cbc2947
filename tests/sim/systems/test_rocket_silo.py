"""Rocket silos: parts, the phases of a launch, cargo, and what comes back."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus, RocketSiloStatus
from fle_marl.errors import ToolError
from fle_marl.prototypes import load
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.components import FORCE_PLAYER
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.rocket_silo import (
    cargo_inventory,
    launch_rocket,
    silo_of,
)
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]
Phase = RocketSiloStatus

SATELLITE, SCIENCE, PART, FISH = (
    load().items[name].id
    for name in ("satellite", "space-science-pack", "rocket-part", "raw-fish")
)
INGREDIENTS = [
    load().items[each.name].id for each in load().recipes["rocket-part"].ingredients
]
PART_TICKS = 180  # 3 seconds at speed 1. Source: prototype rocket-part
ACTIVE_JOULES = 3_990_000 / 60  # a tick. Source: prototype active_energy_usage
# ticks from the last part to the rocket that is ready, and from the order to launch to
# the next part: blinking 180, doors 255, delay 30, rising 420; waiting 120, engine 330.
# Source: prototypes and prototype API, see systems.rocket_silo
TO_READY = 1 + 180 + 255 + 30 + 420 + 1
TO_AWAY = 1 + 120 + 330 + 1 + 713
TO_BUILDING = 180 + 255


def record(world: World, silo: int):
    return world.tables["rocket_silo"][silo_of(world, silo)]


def phase(world: World, silo: int) -> RocketSiloStatus:
    return RocketSiloStatus(int(record(world, silo)["phase"]))


def status(world: World, entity: int) -> EntityStatus:
    return EntityStatus(int(world.entity["status"][entity]))


def launched(world: World) -> int:
    return int(world.tables["force"]["rockets_launched"][FORCE_PLAYER])


@pytest.fixture
def built(flat_world: WorldFactory, place: Place) -> Callable[..., tuple[World, int]]:
    """``built(joules=1e9)``: a silo with so much energy a tick."""

    def build(joules: float = 1e9) -> tuple[World, int]:
        world = flat_world()
        place(world, "substation", 0, 3)
        producer = place(world, "wooden-chest", 7.5, 7.5)
        add_electric(world, producer, "secondary-output", output_limit_joules=joules)
        return world, place(world, "rocket-silo", 0.5, -5.5)

    return build


def made_ready(world: World, silo: int) -> None:
    record(world, silo)["parts"] = 100
    advance(world, 1 + TO_READY)
    assert phase(world, silo) == Phase.rocket_ready


# --- parts


def test_parts_are_made_one_after_the_other_and_counted(built) -> None:
    world, silo = built()
    for item in INGREDIENTS:
        insert_into(world, silo, item, 20)
    advance(world, 1 + PART_TICKS)
    assert (record(world, silo)["parts"], status(world, silo)) == (
        1,
        EntityStatus.working,
    )
    advance(world, PART_TICKS)
    assert record(world, silo)["parts"] == 2
    assert world.tables["item_flow"]["produced"][PART] == 2
    assert item_count(world, silo, PART) == 0
    assert status(world, silo) == EntityStatus.item_ingredient_shortage


def test_the_hundredth_part_is_the_last(built) -> None:
    """Nothing is taken for another, and the next phases begin by themselves."""
    world, silo = built()
    record(world, silo)["parts"] = 99
    for item in INGREDIENTS:
        insert_into(world, silo, item, 20)
    advance(world, 2 + 2 * PART_TICKS)
    assert record(world, silo)["parts"] == 100
    assert [item_count(world, silo, item) for item in INGREDIENTS] == [10, 10, 10]
    assert status(world, silo) == EntityStatus.preparing_rocket_for_launch


def test_a_silo_has_one_recipe(built) -> None:
    world, silo = built()
    with pytest.raises(ToolError, match="one recipe") as refused:
        set_recipe(world, silo, load().recipes["iron-gear-wheel"].id)
    assert refused.value.code == "recipe-not-settable"


# --- the phases


def test_each_phase_lasts_as_long_as_the_prototype_says(built) -> None:
    world, silo = built()
    record(world, silo)["parts"] = 100
    seen: list[tuple[RocketSiloStatus, int]] = []
    advance(world, 1)
    for _ in range(TO_READY + 1):
        now = phase(world, silo)
        ticks = seen.pop()[1] if seen and seen[-1][0] == now else 0
        seen.append((now, ticks + 1))
        advance(world, 1)
    assert seen == [
        (Phase.create_rocket, 1),
        (Phase.lights_blinking_open, 180),
        (Phase.doors_opening, 255),
        (Phase.doors_opened, 30),
        (Phase.rocket_rising, 420),
        (Phase.arms_advance, 1),
        (Phase.rocket_ready, 1),
    ]
    assert status(world, silo) == EntityStatus.waiting_to_launch_rocket


def test_a_launch_goes_through_all_phases_and_ends_with_building(built) -> None:
    world, silo = built()
    made_ready(world, silo)
    advance(world, 1000)
    assert phase(world, silo) == Phase.rocket_ready
    assert launch_rocket(world, silo)
    advance(world, 1)
    assert status(world, silo) == EntityStatus.launching_rocket
    advance(world, TO_AWAY - 2)
    assert (phase(world, silo), launched(world)) == (Phase.rocket_flying, 0)
    assert record(world, silo)["parts"] == 100
    advance(world, 1)
    assert (phase(world, silo), launched(world)) == (Phase.lights_blinking_close, 1)
    assert record(world, silo)["parts"] == 0
    advance(world, TO_BUILDING)
    assert phase(world, silo) == Phase.building_rocket


def test_the_next_part_is_begun_when_the_doors_are_closed(built) -> None:
    """Within one call: only the silo itself can have woken the machine."""
    world, silo = built()
    for item in INGREDIENTS:
        insert_into(world, silo, item, 10)
    made_ready(world, silo)
    launch_rocket(world, silo)
    advance(world, TO_AWAY + TO_BUILDING + 2 + PART_TICKS)
    assert record(world, silo)["parts"] == 1


def test_there_is_nothing_to_launch_before_the_rocket_is_ready(built) -> None:
    world, silo = built()
    record(world, silo)["parts"] = 100
    for _ in range(TO_READY):
        advance(world, 1)
        assert not launch_rocket(world, silo)
    advance(world, 1)
    assert launch_rocket(world, silo)
    assert not launch_rocket(world, silo)


# --- energy


def test_what_moves_uses_the_active_energy(built) -> None:
    world, silo = built()
    electric = world.tables["electric"][int(world.entity["electric"][silo])]
    drain = 250_000 / 60 / 30  # a thirtieth of energy_usage, as other machines
    made_ready(world, silo)
    advance(world, 3)
    assert electric["flow_joules"] == pytest.approx(drain)
    launch_rocket(world, silo)
    advance(world, 1 + 120 + 5)
    assert phase(world, silo) == Phase.engine_starting
    assert electric["flow_joules"] == pytest.approx(ACTIVE_JOULES + drain)


def test_with_half_the_energy_doors_take_twice_as_long(built) -> None:
    drain = 250_000 / 60 / 30
    world, silo = built(ACTIVE_JOULES / 2 + drain)
    record(world, silo)["parts"] = 100
    # first the buffer is used up, which holds a sixteenth more than a tick's energy
    advance(world, 1 + 1 + 180 + 2 * 255 - 4)
    assert phase(world, silo) == Phase.doors_opening
    assert status(world, silo) == EntityStatus.low_power
    advance(world, 8)
    assert phase(world, silo) == Phase.doors_opened


def test_without_energy_the_doors_stay_shut(built) -> None:
    world, silo = built(0.0)
    record(world, silo)["parts"] = 100
    advance(world, 2000)
    assert phase(world, silo) == Phase.doors_opening
    assert status(world, silo) == EntityStatus.no_power


# --- cargo


def test_a_satellite_brings_space_science(built) -> None:
    world, silo = built()
    assert insert_into(world, silo, SATELLITE, 1) == 0
    made_ready(world, silo)
    assert insert_into(world, silo, SATELLITE, 2) == 1
    launch_rocket(world, silo)
    advance(world, TO_AWAY - 1)
    assert item_count(world, silo, SATELLITE) == 1
    advance(world, 1)
    assert item_count(world, silo, SATELLITE) == 0
    assert item_count(world, silo, SCIENCE) == 1000
    flow = world.tables["item_flow"]
    assert flow["consumed"][SATELLITE] == 1
    assert flow["produced"][SCIENCE] == 1000
    assert world.tables["item_launched"]["count"][SATELLITE] == 1


def test_a_silo_holds_one_stack_of_what_rockets_bring(built) -> None:
    world, silo = built()
    store = int(record(world, silo)["result_inventory"])
    insert_items(world, store, SCIENCE, 1700)
    made_ready(world, silo)
    insert_into(world, silo, SATELLITE, 1)
    launch_rocket(world, silo)
    advance(world, TO_AWAY)
    assert (
        item_count(world, silo, SCIENCE)
        == load().items["space-science-pack"].stack_size
    )
    assert world.tables["item_flow"]["produced"][SCIENCE] == 300


def test_anything_can_be_put_into_the_rocket_itself(built) -> None:
    world, silo = built()
    assert cargo_inventory(world, silo) == 0
    made_ready(world, silo)
    insert_items(world, cargo_inventory(world, silo), FISH, 5)
    launch_rocket(world, silo)
    advance(world, TO_AWAY)
    assert world.tables["item_launched"]["count"][FISH] == 5
    assert cargo_inventory(world, silo) == 0


def test_auto_launch_waits_for_cargo(built) -> None:
    world, silo = built()
    record(world, silo)["auto_launch"] = True
    made_ready(world, silo)
    advance(world, 100)
    assert phase(world, silo) == Phase.rocket_ready
    insert_into(world, silo, SATELLITE, 1)
    advance(world, 1 + TO_AWAY)
    assert launched(world) == 1


def test_inserters_feed_a_silo_and_empty_it(built, place: Place) -> None:
    """Parts, satellites and science go by inserters alone, within one call."""
    world, silo = built()
    record(world, silo)["auto_launch"] = True
    record(world, silo)["parts"] = 99
    for x, (item, count) in zip(
        (-3.5, -1.5, 0.5, 2.5),
        [*((item, 20) for item in INGREDIENTS), (SATELLITE, 1)],
        strict=True,
    ):
        chest = place(world, "steel-chest", x, 0.5)
        insert_into(world, chest, item, count)
        place(world, "fast-inserter", x, -0.5, 4)
    # an inserter beside the silo that carries away what it brings
    place(world, "stack-inserter", 5.5, -5.5, 6)
    target = place(world, "steel-chest", 6.5, -5.5)
    advance(world, 10_000)
    assert launched(world) == 1
    taken = item_count(world, target, SCIENCE)
    # one at a time, in the 26 ticks of a turn
    assert taken > 200
    assert taken + int(world.tables["inserter"]["hand_count"].sum()) == (
        1000 - item_count(world, silo, SCIENCE)
    )
    assert item_count(world, target, PART) == 0


# --- saves


def test_a_launch_goes_on_after_loading(built) -> None:
    world, silo = built()
    made_ready(world, silo)
    insert_into(world, silo, SATELLITE, 1)
    launch_rocket(world, silo)
    advance(world, 300)
    other = load_world(save_world(world))
    for each in (world, other):
        advance(each, TO_AWAY)
    assert launched(other) == 1
    assert other.state_hash() == world.state_hash()


def test_it_makes_no_difference_how_time_passes(built, place: Place) -> None:
    """Ticks one by one, with everything awake in each, and many at once."""
    world, silo = built()
    record(world, silo)["auto_launch"] = True
    record(world, silo)["parts"] = 99
    for x, (item, count) in zip(
        (-3.5, -1.5, 0.5, 2.5),
        [*((item, 20) for item in INGREDIENTS), (SATELLITE, 1)],
        strict=True,
    ):
        insert_into(world, place(world, "steel-chest", x, 0.5), item, count)
        place(world, "fast-inserter", x, -0.5, 4)
    other = world.copy()
    advance(world, 3000)
    for _ in range(3000):
        advance(other, 1)
    assert launched(world) == launched(other) == 1
    assert other.state_hash() == world.state_hash()
