"""Scenarios: worlds to begin in, described by plain data.

A scenario is a mapping with a ``name``, and options that all scenarios share:
``inventory`` ({item: count}, for each character), ``inventories`` (a list of those, one
for each character, instead) and ``all_technologies_researched``. Where the map is
generated, ``map_gen_settings`` say how (`settings`).
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from fle_marl.errors import ScenarioError
from fle_marl.prototypes import load
from fle_marl.sim.actions.character import character_of_agent, main_inventory
from fle_marl.sim.actions.force import research_all
from fle_marl.sim.actions.inventory import insert_items
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.mapgen.chunks import generate_chunks
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.lab_play import build_lab_play, place_characters
from fle_marl.sim.mapgen.placing import lay_ground, tile_numbers
from fle_marl.sim.mapgen.settings import MapGenSettings, read_map_gen_settings
from fle_marl.sim.world import World

__all__ = ["build_scenario", "check_scenario", "scenario_names"]

_OPTIONS: Final = frozenset(
    {
        "name",
        "inventory",
        "inventories",
        "all_technologies_researched",
        "map_gen_settings",
    }
)
_EMPTY_HALF_CHUNKS: Final = 4
_EMPTY_GROUND: Final = "grass-1"
_OPEN_HALF_CHUNKS: Final = 8
"""512 x 512 tiles: what agents see of the map before they have gone anywhere, with room
to spare around the starting area's radius of 150."""
_MOST_AGENTS: Final = 256
"""Characters that the free ground around the origin has room for."""


def _build_empty(world: World, agents: int, _settings: MapGenSettings) -> None:
    """Flat grass of 256 x 256 tiles around the origin, and nothing on it."""
    half = _EMPTY_HALF_CHUNKS * CHUNK_TILES
    (grass,) = tile_numbers((_EMPTY_GROUND,))
    tiles = np.full((2 * half, 2 * half), grass, np.uint8)
    lay_ground(world, tiles, left=-half, top=-half)
    place_characters(world, agents)


def _build_lab_play(world: World, agents: int, _settings: MapGenSettings) -> None:
    build_lab_play(world, agents)


def _build_open_play(world: World, agents: int, settings: MapGenSettings) -> None:
    """A generated map; what is around the origin is there from the beginning."""
    add_generator(world, settings)
    reach = range(-_OPEN_HALF_CHUNKS, _OPEN_HALF_CHUNKS)
    generate_chunks(world, [(x, y) for y in reach for x in reach])
    place_characters(world, agents)


_Build = Callable[[World, int, MapGenSettings], None]

_BUILDERS: Final[Mapping[str, _Build]] = MappingProxyType(
    {
        "lab-play": _build_lab_play,
        "empty": _build_empty,
        "open-play": _build_open_play,
    }
)
_GENERATED: Final = frozenset({"open-play"})
"""Scenarios that take ``map_gen_settings``."""


def scenario_names() -> tuple[str, ...]:
    """Names of all scenarios."""
    return tuple(_BUILDERS)


def build_scenario(world: World, scenario: Mapping[str, object], agents: int) -> None:
    """Build a scenario's map, its characters and what they know and have.

    Args:
        world: empty; its seed draws the details.
        scenario: see the module.
        agents: number of characters, 1 or more; they are numbered from 1.

    Raises:
        ScenarioError: there is no such scenario, or it asks for something impossible;
            the world is of no use then.
    """
    build = check_scenario(scenario)
    if not 1 <= agents <= _MOST_AGENTS:
        raise ScenarioError(
            f"a scenario takes 1 to {_MOST_AGENTS} agents, not {agents!r}"
        )
    inventories = _inventories(scenario, agents)
    settings = _settings(scenario)
    build(world, agents, settings)
    for index, inventory in enumerate(inventories):
        _fill_inventory(world, index + 1, inventory)
    if scenario.get("all_technologies_researched", False):
        research_all(world, include_disabled=False)


def check_scenario(scenario: Mapping[str, object]) -> _Build:
    """Look through a scenario's options, its name and the settings of its map.

    Returns:
        What builds the map.

    Raises:
        ScenarioError: as `build_scenario`.
    """
    unknown = sorted(set(scenario) - _OPTIONS)
    if unknown:
        raise ScenarioError(
            f"a scenario has no option {unknown[0]!r}; there are: "
            f"{', '.join(sorted(_OPTIONS))}",
            details={"option": unknown[0]},
        )
    name = scenario.get("name")
    build = _BUILDERS.get(name) if isinstance(name, str) else None
    if build is None:
        raise ScenarioError(
            f"there is no scenario {name!r}; there are: {', '.join(_BUILDERS)}",
            code="no-such-scenario",
            details={"name": name, "scenarios": list(_BUILDERS)},
        )
    _settings(scenario)
    return build


def _settings(scenario: Mapping[str, object]) -> MapGenSettings:
    """How the map is generated."""
    given = scenario.get("map_gen_settings")
    if given is not None and scenario["name"] not in _GENERATED:
        raise ScenarioError(
            f"the map of scenario {scenario['name']!r} is not generated, so it takes "
            f"no map_gen_settings; those that do: {', '.join(sorted(_GENERATED))}",
            details={"name": scenario["name"]},
        )
    return read_map_gen_settings(given)


def _inventories(
    scenario: Mapping[str, object], agents: int
) -> list[Mapping[str, object]]:
    """What each character gets."""
    given = scenario.get("inventories")
    if given is None:
        return [_inventory(scenario.get("inventory"))] * agents
    if (
        not isinstance(given, Sequence)
        or isinstance(given, str)
        or len(given) != agents
    ):
        raise ScenarioError(
            f"'inventories' must be a list of one inventory for each of the {agents} "
            f"agents, not {given!r}"
        )
    return [_inventory(each) for each in given]


def _inventory(given: object) -> Mapping[str, object]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ScenarioError(f"an inventory is {{item: count}}, not {given!r}")
    for name, count in given.items():
        if name not in load().items:
            raise ScenarioError(
                f"there is no item {name!r} for an inventory",
                code="no-such-item",
                details={"item": name},
            )
        is_whole = isinstance(count, int) and not isinstance(count, bool)
        if not is_whole or count < 0:
            raise ScenarioError(
                f"the count of {name!r} in an inventory must be a whole number of 0 or "
                f"more, not {count!r}",
                details={"item": name},
            )
    return dict(given)


def _fill_inventory(world: World, agent: int, inventory: Mapping[str, object]) -> None:
    target = main_inventory(world, character_of_agent(world, agent))
    for name, count in inventory.items():
        wanted = int(str(count))
        put = insert_items(world, target, load().items[name].id, wanted)
        if put < wanted:
            raise ScenarioError(
                f"only {put} of {wanted} {name!r} fit into a character's inventory "
                "beside the rest",
                code="inventory-full",
                details={"item": name, "count": wanted, "put": put},
            )
