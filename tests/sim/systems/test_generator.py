"""Steam engines, and the whole chain from the shore to the consumer."""

from collections.abc import Callable

import pytest

from fle_marl.defines import EntityStatus
from fle_marl.prototypes import load
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.engine import advance
from fle_marl.sim.parts import add_electric, fluidboxes_of
from fle_marl.sim.world import World

WATER = load().fluids["water"].id
STEAM = load().fluids["steam"].id
COAL = load().items["coal"]
ENGINE_JOULES = 900_000 / 60
JOULES_PER_UNIT = (165 - 15) * 200.0

Place = Callable[..., int]
WorldFactory = Callable[..., World]


def give_steam(
    world: World, engine: int, amount: float, temperature: float = 165.0
) -> None:
    box = world.tables["fluidbox"][fluidboxes_of(world, engine)[0]]
    box["fluid"], box["amount"], box["temperature"] = STEAM, amount, temperature


def steam_in(world: World, engine: int) -> float:
    return float(world.tables["fluidbox"]["amount"][fluidboxes_of(world, engine)[0]])


def add_sink(
    world: World, place: Place, x: float, y: float, joules_per_tick: float
) -> int:
    """A consumer that never has enough; returns its row of ``electric``."""
    chest = place(world, "wooden-chest", x, y)
    row = add_electric(world, chest, "secondary-input")
    world.tables["electric"]["capacity_joules"][row] = 1e15
    world.tables["electric"]["input_limit_joules"][row] = joules_per_tick
    place(world, "wooden-chest", x + 1, y)  # a build refreshes the networks
    return row


def engine_with_sink(
    world: World, place: Place, joules_per_tick: float
) -> tuple[int, int]:
    engine = place(world, "steam-engine", 0.5, 0.5)
    place(world, "small-electric-pole", 2.5, 0.5)
    return engine, add_sink(world, place, 3.5, 0.5, joules_per_tick)


def generated(world: World, engine: int) -> float:
    component = int(world.entity["component"][engine])
    return float(world.tables["generator"]["generated_joules"][component])


def test_engine_makes_900_kilowatts_of_30_steam_a_second(
    flat_world: WorldFactory, place: Place
) -> None:
    world = flat_world()
    engine, sink = engine_with_sink(world, place, 1e9)
    give_steam(world, engine, 100.0)
    advance(world, 60)
    joules = float(world.tables["electric"]["buffer_joules"][sink])
    assert joules == pytest.approx(900_000)
    assert generated(world, engine) == pytest.approx(ENGINE_JOULES)
    assert steam_in(world, engine) == pytest.approx(70.0)
    assert float(world.tables["fluid_flow"]["consumed"][STEAM]) == pytest.approx(30.0)
    assert world.entity["status"][engine] == EntityStatus.working


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_engine_takes_only_the_steam_it_needs(
    flat_world: WorldFactory, place: Place, share: float
) -> None:
    world = flat_world()
    engine, _ = engine_with_sink(world, place, share * ENGINE_JOULES or 1e-9)
    give_steam(world, engine, 100.0)
    advance(world, 60)
    assert steam_in(world, engine) == pytest.approx(100.0 - 30.0 * share)


@pytest.mark.parametrize(
    ("temperature", "share"), [(165.0, 1.0), (100.0, 85 / 150), (500.0, 1.0)]
)
def test_power_follows_the_temperature(
    flat_world: WorldFactory, place: Place, temperature: float, share: float
) -> None:
    """Up to the engine's maximum of 165 degrees; hotter steam is wasted."""
    world = flat_world()
    engine, _ = engine_with_sink(world, place, 1e9)
    give_steam(world, engine, 100.0, temperature)
    advance(world, 10)
    assert generated(world, engine) == pytest.approx(share * ENGINE_JOULES)
    assert steam_in(world, engine) == pytest.approx(95.0)


def test_engines_share_the_load(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    engine, sink = engine_with_sink(world, place, ENGINE_JOULES)
    other = place(world, "steam-engine", 5.5, 2.5)
    for each in (engine, other):
        give_steam(world, each, 100.0)
    advance(world, 1)
    assert generated(world, engine) == pytest.approx(ENGINE_JOULES / 2)
    assert generated(world, other) == pytest.approx(ENGINE_JOULES / 2)
    assert float(world.tables["electric"]["satisfaction"][sink]) == 1.0


def test_last_steam_is_used_up(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    engine, sink = engine_with_sink(world, place, 1e9)
    give_steam(world, engine, 0.75)
    advance(world, 5)
    assert steam_in(world, engine) == 0.0
    joules = float(world.tables["electric"]["buffer_joules"][sink])
    assert joules == pytest.approx(0.75 * JOULES_PER_UNIT)
    assert world.entity["status"][engine] == EntityStatus.no_input_fluid


def test_engine_without_pole(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world()
    engine = place(world, "steam-engine", 0.5, 0.5)
    give_steam(world, engine, 100.0)
    advance(world, 60)
    wanted = EntityStatus.not_plugged_in_electric_network
    assert world.entity["status"][engine] == wanted
    assert steam_in(world, engine) == 100.0


# --- the whole chain


class PowerPlant:
    """A pump, a row of boilers and two steam engines behind each, and a consumer."""

    def __init__(
        self, world: World, place: Place, boilers: int, *, watts_wanted: float
    ) -> None:
        self.world = world
        place(world, "offshore-pump", -32.5, 19.5)
        place(world, "pipe", -32.5, 20.5)
        place(world, "pipe", -31.5, 20.5)
        self.boilers, self.engines = [], []
        for number in range(boilers):
            x = -29.5 + 3 * number
            self.boilers.append(place(world, "boiler", x, 19.5))
            self.engines.append(place(world, "steam-engine", x, 16.5))
            self.engines.append(place(world, "steam-engine", x, 11.5))
        for number in range(1 + boilers // 5):
            place(world, "substation", -22 + 16 * number, 8)
        self.sink = add_sink(world, place, -29.5, 5.5, watts_wanted / 60)
        for boiler in self.boilers:
            self.add_coal(boiler, 50)

    def add_coal(self, boiler: int, count: int) -> None:
        world = self.world
        burner = world.tables["burner"][int(world.entity["burner"][boiler])]
        inventory = world.tables["inventory"][int(burner["fuel_inventory"])]
        slot = world.tables["slot"][int(inventory["first_slot"])]
        slot["item"], slot["count"] = COAL.id, count

    def watts(self) -> float:
        return 60 * float(self.world.tables["electric"]["flow_joules"][self.sink])

    def joules_delivered(self) -> float:
        return float(self.world.tables["electric"]["buffer_joules"][self.sink])

    def joules_in_steam(self) -> float:
        boxes = self.world.tables["fluidbox"]
        used = boxes[1 : self.world.count[TABLE_INDEX["fluidbox"]]]
        return float(used["amount"][used["fluid"] == STEAM].sum()) * JOULES_PER_UNIT

    def joules_in_fuel(self) -> float:
        joules = 0.0
        for boiler in self.boilers:
            burner = self.world.tables["burner"][self.world.entity["burner"][boiler]]
            inventory = self.world.tables["inventory"][int(burner["fuel_inventory"])]
            count = self.world.tables["slot"]["count"][int(inventory["first_slot"])]
            joules += float(burner["remaining_joules"] + burner["buffer_joules"])
            joules += int(count) * COAL.fuel_value_joules
        return joules


def test_energy_through_the_whole_chain(flat_world: WorldFactory, place: Place) -> None:
    """Coal becomes steam becomes electricity, and not a joule is lost on the way."""
    world = flat_world(radius_chunks=2)
    plant = PowerPlant(world, place, 1, watts_wanted=1e9)
    start = plant.joules_in_fuel()
    for _ in range(6):
        advance(world, 50)
        all_joules = (
            plant.joules_in_fuel() + plant.joules_in_steam() + plant.joules_delivered()
        )
        assert all_joules == pytest.approx(start, rel=1e-9)
    assert plant.watts() == pytest.approx(1_800_000)


@pytest.mark.parametrize(
    ("boilers", "megawatts"),
    # one pump feeds 20 boilers, and 20 boilers 40 engines; the next gets nothing
    [(1, 1.8), (2, 3.6), (20, 36.0), (21, 36.0)],
)
def test_one_pump_20_boilers_40_engines(
    flat_world: WorldFactory, place: Place, boilers: int, megawatts: float
) -> None:
    world = flat_world(radius_chunks=3)
    plant = PowerPlant(world, place, boilers, watts_wanted=1e9)
    advance(world, 3000)
    assert plant.watts() == pytest.approx(megawatts * 1e6, rel=1e-6)
    working = [world.entity["status"][engine] for engine in plant.engines]
    if boilers <= 20:
        assert set(working) == {EntityStatus.working}


def test_plant_follows_the_demand(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world(radius_chunks=2)
    plant = PowerPlant(world, place, 2, watts_wanted=1e6)
    advance(world, 1000)
    start = plant.joules_in_fuel()
    advance(world, 600)
    assert plant.watts() == pytest.approx(1e6)
    # once all pipes are full, boilers burn what engines use
    assert start - plant.joules_in_fuel() == pytest.approx(10e6, rel=0.05)


def test_plant_runs_dry_without_coal(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world(radius_chunks=2)
    plant = PowerPlant(world, place, 1, watts_wanted=1e9)
    plant.add_coal(plant.boilers[0], 1)
    advance(world, 2000)
    assert plant.joules_delivered() == pytest.approx(COAL.fuel_value_joules)
    assert plant.watts() == 0.0
    assert world.entity["status"][plant.boilers[0]] == EntityStatus.no_fuel


def test_many_single_ticks_are_one_long_wait(
    flat_world: WorldFactory, place: Place
) -> None:
    worlds = [flat_world(radius_chunks=2), flat_world(radius_chunks=2)]
    for world in worlds:
        PowerPlant(world, place, 2, watts_wanted=3e6)
    advance(worlds[0], 100)
    for _ in range(100):
        advance(worlds[1], 1)
    assert worlds[0].state_hash() == worlds[1].state_hash()


def test_restored_plant_goes_on_alike(flat_world: WorldFactory, place: Place) -> None:
    world = flat_world(radius_chunks=2)
    PowerPlant(world, place, 2, watts_wanted=3e6)
    advance(world, 100)
    twin = flat_world(radius_chunks=2)
    twin.restore(world.snapshot())
    for each in (world, twin):
        advance(each, 100)
    assert world.state_hash() == twin.state_hash()
