"""What a surface finds, and what it copies."""

import pytest


@pytest.fixture
def row(run):
    """A chest with coal, ore and a character in a row; the global ``chest``."""
    run("""
    chest = surface.create_entity{name='iron-chest', position={0, 0}, force='player'}
    chest.insert{name='coal', count=7}
    ore = surface.create_entity{name='iron-ore', position={4, 0}, amount=50}
    surface.create_entity{name='iron-ore', position={5, 0}, amount=25}
    me = surface.create_entity{name='character', position={-40, 0}, force='player'}
    """)


def test_finding(run, plain, row):
    assert run("return surface.get_closest({3, 0}, {chest, ore}) == ore")
    assert run("return surface.get_closest({3, 0}, {})") is None
    assert plain("return surface.get_resource_counts()") == {"iron-ore": 75}
    found = "surface.get_entities_with_force"
    assert run(f"return #{found}({{0, 0}}, 'player'), #{found}({{-2, 0}}, 1)") == (1, 1)
    assert run(f"return #{found}({{0, 0}}, {{'player', 'neutral'}})") == 3
    x, y = run("local c = surface.get_random_chunk() return c.x, c.y")
    assert run(f"return surface.is_chunk_generated{{{x}, {y}}}")


def test_free_places(run, row):
    collides = "surface.entity_prototype_collides('iron-chest', "
    assert run(f"return {collides}{{0.5, 0.5}}, false)")
    assert not run(f"return {collides}{{9.5, 0.5}}, false, 2)")
    find = "surface.find_non_colliding_position_in_box"
    assert run(f"""
    local place = {find}('iron-chest', {{{{0, 0}}, {{3, 3}}}}, 1, true)
    return place.x, place.y
    """) == (1.5, 0.5)
    assert (
        run(f"return {find}('iron-chest', {{{{0, 0}}, {{0.6, 0.6}}}}, 1, true)") is None
    )


def test_areas_are_cloned(run, refusal, row):
    run("""
    old = surface.create_entity{name='pipe', position={1, 20}}
    surface.clone_area{source_area={{0, 0}, {5, 2}},
      destination_area={{0, 20}, {5, 22}}, destination_force='enemy', clone_tiles=false}
    """)
    assert run("return old.valid") is False
    assert run("return #surface.find_entities{{0, 20}, {4.9, 22}}") == 2
    assert (
        run("return surface.find_entity('iron-chest', {0.5, 20.5}).force.name")
        == "enemy"
    )
    assert (
        run("return surface.find_entity('iron-chest', {0.5, 20.5}).get_item_count()")
        == 7
    )
    run("""
    surface.clone_brush{source_offset={0, 0}, destination_offset={0, 24},
      source_positions={{0, 0}}, clone_tiles=false}
    surface.clone_entities{entities={chest, me}, destination_offset={0, 26}}
    """)
    assert run("return #surface.find_entities_filtered{name='iron-chest'}") == 4
    assert run("return #surface.find_entities_filtered{name='character'}") == 1
    assert "same size" in refusal("""surface.clone_area{
      source_area={{0, 0}, {5, 2}}, destination_area={{0, 20}, {5, 23}}}""")


def test_clearing(run, row):
    run("surface.clear(true)")
    assert run("return #surface.find_entities(), me.valid") == (1, True)


def test_tiles_are_cloned(run):
    run("""
    surface.build_checkerboard{{0, 0}, {2, 2}}
    surface.clone_area{source_area={{0, 0}, {2, 2}},
      destination_area={{10, 10}, {12, 12}}}
    surface.clone_brush{source_offset={0, 0}, destination_offset={20, 20},
      source_positions={{1, 0}}}
    """)
    for x, y, name in (
        (10, 10, "lab-dark-1"),
        (11, 10, "lab-dark-2"),
        (11, 11, "lab-dark-1"),
        (21, 20, "lab-dark-2"),
        (12, 12, "grass-1"),
    ):
        assert run(f"return surface.get_tile({x}, {y}).name") == name
