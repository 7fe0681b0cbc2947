"""Random programs that mostly make sense, by a grammar with weights."""

import random
from collections.abc import Callable, Sequence

__all__ = ["Grammar"]

BUILDINGS = [
    "AssemblingMachine1",
    "Boiler",
    "BurnerInserter",
    "BurnerMiningDrill",
    "ElectricMiningDrill",
    "Inserter",
    "IronChest",
    "Lab",
    "MediumElectricPole",
    "OffshorePump",
    "Pipe",
    "SmallElectricPole",
    "SolarPanel",
    "Splitter",
    "SteamEngine",
    "StoneFurnace",
    "StoneWall",
    "StorageTank",
    "TransportBelt",
    "UndergroundBelt",
    "UndergroundPipe",
    "WoodenChest",
]
ITEMS = [
    "Coal",
    "CopperCable",
    "CopperOre",
    "CopperPlate",
    "IronGearWheel",
    "IronOre",
    "IronPlate",
    "Stone",
    "Wood",
    "AutomationSciencePack",
    "TransportBelt",
    "StoneFurnace",
]
CRAFTED = [
    "AutomationSciencePack",
    "BurnerInserter",
    "CopperCable",
    "ElectronicCircuit",
    "IronChest",
    "IronGearWheel",
    "Pipe",
    "StoneFurnace",
    "TransportBelt",
    "WoodenChest",
]
RECIPES = ("CopperCable", "IronGearWheel", "Pipe", "IronChest", "ElectronicCircuit")
RESOURCES = ("Coal", "CopperOre", "IronOre", "Stone", "Wood", "Water")
LINES = (
    "Prototype.TransportBelt",
    "{Prototype.Pipe, Prototype.UndergroundPipe}",
    "Prototype.Pipe",
    "Prototype.SmallElectricPole",
    "Prototype.StoneWall",
    "{Prototype.TransportBelt, Prototype.UndergroundBelt}",
)
DIRECTIONS = ("UP", "DOWN", "LEFT", "RIGHT")

PRELUDE = """\
def pick(number, *kinds):
    found = get_entities(set(kinds)) if kinds else get_entities()
    members = []
    for each in found:
        members += each.members() if isinstance(each, EntityGroup) else [each]
    if not members:
        raise ToolError("nothing is built yet", code="no-such-entity")
    return members[number % len(members)]

def reach(number, *kinds):
    chosen = pick(number, *kinds)
    move_to(chosen.position)
    return chosen

def near(x, y):
    me = next(each for each in get_agents() if each.is_you)
    return me.position + Position(x=x, y=y)
"""
ON_PURPOSE = "on purpose"
FAULTS = (
    f'raise ValueError("{ON_PURPOSE}")',
    f'assert False, "{ON_PURPOSE}"',
    "1 / 0",
    "no_such_name",
    "[][0]",
    "{}['missing']",
    "place_entity(Prototype.Coal, position=Position(x=0, y=0))",
    "move_to('nowhere')",
    "craft_item(Prototype.IronPlate, -1)",
    "insert_item(Prototype.Coal, Position(x=900, y=900), 10**9)",
    "give_item(Prototype.Coal, 'nobody', 1)",
    "sleep(-1)",
    "get_entity(Prototype.Lab, Position(x=1e9, y=1e9))",
    "open('/etc/passwd')",
    "import os",
    "exit()",
    "for",
)
ENDLESS = (
    ["while True:", "    pass"],
    ["while True:", "    inspect_inventory()"],
    ["while True:", "    sleep(1)"],
    ["while True:", "    try:", "        sleep(0)", "    except Exception:",
     "        pass"],
)  # fmt: skip

PROJECTS = (
    (
        "oven = place_entity(Prototype.StoneFurnace, Direction.UP, {position})",
        "insert_item(Prototype.Coal, oven, 3)",
        "insert_item(Prototype.{ore}, oven, {number})",
        "sleep({number})",
        "extract_item(Prototype.{plate}, oven, {number})",
    ),
    (
        "ore = nearest(Resource.{ore})",
        "move_to(ore)",
        "drill = place_entity(Prototype.BurnerMiningDrill, {direction}, ore)",
        "insert_item(Prototype.Coal, drill, 5)",
        "place_entity(Prototype.{receiver}, Direction.UP, drill.drop_position)",
    ),
    (
        "maker = place_entity(Prototype.AssemblingMachine1, Direction.UP, {position})",
        "panel = place_entity_next_to(Prototype.SolarPanel, maker.position, "
        "{direction}, 1)",
        "connect_entities(panel, maker, connection_type=Prototype.SmallElectricPole)",
        "set_entity_recipe(maker, Prototype.{recipe})",
        "insert_item(Prototype.IronPlate, maker, 20)",
        "insert_item(Prototype.CopperPlate, maker, 20)",
    ),
    (
        "move_to(nearest(Resource.Water))",
        "pump = place_entity(Prototype.OffshorePump, Direction.UP, "
        "nearest(Resource.Water))",
        "boiler = place_entity(Prototype.Boiler, {direction}, near(4, 4))",
        "insert_item(Prototype.Coal, boiler, 10)",
        "connect_entities(pump, boiler, connection_type=Prototype.Pipe)",
        "engine = place_entity(Prototype.SteamEngine, {direction}, near(8, 8))",
        "connect_entities(boiler, engine, connection_type=Prototype.Pipe)",
    ),
    (
        "source = place_entity(Prototype.WoodenChest, Direction.UP, {position})",
        "arm = place_entity_next_to(Prototype.BurnerInserter, source.position, "
        "{direction}, 0)",
        "insert_item(Prototype.Coal, source, {number})",
        "insert_item(Prototype.Coal, arm, 2)",
        "place_entity(Prototype.{receiver}, {direction}, arm.drop_position)",
    ),
)
"""What takes several acts that go together: smelting, mining, making, power, moving."""

Lines = list[str]


class Grammar:
    """Writes programs.

    Args:
        seed: of all that is left to chance.
        agents: their ids.
        endless: how many programs of a thousand never end by themselves.
    """

    def __init__(self, seed: int, agents: Sequence[str], endless: int = 3) -> None:
        self._random = random.Random(seed)
        self._agents = agents
        self._endless = endless
        self._functions = 0

    def program(self) -> str:
        """The text of a program."""
        lines = [PRELUDE]
        for _ in range(self._random.randint(2, 12)):
            lines += self._statement(depth=0)
        if self._random.randrange(1000) < self._endless:
            lines += self._random.choice(ENDLESS)
        elif self._random.random() < 0.05:
            lines.append(self._random.choice(FAULTS))
        return "\n".join(lines) + "\n"

    # --- statements

    def _statement(self, depth: int) -> Lines:
        kinds: list[tuple[int, Callable[[int], Lines]]] = [
            (6, self._act),
            (30, self._guarded),
            (6, self._project),
            (3, self._variable),
        ]
        if depth < 2:
            kinds += [(4, self._loop), (3, self._condition), (3, self._function)]
        weights = [weight for weight, _ in kinds]
        (kind,) = self._random.choices([kind for _, kind in kinds], weights)
        return kind(depth)

    def _block(self, depth: int) -> Lines:
        return [
            f"    {line}"
            for _ in range(self._random.randint(1, 3))
            for line in self._statement(depth + 1)
        ]

    def _guarded(self, depth: int) -> Lines:
        caught = self._random.choice(("ToolError", "ToolError", "Exception"))
        body = [
            f"    {line}"
            for _ in range(self._random.choice((1, 1, 2)))
            for line in self._act(depth)
        ]
        told = "    print(type(error).__name__, error)"
        return ["try:", *body, f"except {caught} as error:", told]

    def _project(self, _depth: int) -> Lines:
        ore = self._random.choice(("IronOre", "CopperOre"))
        words = {
            "ore": ore,
            "plate": ore.replace("Ore", "Plate"),
            "recipe": self._random.choice(RECIPES),
            "receiver": self._random.choice(
                ("WoodenChest", "TransportBelt", "StoneFurnace", "BurnerMiningDrill")
            ),
            "number": self._random.randint(1, 15),
            "position": self._position(),
            "direction": self._direction(),
        }
        body = [f"    {line.format(**words)}" for line in self._random.choice(PROJECTS)]
        return ["try:", *body, "except ToolError as error:", "    print(error)"]

    def _loop(self, depth: int) -> Lines:
        times = self._random.randint(1, 5)
        return [f"for turn in range({times}):", *self._block(depth)]

    def _condition(self, depth: int) -> Lines:
        item = self._of(ITEMS)
        return [
            f"if inspect_inventory().get({item}) > {self._random.randint(0, 60)}:",
            *self._block(depth),
            "else:",
            *self._block(depth),
        ]

    def _function(self, depth: int) -> Lines:
        if self._functions and self._random.random() < 0.4:
            name = f"job_{self._random.randint(1, self._functions)}"
            return [f'if "{name}" in globals():', f"    {name}()"]
        self._functions += 1
        name = f"job_{self._functions}"
        # functions of earlier programs call each other: not for ever
        return [f"def {name}():", *self._block(max(depth, 1)), f"{name}()"]

    def _variable(self, _depth: int) -> Lines:
        return [
            self._random.choice(
                (
                    "seen = get_entities()",
                    "count = globals().get('count', 0) + 1",
                    "held = inspect_inventory()",
                    "here = get_agents()[0].position",
                )
            )
        ]

    def _act(self, _depth: int) -> Lines:
        acts: list[tuple[int, Callable[[], str]]] = [
            (14, self._place), (5, self._place_next_to), (10, self._insert),
            (7, self._extract), (8, self._craft), (6, self._harvest), (6, self._move),
            (6, self._pick_up), (5, self._connect), (3, self._rotate),
            (3, self._shift), (4, self._set_recipe), (4, self._give),
            (3, self._message), (5, self._sleep), (4, self._ask), (2, self._dig),
            (1, self._research),
        ]  # fmt: skip
        weights = [weight for weight, _ in acts]
        (act,) = self._random.choices([act for _, act in acts], weights)
        return [act()]

    # --- acts

    def _place(self) -> str:
        exact = self._random.choice(("", "", ", exact=False"))
        return (
            f"place_entity({self._of(BUILDINGS)}, {self._direction()}, "
            f"{self._position()}{exact})"
        )

    def _place_next_to(self) -> str:
        return (
            f"place_entity_next_to({self._of(BUILDINGS)}, {self._entity()}.position, "
            f"{self._direction()}, {self._random.randrange(3)})"
        )

    def _insert(self) -> str:
        return f"insert_item({self._of(ITEMS)}, {self._entity()}, {self._count()})"

    def _extract(self) -> str:
        return f"extract_item({self._of(ITEMS)}, {self._entity()}, {self._count()})"

    def _craft(self) -> str:
        return f"craft_item({self._of(CRAFTED)}, {self._random.randint(1, 6)})"

    def _harvest(self) -> str:
        where = self._random.choice((self._position(), self._resource_position()))
        return f"harvest_resource({where}, {self._random.randint(1, 12)})"

    def _move(self) -> str:
        where = (self._position(), self._resource_position(), self._near_entity())
        return f"move_to({self._random.choice(where)})"

    def _pick_up(self) -> str:
        if self._random.random() < 0.2:
            return f"pickup_entity({self._of(BUILDINGS)}, {self._position()})"
        return f"pickup_entity({self._entity()})"

    def _connect(self) -> str:
        ends = [
            self._random.choice((self._position(), self._entity())) for _ in range(2)
        ]
        dry = self._random.choice(("", "", "", ", dry_run=True"))
        kind = self._random.choice(LINES)
        return f"connect_entities({ends[0]}, {ends[1]}, connection_type={kind}{dry})"

    def _rotate(self) -> str:
        return f"rotate_entity({self._entity()}, {self._direction()})"

    def _shift(self) -> str:
        tiles = self._random.randint(1, 3)
        return f"shift_entity({self._entity()}, {self._direction()}, {tiles})"

    def _set_recipe(self) -> str:
        machine = f"reach({self._number()}, Prototype.AssemblingMachine1)"
        return f"set_entity_recipe({machine}, {self._of(RECIPES)})"

    def _give(self) -> str:
        receiver = self._random.choice(self._agents)
        return f"give_item({self._of(ITEMS)}, {receiver!r}, {self._count()})"

    def _message(self) -> str:
        return self._random.choice(
            (
                "send_message('so far so good')",
                f"send_message('you', recipient={self._random.choice(self._agents)!r})",
                "print(len(read_messages()))",
            )
        )

    def _sleep(self) -> str:
        return f"sleep({self._random.choice((0, 0.5, 1, 3, 10))})"

    def _ask(self) -> str:
        return self._random.choice(
            (
                f"print({self._entity()})",
                f"print(look({self._random.randint(1, 40)}))",
                "production()",
                "score()",
                "get_entities()",
                "get_agents()",
                f"print(inspect_inventory({self._entity()}))",
                f"nearest({self._of(BUILDINGS)})",
                f"nearest(Resource.{self._random.choice(RESOURCES)})",
                f"get_prototype_recipe({self._of(CRAFTED)})",
                f"can_place_entity({self._of(BUILDINGS)}, {self._direction()}, "
                f"{self._position()})",
                f"nearest_buildable({self._of(BUILDINGS)}, "
                f"BuildingBox(width={self._random.randint(1, 9)}, height=3), "
                f"{self._position()})",
                f"get_connection_amount({self._position()}, {self._entity()})",
            )
        )

    def _dig(self) -> str:
        drill = self._random.choice(("BurnerMiningDrill", "ElectricMiningDrill"))
        return (
            f"place_entity(Prototype.{drill}, {self._direction()}, "
            f"{self._resource_position()}, exact=False)"
        )

    def _research(self) -> str:
        return "set_research(Technology.Automation)"

    # --- expressions

    def _number(self) -> int:
        return self._random.randrange(1000)

    def _count(self) -> int:
        return self._random.choice((1, 2, 5, 20, 200))

    def _of(self, names: Sequence[str]) -> str:
        return f"Prototype.{self._random.choice(names)}"

    def _direction(self) -> str:
        return f"Direction.{self._random.choice(DIRECTIONS)}"

    def _position(self) -> str:
        x, y = (self._random.randint(-24, 24) / 2 for _ in range(2))
        if self._random.random() < 0.7:
            return f"near({x / 2}, {y / 2})"
        return f"Position(x={x}, y={y})"

    def _resource_position(self) -> str:
        return f"nearest(Resource.{self._random.choice(RESOURCES)})"

    def _entity(self) -> str:
        way = self._random.choice(("reach", "reach", "pick"))
        return f"{way}({self._number()})"

    def _near_entity(self) -> str:
        return f"{self._entity()}.position.right({self._random.randint(1, 4)})"
