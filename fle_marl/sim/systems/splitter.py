"""What can be set on a splitter: priorities and a filter.

How a splitter deals out items is in `kernels.splitter`.

Source: LuaEntity.splitter_filter, splitter_input_priority, splitter_output_priority;
changelog 0.16.17.
"""

from typing import Any, Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.kernels.transport_line import wake
from fle_marl.sim.world import World

__all__ = [
    "set_splitter_filter",
    "set_splitter_input_priority",
    "set_splitter_output_priority",
    "splitter_filter",
    "splitter_input_priority",
    "splitter_output_priority",
]

_PRIORITIES: Final = ("none", "left", "right")


def splitter_input_priority(world: World, entity: int) -> str:
    """Side whose items go first: ``"left"``, ``"right"`` or ``"none"``."""
    return _PRIORITIES[int(_belt(world, entity)["input_priority"])]


def splitter_output_priority(world: World, entity: int) -> str:
    """Side that items go to first: ``"left"``, ``"right"`` or ``"none"``."""
    return _PRIORITIES[int(_belt(world, entity)["output_priority"])]


def splitter_filter(world: World, entity: int) -> int:
    """Item that alone goes to the output with priority; 0 when there is no filter."""
    return int(_belt(world, entity)["filter"])


def set_splitter_input_priority(world: World, entity: int, side: str) -> None:
    """Let the items of one side go first.

    Args:
        world: changed.
        entity: row of a splitter.
        side: ``"left"``, ``"right"`` or ``"none"``.

    Raises:
        ValueError: there is no such side.
    """
    _belt(world, entity)["input_priority"] = _priority(side)
    _wake(world, entity)


def set_splitter_output_priority(world: World, entity: int, side: str) -> None:
    """Let items go to one side first; without a side there is no filter either.

    Args:
        world: changed.
        entity: row of a splitter.
        side: ``"left"``, ``"right"`` or ``"none"``.

    Raises:
        ValueError: there is no such side.
    """
    record = _belt(world, entity)
    record["output_priority"] = _priority(side)
    if side == "none":
        record["filter"] = 0
    _wake(world, entity)


def set_splitter_filter(world: World, entity: int, item: int) -> None:
    """Let one item alone go to the output with priority, the left one if none has it.

    Args:
        world: changed.
        entity: row of a splitter.
        item: what; 0 takes the filter away.
    """
    record = _belt(world, entity)
    record["filter"] = item
    if item and not record["output_priority"]:
        record["output_priority"] = _PRIORITIES.index("left")
    _wake(world, entity)


def _belt(world: World, entity: int) -> Any:  # noqa: ANN401 - a row of `belt`
    return world.tables["belt"][world.entity["component"][entity]]


def _priority(side: str) -> int:
    if side not in _PRIORITIES:
        raise ValueError(
            f"a splitter's priority is one of {', '.join(_PRIORITIES)}, not {side!r}"
        )
    return _PRIORITIES.index(side)


def _wake(world: World, entity: int) -> None:
    """What has waited for the old setting may go on now."""
    _wake_lines(world.state, int(world.entity["component"][entity]))


@entry_point
def _wake_lines(state: Tables, row: int) -> None:
    belt = state.belt
    for place in range(belt[row].line_count):
        wake(state, belt[row].lines[place])
