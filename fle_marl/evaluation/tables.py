"""Tables and lines that show tasks, runs and measurements to people."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fle_marl.evaluation.run_folder import PICTURE
from fle_marl.units import TICKS_PER_SECOND

if TYPE_CHECKING:
    from fle_marl.evaluation.rows import Row
    from fle_marl.evaluation.run import RunResult
    from fle_marl.tasks import TaskDefinition

__all__ = [
    "agent_line",
    "amount_text",
    "bench_table",
    "game_time",
    "result_table",
    "task_facts",
    "task_table",
]

_LINE_LENGTH: Final = 100
_ERROR: Final = "Error"
"""How the line begins that says why a program ended early."""


def task_table(tasks: Iterable["TaskDefinition"]) -> Table:
    """One line for each task."""
    table = Table(box=None, pad_edge=False)
    for name in ("task", "measures", "quota", "steps"):
        table.add_column(name, no_wrap=True)
    for task in tasks:
        condition = task.condition
        table.add_row(
            task.key,
            getattr(condition, "entity", "-"),
            amount_text(condition.quota),
            str(task.trajectory_length),
        )
    return table


def task_facts(task: "TaskDefinition") -> Group:
    """Everything about one task, each fact below its name."""
    parts: list[RenderableType] = []
    for name, fact in _facts(task).items():
        parts += [Text(name, style="bold"), Padding(Text(fact), (0, 0, 0, 2))]
    return Group(*parts)


def result_table(result: "RunResult") -> Group:
    """What a run came to, and where it was written."""
    table = Table(box=None, pad_edge=False)
    names = ("task", "quota", "measured", "success", "steps", "game time", "wall time")
    for name in names:
        table.add_column(name, no_wrap=True)
    table.add_row(
        result.task,
        amount_text(result.quota),
        amount_text(result.measured),
        "[green]yes[/green]" if result.success else "[red]no[/red]",
        str(result.steps),
        game_time(result.ticks),
        f"{result.wall_seconds:.1f} s",
    )
    folder = Path(result.run_dir)
    places = (f"run folder  {folder}", f"picture     {folder / PICTURE}")
    return Group(table, Text(""), *(Text(place) for place in places))


def bench_table(rows: Iterable["Row"]) -> Table:
    """Measurements beside what they should be."""
    verdicts = {None: "", True: "[green]reached[/green]", False: "[red]missed[/red]"}
    table = Table("measurement", "value", "target", "", box=None, pad_edge=False)
    for row in rows:
        sign = "<=" if row.better == "lower" else ">="
        target = "" if row.target is None else f"{sign} {row.target:,g} {row.unit}"
        value = f"{row.value:,g} {row.unit}"
        table.add_row(row.name, value, target, verdicts[row.reaches_target])
    return table


def agent_line(agent: str, program: str, info: Mapping[str, Any]) -> str:
    """What an agent did in a step, in one line.

    Args:
        agent: its name.
        program: what it ran.
        info: what the environment said of it.
    """
    code = info["error_code"]
    said = [line for line in str(info["result"]).splitlines() if line.strip()]
    if code is not None:
        said = [line for line in said if line.startswith(_ERROR)] or said
    state = "ran" if code is None else f"failed ({code}) in"
    line = f"  {agent} {state} {len(program.splitlines())} lines, "
    line += f"{game_time(info['ticks'])} of game time"
    if said:
        line += f": {said[-1].strip()}"
    return line if len(line) <= _LINE_LENGTH else line[: _LINE_LENGTH - 3] + "..."


def amount_text(amount: float | None) -> str:
    """An amount as people write it; a dash for none."""
    return "-" if amount is None else f"{amount:g}"


def game_time(ticks: int) -> str:
    """Game time in minutes and seconds, such as ``"2:05"``."""
    minutes, seconds = divmod(ticks // TICKS_PER_SECOND, 60)
    return f"{minutes}:{seconds:02d}"


def _facts(task: "TaskDefinition") -> dict[str, str]:
    inventory = task.scenario["inventory"]
    items = inventory.items() if isinstance(inventory, Mapping) else ()
    researched = bool(task.scenario["all_technologies_researched"])
    facts = {
        "task": f"{task.key} ({task.task_type})",
        "goal": task.goal_description,
        "how it is judged": task.condition.explain(),
        "what single agents are told": "\n".join(
            f"agent_{i}: {text}" for i, text in enumerate(task.agent_instructions)
        ),
        "steps": str(task.trajectory_length),
        "map": str(task.scenario["name"]),
        "technologies": "all researched" if researched else "none researched",
        "each agent starts with": ", ".join(f"{n} {item}" for item, n in items)
        or "nothing",
        "also known as": ", ".join(task.aliases),
        "environments": f"fle_marl.parallel_env({task.key!r}, num_agents=2)\n"
        f"fle_marl.env({task.key!r}, num_agents=2)\n"
        f"gymnasium.make('fle_marl.envs:Factorio-{task.key}-v0')",
        "file": str(task.path),
    }
    return {name: fact for name, fact in facts.items() if fact}
