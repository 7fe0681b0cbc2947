"""The whole state of a world as plain data: from any world to any other."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from fle_marl.envs.world_view import read_production
from fle_marl.evaluation.reference.format import factory_keys, read_factory
from fle_marl.evaluation.reference.judging import start
from fle_marl.lua.types import Prototype
from fle_marl.prototypes import load
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.refusals import REFUSED as NOT_SIMULATED
from fle_marl.tasks import get_task
from fle_marl.testing.counting import CountedServer
from fle_marl.testing.driver import Driver, drive

from .random_worlds import Action, actions, play
from .states import INVENTORY, load_state, save

Build = Callable[..., object]

LAWS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)


Begin = Callable[[], EmbeddedServer]


@pytest.fixture(scope="module")
def begin_other() -> Begin:
    """``begin_other()``: a server with other agents, research and buildings."""
    server = EmbeddedServer()
    scenario = {"name": "lab-play", "inventory": {"coal": 50, "iron-chest": 3}}
    server.reset(scenario, agents=3, seed=1)
    Driver(server, 2).place_entity(Prototype.IronChest, position=(3.5, 6.5))
    Driver(server, 1).insert_item(
        Prototype.Coal,
        Driver(server, 1).place_entity(Prototype.IronChest, position=(5.5, 5.5)),
        5,
    )
    server.lua.execute(
        "game.surfaces[1].set_tiles{{name = 'concrete', position = {9, 9}}} "
        "game.surfaces[1].find_entities_filtered{type = 'tree'}[1].destroy() "
        "game.surfaces[1].find_entities_filtered{type = 'resource'}[1].destroy()"
    )
    return beginning(server)


def beginning(server: EmbeddedServer) -> Begin:
    """What brings a server back to where it is now."""
    now = server.save()

    def begin() -> EmbeddedServer:
        server.restore(now)
        return server

    return begin


@pytest.fixture
def other(begin_other: Begin) -> EmbeddedServer:
    """Another server with another episode."""
    return begin_other()


# --- the law


@pytest.fixture(scope="module")
def begin() -> Begin:
    """``begin()``: the server for random worlds, at its start, nothing researched."""
    server = EmbeddedServer()
    scenario = {"name": "lab-play", "inventory": INVENTORY}
    server.reset(scenario, agents=2, seed=1)
    return beginning(server)


def check_the_law(
    server: EmbeddedServer, other: EmbeddedServer, played: list[Action]
) -> None:
    play(server, played)
    before = server.state_hash()
    state = save(server)
    # the settings of ghosts are read by way of an inventory, and those are counted
    assert server.state_hash() == before or state["ghosts"]
    answer = load_state(other, state)
    assert answer["not_loaded"] == {}
    assert save(other) == state


@settings(LAWS, max_examples=8)
@given(played=actions(30))
def test_saved_loaded_and_saved_again_it_is_the_same(
    begin: Begin, begin_other: Begin, played: list[Action]
) -> None:
    check_the_law(begin(), begin_other(), played)


@pytest.mark.slow
@settings(LAWS, max_examples=150)
@given(played=actions(80))
def test_many_worlds_are_the_same(
    begin: Begin, begin_other: Begin, played: list[Action]
) -> None:
    check_the_law(begin(), begin_other(), played)


def test_every_kind_of_entity_that_is_simulated_is_carried(
    server: EmbeddedServer, other: EmbeddedServer, build: Build
) -> None:
    names = [
        name
        for name, entity in load().entities.items()
        if "player-creation" in entity.flags
        and entity.type not in NOT_SIMULATED
        and entity.type not in ("character", "entity-ghost", "tile-ghost")
    ]
    for place, name in enumerate(names):
        build(name, place % 10 * 10 - 60, place // 10 * 10 - 60)
    answer: Any = server.admin("save_state", {})
    assert len(answer["state"]["entities"]) == len(names)
    assert [each for each in answer["not_saved"] if "count" in each] == []
    load_state(other, answer["state"])
    assert save(other) == answer["state"]


# --- factories


def check_a_factory(key: str) -> None:
    task = get_task(key)
    server = start(task, read_factory(key).entities())
    server.advance(2400)
    state = save(server)
    fresh = CountedServer()
    fresh.reset(task.scenario, agents=1, seed=9)
    assert load_state(fresh, state)["not_loaded"] == {}
    assert save(fresh) == state
    before, balance = read_production(server), fresh.balance()
    for world in (server, fresh):
        world.advance(3600)
    assert fresh.balance() == pytest.approx(balance, abs=1e-6)
    made = made_since(before.produced, read_production(server).produced)
    made_there = made_since(before.produced, read_production(fresh).produced)
    for name in sorted({*made, *made_there}):
        # some items lie elsewhere on their belts, which is a craft or two
        assert made_there.get(name, 0) == pytest.approx(
            made.get(name, 0), rel=0.05, abs=6
        ), name
    fresh.close()
    server.close()


def made_since(
    before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, float]:
    return {name: count - before.get(name, 0) for name, count in after.items()}


FEW = ("engine_unit_throughput_16", "plastic_bar_throughput_16")


@pytest.mark.parametrize("key", FEW)
def test_a_factory_goes_on_on_a_fresh_server(key: str) -> None:
    check_a_factory(key)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in factory_keys() if key not in FEW])
def test_every_factory_goes_on_on_a_fresh_server(key: str) -> None:
    check_a_factory(key)


# --- crafts that go on


@pytest.fixture
def crafting(server: EmbeddedServer, build: Build) -> EmbeddedServer:
    """A furnace and a machine in the middle of a craft, a drill in that of a mining."""
    build("stone-furnace", 10, 10)
    build("assembling-machine-1", 15.5, 10.5, recipe="iron-gear-wheel")
    build("burner-mining-drill", 10, 20)
    server.lua.execute("""
        local surface = game.surfaces[1]
        surface.create_entity{name = 'coal', position = {10, 20}, amount = 50}
        local furnace = surface.find_entity('stone-furnace', {10, 10})
        furnace.insert('coal') furnace.insert('iron-ore')
        local machine = surface.find_entity('assembling-machine-1', {15.5, 10.5})
        machine.insert{name = 'iron-plate', count = 5}
        machine.energy = 1e9
        surface.find_entity('burner-mining-drill', {10, 20}).insert('coal')
    """)
    server.advance(20)
    # as a player who gives a furnace another ore meanwhile
    server.lua.execute(
        "game.surfaces[1].find_entity('stone-furnace', {10, 10})"
        ".insert{name = 'copper-ore', count = 3}"
    )
    return server


def machines(server: EmbeddedServer) -> dict[str, Any]:
    return {each["name"]: each for each in save(server)["entities"]}


def test_crafts_go_on_where_they_were(
    crafting: EmbeddedServer, other: EmbeddedServer
) -> None:
    state = save(crafting)
    before = machines(crafting)
    assert before["stone-furnace"]["craft"]["recipe"] == "iron-plate"
    assert before["burner-mining-drill"]["mining_progress"] > 0
    load_state(other, state)
    other.advance(2)
    after = machines(other)
    for name, longest in (("stone-furnace", 0.02), ("assembling-machine-1", 0.05)):
        progress, earlier = (
            each[name]["craft"]["progress"] for each in (after, before)
        )
        assert 0 <= progress - earlier < longest
    drill = "burner-mining-drill"
    assert after[drill]["mining_progress"] == pytest.approx(
        before[drill]["mining_progress"], abs=0.02
    )
    # the other ore is back, and nothing was counted twice
    slots = after["stone-furnace"]["inventories"]
    assert {"slot": 1, "name": "copper-ore", "count": 3} in [
        slot for inventory in slots for slot in inventory["slots"]
    ]
    assert save(other)["statistics"]["items"] == state["statistics"]["items"]


def test_a_server_that_is_saved_meanwhile_goes_on(
    crafting: EmbeddedServer, other: EmbeddedServer
) -> None:
    load_state(other, save(crafting))
    expected, saved = save(other), other.save()
    other.advance(600)
    later = save(other)
    other.restore(saved)
    assert save(other) == expected
    other.advance(600)
    assert save(other) == later


def test_hands_go_on_crafting(server: EmbeddedServer, other: EmbeddedServer) -> None:
    drive_on = {"entity": "transport-belt", "quantity": 3}
    server.admin("set_inventory", {"inventory": {"iron-plate": 50}})
    server.call("craft_item", 0, drive_on)
    server.advance(20)
    state = save(server)
    crafting = state["agents"][0]["crafting"]
    assert crafting["orders"] == [{"recipe": "transport-belt", "count": 2}]
    load_state(other, state)
    assert save(other) == state
    for world in (server, other):
        world.advance(600)
        carried = drive(world, 0, "inspect_inventory")
        assert carried == {"iron-plate": 44, "transport-belt": 4}


def test_orders_that_work_for_each_other_hold_what_they_held(
    server: EmbeddedServer, other: EmbeddedServer
) -> None:
    given = {"iron-plate": 400, "copper-plate": 200, "iron-gear-wheel": 3}
    server.admin("set_inventory", {"inventory": given})
    # gears for laboratories and gears for the belts for them
    server.call("craft_item", 0, {"entity": "lab", "quantity": 4})
    server.advance(700)
    state = save(server)
    assert len(state["agents"][0]["crafting"]["held"]) > 3
    load_state(other, state)
    assert save(other) == state
    for world in (server, other):
        world.advance(60 * 120)
    carried = drive(server, 0, "inspect_inventory")
    assert isinstance(carried, dict)
    assert carried["lab"] == 4
    assert drive(other, 0, "inspect_inventory") == carried


def test_modules_make_room_for_energy_and_machines_for_much(
    server: EmbeddedServer, other: EmbeddedServer, build: Build
) -> None:
    build("assembling-machine-2", 10.5, 10.5, recipe="iron-gear-wheel")
    build("beacon", 14.5, 10.5)
    build("electric-furnace", 20.5, 10.5)
    server.lua.execute("""
        for _, machine in ipairs(game.surfaces[1].find_entities_filtered{
          name = {'beacon', 'assembling-machine-2'},
        }) do
          machine.get_module_inventory().insert{name = 'speed-module-3', count = 2}
          machine.energy = 1e9
        end
        local furnace = game.surfaces[1].find_entity('electric-furnace', {20.5, 10.5})
        furnace.insert{name = 'iron-ore', count = 50}
        furnace.insert{name = 'iron-ore', count = 50}
    """)
    server.advance(1)
    server.lua.execute(
        "game.surfaces[1].find_entity('assembling-machine-2', {10.5, 10.5})"
        ".energy = 1e9"
    )
    state = save(server)
    load_state(other, state)
    assert save(other) == state


# --- onto a world that has other things


def test_all_else_is_gone(server: EmbeddedServer, build: Build) -> None:
    state = save(server)
    for place in range(5):
        build("iron-chest", 20.5 + place, 20.5)
    build("item-on-ground", 5.5, 5.5, stack={"name": "coal", "count": 3})
    server.lua.execute(
        "game.surfaces[1].set_tiles{{name = 'concrete', position = {3, 3}}} "
        "global.agents[1].character.die() game.forces.player.reset()"
    )
    server.advance(100)
    load_state(server, state)
    assert save(server) == state


def test_landfill_that_is_there_stays_and_is_told(
    server: EmbeddedServer, other: EmbeddedServer
) -> None:
    state = save(server)
    other.lua.execute(
        "game.surfaces[1].set_tiles{{name = 'landfill', position = {5, 5}}}"
    )
    (told,) = load_state(other, state)["not_loaded"]
    assert told["what"] == "1 tiles of landfill"


def test_the_dead_come_back_when_they_would_have(
    server: EmbeddedServer, other: EmbeddedServer
) -> None:
    server.lua.execute("global.agents[1].character.die()")
    server.advance(100)
    state = save(server)
    assert state["agents"][0]["ticks_to_respawn"] == 500
    (corpse,) = state["corpses"]
    held = {slot["name"] for part in corpse["inventories"] for slot in part["slots"]}
    assert "stone-furnace" in held
    load_state(other, state)
    other.advance(499)
    assert other.admin("observe", {})["agents"][0]["ticks_to_respawn"] == 1  # type: ignore[index]
    other.advance(2)
    assert drive(other, 0, "inspect_inventory") == {}


def test_agents_can_play_on(server: EmbeddedServer, other: EmbeddedServer) -> None:
    Driver(server, 0).place_entity(Prototype.IronChest, position=(4.5, 4.5))
    load_state(other, save(server))
    chest = Driver(other, 0).get_entity(Prototype.IronChest, position=(4.5, 4.5))
    Driver(other, 0).insert_item(Prototype.Coal, chest, 5)
    assert Driver(other, 1).pickup_entity(Prototype.IronChest, (4.5, 4.5))


def test_from_a_generated_map_to_the_same_further_on() -> None:
    servers = EmbeddedServer(), EmbeddedServer()
    for server in servers:
        server.reset({"name": "open-play", "inventory": {}}, agents=1, seed=3)
    # more of the map is there where the state comes from
    servers[0].lua.execute(
        "local surface = game.surfaces[1] "
        "surface.request_to_generate_chunks({400, 0}, 1) "
        "surface.force_generate_chunk_requests() "
        "surface.find_entities_filtered{type = 'tree'}[1].destroy() "
        "surface.create_entity{name = 'iron-chest', position = {400.5, 0.5}, "
        "force = 'player'}"
    )
    state = save(servers[0])
    load_state(servers[1], state)
    assert save(servers[1]) == state


def test_what_is_not_saved_is_named(server: EmbeddedServer, build: Build) -> None:
    build("rocket-silo", 20.5, 20.5)
    server.lua.execute(
        "game.surfaces[1].find_entities_filtered{type = 'rocket-silo'}[1]"
        ".rocket_parts = 100 "
        "game.surfaces[1].create_entity{name = 'character', position = {9, 9}, "
        "force = 'player'}"
    )
    server.advance(5)
    answer: Any = server.admin("save_state", {})
    named = {each["what"]: each for each in answer["not_saved"]}
    assert named["character"]["count"] == 1
    assert all(each["why"] for each in named.values())
    assert "where hands of inserters are" in named
