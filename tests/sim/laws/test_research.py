"""Laboratories that sleep do what they would do if they were always looked at."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.research import add_research, set_queue_enabled
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.world import World

from .comparing import differences

Place = Callable[..., int]

RED = load().items["automation-science-pack"].id
AUTOMATION = load().technologies["automation"]


def test_nobody_sees_that_laboratories_sleep(
    flat_world: Callable[..., World], place: Place
) -> None:
    """A row of laboratories that hand packs on, with too little energy for all.

    Each call begins with everything awake, so one by one nobody sleeps.
    """
    world = flat_world()
    place(world, "substation", 0, 0)
    producer = place(world, "wooden-chest", 7.5, 7.5)
    # 3 laboratories of 62 kW and 3 inserters want more than 3100 joules a tick
    add_electric(world, producer, "secondary-output", output_limit_joules=2200.0)
    chest = place(world, "wooden-chest", 8.5, -4.5)
    insert_into(world, chest, RED, 7)
    for x in (7.5, 3.5, -0.5):
        place(world, "inserter", x, -4.5, 2)
    for x in (5.5, 1.5, -2.5):
        place(world, "lab", x, -4.5)
    set_queue_enabled(world, is_enabled=True)
    for name in ("automation", "optics"):
        add_research(world, load().technologies[name])
    twin = world.copy()
    for ticks in (300, 900, 1800):
        advance(world, ticks)
        for _ in range(ticks):
            advance(twin, 1)
        assert differences(world, twin) == []
    # all 7 packs are used up: 7 of 10 units
    progress = world.tables["force_technology"]["progress"][AUTOMATION.id]
    assert progress == pytest.approx(7 / 10)
