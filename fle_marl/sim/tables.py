"""The prototypes' numbers as arrays that kernels read; made once a process."""

from collections.abc import Iterable
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.prototypes import (
    EntityPrototype,
    ItemPrototype,
    Prototypes,
    RecipePrototype,
    load,
)
from fle_marl.prototypes.cliffs import CLIFF_ORIENTATIONS, CliffBox, cliff_boxes
from fle_marl.sim.components import (
    BITS_PER_WORD,
    COLLISION_LAYERS,
    EFFECT_UNIT,
    EFFECTS,
    FIXED_TABLES,
    FLOW_PRECISIONS,
    FLOW_TOUCHED_TABLES,
    KINDS,
    MOST_FORCES,
    PROTOTYPE_TABLES,
)
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units

__all__ = [
    "collision_bits",
    "fixed_rows",
    "fuel_category_bits",
    "kind_of",
    "prototype_tables",
    "recipe_category",
    "resource_category",
]

_KIND_OF_TYPE: Final = {
    "resource": "resource",
    "character": "character",
    "mining-drill": "mining_drill",
    "furnace": "crafting_machine",
    "assembling-machine": "crafting_machine",
    "rocket-silo": "crafting_machine",
    "inserter": "inserter",
    "transport-belt": "belt",
    "underground-belt": "belt",
    "splitter": "belt",
    "electric-pole": "pole",
    "solar-panel": "solar_panel",
    "accumulator": "accumulator",
    "beacon": "beacon",
    "electric-turret": "electric_consumer",
    "lab": "lab",
    "lamp": "electric_consumer",
    "radar": "radar",
    "boiler": "boiler",
    "generator": "generator",
    "offshore-pump": "offshore_pump",
    "pump": "pump",
    "pipe": "pipe",
    "pipe-to-ground": "pipe",
    "storage-tank": "pipe",
    "item-entity": "item_on_ground",
    "entity-ghost": "ghost",
    "tile-ghost": "ghost",
    "reactor": "reactor",
    "heat-pipe": "heat_pipe",
    "cliff": "cliff",
    "character-corpse": "character_corpse",
    "ammo-turret": "ammo_turret",
    "artillery-turret": "ammo_turret",
    "fluid-turret": "fluid_turret",
    "gate": "gate",
}


_AMMO_TURRETS: Final = frozenset({"ammo-turret", "artillery-turret"})


def kind_of(prototype: EntityPrototype) -> int:
    """Index into `components.KINDS` of a prototype's entities."""
    return KINDS.index(_KIND_OF_TYPE.get(prototype.type, "simple"))


def collision_bits(layers: Iterable[str]) -> int:
    """Names of collision layers as bits; names that are not layers are flags."""
    return sum(
        1 << COLLISION_LAYERS.index(layer)
        for layer in set(layers)
        if layer in COLLISION_LAYERS
    )


def fuel_category_bits(prototypes: Prototypes, categories: Iterable[str]) -> int:
    """Names of fuel categories as bits of ``burner.fuel_categories``."""
    return sum(1 << (_fuel_category(prototypes, name) - 1) for name in set(categories))


def _fuel_category(prototypes: Prototypes, name: str | None) -> int:
    """Number of a fuel category, from 1; 0 for none."""
    if not name:
        return 0
    return sorted(prototypes.constants["fuel-category"]).index(name) + 1


def _ammo_category(prototypes: Prototypes, name: str | None) -> int:
    """Number of an ammunition category, from 1; 0 for none."""
    if not name:
        return 0
    return sorted(prototypes.constants["ammo-category"]).index(name) + 1


def _ammo_of(item: ItemPrototype) -> str | None:
    """Name of the category of ammunition that an item is; None for other items."""
    given: Any = item.properties.get("ammo_type")
    # one for each kind of shooter, all of the same category
    first = given[0] if isinstance(given, list) else given
    return first["category"] if first else None


def recipe_category(prototypes: Prototypes, name: str) -> int:
    """Number of a recipe category, from 0."""
    return sorted(prototypes.constants["recipe-category"]).index(name)


def resource_category(prototypes: Prototypes, name: str) -> int:
    """Number of a resource category, from 0."""
    return sorted(prototypes.constants["resource-category"]).index(name)


def fixed_rows(name: str) -> int:
    """Rows of a table that never grows; 0 for one that does."""
    if name == "clock":
        return 1
    if name == "force":
        return MOST_FORCES
    if name in FLOW_TOUCHED_TABLES:
        subjects = len(prototype_tables()[FLOW_TOUCHED_TABLES[name]])
        return FLOW_PRECISIONS * -(-subjects // BITS_PER_WORD)
    if name in FIXED_TABLES:
        return len(prototype_tables()[FIXED_TABLES[name]])
    return 0


@cache
def prototype_tables() -> dict[str, NDArray[Any]]:
    """All prototype tables of `components.PROTOTYPE_TABLES`, read-only.

    Returns:
        By name; row n is the prototype with the id n, row 0 is empty.
    """
    prototypes = load()
    tables = {
        "item_prototype": _items(prototypes),
        "module_effect": _modules(prototypes),
        "entity_prototype": _entities(prototypes),
        "tile_prototype": _tiles(prototypes),
        "fluid_prototype": _fluids(prototypes),
        "technology_prototype": _technologies(prototypes),
        "cliff_orientation": _cliffs(prototypes),
        **_recipes(prototypes),
    }
    for table in tables.values():
        table.setflags(write=False)
    return tables


def _empty(name: str, rows: int) -> NDArray[Any]:
    return np.zeros(rows + 1, PROTOTYPE_TABLES[name])


def _items(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("item_prototype", len(prototypes.items))
    for item in prototypes.items.values():
        row = table[item.id]
        row["stack_size"] = item.stack_size
        row["fuel_category"] = _fuel_category(prototypes, item.fuel_category)
        row["fuel_value_joules"] = item.fuel_value_joules
        if item.burnt_result:
            row["burnt_result"] = prototypes.items[item.burnt_result].id
        if item.place_result:
            row["place_result"] = prototypes.entities[item.place_result].id
        row["durability"] = item.durability or 0.0
        row["ammo_category"] = _ammo_category(prototypes, _ammo_of(item))
        for product in item.rocket_launch_products:
            row["launch_product"] = prototypes.items[product.name].id
            row["launch_amount"] = int(product.amount or 0)
    for number, name in enumerate(_science_packs(prototypes), start=1):
        table[prototypes.items[name].id]["science_pack"] = number
    for recipe in prototypes.recipes.values():
        if recipe.category == "smelting" and len(recipe.ingredients) == 1:
            source = prototypes.items[recipe.ingredients[0].name].id
            table[source]["smelting_recipe"] = recipe.id
    return table


_ALL_BY_DEFAULT: Final = frozenset({"mining-drill", "lab"})
"""Types that allow all effects when they name none. Source: prototype API,
MiningDrillPrototype.allowed_effects, LabPrototype.allowed_effects."""


def _effect_bits(effects: Iterable[str]) -> int:
    return sum(1 << EFFECTS.index(effect) for effect in set(effects))


def _allowed_effects(entity: EntityPrototype) -> int:
    if "allowed_effects" not in entity.properties:
        return _effect_bits(EFFECTS if entity.type in _ALL_BY_DEFAULT else ())
    return _effect_bits(entity.names("allowed_effects"))


def _limited_modules(prototypes: Prototypes) -> list[tuple[int, frozenset[str]]]:
    """Modules that only some recipes let in: their items, and those recipes."""
    return [
        (item.id, frozenset(item.names("limitation")))
        for item in prototypes.items.values()
        if item.type == "module" and item.properties.get("limitation")
    ]


def _modules(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("module_effect", len(prototypes.items))
    for item in prototypes.items.values():
        if item.type == "module":
            row = table[item.id]
            row["effects"] = _effect_bits(item.module_effects)
            for effect, value in item.module_effects.items():
                bonus = round(value["bonus"] * EFFECT_UNIT)
                row["bonus"][EFFECTS.index(effect)] = bonus
    for number, (item_id, _) in enumerate(_limited_modules(prototypes), start=1):
        table[item_id]["limitation"] = number
    return table


def _science_packs(prototypes: Prototypes) -> tuple[str, ...]:
    """What laboratories take, in the order of their slots."""
    packs: dict[str, None] = {}
    for entity in prototypes.entities.values():
        if entity.type == "lab":
            packs |= dict.fromkeys(entity.names("inputs"))
    return tuple(packs)


def _recipes(prototypes: Prototypes) -> dict[str, NDArray[Any]]:
    table = _empty("recipe_prototype", len(prototypes.recipes))
    limited = _limited_modules(prototypes)
    parts: list[tuple[Any, ...]] = [(False,) + (0,) * 8]
    for recipe in prototypes.recipes.values():
        row = table[recipe.id]
        row["category"] = recipe_category(prototypes, recipe.category)
        row["enabled"] = recipe.enabled
        row["limited_modules"] = sum(
            1 << number
            for number, (_, recipes) in enumerate(limited, start=1)
            if recipe.name in recipes
        )
        row["overload_multiplier"] = recipe.overload_multiplier or 0
        row["energy_required_seconds"] = recipe.energy_required
        row["first_ingredient"] = len(parts)
        row["ingredient_count"] = len(recipe.ingredients)
        parts += _parts(prototypes, recipe, "ingredients")
        row["first_product"] = len(parts)
        row["product_count"] = len(recipe.products)
        parts += _parts(prototypes, recipe, "products")
    # row by row: numpy's own conversion leaves the gaps between fields to chance, and
    # saved worlds would be refused by another process
    part_table = np.zeros(len(parts), PROTOTYPE_TABLES["recipe_part"])
    for row, part in enumerate(parts):
        part_table[row] = part
    return {"recipe_prototype": table, "recipe_part": part_table}


def _parts(
    prototypes: Prototypes, recipe: RecipePrototype, side: str
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for part in getattr(recipe, side):
        is_fluid = part.type == "fluid"
        table = prototypes.fluids if is_fluid else prototypes.items
        low = getattr(part, "amount_min", None)
        high = getattr(part, "amount_max", None)
        low = part.amount if low is None else low
        high = part.amount if high is None else high
        rows.append(
            (
                is_fluid,
                table[part.name].id,
                part.fluidbox_index or 0,
                (low + high) / 2,
                low,
                high,
                getattr(part, "probability", 1.0),
                part.catalyst_amount or 0.0,
                getattr(part, "temperature", None) or 0.0,
            )
        )
    return rows


def _entities(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("entity_prototype", len(prototypes.entities))
    for entity in prototypes.entities.values():
        row = table[entity.id]
        row["kind"] = kind_of(entity)
        row["tile_width"] = entity.tile_width
        row["tile_height"] = entity.tile_height
        row["is_resource"] = entity.type == "resource"
        row["allowed_effects"] = _allowed_effects(entity)
        row["collision_mask"] = collision_bits(entity.collision_mask)
        box = entity.collision_box
        row["left"] = tiles_to_units(box.left_top.x)
        row["top"] = tiles_to_units(box.left_top.y)
        # both edges are rounded towards the outside alike, so boxes stay symmetric
        row["right"] = -tiles_to_units(-box.right_bottom.x)
        row["bottom"] = -tiles_to_units(-box.right_bottom.y)
        row["max_health"] = entity.max_health or 0.0
        _fill_turret(prototypes, row, entity)
        if entity.minable is None:
            continue
        row["mining_time"] = entity.minable.mining_time
        row["normal_amount"] = entity.number("normal", 0.0)
        row["required_fluid_amount"] = entity.minable.fluid_amount
        for product in entity.minable.products:
            if product.type == "item":
                row["mined_item"] = prototypes.items[product.name].id
            else:
                row["mined_fluid"] = prototypes.fluids[product.name].id
                row["mined_amount"] = product.amount or product.amount_max
    return table


def _fill_turret(
    prototypes: Prototypes, row: NDArray[Any], entity: EntityPrototype
) -> None:
    """What a turret takes as ammunition, if it has an inventory for it."""
    if entity.type not in _AMMO_TURRETS:
        return
    attack: Any = entity.properties.get("attack_parameters")
    if attack is None:
        # an artillery turret shoots as its gun does
        gun = prototypes.items[entity.text("gun")]
        attack = gun.properties["attack_parameters"]
    row["ammo_category"] = _ammo_category(prototypes, attack["ammo_category"])
    row["automated_ammo_count"] = int(entity.number("automated_ammo_count"))
    row["ammo_stack_limit"] = int(entity.number("ammo_stack_limit", 0))


def _tiles(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("tile_prototype", len(prototypes.tiles))
    for tile in prototypes.tiles.values():
        row = table[tile.id]
        row["collision_mask"] = collision_bits(tile.collision_mask)
        row["walking_speed_modifier"] = tile.walking_speed_modifier
    return table


def _fluids(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("fluid_prototype", len(prototypes.fluids))
    for fluid in prototypes.fluids.values():
        row = table[fluid.id]
        row["default_temperature"] = fluid.default_temperature
        row["maximum_temperature"] = fluid.max_temperature
        row["heat_capacity_joules"] = fluid.heat_capacity_joules
    return table


def _technologies(prototypes: Prototypes) -> NDArray[Any]:
    table = _empty("technology_prototype", len(prototypes.technologies))
    packs = _science_packs(prototypes)
    for technology in prototypes.technologies.values():
        row = table[technology.id]
        row["enabled"] = technology.enabled
        row["visible_when_disabled"] = technology.visible_when_disabled
        row["ingredient_count"] = len(technology.ingredients)
        for part in technology.ingredients:
            row["pack_amounts"][packs.index(part.name)] = part.amount
        row["unit_count"] = technology.unit_count or 0.0
        row["unit_time_seconds"] = technology.unit_time_seconds
    return table


def _cliffs(prototypes: Prototypes) -> NDArray[Any]:
    """Boxes of the orientations of cliffs; all cliffs of the game have the same."""
    table = _empty("cliff_orientation", len(CLIFF_ORIENTATIONS))
    boxes = {
        cliff_boxes(entity)
        for entity in prototypes.entities.values()
        if entity.type == "cliff"
    }
    (shapes,) = boxes
    for row, box in zip(table[1:], shapes, strict=True):
        _fill_cliff(row, box)
    return table


def _fill_cliff(row: NDArray[Any], box: CliffBox) -> None:
    sides = box.left, box.top, box.right, box.bottom
    row["is_slanted"] = box.is_slanted
    if box.is_slanted:
        low, high = box.sums()
        least, most = box.differences()
        row["sum_low"], row["sum_high"] = _units(low), _units(high)
        row["difference_low"], row["difference_high"] = _units(least), _units(most)
        sides = (
            (low + least) / 2.0,
            (low - most) / 2.0,
            (high + most) / 2.0,
            (high - least) / 2.0,
        )
    for name, side in zip(("left", "top", "right", "bottom"), sides, strict=True):
        row[name] = _units(side)


def _units(tiles: float) -> int:
    """To the nearest 1/256 tile: of lengths with a root of two."""
    return round(tiles * POSITION_UNITS_PER_TILE)
