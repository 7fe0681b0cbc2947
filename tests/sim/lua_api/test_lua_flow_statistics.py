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
        ("get_input_count(1)", "Unknown item name: 1."),
        ("on_flow('coal', 'much')", "count must be a number, not much."),
        ("on_flow('coal', 0/0)", "count must be finite, not nan."),
        ("on_flow('coal')", "Wrong number of arguments"),
        ("set_input_count('coal', -1)", "count must be a whole number of 0 or more"),
        ("set_output_count('coal', 0.5)", "count must be a whole number of 0 or more"),
        ("set_input_count('coal', 2^60)", "count must be"),
        ("get_flow_count('coal')", "get_flow_count expects a table, not coal."),
        ("get_flow_count{input = true, precision_index = 0}", "Unknown item name: nil"),
        (
            "get_flow_count{name = 'coal', precision_index = 0}",
            "input must be true or false, not nil.",
        ),
        (
            "get_flow_count{name = 'coal', input = true}",
            "Invalid precision index: nil.",
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
            "count must be true or false, not 1.",
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
    with pytest.raises(LuaApiMissing, match="items and fluids of the force player"):
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
