"""Laboratories: what a tick of research takes and gives, and when they sleep."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, destroy_entity
from fle_marl.sim.actions.character import start_mining
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.actions.items import insert_into, item_count
from fle_marl.sim.actions.mining import mine_into
from fle_marl.sim.actions.research import (
    add_research,
    cancel_current_research,
    set_queue_enabled,
)
from fle_marl.sim.components import FORCE_ENEMY, FORCE_PLAYER
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.saves import load_world, save_world
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

AUTOMATION = load().technologies["automation"]
TICKS = 6000  # 10 units of 10 seconds. Source: prototype automation
RED, GREEN = (
    load().items[name].id
    for name in ("automation-science-pack", "logistic-science-pack")
)


def status(world: World, entity: int) -> EntityStatus:
    return EntityStatus(int(world.entity["status"][entity]))


def progress(world: World) -> float:
    return float(world.tables["force_technology"]["progress"][AUTOMATION.id])


def used(world: World, entity: int) -> float:
    row = int(world.entity["component"][entity])
    return float(world.tables["lab"]["used_durability"][row, 0])


def awake_labs(world: World) -> int:
    bits = np.unpackbits(
        world.tables["lab_awake"]["rows"].view("u1"), bitorder="little"
    )
    in_use = world.tables["lab"]["entity"][: len(bits)] > 0
    return int((bits[: len(in_use)].astype(bool) & in_use).sum())


def supply(world: World, place: Place, *, joules: float = 1e9) -> None:
    """A pole in the middle, and so much energy a tick."""
    place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 7.5, 7.5)
    add_electric(world, producer, "secondary-output", output_limit_joules=joules)


@pytest.fixture
def powered(flat_world: WorldFactory, place: Place) -> tuple[World, int]:
    """A laboratory with 20 red packs and all the energy it wants."""
    world = flat_world()
    supply(world, place)
    lab = place(world, "lab", -4.5, -4.5)
    insert_into(world, lab, RED, 20)
    return world, lab


# --- sleep


def test_a_laboratory_with_nothing_to_do_sleeps(powered: tuple[World, int]) -> None:
    world, lab = powered
    advance(world, 5)
    assert status(world, lab) == EntityStatus.no_research_in_progress
    assert awake_labs(world) == 0
    assert add_research(world, AUTOMATION)
    advance(world, 5)
    assert awake_labs(world) == 1
    assert progress(world) == pytest.approx(5 / TICKS)
    cancel_current_research(world)
    advance(world, 5)
    assert awake_labs(world) == 0
    assert progress(world) == pytest.approx(5 / TICKS)


def test_packs_wake_a_laboratory(flat_world: WorldFactory, place: Place) -> None:
    """Within one call: nothing but the inserter's pack can have woken it."""
    world = flat_world()
    supply(world, place)
    lab = place(world, "lab", 0.5, -5.5)
    place(world, "inserter", 0.5, -3.5, 4)
    chest = place(world, "wooden-chest", 0.5, -2.5)
    insert_into(world, chest, RED, 3)
    add_research(world, AUTOMATION)
    # of three packs each lasts 600 ticks, so the third has come long before the end
    advance(world, 3 * 600 + 100)
    assert progress(world) == pytest.approx(3 / 10)
    assert status(world, lab) == EntityStatus.missing_science_packs
    assert awake_labs(world) == 0


def test_energy_wakes_a_laboratory(flat_world: WorldFactory, place: Place) -> None:
    """Solar panels give nothing in the dark, so it sleeps until the morning."""
    world = flat_world()
    place(world, "substation", 0, 0)
    for x in range(-8, 9, 4):
        place(world, "solar-panel", x + 0.5, 4.5)
    lab = place(world, "lab", -4.5, -4.5)
    insert_into(world, lab, RED, 20)
    add_research(world, AUTOMATION)
    # a tenth of 25000 ticks is night, around 0.5. Source: forum, t=59549
    world.clock["daytime"] = 0.5
    advance(world, 600)
    assert status(world, lab) == EntityStatus.no_power
    assert awake_labs(world) == 0
    assert progress(world) == 0.0
    advance(world, 5000)  # a quarter of the day is dusk or dawn: it is nearly bright
    assert status(world, lab) == EntityStatus.working
    assert progress(world) > 0.0


# --- what a tick does


def test_as_many_ticks_at_once_as_one_by_one(powered: tuple[World, int]) -> None:
    world, _ = powered
    set_queue_enabled(world, is_enabled=True)
    add_research(world, AUTOMATION)
    add_research(world, load().technologies["optics"])
    advance(world, TICKS - 20)
    twin = world.copy()
    advance(world, 40)
    for _ in range(40):
        advance(twin, 1)
    assert world.state_hash() == twin.state_hash()
    assert world.tables["force_technology"]["researched"][AUTOMATION.id]


@pytest.mark.parametrize("share", [0.5, 0.25])
def test_with_less_energy_it_is_slower(
    flat_world: WorldFactory, place: Place, share: float
) -> None:
    """60 kW and 2 kW of drain; that all consumers get the same share is a choice."""
    world = flat_world()
    joules = (60e3 + 2e3) / 60 * share
    supply(world, place, joules=joules)
    lab = place(world, "lab", -4.5, -4.5)
    insert_into(world, lab, RED, 20)
    add_research(world, AUTOMATION)
    advance(world, 100)  # what came before the buffer was used up
    before, packs = progress(world), used(world, lab)
    advance(world, 100)
    done = progress(world) - before
    # the drain is served first, if anything
    assert done < share * 100 / TICKS * 1.1
    assert done > share * 100 / TICKS * 0.8
    assert used(world, lab) - packs == pytest.approx(10 * done)
    assert status(world, lab) == EntityStatus.low_power


def test_productivity_gives_more_of_the_same_packs(powered: tuple[World, int]) -> None:
    """LuaForce.laboratory_productivity_bonus."""
    world, lab = powered
    world.tables["force"]["laboratory_productivity_bonus"][FORCE_PLAYER] = 0.5
    add_research(world, AUTOMATION)
    advance(world, 600)
    assert progress(world) == pytest.approx(1.5 / 10)
    assert item_count(world, lab, RED) == 19


def test_the_last_laboratory_takes_no_more_than_is_left(
    powered: tuple[World, int], place: Place
) -> None:
    world, lab = powered
    other = place(world, "lab", -4.5, 4.5)
    insert_into(world, other, RED, 20)
    add_research(world, AUTOMATION)
    speed = 7.0  # 8 times as fast, twice: 375 ticks, and 5 units each
    world.tables["force"]["laboratory_speed_modifier"][FORCE_PLAYER] = speed
    advance(world, 376)
    assert world.tables["force_technology"]["researched"][AUTOMATION.id]
    taken = [
        20 - item_count(world, row, RED) + used(world, row) for row in (lab, other)
    ]
    assert sum(taken) == pytest.approx(10)


def test_packs_that_end_within_a_tick_do_what_they_are_enough_for(
    powered: tuple[World, int],
) -> None:
    world, lab = powered
    world.tables["force"]["laboratory_speed_modifier"][FORCE_PLAYER] = 999.0
    store = int(world.tables["lab"]["input_inventory"][1])
    first = int(world.tables["inventory"]["first_slot"][store])
    world.tables["slot"]["count"][first] = 1
    add_research(world, AUTOMATION)
    # a tick could do 1000 / 600 of a unit
    advance(world, 3)
    assert progress(world) == pytest.approx(1 / 10)
    assert item_count(world, lab, RED) == 0
    assert status(world, lab) == EntityStatus.missing_science_packs


def test_a_laboratory_that_is_switched_off_does_nothing(
    powered: tuple[World, int],
) -> None:
    world, lab = powered
    add_research(world, AUTOMATION)
    world.entity["active"][lab] = False
    advance(world, 60)
    assert progress(world) == 0.0


def test_others_do_not_research_for_the_player(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    supply(world, place)
    lab = create_entity(world, "lab", -1152, -1152, force=FORCE_ENEMY)
    insert_into(world, lab, RED, 20)
    add_research(world, AUTOMATION)
    advance(world, 60)
    assert status(world, lab) == EntityStatus.no_research_in_progress
    assert progress(world) == 0.0


def test_research_is_done_in_the_tick_in_which_a_character_has_mined_something(
    powered: tuple[World, int], place: Place
) -> None:
    """Python sees to both between two ticks, so the next research loses none."""
    world, _ = powered
    set_queue_enabled(world, is_enabled=True)
    for name in ("automation", "optics"):
        add_research(world, load().technologies[name])
    chest = place(world, "wooden-chest", 20.5, 20.5)
    character = create_entity(world, "character", 21 * 256, 22 * 256)
    assert start_mining(world, character, chest)
    before = world.copy()
    ticks = 1
    while world.entity["prototype"][chest] > 0:
        advance(world, 1)
        ticks += 1
    ticks -= 1  # in the last of these the chest went
    left = ticks / TICKS
    before.tables["force_technology"]["progress"][AUTOMATION.id] = 1.0 - left
    advance(before, ticks + 1)
    assert before.entity["prototype"][chest] <= 0
    assert before.tables["force_technology"]["researched"][AUTOMATION.id]
    optics = load().technologies["optics"]
    # 10 units of 15 seconds, of which one tick has passed
    assert before.tables["force_technology"]["progress"][optics.id] == pytest.approx(
        1 / 9000
    )


# --- packs that come and go


def test_inserters_take_packs_for_laboratories_only(
    flat_world: WorldFactory, place: Place
) -> None:
    """A choice; see `fle_marl.sim.kernels.pickup`."""
    world = flat_world()
    lab = place(world, "lab", 0.5, 0.5)
    insert_into(world, lab, RED, 20)
    place(world, "burner-inserter", 0.5, 2.5)
    place(world, "wooden-chest", 0.5, 3.5)
    advance(world, 300)
    assert item_count(world, lab, RED) == 20


def test_packs_of_another_research_come_too(
    flat_world: WorldFactory, place: Place
) -> None:
    """Source: changelog 0.17.0; that it is two of them is a choice."""
    world = flat_world()
    lab = place(world, "lab", 0.5, 0.5)
    place(world, "burner-inserter", 0.5, 2.5, 4)
    chest = place(world, "wooden-chest", 0.5, 3.5)
    insert_into(world, chest, GREEN, 9)
    add_research(world, AUTOMATION)
    advance(world, 600)
    assert item_count(world, lab, GREEN) == 2


def test_who_takes_a_laboratory_away_gets_its_packs(powered: tuple[World, int]) -> None:
    world, lab = powered
    add_research(world, AUTOMATION)
    advance(world, 900)  # a pack and a half
    character = create_entity(world, "character", 2560, 2560)
    row = int(world.entity["component"][character])
    main = int(world.tables["character"]["main_inventory"][row])
    assert mine_into(world, lab, main).is_done
    assert item_count(world, character, RED) == 19
    assert item_count(world, character, load().items["lab"].id) == 1


def test_slots_are_for_their_packs_in_the_order_of_the_prototype(
    powered: tuple[World, int],
) -> None:
    world, _ = powered
    store = int(world.tables["lab"]["input_inventory"][1])
    first = int(world.tables["inventory"]["first_slot"][store])
    assert insert_items(world, store, GREEN, 5) == 5
    assert insert_items(world, store, load().items["coal"].id, 5) == 0
    assert world.tables["slot"]["item"][first : first + 3].tolist() == [RED, GREEN, 0]


def test_a_world_in_the_middle_of_research_can_be_saved(
    powered: tuple[World, int],
) -> None:
    world, lab = powered
    add_research(world, AUTOMATION)
    advance(world, 123)
    loaded = load_world(save_world(world))
    assert loaded.state_hash() == world.state_hash()
    advance(loaded, TICKS - 123)
    assert loaded.tables["force_technology"]["researched"][AUTOMATION.id]
    destroy_entity(loaded, lab)
    assert load_world(save_world(loaded)).state_hash() == loaded.state_hash()
