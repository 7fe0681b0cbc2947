"""Fluids that scripts put in and take out."""

import pytest


@pytest.fixture
def pipe(run):
    """Global ``pipe``, with 60 water of 15 degrees."""
    run(
        """
        pipe = surface.create_entity{name = 'pipe', position = {0.5, 0.5}}
        pipe.fluidbox[1] = {name = 'water', amount = 60}
        """
    )


@pytest.fixture
def build(run):
    """``build(name, x, y, recipe)``: global ``machine``."""

    def ask(name: str, x: float, y: float, recipe: str = "") -> None:
        at = f"position = {{{x}, {y}}}"
        run(f"machine = surface.create_entity{{name = '{name}', {at}}}")
        if recipe:
            run(f"machine.set_recipe('{recipe}')")

    return ask


@pytest.mark.usefixtures("pipe")
def test_a_box_is_set(run, plain):
    assert plain("return pipe.fluidbox[1]") == {
        "name": "water",
        "amount": 60,
        "temperature": 15,
    }
    run("pipe.fluidbox[1] = {name = 'steam', amount = 150, temperature = 165}")
    assert plain("return pipe.fluidbox[1]") == {
        "name": "steam",
        "amount": 100,
        "temperature": 165,
    }
    run("pipe.fluidbox[1] = nil")
    assert run("return pipe.fluidbox[1]") is None


@pytest.mark.usefixtures("pipe")
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("{name = 'water', amount = -1}", "amount must be 0 or more"),
        ("{name = 'water', amount = 0}", "must be more than 0"),
        ("{name = 'water', amount = 0 / 0}", "amount must be a number"),
        ("{name = 'water', amount = 1 / 0}", "amount must be a number"),
        ("{name = 'water'}", "amount must be a number, not nil"),
        ("{name = 'water', amount = true}", "amount must be a number"),
        ("{name = 'coal', amount = 1}", "Unknown fluid name: coal"),
        ("{name = 'water', amount = 1, temperature = {}}", "temperature must be"),
        ("'water'", "Expected a fluid"),
    ],
)
def test_what_is_no_fluid_is_refused(run, refusal, value, message):
    assert message in refusal(f"pipe.fluidbox[1] = {value}")
    assert run("return pipe.fluidbox[1].amount") == 60


def test_a_filter_holds_against_scripts(run, refusal, build):
    build("boiler", 5.5, 5)
    source = "machine.fluidbox[1] = {name = 'crude-oil', amount = 5}"
    assert "does not take crude-oil" in refusal(source)
    run("machine.fluidbox[1] = {name = 'water', amount = 5}")
    assert "does not take crude-oil" in refusal(source)
    assert run("return machine.fluidbox[1].amount") == 5


@pytest.mark.usefixtures("pipe")
def test_fluid_is_inserted_as_long_as_there_is_room(run):
    assert run("return pipe.insert_fluid{name = 'water', amount = 30}") == 30
    source = "return pipe.insert_fluid{name = 'water', amount = 30, temperature = 65}"
    assert run(source) == 10
    # 90 of 15 degrees and 10 of 65
    assert run("return pipe.fluidbox[1].temperature") == pytest.approx(20)
    assert run("return pipe.insert_fluid{name = 'steam', amount = 30}") == 0


def test_it_goes_where_the_recipe_wants_it(run, plain, build):
    build("oil-refinery", 10.5, 10.5, "advanced-oil-processing")
    assert run("return machine.insert_fluid{name = 'crude-oil', amount = 150}") == 150
    assert run("return machine.insert_fluid{name = 'lubricant', amount = 9}") == 0
    assert run("return #machine.fluidbox, machine.fluidbox[1]") == (5, None)
    assert run("return machine.fluidbox[2].amount") == 150
    assert plain("return machine.get_fluid_contents()") == {"crude-oil": 150}


@pytest.mark.usefixtures("pipe")
def test_fluid_is_taken_out(run, plain):
    assert run("return pipe.remove_fluid{name = 'steam', amount = 10}") == 0
    assert run("return pipe.remove_fluid{name = 'water', amount = 10}") == 10
    assert run("return pipe.get_fluid_count(), pipe.get_fluid_count('water')") == (
        50,
        50,
    )
    assert run("return pipe.get_fluid_count('steam')") == 0
    assert run("return pipe.remove_fluid{name = 'water', amount = 70}") == 50
    assert plain("return pipe.get_fluid_contents()") == {}


@pytest.mark.usefixtures("pipe")
@pytest.mark.parametrize(
    ("bounds", "taken"),
    [
        ("temperature = 15", 10),
        ("temperature = 16", 0),
        ("minimum_temperature = 15", 10),
        ("minimum_temperature = 16", 0),
        ("maximum_temperature = 15, minimum_temperature = 0", 10),
        ("maximum_temperature = 14", 0),
    ],
)
def test_fluid_is_taken_by_its_temperature(run, bounds, taken):
    source = f"return pipe.remove_fluid{{name = 'water', amount = 10, {bounds}}}"
    assert run(source) == taken


@pytest.mark.usefixtures("pipe")
def test_an_entity_is_emptied(run, refusal):
    run("pipe.clear_fluid_inside()")
    assert run("return pipe.get_fluid_count()") == 0
    assert "table expected" in refusal("pipe.remove_fluid('water')")


@pytest.mark.usefixtures("pipe")
def test_a_system_is_flushed(run, plain, build, go_on):
    for x in (1.5, 2.5):
        build("pipe", x, 0.5)
    build("pipe", 2.5, 5.5)
    run("machine.fluidbox[1] = {name = 'water', amount = 5}")
    go_on(100)
    assert plain("return pipe.fluidbox.flush(1, 'steam')") == {}
    assert plain("return pipe.fluidbox.flush(1)") == {"water": pytest.approx(60)}
    assert run("return pipe.get_fluid_count(), machine.get_fluid_count()") == (0, 5)


def test_a_recipe_with_a_fluid_from_start_to_end(run, build, go_on):
    """Concrete: 100 water, 5 bricks, 1 iron ore; 10 seconds at speed 0.75."""
    run(
        """
        surface.always_day = true
        for x = 0, 2 do
          surface.create_entity{name = 'solar-panel', position = {3 * x + 0.5, 20.5}}
        end
        surface.create_entity{name = 'medium-electric-pole', position = {3.5, 18.5}}
        """
    )
    build("assembling-machine-2", 2.5, 16.5, "concrete")
    run("machine.insert{name = 'stone-brick', count = 5}")
    run("machine.insert{name = 'iron-ore', count = 1}")
    go_on(30)
    statuses = "return machine.status == defines.entity_status"
    assert run(f"{statuses}.fluid_ingredient_shortage") is True
    assert run("return machine.insert_fluid{name = 'water', amount = 150}") == 150
    go_on(2)
    assert run(f"{statuses}.working") is True
    assert run("return machine.get_fluid_count('water')") == 50
    go_on(800)
    assert run("return machine.get_output_inventory()[1].count") == 10
    assert run("return machine.products_finished") == 1


@pytest.mark.usefixtures("pipe")
def test_players_may_not_bring_different_fluids_together(run):
    run(
        """
        other = surface.create_entity{name = 'pipe', position = {2.5, 0.5}}
        other.fluidbox[1] = {name = 'crude-oil', amount = 10}
        """
    )
    asked = "return surface.can_place_entity{name = 'pipe', position = {1.5, 0.5}}"
    assert run(asked) is False
    run("other.fluidbox[1] = {name = 'water', amount = 10}")
    assert run(asked) is True


@pytest.mark.usefixtures("pipe")
def test_a_turn_that_would_mix_is_refused(run):
    # its opening points away from the pipe, and a turn would bring it there
    run(
        """
        corner = surface.create_entity{name = 'pipe-to-ground', position = {0.5, 1.5},
                                       direction = defines.direction.west}
        corner.fluidbox[1] = {name = 'crude-oil', amount = 10}
        """
    )
    assert run("return corner.rotate()") is False
    assert run("return corner.direction") == 6
    run("corner.clear_fluid_inside()")
    assert run("return corner.rotate()") is True
