"""Filters by which scripts hear only of some entities.

Source: runtime API, EventFilter and the filters of each event. That what scripts raise
themselves is filtered as well, and that an event whose entity is gone already is told
to all, are choices.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from lupa.lua52 import lua_type

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.ghosts import inner_prototype
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.forces import force_index
from fle_marl.sim.lua_api.ghost_filters import GHOST_PROTOTYPES, inner_type
from fle_marl.sim.lua_api.lua_class import LuaValue
from fle_marl.sim.lua_api.prototype_filters import (
    ENTITY_TESTS,
    are_met,
    compares,
)

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["EVENTS_WITH_FILTERS", "copied", "meets", "read_filters"]


@dataclass(frozen=True, slots=True)
class _Told:
    """What an event is about.

    Attributes:
        api: for looking things up.
        prototype: of the entity.
        row: of the entity; 0 when there is none any more.
        data: all that scripts are told.
    """

    api: "LuaApi"
    prototype: EntityPrototype
    row: int
    data: LuaValue

    @property
    def is_ghost(self) -> bool:
        """Whether the entity is a ghost."""
        return self.row > 0 and self.prototype.id in GHOST_PROTOTYPES


Test = Callable[[_Told, LuaValue], bool]


def _of_prototype(name: str) -> Test:
    test = ENTITY_TESTS[name]
    return lambda told, given: test(told.prototype, given)


def _ghost_name(told: _Told, given: LuaValue) -> bool:
    if not told.is_ghost:
        return False
    return bool(inner_prototype(told.api.world, told.row).name == given["name"])


def _ghost_type(told: _Told, given: LuaValue) -> bool:
    return told.is_ghost and inner_type(told.api, told.row) == given["type"]


def _amount(key: str) -> Test:
    def compared(told: _Told, given: LuaValue) -> bool:
        return compares(float(told.data[key]), given)

    return compared


def _damage_type(told: _Told, given: LuaValue) -> bool:
    return bool(told.data["damage_type"]["name"] == given["type"])


def _force(told: _Told, given: LuaValue) -> bool:
    wanted = force_index(told.api, given["force"])
    return bool(told.row and told.api.world.entity["force"][told.row] == wanted)


_BY_TYPE: Final[Mapping[str, Test]] = {"type": _of_prototype("type")}
_OF_ENTITIES: Final[Mapping[str, Test]] = {
    **_BY_TYPE,
    **{
        name: _of_prototype(name)
        for name in (
            "crafting-machine",
            "ghost",
            "name",
            "rail",
            "robot-with-logistics-interface",
            "rolling-stock",
            "transport-belt-connectable",
            "turret",
            "vehicle",
            "wall-connectable",
        )
    },
    "circuit-network-connectable": _of_prototype("circuit-connectable"),
    "ghost_name": _ghost_name,
    "ghost_type": _ghost_type,
    "rail-signal": lambda told, _given: (
        told.prototype.type in ("rail-signal", "rail-chain-signal")
    ),
}
_OF_BUILDERS: Final = {**_OF_ENTITIES, "force": _force}
_OF_DAMAGE: Final = {
    **_OF_ENTITIES,
    "damage-type": _damage_type,
    "final-damage-amount": _amount("final_damage_amount"),
    "final-health": _amount("final_health"),
    "original-damage-amount": _amount("original_damage_amount"),
}

EVENTS_WITH_FILTERS: Final[Mapping[str, tuple[str, Mapping[str, Test]]]] = {
    "on_built_entity": ("created_entity", _OF_BUILDERS),
    "on_robot_built_entity": ("created_entity", _OF_BUILDERS),
    "on_entity_cloned": ("source", _OF_ENTITIES),
    "on_entity_damaged": ("entity", _OF_DAMAGE),
    "on_post_entity_died": ("prototype", _BY_TYPE),
    "on_pre_ghost_deconstructed": ("ghost", _OF_ENTITIES),
    "on_pre_ghost_upgraded": ("ghost", _OF_ENTITIES),
    "on_sector_scanned": ("radar", _OF_ENTITIES),
    **dict.fromkeys(
        (
            "on_cancelled_deconstruction",
            "on_cancelled_upgrade",
            "on_entity_died",
            "on_marked_for_deconstruction",
            "on_marked_for_upgrade",
            "on_player_mined_entity",
            "on_player_repaired_entity",
            "on_pre_player_mined_item",
            "on_robot_mined_entity",
            "on_robot_pre_mined",
            "script_raised_built",
            "script_raised_destroy",
            "script_raised_revive",
            "script_raised_teleported",
        ),
        ("entity", _OF_ENTITIES),
    ),
}
"""By name of the event: where its entity is told, and the filters that it has."""


def read_filters(api: "LuaApi", event: str | None, filters: LuaValue) -> LuaValue:
    """A script's filters, as they are now.

    Args:
        api: for the copy.
        event: its name; None for events of scripts' own.
        filters: what the script gave.

    Raises:
        ScriptError: they are no table, or the event has no such filters.
    """
    if lua_type(filters) != "table":
        fail(f"Filters are a table, not {shown(filters)}.")
    if event is None or event not in EVENTS_WITH_FILTERS:
        fail(f"The event {event or 'of a script'} does not support filters.")
    _, tests = EVENTS_WITH_FILTERS[event]
    kept = copied(api, filters)
    for given in kept.values():
        name = given["filter"] if lua_type(given) == "table" else given
        # a word alone is no filter either
        if name is given or not isinstance(name, str) or name not in tests:
            fail(
                f"Unknown filter of {event}: {shown(name)}; "
                f"there are: {', '.join(sorted(tests))}."
            )
    return kept


def copied(api: "LuaApi", filters: LuaValue) -> LuaValue:
    """Filters that do not change with those of the script."""
    return api.table(cast("list[Any]", api.plain(filters)))


def meets(api: "LuaApi", event: str, filters: LuaValue, data: LuaValue) -> bool:
    """Whether an event is to be told to a script with filters.

    Args:
        api: for looking things up.
        event: its name.
        filters: what `read_filters` gave.
        data: what would be told.
    """
    subject, tests = EVENTS_WITH_FILTERS[event]
    number = api.self_of(data[subject], "LuaEntityPrototype")
    handle = api.self_of(data[subject], "LuaEntity")
    row = 0 if handle is None else api.find_row(handle)
    if number is None and not row:
        return True
    if number is None:
        prototype = api.prototype_of(row)
    else:
        prototype = api.prototypes.entities.by_id(number)
    told = _Told(api, prototype, row, data)
    return are_met(filters, lambda given: tests[given["filter"]](told, given))
