"""Members of LuaForce about research; its state is the player force's."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from fle_marl.errors import LuaApiMissing
from fle_marl.prototypes import TechnologyPrototype
from fle_marl.sim.actions.force import (
    research_all,
    reset_effects,
    reset_force,
)
from fle_marl.sim.actions.research import (
    add_research,
    cancel_current_research,
    queued_research,
    set_queue_enabled,
    set_research_enabled,
    set_research_progress,
    set_research_queue,
    settle_queue,
)
from fle_marl.sim.components import FORCE_PLAYER
from fle_marl.sim.lua_api.arguments import read_share
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_prototype_table import CustomTable, custom_table
from fle_marl.sim.lua_api.world_events import watched

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["declare", "of_player_force"]


def _read_technology(api: "LuaApi", value: object) -> TechnologyPrototype:
    """A TechnologyIdentification: a name, a LuaTechnology or its prototype."""
    technologies = api.prototypes.technologies
    for class_name in ("LuaTechnology", "LuaTechnologyPrototype"):
        number = api.self_of(value, class_name)
        if number is not None:
            return technologies.by_id(int(number))
    if not isinstance(value, str) or value not in technologies:
        fail(f"Unknown technology name: {shown(value)}.")
    return technologies[value]


def _technologies(api: "LuaApi", _index: int) -> LuaValue:
    technologies = api.prototypes.technologies
    return custom_table(
        api,
        CustomTable(
            "LuaTechnology",
            lambda: technologies,
            lambda key: technologies[str(key)].id if key in technologies else None,
        ),
    )


# --- the current research and the queue


def _current_research(api: "LuaApi", _index: int) -> LuaValue:
    queue = queued_research(api.world)
    return api.object("LuaTechnology", queue[0].id) if queue else None


def _research_progress(api: "LuaApi", _index: int) -> float:
    queue = queued_research(api.world)
    if not queue:
        return 0.0
    return float(api.world.tables["force_technology"]["progress"][queue[0].id])


def _set_research_progress(api: "LuaApi", _index: int, value: object) -> None:
    progress = read_share(value, "research_progress")
    if not queued_research(api.world):
        fail("research_progress cannot be set while no research is going on.")
    set_research_progress(api.world, progress)


def _previous_research(api: "LuaApi", _index: int) -> LuaValue:
    number = int(api.world.tables["force"]["previous_research"][FORCE_PLAYER])
    return api.object("LuaTechnology", number) if number else None


def _set_previous_research(api: "LuaApi", _index: int, value: object) -> None:
    number = 0 if value is None else _read_technology(api, value).id
    api.world.tables["force"]["previous_research"][FORCE_PLAYER] = number


def _research_queue(api: "LuaApi", _index: int) -> LuaValue:
    queue = queued_research(api.world)
    return api.objects("LuaTechnology", [technology.id for technology in queue])


def _set_research_queue(api: "LuaApi", _index: int, value: object) -> None:
    wanted = [] if value is None else api.list_of(value)
    set_research_queue(api.world, [_read_technology(api, each) for each in wanted])


def _research_queue_enabled(api: "LuaApi", _index: int) -> bool:
    return bool(api.world.tables["force"]["research_queue_enabled"][FORCE_PLAYER])


def _set_research_queue_enabled(api: "LuaApi", _index: int, is_enabled: bool) -> None:
    set_queue_enabled(api.world, is_enabled=is_enabled)


def _research_enabled(api: "LuaApi", _index: int) -> bool:
    return bool(api.world.tables["force"]["research_enabled"][FORCE_PLAYER])


def _enable_research(api: "LuaApi", _index: int) -> None:
    set_research_enabled(api.world, is_enabled=True)


def _disable_research(api: "LuaApi", _index: int) -> None:
    set_research_enabled(api.world, is_enabled=False)


def _add_research(api: "LuaApi", _index: int, technology: object) -> bool:
    return add_research(api.world, _read_technology(api, technology))


def _cancel_current_research(api: "LuaApi", _index: int) -> None:
    cancel_current_research(api.world)


# --- progress that is kept

_NO_PROGRESS: Final = 0.0
"""What is left once scripts take saved progress back, with nil. Source: runtime API,
LuaForce.set_saved_technology_progress."""


def _saved_progress(api: "LuaApi", _index: int, technology: object) -> float | None:
    # that of the current research is not saved yet but research_progress; a choice
    number = _read_technology(api, technology).id
    queue = queued_research(api.world)
    if queue and queue[0].id == number:
        return None
    progress = float(api.world.tables["force_technology"]["progress"][number])
    return progress or None


def _set_saved_progress(
    api: "LuaApi", _index: int, technology: object, progress: object = None
) -> None:
    wanted = _read_technology(api, technology)
    share = _NO_PROGRESS if progress is None else read_share(progress, "progress")
    if api.world.tables["force_technology"]["researched"][wanted.id]:
        fail(f"Technology {wanted.name} is researched, it has no saved progress.")
    api.world.tables["force_technology"]["progress"][wanted.id] = share
    settle_queue(api.world)


# --- all technologies and recipes at once


def _research_all(api: "LuaApi", _index: int, include_disabled: bool = False) -> None:
    research_all(api.world, include_disabled=bool(include_disabled))
    settle_queue(api.world)


def _reset(api: "LuaApi", _index: int) -> None:
    set_research_queue(api.world, [])
    reset_force(api.world)
    api.world.tables["force"]["previous_research"][FORCE_PLAYER] = 0
    # one event for all. That no research is told to be reversed besides is a choice
    api.events.forget_changes()
    api.events.tell("on_force_reset", {"force": api.object("LuaForce", FORCE_PLAYER)})


def _reset_effects(api: "LuaApi", _index: int) -> None:
    reset_effects(api.world)
    force = api.object("LuaForce", FORCE_PLAYER)
    api.events.tell("on_technology_effects_reset", {"force": force})


def _load_prototypes(api: "LuaApi", kind: str) -> None:
    start = api.world.prototypes[f"{kind}_prototype"]["enabled"]
    api.world.tables[f"force_{kind}"]["enabled"] = start
    settle_queue(api.world)


def _reset_technologies(api: "LuaApi", _index: int) -> None:
    _load_prototypes(api, "technology")


def _reset_recipes(api: "LuaApi", _index: int) -> None:
    _load_prototypes(api, "recipe")


def _enable(api: "LuaApi", kind: str, *, is_enabled: bool) -> None:
    api.world.tables[f"force_{kind}"]["enabled"][1:] = is_enabled
    settle_queue(api.world)


def _enable_all_technologies(api: "LuaApi", _index: int) -> None:
    _enable(api, "technology", is_enabled=True)


def _enable_all_recipes(api: "LuaApi", _index: int) -> None:
    _enable(api, "recipe", is_enabled=True)


def _enable_all_prototypes(api: "LuaApi", _index: int) -> None:
    for kind in ("technology", "recipe"):
        _enable(api, kind, is_enabled=True)


def _disable_all_prototypes(api: "LuaApi", _index: int) -> None:
    for kind in ("technology", "recipe"):
        _enable(api, kind, is_enabled=False)


# --- whose research it is


Member = Callable[..., Any]


def of_player_force(members: Mapping[str, Member]) -> dict[str, Member]:
    """Members of LuaForce that only the player force has, and refuse for others."""
    return {name: _of_player_force(name, member) for name, member in members.items()}


def _of_player_force(name: str, member: Member) -> Member:
    @wraps(member)
    def asked(api: "LuaApi", index: int, *arguments: object) -> object:
        if index != FORCE_PLAYER:
            raise LuaApiMissing(
                f"LuaForce.{name}: in the embedded simulator only the force 'player' "
                f"has technologies, recipes and a chart, not that of index {index}",
                details={"class": "LuaForce", "member": name},
            )
        return member(api, index, *arguments)

    return asked


def declare(force: LuaClass) -> None:
    """Add the members of this topic to LuaForce."""
    force.getters |= of_player_force(
        {
            "technologies": _technologies,
            "current_research": _current_research,
            "research_progress": _research_progress,
            "previous_research": _previous_research,
            "research_queue": _research_queue,
            "research_queue_enabled": _research_queue_enabled,
            "research_enabled": _research_enabled,
        }
    )
    force.setters |= of_player_force(
        {
            "previous_research": _set_previous_research,
            **watched(
                {
                    "research_progress": _set_research_progress,
                    "research_queue": _set_research_queue,
                    "research_queue_enabled": _set_research_queue_enabled,
                }
            ),
        }
    )
    force.methods |= of_player_force(
        {
            "get_saved_technology_progress": _saved_progress,
            "reset": _reset,
            "reset_technology_effects": _reset_effects,
            **watched(_CHANGING),
        }
    )


_CHANGING: Final[Mapping[str, Member]] = {
    "add_research": _add_research,
    "cancel_current_research": _cancel_current_research,
    "enable_research": _enable_research,
    "disable_research": _disable_research,
    "set_saved_technology_progress": _set_saved_progress,
    "research_all_technologies": _research_all,
    "reset_technologies": _reset_technologies,
    "reset_recipes": _reset_recipes,
    "enable_all_technologies": _enable_all_technologies,
    "enable_all_recipes": _enable_all_recipes,
    "enable_all_prototypes": _enable_all_prototypes,
    "disable_all_prototypes": _disable_all_prototypes,
}
"""Methods that may begin or end research."""
