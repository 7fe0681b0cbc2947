"""Where FLE says that pipes must go, against where they really connect."""

import pytest
from conftest import Play
from connections import at, build, place, targets
from fle.env import DirectionInternal as Direction
from fle.env.game_types import Prototype, RecipeName

EVERY_WAY = [Direction.UP, Direction.RIGHT, Direction.DOWN, Direction.LEFT]
POND = "x >= 40 and x <= 49 and y >= 0 and y <= 9"


@pytest.fixture(autouse=True)
def carried(play: Play) -> None:
    play.carry(
        offshore_pump=2,
        boiler=1,
        steam_engine=1,
        storage_tank=1,
        oil_refinery=1,
        chemical_plant=1,
        assembling_machine_2=1,
        pumpjack=1,
        iron_chest=1,
        pipe=10,
    )


def flood(play: Play, tile: str) -> None:
    play.world.run(
        "local tiles = {} for x = 40, 49 do for y = 0, 9 do "
        f"tiles[#tiles + 1] = {{name = '{tile}', position = {{x, y}}}} end end "
        "game.surfaces[1].set_tiles(tiles)"
    )


@pytest.fixture
def pond(play):
    """A square pond: its shores look in all four directions."""
    flood(play, "water")
    yield
    play.tools._clear_entities()
    flood(play, "grass-1")


# --- pumps


@pytest.mark.parametrize(
    ("wanted", "stand", "facing", "land"),
    [
        pytest.param((39.5, 5.5), (36, 5.5), 2, (-1, 0), id="west"),
        pytest.param((50.5, 5.5), (54, 5.5), 6, (1, 0), id="east"),
        pytest.param((45.5, -0.5), (45.5, -4), 4, (0, -1), id="north"),
        pytest.param((45.5, 10.5), (45.5, 14), 0, (0, 1), id="south"),
    ],
)
@pytest.mark.parametrize("direction", [Direction.UP, Direction.RIGHT])
def test_a_pump_finds_a_place_on_each_shore(
    play, pond, wanted, stand, facing, land, direction
):
    play.stand(*stand)
    pump = play.tools.place_entity(Prototype.OffshorePump, direction, at(*wanted))
    there = play.world.the("offshore-pump")
    assert place(pump.position) == (there["x"], there["y"])
    # on this shore, near to what was asked for, and looking over the water
    assert there["direction"] == facing
    x, y = place(pump.position)
    assert abs(x - wanted[0]) + abs(y - wanted[1]) <= 2
    points = {place(point) for point in pump.connection_points}
    assert points == targets(play, "offshore-pump") == {(x + land[0], y + land[1])}
    play.tools.place_entity(Prototype.Pipe, Direction.UP, pump.connection_points[0])
    play.world.wait(seconds=2)
    in_pipe = "game.surfaces[1].find_entities_filtered{name = 'pipe'}[1].fluidbox[1]"
    assert play.world.ask(f"{in_pipe}.name") == "water"
    assert play.world.ask(f"{in_pipe}.amount") > 50


def test_a_pump_far_from_water(play):
    with pytest.raises(Exception, match="offshore-pump"):
        play.tools.place_entity(Prototype.OffshorePump, Direction.UP, at(0.5, 3.5))
    assert not play.world.entities("offshore-pump")
    assert play.world.carried("offshore-pump") == 2


# --- what is placed beside something


def beyond(point, entity) -> tuple[float, float]:
    """A point on an edge, moved to the middle of the tile outside."""
    x, y = place(point)
    if x % 1 == 0:
        x += 0.5 if x > entity.position.x else -0.5
    if y % 1 == 0:
        y += 0.5 if y > entity.position.y else -0.5
    return x, y


@pytest.mark.parametrize("direction", EVERY_WAY)
@pytest.mark.parametrize(
    ("name", "prototype"),
    [
        ("boiler", Prototype.Boiler),
        ("steam-engine", Prototype.SteamEngine),
        ("storage-tank", Prototype.StorageTank),
    ],
)
@pytest.mark.parametrize("spacing", [0, 2])
def test_beside_a_chest(play, name, prototype, direction, spacing):
    build(play, "iron-chest", 0.5, 0.5)
    placed = play.tools.place_entity_next_to(
        prototype, at(0.5, 0.5), direction, spacing
    )
    there = play.world.the(name)
    assert place(placed.position) == (there["x"], there["y"])
    box = play.world.ask(
        f"game.surfaces[1].find_entities_filtered{{name = '{name}'}}[1].bounding_box"
    )
    gaps = {
        Direction.UP: 0 - box["right_bottom"]["y"],
        Direction.DOWN: box["left_top"]["y"] - 1,
        Direction.LEFT: 0 - box["right_bottom"]["x"],
        Direction.RIGHT: box["left_top"]["x"] - 1,
    }
    # boxes are somewhat smaller than their tiles
    assert spacing <= gaps[direction] < spacing + 1
    points = [*placed.connection_points]
    if prototype is Prototype.Boiler:
        points.append(placed.steam_output_point)
        steam = place(placed.steam_output_point)
        assert (
            steam[0] - placed.position.x,
            steam[1] - placed.position.y,
        ) == {
            Direction.UP: (0, -1.5),
            Direction.RIGHT: (1.5, 0),
            Direction.DOWN: (0, 1.5),
            Direction.LEFT: (-1.5, 0),
        }[direction]
    assert {beyond(point, placed) for point in points} == targets(play, name)


# --- what has recipes


@pytest.mark.parametrize("direction", EVERY_WAY)
@pytest.mark.parametrize(
    ("name", "prototype", "recipe"),
    [
        ("oil-refinery", Prototype.OilRefinery, RecipeName.AdvancedOilProcessing),
        ("oil-refinery", Prototype.OilRefinery, RecipeName.BasicOilProcessing),
        ("chemical-plant", Prototype.ChemicalPlant, RecipeName.HeavyOilCracking),
        ("chemical-plant", Prototype.ChemicalPlant, Prototype.PlasticBar),
        ("chemical-plant", Prototype.ChemicalPlant, Prototype.SulfuricAcid),
    ],
)
def test_points_of_a_recipe(play, name, prototype, recipe, direction):
    play.stand(0, 8)
    machine = play.tools.place_entity(prototype, direction, at(0.5, 0.5))
    assert not machine.input_connection_points
    assert not machine.output_connection_points
    machine = play.tools.set_entity_recipe(machine, recipe)
    found = play.world.ask(
        f"""(function()
            local e = game.surfaces[1].find_entities_filtered{{name = '{name}'}}[1]
            local all = {{}}
            for i = 1, #e.fluidbox do
              local fluid = e.fluidbox.get_locked_fluid(i)
              for _, each in pairs(e.fluidbox.get_pipe_connections(i)) do
                if fluid then
                  all[#all + 1] = {{at = each.target_position, fluid = fluid,
                    is_input = each.flow_direction ~= 'output'}}
                end
              end
            end
            return all
          end)()"""
    )
    really = {
        (each["at"]["x"], each["at"]["y"], each["fluid"], each["is_input"])
        for each in found
    }
    said = {
        (*beyond(point, machine), point.type, is_input)
        for points, is_input in (
            (machine.input_connection_points, True),
            (machine.output_connection_points, False),
        )
        for point in points
    }
    assert said == really


@pytest.mark.parametrize("direction", EVERY_WAY)
def test_a_pumpjack(play, direction):
    play.world.run(
        "game.surfaces[1].create_entity{name = 'crude-oil', position = {0.5, 0.5}, "
        "amount = 300000}"
    )
    play.stand(0, 8)
    jack = play.tools.place_entity(Prototype.PumpJack, direction, at(0.5, 0.5))
    points = {place(point) for point in jack.connection_points}
    assert points == targets(play, "pumpjack")
    play.world.run(
        "for _, e in pairs(game.surfaces[1].find_entities_filtered{"
        "name = 'crude-oil', area = {{-1, -1}, {1, 1}}}) do e.destroy() end"
    )
