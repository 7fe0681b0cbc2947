"""Entities of one prototype and usage on one network, reckoned together."""

from collections.abc import Callable

import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.electric_network import network_of
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]

PANEL_JOULES = 60_000 / 60
INSERTER_DRAIN = 400 / 60
MACHINE_DRAIN = 75_000 / 30 / 60


def groups(world: World, pole: int) -> dict[str, tuple[float, float]]:
    """Drain and steady offer of each group of a pole's network, by prototype."""
    group, found = world.tables["electric_group"], {}
    row = int(
        world.tables["electric_network"]["first_group"][
            network_of(refreshed(world), pole)
        ]
    )
    while row:
        name = load().entities.by_id(int(group["prototype"][row])).name
        assert name not in found
        found[name] = tuple(
            float(group[field][row]) for field in ("drain_joules", "steady_joules")
        )
        row = int(group["next"][row])
    return found


def test_sums_of_groups(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    west, east = (
        place(world, "substation", -15, 0),
        place(world, "substation", 15, 0),
    )
    for x in (-17.5, -13.5, 13.5):
        place(world, "inserter", x, 3.5)
    for x in (-18.5, -14.5):
        place(world, "solar-panel", x, -3.5)
    place(world, "assembling-machine-1", 18.5, 3.5)
    place(world, "steam-engine", 18.5, -3.5)
    place(world, "inserter", 0.5, 0.5)  # out of reach
    refreshed(world)
    assert groups(world, west) == {
        "inserter": (pytest.approx(2 * INSERTER_DRAIN), 0.0),
        "solar-panel": (0.0, 2 * PANEL_JOULES),
    }
    # what engines offer depends on their steam
    assert groups(world, east) == {
        "inserter": (pytest.approx(INSERTER_DRAIN), 0.0),
        "assembling-machine-1": (pytest.approx(MACHINE_DRAIN), 0.0),
        "steam-engine": (0.0, 0.0),
    }


def test_sums_follow_builds_and_removals(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pole = place(world, "substation", 0, 0)
    panels = [place(world, "solar-panel", x, 3.5) for x in (-4.5, -1.5, 2.5)]
    assert groups(world, pole)["solar-panel"][1] == 3 * PANEL_JOULES
    destroy_entity(world, panels[1])
    assert groups(world, pole)["solar-panel"][1] == 2 * PANEL_JOULES
    destroy_entity(world, pole)
    assert not (refreshed(world).tables["electric"]["group"] > 0).any()


def test_idle_machines_are_looked_at_no_more(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    place(world, "substation", 0, 0)
    for x in (-8.5, -5.5, -2.5, 3.5, 6.5):
        place(world, "solar-panel", x, 3.5)
        place(world, "assembling-machine-1", x, -4.5)
    place(world, "accumulator", 0, 7)
    refreshed(world)
    advance(world, 30)
    used = (world.tables["electric"]["entity"] > 0).nonzero()[0]
    bits = int(world.tables["electric_awake"]["rows"][0])
    assert [row for row in used.tolist() if bits >> row & 1] == []
