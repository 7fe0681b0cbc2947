"""The research queue of the player force: what is researched, and what comes next.

The first of the queue is the current research. Progress belongs to the technology, so
it is kept when another is researched meanwhile.

Choices: a technology is queued once, also when it has several levels; when the queue is
switched off, it is cut to the current research; what became impossible leaves it, as
the runtime API says of LuaForce.cancel_current_research.

Source: runtime API, LuaForce.research_queue, add_research, cancel_current_research,
previous_research, research_progress; wiki.factorio.com/Research.
"""

from collections.abc import Iterable

from fle_marl.prototypes import TechnologyPrototype, load
from fle_marl.sim.actions.force import set_researched, technology_level
from fle_marl.sim.components import FORCE_PLAYER, MAXIMUM_QUEUED_RESEARCH
from fle_marl.sim.world import World

__all__ = [
    "add_research",
    "cancel_current_research",
    "finish_research",
    "queued_research",
    "set_queue_enabled",
    "set_research_enabled",
    "set_research_progress",
    "set_research_queue",
    "settle_queue",
]


def queued_research(world: World) -> list[TechnologyPrototype]:
    """The technologies of the queue, the current research first."""
    numbers = world.tables["force"]["research_queue"][FORCE_PLAYER]
    return [load().technologies.by_id(number) for number in numbers.tolist() if number]


def _is_possible(
    world: World, technology: TechnologyPrototype, ahead: set[int]
) -> bool:
    """Whether a technology can be researched once those ahead of it are.

    Source: runtime API, LuaForce.research_queue: neither what is researched already nor
    what lacks prerequisites.
    """
    record = world.tables["force_technology"]
    if record["researched"][technology.id] or technology.id in ahead:
        return False
    needed = [load().technologies[name].id for name in technology.prerequisites]
    return bool(record["enabled"][technology.id]) and all(
        number in ahead or _has_a_level(world, number) for number in needed
    )


def _has_a_level(world: World, number: int) -> bool:
    technology = load().technologies.by_id(number)
    is_researched = world.tables["force_technology"]["researched"][number]
    return bool(is_researched) or technology_level(world, technology) > technology.level


def set_research_queue(world: World, wanted: Iterable[TechnologyPrototype]) -> None:
    """Queue technologies, the first of them to be researched now.

    What cannot be researched, and what does not fit, is left out. While the queue is
    disabled the last is the current research. Source: runtime API,
    LuaForce.research_queue.
    """
    force = world.tables["force"][FORCE_PLAYER]
    queue: list[TechnologyPrototype] = []
    for technology in wanted if force["research_enabled"] else ():
        ahead = (
            {each.id for each in queue} if force["research_queue_enabled"] else set()
        )
        if _is_possible(world, technology, ahead):
            queue.append(technology)
    most = MAXIMUM_QUEUED_RESEARCH
    queue = queue[:most] if force["research_queue_enabled"] else queue[-1:]
    force["research_queue"] = 0
    force["research_queue"][: len(queue)] = [technology.id for technology in queue]
    force["research_unit_count"] = _unit_count(world, queue[0]) if queue else 0
    is_done = bool(queue) and _progress(world, queue[0]) >= 1.0
    force["is_research_done"] = is_done


def _unit_count(world: World, technology: TechnologyPrototype) -> int:
    return technology.unit_count_of_level(technology_level(world, technology))


def _progress(world: World, technology: TechnologyPrototype) -> float:
    return float(world.tables["force_technology"]["progress"][technology.id])


def settle_queue(world: World) -> None:
    """Take out of the queue what has become impossible; after technologies changed."""
    set_research_queue(world, queued_research(world))


def add_research(world: World, technology: TechnologyPrototype) -> bool:
    """Queue a technology behind the others, or research it now without a queue.

    Source: runtime API, LuaForce.add_research.

    Returns:
        Whether it was added.
    """
    force = world.tables["force"][FORCE_PLAYER]
    before = queued_research(world)
    if not force["research_queue_enabled"]:
        if not _is_possible(world, technology, set()):
            return False
        before = []
    set_research_queue(world, [*before, technology])
    return len(queued_research(world)) > len(before)


def cancel_current_research(world: World) -> None:
    """Stop the current research; what depends on it leaves the queue, too."""
    set_research_queue(world, queued_research(world)[1:])


def set_research_progress(world: World, progress: float) -> None:
    """Have so much of the current research done, 0 to 1; with 1 it is finished."""
    technology, *_ = queued_research(world)
    world.tables["force_technology"]["progress"][technology.id] = progress
    if progress >= 1.0:
        finish_research(world)


def set_queue_enabled(world: World, *, is_enabled: bool) -> None:
    """Switch the queue on or off; the current research goes on."""
    current = queued_research(world)
    world.tables["force"]["research_queue_enabled"][FORCE_PLAYER] = is_enabled
    set_research_queue(world, current if is_enabled else current[:1])


def set_research_enabled(world: World, *, is_enabled: bool) -> None:
    """Allow research, or end it; that the queue is emptied then is a choice."""
    world.tables["force"]["research_enabled"][FORCE_PLAYER] = is_enabled
    settle_queue(world)


def finish_research(world: World) -> None:
    """Give what the current research brings, and begin the next; between ticks.

    `fle_marl.sim.schedule.advance` returns early when there is something to do.
    """
    technology, *others = queued_research(world)
    set_researched(world, technology, is_researched=True)
    world.tables["force"]["previous_research"][FORCE_PLAYER] = technology.id
    set_research_queue(world, others)
