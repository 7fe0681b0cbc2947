"""Settings of entities, as ghosts and blueprints keep them.

Source: runtime API, BlueprintEntity; wiki.factorio.com/Blueprint_string_format.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fle_marl.defines import Inventory
from fle_marl.sim.actions.inventory import (
    find_inventory,
    inventory_contents,
    set_bar,
)
from fle_marl.sim.components import (
    BELT_KIND_SPLITTER,
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
    KINDS,
    MAXIMUM_REQUESTS,
    ROLE_MODULE,
)
from fle_marl.sim.parts import inventories_of
from fle_marl.sim.systems.crafting_machine import can_craft, set_recipe
from fle_marl.sim.systems.ghost import NO_BAR, ghost_record
from fle_marl.sim.systems.inserter import set_filter, set_hand_override
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World

__all__ = ["Settings", "apply_settings", "settings_of"]

_UNDERGROUND: Final = (BELT_KIND_UNDERGROUND_INPUT, BELT_KIND_UNDERGROUND_OUTPUT)
_ENDS: Final = ("input", "output")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an entity was told, as blueprints and ghosts keep it; all are row numbers.

    Attributes:
        recipe: of an assembling machine; 0 for none.
        bar: slots of a chest that may be filled; `NO_BAR` for no bar.
        filters: items by an inserter's filter, 0 for one that is not set.
        hand_override: most items that an inserter takes at a time; 0 for no limit.
        belt_end: of an underground belt, 0 entrance, 1 exit.
        input_priority: of a splitter, 0 none, 1 left, 2 right.
        output_priority: the same.
        splitter_filter: item; 0 for none.
        auto_launch: of a rocket silo.
        requests: modules that belong in it, {item: count}.
    """

    recipe: int = 0
    bar: int = NO_BAR
    filters: tuple[int, ...] = ()
    hand_override: int = 0
    belt_end: int = 0
    input_priority: int = 0
    output_priority: int = 0
    splitter_filter: int = 0
    auto_launch: bool = False
    requests: Mapping[int, int] = field(default_factory=dict)


def settings_of(world: World, entity: int) -> Settings:
    """The settings of an entity, or those that a ghost is to have."""
    kind = KINDS[int(world.entity["kind"][entity])]
    reader = _READERS.get(kind)
    given = {} if reader is None else reader(world, entity)
    if kind != "ghost":
        given["requests"] = _modules_in(world, entity)
    return Settings(**given)


def _component(world: World, entity: int) -> Any:  # noqa: ANN401 - a row of any table
    kind = KINDS[int(world.entity["kind"][entity])]
    return world.tables[kind][int(world.entity["component"][entity])]


def _modules_in(world: World, entity: int) -> dict[int, int]:
    modules: dict[int, int] = {}
    for row in inventories_of(world, entity):
        if world.tables["inventory"]["role"][row] == ROLE_MODULE:
            modules |= inventory_contents(world, row)
    return modules


def _of_chest(world: World, entity: int) -> dict[str, Any]:
    row = find_inventory(world, entity, Inventory.chest)
    record = world.tables["inventory"][row]
    has_bar = row > 0 and record["bar"] < record["slot_count"]
    return {"bar": int(record["bar"])} if has_bar else {}


def _of_machine(world: World, entity: int) -> dict[str, Any]:
    machine = _component(world, entity)
    if machine["silo"]:
        silo = world.tables["rocket_silo"][int(machine["silo"])]
        return {"auto_launch": bool(silo["auto_launch"])}
    return {} if machine["is_furnace"] else {"recipe": int(machine["recipe"])}


def _of_inserter(world: World, entity: int) -> dict[str, Any]:
    inserter = _component(world, entity)
    filters = inserter["filters"][: int(inserter["filter_count"])].tolist()
    return {
        "filters": tuple(filters) if any(filters) else (),
        "hand_override": int(inserter["hand_override"]),
    }


def _of_belt(world: World, entity: int) -> dict[str, Any]:
    belt = _component(world, entity)
    if belt["kind"] in _UNDERGROUND:
        return {"belt_end": _UNDERGROUND.index(int(belt["kind"]))}
    if belt["kind"] != BELT_KIND_SPLITTER:
        return {}
    return {
        "input_priority": int(belt["input_priority"]),
        "output_priority": int(belt["output_priority"]),
        "splitter_filter": int(belt["filter"]),
    }


def _of_ghost(world: World, entity: int) -> dict[str, Any]:
    record = ghost_record(world, entity)
    filters = record["filters"].tolist()
    wanted = zip(
        record["requested_items"].tolist(),
        record["requested_counts"].tolist(),
        strict=True,
    )
    names = ["recipe", "bar", "hand_override", "belt_end"]
    names += ["input_priority", "output_priority", "splitter_filter"]
    return {
        **{name: int(record[name]) for name in names},
        "filters": tuple(filters) if any(filters) else (),
        "auto_launch": bool(record["auto_launch"]),
        "requests": {item: count for item, count in wanted if item},
    }


_READERS: Final = {
    "simple": _of_chest,
    "crafting_machine": _of_machine,
    "inserter": _of_inserter,
    "belt": _of_belt,
    "ghost": _of_ghost,
}


def apply_settings(world: World, entity: int, settings: Settings) -> None:
    """Tell an entity, or a ghost, all that goes with its type.

    Modules are only told ghosts.
    """
    writer = _WRITERS.get(KINDS[int(world.entity["kind"][entity])])
    if writer is not None:
        writer(world, entity, settings)


def _to_chest(world: World, entity: int, settings: Settings) -> None:
    row = find_inventory(world, entity, Inventory.chest)
    if row and settings.bar != NO_BAR:
        set_bar(world, row, settings.bar)


def _to_machine(world: World, entity: int, settings: Settings) -> None:
    machine = _component(world, entity)
    if machine["silo"]:
        silo = world.tables["rocket_silo"][int(machine["silo"])]
        silo["auto_launch"] = settings.auto_launch
    elif machine["is_furnace"] or not settings.recipe:
        return
    elif can_craft(world, entity, settings.recipe):
        set_recipe(world, entity, settings.recipe)


def _to_inserter(world: World, entity: int, settings: Settings) -> None:
    filters = int(_component(world, entity)["filter_count"])
    for index, item in enumerate(settings.filters[:filters], start=1):
        set_filter(world, entity, index, item)
    set_hand_override(world, entity, settings.hand_override)


def _to_belt(world: World, entity: int, settings: Settings) -> None:
    belt = _component(world, entity)
    if belt["kind"] in _UNDERGROUND:
        set_belt_to_ground_type(world, entity, _ENDS[settings.belt_end])
    elif belt["kind"] == BELT_KIND_SPLITTER:
        belt["input_priority"] = settings.input_priority
        belt["output_priority"] = settings.output_priority
        belt["filter"] = settings.splitter_filter


def _to_ghost(world: World, entity: int, settings: Settings) -> None:
    record = ghost_record(world, entity)
    for name in ("recipe", "bar", "hand_override", "belt_end", "auto_launch"):
        record[name] = getattr(settings, name)
    for name in ("input_priority", "output_priority", "splitter_filter"):
        record[name] = getattr(settings, name)
    record["filters"] = 0
    record["filters"][: len(settings.filters)] = settings.filters
    record["requested_items"] = record["requested_counts"] = 0
    wanted = list(settings.requests.items())[:MAXIMUM_REQUESTS]
    for place, (item, count) in enumerate(wanted):
        record["requested_items"][place] = item
        record["requested_counts"][place] = count


_WRITERS: Final = {
    "simple": _to_chest,
    "crafting_machine": _to_machine,
    "inserter": _to_inserter,
    "belt": _to_belt,
    "ghost": _to_ghost,
}
