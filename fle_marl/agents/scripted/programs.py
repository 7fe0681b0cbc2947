"""The programs of the scripted team, as its agents send them.

Places are whole or half tiles: a belt lies in the middle of a tile, a machine of two
tiles is centred on a corner. Messages tell of a place by a name and coordinates.
"""

from typing import Final

__all__ = [
    "BUILD_DRILL_LINE",
    "BUILD_GEAR_WORKS",
    "BUILD_POWER_PLANT",
    "BUILD_SMELTER",
    "BUILD_STORE",
    "CONNECT_ORE_TO_SMELTER",
    "CONNECT_ORE_TO_STORE",
    "CONNECT_POWER",
    "FEED_DRILLS",
]

BUILD_DRILL_LINE: Final = """\
# a row of drills above a belt that carries the ore east, out of the patch
drill_count = 4
ore = nearest(Resource.IronOre)
move_to(ore)
site = nearest_buildable(
    Prototype.BurnerMiningDrill, BuildingBox(width=2 * drill_count, height=3), ore
)
left, top = site.left_top.x, site.left_top.y
move_to(Position(x=left + drill_count, y=top + 4))
drills = []
for number in range(drill_count):
    drill = place_entity(
        Prototype.BurnerMiningDrill,
        direction=Direction.DOWN,
        position=Position(x=left + 1 + 2 * number, y=top + 1),
    )
    drills.append(insert_item(Prototype.Coal, drill, quantity=5))
belt_y = top + 2.5
for number in range(2 * drill_count + 1):
    belt_end = place_entity(
        Prototype.TransportBelt,
        direction=Direction.RIGHT,
        position=Position(x=left + 0.5 + number, y=belt_y),
    )
print(f"{drill_count} drills drop ore on the belt at y={belt_y}")
send_message(f"ore_line {belt_end.position.x} {belt_y}")
"""

FEED_DRILLS: Final = """\
# enough coal for the hours to come
move_to(Position(x=left + drill_count, y=belt_y + 1.5))
for number, drill in enumerate(drills):
    drills[number] = insert_item(Prototype.Coal, drill, quantity=20)
    print(f"drill {number} is {drills[number].status.value}")
"""

BUILD_STORE: Final = """\
# a chest that an inserter fills from a belt, near the ore
ore = nearest(Resource.IronOre)
move_to(Position(x=ore.x + 6, y=ore.y))
site = nearest_buildable(
    Prototype.WoodenChest,
    BuildingBox(width=3, height=5),
    Position(x=ore.x + 8, y=ore.y),
)
left, top = site.left_top.x, site.left_top.y
move_to(Position(x=left + 3.5, y=top + 2.5))
inserter = place_entity(
    Prototype.BurnerInserter,
    direction=Direction.DOWN,
    position=Position(x=left + 1.5, y=top + 1.5),
)
inserter = insert_item(Prototype.Coal, inserter, quantity=5)
chest = place_entity(
    Prototype.WoodenChest, position=Position(x=left + 1.5, y=top + 2.5)
)
print(f"the store stands at {chest.position}")
send_message(f"store {chest.position.x} {chest.position.y}")
"""

CONNECT_ORE_TO_STORE: Final = """\
# a belt from the drills to the store's inserter
ore_line = get_entity(
    Prototype.TransportBelt, Position(x=$ore_line_x, y=$ore_line_y)
)
belts = connect_entities(
    Position(x=$ore_line_x + 1, y=$ore_line_y), inserter, Prototype.TransportBelt
)
print(f"the ore comes to the store over {belts}")
send_message(f"store_connected {inserter.position.x} {inserter.position.y}")
"""

_FEED_BELT: Final = """\
ore = nearest(Resource.IronOre)
move_to(Position(x=ore.x + 8, y=ore.y))
site = nearest_buildable(
    Prototype.StoneFurnace,
    BuildingBox(width=8, height=site_height),
    Position(x=ore.x + 12, y=ore.y),
)
left, top = site.left_top.x + 1, site.left_top.y + 2
move_to(Position(x=left + 6, y=top + 4))
for number in range(5):
    place_entity(
        Prototype.TransportBelt,
        direction=Direction.RIGHT,
        position=Position(x=left + 0.5 + number, y=top + 0.5),
    )


def place_inserter(x, y):
    return place_entity(
        Prototype.BurnerInserter, direction=Direction.DOWN, position=Position(x=x, y=y)
    )


machines = []
for number in range(2):
    column = left + 3 * number
    machines.append(place_inserter(column + 0.5, top + 1.5))
    machines.append(
        place_entity(
            Prototype.StoneFurnace, position=Position(x=column + 1, y=top + 3)
        )
    )
"""

_FUEL_AND_TELL: Final = """\
for machine in machines:
    needed = 25 if machine.name == "stone-furnace" else 5
    insert_item(Prototype.Coal, machine, quantity=needed)
feed = Position(x=left + 0.5, y=top + 0.5)
print(f"two furnaces wait for ore on the belt at {feed}")
send_message(f"smelter {feed.x} {feed.y}")
"""

BUILD_SMELTER: Final = f"""\
# two furnaces below a feed belt: belt, inserter, furnace, inserter, chest
site_height = 9
{_FEED_BELT}
for number in range(2):
    column = left + 3 * number + 0.5
    machines.append(place_inserter(column, top + 4.5))
    place_entity(Prototype.WoodenChest, position=Position(x=column, y=top + 5.5))
{_FUEL_AND_TELL}"""

CONNECT_ORE_TO_SMELTER: Final = """\
# a belt from the drills to the feed belt
belts = connect_entities(
    Position(x=$ore_line_x + 1, y=$ore_line_y),
    get_entity(Prototype.TransportBelt, feed),
    Prototype.TransportBelt,
)
print(f"the ore comes to the furnaces over {belts}")
send_message(f"smelter_connected {feed.x} {feed.y}")
"""

BUILD_POWER_PLANT: Final = """\
# an offshore pump, a boiler and a steam engine at the lake
water = nearest(Resource.Water)
move_to(water)
pump = place_entity(Prototype.OffshorePump, position=water)
print(f"the pump stands at {pump.position}")
away = nearest_buildable(
    Prototype.Boiler,
    BuildingBox(width=7, height=6),
    Position(x=pump.position.x, y=pump.position.y + 9),
)
move_to(away.center)
boiler = place_entity(
    Prototype.Boiler, direction=Direction.UP, position=away.center
)
boiler = insert_item(Prototype.Coal, boiler, quantity=50)
water_pipes = connect_entities(pump, boiler, Prototype.Pipe)
room = nearest_buildable(
    Prototype.SteamEngine,
    BuildingBox(width=7, height=9),
    Position(x=boiler.position.x + 10, y=boiler.position.y),
)
move_to(room.center)
engine = place_entity(
    Prototype.SteamEngine, direction=Direction.UP, position=room.center
)
steam_pipes = connect_entities(boiler, engine, Prototype.Pipe)
print(f"the steam engine stands at {engine.position}")
send_message(f"power {engine.position.x} {engine.position.y}")
"""

BUILD_GEAR_WORKS: Final = f"""\
# two furnaces below a feed belt, and an assembling machine below both
site_height = 13
{_FEED_BELT}
for number in range(2):
    machines.append(place_inserter(left + 1.5 + 2 * number, top + 4.5))
assembler = place_entity(
    Prototype.AssemblingMachine2, position=Position(x=left + 2.5, y=top + 6.5)
)
assembler = set_entity_recipe(assembler, Prototype.IronGearWheel)
machines.append(place_inserter(left + 2.5, top + 8.5))
place_entity(Prototype.WoodenChest, position=Position(x=left + 2.5, y=top + 9.5))
{_FUEL_AND_TELL}"""

CONNECT_POWER: Final = """\
# poles from the steam engine to the assembling machine
poles = connect_entities(engine, assembler, Prototype.MediumElectricPole)
print(f"power comes to the assembling machine over {poles}")
send_message(f"powered {assembler.position.x} {assembler.position.y}")
"""
