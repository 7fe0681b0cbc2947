"""Laying floors and landfill, and taking floors up again."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver, drive

Build = Callable[..., object]
Tile = Callable[[float, float], tuple[str, str | None]]
Place = Callable[..., dict[str, object]]

FLOORS = (
    "concrete",
    "hazard-concrete",
    "landfill",
    "refined-concrete",
    "refined-hazard-concrete",
    "stone-brick",
)
GROUND = "grass-1"


@pytest.fixture(autouse=True)
def ground(server: EmbeddedServer) -> None:
    """Floors to lay, known ground around the agents, and a pond at (5, 5)."""
    for name in FLOORS:
        server.lua.execute(
            "global.agents[1].character.get_main_inventory()"
            f".insert({{name = '{name}', count = 20}})"
        )
    server.lua.execute(
        f"""
        local tiles = {{}}
        for x = -20, 20 do
          for y = -20, 20 do
            local is_pond = x >= 5 and x < 8 and y >= 5 and y < 8
            local name = is_pond and 'water' or '{GROUND}'
            tiles[#tiles + 1] = {{name = name, position = {{x, y}}}}
          end
        end
        game.surfaces[1].set_tiles(tiles)
        """
    )


@pytest.fixture
def tile(server: EmbeddedServer) -> Tile:
    """``tile(x, y)``: names of what lies there and of what it hides."""

    def look(x: float, y: float) -> tuple[str, str | None]:
        source = f"local tile = game.surfaces[1].get_tile({{{x}, {y}}}) "
        name, hidden = server.lua.execute(  # type: ignore[misc]
            f"{source} return tile.name, tile.hidden_tile"
        )
        return name, hidden

    return look


@pytest.fixture
def place(server: EmbeddedServer) -> Place:
    """``place(item, x, y, direction=0, exact=True)``: items that no Prototype names."""

    def call(
        item: str, x: float, y: float, direction: int = 0, *, exact: bool = True
    ) -> dict[str, object]:
        position = {"x": x, "y": y}
        arguments = {"entity": item, "position": position, "direction": direction}
        return drive(  # type: ignore[return-value]
            server, 0, "place_entity", **arguments, exact=exact
        )

    return call


@pytest.mark.parametrize(
    ("prototype", "name"),
    [
        (Prototype.StoneBrick, "stone-path"),
        (Prototype.Concrete, "concrete"),
        ("refined-concrete", "refined-concrete"),
    ],
)
def test_a_floor_comes_and_goes(
    agent: Driver,
    server: EmbeddedServer,
    tile: Tile,
    prototype: Prototype | str,
    name: str,
) -> None:
    had, start = agent.inspect_inventory(), server.tick
    assert agent.can_place_entity(prototype, position=Position(3, 3))
    floor = agent.place_entity(prototype, position=Position(3.2, 3.9))
    assert (floor.name, floor.position) == (name, Position(3.5, 3.5))
    assert (floor.type, floor.width, floor.height) == ("tile", 1, 1)
    assert tile(3.5, 3.5) == (name, GROUND)
    assert agent.inspect_inventory()[prototype] == had[prototype] - 1
    assert server.tick - start == 6
    # 0.1 s at a speed of 0.5, and 1.0 once steel-axe is researched, as it is here
    assert agent.pickup_entity(floor) is True
    assert server.tick - start == 6 + 6
    assert tile(3.5, 3.5) == (GROUND, None)
    agent.place_entity(prototype, position=Position(3.5, 3.5))
    agent.pickup_entity(prototype, Position(3.5, 3.5))
    assert agent.inspect_inventory() == had


def test_landfill_is_named_as_in_the_game(agent: Driver, tile: Tile) -> None:
    assert agent.can_place_entity("landfill", position=Position(5.5, 5.5))
    assert agent.place_entity("landfill", position=Position(5.5, 5.5)).name == (
        "landfill"
    )
    assert tile(5.5, 5.5) == ("landfill", None)


@pytest.mark.parametrize(
    ("item", "x", "y", "direction", "laid", "hidden"),
    [
        ("landfill", 5.5, 5.5, 0, "landfill", None),
        ("refined-concrete", 1.5, 1.5, 2, "refined-concrete", GROUND),
        ("hazard-concrete", 1.5, 1.5, 0, "hazard-concrete-left", GROUND),
        ("hazard-concrete", 1.5, 1.5, 2, "hazard-concrete-right", GROUND),
        (
            "refined-hazard-concrete",
            1.5,
            1.5,
            6,
            "refined-hazard-concrete-right",
            GROUND,
        ),
    ],
)
def test_every_item_that_lays_tiles(
    place: Place,
    tile: Tile,
    item: str,
    x: float,
    y: float,
    direction: int,
    laid: str,
    hidden: str | None,
) -> None:
    assert place(item, x, y, direction)["name"] == laid
    assert tile(x, y) == (laid, hidden)


@pytest.mark.parametrize(
    ("item", "x", "y", "code", "message"),
    [
        ("landfill", 1.5, 1.5, "blocked", "it does not go onto grass-1"),
        ("concrete", 5.5, 5.5, "blocked", "it does not go onto water"),
        ("concrete", 11.5, 0.5, "out-of-reach", "tiles away"),
        ("concrete", 2.5, 2.5, "blocked", "it lies there already"),
    ],
)
def test_refuses_and_changes_nothing(
    agent: Driver,
    place: Place,
    item: str,
    x: float,
    y: float,
    code: str,
    message: str,
    server: EmbeddedServer,
) -> None:
    place("concrete", 2.5, 2.5)
    before, start = agent.inspect_inventory(), server.tick
    arguments = {"entity": item, "position": {"x": x, "y": y}, "direction": 0}
    assert drive(server, 0, "can_place_entity", **arguments) is False
    with pytest.raises(ToolError, match=message) as refused:
        place(item, x, y)
    assert refused.value.code == code
    assert agent.inspect_inventory() == before
    assert server.tick == start


def test_without_the_item(other_agent: Driver) -> None:
    assert not other_agent.can_place_entity(Prototype.Concrete, position=Position(3, 3))
    with pytest.raises(ToolError, match="you need 1 concrete"):
        other_agent.place_entity(Prototype.Concrete, position=Position(3, 3))


def test_a_floor_over_a_floor_gives_the_old_one_back(
    agent: Driver, tile: Tile, server: EmbeddedServer
) -> None:
    had = agent.inspect_inventory()
    agent.place_entity(Prototype.StoneBrick, position=Position(3.5, 3.5))
    agent.place_entity(Prototype.Concrete, position=Position(3.5, 3.5))
    assert tile(3.5, 3.5) == ("concrete", GROUND)
    left = agent.inspect_inventory()
    assert left[Prototype.StoneBrick] == had[Prototype.StoneBrick]
    # no room for it: nothing is laid
    server.lua.execute(
        """
        local inventory = global.agents[1].character.get_main_inventory()
        inventory.remove({name = 'concrete', count = 100})
        inventory.insert({name = 'wood', count = 100000})
        """
    )
    with pytest.raises(ToolError, match="no room for the concrete there") as refused:
        agent.place_entity(Prototype.StoneBrick, position=Position(3.5, 3.5))
    assert refused.value.code == "blocked"
    with pytest.raises(ToolError, match="no room for concrete") as refused:
        agent.pickup_entity(Prototype.Concrete, Position(3.5, 3.5))
    assert refused.value.code == "inventory-full"
    assert tile(3.5, 3.5) == ("concrete", GROUND)
    assert agent.inspect_inventory()[Prototype.StoneBrick] == 20


def test_landfill_makes_room_to_build_and_stays(
    agent: Driver, place: Place, tile: Tile, server: EmbeddedServer
) -> None:
    with pytest.raises(ToolError, match="tiles of water"):
        agent.place_entity(Prototype.WoodenChest, position=Position(5.5, 5.5))
    floor = place("landfill", 5.5, 5.5)
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(5.5, 5.5))
    agent.pickup_entity(chest)
    with pytest.raises(
        ToolError, match=r"landfill at .* cannot be taken up"
    ) as refused:
        drive(server, 0, "pickup_entity", entities=[floor], walk=False)
    assert refused.value.code == "not-minable"
    # concrete goes onto landfill, and that comes back
    agent.place_entity(Prototype.Concrete, position=Position(5.5, 5.5))
    agent.pickup_entity(Prototype.Concrete, Position(5.5, 5.5))
    assert tile(5.5, 5.5) == ("landfill", None)


def test_a_floor_lies_below_what_stands(
    agent: Driver, build: Build, tile: Tile
) -> None:
    build("stone-furnace", 4, 4)
    for position in (Position(3.5, 3.5), Position(0.5, 0.5)):
        agent.place_entity(Prototype.Concrete, position=position)
        agent.pickup_entity(Prototype.Concrete, position)
    agent.place_entity(Prototype.Concrete, position=Position(3.5, 3.5))
    # an entity that is named comes first
    agent.pickup_entity(Prototype.StoneFurnace, Position(4, 4))
    assert tile(3.5, 3.5) == ("concrete", GROUND)


def test_inexact_takes_the_nearest_place(place: Place, tile: Tile) -> None:
    place("landfill", 2.5, 5.5, exact=False)
    assert tile(5.5, 5.5) == ("landfill", None)
    with pytest.raises(ToolError, match="there is no free place for landfill"):
        place("landfill", -9.5, -9.5, exact=False)


def test_nothing_to_take_up(agent: Driver) -> None:
    for prototype in (Prototype.Concrete, Prototype.IronPlate):
        with pytest.raises(ToolError) as refused:
            agent.pickup_entity(prototype, Position(3.5, 3.5))
        assert refused.value.code == "no-such-entity"


@pytest.mark.parametrize("direction", [Direction.LEFT, Direction.DOWN])
def test_hazard_concrete_of_either_way_is_taken_up_by_its_item(
    server: EmbeddedServer, place: Place, tile: Tile, direction: Direction
) -> None:
    place("hazard-concrete", 3.5, 3.5, direction.value)
    target = {"name": "hazard-concrete", "position": {"x": 3.5, "y": 3.5}}
    drive(server, 0, "pickup_entity", entities=[target], walk=False)
    assert tile(3.5, 3.5) == (GROUND, None)
