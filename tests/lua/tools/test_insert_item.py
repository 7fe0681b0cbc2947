"""Putting items into machines, chests and onto belts."""

from collections.abc import Callable

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.types import Direction, ElectricityGroup, Position, Prototype
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.testing.driver import Driver

Build = Callable[..., object]
Count = Callable[[], dict[str, int]]

HANDLING_TICKS = 6


def test_moves_items_from_hand_to_machine(
    agent: Driver,
    server: EmbeddedServer,
    inventory: dict[str, int],
    count_items: Count,
) -> None:
    furnace = agent.place_entity(Prototype.StoneFurnace, position=Position(4, 4))
    before, start = count_items(), server.tick
    furnace = agent.insert_item(Prototype.IronOre, furnace, 12)
    assert furnace.furnace_source[Prototype.IronOre] == 12
    assert agent.inspect_inventory()[Prototype.IronOre] == inventory["iron-ore"] - 12
    assert count_items() == before
    assert server.tick - start == HANDLING_TICKS


def test_five_by_default(agent: Driver) -> None:
    furnace = agent.place_entity(Prototype.StoneFurnace, position=Position(4, 4))
    assert agent.insert_item(Prototype.Coal, furnace).fuel[Prototype.Coal] == 5


def test_what_does_not_fit_stays_with_you(agent: Driver, count_items: Count) -> None:
    inserter = agent.place_entity(Prototype.BurnerInserter, position=Position(4, 4))
    before, had = count_items(), agent.inspect_inventory()[Prototype.Coal]
    inserter = agent.insert_item(Prototype.Coal, inserter, 200)
    inside = inserter.fuel[Prototype.Coal]
    assert inside == 50
    assert agent.inspect_inventory()[Prototype.Coal] == had - inside
    assert count_items() == before


def test_a_belt_takes_four_a_lane(agent: Driver, count_items: Count) -> None:
    belt = agent.place_entity(
        Prototype.TransportBelt, Direction.RIGHT, Position(4.5, 4.5)
    )
    before = count_items()
    belt = agent.insert_item(Prototype.IronPlate, belt, 20)
    lanes = belt.inventory
    assert lanes["left"][Prototype.IronPlate] == 4
    assert lanes["right"][Prototype.IronPlate] == 4
    assert count_items() == before


def test_a_group_of_belts_takes_items_at_its_first_belt(agent: Driver) -> None:
    line = agent.connect_entities(
        Position(2.5, 3.5), Position(6.5, 3.5), Prototype.TransportBelt
    )
    belt = agent.insert_item(Prototype.IronPlate, line, 2)
    assert belt.id == line.belts[0].id


@pytest.mark.parametrize(
    ("name", "item", "count", "x", "code"),
    [
        ("wooden-chest", Prototype.Coal, 501, 4.5, "item-missing"),
        ("wooden-chest", Prototype.RocketFuel, 1, 4.5, "item-missing"),
        ("wooden-chest", Prototype.Coal, 1, 30.5, "out-of-reach"),
        ("wooden-chest", Prototype.Coal, 0, 4.5, "bad-argument"),
        ("burner-inserter", Prototype.IronPlate, 1, 4.5, "not-accepted"),
        ("stone-furnace", Prototype.IronGearWheel, 1, 4, "not-accepted"),
        ("assembling-machine-1", Prototype.IronPlate, 1, 4.5, "not-accepted"),
        ("small-electric-pole", Prototype.Coal, 1, 4.5, "not-accepted"),
    ],
)
def test_refuses_and_keeps_everything(
    agent: Driver,
    build: Build,
    count_items: Count,
    name: str,
    item: Prototype,
    count: int,
    x: float,
    code: str,
) -> None:
    build(name, x, 4.5)
    before, had = count_items(), agent.inspect_inventory()
    [entity] = agent.get_entities(position=Position(x, 4.5), radius=2)
    target = entity.poles[0] if isinstance(entity, ElectricityGroup) else entity
    with pytest.raises(ToolError) as refused:
        agent.insert_item(item, target, count)
    assert refused.value.code == code
    assert count_items() == before
    assert agent.inspect_inventory() == had


def test_a_machine_without_a_recipe_is_told_apart(agent: Driver, build: Build) -> None:
    build("assembling-machine-1", 4.5, 4.5)
    machine = agent.get_entity(Prototype.AssemblingMachine1, Position(4.5, 4.5))
    with pytest.raises(ToolError, match="set_entity_recipe"):
        agent.insert_item(Prototype.IronPlate, machine, 1)


def test_a_chest_that_is_gone_is_refused(agent: Driver) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(4, 4))
    agent.pickup_entity(chest)
    with pytest.raises(ToolError) as refused:
        agent.insert_item(Prototype.Coal, chest, 1)
    assert refused.value.code == "no-such-entity"


def test_a_turret_is_loaded_looked_into_emptied_and_taken_up(
    agent: Driver, server: EmbeddedServer, count_items: Count
) -> None:
    give = server.lua.execute(
        """return function()
          local character = global.agents[1].character
          character.insert("gun-turret")
          character.insert{name = "firearm-magazine", count = 12}
        end"""
    )
    give()  # type: ignore[operator]
    turret = agent.place_entity(Prototype.GunTurret, position=Position(4, 4))
    assert turret.status.value == "no_ammo"
    before = count_items()
    turret = agent.insert_item(Prototype.FirearmMagazine, turret, 12)
    assert turret.turret_ammo[Prototype.FirearmMagazine] == 12
    assert turret.status.value == "normal"
    assert agent.inspect_inventory(turret)[Prototype.FirearmMagazine] == 12
    assert agent.extract_item(Prototype.FirearmMagazine, turret, 5) == 5
    assert agent.get_entity(Prototype.GunTurret, turret.position).turret_ammo == {
        "firearm-magazine": 7
    }
    assert agent.pickup_entity(turret)
    assert agent.inspect_inventory()[Prototype.FirearmMagazine] == 12
    assert count_items() == before
    with pytest.raises(ToolError, match="takes no iron-plate"):
        turret = agent.place_entity(Prototype.GunTurret, position=Position(4, 4))
        agent.insert_item(Prototype.IronPlate, turret, 1)


def test_what_scripts_forbid(agent: Driver, server: EmbeddedServer) -> None:
    chest = agent.place_entity(Prototype.WoodenChest, position=Position(4, 4))
    machine = agent.place_entity(Prototype.AssemblingMachine1, position=Position(6, 6))
    inserter = agent.place_entity(Prototype.Inserter, position=Position(2, 4))
    server.lua.execute(
        """
        local names = {"wooden-chest", "assembling-machine-1", "inserter"}
        for _, it in ipairs(game.surfaces[1].find_entities_filtered{name = names}) do
          it.operable, it.rotatable, it.minable = false, false, false
        end
        """
    )
    for tool, arguments, code in (
        ("insert_item", (Prototype.Coal, chest), "not-operable"),
        ("extract_item", (Prototype.Coal, chest), "not-operable"),
        (
            "set_entity_recipe",
            (machine, Prototype.IronGearWheel),
            "not-operable",
        ),
        ("rotate_entity", (inserter, Direction.LEFT), "not-rotatable"),
        ("pickup_entity", (chest,), "not-minable"),
    ):
        with pytest.raises(ToolError) as refused:
            getattr(agent, tool)(*arguments)
        assert refused.value.code == code
