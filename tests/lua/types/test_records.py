"""Plain data from the server to agents' types."""

import dataclasses

import pytest

from fle_marl.errors import ServerError
from fle_marl.lua.types import (
    BoundingBox,
    Direction,
    EntityStatus,
    IndexedPosition,
    Ingredient,
    Inventory,
    Position,
    Prototype,
    Recipe,
    ResourcePatch,
    decode,
    decode_entity,
    networks,
)
from fle_marl.lua.types import entities as kinds
from fle_marl.lua.types.entity import Entity
from fle_marl.lua.types.groups import BeltGroup, ElectricityGroup, PipeGroup, WallGroup

HERE = {"x": 1.5, "y": -2}
NEXT = {"x": 2.5, "y": -2}


def record(name, **fields):
    return {"name": name, "position": HERE, **fields}


def belt(x):
    place = {"x": x, "y": 0}
    return {
        "name": "transport-belt",
        "position": place,
        "input_position": place,
        "output_position": place,
    }


def test_a_furnace_with_all_that_is_known_of_it():
    furnace = decode_entity(
        record(
            "stone-furnace",
            type="furnace",
            id=7,
            direction=4,
            status="no_fuel",
            warnings=["out of fuel"],
            energy=10,
            health=200,
            fuel={"coal": 2},
            furnace_source=[],
            furnace_result={},
        )
    )

    assert type(furnace) is kinds.Furnace
    assert furnace.direction is Direction.DOWN
    assert furnace.status is EntityStatus.NO_FUEL
    assert furnace.fuel[Prototype.Coal] == 2
    assert furnace.furnace_source == furnace.furnace_result == Inventory()
    assert furnace.prototype is Prototype.StoneFurnace
    assert (furnace.width, furnace.height) == (2, 2)
    assert (furnace.id, furnace.energy, furnace.health) == (7, 10.0, 200.0)


@pytest.mark.parametrize(
    "prototype",
    [p for p in Prototype if p.entity_class and issubclass(p.entity_class, Entity)],
    ids=lambda p: p.name,
)
def test_every_prototype_that_is_an_entity_has_a_record(prototype):
    kind = prototype.entity_class
    needed = {
        field.name: HERE
        for field in dataclasses.fields(kind)
        if field.default is field.default_factory is dataclasses.MISSING
        and field.name != "name"
    }

    entity = decode_entity({**needed, "name": prototype.prototype_name})

    assert type(entity) is kind
    assert prototype.prototype_name in repr(entity) or "Belt" in repr(entity)


@pytest.mark.parametrize(
    ("name", "game_type", "kind"),
    [
        ("substation", "electric-pole", networks.ElectricityPole),
        ("logistic-chest-storage", "logistic-container", kinds.Chest),
        ("tree-01", "tree", Entity),
        ("firearm-magazine", None, Entity),
    ],
)
def test_what_is_no_prototype_goes_by_its_type(name, game_type, kind):
    assert type(decode_entity(record(name, type=game_type))) is kind


def test_unknown_keys_are_kept():
    assert decode_entity(record("lab", mood="good")).extra == {"mood": "good"}


def test_parts_of_records_become_types():
    plant = decode_entity(
        record(
            "chemical-plant",
            recipe={"name": "sulfur", "ingredients": [{"name": "water", "count": 30}]},
            input_connection_points=[{**HERE, "type": "water"}],
            neighbours=[record("pipe")],
        )
    )

    assert plant.recipe == Recipe("sulfur", [Ingredient("water", 30.0)])
    assert repr(plant.input_connection_points) == repr(
        [IndexedPosition(1.5, -2, "water")]
    )
    assert plant.neighbours[0].name == "pipe"


def test_a_recipe_may_be_only_its_name():
    machine = decode_entity(record("assembling-machine-1", recipe="iron-stick"))

    assert machine.recipe == Recipe(name="iron-stick")


def test_a_belt_group():
    group = decode_entity(
        {
            "name": "belt-group",
            "id": 3,
            "position": HERE,
            "status": "full_output",
            "belts": [belt(0), belt(1)],
            "inputs": [belt(0)],
            "inventory": {"coal": 2},
        }
    )

    assert isinstance(group, BeltGroup)
    assert [b.position.x for b in group.belts] == [0, 1]
    assert group.outputs == []
    assert group.inventory["coal"] == 2
    assert "2 at [(0, 0), (1, 0)]" in repr(group)
    assert "FULL_OUTPUT" in str(group)


@pytest.mark.parametrize(
    ("name", "kind", "members", "member"),
    [
        ("pipe-group", PipeGroup, "pipes", record("pipe", fluid="water")),
        ("electricity-group", ElectricityGroup, "poles", record("small-electric-pole")),
        ("wall-group", WallGroup, "entities", record("stone-wall")),
    ],
)
def test_other_groups(name, kind, members, member):
    group = decode_entity({**record(name, id=1), members: [member]})

    assert type(group) is kind
    assert len(group.members()) == 1
    assert {group: "usable as a key"}


def test_long_groups_are_shown_by_their_ends():
    pipes = [{**record("pipe"), "position": {"x": x, "y": 0}} for x in range(20)]

    text = repr(decode_entity({**record("pipe-group", id=1), "pipes": pipes}))

    assert "20 at [(0, 0), (1, 0), (2, 0), ..., (17, 0), (18, 0), (19, 0)]" in text


def test_warnings_are_shown_only_when_there_are_some():
    assert "warnings" not in repr(decode_entity(record("lab")))
    assert "warnings=['cold']" in repr(decode_entity(record("lab", warnings=["cold"])))


@pytest.mark.parametrize(
    ("kind", "plain", "value"),
    [
        (Position, HERE, Position(1.5, -2)),
        (Inventory, {"coal": 2.0}, Inventory(coal=2)),
        (Inventory, [], Inventory()),
        (list[Ingredient], {}, []),
        (list[Ingredient], [{"name": "coal"}], [Ingredient("coal")]),
        (dict[str, int], [], {}),
        (
            ResourcePatch,
            {
                "name": "coal",
                "size": 9,
                "bounding_box": {"left_top": HERE, "right_bottom": NEXT},
            },
            ResourcePatch("coal", 9, BoundingBox(Position(1.5, -2), Position(2.5, -2))),
        ),
    ],
)
def test_values_of_other_types(kind, plain, value):
    assert decode(kind, plain) == value


@pytest.mark.parametrize(
    ("plain", "complaint"),
    [
        ("lab", "the record of an entity"),
        ({"position": HERE}, "with 'name'"),
        ({"name": "lab"}, "with 'position'"),
        (record("lab", status="dreaming"), "status: expected EntityStatus"),
        (record("lab", direction=1), "direction: expected Direction"),
        (record("lab", lab_input={"coal": "two"}), "lab_input: coal: expected int"),
        (record("lab", lab_input={"coal": 1.5}), "lab_input: coal: expected int"),
        (record("lab", warnings="cold"), "warnings: expected an array"),
        (record("inserter"), "with 'drop_position'"),
        (record("pipe-group"), "with 'id'"),
        (
            record("pipe-group", id=1, pipes=[record("lab")]),
            "pipes: 0: expected Pipe",
        ),
    ],
)
def test_a_bad_record_is_refused_by_place(plain, complaint):
    with pytest.raises(ServerError, match=complaint) as caught:
        decode_entity(plain)

    assert caught.value.code == "unreadable-record"


def test_belts_in_the_same_place_are_the_same():
    one, same, other = (decode_entity(belt(x)) for x in (0, 0, 0.5))
    same.is_terminus = True

    assert one == same
    assert one != other
    assert len({one, same, other}) == 2


def test_entities_are_equal_when_all_their_fields_are():
    lab = record("lab", id=1)

    assert decode_entity(lab) == decode_entity(lab)
    assert decode_entity(lab) != decode_entity({**lab, "health": 5})
    assert decode_entity(lab) in {decode_entity(lab)}
