"""Makes every task known to Gymnasium and to PettingZoo by name.

Gymnasium finds the environments for one agent as ``Factorio-<task_key>-v0``, PettingZoo
(from 1.27 on, which has a registry) those for several as ``fle_marl/<task_key>-v0``.
Only names are read here; a task file is checked when its environment is made.
"""

import importlib.util
import logging
from typing import Any, Final

from fle_marl.errors import TaskError
from fle_marl.tasks.files import definitions_root, peek_task_keys

__all__ = [
    "get_environment_info",
    "list_available_environments",
    "register_envs",
    "register_gymnasium_envs",
    "register_pettingzoo_envs",
]

_logger = logging.getLogger(__name__)

_GYMNASIUM_ID: Final = "Factorio-{}-v0"
_PETTINGZOO_ID: Final = "fle_marl/{}-v0"


def register_envs() -> None:
    """Register every task with Gymnasium and, where it has a registry, PettingZoo.

    May be called again; what is there already stays.
    """
    register_gymnasium_envs()
    register_pettingzoo_envs()


def register_gymnasium_envs() -> None:
    """Register ``Factorio-<task_key>-v0`` for every task; never raises."""
    from gymnasium.envs.registration import register, registry

    for key in _task_keys():
        env_id = _GYMNASIUM_ID.format(key)
        if env_id not in registry:
            register(
                env_id,
                entry_point="fle_marl.envs.single:FactorioEnv",
                kwargs={"task": key},
            )


def register_pettingzoo_envs() -> None:
    """Register ``fle_marl/<task_key>-v0``, parallel and AEC, if there is a registry."""
    if importlib.util.find_spec("pettingzoo.env_registry") is None:
        return
    from pettingzoo.env_registry.registration import (
        aec_registry,
        parallel_registry,
        register,
    )

    for key in _task_keys():
        env_id = _PETTINGZOO_ID.format(key)
        if env_id not in parallel_registry:
            register(
                "parallel",
                env_id,
                entry_point="fle_marl.envs.parallel:parallel_env",
                kwargs={"task": key},
            )
        if env_id not in aec_registry:
            register(
                "aec",
                env_id,
                entry_point="fle_marl.envs.aec:env",
                kwargs={"task": key},
            )


def list_available_environments() -> list[str]:
    """Ids of the environments for one agent, as `gymnasium.make` takes them."""
    return [_GYMNASIUM_ID.format(key) for key in _task_keys()]


def get_environment_info(env_id: str) -> dict[str, Any] | None:
    """What is known about an environment.

    Args:
        env_id: such as ``"Factorio-iron_plate_throughput_16-v0"``.

    Returns:
        `env_id`, `task_key`, `task_config_path`, `task_type`, `description`,
        `num_agents` (None for any number), `trajectory_length` and
        `pettingzoo_id`; None for an id that `list_available_environments` does not
        give.

    Raises:
        TaskError: `bad-task`; the environment's task file is broken.
    """
    from fle_marl.tasks.load import get_task

    keys = {_GYMNASIUM_ID.format(key): key for key in _task_keys()}
    if env_id not in keys:
        return None
    task = get_task(keys[env_id])
    return {
        "env_id": env_id,
        "task_key": task.key,
        "task_config_path": str(task.path),
        "task_type": task.task_type,
        "description": task.goal_description,
        "num_agents": task.num_agents,
        "trajectory_length": task.trajectory_length,
        "pettingzoo_id": _PETTINGZOO_ID.format(task.key),
    }


def _task_keys() -> list[str]:
    try:
        return [key for key, _ in peek_task_keys(definitions_root())]
    except TaskError as error:
        _logger.warning("no environments are registered: %s", error)
        return []
