"""PettingZoo environments in which several agents build factories in Factorio.

>>> import fle_marl
>>> env = fle_marl.parallel_env("iron_plate_throughput_16", num_agents=2)
>>> observations, infos = env.reset(seed=1)
>>> observations, rewards, terminations, truncations, infos = env.step(
...     {"agent_0": "print(nearest(Resource.IronOre))", "agent_1": "sleep(5)"}
... )
>>> env.close()

Names are imported when they are first used, so importing the package is quick and does
nothing else.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fle_marl.envs.aec import env, raw_env
    from fle_marl.envs.parallel import parallel_env
    from fle_marl.envs.registration import (
        get_environment_info,
        list_available_environments,
        register_envs,
    )
    from fle_marl.tasks.load import get_task, load_tasks

__all__ = [
    "__version__",
    "env",
    "get_environment_info",
    "get_task",
    "list_available_environments",
    "load_tasks",
    "parallel_env",
    "raw_env",
    "register_envs",
]

__version__ = "0.1.0"

_HOMES = {
    "env": "fle_marl.envs.aec",
    "get_environment_info": "fle_marl.envs.registration",
    "get_task": "fle_marl.tasks.load",
    "list_available_environments": "fle_marl.envs.registration",
    "load_tasks": "fle_marl.tasks.load",
    "parallel_env": "fle_marl.envs.parallel",
    "raw_env": "fle_marl.envs.aec",
    "register_envs": "fle_marl.envs.registration",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
