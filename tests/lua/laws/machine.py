"""Agents that do anything with anything, in any order, as hypothesis likes."""

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from fle_marl.lua.types import (
    BuildingBox,
    Direction,
    EntityGroup,
    Position,
    Prototype,
    Resource,
    Technology,
    prototype_by_name,
)
from fle_marl.testing.driver import Driver

from .costs import LOOKING
from .crew import Crew, Refused
from .scene import AGENTS, SPECTATOR, start

__all__ = ["Laws"]

BUILDINGS = st.sampled_from(
    (
        Prototype.TransportBelt, Prototype.WoodenChest, Prototype.StoneFurnace,
        Prototype.AssemblingMachine1, Prototype.AssemblingMachine2,
        Prototype.BurnerInserter, Prototype.BurnerMiningDrill, Prototype.Boiler,
        Prototype.ChemicalPlant, Prototype.ElectricMiningDrill,
        Prototype.FastTransportBelt, Prototype.FilterInserter, Prototype.Inserter,
        Prototype.FastInserter, Prototype.Lab, Prototype.OffshorePump, Prototype.Pipe,
        Prototype.SmallElectricPole, Prototype.SolarPanel, Prototype.Splitter,
        Prototype.SteamEngine, Prototype.StoneWall, Prototype.StorageTank,
        Prototype.UndergroundBelt, Prototype.UndergroundPipe, "pump", "concrete",
        "stone-brick", "landfill", Prototype.RocketSilo,
    )
)  # fmt: skip
ITEMS = st.sampled_from(
    (
        Prototype.IronPlate, Prototype.Coal, Prototype.CopperCable,
        Prototype.CopperPlate, Prototype.IronOre, Prototype.IronGearWheel,
        Prototype.Wood, Prototype.Stone, Prototype.AutomationSciencePack, "repair-pack",
        "firearm-magazine", "satellite", "speed-module", Prototype.TransportBelt,
        "copper-ore", "electronic-circuit",
    )
)  # fmt: skip
CRAFTED = st.sampled_from(
    (
        Prototype.IronGearWheel, Prototype.CopperCable, Prototype.Pipe,
        Prototype.TransportBelt, Prototype.ElectronicCircuit, Prototype.WoodenChest,
        Prototype.BurnerInserter, Prototype.AutomationSciencePack, Prototype.IronPlate,
        "electric-engine-unit",
    )
)  # fmt: skip
RECIPES = st.sampled_from(
    (
        Prototype.IronGearWheel, Prototype.Pipe, Prototype.ElectronicCircuit,
        "electric-engine-unit", "plastic-bar", "concrete", "coal", "repair-pack",
        "basic-oil-processing",
    )
)  # fmt: skip
LINES = st.sampled_from(
    (
        {Prototype.TransportBelt},
        {Prototype.Pipe, Prototype.UndergroundPipe},
        {Prototype.SmallElectricPole},
        {Prototype.StoneWall},
        {Prototype.TransportBelt, Prototype.UndergroundBelt},
        {Prototype.Pipe},
    )
)
RESOURCES = st.sampled_from(
    ((-6.5, -1.5), (-6.5, -3.5), (-2.5, 1.5), (-6.5, 4.5), (1.5, -1.5), (-2.5, -4.5))
)
"""Where ore, a tree and a rock are."""
FITTING = {
    "assembling-machine-2": ["speed-module"],
    "lab": ["automation-science-pack", "speed-module"],
    "rocket-silo": ["satellite", "speed-module"],
    "stone-furnace": ["coal", "iron-ore", "stone"],
    "transport-belt": ["iron-ore", "coal"],
    "wooden-chest": ["iron-plate", "wood", "repair-pack"],
}
"""What goes into which building, besides ingredients of its recipe and fuel."""
TECHNOLOGIES = st.sampled_from(
    (Technology.Automation, "military", "military-2", "mining-productivity-4", "none")
)
DIRECTIONS = st.sampled_from(list(Direction))
AGENT = st.integers(0, AGENTS - 1)
WHICH = st.integers(0, 15)
COUNT = st.sampled_from((1, 2, 5, 1, 2, 30, 1000, 0))
OFFSETS = st.tuples(st.integers(-14, 14), st.integers(-14, 14))
"""From an agent, in halves of a tile: some of it out of reach."""


class Laws(RuleBasedStateMachine):
    """All tools, by several agents side by side; `Crew` holds each step to the laws.

    Attributes:
        done: tools that have done what was asked, in all examples.
    """

    done: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        server, saved = start()
        server.restore(saved)
        self._crew = Crew(server, AGENTS)
        self._crew.done = self.done
        self._spectator = Driver(server, SPECTATOR)
        self._kept: list[Any] = []

    def teardown(self) -> None:
        """Look once more whether the world is sound."""
        self._crew.pass_time(60)
        self._crew.check_world()

    def _do(self, agent: int, tool: str, *args: Any, **more: Any) -> None:
        try:
            self._crew.call(agent, tool, *args, **more)
        except Refused:
            return

    def _near(self, agent: int, offset: tuple[int, int]) -> Position:
        x, y = self._crew.place_of(agent)
        return Position(x=round(2 * x + offset[0]) / 2, y=round(2 * y + offset[1]) / 2)

    def _pick(self, agent: int, which: int, *, stale: bool = False) -> Any:
        """What stands as the so-and-so-manieth nearest; or did some time ago."""
        if stale and self._kept:
            return self._kept[which % len(self._kept)]
        things = self._crew.things_near(agent)
        for thing in things[which % len(things) :] + things:
            prototype = prototype_by_name.get(thing.name)
            if prototype is not None:
                at = Position(x=thing.at[0], y=thing.at[1])
                found = self._spectator.get_entity(prototype, at)
                self._kept.append(found)
                return found
        raise AssertionError("nothing stands any more")

    def _groups(self) -> list[EntityGroup]:
        found = self._spectator.get_entities()
        return [each for each in found if isinstance(each, EntityGroup)]

    # --- what does something

    @rule(
        agent=AGENT, what=BUILDINGS, direction=DIRECTIONS, at=OFFSETS,
        exact=st.booleans(),
    )  # fmt: skip
    def place(self, agent, what, direction, at, exact):
        at = self._near(agent, at)
        self._do(agent, "place_entity", what, direction, at, exact=exact)

    @rule(
        agent=AGENT, what=BUILDINGS, which=WHICH, direction=DIRECTIONS,
        spacing=st.integers(-1, 2),
    )  # fmt: skip
    def place_next_to(self, agent, what, which, direction, spacing):
        beside = self._pick(agent, which).position
        self._do(agent, "place_entity_next_to", what, beside, direction, spacing)

    @rule(agent=AGENT, which=WHICH, stale=st.booleans())
    def pick_up(self, agent, which, stale):
        self._do(agent, "pickup_entity", self._pick(agent, which, stale=stale))

    @rule(agent=AGENT, which=WHICH)
    def pick_up_group(self, agent, which):
        if groups := self._groups():
            self._do(agent, "pickup_entity", groups[which % len(groups)])

    @rule(
        agent=AGENT, at=OFFSETS,
        what=st.sampled_from(("stone", "concrete", "landfill", "wooden-chest")),
    )  # fmt: skip
    def pick_up_at(self, agent, at, what):
        self._do(agent, "pickup_entity", what, self._near(agent, at))

    @rule(agent=AGENT, which=WHICH, direction=DIRECTIONS, stale=st.booleans())
    def rotate(self, agent, which, direction, stale):
        target = self._pick(agent, which, stale=stale)
        self._do(agent, "rotate_entity", target, direction)

    @rule(agent=AGENT, what=ITEMS, which=WHICH, count=COUNT)
    def insert(self, agent, what, which, count):
        self._do(agent, "insert_item", what, self._pick(agent, which), count)

    @rule(agent=AGENT, which=WHICH, part=st.integers(0, 2), count=COUNT)
    def insert_what_fits(self, agent, which, part, count):
        target = self._pick(agent, which)
        recipe = getattr(target, "recipe", None)
        ingredients = recipe.ingredients if recipe is not None else []
        names = [each.name for each in ingredients]
        names += FITTING.get(target.name, ["coal"])
        self._do(agent, "insert_item", names[part % len(names)], target, count)

    @rule(agent=AGENT, what=ITEMS, which=WHICH, count=COUNT)
    def extract(self, agent, what, which, count):
        self._do(agent, "extract_item", what, self._pick(agent, which), count)

    @rule(agent=AGENT, which=WHICH, part=st.integers(0, 2), count=COUNT)
    def extract_what_is_there(self, agent, which, part, count):
        target = self._pick(agent, which)
        held = self._spectator.inspect_inventory(target)
        names = sorted(held.keys())
        if names:
            self._do(agent, "extract_item", names[part % len(names)], target, count)

    @rule(agent=AGENT, what=ITEMS, other=st.integers(0, AGENTS), count=COUNT)
    def give(self, agent, what, other, count):
        self._do(agent, "give_item", what, other, count)

    @rule(agent=AGENT, which=WHICH, what=RECIPES, is_machine=st.booleans())
    def set_recipe(self, agent, which, what, is_machine):
        target = self._pick(agent, which)
        machines = [
            each
            for each in self._crew.things_near(agent)
            if each.prototype.type == "assembling-machine"
        ]
        if is_machine and machines:
            machine = machines[which % len(machines)]
            target = self._spectator.get_entity(
                prototype_by_name[machine.name], Position(*machine.at)
            )
        self._do(agent, "set_entity_recipe", target, what)

    @rule(agent=AGENT, start=OFFSETS, end=OFFSETS, line=LINES)
    def connect_places(self, agent, start, end, line):
        ends = self._near(agent, start), self._near(agent, end)
        self._do(agent, "connect_entities", *ends, connection_type=line)

    @rule(
        agent=AGENT, ends=st.lists(st.one_of(OFFSETS, WHICH), min_size=2, max_size=3),
        line=LINES, dry_run=st.booleans(),
    )  # fmt: skip
    def connect(self, agent, ends, line, dry_run):
        places = [
            self._pick(agent, end) if isinstance(end, int) else self._near(agent, end)
            for end in ends
        ]
        self._do(
            agent, "connect_entities", *places, connection_type=line, dry_run=dry_run
        )

    @rule(agent=AGENT, which=WHICH, direction=DIRECTIONS, tiles=st.integers(0, 4))
    def shift(self, agent, which, direction, tiles):
        self._do(agent, "shift_entity", self._pick(agent, which), direction, tiles)

    @rule(agent=AGENT, what=CRAFTED, count=st.sampled_from((1, 2, 7, 0)))
    def craft(self, agent, what, count):
        self._do(agent, "craft_item", what, count)

    @rule(agent=AGENT, at=OFFSETS, count=st.integers(0, 12))
    def harvest(self, agent, at, count):
        self._do(agent, "harvest_resource", self._near(agent, at), count)

    @rule(agent=AGENT, at=RESOURCES, count=st.integers(1, 12))
    def harvest_ore(self, agent, at, count):
        at = Position(x=at[0], y=at[1])
        self._do(agent, "move_to", at)
        self._do(agent, "harvest_resource", at, count)

    @rule(agent=AGENT, at=OFFSETS)
    def walk(self, agent, at):
        self._do(agent, "move_to", self._near(agent, at))

    @rule(agent=AGENT, which=WHICH)
    def walk_to(self, agent, which):
        self._do(agent, "move_to", self._pick(agent, which).position)

    @rule(agent=AGENT, seconds=st.sampled_from((0, 0.02, 0.5, 3, 10, -1)))
    def sleep(self, agent, seconds):
        self._do(agent, "sleep", seconds)

    @rule(agent=AGENT)
    def launch(self, agent):
        self._do(agent, "launch_rocket", Position(x=0.5, y=-14.5))
        self._do(agent, "move_to", Position(x=0.5, y=-8.5))
        self._do(agent, "launch_rocket", Position(x=0.5, y=-14.5))

    @rule(agent=AGENT, technology=TECHNOLOGIES)
    def research(self, agent, technology):
        self._do(agent, "set_research", technology)

    @rule(agent=AGENT, length=st.sampled_from((5, 5000)), to=st.integers(0, AGENTS))
    def message(self, agent, length, to):
        self._do(agent, "send_message", "x" * length, to)

    @rule(agent=AGENT)
    def cut_off(self, agent):
        try:
            self._crew.cut_off(agent)
        except Refused:
            return

    @rule(ticks=st.sampled_from((1, 7, 60, 600)))
    def pass_time(self, ticks):
        self._crew.pass_time(ticks)

    # --- what only looks

    @rule(agent=AGENT, what=BUILDINGS, direction=DIRECTIONS, at=OFFSETS, which=WHICH)
    def look(self, agent, what, direction, at, which):
        chosen, place = self._pick(agent, which), self._near(agent, at)
        ore = tuple(Resource)[which % len(tuple(Resource))]
        number = (5, 60, 0, 20)[which % 4]
        arguments: dict[str, tuple[Any, ...]] = {
            "can_place_entity": (what, direction, place),
            "get_connection_amount": (place, chosen, {Prototype.TransportBelt}),
            "get_entities": ({chosen.prototype}, place, number),
            "get_entity": (chosen.prototype, (place, chosen.position)[which % 2]),
            "get_prototype_recipe": (what,),
            "get_research_progress": ("military",),
            "get_resource_patch": (Resource.IronOre, place, number),
            "inspect_inventory": (chosen,),
            "look": (number,),
            "nearest": ((ore, chosen.prototype)[which % 2],),
            "nearest_buildable": (what, BuildingBox(width=3, height=3), place),
            "print": ("hello",),
            "production": (number,),
            "send_message": ("hello",),
        }
        for tool in sorted(LOOKING):
            self._do(agent, tool, *arguments.get(tool, ()))
