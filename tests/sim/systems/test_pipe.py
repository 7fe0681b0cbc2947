"""Pipes and tanks hold what the wiki says."""

from collections.abc import Callable

import pytest

from fle_marl.sim.actions.build import destroy_entity
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.parts import fluidboxes_of, ports_of
from fle_marl.sim.world import World

Place = Callable[..., int]
WorldFactory = Callable[..., World]


@pytest.mark.parametrize(
    ("name", "capacities", "ports"),
    [
        ("pipe", [100.0], [4]),
        ("pipe-to-ground", [100.0], [2]),
        ("storage-tank", [25_000.0], [4]),
        ("offshore-pump", [100.0], [1]),
        ("boiler", [200.0, 200.0], [2, 1]),
        ("steam-engine", [200.0], [2]),
    ],
)
def test_boxes_come_and_go(
    flat_world: WorldFactory,
    place: Place,
    name: str,
    capacities: list[float],
    ports: list[int],
) -> None:
    world = flat_world()
    entity = place(world, name, 0.5, 0.5)
    boxes = fluidboxes_of(world, entity)
    assert world.tables["fluidbox"]["capacity"][boxes].tolist() == capacities
    assert [len(ports_of(world, box)) for box in boxes] == ports
    destroy_entity(world, entity)
    for table in ("fluidbox", "fluid_port", "electric", "burner"):
        used = world.tables[table][1 : world.count[TABLE_INDEX[table]]]
        assert not (used["entity"] > 0).any(), table
