"""What scripts get when they ask for what the simulator refuses."""

import pytest


@pytest.mark.parametrize("name", ["locomotive", "roboport", "small-biter", "car"])
def test_scripts_are_told_that_it_is_not_simulated(run, name):
    for member in ("create_entity", "can_place_entity"):
        ok, problem = run(
            f"return pcall(surface.{member}, {{name='{name}', position={{0, 0}}}})"
        )
        assert ok is False
        assert problem["code"] == "not-simulated"
        assert problem["details"]["name"] == name
        assert name in problem["message"]
    assert run("return #surface.find_entities()") == 0


def test_its_text_is_the_message(run):
    source = "pcall(surface.create_entity, {name='car', position={0, 0}})"
    text = run(f"local _, problem = {source} return tostring(problem)")
    assert text.startswith("'car' is not simulated: there are no vehicles.")


@pytest.mark.parametrize("colour", ["red", "green"])
@pytest.mark.parametrize("member", ["connect_neighbour", "disconnect_neighbour"])
def test_circuit_wires_are_refused(run, colour, member):
    run("""
    chest = surface.create_entity{name='iron-chest', position={0, 0}}
    pole = surface.create_entity{name='small-electric-pole', position={2, 0}}
    """)
    for one, other in (("chest", "pole"), ("pole", "chest")):
        wire = f"{{wire=defines.wire_type.{colour}, target_entity={other}}}"
        ok, problem = run(f"return pcall({one}.{member}, {wire})")
        assert (ok, problem["code"]) == (False, "not-simulated")
        assert f"{colour} wires" in problem["message"]


def test_copper_wires_can_be_named(run):
    assert run("""
    local pole = surface.create_entity{name='small-electric-pole', position={0, 0}}
    local other = surface.create_entity{name='small-electric-pole', position={3, 0}}
    pole.disconnect_neighbour()
    return pole.connect_neighbour{wire=defines.wire_type.copper, target_entity=other}
    """)


def test_items_of_what_is_refused_can_be_held(run):
    assert (
        run("""
    local chest = surface.create_entity{name='iron-chest', position={0, 0}}
    return chest.insert{name='locomotive', count=3} + chest.insert('red-wire')
    """)
        == 4
    )
