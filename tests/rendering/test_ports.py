"""Where fluid boxes open."""

import pytest

from fle_marl.rendering.ports import ports_of
from fle_marl.rendering.scene import Entity, Point


def places(entity):
    return {(port.x, port.y) for port in ports_of(entity)}


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        (None, set()),
        ("iron-gear-wheel", set()),
        ("processing-unit", {(0, -2)}),
        ("empty-water-barrel", {(0, 2)}),
        ("no-such-recipe", set()),
    ],
)
def test_fluid_boxes_of_an_assembling_machine_follow_the_recipe(recipe, expected):
    name = "assembling-machine-2"
    machine = Entity(name, "assembling-machine", 0, 0, 0, 3, 3, recipe=recipe)
    assert places(machine) == expected


def test_positions_turn_with_the_machine():
    tank = Entity("storage-tank", "storage-tank", 10.5, 0.5, 2, 3, 3)
    assert places(tank) == {(12.5, -0.5), (9.5, 2.5), (8.5, 1.5), (11.5, -1.5)}


def test_unknown_machines_have_only_the_ports_of_their_scene():
    assert places(Entity("modded", "furnace", 0, 0)) == set()
    stated = Entity("modded", "furnace", 0, 0, ports=(Point(0, 1),))
    assert places(stated) == {(0, 1)}
