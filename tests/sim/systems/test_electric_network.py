"""Networks, and how energy is shared out in them."""

from collections.abc import Callable

import numpy as np
import pytest

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import (
    TABLE_INDEX,
    USAGE_PRIMARY_INPUT,
    USAGE_SECONDARY_INPUT,
)
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems import electric_network
from fle_marl.sim.world import World

SMALL = "small-electric-pole"

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def electric_entity(
    world: World,
    place: Place,
    x: float,
    y: float,
    usage: str = "secondary-input",
    *,
    capacity_joules: float = 0.0,
    offer_joules: float = 0.0,
    drain_joules: float = 0.0,
) -> int:
    """A chest with an electric energy source; returns the row of ``electric``."""
    entity = place(world, "wooden-chest", x, y)
    row = add_electric(world, entity, usage, drain_joules=drain_joules)
    world.tables["electric"]["capacity_joules"][row] = capacity_joules
    world.tables["electric"]["output_limit_joules"][row] = offer_joules
    refreshed(world)
    return row


def entity_of(world: World, row: int) -> int:
    return int(world.tables["electric"]["entity"][row])


def network_of(world: World, entity: int) -> int:
    return electric_network.network_of(refreshed(world), entity)


def network_id(world: World, entity: int) -> int:
    return electric_network.network_id(refreshed(world), entity)


def electric(world: World, field: str, *rows: int) -> list[float]:
    return [float(world.tables["electric"][field][row]) for row in rows]


# --- who is on which network


@pytest.mark.parametrize(
    ("pole", "reach_tiles"),
    [(SMALL, 2), ("medium-electric-pole", 3)],
)
def test_supply_area(
    flat_world: WorldFactory, place: Place, pole: str, reach_tiles: int
) -> None:
    world = flat_world()
    place(world, pole, 0.5, 0.5)
    corner = electric_entity(world, place, 0.5 + reach_tiles, 0.5 - reach_tiles)
    beyond = electric_entity(world, place, 1.5 + reach_tiles, 0.5)
    assert network_of(world, entity_of(world, corner)) > 0
    assert network_of(world, entity_of(world, beyond)) == 0


@pytest.mark.parametrize(
    ("pole", "side_tiles"), [("big-electric-pole", 2), ("substation", 9)]
)
def test_supply_area_of_large_poles(
    flat_world: WorldFactory, place: Place, pole: str, side_tiles: int
) -> None:
    world = flat_world()
    place(world, pole, 0, 0)
    inside = electric_entity(world, place, side_tiles - 0.5, -side_tiles + 0.5)
    outside = electric_entity(world, place, -side_tiles - 0.5, 0.5)
    assert network_of(world, entity_of(world, inside)) > 0
    assert network_of(world, entity_of(world, outside)) == 0


def test_touching_the_supply_area_is_enough(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    engine = place(world, "steam-engine", 4.5, 4.5)  # its corner tile is at (3, 2)
    assert network_of(world, engine) == 0
    place(world, SMALL, 1.5, 0.5)
    assert network_of(world, engine) > 0


def test_overlapping_networks_the_oldest_counts(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    old = place(world, SMALL, 0.5, 0.5)
    new = place(world, "big-electric-pole", 9, 1)
    both = electric_entity(world, place, 1.5, 0.5)
    assert network_id(world, old) < network_id(world, new)
    assert network_id(world, entity_of(world, both)) == network_id(world, old)


def test_network_of_what_has_no_electricity(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pole = place(world, SMALL, 0.5, 0.5)
    chest = place(world, "wooden-chest", 1.5, 0.5)
    assert network_of(world, chest) == 0
    assert network_id(world, chest) == 0
    assert network_id(world, pole) == 1


def test_consumers_lose_the_network_with_the_pole(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    pole = place(world, SMALL, 0.5, 0.5)
    row = electric_entity(world, place, 1.5, 0.5)
    destroy_entity(world, pole)
    assert network_of(world, entity_of(world, row)) == 0
    networks = world.tables["electric_network"]
    assert not (networks["entity"][1:] > 0).any()


def test_ids_last_and_are_not_given_twice(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    left = place(world, SMALL, 0.5, 0.5)
    right = place(world, SMALL, 13.5, 0.5)
    assert (network_id(world, left), network_id(world, right)) == (1, 2)
    bridge = place(world, SMALL, 7.0, 0.5)
    assert {network_id(world, pole) for pole in (left, bridge, right)} == {1}
    destroy_entity(world, bridge)
    assert (network_id(world, left), network_id(world, right)) == (1, 2)
    # the bridge was the third pole, though there was no third network
    assert network_id(world, place(world, SMALL, 30.5, 0.5)) == 4


def test_a_network_outlasts_its_oldest_pole(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    oldest, middle, youngest = (place(world, SMALL, 0.5 + x, 0.5) for x in (0, 3, 6))
    advance(world, 1)
    row = network_of(world, youngest)
    destroy_entity(world, oldest)
    assert {network_id(world, pole) for pole in (middle, youngest)} == {1}
    assert network_of(world, youngest) == row


def test_networks_agree_with_a_search_through_wires(
    flat_world: WorldFactory, place: Place
) -> None:
    """Poles have one network exactly when wires join them, through many builds."""
    random = np.random.default_rng(3)
    world = flat_world()
    poles: list[int] = []
    for _ in range(60):
        if poles and random.random() < 0.3:
            destroy_entity(world, poles.pop(int(random.integers(len(poles)))))
        else:
            x, y = random.integers(-15, 15, 2) * 2
            poles.append(place(world, SMALL, x + 0.5, y + 0.5))
        groups = wired_groups(world, poles)
        by_network: dict[int, set[int]] = {}
        for pole in poles:
            by_network.setdefault(network_of(world, pole), set()).add(pole)
        assert sorted(map(sorted, by_network.values())) == sorted(map(sorted, groups))
        used = refreshed(world).tables["electric_network"]["entity"] > 0
        assert int(used.sum()) == len(groups)


def wired_groups(world: World, poles: list[int]) -> list[set[int]]:
    left, groups = set(poles), []
    while left:
        group, edge = set(), [left.pop()]
        while edge:
            pole = edge.pop()
            group.add(pole)
            record = world.tables["pole"][int(world.entity["component"][pole])]
            wires = record["wires"][: int(record["wire_count"])]
            edge += [int(other) for other in wires if int(other) not in group]
        left -= group
        groups.append(group)
    return groups


# --- energy


def test_enough_energy_fills_buffers(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    source = electric_entity(
        world, place, 0.5, 1.5, "secondary-output", offer_joules=500.0
    )
    sinks = [
        electric_entity(world, place, 0.5, -0.5, capacity_joules=100.0),
        electric_entity(world, place, 1.5, -0.5, capacity_joules=200.0),
    ]
    advance(world, 1)
    assert electric(world, "buffer_joules", *sinks) == [100.0, 200.0]
    assert electric(world, "satisfaction", *sinks) == [1.0, 1.0]
    assert electric(world, "flow_joules", source) == [-300.0]
    network = world.tables["electric_network"][
        network_of(world, entity_of(world, source))
    ]
    assert float(network["demand_joules"]) == 300.0
    assert float(network["supply_joules"]) == 500.0
    assert float(network["output_joules"]) == 300.0
    advance(world, 1)
    assert electric(world, "flow_joules", source, *sinks) == [0.0, 0.0, 0.0]


def test_shortage_is_shared_by_demand(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    electric_entity(world, place, 0.5, 1.5, "secondary-output", offer_joules=150.0)
    sinks = [
        electric_entity(world, place, 0.5, -0.5, capacity_joules=100.0),
        electric_entity(world, place, 1.5, -0.5, capacity_joules=200.0),
    ]
    advance(world, 1)
    assert electric(world, "buffer_joules", *sinks) == [50.0, 100.0]
    assert electric(world, "satisfaction", *sinks) == [0.5, 0.5]


def test_primary_consumers_come_first(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    electric_entity(world, place, 0.5, 1.5, "secondary-output", offer_joules=150.0)
    second = electric_entity(world, place, 0.5, -0.5, capacity_joules=100.0)
    first = electric_entity(
        world, place, 1.5, -0.5, "primary-input", capacity_joules=100.0
    )
    advance(world, 1)
    assert electric(world, "buffer_joules", first, second) == [100.0, 50.0]


def test_producers_are_used_by_priority(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    producers = [
        electric_entity(world, place, x, 1.5, usage, offer_joules=100.0)
        for x, usage in [
            (-0.5, "secondary-output"),
            (0.5, "solar"),
            (1.5, "primary-output"),
            (2.5, "secondary-output"),
        ]
    ]
    electric_entity(world, place, 0.5, -0.5, capacity_joules=250.0)
    advance(world, 1)
    # a quarter of what steam engines could give is used, by both alike
    assert electric(world, "flow_joules", *producers) == [-25.0, -100.0, -100.0, -25.0]


def test_drain_is_lost(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    source = electric_entity(
        world, place, 0.5, 1.5, "secondary-output", offer_joules=500.0
    )
    sink = electric_entity(
        world, place, 0.5, -0.5, capacity_joules=100.0, drain_joules=7.0
    )
    advance(world, 1)
    assert electric(world, "flow_joules", source) == [-107.0]
    advance(world, 10)
    assert electric(world, "flow_joules", source) == [-7.0]
    assert electric(world, "buffer_joules", sink) == [100.0]


def test_drain_empties_a_buffer_without_network(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    sink = electric_entity(
        world, place, 0.5, -0.5, capacity_joules=100.0, drain_joules=7.0
    )
    world.tables["electric"]["buffer_joules"][sink] = 20.0
    advance(world, 2)
    assert electric(world, "buffer_joules", sink) == [6.0]
    advance(world, 2)
    assert electric(world, "buffer_joules", sink) == [0.0]
    assert electric(world, "satisfaction", sink) == [0.0]


def test_input_limit(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    place(world, SMALL, 0.5, 0.5)
    electric_entity(world, place, 0.5, 1.5, "secondary-output", offer_joules=500.0)
    sink = electric_entity(
        world, place, 0.5, -0.5, capacity_joules=100.0, drain_joules=1.0
    )
    world.tables["electric"]["input_limit_joules"][sink] = 30.0
    advance(world, 3)
    assert electric(world, "buffer_joules", sink) == [90.0]


def test_energy_is_conserved(flat_world: WorldFactory, place: Place) -> None:
    """What producers give is what buffers gain and what drain takes."""
    random = np.random.default_rng(11)
    world = flat_world()
    for x in (-20.5, 0.5, 20.5):
        place(world, "substation", x + 3, 0.5)
        for y in (-2.5, -1.5, 2.5, 3.5):
            offer, capacity, drain = random.uniform(0, 1000, 3)
            usage = str(random.choice(["solar", "primary-output", "secondary-output"]))
            electric_entity(world, place, x, y, usage, offer_joules=offer)
            usage = str(random.choice(["primary-input", "secondary-input"]))
            electric_entity(
                world,
                place,
                x + 1,
                y,
                usage,
                capacity_joules=capacity,
                drain_joules=drain / 10,
            )
    table = world.tables["electric"]
    used = slice(1, int(world.count[TABLE_INDEX["electric"]]))
    is_sink = np.isin(
        table["usage"][used], [USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT]
    )
    refreshed(world)
    assert len(set(table["network"][used].tolist())) == 3
    for _ in range(50):
        # machines use some of what they hold
        table["buffer_joules"][used] *= random.uniform(0, 1, is_sink.size)
        before = table["buffer_joules"][used].copy()
        advance(world, 1)
        flow = table["flow_joules"][used]
        assert flow.sum() == pytest.approx(0.0, abs=1e-6)
        gained = table["buffer_joules"][used] - before
        lost = (flow - gained)[is_sink]
        drain = table["drain_joules"][used][is_sink]
        assert (lost <= drain + 1e-9).all()
        assert (lost >= -1e-9).all()
        assert (table["buffer_joules"][used] <= table["capacity_joules"][used]).all()


def test_many_single_ticks_are_one_long_wait(
    flat_world: WorldFactory, place: Place
) -> None:
    worlds = [flat_world(), flat_world()]
    for world in worlds:
        place(world, SMALL, 0.5, 0.5)
        place(world, "solar-panel", 3.5, 0.5)
        electric_entity(world, place, 0.5, 1.5, capacity_joules=1e9, drain_joules=3.0)
    advance(worlds[0], 40)
    for _ in range(40):
        advance(worlds[1], 1)
    assert worlds[0].state_hash() == worlds[1].state_hash()
