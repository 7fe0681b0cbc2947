"""The names that programs find."""

import subprocess
import sys

from fle_marl.lua.types import Direction, Prototype, agent_vocabulary, networks
from fle_marl.lua.types import entities as kinds

FROM_THE_PEER = [
    "Prototype",
    "Resource",
    "Direction",
    "Position",
    "EntityStatus",
    "BoundingBox",
    "BuildingBox",
    "BeltGroup",
    "PipeGroup",
    "ElectricityGroup",
    "Technology",
    "Recipe",
    "RecipeName",
    "Pipe",
    "Inventory",
    "Entity",
    "prototype_by_name",
    "UP",
    "ABOVE",
    "TOP",
    "RIGHT",
    "EAST",
    "LEFT",
    "WEST",
    "DOWN",
    "BELOW",
    "BOTTOM",
    "sqrt",
    "sin",
    "cos",
    "tan",
    "pi",
    "floor",
    "ceil",
    "Optional",
    "Union",
    "List",
    "Dict",
    "Tuple",
    "Set",
    "ResourcePatch",
    "Ingredient",
    "Product",
    "Dimensions",
    "TileDimensions",
    "IndexedPosition",
]


def test_programs_find_the_names_that_they_know():
    assert set(FROM_THE_PEER) <= set(agent_vocabulary())


def test_each_entity_class_goes_by_its_own_and_its_prototypes_name():
    names = agent_vocabulary()

    assert names["Furnace"] is names["StoneFurnace"] is kinds.Furnace
    assert all(
        names[kind].__name__ == kind for kind in kinds.__all__ + networks.__all__
    )
    assert names["BOTTOM"] is Direction.DOWN
    assert all(p.name in names for p in Prototype if p.entity_class)


def test_the_house_keeps_its_own_tools():
    assert "record_type" not in agent_vocabulary()


def test_the_types_load_nothing_heavy():
    program = (
        "import sys, fle_marl.lua.types, fle_marl.lua.client;"
        "heavy = {'numpy', 'numba', 'pydantic', 'lupa', 'gymnasium', 'msgpack',"
        " 'fle_marl.prototypes'};"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
