"""Wrong arguments and values fail in the words of scripts, not in Python's."""

import lupa.lua52 as lupa

from fle_marl.errors import FleMarlError
from fle_marl.sim.lua_api.classes import CLASSES

OBJECTS = {
    "LuaBurner": "furnace.burner",
    "LuaEntity": "furnace",
    "LuaEntityPrototype": "furnace.prototype",
    "LuaFluidBox": "tank.fluidbox",
    "LuaForce": "game.forces.player",
    "LuaGameScript": "game",
    "LuaInventory": "chest.get_inventory(defines.inventory.chest)",
    "LuaItemPrototype": "game.item_prototypes.coal",
    "LuaItemStack": "chest.get_inventory(defines.inventory.chest)[1]",
    "LuaRecipe": "game.forces.player.recipes.lab",
    "LuaRendering": "rendering",
    "LuaSurface": "surface",
    "LuaTechnology": "game.forces.player.technologies.automation",
    "LuaTransportLine": "belt.get_transport_line(1)",
}
ENTITIES = ("furnace", "chest", "belt", "tank", "inserter", "character", "pole", "silo")
VALUES = ("nil", "true", "1", "-1", "2^60", "0/0", "'x'", "{}", "{{}}", "surface")


BUILD = """
for _, each in pairs(surface.find_entities()) do each.destroy() end
furnace = surface.create_entity{name='stone-furnace', position={0, 0}}
chest = surface.create_entity{name='iron-chest', position={4, 0}, force='player'}
belt = surface.create_entity{name='transport-belt', position={6, 0}}
tank = surface.create_entity{name='storage-tank', position={10, 0}}
inserter = surface.create_entity{name='filter-inserter', position={14, 0}}
character = surface.create_entity{name='character', position={18, 0}}
pole = surface.create_entity{name='small-electric-pole', position={20, 0}}
silo = surface.create_entity{name='rocket-silo', position={-9, 0}}
chest.insert('coal')
"""


def python_errors(run, source: str) -> list[str]:
    """What a chunk that may fail raises that is not for scripts."""
    try:
        run(source)
    except (FleMarlError, lupa.LuaError):
        return []
    except Exception as error:  # noqa: BLE001 - every other kind is a fault
        return [f"{source}: {type(error).__name__}: {error}"]
    return []


def members(name: str, kind: str) -> list[str]:
    [lua_class] = [each for each in CLASSES if each.name == name]
    return sorted(getattr(lua_class, kind))


def objects():
    for name, source in OBJECTS.items():
        for each in ENTITIES if name == "LuaEntity" else (source,):
            yield name, each


STANDS = f"return {' and '.join(f'{name}.valid' for name in ENTITIES)}"


def test_methods(run):
    found = []
    run(BUILD)
    for name, source in objects():
        [lua_class] = [each for each in CLASSES if each.name == name]
        for member, (least, most) in sorted(lua_class.argument_counts.items()):
            for count in range(least, min(most, 3) + 1):
                for value in VALUES if count else ("",):
                    arguments = ", ".join([value] * count)
                    call = f"local o = {source} return o.{member}({arguments})"
                    found += python_errors(run, call)
            if not run(STANDS):
                run(BUILD)
    assert not found, "\n".join(found)


def test_setters(run):
    found = []
    run(BUILD)
    for name, source in objects():
        for member in members(name, "setters"):
            for value in VALUES:
                found += python_errors(run, f"local o = {source} o.{member} = {value}")
    assert not found, "\n".join(found)
