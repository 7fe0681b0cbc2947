"""The PettingZoo and Gymnasium face: environments, their spaces and observations.

Importing this package registers every task with both libraries, so that
``gymnasium.make("fle_marl.envs:Factorio-iron_plate_throughput_16-v0")`` needs no import
before it.
"""

from fle_marl.envs.registration import (
    get_environment_info,
    list_available_environments,
    register_envs,
)

__all__ = ["get_environment_info", "list_available_environments", "register_envs"]

register_envs()
