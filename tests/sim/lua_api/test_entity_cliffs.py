"""Cliffs as scripts see them."""

import pytest

from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS

MAKE = """
function cliff(x, y, orientation)
  return surface.create_entity{
    name = "cliff", position = {x, y}, cliff_orientation = orientation,
    force = "neutral",
  }
end
"""


@pytest.fixture
def make(run):
    run(MAKE)
    return run


@pytest.mark.parametrize("name", CLIFF_ORIENTATIONS)
def test_every_orientation(make, name):
    source = (
        f"local c = cliff(2, 2.5, '{name}') return c.cliff_orientation, c.direction"
    )
    assert make(source) == (name, 0)
    assert make("return surface.count_entities_filtered{type = 'cliff'}") == 1


def test_without_an_orientation_it_is_the_first(make):
    assert make("return cliff(2, 2.5).cliff_orientation") == "west-to-east"


def test_cliffs_have_neither_number_nor_health_nor_products(make):
    source = "local c = cliff(2, 2.5) return c.unit_number, c.health, c.minable"
    assert make(source) == (None, None, False)
    assert make("return cliff(8, 2.5).supports_direction") is False


def test_boxes(make, plain):
    source = "return cliff(2, 2.5, 'east-to-west').bounding_box"
    assert plain(source) == {
        "left_top": {"x": 0, "y": 2},
        "right_bottom": {"x": 4, "y": 3},
    }
    box = plain("return cliff(2, 2.5, 'north-to-east').bounding_box")
    assert box["orientation"] == 0.125
    assert box["right_bottom"]["x"] == pytest.approx(2 + 3.1591883092)


def test_a_direction_does_not_turn_them(make):
    source = """
        local c = cliff(2, 2.5, "west-to-north")
        c.direction = defines.direction.east
        return c.direction, c.orientation, c.cliff_orientation, c.rotate()
    """
    assert make(source) == (0, 0.0, "west-to-north", False)


def test_what_is_refused(make, refusal):
    assert "Unknown cliff orientation" in refusal("cliff(2, 2.5, 'up-to-down')")
    chest = "surface.create_entity{name = 'wooden-chest', position = {0, 0}}"
    assert "not a cliff" in refusal(f"return {chest}.cliff_orientation")


def test_the_ground_below_is_taken(make):
    can = "surface.can_place_entity{name = 'wooden-chest', position = {%s}}"
    make("cliff(2, 2.5, 'east-to-west')")
    assert make("return " + can % "1.5, 2.5") is False
    assert make("return " + can % "1.5, 3.5") is True


@pytest.mark.parametrize(
    ("asked", "west", "south"),
    [("true", "west-to-none", None), ("false", "west-to-east", "north-to-none")],
)
def test_neighbours_are_corrected_if_asked_for(make, asked, west, south):
    source = """
        cliff(2, 2.5, "west-to-east")
        local middle = cliff(6, 2.5, "west-to-south")
        cliff(6, 6.5, "north-to-none")
        local beside = cliff(10, 2.5, "west-to-east")
        middle.destroy{do_cliff_correction = %s}
        local function at(x, y)
          local found = surface.find_entities_filtered{
            type = "cliff", position = {x, y}, radius = 0.1}
          return found[1] and found[1].cliff_orientation
        end
        return at(2, 2.5), at(6, 6.5), beside.cliff_orientation
    """
    assert make(source % asked) == (west, south, "west-to-east")


@pytest.mark.parametrize("name", CLIFF_ORIENTATIONS)
@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("direction = 0", 1),
        ("direction = 2", 0),
        ("to_be_deconstructed = true", 0),
        ("to_be_upgraded = false", 1),
        ("type = 'tree', invert = true", 1),
    ],
)
def test_filters_find_them_facing_north(make, name, filters, count):
    make(f"cliff(2, 2.5, '{name}')")
    assert make(f"return surface.count_entities_filtered{{{filters}}}") == count
