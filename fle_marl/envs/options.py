"""The options of every environment: what may be asked for, and what it comes to.

All faces of an environment (parallel, turn-based, single) take the same options, so
they are named, documented and checked here once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from fle_marl.errors import FleMarlError
from fle_marl.servers.base import GameServer
from fle_marl.tasks import TaskDefinition, get_task
from fle_marl.tasks.reasons import did_you_mean
from fle_marl.units import TICKS_PER_MINUTE

__all__ = [
    "DEFAULT_TASK",
    "EnvOptions",
    "ServerFactory",
    "Settings",
    "resolve_options",
]

DEFAULT_TASK: Final = "iron_plate_throughput_16"
DEFAULT_TICKS_PER_STEP: Final = 10 * TICKS_PER_MINUTE

ServerFactory = Callable[[], GameServer]

_DEFAULT_NUM_AGENTS: Final = 2
_CONTROLS: Final = ("program",)
_RENDER_MODES: Final = (None, "rgb_array", "ansi")


class EnvOptions(TypedDict, total=False):
    """Keyword options of an environment; each may be left out.

    Attributes:
        num_agents: characters in the world; otherwise what the task is meant for, or 2.
        control: ``"program"``, in which an action is the text of a Python program.
        max_cycles: steps (turn-based: turns of each agent) after which all agents are
            truncated; otherwise the task's `trajectory_length`. -1 never truncates.
        seed: of the first world, where `reset` is not given one.
        server: ``"embedded"``, or a function that makes a `GameServer`; it must pickle
            if the environment is to.
        ticks_per_step: game time that a program may take in one step, ticks; otherwise
            the task's limit, or 36,000 (ten minutes).
        map_image: put a picture of the factory into observations, as base64 PNG.
        render_mode: what `render` gives: ``"rgb_array"`` pictures, ``"ansi"`` text,
            None nothing.
    """

    num_agents: int | None
    control: str
    max_cycles: int | None
    seed: int | None
    server: str | ServerFactory
    ticks_per_step: int | None
    map_image: bool
    render_mode: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What an environment's options come to; see `EnvOptions`.

    Attributes:
        max_cycles: None never truncates.
    """

    task: TaskDefinition
    agents: tuple[str, ...]
    max_cycles: int | None
    seed: int | None
    open_server: ServerFactory
    ticks_per_step: int
    map_image: bool
    render_mode: str | None


def resolve_options(task: str | TaskDefinition, options: Mapping[str, Any]) -> Settings:
    """Check an environment's options and fill in what was left out.

    Args:
        task: a definition, or what `get_task` finds one by.
        options: see `EnvOptions`.

    Raises:
        TaskError: `no-such-task` or `bad-task`.
        FleMarlError: `no-such-option`, `no-such-control`, `control-not-available`,
            `no-such-server`, `no-such-render-mode` or `bad-option`.
    """
    _check_names(options)
    definition = task if isinstance(task, TaskDefinition) else get_task(task)
    _check_control(options.get("control", "program"))
    _check_render_mode(options.get("render_mode"))
    num_agents = _count(options, "num_agents", definition.num_agents)
    max_cycles = options.get("max_cycles")
    if max_cycles != -1:
        max_cycles = _count(options, "max_cycles", definition.trajectory_length)
    return Settings(
        task=definition,
        agents=tuple(f"agent_{i}" for i in range(num_agents or _DEFAULT_NUM_AGENTS)),
        max_cycles=None if max_cycles == -1 else max_cycles,
        seed=_count(options, "seed", None, least=0),
        open_server=_server_factory(options.get("server", "embedded")),
        ticks_per_step=_count(
            options, "ticks_per_step", definition.limits.ticks_per_step
        )
        or DEFAULT_TICKS_PER_STEP,
        map_image=bool(options.get("map_image", False)),
        render_mode=options.get("render_mode"),
    )


def open_embedded_server() -> GameServer:
    """Start the embedded simulator; compiling it may take a while the first time."""
    from fle_marl.servers.embedded import EmbeddedServer

    return EmbeddedServer()


def _check_names(options: Mapping[str, Any]) -> None:
    known = EnvOptions.__annotations__
    for name in options:
        if name not in known:
            raise FleMarlError(
                f"an environment has no option {name!r}{did_you_mean(name, known)} "
                f"(there are: task, {', '.join(known)})",
                code="no-such-option",
            )


def _check_control(control: object) -> None:
    if control == "primitive":
        raise FleMarlError(
            "control 'primitive' (discrete actions with a mask) is not part of this "
            "version; use control 'program', in which an action is a Python program",
            code="control-not-available",
        )
    if control not in _CONTROLS:
        raise FleMarlError(
            f"there is no control {control!r}; there is 'program'",
            code="no-such-control",
        )


def _check_render_mode(render_mode: object) -> None:
    if render_mode not in _RENDER_MODES:
        raise FleMarlError(
            f"there is no render mode {render_mode!r}; there are None, 'rgb_array' "
            "and 'ansi'",
            code="no-such-render-mode",
        )


def _count(
    options: Mapping[str, Any], name: str, otherwise: int | None, least: int = 1
) -> int | None:
    value = options.get(name)
    if value is None:
        return otherwise
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise FleMarlError(
            f"option {name} must be a whole number of at least {least}, and "
            f"is {value!r}",
            code="bad-option",
        )
    return value


def _server_factory(server: object) -> ServerFactory:
    if callable(server):
        return server
    if server == "embedded":
        return open_embedded_server
    raise FleMarlError(
        f"there is no server {server!r}; there is 'embedded', or give a function that "
        "makes a GameServer",
        code="no-such-server",
    )
