"""Heat, wells and what their prototypes say, as scripts see them."""

import pytest


@pytest.fixture
def build(run):
    """``build(name, x, y)``: global ``it``."""

    def ask(name: str, x: float, y: float) -> None:
        at = f"position = {{{x}, {y}}}, force = 'player'"
        run(f"it = surface.create_entity{{name = '{name}', {at}}}")

    return ask


@pytest.mark.parametrize("name", ["heat-pipe", "heat-exchanger", "nuclear-reactor"])
def test_temperatures_are_read_and_set(run, build, name):
    build(name, 0.5, 0.5)
    assert run("return it.temperature") == 15
    assert run("it.temperature = 321.5 return it.temperature") == 321.5


def test_what_has_no_heat_has_no_temperature(run, build, refusal):
    build("boiler", 0.5, 0.5)
    assert run("return it.temperature") is None
    assert "not for entities" in refusal("it.temperature = 100")
    assert "not for entities" in refusal("return it.neighbour_bonus")


def test_a_temperature_is_a_number(build, refusal):
    build("heat-pipe", 0.5, 0.5)
    assert "a number, not nan" in refusal("it.temperature = 0/0")


def test_the_bonus_of_reactors(run, build, go_on):
    build("nuclear-reactor", 0.5, 0.5)
    run("first = it first.insert('uranium-fuel-cell')")
    build("nuclear-reactor", 5.5, 0.5)
    run("it.insert('uranium-fuel-cell')")
    assert run("return first.neighbour_bonus") == 0
    go_on(2)
    assert run("return first.neighbour_bonus, it.neighbour_bonus") == (1, 1)
    run("it.destroy()")
    assert run("return first.neighbour_bonus") == 0


def test_heat_prototypes(run, plain):
    pipe = "game.entity_prototypes['heat-pipe'].heat_buffer_prototype"
    # Source: prototype heat-pipe; prototype API, HeatBuffer
    assert run(f"local p = {pipe} return p.max_temperature, p.specific_heat") == (
        1000,
        1e6,
    )
    assert run(f"return {pipe}.max_transfer * 60") == pytest.approx(1e9)
    assert run(
        f"local p = {pipe} return p.default_temperature, p.min_temperature_gradient"
    ) == (15, 1)
    exchanger = "game.entity_prototypes['heat-exchanger'].heat_energy_source_prototype"
    assert run(f"return {exchanger}.min_working_temperature") == 500
    assert plain(f"return {exchanger}.connections") == [
        {"position": {"x": 0, "y": 0.5}, "direction": 4}
    ]
    assert run("return game.entity_prototypes.boiler.heat_buffer_prototype") is None
    assert (
        run("return game.entity_prototypes.boiler.heat_energy_source_prototype") is None
    )


@pytest.mark.parametrize(
    ("name", "member", "expected"),
    [
        ("nuclear-reactor", "neighbour_bonus", 1),
        ("boiler", "neighbour_bonus", None),
        ("heat-exchanger", "target_temperature", 500),
        ("steam-turbine", "maximum_temperature", 500),
        ("pumpjack", "mining_speed", 1),
        ("character", "mining_speed", 0.5),
        ("boiler", "mining_speed", None),
        ("crude-oil", "normal_resource_amount", 300000),
        ("crude-oil", "minimum_resource_amount", 60000),
        ("crude-oil", "infinite_depletion_resource_amount", 10),
        ("boiler", "normal_resource_amount", None),
    ],
)
def test_numbers_of_prototypes(run, name, member, expected):
    assert run(f"return game.entity_prototypes['{name}'].{member}") == expected


def test_first_amounts_of_wells(run, refusal):
    run(
        """
        local make = surface.create_entity
        well = make{name = 'crude-oil', position = {9, 9}, amount = 7e5}
        ore = make{name = 'iron-ore', position = {3, 3}, amount = 9}
        """
    )
    assert run("return well.amount, well.initial_amount") == (700000, 700000)
    run("well.initial_amount = 400000")
    assert run("return well.amount, well.initial_amount") == (700000, 400000)
    assert "at least 1" in refusal("well.initial_amount = 0")
    assert "not infinite" in refusal("ore.initial_amount = 5")


def test_a_pumpjack_and_its_well(run, build, go_on):
    run(
        "surface.create_entity{name = 'crude-oil', position = {0.5, 0.5}, amount = 3e5}"
    )
    build("pumpjack", 0.5, 0.5)
    run("p = {name = 'substation', position = {4, 0}, force = 'player'}")
    run("surface.create_entity(p)")
    run("p = {name = 'solar-panel', position = {7.5, 0.5}, force = 'player'}")
    run("for y = -5.5, 6.5, 3 do p.position[2] = y surface.create_entity(p) end")
    go_on(32)
    assert run("return it.mining_target.name") == "crude-oil"
    assert run("return it.mining_progress") == pytest.approx(0.5, abs=0.05)
    assert run("return it.fluidbox[1]") is None
    go_on(32)
    assert run("return it.fluidbox[1].name, it.fluidbox[1].amount") == ("crude-oil", 10)
