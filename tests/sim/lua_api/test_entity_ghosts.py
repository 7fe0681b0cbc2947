"""Ghosts: made, found, mined and revived by scripts."""

import pytest

from fle_marl.sim.saves import load_world, save_world


@pytest.fixture
def ghost(run):
    """``ghost(inner, options)``: makes one, the global ``ghost``."""

    def make(inner: str, options: str = "position = {0, 0}") -> None:
        run(
            "ghost = surface.create_entity{name = 'entity-ghost', force = 'player',"
            f" inner_name = '{inner}', {options}}}"
        )

    return make


def test_a_ghost_says_what_it_stands_for(run, plain, ghost):
    ghost("assembling-machine-2", "position = {3.2, 4.9}, recipe = 'iron-gear-wheel'")
    assert run("return ghost.name, ghost.type") == ("entity-ghost", "entity-ghost")
    assert run("return ghost.ghost_name, ghost.ghost_type") == (
        "assembling-machine-2",
        "assembling-machine",
    )
    assert run("return ghost.ghost_prototype.name") == "assembling-machine-2"
    assert plain("return ghost.position") == {"x": 3.5, "y": 4.5}
    assert run("return ghost.ghost_unit_number, ghost.force.name") == (None, "player")
    assert run("return ghost.ghost_has_flag('player-creation')")


def test_a_ghost_is_in_nobodys_way(run, ghost):
    ghost("stone-furnace")
    assert run("return surface.can_place_entity{name='pipe', position={0.5, 0.5}}")
    place = "surface.find_non_colliding_position('stone-furnace', {0, 0}, 5, 1)"
    assert run(f"return {place}.x") == 0


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ("{}", 2),
        ("{name='entity-ghost'}", 1),
        ("{type='entity-ghost'}", 1),
        ("{ghost_name='lab'}", 1),
        ("{ghost_name={'lab', 'pipe'}}", 1),
        ("{ghost_type='lab'}", 1),
        ("{ghost_name='pipe'}", 0),
        ("{ghost_name='lab', force='enemy'}", 0),
        ("{ghost_name='lab', force='player'}", 1),
        # the room of the entity counts: a laboratory of 3 tiles around 0.5
        ("{name='entity-ghost', position={1.5, 1.5}}", 1),
        ("{name='entity-ghost', position={2.5, 1.5}}", 0),
        ("{name='entity-ghost', area={{1.5, -9}, {9, 9}}}", 1),
        ("{name='entity-ghost', position={0.5, 3.5}, radius=3}", 1),
        ("{name='entity-ghost', position={0.5, 3.5}, radius=2.9}", 0),
        ("{ghost_name='lab', invert=true}", 1),
        ("{ghost_name='lab', limit=1, invert=true}", 1),
        ("{name='lab'}", 0),
        ("{name='iron-chest'}", 1),
    ],
)
def test_ghosts_are_found_by_what_they_stand_for(run, ghost, filters, count):
    ghost("lab")
    run("surface.create_entity{name='iron-chest', position={20, 20}}")
    assert run(f"return #surface.find_entities_filtered{filters}") == count
    assert run(f"return surface.count_entities_filtered{filters}") == count


def test_a_revived_ghost_is_as_it_was_told(run, ghost):
    ghost("assembling-machine-2", "position = {0, 0}, recipe = 'iron-gear-wheel'")
    run("items, entity, proxy = ghost.revive()")
    assert run("return ghost.valid, entity.valid, proxy") == (False, True, None)
    assert run("return entity.get_recipe().name") == "iron-gear-wheel"
    assert run("return entity.force.name, next(items)") == ("player", None)
    ghost("underground-belt", "position = {5, 5}, direction = 2, type = 'output'")
    run("_, entity = ghost.silent_revive{raise_revive = true}")
    assert run("return entity.belt_to_ground_type, entity.direction") == ("output", 2)


def test_a_ghost_with_something_in_its_place_stays(run, ghost):
    ghost("stone-furnace")
    run("chest = surface.create_entity{name='iron-chest', position={9, 9}}")
    run("tree = surface.create_entity{name='tree-01', position={0.2, 0.3}}")
    # what was built over a ghost takes it away; a tree of a map does, too
    assert run("return ghost.valid") is False
    ghost("stone-furnace")
    assert run("return ghost.revive()") is None
    assert run("return ghost.valid")


def test_what_is_built_takes_the_place_of_ghosts(run, ghost):
    ghost("stone-furnace")
    run("surface.create_entity{name='iron-chest', position={1.5, 1.5}}")
    assert run("return ghost.valid")
    run("surface.create_entity{name='iron-chest', position={0.5, 0.5}}")
    assert run("return ghost.valid") is False


def test_mining_a_ghost_gives_nothing(run, ghost):
    run("chest = surface.create_entity{name='iron-chest', position={9, 9}}")
    ghost("stone-furnace")
    assert run("return ghost.mine{inventory = chest.get_inventory(1)}")
    assert run("return ghost.valid, chest.get_inventory(1).is_empty()") == (False, True)


def test_modules_that_are_wanted(run, plain, ghost, refusal):
    ghost("assembling-machine-2")
    run("ghost.item_requests = {['speed-module'] = 2}")
    assert plain("return ghost.item_requests") == {"speed-module": 2}
    assert "at most 4 kinds" in refusal(
        "ghost.item_requests = {coal=1, wood=1, stone=1, pipe=1, lab=1}"
    )


def test_a_tile_ghost_becomes_a_tile(run):
    run("""
    ghost = surface.create_entity{
      name = 'tile-ghost', inner_name = 'concrete', position = {3.7, -2.2}}
    """)
    assert run("return ghost.ghost_name, ghost.ghost_type") == ("concrete", "tile")
    assert run("return ghost.ghost_prototype.name") == "concrete"
    assert run("return surface.get_tile(3, -3).name") == "grass-1"
    run("ghost.revive()")
    assert run("return surface.get_tile(3, -3).name, ghost.valid") == (
        "concrete",
        False,
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "surface.create_entity{name='entity-ghost', position={0, 0}}",
            "Unknown entity",
        ),
        (
            "surface.create_entity{name='tile-ghost', inner_name='lab',"
            " position={0, 0}}",
            "Unknown tile",
        ),
        (
            "surface.create_entity{name='iron-chest', position={0, 0}}.revive()",
            "not a ghost",
        ),
    ],
)
def test_what_is_not_possible_is_refused(refusal, source, words):
    assert words in refusal(source)


def test_ghosts_of_what_is_refused_are_refused(run):
    ok, problem = run("""
    return pcall(surface.create_entity,
      {name='entity-ghost', inner_name='locomotive', position={0, 0}})
    """)
    assert (ok, problem["code"]) == (False, "not-simulated")


def test_ghosts_are_saved(api, run, ghost):
    ghost("filter-inserter", "position = {0, 0}, direction = 4")
    other = load_world(save_world(api.world))
    assert other.state_hash() == api.world.state_hash()


def test_nothing_is_in_ghosts(run):
    run("""
      surface.create_entity{name = "entity-ghost", inner_name = "iron-chest",
        position = {0, 0}, force = "player"}
      surface.create_entity{name = "iron-chest", position = {4, 0}}.insert("coal")
    """)
    source = "surface.find_entities_filtered{has_item_inside = coal, INVERT}"
    source = f"local coal = game.item_prototypes.coal local found = {source}"
    names = "return #found, found[1].name"
    assert run(f"{source.replace('INVERT', '')} {names}") == (1, "iron-chest")
    inverted = source.replace("INVERT", "invert = true")
    assert run(f"{inverted} {names}") == (1, "entity-ghost")
