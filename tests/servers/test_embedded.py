import inspect
import subprocess
import sys

import msgpack
import pytest

from fle_marl.errors import (
    AdminError,
    FleMarlError,
    SaveError,
    ScenarioError,
    ServerError,
    ToolError,
    ToolFault,
)
from fle_marl.servers import GameServer, saved_game
from fle_marl.servers.embedded import EmbeddedServer

SCENARIO = {
    "name": "lab-play",
    "inventory": {"coal": 50, "stone-furnace": 2},
    "all_technologies_researched": True,
}
ANYWHERE = {"x": 9, "y": 4}


@pytest.fixture
def server() -> EmbeddedServer:
    server = EmbeddedServer()
    server.reset(SCENARIO, agents=2, seed=1)
    return server


def run(server, source):
    return server.lua.execute(source)


def walk(server, agent=0, goal=ANYWHERE):
    return server.call("move_to", agent, {"position": goal})


def finish(server, agent=0):
    """Go on with a pending call until it is done."""
    reply = server.resume(agent)
    while reply.pending:
        server.advance(reply.ticks)
        reply = server.resume(agent)
    return reply


def place_of(server, agent=0):
    position = run(server, f"return global.agents[{agent + 1}].character.position")
    return position.x, position.y


def test_it_is_a_game_server(server):
    assert isinstance(server, GameServer)


# --- from reset to close

ASKS = {
    "world": lambda server: server.world,
    "lua": lambda server: server.lua,
    "tick": lambda server: server.tick,
    "call": lambda server: server.call("print", 0, {}),
    "resume": lambda server: server.resume(0),
    "cancel": lambda server: server.cancel(0),
    "admin": lambda server: server.admin("observe", {}),
    "advance": lambda server: server.advance(1),
    "save": lambda server: server.save(),
    "state_hash": lambda server: server.state_hash(),
}


@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS.keys())
def test_before_the_first_reset(ask):
    with pytest.raises(ServerError) as caught:
        ask(EmbeddedServer())
    assert caught.value.code == "not-reset"


ASKS_WHEN_CLOSED = ASKS | {
    "reset": lambda server: server.reset(SCENARIO, agents=1, seed=1),
    "restore": lambda server: server.restore(b""),
}


@pytest.mark.parametrize("ask", ASKS_WHEN_CLOSED.values(), ids=ASKS_WHEN_CLOSED.keys())
def test_after_close(ask):
    server = EmbeddedServer()
    server.close()
    server.close()
    with pytest.raises(ServerError) as caught:
        ask(server)
    assert caught.value.code == "server-closed"


def test_close_gives_the_world_back(server):
    server.close()
    with pytest.raises(ServerError, match="closed"):
        server.tick  # noqa: B018 - reading it is the test


def test_a_reset_world_is_ready(server):
    assert server.tick == 0
    assert run(server, "return #global.agents") == 2
    counts = run(
        server,
        """
        local character = global.agents[2].character
        return character.get_item_count("coal"), character.get_item_count()
        """,
    )
    assert counts == (50, 52)
    assert run(server, "return game.forces.player.technologies.automation.researched")


def test_each_agent_may_have_an_inventory_of_its_own():
    server = EmbeddedServer()
    scenario = {"name": "empty", "inventories": [{"coal": 1}, {"coal": 2}]}
    server.reset(scenario, agents=2, seed=0)
    counts = [
        run(server, f"return global.agents[{agent}].character.get_item_count('coal')")
        for agent in (1, 2)
    ]
    assert counts == [1, 2]


@pytest.mark.parametrize(
    ("scenario", "agents", "message"),
    [
        ({}, 1, "no scenario None"),
        ({"name": "no-such"}, 1, "no scenario 'no-such'"),
        ({"name": "lab-play"}, 0, "not 0"),
        ({"name": "lab-play", "inventory": {"no-such-item": 1}}, 1, "no-such-item"),
        ({"name": "lab-play", "inventory": {"coal": 10**6}}, 1, "coal fit into"),
    ],
)
def test_impossible_scenarios_leave_the_world(server, scenario, agents, message):
    server.advance(3)
    before = server.state_hash()
    with pytest.raises(ScenarioError, match=message):
        server.reset(scenario, agents=agents, seed=1)
    assert (server.tick, server.state_hash()) == (3, before)


# --- tools


def test_a_call_is_answered(server):
    before = server.state_hash()
    reply = server.call("inspect_inventory", 0, {})
    assert reply.value["coal"] == 50
    assert reply.pending is False
    assert server.state_hash() == before


def test_a_walk_goes_on_until_it_is_there(server):
    reply = walk(server)
    assert reply.pending
    assert reply.ticks > 0
    server.advance(reply.ticks)
    finish(server)
    x, y = place_of(server)
    assert abs(x - ANYWHERE["x"]) < 1
    assert abs(y - ANYWHERE["y"]) < 1


def test_a_cancelled_walk_stops(server):
    server.advance(walk(server).ticks)
    server.advance(server.resume(0).ticks // 2)
    assert run(server, "return global.agents[1].character.walking_state.walking")
    server.cancel(0)
    assert not run(server, "return global.agents[1].character.walking_state.walking")
    before = place_of(server)
    server.advance(30)
    assert place_of(server) == before


def test_cancelling_nothing_changes_nothing(server):
    before = server.state_hash()
    server.cancel(1)
    assert server.state_hash() == before


REFUSALS = [
    (lambda server: server.call("no_such_tool", 0, {}), "no-such-tool"),
    (lambda server: server.call("inspect_inventory", 7, {}), "no-such-agent"),
    (lambda server: server.call("inspect_inventory", -1, {}), "no-such-agent"),
    (lambda server: server.resume(0), "nothing-pending"),
]


@pytest.mark.parametrize(("ask", "code"), REFUSALS, ids=[code for _, code in REFUSALS])
def test_refusals(server, ask, code):
    before = server.state_hash()
    with pytest.raises(ToolError) as caught:
        ask(server)
    assert caught.value.code == code
    assert server.state_hash() == before


def test_a_tool_that_breaks_is_the_server_s_fault(server):
    run(server, "global.agents = {{character = 5}}")
    with pytest.raises(ToolFault) as caught:
        server.call("inspect_inventory", 0, {})
    assert "\n" not in str(caught.value)
    assert "runtime.agents:" in str(caught.value)


# --- administration


def test_an_unknown_script_is_refused(server):
    with pytest.raises(ServerError, match=r"there are: .*observe") as caught:
        server.admin("no-such", {})
    assert caught.value.code == "no-such-script"


def test_a_script_answers_with_plain_data(server):
    shown = server.admin("observe", {})
    assert isinstance(shown, dict)
    assert len(shown["agents"]) == 2


def test_a_script_that_breaks_says_why(server):
    run(server, "global.agents[1].character = nil")
    with pytest.raises(ServerError, match="index field 'character'") as caught:
        server.admin("observe", {})
    assert caught.value.code == "lua-error"


def test_a_script_that_refuses_says_so_with_a_code(server):
    with pytest.raises(AdminError, match="no-such is not an item") as caught:
        server.admin("set_inventory", {"inventory": {"no-such": 1}})
    assert caught.value.code == "no-such-item"
    assert caught.value.details == {"item": "no-such"}


# --- time


@pytest.mark.parametrize("steps", [(7, 53), (60,), (1,) * 60], ids=str)
def test_time_passes_the_same_in_any_steps(server, steps):
    run(
        server,
        """
        global.log = {}
        local function note(event)
          global.log[#global.log + 1] = event.tick .. ":" .. (event.nth_tick or 0)
        end
        script.on_nth_tick(10, note)
        script.on_nth_tick(15, note)
        """,
    )
    walk(server)
    for step in steps:
        server.advance(step)
    assert server.tick == 60
    assert run(server, "return table.concat(global.log, ' ')") == (
        "10:10 15:15 20:10 30:10 30:15 40:10 45:15 50:10 60:10 60:15"
    )


def test_no_time_changes_nothing(server):
    before = server.state_hash()
    server.advance(0)
    assert server.state_hash() == before


def test_time_runs_forwards(server):
    with pytest.raises(ValueError, match="forwards"):
        server.advance(-1)


def test_an_event_handler_that_breaks(server):
    run(
        server, "script.on_event(defines.events.on_tick, function() error('oh', 0) end)"
    )
    with pytest.raises(ServerError, match="a script failed: oh"):
        server.advance(1)


# --- hashes


def test_equal_seeds_give_equal_worlds(server):
    other = EmbeddedServer()
    other.reset(SCENARIO, agents=2, seed=1)
    assert other.state_hash() == server.state_hash()
    for each in (server, other):
        each.advance(walk(each).ticks)
        finish(each)
        run(each, "global.drawn = math.random(1000000)")
    assert other.state_hash() == server.state_hash()


def test_a_second_episode_is_like_the_first(server):
    hashes = []
    for _ in range(2):
        server.reset(SCENARIO, agents=2, seed=1)
        server.advance(walk(server).ticks)
        finish(server)
        hashes.append(server.state_hash())
    assert hashes[0] == hashes[1]


def test_nothing_that_was_built_outlasts_a_reset(server):
    first = server.state_hash()
    run(
        server,
        "for n, name in pairs({'iron-chest', 'logistic-chest-storage', 'lab'}) do "
        "game.surfaces[1].create_entity"
        "{name = name, position = {4 * n, 8}, force = 'player'} end",
    )
    assert server.state_hash() != first
    server.reset(SCENARIO, agents=2, seed=1)
    assert server.state_hash() == first


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 2},
        {"agents": 1},
        {"scenario": SCENARIO | {"inventory": {"coal": 49}}},
        {"scenario": SCENARIO | {"all_technologies_researched": False}},
    ],
    ids=str,
)
def test_other_worlds_have_other_hashes(server, change):
    options = {"scenario": SCENARIO, "agents": 2, "seed": 1} | change
    other = EmbeddedServer()
    other.reset(options.pop("scenario"), **options)
    assert other.state_hash() != server.state_hash()


@pytest.mark.parametrize(
    "source",
    [
        "global.note = 1",
        "global.agents[1].character.insert('coal')",
        "math.random()",
        "global.agents[1].character.update_selected_entity({0, 0})"
        " game.surfaces[1].request_path{start = {0, 0}, goal = {1, 0}, collision_mask"
        " = {}, bounding_box = {{0, 0}, {0.1, 0.1}}, force = 'player'}",
    ],
)
def test_what_scripts_do_is_in_the_hash(server, source):
    before = server.state_hash()
    run(server, source)
    assert server.state_hash() != before


# --- copies


def go_on(server):
    """Half a minute in which much happens."""
    finish(server)
    run(server, "global.drawn = math.random(1000000)")
    server.advance(30 * 60)
    return server.state_hash()


GO_ON_IN_ANOTHER_PROCESS = "\n".join(
    [
        "import sys",
        "from pathlib import Path",
        "from fle_marl.servers.embedded import EmbeddedServer",
        *(inspect.getsource(function) for function in (run, finish, go_on)),
        "server = EmbeddedServer()",
        "server.restore(Path(sys.argv[1]).read_bytes())",
        "print(go_on(server))",
    ]
)


@pytest.fixture
def busy(server) -> EmbeddedServer:
    """A server in the middle of a walk."""
    server.advance(walk(server).ticks)
    server.advance(server.resume(0).ticks // 2)
    return server


def test_a_restored_world_is_the_same(busy):
    saved, before, place = busy.save(), busy.state_hash(), place_of(busy)
    expected = go_on(busy)
    busy.restore(saved)
    assert (busy.state_hash(), place_of(busy)) == (before, place)
    assert go_on(busy) == expected


def test_another_server_goes_on_with_it(busy):
    saved = busy.save()
    other = EmbeddedServer()
    other.restore(saved)
    assert go_on(other) == go_on(busy)


def test_another_process_goes_on_with_it(busy, tmp_path):
    save = tmp_path / "saved"
    save.write_bytes(busy.save())
    told = subprocess.run(
        [sys.executable, "-c", GO_ON_IN_ANOTHER_PROCESS, save],
        capture_output=True,
        text=True,
    )
    assert (told.stdout.strip(), told.stderr) == (go_on(busy), "")


def test_saving_changes_nothing(busy):
    before = busy.state_hash()
    assert busy.save() == busy.save()
    assert busy.state_hash() == before


def test_what_is_waiting_to_be_told_is_saved(server):
    walk(server)
    saved = server.save()
    assert server.lua.events.waiting
    other = EmbeddedServer()
    other.restore(saved)
    assert not run(other, "return next(global.paths)")
    other.advance(1)
    assert run(other, "return #select(2, next(global.paths)).way") > 0


def test_requests_are_counted_on(server):
    walk(server)
    saved = server.save()
    server.restore(saved)
    assert server.lua.path_requests == 1


def test_what_characters_point_at_is_saved(server):
    point = """
    local character = global.agents[1].character
    local position = character.position
    local surface = character.surface
    local ore = surface.find_entities_filtered{type = "resource", limit = 1}[1]
    character.update_selected_entity(ore.position)
    return character.selected == ore
    """
    assert run(server, point) is True
    server.restore(server.save())
    selected = run(server, "return global.agents[1].character.selected.type")
    assert selected == "resource"


def packed(**changes):
    """Changes the body of a save and writes its checksum anew."""

    def change(saved):
        start = len(saved_game._HEAD) + saved_game._CHECKSUM_BYTES
        body = msgpack.packb(msgpack.unpackb(saved[start:]) | changes)
        return saved_game._HEAD + saved_game._digest(body) + body

    return change


def signed(body):
    """Bytes with a checksum that is right, whatever is in them."""

    def change(_saved):
        return saved_game._HEAD + saved_game._digest(body) + body

    return change


def scripts(**changes):
    """A saved world whose scripts remember something else."""

    def change(saved):
        start = len(saved_game._HEAD) + saved_game._CHECKSUM_BYTES
        kept = msgpack.unpackb(saved[start:])["scripts"]
        return packed(scripts=kept | changes)(saved)

    return change


DAMAGES = {
    "empty": (lambda saved: b"", "bad-save"),
    "foreign": (lambda saved: b"PK\3\4" + saved, "bad-save"),
    "cut off": (lambda saved: saved[:-1], "bad-save"),
    "only a head": (lambda saved: saved[:27], "bad-save"),
    "one byte": (lambda saved: saved[:900] + b"\0\0\0" + saved[903:], "bad-save"),
    "in the scripts": (
        lambda saved: saved.replace(b"path_requests", b"path_reqvests"),
        "bad-save",
    ),
    "not a map": (signed(msgpack.packb([1, 2])), "bad-save"),
    "not msgpack": (signed(b"\xc1"), "bad-save"),
    "a list longer than all": (signed(b"\xdd\xff\xff\xff\xff"), "bad-save"),
    "lists in lists": (signed(b"\x91" * 100_000), "bad-save"),
    "scripts of another kind": (packed(scripts=[1]), "bad-save"),
    "events of another kind": (scripts(waiting=[[1, "x", {}]]), "bad-save"),
    "half an event": (scripts(waiting=[[1]]), "bad-save"),
    "a pace that stands": (scripts(pace=[0.0, False, 0]), "bad-save"),
    "a pace that is none": (scripts(pace=[float("nan"), False, 0]), "bad-save"),
    "too many requests": (scripts(path_requests=1 << 60), "bad-save"),
    "broken memory": (scripts(**{"global": "{"}), "bad-save"),
    "no memory": (scripts(**{"global": "7"}), "bad-save"),
    "deep memory": (scripts(**{"global": "[" * 100_000}), "bad-save"),
    "an object of no class": (
        scripts(**{"global": '["t",["v","a"],["o","LuaNothing",1]]'}),
        "bad-save",
    ),
    "memory of nothing": (scripts(**{"global": '{"t":[[9,9]]}'}), "bad-save"),
    "other tools": (packed(bundle="0123"), "other-bundle"),
    "other world": (packed(world=b"fle_marl world\n" + bytes(99)), "bad-save"),
}


@pytest.mark.parametrize(("damage", "code"), DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_saves_leave_the_world(busy, damage, code):
    before, saved = busy.state_hash(), busy.save()
    assert damage(saved) != saved
    with pytest.raises(SaveError) as caught:
        busy.restore(damage(saved))
    assert caught.value.code == code
    assert busy.state_hash() == before
    go_on(busy)


def test_what_cannot_be_saved_is_said(server):
    run(server, "global.call = function() end")
    with pytest.raises(FleMarlError) as caught:
        server.save()
    assert caught.value.code == "not-saveable"


def test_scripts_are_told_that_they_are_loaded(server, monkeypatch):
    source = """
    script.on_init(function() global.told = "init" end)
    script.on_load(function() loaded = global.told end)
    return {}
    """
    from fle_marl.servers import embedded

    modules = dict(embedded.modules()) | {"runtime.control": source}
    monkeypatch.setattr(embedded, "modules", lambda: modules)
    server.reset(SCENARIO, agents=1, seed=1)
    assert run(server, "return global.told, loaded") == ("init", None)
    server.restore(server.save())
    assert run(server, "return global.told, loaded") == ("init", "init")


# --- generated maps


def open_server(**settings) -> EmbeddedServer:
    server = EmbeddedServer()
    scenario = {"name": "open-play", "map_gen_settings": settings}
    server.reset(scenario, agents=2, seed=4)
    return server


def is_generated(server, x, y):
    return run(server, f"return game.surfaces[1].is_chunk_generated({{{x}, {y}}})")


@pytest.mark.parametrize("steps", [(1,) * 61, (61,), (30, 31)])
def test_the_map_grows_the_same_in_any_steps(steps):
    servers = open_server(), open_server()
    for server, each in zip(servers, ((61,), steps), strict=True):
        # near the edge of the 512 tiles that are there from the beginning
        run(server, "global.agents[1].character.teleport({240, 0})")
        for ticks in each:
            server.advance(ticks)
    assert is_generated(servers[1], 10, 0)
    assert not is_generated(servers[1], 11, 0)
    assert servers[0].state_hash() == servers[1].state_hash()


def test_a_restored_map_grows_on_as_the_same():
    server = open_server()
    saved = server.save()
    again = EmbeddedServer()
    again.restore(saved)
    for each in (server, again):
        run(each, "game.surfaces[1].request_to_generate_chunks({-400, 90}, 1)")
        each.advance(120)
    assert is_generated(again, -13, 2)
    assert server.state_hash() == again.state_hash()


def test_settings_reach_the_map():
    server = open_server(preset="ribbon-world")
    assert run(server, "return game.surfaces[1].map_gen_settings.height") == 128
    with pytest.raises(ScenarioError, match="moon"):
        open_server(preset="moon")
    with pytest.raises(ScenarioError, match="lab-play"):
        server.reset({"name": "lab-play", "map_gen_settings": {}}, agents=1, seed=1)
