"""Members of LuaForce about other forces, and what else is only noted of a force."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.lua_api import forces
from fle_marl.sim.lua_api.colors import WHITE, read_color
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.notes import ABOUT_FORCE, remember
from fle_marl.sim.lua_api.printing import print_line

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare"]

_ENTITY: Final = TABLE_INDEX["entity"]
# --- friends and enemies


def _get_relation(
    api: "LuaApi",
    index: int,
    other: object,
    *,
    ask: Callable[["LuaApi", int, int], bool],
) -> bool:
    return ask(api, index, force_index(api, other))


def _set_relation(
    api: "LuaApi", index: int, other: object, is_so: bool, *, kind: str
) -> None:
    number = force_index(api, other)
    forces.set_relation(api, index, number, kind, is_so=is_so)


# --- entities


def _get_entity_count(api: "LuaApi", index: int, name: object) -> int:
    entities = api.prototypes.entities
    if not isinstance(name, str) or name not in entities:
        fail(f"Unknown entity name: {shown(name)}.")
    entity = api.world.entity[: int(api.world.count[_ENTITY])]
    is_it = entity["prototype"] == entities[name].id
    return int((is_it & (entity["force"] == index)).sum())


# --- what is only noted


def _color(api: "LuaApi", index: int) -> LuaValue:
    # without a colour of its own it is white; a choice
    own = api.notes.get(ABOUT_FORCE, index, "custom_color")
    return api.table(own or WHITE)


def _custom_color(api: "LuaApi", index: int) -> LuaValue:
    own = api.notes.get(ABOUT_FORCE, index, "custom_color")
    return None if own is None else api.table(own)


def _set_custom_color(api: "LuaApi", index: int, value: object) -> None:
    color = None if value is None else read_color(api, value)
    api.notes.put(ABOUT_FORCE, index, "custom_color", color)


def _hand_crafting_note(api: "LuaApi", recipe: object) -> str:
    number = api.self_of(recipe, "LuaRecipe")
    recipes = api.prototypes.recipes
    if number is None:
        if not isinstance(recipe, str) or recipe not in recipes:
            fail(f"Unknown recipe name: {shown(recipe)}.")
        number = recipes[recipe].id
    return f"hand_crafting_disabled {number}"


def _get_hand_crafting_disabled(api: "LuaApi", index: int, recipe: object) -> bool:
    note = _hand_crafting_note(api, recipe)
    return bool(api.notes.get(ABOUT_FORCE, index, note, False))


def _set_hand_crafting_disabled(
    api: "LuaApi", index: int, recipe: object, is_disabled: bool
) -> None:
    api.notes.put(ABOUT_FORCE, index, _hand_crafting_note(api, recipe), is_disabled)


def _print(
    api: "LuaApi", _index: int, message: object, _settings: object = None
) -> None:
    # nobody sees it but the console
    print_line(api, message)


def _players(api: "LuaApi", _index: int) -> LuaValue:
    # a headless server that nobody joined
    return api.lua.table()


def _is_pathfinder_busy(_api: "LuaApi", _index: int) -> bool:
    # paths are found at once
    return False


def declare(force: LuaClass) -> None:
    """Add the members of this topic to LuaForce."""
    remember(force, ABOUT_FORCE, "friendly_fire", default=True)
    force.methods |= {
        "get_friend": partial(_get_relation, ask=forces.has_friend),
        "set_friend": partial(_set_relation, kind="friend"),
        "get_cease_fire": partial(_get_relation, ask=forces.has_cease_fire),
        "set_cease_fire": partial(_set_relation, kind="cease_fire"),
        "is_friend": partial(_get_relation, ask=forces.is_friend),
        "is_enemy": partial(_get_relation, ask=forces.is_enemy),
        "get_entity_count": _get_entity_count,
        "get_hand_crafting_disabled_for_recipe": _get_hand_crafting_disabled,
        "set_hand_crafting_disabled_for_recipe": _set_hand_crafting_disabled,
        "is_pathfinder_busy": _is_pathfinder_busy,
        "print": _print,
    }
    force.getters |= {
        "players": _players,
        "connected_players": _players,
        "color": _color,
        "custom_color": _custom_color,
    }
    force.setters["custom_color"] = _set_custom_color
