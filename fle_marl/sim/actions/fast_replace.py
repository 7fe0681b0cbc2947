"""Building one entity over another of its kind, which hands over what it has.

An entity can be replaced by one of the same ``fast_replaceable_group`` that covers the
same place. Contents, fuel and fire, recipe, filters, bar, wires, priorities and what
lies on belts go over; what the new entity has no room for is returned.

Source: prototype API, EntityPrototype.fast_replaceable_group; LuaSurface.create_entity
(``fast_replace``), can_fast_replace; wiki, Upgrade and fast replace. What becomes of a
craft that is going on is not documented; its ingredients go over.
"""

from collections import Counter
from typing import Any, Final

from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entity_contents,
)
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.actions.inventory import find_inventory, insert_items, set_bar
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.transport_line import (
    insert_at,
    items_on_line,
    lines_of_belt,
)
from fle_marl.sim.components import (
    BELT_KIND_UNDERGROUND_INPUT,
    BELT_KIND_UNDERGROUND_OUTPUT,
    KINDS,
)
from fle_marl.sim.parts import fluidboxes_of, inventories_of
from fle_marl.sim.systems.crafting_machine import can_craft, set_recipe
from fle_marl.sim.systems.electric_pole import connect_poles, pole_neighbours
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World

__all__ = ["fast_replace", "find_replaceable"]

_UNITS_PER_TILE: Final = 256
_BURNING: Final = ("currently_burning", "remaining_joules")
_UNDERGROUND_ENDS: Final = {
    BELT_KIND_UNDERGROUND_INPUT: "input",
    BELT_KIND_UNDERGROUND_OUTPUT: "output",
}
_PRIORITIES: Final = ("input_priority", "output_priority", "filter")


def find_replaceable(world: World, prototype: EntityPrototype, x: int, y: int) -> int:
    """The entity at a place that another could be built over.

    Args:
        world: not changed.
        prototype: of the other.
        x: centre, 1/256 tile; see `build.placed_position`.
        y: centre, 1/256 tile.

    Returns:
        Its row; 0 when there is none.
    """
    group = prototype.fast_replaceable_group
    if group is None:
        return 0
    wanted = world.prototypes["entity_prototype"]["kind"] >= 0
    query = EntityQuery(prototypes=wanted, box=(x, y, x, y))
    for row in find_entities(world, query):
        record = world.entity[int(row)]
        other = load().entities.by_id(int(record["prototype"]))
        is_same_place = (int(record["x"]), int(record["y"])) == (x, y)
        if (
            is_same_place
            and other.fast_replaceable_group == group
            and other.collision_box == prototype.collision_box
        ):
            return int(row)
    return 0


def fast_replace(
    world: World, old: int, name: str, *, direction: int, force: int
) -> tuple[int, dict[int, int]]:
    """Put an entity in the place of another.

    Args:
        world: changed.
        old: row of the entity that goes, as `find_replaceable` found it.
        name: of the new entity's prototype.
        direction: of the new entity, 0 to 7.
        force: ``components.FORCE_*``.

    Returns:
        Row of the new entity, and what is left over, {item: count}: what it has no room
        for. The item of the old entity itself is not in it.
    """
    record = world.entity[old].copy()
    contents = Counter(entity_contents(world, old))
    kept = _settings(world, old)
    destroy_entity(world, old)
    new = create_entity(
        world,
        name,
        int(record["x"]),
        int(record["y"]),
        direction=direction,
        force=force,
    )
    if KINDS[int(world.entity["kind"][new])] == kept["kind"]:
        _apply(world, new, kept)
    contents.subtract(kept["placed"])
    for item, count in (+contents).items():
        contents[item] -= insert_into(world, new, item, count)
    return new, dict(+contents)


def _component(world: World, entity: int) -> Any:  # noqa: ANN401 - a row of any table
    kind = KINDS[int(world.entity["kind"][entity])]
    if kind not in world.tables:
        return None
    return world.tables[kind][int(world.entity["component"][entity])]


def _settings(world: World, entity: int) -> dict[str, Any]:
    """What an entity hands over besides its items, and where its items lay."""
    kind = KINDS[int(world.entity["kind"][entity])]
    component = _component(world, entity)
    kept: dict[str, Any] = {"kind": kind, "placed": Counter(), "inventories": {}}
    kept["component"] = None if component is None else component.copy()
    for row in inventories_of(world, entity):
        inventory = world.tables["inventory"][row]
        first = int(inventory["first_slot"])
        slots = world.tables["slot"][first : first + int(inventory["slot_count"])]
        kept["inventories"][int(inventory["define"])] = (
            slots.copy(),
            int(inventory["bar"]) if inventory["bar"] < inventory["slot_count"] else -1,
        )
    burner = int(world.entity["burner"][entity])
    kept["burner"] = world.tables["burner"][burner].copy() if burner else None
    electric = int(world.entity["electric"][entity])
    kept["buffer"] = world.tables["electric"]["buffer_joules"][electric]
    kept["fluids"] = [
        world.tables["fluidbox"][row].copy() for row in fluidboxes_of(world, entity)
    ]
    if kind == "belt":
        kept["lines"] = [
            items_on_line(world, line) for line in lines_of_belt(world, entity)
        ]
    if kind == "pole":
        kept["wires"] = pole_neighbours(world, entity)
    return kept


def _apply(world: World, new: int, kept: dict[str, Any]) -> None:
    """Give a new entity what an old one had; ``kept["placed"]`` counts the items."""
    _SPECIAL.get(kept["kind"], _nothing)(world, new, kept)
    for define, (slots, bar) in kept["inventories"].items():
        row = find_inventory(world, new, define)
        if not row:
            continue
        if bar >= 0:
            set_bar(world, row, bar)
        for slot in slots[slots["count"] > 0]:
            item, count = int(slot["item"]), int(slot["count"])
            kept["placed"][item] += insert_items(world, row, item, count)
    _apply_energy(world, new, kept)
    boxes = fluidboxes_of(world, new)
    for row, box in zip(boxes, kept["fluids"], strict=False):
        target = world.tables["fluidbox"][row]
        if target["filter"] in (0, box["fluid"]):
            target["fluid"], target["temperature"] = box["fluid"], box["temperature"]
            target["amount"] = min(box["amount"], target["capacity"])


def _apply_energy(world: World, new: int, kept: dict[str, Any]) -> None:
    burner = int(world.entity["burner"][new])
    if burner and kept["burner"] is not None:
        for field in _BURNING:
            world.tables["burner"][field][burner] = kept["burner"][field]
        held = min(
            kept["burner"]["buffer_joules"],
            world.tables["burner"]["capacity_joules"][burner],
        )
        world.tables["burner"]["buffer_joules"][burner] = held
    electric = int(world.entity["electric"][new])
    if electric:
        source = world.tables["electric"][electric]
        source["buffer_joules"] = min(kept["buffer"], source["capacity_joules"])


def _nothing(_world: World, _new: int, _kept: dict[str, Any]) -> None:
    return None


def _apply_machine(world: World, new: int, kept: dict[str, Any]) -> None:
    recipe = int(kept["component"]["recipe"])
    machine = _component(world, new)
    if recipe and not machine["is_furnace"] and can_craft(world, new, recipe):
        set_recipe(world, new, recipe)


def _apply_inserter(world: World, new: int, kept: dict[str, Any]) -> None:
    old, record = kept["component"], _component(world, new)
    if int(old["hand_count"]) <= int(record["hand_limit"]):
        for field in ("hand_item", "hand_count", "phase", "orientation", "extension"):
            record[field] = old[field]
        kept["placed"][int(old["hand_item"])] += int(old["hand_count"])
    filters = int(record["filter_count"])
    record["filters"][:filters] = old["filters"][:filters]


def _apply_belt(world: World, new: int, kept: dict[str, Any]) -> None:
    record, old = _component(world, new), kept["component"]
    if old["kind"] in _UNDERGROUND_ENDS and record["kind"] in _UNDERGROUND_ENDS:
        set_belt_to_ground_type(world, new, _UNDERGROUND_ENDS[int(old["kind"])])
    for field in _PRIORITIES:
        _component(world, new)[field] = old[field]
    for line, items in zip(lines_of_belt(world, new), kept["lines"], strict=False):
        step = int(world.tables["transport_line"]["speed"][line]) / _UNITS_PER_TILE
        for item, position in items:
            if insert_at(world, line, position + step, item):
                kept["placed"][item] += 1


def _apply_pole(world: World, new: int, kept: dict[str, Any]) -> None:
    for other in kept["wires"]:
        connect_poles(world, new, other)


_SPECIAL: Final = {
    "crafting_machine": _apply_machine,
    "inserter": _apply_inserter,
    "belt": _apply_belt,
    "pole": _apply_pole,
}
