"""The forces of a world: the game's three, and those that scripts make.

Source: runtime API, LuaGameScript.create_force and merge_forces, LuaForce.get_friend,
get_cease_fire, is_friend and is_enemy. Two forces are merged at once, where the game
waits for the end of the tick; that is a choice, and so is that nobody is an enemy of
the neutral force unless scripts say so.
"""

from typing import TYPE_CHECKING, Final

import numpy as np

from fle_marl.sim.components import (
    FORCE_ENEMY,
    FORCE_NEUTRAL,
    FORCE_PLAYER,
    KINDS,
    MOST_FORCES,
    TABLE_INDEX,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.notes import ABOUT_FORCE
from fle_marl.sim.systems.inserter import update_hand_limit

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = [
    "create_force",
    "force_index",
    "force_names",
    "has_cease_fire",
    "has_friend",
    "is_enemy",
    "is_friend",
    "merge_forces",
    "set_relation",
]

_GAME_FORCES: Final = {
    "player": FORCE_PLAYER,
    "enemy": FORCE_ENEMY,
    "neutral": FORCE_NEUTRAL,
}
_EVENT_OF: Final = {"friend": "friends", "cease_fire": "cease_fire"}
_ENTITY: Final = TABLE_INDEX["entity"]
_INSERTER: Final = KINDS.index("inserter")


def force_names(api: "LuaApi") -> dict[str, int]:
    """Index of each force by its name, in the order of the indices."""
    made = api.notes.named(ABOUT_FORCE, "name")
    return _GAME_FORCES | {
        str(name): index
        for index, name in made.items()
        if FORCE_NEUTRAL < index < MOST_FORCES
    }


def force_index(api: "LuaApi", value: object) -> int:
    """Index of a force given as LuaForce, name or index.

    Raises:
        ScriptError: it is none of them.
    """
    names = force_names(api)
    index = api.self_of(value, "LuaForce")
    if index is None:
        index = names.get(value) if isinstance(value, str) else value
    if index not in names.values():
        fail(f"Unknown force: {shown(value)}.")
    return int(index)


def create_force(api: "LuaApi", name: str) -> int:
    """Make a force without friends.

    Returns:
        Its index.

    Raises:
        ScriptError: the name is empty or taken, or there are too many forces.
    """
    names = force_names(api)
    if not name:
        fail("Force name can't be empty.")
    if name in names:
        fail(f"Force with name {name} already exists.")
    free = sorted(set(range(FORCE_NEUTRAL + 1, MOST_FORCES)) - set(names.values()))
    if not free:
        fail(f"There can be at most {MOST_FORCES - 1} forces.")
    index = free[0]
    api.world.tables["force"][index] = np.zeros((), api.world.tables["force"].dtype)
    api.world.tables["force"]["research_enabled"][index] = True
    api.notes.put(ABOUT_FORCE, index, "name", name)
    api.events.tell("on_force_created", {"force": api.object("LuaForce", index)})
    return index


def merge_forces(api: "LuaApi", source: int, destination: int) -> None:
    """Give everything of a force to another; the first is no more.

    Raises:
        ScriptError: it is one of the game's three forces, or both are one.
    """
    names = {index: name for name, index in force_names(api).items()}
    if source in _GAME_FORCES.values():
        fail(f"The force {names[source]} can't be merged into another.")
    if source == destination:
        fail("Can't merge a force with itself.")
    target = api.object("LuaForce", destination)
    told = {"source": api.object("LuaForce", source), "destination": target}
    api.events.tell("on_forces_merging", told)
    entity = api.world.entity[: int(api.world.count[_ENTITY])]
    is_theirs = (entity["prototype"] > 0) & (entity["force"] == source)
    entity["force"][is_theirs] = destination
    for row in (is_theirs & (entity["kind"] == _INSERTER)).nonzero()[0].tolist():
        update_hand_limit(api.world, row)
    for field in ("deconstruction_force", "upgrade_force"):
        entity[field][entity[field] == source] = destination
    api.notes.forget(ABOUT_FORCE, source)
    for index in names:
        for kind in ("friend", "cease_fire"):
            api.notes.put(ABOUT_FORCE, index, f"{kind} {source}", None)
    told = {"source_name": names[source], "source_index": source, "destination": target}
    api.events.tell("on_forces_merged", told)


# --- friends and enemies


def set_relation(
    api: "LuaApi", index: int, other: int, kind: str, *, is_so: bool
) -> None:
    """Say how a force stands to another; that one may see it otherwise.

    Args:
        api: changed.
        index: of the force.
        other: index of the other force.
        kind: ``"friend"`` or ``"cease_fire"``.
        is_so: whether it is.
    """
    before = has_friend if kind == "friend" else has_cease_fire
    is_new = before(api, index, other) != is_so
    api.notes.put(ABOUT_FORCE, index, f"{kind} {other}", is_so)
    if is_new:
        told = {
            "force": api.object("LuaForce", index),
            "other_force": api.object("LuaForce", other),
            "added": is_so,
        }
        api.events.tell(f"on_force_{_EVENT_OF[kind]}_changed", told)


def has_friend(api: "LuaApi", index: int, other: int) -> bool:
    """Whether a force was told to be another's friend."""
    return bool(api.notes.get(ABOUT_FORCE, index, f"friend {other}", False))


def has_cease_fire(api: "LuaApi", index: int, other: int) -> bool:
    """Whether a force does not shoot at another."""
    default = FORCE_NEUTRAL in (index, other)
    return bool(api.notes.get(ABOUT_FORCE, index, f"cease_fire {other}", default))


def is_friend(api: "LuaApi", index: int, other: int) -> bool:
    """Whether a force is another's friend; it is its own."""
    return index == other or has_friend(api, index, other)


def is_enemy(api: "LuaApi", index: int, other: int) -> bool:
    """Whether a force is another's enemy."""
    return not is_friend(api, index, other) and not has_cease_fire(api, index, other)
