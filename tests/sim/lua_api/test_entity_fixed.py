"""What none of the game's own prototypes lets scripts write."""

import pytest

BUILD = """
chest = surface.create_entity{name = "iron-chest", position = {0.5, 1.5}}
other = surface.create_entity{name = "iron-chest", position = {9.5, 9.5}}
inserter = surface.create_entity{name = "inserter", position = {0.5, 0.5},
  direction = defines.direction.south}
drill = surface.create_entity{name = "burner-mining-drill", position = {-9, -9}}
lamp = surface.create_entity{name = "small-lamp", position = {-5.5, 5.5}}
"""
REFUSED = [
    ("inserter.drop_position = {5, 5}", "drop_position: its prototype does not allow"),
    ("drill.drop_position = {5, 5}", "drop_position: its prototype does not allow"),
    ("inserter.pickup_position = {5, 5}", "does not allow custom vectors"),
    ("chest.drop_position = {5, 5}", "LuaEntity.drop_position: "),
    ("lamp.electric_buffer_size = 5", "only that of electric energy interfaces"),
    ("lamp.electric_buffer_size = 'x'", "number expected, got string"),
    ("chest.is_military_target = true", "does not allow to change it at run time"),
    ("inserter.pickup_target = other", "pickup_target: the entity is not at the place"),
    ("inserter.drop_target = other", "drop_target: the entity is not at the place"),
    ("inserter.drop_target = 5", "Expected LuaEntity, got 5"),
    ("chest.drop_target = other", "LuaEntity.drop_target: "),
    ("chest.last_user = 1", "last_user: nobody plays"),
    ("chest.opened = chest", "opened: nobody plays"),
    ("chest.associated_player = 1", "associated_player: nobody plays"),
    ("surface.name = 'elsewhere'", "The surface nauvis cannot be renamed"),
]


@pytest.mark.parametrize(("act", "words"), REFUSED)
def test_what_is_refused(run, refusal, act, words):
    run(BUILD)
    assert words in refusal(act)


def test_what_stays_as_it_is_may_be_written(run):
    run(BUILD)
    target = "pickup_target" if run("return inserter.pickup_target") else "drop_target"
    run(f"""
      assert(inserter.{target} == chest)
      inserter.pickup_target = inserter.pickup_target
      inserter.drop_target = inserter.drop_target
      chest.last_user, chest.opened = nil, nil
      chest.associated_player, chest.cursor_ghost = nil, nil
    """)
    assert run(f"return inserter.{target} == chest")
