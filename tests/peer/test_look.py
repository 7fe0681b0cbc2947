"""get_entity and get_entities."""

import pytest
from fle.env.entities import (
    BeltGroup,
    Direction,
    ElectricityGroup,
    PipeGroup,
    Position,
    WallGroup,
)
from fle.env.game_types import Prototype
from scenes import named, prototypes

BUILT = {
    # what, and where
    Prototype.IronChest: [(4.5, 4.5)],
    Prototype.StoneFurnace: [(6, -2)],
    Prototype.Inserter: [(6.5, 4.5)],
    Prototype.TransportBelt: [(x, -4.5) for x in (-4.5, -3.5, -2.5, -1.5)],
    Prototype.Pipe: [(x, -6.5) for x in (-4.5, -3.5, -2.5)],
    Prototype.SmallElectricPole: [(x, 6.5) for x in (-4.5, -1.5, 1.5)],
    Prototype.StoneWall: [(x, 8.5) for x in (-4.5, -3.5)],
}


@pytest.fixture
def scene(play):
    """Something of everything."""
    play.carry(**{each.value[0]: len(where) for each, where in BUILT.items()}, coal=7)
    for prototype, places in BUILT.items():
        for x, y in places:
            play.tools.place_entity(prototype, Direction.RIGHT, Position(x=x, y=y))
    return play


def places(entities) -> list[tuple[float, float]]:
    return sorted((each.position.x, each.position.y) for each in entities)


# --- one


@pytest.mark.parametrize("prototype", BUILT, ids=named)
def test_one_is_found(scene, prototype):
    for x, y in BUILT[prototype]:
        found = scene.tools.get_entity(prototype, Position(x=x, y=y))
        assert found.name == prototype.value[0]
        assert (found.position.x, found.position.y) == (x, y)


def test_what_is_told_of_it(scene):
    chest = scene.tools.get_entity(Prototype.IronChest, Position(x=4.5, y=4.5))
    assert chest.inventory["coal"] == 0
    scene.tools.insert_item(Prototype.Coal, chest, 7)
    chest = scene.tools.get_entity(Prototype.IronChest, Position(x=4.5, y=4.5))
    assert chest.inventory["coal"] == 7
    assert chest.health == scene.world.ask(
        "game.entity_prototypes['iron-chest'].max_health"
    )
    assert (chest.dimensions.width, chest.tile_dimensions.tile_width) == (0.7, 1)


def test_inserters_tell_where_they_work(scene):
    inserter = scene.tools.get_entity(Prototype.Inserter, Position(x=6.5, y=4.5))
    real = scene.world.ask(
        """(function() local e = game.surfaces[1].find_entities_filtered{
            name = 'inserter'}[1]
            return {e.pickup_position.x, e.drop_position.x} end)()"""
    )
    assert inserter.pickup_position.x == real[0] == 5.5
    assert inserter.drop_position.x == pytest.approx(real[1], abs=0.3)
    assert inserter.status.value == "no_power"


def test_nearly_there_is_there(scene):
    for x, y, is_there in ((5.4, 5.4, True), (3.6, 3.6, True), (7, 7, False)):
        place = Position(x=x, y=y)
        if is_there:
            found = scene.tools.get_entity(Prototype.IronChest, place)
            assert places([found]) == BUILT[Prototype.IronChest]
        else:
            with pytest.raises(Exception, match="Could not get"):
                scene.tools.get_entity(Prototype.IronChest, place)


def test_another_is_there(scene):
    with pytest.raises(Exception, match="No entity of type stone-furnace found"):
        scene.tools.get_entity(Prototype.StoneFurnace, Position(x=4.5, y=4.5))


@pytest.mark.parametrize(
    ("group", "kind", "parts"),
    [
        (Prototype.BeltGroup, BeltGroup, "belts"),
        (Prototype.PipeGroup, PipeGroup, "pipes"),
        (Prototype.ElectricityGroup, ElectricityGroup, "poles"),
    ],
    ids=named,
)
def test_a_group_is_found(scene, group, kind, parts):
    found = scene.tools.get_entity(group, Position(x=-2, y=0))
    assert isinstance(found, kind)
    assert len(getattr(found, parts)) in (3, 4)


def test_wrong_questions(scene):
    for arguments in (
        (Prototype.IronChest, (4, 4)),
        ("iron-chest", Position(x=4, y=4)),
    ):
        with pytest.raises(AssertionError):
            scene.tools.get_entity(*arguments)


# --- all


def test_all_come_in_groups(scene):
    found = scene.tools.get_entities()
    groups = {type(each) for each in found if hasattr(each, "name")}
    assert {BeltGroup, PipeGroup, ElectricityGroup, WallGroup} <= groups
    assert len(found) == 7


@pytest.mark.parametrize("as_set", [True, False])
@pytest.mark.parametrize("prototype", BUILT, ids=named)
def test_of_one_prototype(scene, prototype, as_set):
    found = scene.tools.get_entities({prototype} if as_set else prototype)
    assert places(found) == sorted(BUILT[prototype])
    assert {each.name for each in found} == {prototype.value[0]}


@pytest.mark.parametrize(
    ("group", "prototype", "kind", "parts"),
    [
        (Prototype.BeltGroup, Prototype.TransportBelt, BeltGroup, "belts"),
        (Prototype.PipeGroup, Prototype.Pipe, PipeGroup, "pipes"),
        (
            Prototype.ElectricityGroup,
            Prototype.SmallElectricPole,
            ElectricityGroup,
            "poles",
        ),
    ],
    ids=named,
)
def test_groups(scene, group, prototype, kind, parts):
    (found,) = scene.tools.get_entities({group})
    assert isinstance(found, kind)
    assert places(getattr(found, parts)) == sorted(BUILT[prototype])


def test_two_lines_are_two_groups(scene):
    scene.carry(transport_belt=2)
    for x in (3.5, 4.5):
        place = Position(x=x, y=-6.5)
        scene.tools.place_entity(Prototype.TransportBelt, Direction.LEFT, place)
    found = scene.tools.get_entities({Prototype.BeltGroup})
    assert sorted(len(each.belts) for each in found) == [2, 4]


def test_of_several_prototypes(scene):
    wanted = set(prototypes("IronChest", "StoneFurnace"))
    found = scene.tools.get_entities(wanted)
    assert {each.name for each in found} == {"iron-chest", "stone-furnace"}
    assert scene.tools.get_entities({Prototype.Lab}) == []


@pytest.mark.parametrize(
    ("position", "radius", "names"),
    [
        ((4, 4), 3, {"iron-chest", "inserter", "electricity-group"}),
        ((6, -2), 0.5, {"stone-furnace"}),
        ((100, 100), 5, set()),
        ((-3, -5), 2, {"belt-group", "pipe-group"}),
    ],
)
def test_around_a_place(scene, position, radius, names):
    place = Position(x=position[0], y=position[1])
    found = scene.tools.get_entities(set(), place, radius)
    assert {each.name for each in found} == names


def test_of_a_prototype_around_a_place_is_a_group(scene):
    place = Position(x=-4, y=-4)
    (found,) = scene.tools.get_entities({Prototype.TransportBelt}, place, 3)
    assert isinstance(found, BeltGroup)


def test_places_of_another_kind(scene):
    with pytest.raises(Exception, match="must be a Position"):
        scene.tools.get_entities(set(), "here")
