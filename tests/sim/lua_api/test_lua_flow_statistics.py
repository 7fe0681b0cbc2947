"""LuaFlowStatistics. Source: runtime API, LuaFlowStatistics."""

import pytest

from fle_marl.errors import LuaApiMissing

FORCE = "game.forces.player"
KINDS = [("item", "iron-plate"), ("fluid", "water")]


def flow_count(kind, name, more):
    return (
        f"{FORCE}.{kind}_production_statistics.get_flow_count"
        f"{{name = '{name}', {more}}}"
    )


PRECISION = "precision_index = defines.flow_precision_index"


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_totals(run, plain, kind, name):
    run(f"statistics = {FORCE}.{kind}_production_statistics")
    assert plain("return statistics.input_counts") == {}
    run(f"statistics.on_flow('{name}', 7) statistics.on_flow('{name}', -2.5)")
    run(f"statistics.on_flow('{name}', 1)")
    assert plain("return statistics.input_counts") == {name: 8}
    assert plain("return statistics.output_counts") == {name: 2.5}
    counts = (
        f"statistics.get_input_count('{name}'), statistics.get_output_count('{name}')"
    )
    assert run(f"return {counts}") == (8, 2.5)
    run(f"statistics.set_input_count('{name}', 3)")
    assert run(f"return {counts}") == (3, 2.5)
    run(f"statistics.set_output_count('{name}', 4)")
    assert run(f"return {counts}") == (3, 4)
    assert run(f"return statistics.force == {FORCE}, statistics.valid") == (True, True)
    run("statistics.clear()")
    assert run(f"return {counts}") == (0, 0)


def test_totals_count_what_machines_make(run, go_on):
    run(
        """
        furnace = surface.create_entity{
          name = "stone-furnace", position = {0, 0}, force = "player",
        }
        furnace.insert("coal") furnace.insert{name = "iron-ore", count = 2}
        """
    )
    go_on(500)
    source = f"""
    local s = {FORCE}.item_production_statistics
    return s.get_input_count("iron-plate"), s.get_output_count("iron-ore")
    """
    assert run(source) == (2, 2)


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_samples_and_rates(run, go_on, kind, name):
    go_on(12)
    run(f"{FORCE}.{kind}_production_statistics.on_flow('{name}', 6)")
    run(f"{FORCE}.{kind}_production_statistics.on_flow('{name}', -3)")
    go_on(12)
    made, used = f"input = true, {PRECISION}", f"input = false, {PRECISION}"
    expected = {
        # 6 of them in 5 seconds, a minute, ten minutes
        f"{made}.five_seconds": 72,
        f"{made}.one_minute": 6,
        f"{made}.ten_minutes": 0,  # the sample is not over
        f"{used}.five_seconds": 36,
        f"{made}.one_minute, count = true": 6,
        f"{made}.one_minute, count = false": 6,
        # samples of 12 ticks are a 300th of a minute; 1 is the newest
        f"{made}.one_minute, sample_index = 1": 0,
        f"{made}.one_minute, sample_index = 2": 6 * 300,
        f"{used}.one_minute, sample_index = 2, count = true": 3,
        f"{made}.five_seconds, sample_index = 13, count = true": 6,
        f"{made}.five_seconds, sample_index = 13": 6 * 3600,
        f"{made}.five_seconds, sample_index = 300": 0,
    }
    found = {more: run(f"return {flow_count(kind, name, more)}") for more in expected}
    assert found == pytest.approx(expected)
    go_on(96)
    more = f"{made}.ten_minutes"
    assert run(f"return {flow_count(kind, name, more)}") == pytest.approx(0.6)


def test_each_force_has_its_own(run, plain):
    run(f"{FORCE}.item_production_statistics.on_flow('coal', 1)")
    run("statistics = game.forces.enemy.item_production_statistics")
    assert run("return statistics.force.name") == "enemy"
    assert plain("return statistics.input_counts") == {}
    assert run("return statistics.get_input_count('coal')") == 0
    with pytest.raises(Exception, match="of the force player only"):
        run("statistics.on_flow('coal', 1)")
    with pytest.raises(Exception, match="of the force player only"):
        run("statistics.clear()")


def test_they_can_be_compared_and_kept(run, api):
    source = f"""
    local f = {FORCE}
    global.s = f.fluid_production_statistics
    return f.item_production_statistics == f.item_production_statistics,
      f.item_production_statistics == f.fluid_production_statistics
    """
    assert run(source) == (True, False)
    saved = api.save_scripts()
    run("global.s = nil")
    api.load_scripts(saved)
    assert run(f"return global.s == {FORCE}.fluid_production_statistics") is True


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("get_input_count('no-such')", "Unknown item name: no-such."),
        ("get_output_count('water')", "Unknown item name: water."),
        ("get_input_count(1)", "string expected, got number"),
        ("on_flow('coal', 'much')", "number expected, got string"),
        ("on_flow('coal', 0/0)", "count must be finite, not nan."),
        ("on_flow('coal')", "Wrong number of arguments"),
        ("set_input_count('coal', -1)", "count must be a whole number of 0 or more"),
        ("set_output_count('coal', 0.5)", "count must be a whole number of 0 or more"),
        ("set_input_count('coal', 2^60)", "count must be"),
        ("get_flow_count('coal')", "table expected, got string"),
        (
            "get_flow_count{input = true, precision_index = 0}",
            'Key "name" not found in property tree at ROOT',
        ),
        (
            "get_flow_count{name = 'coal', precision_index = 0}",
            'Key "input" not found in property tree at ROOT',
        ),
        (
            "get_flow_count{name = 'coal', input = true}",
            'Key "precision_index" not found in property tree at ROOT',
        ),
        (
            "get_flow_count{name = 'coal', input = true, precision_index = 8}",
            "Invalid precision index: 8.",
        ),
        *(
            (
                "get_flow_count{name = 'coal', input = true, precision_index = 0, "
                f"sample_index = {index}}}",
                f"sample_index must be 1 to 300, not {index}.",
            )
            for index in (0, 301, 1.5)
        ),
        (
            "get_flow_count{name = 'coal', input = true, precision_index = 0, "
            "count = 1}",
            "Value must be a boolean in property tree at ROOT.count",
        ),
    ],
)
def test_what_is_refused(refusal, call, message):
    assert message in refusal(f"{FORCE}.item_production_statistics.{call}")


def test_fluids_may_be_fractions_but_not_negative(run, refusal):
    statistics = f"{FORCE}.fluid_production_statistics"
    run(f"{statistics}.set_input_count('water', 0.5)")
    assert run(f"return {statistics}.get_input_count('water')") == 0.5
    assert "count must be 0 to" in refusal(
        f"{statistics}.set_input_count('water', -0.5)"
    )


# --- electric networks


@pytest.fixture
def network(run):
    """Globals ``pole`` and ``statistics``: of a panel and an accumulator."""
    run(
        """
        surface.always_day = true
        local function build(name, x, y)
          return surface.create_entity{
            name = name, position = {x, y}, force = "player",
          }
        end
        pole = build("substation", 0, 0)
        build("solar-panel", 3.5, 3.5)
        build("accumulator", -3, 3)
        statistics = pole.electric_network_statistics
        """
    )


PANEL_JOULES = 60_000 / 60


@pytest.mark.usefixtures("network")
def test_input_of_a_network_is_what_it_consumes(run, plain, go_on):
    go_on(30)
    assert plain("return statistics.input_counts") == {"accumulator": 30 * PANEL_JOULES}
    assert plain("return statistics.output_counts") == {
        "solar-panel": 30 * PANEL_JOULES
    }
    counts = """
    return statistics.get_input_count("accumulator"),
      statistics.get_output_count("accumulator"),
      statistics.get_input_count("beacon"), statistics.valid,
      statistics.force == game.forces.player
    """
    assert run(counts) == (30 * PANEL_JOULES, 0, 0, True, True)


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(
    ("more", "joules"),
    [
        ("input = true", PANEL_JOULES / 2),  # half of the five seconds
        ("input = true, sample_index = 1", PANEL_JOULES),
        ("input = true, sample_index = 200", 0),
        ("input = true, count = true", 150 * PANEL_JOULES),
        ("input = false", 0),
    ],
)
def test_rates_of_a_network_are_per_tick(run, go_on, more, joules):
    go_on(150)
    source = f"name = 'accumulator', {PRECISION}.five_seconds, {more}"
    found = run(f"return statistics.get_flow_count{{{source}}}")
    assert found == pytest.approx(joules)


@pytest.mark.usefixtures("network")
def test_statistics_of_a_network_can_be_cleared(run, plain, go_on):
    go_on(20)
    run("statistics.clear()")
    assert plain("return statistics.input_counts") == {}
    source = f"name = 'accumulator', input = true, {PRECISION}.five_seconds"
    assert run(f"return statistics.get_flow_count{{{source}}}") == 0
    go_on(1)
    assert plain("return statistics.input_counts") == {"accumulator": PANEL_JOULES}


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("call", ["on_flow('radar', 1)", "set_input_count('radar', 1)"])
def test_scripts_cannot_change_a_network(run, call):
    with pytest.raises(LuaApiMissing, match="electric networks"):
        run(f"statistics.{call}")


@pytest.mark.usefixtures("network")
def test_mistakes_about_networks(run, refusal):
    assert "Unknown entity name" in refusal("statistics.get_input_count('gold')")
    chest = "surface.create_entity{name = 'iron-chest', position = {9, 9}}"
    assert "not an electric pole" in refusal(
        f"return {chest}.electric_network_statistics"
    )
    run("pole.destroy()")
    assert run("return statistics.valid") is False
    assert "invalid" in refusal("return statistics.input_counts")


# --- kills


@pytest.mark.parametrize("force", ["player", "enemy"])
def test_nothing_is_killed(run, plain, refusal, force):
    run(
        f"""
        statistics = game.forces.{force}.kill_count_statistics
        local chest = surface.create_entity{{
          name = "wooden-chest", position = {{0, 0}}, force = "{force}",
        }}
        chest.destroy()
        """
    )
    assert plain("return statistics.input_counts") == {}
    assert plain("return statistics.output_counts") == {}
    source = f"""
    return statistics.valid, statistics.force.name,
      statistics.get_input_count("wooden-chest"),
      statistics.get_flow_count{{
        name = "wooden-chest", input = true,
        {PRECISION}.one_minute,
      }}
    """
    assert run(source) == (True, force, 0, 0)
    message = refusal("statistics.get_input_count('iron-plate')")
    assert "Unknown entity name: iron-plate." in message
    with pytest.raises(LuaApiMissing, match="items, fluids and pollution of the"):
        run("statistics.set_input_count('wooden-chest', 1)")


def test_statistics_differ_by_kind_and_force(run):
    source = """
    local seen, count = {}, 0
    for _, name in pairs{"player", "enemy", "neutral"} do
      local force = game.forces[name]
      for _, s in pairs{
        force.item_production_statistics, force.fluid_production_statistics,
        force.kill_count_statistics,
      } do
        assert(s.force == force)
        for _, other in pairs(seen) do assert(s ~= other) end
        count = count + 1
        seen[count] = s
      end
    end
    return count
    """
    assert run(source) == 9


def test_nobody_builds(run):
    run("surface.create_entity{name = 'lab', position = {0, 0}, force = 'player'}")
    statistics = "local all = game.forces.player.entity_build_count_statistics return "
    assert run(f"{statistics} all.get_input_count('lab'), all.force.name") == (
        0,
        "player",
    )
    with pytest.raises(LuaApiMissing, match="build"):
        run("game.forces.player.entity_build_count_statistics.on_flow('lab', 1)")
