"""Events, and functions that scripts offer to each other."""

import pytest

from fle_marl.errors import ServerError
from fle_marl.sim.lua_api import LuaApi


@pytest.fixture
def noted(run):
    """``noted()``: what ``note`` was told, and the global function of that name."""
    run("notes = {} function note(text) notes[#notes + 1] = text end")

    def ask():
        return run("local text = table.concat(notes, ' ') notes = {} return text")

    return ask


def test_the_script(run):
    assert run("return script.mod_name, script.active_mods.base") == (
        "level",
        "1.1.110",
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("furnace", "stone-furnace"),
        ("item", "coal"),
        ("fluid", "water"),
        ("recipe", "lab"),
        ("technology", "optics"),
        ("tile", "grass-1"),
    ],
)
def test_the_base_game_made_all(plain, kind, name):
    history = plain(f"return script.get_prototype_history('{kind}', '{name}')")
    assert history == {"created": "base", "changed": {}}


@pytest.mark.parametrize(
    "wanted", ["'furnace', 'lab'", "'no-such', 'lab'", "'item', 'no-such'"]
)
def test_only_what_is_there_has_a_history(refusal, wanted):
    assert "There is no prototype" in refusal(f"script.get_prototype_history({wanted})")


# --- when handlers run


def test_on_tick_runs_each_tick(run, go_on, noted):
    run("script.on_event(defines.events.on_tick, function(e) note(e.tick) end)")
    go_on(3)
    assert noted() == "1 2 3"
    run("script.on_event(defines.events.on_tick, nil)")
    go_on(3)
    assert noted() == ""


@pytest.mark.parametrize(
    ("ticks", "expected"), [("3", "3/3 6/3"), ("{2, 3}", "2/2 3/3 4/2 6/2 6/3")]
)
def test_on_nth_tick(run, go_on, noted, ticks, expected):
    run(
        f"script.on_nth_tick({ticks}, "
        "function(e) note(e.tick .. '/' .. e.nth_tick) end)"
    )
    go_on(7)
    assert noted() == expected
    run(f"script.on_nth_tick({ticks}, nil)")
    go_on(6)
    assert noted() == ""


def test_all_of_them_are_taken_back(run, go_on, noted):
    run("script.on_nth_tick({2, 3}, function() note('x') end) script.on_nth_tick(nil)")
    go_on(6)
    assert noted() == ""


def test_the_order_within_a_tick(api, run, go_on, noted):
    event = api.prototypes.defines["events"]["on_entity_died"]
    run(
        """
        script.on_event(defines.events.on_entity_died, function(e) note(e.cause) end)
        script.on_nth_tick(2, function() note("nth") end)
        script.on_event(defines.events.on_tick, function() note("tick") end)
        """
    )
    for cause in ("first", "second"):
        api.events.later(event, {"cause": cause}, ticks=2)
    go_on(2)
    assert noted() == "tick tick nth first second"


def test_events_know_their_name(api, run, go_on, noted):
    run(
        """
        script.on_event({defines.events.on_tick, defines.events.on_entity_died},
          function(e) note(e.name == defines.events.on_tick and "tick" or "other") end)
        """
    )
    api.events.later(api.prototypes.defines["events"]["on_entity_died"], {})
    go_on(1)
    assert noted() == "tick other"


def test_a_handler_replaces_the_one_before(run, go_on, noted):
    for name in ("first", "second"):
        run(f"script.on_nth_tick(1, function() note('{name}') end)")
    go_on(1)
    assert noted() == "second"


def test_what_nobody_listens_to_is_forgotten(api, go_on):
    api.events.later(5, {})
    go_on(1)
    assert api.events.waiting == []


@pytest.mark.parametrize(
    ("limit", "expected"), [(1, 1), (5, 5), (8, 8), (9, 8), (100, 8)]
)
def test_ticks_until_a_handler_may_run(api, run, limit, expected):
    run("script.on_nth_tick(8, function() end)")
    assert api.events.ticks_until_next(limit) == expected
    api.events.later(5, {}, ticks=3)
    assert api.events.ticks_until_next(limit) == min(expected, 3)
    run("script.on_event(defines.events.on_tick, function() end)")
    assert api.events.ticks_until_next(limit) == 1


def test_a_handler_that_breaks(run, go_on):
    run("script.on_nth_tick(2, function() error('broken', 0) end)")
    go_on(1)
    with pytest.raises(ServerError, match="a script failed: broken"):
        go_on(1)


def test_what_is_waiting_is_saved(api, run, go_on, flat_world):
    api.events.later(5, {"position": {"x": 1.5, "y": 2}}, ticks=3)
    again = LuaApi(api.world, {})
    again.load_scripts(api.save_scripts())
    assert again.events.waiting == api.events.waiting
    assert again.save_scripts() == api.save_scripts()


@pytest.mark.parametrize("name", ["on_init", "on_load"])
def test_scripts_are_told_of_their_start(api, run, noted, name):
    run(f"script.{name}(function() note('{name}') end)")
    for started in ("on_init", "on_load"):
        api.events.start(started)
    assert noted() == name
    run(f"script.{name}(nil)")
    api.events.start(name)
    assert noted() == ""


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("on_event('on_tick', print)", "Invalid event: on_tick."),
        ("on_event(defines.events.on_tick, 5)", "must be a function"),
        ("on_event(defines.events.on_tick, {})", "must be a function"),
        ("on_nth_tick(0, print)", "Invalid tick number: 0."),
        ("on_nth_tick(1.5, print)", "Invalid tick number: 1.5."),
        ("on_nth_tick(5, 'f')", "must be a function"),
        ("on_init(5)", "must be a function"),
    ],
)
def test_what_cannot_be_registered(refusal, call, message):
    assert message in refusal(f"script.{call}")


# --- remote interfaces


@pytest.fixture
def shop(run):
    """An interface named ``shop``."""
    run(
        """
        remote.add_interface("shop", {
          add = function(left, right) return left + right, "sum" end,
          fail = function() error("sold out", 0) end,
        })
        """
    )


@pytest.mark.usefixtures("shop")
def test_remote_calls(run, plain):
    assert run("return remote.call('shop', 'add', 2, 3)") == (5, "sum")
    assert plain("return remote.interfaces") == {"shop": {"add": True, "fail": True}}


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("call('shop', 'fail')", "sold out"),
        ("call('shop', 'sell')", "No such function: shop.sell"),
        ("call('bank', 'open')", "Unknown interface: bank"),
        ("add_interface('bank', {open = 5})", "open of the interface bank is not a"),
        ("add_interface('bank', 5)", "table expected, got number"),
        ("add_interface('shop', {})", "Interface with name shop already exists."),
        ("add_interface('bank', 5)", "table expected, got number"),
    ],
)
def test_remote_refusals(refusal, call, message):
    assert message in refusal(f"remote.{call}")


@pytest.mark.usefixtures("shop")
def test_interfaces_go(run, refusal):
    assert run("return remote.remove_interface('shop')") is True
    assert run("return remote.remove_interface('shop')") is False
    assert "Unknown interface" in refusal("remote.call('shop', 'add', 1, 2)")
