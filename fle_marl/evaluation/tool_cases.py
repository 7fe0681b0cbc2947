"""A call of each tool to measure, on one scene of the lab map."""

from dataclasses import dataclass
from typing import Final

__all__ = ["CASES", "INVENTORY", "SCENE", "ToolCase"]


@dataclass(frozen=True, slots=True)
class ToolCase:
    """A call as a program makes it.

    Attributes:
        call: the expression that is timed.
        prepare: statements before it, once.
        prepare_lua: the same as a script of the game, before `prepare`.
        prepare_ticks: game time that passes between them.
        undo: statements after each call, so that the next one finds the same; `done`
            is what the call gave. With None the world is restored instead.
        published_per_s: how many calls a second FLE states for its tool of that name,
            on the game's headless server, called from Python. Source: the table of
            FLE's README at its tags 0.2.0 to 0.2.2, column "direct, headless".
    """

    call: str
    prepare: str = ""
    prepare_lua: str = ""
    prepare_ticks: int = 0
    undo: str | None = ""
    published_per_s: float | None = None


INVENTORY: Final = {
    "assembling-machine-1": 1,
    "coal": 500,
    "inserter": 1,
    "iron-plate": 600,
    "stone-furnace": 1,
    "transport-belt": 200,
    "wooden-chest": 10,
}
"""What each agent has."""

SCENE: Final = """
chest = place_entity(Prototype.WoodenChest, position=Position(x=3.5, y=5.5))
chest = insert_item(Prototype.Coal, chest, 50)
machine = place_entity(Prototype.AssemblingMachine1, position=Position(x=-3.5, y=5.5))
arm = place_entity(Prototype.Inserter, position=Position(x=-0.5, y=6.5))
ore = nearest(Resource.IronOre)
"""

_READY_SILO: Final = """
local surface = game.surfaces[1]
local function build(name, x, y)
  return surface.create_entity{name = name, position = {x, y}, force = "player"}
end
surface.always_day = true
build("rocket-silo", 7.5, 12.5).rocket_parts = 100
for x = 14, 94, 8 do
  build("substation", x, 12)
  for _, y in ipairs({8.5, 15.5}) do
    build("solar-panel", x + 3.5, y)
    build("solar-panel", x + 6.5, y)
  end
end
"""

CASES: Final = {
    "can_place_entity": ToolCase(
        "can_place_entity(Prototype.StoneFurnace, position=Position(x=6, y=8))"
    ),
    "connect_entities": ToolCase(
        "connect_entities(Position(x=-4.5, y=-3.5), Position(x=5.5, y=-3.5),"
        " connection_type=Prototype.TransportBelt)",
        published_per_s=48.77,
        undo="pickup_entity(done)",
    ),
    "craft_item": ToolCase(
        "craft_item(Prototype.IronGearWheel)", published_per_s=603.73
    ),
    "extract_item": ToolCase(
        "extract_item(Prototype.Coal, chest, 1)",
        published_per_s=549.95,
        undo="insert_item(Prototype.Coal, chest, 1)",
    ),
    "get_agents": ToolCase("get_agents()"),
    "get_connection_amount": ToolCase(
        "get_connection_amount(Position(x=-4.5, y=-3.5), Position(x=5.5, y=-3.5),"
        " connection_type=Prototype.TransportBelt)"
    ),
    "get_entities": ToolCase("get_entities()"),
    "get_entity": ToolCase("get_entity(Prototype.WoodenChest, chest.position)"),
    "get_prototype_recipe": ToolCase("get_prototype_recipe(Prototype.IronGearWheel)"),
    "get_research_progress": ToolCase("get_research_progress(Technology.Automation)"),
    "get_resource_patch": ToolCase(
        "get_resource_patch(Resource.IronOre, ore)", published_per_s=145.61
    ),
    "give_item": ToolCase("give_item(Prototype.Coal, 1, 1)"),
    "harvest_resource": ToolCase(
        "harvest_resource(ore, 1)", "move_to(ore)", published_per_s=545.45
    ),
    "insert_item": ToolCase(
        "insert_item(Prototype.Coal, chest, 1)",
        published_per_s=419.24,
        undo="extract_item(Prototype.Coal, chest, 1)",
    ),
    "inspect_inventory": ToolCase("inspect_inventory()", published_per_s=473.36),
    "launch_rocket": ToolCase(
        "launch_rocket(silo)",
        prepare="silo = get_entities(Prototype.RocketSilo)[0]",
        prepare_lua=_READY_SILO,
        prepare_ticks=20_000,
        undo=None,
    ),
    "look": ToolCase("look()"),
    "move_to": ToolCase(
        "move_to(Position(x=5, y=0))",
        published_per_s=266.76,
        undo="move_to(Position(x=0, y=0))",
    ),
    "nearest": ToolCase("nearest(Resource.IronOre)"),
    "nearest_buildable": ToolCase(
        "nearest_buildable(Prototype.StoneFurnace, BuildingBox(width=4, height=4),"
        " Position(x=0, y=0))"
    ),
    "pickup_entity": ToolCase(
        "pickup_entity(arm)",
        undo="arm = place_entity(Prototype.Inserter, position=arm.position)",
    ),
    "place_entity": ToolCase(
        "place_entity(Prototype.WoodenChest, position=Position(x=5.5, y=5.5))",
        published_per_s=372.21,
        undo="pickup_entity(done)",
    ),
    "place_entity_next_to": ToolCase(
        "place_entity_next_to(Prototype.WoodenChest, chest.position, Direction.RIGHT)",
        published_per_s=80.94,
        undo="pickup_entity(done)",
    ),
    "print": ToolCase("print('done')"),
    "production": ToolCase("production()"),
    "read_messages": ToolCase("read_messages()"),
    "rotate_entity": ToolCase(
        "rotate_entity(arm, Direction.RIGHT)",
        published_per_s=391.12,
        undo="rotate_entity(arm, Direction.UP)",
    ),
    "score": ToolCase("score()"),
    "send_message": ToolCase("send_message('the chest is full')"),
    "set_entity_recipe": ToolCase(
        "set_entity_recipe(machine, Prototype.IronGearWheel)",
        undo="set_entity_recipe(machine, Prototype.IronChest)",
    ),
    "set_research": ToolCase(
        "set_research(Technology.Automation)",
        undo="set_research(Technology.Logistics)",
    ),
    "shift_entity": ToolCase(
        "shift_entity(arm, Direction.DOWN)",
        undo="arm = shift_entity(done, Direction.UP)",
    ),
    "sleep": ToolCase("sleep(1)"),
}
