"""What sort of entity it is."""

import pytest

MEMBERS = [
    ("force_index", 1),
    ("surface_index", 1),
    ("tile_width", 3),
    ("tile_height", 3),
    ("has_flag('player-creation')", True),
    ("has_flag('hidden')", False),
    ("localised_name[1]", "entity-name.lab"),
    ("localised_description[1]", "entity-description.lab"),
    ("is_entity_with_force", True),
    ("is_entity_with_owner", True),
    ("is_military_target", False),
    ("is_player()", False),
    ("gps_tag", "[gps=1.5,1.5]"),
    ("secondary_bounding_box", None),
    ("supports_backer_name()", True),
    ("get_max_inventory_index()", 3),
]


@pytest.fixture
def lab(run):
    """A laboratory, the global ``lab``."""
    run("lab = surface.create_entity{name='lab', position={1, 1}, force='player'}")


def test_members(run, lab):
    for member, value in MEMBERS:
        assert run(f"return lab.{member}") == value, member


def test_backers(run, refusal, lab):
    assert run("return lab.backer_name") == ""
    assert run("lab.backer_name = 'Ada' return lab.backer_name") == "Ada"
    run("chest = surface.create_entity{name='iron-chest', position={9, 0}}")
    assert run("return chest.backer_name") is None
    assert "not for entities" in refusal("chest.backer_name = 'Ada'")


@pytest.mark.parametrize(
    ("name", "has_force", "has_owner"),
    [("tree-01", True, False), ("iron-ore", False, False), ("pipe", True, True)],
)
def test_owners(run, name, has_force, has_owner):
    run(f"it = surface.create_entity{{name='{name}', position={{0, 0}}}}")
    assert run("return it.is_entity_with_force, it.is_entity_with_owner") == (
        has_force,
        has_owner,
    )


def test_ghosts(run, refusal, lab):
    run("""ghost = surface.create_entity{name='entity-ghost', inner_name='lab',
      position={9, 9}}""")
    assert run("return ghost.ghost_localised_name[1]") == "entity-name.lab"
    assert "not a ghost" in refusal("return lab.ghost_localised_description")
