"""Connecting by belts, pipes, poles and walls."""

from collections.abc import Callable, Sequence

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import (
    BeltGroup,
    Chest,
    Direction,
    ElectricityGroup,
    Entity,
    EntityStatus,
    Inserter,
    PipeGroup,
    Position,
    Prototype,
    RecipeName,
    Resource,
    WallGroup,
)
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Where = Callable[[int], tuple[float, float]]
Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6
BELTS = {Prototype.TransportBelt, Prototype.UndergroundBelt}
PIPES = {Prototype.Pipe, Prototype.UndergroundPipe}


def tiles(entities: Sequence[Entity]) -> set[tuple[float, float]]:
    """Where they stand, exactly: positions count as equal within a tile."""
    return {(entity.position.x, entity.position.y) for entity in entities}


def chest_with_inserter(
    agent: Driver, place: Position, direction: Direction, *, is_source: bool
) -> tuple[Chest, Inserter]:
    """A chest, and a fuelled inserter that takes out of it or puts into it."""
    chest = agent.place_entity(Prototype.IronChest, position=place)
    inserter = agent.place_entity_next_to(
        Prototype.BurnerInserter, chest.position, direction
    )
    if not is_source:
        inserter = agent.rotate_entity(inserter, Direction.opposite(direction))
    return chest, agent.insert_item(Prototype.Coal, inserter, 5)


# --- belts


def test_belts_carry_items_from_inserter_to_inserter(agent: Driver) -> None:
    source, first = chest_with_inserter(
        agent, Position(-5.5, 3.5), Direction.RIGHT, is_source=True
    )
    target, last = chest_with_inserter(
        agent, Position(6.5, 6.5), Direction.UP, is_source=False
    )
    # hands take 3 at a time after all research, and wait over belts until they are full
    agent.insert_item(Prototype.IronPlate, source, 21)
    line = agent.connect_entities(first, last, Prototype.TransportBelt)
    assert isinstance(line, BeltGroup)
    assert isinstance(last.pickup_position, Position)
    where = tiles(line.belts)
    assert (first.drop_position.x, first.drop_position.y) in where
    assert (last.pickup_position.x, last.pickup_position.y) in where
    agent.sleep(60)
    chest = agent.get_entity(Prototype.IronChest, target.position)
    assert chest.inventory[Prototype.IronPlate] == 21


def test_the_shortest_way_is_taken(agent: Driver) -> None:
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(12.5, 8.5), Prototype.TransportBelt
    )
    assert len(line.belts) == 10 + 5 + 1
    assert len(line.inputs) == len(line.outputs) == 1
    assert tiles(line.inputs) == {(2.5, 3.5)}
    assert tiles(line.outputs) == {(12.5, 8.5)}


def test_a_way_around_obstacles_is_found(agent: Driver, build: Build) -> None:
    for y in range(-2, 8):
        build("stone-wall", 6.5, y + 0.5)
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(12.5, 3.5), Prototype.TransportBelt
    )
    assert tiles(line.outputs) == {(12.5, 3.5)}
    assert len(line.belts) > 11


def test_undergrounds_pass_below_obstacles(agent: Driver, build: Build) -> None:
    for y in range(-20, 20):
        build("stone-wall", 6.5, y + 0.5)
    line = agent.connect_entities(Position(2.5, 3.5), Position(12.5, 3.5), BELTS)
    undergrounds = [b for b in line.belts if b.name == "underground-belt"]
    assert len(undergrounds) == 2
    assert tiles(line.inputs) == {(2.5, 3.5)}
    assert tiles(line.outputs) == {(12.5, 3.5)}


def test_a_second_line_may_cross_below_the_first(agent: Driver) -> None:
    first = agent.connect_entities(
        Position(6.5, -5.5), Position(6.5, 9.5), Prototype.TransportBelt
    )
    second = agent.connect_entities(Position(2.5, 2.5), Position(10.5, 2.5), BELTS)
    assert second.id != first.id
    assert len(second.belts) <= 9
    assert tiles(second.outputs) == {(10.5, 2.5)}


def test_a_third_line_does_not_part_an_underground(agent: Driver, build: Build) -> None:
    build("underground-belt", 4.5, 2.5, 2, type="input")
    build("underground-belt", 8.5, 2.5, 2, type="output")
    build("stone-wall", 6.5, 1.5)
    build("stone-wall", 6.5, 3.5)
    agent.connect_entities(Position(5.5, -1.5), Position(5.5, 6.5), BELTS)
    lines = agent.get_entities({Prototype.BeltGroup})
    [old] = [group for group in lines if (4.5, 2.5) in tiles(group.belts)]
    assert tiles(old.outputs) == {(8.5, 2.5)}


def test_a_line_merges_into_a_group(agent: Driver) -> None:
    main = agent.connect_entities(
        Position(2.5, 3.5), Position(12.5, 3.5), Prototype.TransportBelt
    )
    belt = agent.place_entity(
        Prototype.TransportBelt, Direction.DOWN, Position(6.5, -4.5)
    )
    merged = agent.connect_entities(belt, main, Prototype.TransportBelt)
    assert tiles(merged.outputs) == {(12.5, 3.5)}
    assert (6.5, -4.5) in tiles(merged.inputs)
    agent.insert_item(Prototype.IronPlate, belt, 4)
    agent.sleep(10)
    end = agent.get_entity(Prototype.TransportBelt, Position(12.5, 3.5))
    lanes = end.inventory.values()
    assert sum(lane.get("iron-plate", 0) for lane in lanes) == 4


def test_a_line_goes_on_from_the_end_of_its_belts(agent: Driver) -> None:
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(8.5, 3.5), Prototype.TransportBelt
    )
    longer = agent.connect_entities(line, Position(8.5, 8.5), Prototype.TransportBelt)
    assert longer.id == line.id
    # the last belt was turned instead of being run past
    assert len(longer.belts) == 7 + 5
    assert tiles(longer.outputs) == {(8.5, 8.5)}


def test_belts_lead_from_a_drill(agent: Driver, server: EmbeddedServer) -> None:
    ore = agent.nearest(Resource.IronOre)
    agent.move_to(ore)
    drill = agent.place_entity(Prototype.BurnerMiningDrill, Direction.RIGHT, ore)
    drill = agent.insert_item(Prototype.Coal, drill, 5)
    end = drill.drop_position + Position(6, 0)
    line = agent.connect_entities(drill, end, Prototype.TransportBelt)
    assert (drill.drop_position.x, drill.drop_position.y) in tiles(line.inputs)
    server.advance(60 * 20)
    [line] = agent.get_entities({Prototype.BeltGroup})
    assert line.inventory[Prototype.IronOre] >= 3


def test_waypoints_are_passed_in_order(agent: Driver) -> None:
    corners = [Position(2.5, 3.5), Position(2.5, 9.5), Position(9.5, 9.5)]
    line = agent.connect_entities(*corners, connection_type=Prototype.TransportBelt)
    assert len(line.belts) == 6 + 7 + 1
    assert {(corner.x, corner.y) for corner in corners} <= tiles(line.belts)


def test_a_dry_run_counts_over_all_waypoints(agent: Driver) -> None:
    corners = [Position(0.5, 3.5), Position(5.5, 3.5), Position(5.5, 8.5)]
    had = agent.inspect_inventory()[Prototype.TransportBelt]
    amounts = agent.connect_entities(*corners, Prototype.TransportBelt, dry_run=True)
    assert amounts == {
        "number_of_entities_required": 11,
        "number_of_entities_available": had,
    }
    agent.connect_entities(*corners, Prototype.TransportBelt)
    assert agent.inspect_inventory()[Prototype.TransportBelt] == had - 11


def test_items_come_around_a_corner_after_an_underground(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    for y in range(-9, 8):
        build("stone-wall", 6.5, y + 0.5)
    line = agent.connect_entities(Position(0.5, 0.5), Position(12.5, 6.5), BELTS)
    assert len([b for b in line.belts if b.name == "underground-belt"]) >= 2
    agent.move_to(Position(0.5, 2.5))
    agent.insert_item(
        Prototype.IronPlate,
        agent.get_entity(Prototype.TransportBelt, Position(0.5, 0.5)),
        1,
    )
    server.advance(60 * 20)
    [last] = [
        belt
        for group in agent.get_entities({Prototype.BeltGroup})
        for belt in group.belts
        if (belt.position.x, belt.position.y) == (12.5, 6.5)
    ]
    assert sum(lane[Prototype.IronPlate] for lane in last.inventory.values()) == 1


def test_other_lines_are_left_alone(agent: Driver, build: Build) -> None:
    # it would run into a line laid straight past it
    build("transport-belt", 6.5, 2.5, 4)
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(10.5, 3.5), Prototype.TransportBelt
    )
    assert tiles(line.inputs) == {(2.5, 3.5)}
    assert len(agent.get_entities({Prototype.BeltGroup})) == 2


def test_what_is_connected_already_takes_nothing(
    agent: Driver, server: EmbeddedServer
) -> None:
    _, first = chest_with_inserter(
        agent, Position(-5.5, 3.5), Direction.RIGHT, is_source=True
    )
    _, last = chest_with_inserter(
        agent, Position(6.5, 6.5), Direction.UP, is_source=False
    )
    line = agent.connect_entities(first, last, Prototype.TransportBelt)
    had, start = agent.inspect_inventory(), server.tick
    again = agent.connect_entities(first, last, Prototype.TransportBelt)
    assert again.id == line.id
    assert agent.inspect_inventory() == had
    assert server.tick == start


# --- pipes


def test_steam_power_is_piped_and_wired(agent: Driver, build: Build) -> None:
    water = agent.nearest(Resource.Water)
    agent.move_to(water)
    pump = agent.place_entity(Prototype.OffshorePump, position=water)
    x, y = pump.position.x, pump.position.y
    agent.move_to(Position(x, y + 12))
    boiler = agent.place_entity(Prototype.Boiler, position=Position(x + 5, y + 10))
    engine = agent.place_entity(Prototype.SteamEngine, position=Position(x - 5, y + 12))
    boiler = agent.insert_item(Prototype.Coal, boiler, 20)
    machine = agent.place_entity(
        Prototype.AssemblingMachine1, position=Position(x, y + 18)
    )
    water_pipes = agent.connect_entities(pump, boiler, Prototype.Pipe)
    steam_pipes = agent.connect_entities(boiler, engine, PIPES)
    poles = agent.connect_entities(engine, machine, Prototype.SmallElectricPole)
    assert isinstance(water_pipes, PipeGroup)
    assert isinstance(poles, ElectricityGroup)
    assert water_pipes.id != steam_pipes.id
    agent.sleep(30)
    engine = agent.get_entity(Prototype.SteamEngine, engine.position)
    assert engine.status is EntityStatus.WORKING
    assert engine.fluid_box[0]["name"] == "steam"
    machine = agent.get_entity(Prototype.AssemblingMachine1, machine.position)
    assert machine.electrical_id == poles.id


def test_pipes_stay_away_from_others(agent: Driver) -> None:
    other = agent.connect_entities(
        Position(2.5, 4.5), Position(12.5, 4.5), Prototype.Pipe
    )
    line = agent.connect_entities(
        Position(7.5, 2.5), Position(7.5, 9.5), Prototype.Pipe
    )
    assert line.id != other.id
    assert len(line.pipes) > 8
    gaps = [
        abs(mine.position.x - its.position.x) + abs(mine.position.y - its.position.y)
        for mine in line.pipes
        for its in other.pipes
    ]
    assert min(gaps) > 1


def test_pipes_leave_outlets_of_machines_free(agent: Driver, build: Build) -> None:
    build("boiler", 7.5, 6)
    [boiler] = agent.get_entities({Prototype.Boiler})
    outlet = boiler.steam_output_point
    assert outlet is not None
    # straight along the row before the outlet's
    y = outlet.y - 1
    line = agent.connect_entities(
        Position(outlet.x - 4, y), Position(outlet.x + 4, y), Prototype.Pipe
    )
    assert len(line.pipes) > 8
    assert (outlet.x, y) not in tiles(line.pipes)
    assert agent.can_place_entity(Prototype.Pipe, position=outlet)


def test_underground_pipes_pass_below_others(agent: Driver) -> None:
    other = agent.connect_entities(
        Position(2.5, 4.5), Position(12.5, 4.5), Prototype.Pipe
    )
    line = agent.connect_entities(Position(7.5, -1.5), Position(7.5, 9.5), PIPES)
    assert line.id != other.id
    assert len([p for p in line.pipes if p.name == "pipe-to-ground"]) == 2
    assert {(7.5, -1.5), (7.5, 9.5)} <= tiles(line.pipes)


def test_tanks_share_what_is_in_them(
    agent: Driver, server: EmbeddedServer, build: Build
) -> None:
    build("storage-tank", 4.5, 4.5)
    build("storage-tank", 14.5, 4.5)
    first, second = agent.get_entities({Prototype.StorageTank})
    pipes = agent.connect_entities(first, second, Prototype.Pipe)
    assert set(first.fluid_systems) != set(second.fluid_systems)
    first, second = agent.get_entities({Prototype.StorageTank})
    assert first.fluid_systems == second.fluid_systems == [pipes.id]


def test_water_does_not_go_into_an_engine(agent: Driver, build: Build) -> None:
    build("boiler", 4.5, 4)
    build("steam-engine", 12.5, 4.5)
    [boiler] = agent.get_entities({Prototype.Boiler})
    [engine] = agent.get_entities({Prototype.SteamEngine})
    water = agent.connect_entities(
        boiler.connection_points[0], Position(-5.5, 4.5), Prototype.Pipe
    )
    with pytest.raises(ToolError) as refused:
        agent.connect_entities(water, engine, Prototype.Pipe, dry_run=True)
    assert refused.value.code == "wrong-fluid"
    steam = agent.connect_entities(boiler, engine, Prototype.Pipe)
    assert steam.id != water.id
    engine = agent.get_entity(Prototype.SteamEngine, engine.position)
    assert engine.fluid_systems == [steam.id]


# --- poles


@pytest.mark.parametrize(
    ("prototype", "reach"),
    [
        (Prototype.SmallElectricPole, 7.5),
        (Prototype.MediumElectricPole, 9),
        (Prototype.BigElectricPole, 30),
    ],
)
def test_poles_stand_as_far_apart_as_wires_reach(
    agent: Driver, prototype: Prototype, reach: float
) -> None:
    group = agent.connect_entities(
        Position(2.5, 3.5), Position(44.5, 3.5), connection_type=prototype
    )
    assert isinstance(group, ElectricityGroup)
    assert len(group.poles) == -(-42 // int(reach)) + 1


def test_poles_power_a_machine(agent: Driver, build: Build) -> None:
    build("solar-panel", 4.5, 4.5)
    build("assembling-machine-1", 24.5, 4.5)
    [panel] = agent.get_entities({Prototype.SolarPanel})
    [machine] = agent.get_entities({Prototype.AssemblingMachine1})
    group = agent.connect_entities(panel, machine, Prototype.SmallElectricPole)
    [panel] = agent.get_entities({Prototype.SolarPanel})
    [machine] = agent.get_entities({Prototype.AssemblingMachine1})
    assert panel.electrical_id == machine.electrical_id == group.id
    assert len(group.poles) == 3


def test_a_network_that_is_near_is_used(agent: Driver, build: Build) -> None:
    group = agent.connect_entities(
        Position(2.5, 3.5), Position(30.5, 3.5), Prototype.SmallElectricPole
    )
    build("assembling-machine-1", 33.5, 9.5)
    [machine] = agent.get_entities({Prototype.AssemblingMachine1})
    larger = agent.connect_entities(group, machine, Prototype.SmallElectricPole)
    assert larger.id == group.id
    assert len(larger.poles) == len(group.poles) + 1


def test_two_networks_become_one(agent: Driver, build: Build) -> None:
    build("small-electric-pole", 2.5, 3.5)
    build("medium-electric-pole", 30.5, 3.5)
    first, second = agent.get_entities(
        {Prototype.SmallElectricPole, Prototype.MediumElectricPole}
    )
    group = agent.connect_entities(first, second, Prototype.SmallElectricPole)
    # 28 tiles are four hops of 7
    assert len(agent.get_entities({Prototype.SmallElectricPole})) == 1 + 3
    assert {"small-electric-pole", "medium-electric-pole"} == {
        pole.name for pole in group.poles
    }


def test_poles_stand_beside_what_is_built(agent: Driver, build: Build) -> None:
    for x in range(4, 20, 2):
        for y in range(0, 8, 2):
            build("stone-furnace", x, y)
    group = agent.connect_entities(
        Position(1.5, 3.5), Position(22.5, 3.5), Prototype.SmallElectricPole
    )
    assert tiles(group.poles) >= {(1.5, 3.5), (22.5, 3.5)}


# --- walls


def test_walls_stand_in_a_line(agent: Driver) -> None:
    wall = agent.connect_entities(
        Position(2.5, 6.5), Position(12.5, 6.5), Prototype.StoneWall
    )
    assert isinstance(wall, WallGroup)
    assert tiles(wall.entities) == {(x + 0.5, 6.5) for x in range(2, 13)}


# --- time and place


@pytest.mark.parametrize("ends_by", [lambda entity: entity, lambda e: e.position])
def test_where_a_machine_stands_means_the_machine(
    agent: Driver, build: Build, ends_by: Callable[[Entity], Entity | Position]
) -> None:
    build("burner-inserter", 2.5, 4.5, 6)
    build("burner-inserter", 10.5, 4.5, 6)
    first = agent.get_entity(Prototype.BurnerInserter, Position(2.5, 4.5))
    last = agent.get_entity(Prototype.BurnerInserter, Position(10.5, 4.5))
    line = agent.connect_entities(
        ends_by(first), ends_by(last), Prototype.TransportBelt
    )
    assert tiles(line.belts) == {(x + 0.5, 4.5) for x in range(3, 10)}


def test_pieces_are_laid_on_foot_and_in_time(
    server: EmbeddedServer, where: Where, other_agent: Driver
) -> None:
    arguments = {
        "waypoints": [{"x": 2.5, "y": 3.5}, {"x": 42.5, "y": 3.5}],
        "connection_type": ["pipe"],
    }
    start = server.tick
    reply = server.call("connect_entities", 0, arguments)
    while reply.pending:
        x, y = where(0)
        [group] = other_agent.get_entities({Prototype.PipeGroup})
        newest = max(group.pipes, key=lambda pipe: pipe.id or 0)
        assert newest.position.distance(Position(x, y)) <= 17
        server.advance(reply.ticks)
        reply = server.resume(0)
    walked = Position(*where(0)).distance(Position(0, 0))
    passed = server.tick - start
    assert passed >= 41 * HANDLING_TICKS + walked / (38 / 256)
    assert passed <= 1.5 * (41 * HANDLING_TICKS + walked / (38 / 256))


def test_a_saved_world_goes_on_laying(server: EmbeddedServer) -> None:
    arguments = {
        "waypoints": [{"x": 2.5, "y": 3.5}, {"x": 42.5, "y": 13.5}],
        "connection_type": ["transport-belt"],
    }
    reply = server.call("connect_entities", 0, arguments)
    for _ in range(4):
        server.advance(reply.ticks)
        reply = server.resume(0)
    saved, ticks = server.save(), reply.ticks

    def finish() -> tuple[object, str]:
        server.advance(ticks)
        reply = server.resume(0)
        while reply.pending:
            server.advance(reply.ticks)
            reply = server.resume(0)
        return reply.value, server.state_hash()

    first = finish()
    server.restore(saved)
    assert finish() == first


def test_nothing_is_made_or_lost(agent: Driver, count_items: Count) -> None:
    before = count_items()
    agent.connect_entities(Position(2.5, 3.5), Position(22.5, 9.5), BELTS)
    agent.connect_entities(Position(2.5, -3.5), Position(22.5, -9.5), PIPES)
    agent.connect_entities(
        Position(2.5, -13.5), Position(22.5, -14.5), Prototype.MediumElectricPole
    )
    assert count_items() == before


def test_places_beside_pipes_that_are_connected_are_connected(agent: Driver) -> None:
    agent.connect_entities(Position(2.5, 3.5), Position(8.5, 3.5), PIPES)
    group = agent.connect_entities(Position(1.5, 3.5), Position(9.5, 3.5), PIPES)
    assert isinstance(group, PipeGroup)
    assert len(group.pipes) == 7


def test_a_line_that_is_taken_up_again_meanwhile(server: EmbeddedServer) -> None:
    arguments = {
        "waypoints": [{"x": 2.5, "y": 3.5}, {"x": 4.5, "y": 3.5}],
        "connection_type": ["transport-belt"],
        "dry_run": False,
    }
    reply = server.call("connect_entities", 0, arguments)
    server.lua.execute(
        "for _, belt in ipairs(game.surfaces[1].find_entities_filtered({"
        "name = 'transport-belt'})) do belt.destroy() end"
    )
    server.advance(reply.ticks)
    with pytest.raises(ToolError) as refused:
        server.resume(0)
    assert refused.value.code == "no-such-entity"


def test_a_dry_run_changes_nothing(
    agent: Driver, server: EmbeddedServer, inventory: dict[str, int]
) -> None:
    before, start = server.world.state_hash(), server.tick
    counted = agent.connect_entities(
        Position(2.5, 3.5), Position(42.5, 3.5), Prototype.Pipe, dry_run=True
    )
    assert counted == {
        "number_of_entities_required": 41,
        "number_of_entities_available": inventory["pipe"],
    }
    assert server.world.state_hash() == before
    assert server.tick == start


def test_cancel_stops_and_keeps_what_is_placed(
    server: EmbeddedServer, where: Where, agent: Driver, count_items: Count
) -> None:
    before = count_items()
    arguments = {
        "waypoints": [{"x": 2.5, "y": 3.5}, {"x": 82.5, "y": 3.5}],
        "connection_type": ["pipe"],
    }
    reply = server.call("connect_entities", 0, arguments)
    for _ in range(5):
        server.advance(reply.ticks)
        reply = server.resume(0)
    server.cancel(0)
    here = where(0)
    [group] = agent.get_entities({Prototype.PipeGroup})
    server.advance(300)
    assert where(0) == here
    [still] = agent.get_entities({Prototype.PipeGroup})
    assert 0 < len(still.pipes) == len(group.pipes) < 81
    assert count_items() == before


def test_what_comes_in_the_way_stops_it(
    server: EmbeddedServer, agent: Driver, build: Build
) -> None:
    arguments = {
        "waypoints": [{"x": 2.5, "y": 3.5}, {"x": 42.5, "y": 3.5}],
        "connection_type": ["pipe"],
    }
    reply = server.call("connect_entities", 0, arguments)
    build("stone-furnace", 30, 3)
    with pytest.raises(ToolError) as refused:
        while reply.pending:
            server.advance(reply.ticks)
            reply = server.resume(0)
    assert refused.value.code == "blocked"
    assert refused.value.details["planned"] == 41
    [group] = agent.get_entities({Prototype.PipeGroup})
    assert len(group.pipes) == refused.value.details["placed"]


# --- refusals


@pytest.mark.parametrize(
    ("waypoints", "types", "code"),
    [
        ([(2, 3), (20, 3)], {Prototype.FastTransportBelt}, "item-missing"),
        ([(2, 3)], {Prototype.Pipe}, "bad-argument"),
        ([(2, 3), (20, 3)], {Prototype.Pipe, Prototype.StoneWall}, "bad-argument"),
        ([(2, 3), (20, 3)], {Prototype.IronChest}, "bad-argument"),
        (
            [(2, 3), (20, 3)],
            {Prototype.TransportBelt, Prototype.FastTransportBelt},
            "bad-argument",
        ),
        # the middle of the lake
        ([(2, 3), (35, -85)], {Prototype.Pipe}, "no-route"),
        ([(2, 3), (35, -85)], {Prototype.TransportBelt}, "no-route"),
        ([(2, 3), (35, -85)], {Prototype.SmallElectricPole}, "no-route"),
        ([(2, 3), (35, -85)], {Prototype.StoneWall}, "no-route"),
    ],
)
def test_refuses_and_places_nothing(
    agent: Driver,
    server: EmbeddedServer,
    waypoints: list[tuple[float, float]],
    types: set[Prototype],
    code: str,
) -> None:
    before, start = agent.inspect_inventory(), server.tick
    with pytest.raises(ToolError) as refused:
        agent.connect_entities(*waypoints, connection_type=types)
    assert refused.value.code == code
    assert agent.inspect_inventory() == before
    assert server.tick == start


def test_says_how_many_are_missing(agent: Driver, inventory: dict[str, int]) -> None:
    with pytest.raises(ToolError) as refused:
        agent.connect_entities(Position(2, 30), Position(2, -40), Prototype.StoneWall)
    assert refused.value.details == {
        "item": "stone-wall",
        "needed": 71,
        "has": inventory["stone-wall"],
    }


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("iron-chest", Prototype.TransportBelt),
        ("stone-furnace", Prototype.TransportBelt),
        ("iron-chest", Prototype.Pipe),
        ("stone-furnace", Prototype.SmallElectricPole),
        ("iron-chest", Prototype.StoneWall),
    ],
)
def test_refuses_ends_that_do_not_fit(
    agent: Driver, build: Build, name: str, types: Prototype
) -> None:
    build(name, 4.5, 4.5)
    [entity] = agent.get_entities(position=Position(4.5, 4.5), radius=2)
    with pytest.raises(ToolError) as refused:
        agent.connect_entities(entity, Position(12.5, 4.5), types)
    assert refused.value.code == "not-connectable"


def test_refuses_a_group_that_is_gone(agent: Driver) -> None:
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(5.5, 3.5), Prototype.Pipe
    )
    agent.pickup_entity(line)
    with pytest.raises(ToolError) as refused:
        agent.connect_entities(line, Position(12.5, 4.5), Prototype.Pipe)
    assert refused.value.code == "no-such-entity"


def test_a_shut_in_end_has_no_route(agent: Driver, build: Build) -> None:
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        build("stone-wall", 8.5 + x, 4.5 + y)
    with pytest.raises(ToolError, match="stone-wall") as refused:
        agent.connect_entities(
            Position(2.5, 4.5), Position(8.5, 4.5), Prototype.TransportBelt
        )
    assert refused.value.code == "no-route"


def test_undergrounds_alone_run_straight(agent: Driver) -> None:
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(9.5, 3.5), Prototype.UndergroundBelt
    )
    assert {belt.name for belt in line.belts} == {"underground-belt"}
    with pytest.raises(ToolError, match="run straight") as refused:
        agent.connect_entities(
            Position(2.5, -3.5), Position(9.5, -8.5), Prototype.UndergroundBelt
        )
    assert refused.value.code == "no-route"


def test_walls_that_are_joined_take_nothing(agent: Driver) -> None:
    ends = Position(2.5, 6.5), Position(12.5, 6.5)
    agent.connect_entities(*ends, Prototype.StoneWall)
    assert agent.get_connection_amount(*ends, Prototype.StoneWall) == 0


def test_ends_by_name(agent: Driver) -> None:
    line = agent.connect_entities(
        source=Position(2.5, 3.5),
        target=Position(5.5, 3.5),
        connection_type=Prototype.Pipe,
    )
    assert len(line.pipes) == 4


def test_a_second_plant_is_joined_to_what_carries_its_gas(
    agent: Driver, build: Build, server: EmbeddedServer
) -> None:
    """Openings that a recipe leaves unused are free, and would bring nothing."""
    build("oil-refinery", 4.5, 10.5)
    refinery = agent.get_entity(Prototype.OilRefinery, Position(4.5, 10.5))
    agent.move_to(Position(4.5, 5))
    refinery = agent.set_entity_recipe(refinery, RecipeName.BasicOilProcessing)
    for x in (-6.5, 16.5):
        build("chemical-plant", x, -3.5)
        plant = agent.get_entity(Prototype.ChemicalPlant, Position(x, -3.5))
        agent.move_to(Position(x, 0))
        plant = agent.set_entity_recipe(plant, Prototype.PlasticBar)
        agent.connect_entities(refinery, plant, connection_type=Prototype.Pipe)
    count = server.lua.execute(
        "local systems = {} "
        "local surface = game.surfaces[1] "
        "for _, name in pairs{'oil-refinery', 'chemical-plant'} do "
        "for _, each in pairs(surface.find_entities_filtered{name = name}) do "
        "local box = name == 'oil-refinery' and 5 or 1 "
        "systems[each.fluidbox.get_fluid_system_id(box) or 0] = true end end "
        "return table_size(systems)"
    )
    assert count == 1


def test_a_line_pushes_nobody_along(
    agent: Driver, server: EmbeddedServer, where: Where
) -> None:
    server.lua.execute("global.agents[2].character.teleport({4.6, 3.5})")
    agent.connect_entities(Position(2.5, 3.5), Position(9.5, 3.5), Prototype.Pipe)
    x, y = where(1)
    assert abs(x - 4.6) <= 1
    assert 0.5 < abs(y - 3.5) <= 1.5
