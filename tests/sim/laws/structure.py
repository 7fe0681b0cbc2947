"""What follows from where things stand, told by the order of the entities' rows.

So worlds in which the same stands can be compared, whatever was built in between.
"""

from typing import Any

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity, entities
from fle_marl.sim.actions.transport_line import lines_of_belt
from fle_marl.sim.components import BELT_KIND_UNDERGROUND_INPUT, KINDS
from fle_marl.sim.parts import fluidboxes_of, ports_of
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.electric_network import network_of
from fle_marl.sim.systems.electric_pole import (
    connect_poles,
    disconnect_all,
    pole_neighbours,
)
from fle_marl.sim.systems.underground_belt import (
    belt_to_ground_type,
    set_belt_to_ground_type,
)
from fle_marl.sim.world import World

BELT = KINDS.index("belt")
INSERTER = KINDS.index("inserter")
DRILL = KINDS.index("mining_drill")
POLE = KINDS.index("pole")
FIRST_LINE_BELOW = 2


def rebuilt(world: World) -> World:
    """A new world in which the same entities stand, built from the first row on."""
    twin = World()
    twin.chunk_index[:] = -1
    for chunk_y, chunk_x in zip(*(world.chunk_index >= 0).nonzero(), strict=True):
        half = len(world.chunk_index) // 2
        tiles = world.tables["tile"][world.chunk_index[chunk_y, chunk_x]]
        twin.add_chunk(int(chunk_x) - half, int(chunk_y) - half, tiles)
    copies = {}
    for row in entities(world):
        record = world.entity[row]
        prototype = load().entities.by_id(int(record["prototype"]))
        copies[row] = create_entity(
            twin,
            prototype.name,
            int(record["x"]),
            int(record["y"]),
            direction=int(record["direction"]),
            force=int(record["force"]),
        )
        if prototype.type == "underground-belt":
            set_belt_to_ground_type(twin, copies[row], belt_to_ground_type(world, row))
        if prototype.type == "assembling-machine":
            component = int(world.entity["component"][row])
            recipe = int(world.tables["crafting_machine"]["recipe"][component])
            set_recipe(twin, copies[row], recipe)
    _wire_alike(world, twin, copies)
    return twin


def _wire_alike(world: World, twin: World, copies: dict[int, int]) -> None:
    """Wires depend on what stood when a pole came."""
    poles = [row for row in copies if world.entity["kind"][row] == POLE]
    for row in poles:
        disconnect_all(twin, copies[row])
    for row in poles:
        for other in pole_neighbours(world, row):
            connect_poles(twin, copies[row], copies[other])


def structure(world: World) -> dict[str, Any]:
    """Everything that builds decide; entities are named by their place in the order."""
    refreshed(world)
    rows = entities(world)
    places = {row: place for place, row in enumerate(rows)} | {0: None}
    return {
        "belts": [_belt(world, row, places) for row in _of_kind(world, BELT)],
        "targets": [
            _targets(world, row, places)
            for kind in (INSERTER, DRILL)
            for row in _of_kind(world, kind)
        ],
        "workers": [_workers(world, row, places) for row in rows],
        "ports": [_ports(world, row, places) for row in rows],
        "fluid systems": _groups(_systems(world, places)),
        "electric networks": _groups(
            [(places[row], network_of(world, row)) for row in rows]
        ),
    }


def _of_kind(world: World, kind: int) -> list[int]:
    return [row for row in entities(world) if world.entity["kind"][row] == kind]


def _groups(members: list[tuple[Any, int]]) -> list[list[Any]]:
    groups: dict[int, list[Any]] = {}
    for member, group in members:
        if group:
            groups.setdefault(group, []).append(member)
    return sorted(groups.values())


# --- belts


def _belt(world: World, row: int, places: dict[int, Any]) -> Any:
    record = world.tables["belt"][int(world.entity["component"][row])]
    lines = lines_of_belt(world, row)
    other = int(record["other_end"])
    is_below_used = other and record["kind"] == BELT_KIND_UNDERGROUND_INPUT
    table = world.tables["transport_line"]
    return {
        "entity": places[row],
        "shape": int(record["shape"]),
        "other end": places[int(world.tables["belt"]["entity"][other])],
        "lengths": [
            int(table["length"][line])
            for place, line in enumerate(lines)
            if place < FIRST_LINE_BELOW or len(lines) > 4 or is_below_used
        ],
        "ways": [
            _way(world, line, places)
            for place, line in enumerate(lines)
            if place < FIRST_LINE_BELOW or len(lines) > 4
        ],
    }


def _way(world: World, line: int, places: dict[int, Any]) -> Any:
    """Where a line leads; nothing lies between ends that are side by side."""
    table = world.tables["transport_line"]
    following = int(table["next_line"][line])
    while following and not table["length"][following]:
        following = int(table["next_line"][following])
    owner = int(table["entity"][following])
    lines = lines_of_belt(world, owner) if following else [0]
    is_claimed = int(table["previous_line"][following]) == line
    position = int(table["next_position"][line])
    return places[owner], lines.index(following), position, is_claimed or not following


# --- who works on what


def _targets(world: World, row: int, places: dict[int, Any]) -> Any:
    component = int(world.entity["component"][row])
    if world.entity["kind"][row] == DRILL:
        target = int(world.tables["mining_drill"]["drop_target"][component])
        return places[row], places[target]
    record = world.tables["inserter"][component]
    return tuple(
        places[each]
        for each in (row, int(record["pickup_target"]), int(record["drop_target"]))
    )


def _workers(world: World, row: int, places: dict[int, Any]) -> Any:
    """The lists of an entity; in the order of components, so they are told as sets."""
    lists = []
    for head, table, link in (
        ("first_taker", "inserter", "next_taker"),
        ("first_giver", "inserter", "next_giver"),
        ("first_drill", "mining_drill", "next_drill"),
    ):
        members = []
        member = int(world.entity[head][row])
        while member:
            members.append(member)
            member = int(world.tables[table][link][member])
        assert members == sorted(set(members))
        owners = world.tables[table]["entity"][members]
        lists.append({places[int(owner)] for owner in owners})
    return lists


# --- fluids


def _ports(world: World, row: int, places: dict[int, Any]) -> Any:
    ports, boxes = world.tables["fluid_port"], world.tables["fluidbox"]
    told = []
    for box in fluidboxes_of(world, row):
        for port in ports_of(world, box):
            other = int(ports["partner"][port])
            assert not other or int(ports["partner"][other]) == port
            other_box = int(ports["box"][other])
            told.append(
                (
                    places[int(ports["entity"][other])],
                    int(boxes["index"][other_box]),
                    int(ports["index"][other]),
                )
            )
    return told


def _systems(world: World, places: dict[int, Any]) -> list[tuple[Any, int]]:
    boxes = world.tables["fluidbox"]
    return [
        ((places[row], int(boxes["index"][box])), int(boxes["system"][box]))
        for row in entities(world)
        for box in fluidboxes_of(world, row)
    ]
