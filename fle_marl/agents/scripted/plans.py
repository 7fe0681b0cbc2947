"""Who does what when: for each task the stages of the miner and of the smelter."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fle_marl.agents.scripted import programs
from fle_marl.agents.scripted.script import Stage

__all__ = ["PLANS", "Plan"]

Plan = tuple[tuple[Stage, ...], tuple[Stage, ...]]
"""The miner's stages, the smelter's stages."""

_MINER: Final = (Stage(programs.BUILD_DRILL_LINE), Stage(programs.FEED_DRILLS))

_ORE: Final[Plan] = (
    _MINER,
    (
        Stage(programs.BUILD_STORE),
        Stage(programs.CONNECT_ORE_TO_STORE, needs=("ore_line",)),
    ),
)

_PLATES: Final[Plan] = (
    _MINER,
    (
        Stage(programs.BUILD_SMELTER),
        Stage(programs.CONNECT_ORE_TO_SMELTER, needs=("ore_line",)),
    ),
)

_GEARS: Final[Plan] = (
    _MINER,
    (
        Stage(programs.BUILD_POWER_PLANT),
        Stage(programs.BUILD_GEAR_WORKS),
        Stage(programs.CONNECT_ORE_TO_SMELTER, needs=("ore_line",)),
        Stage(programs.CONNECT_POWER),
    ),
)

PLANS: Final[Mapping[str, Plan]] = MappingProxyType(
    {
        "iron_ore_throughput_16": _ORE,
        "iron_plate_throughput_16": _PLATES,
        "iron_gear_wheel_throughput_16": _GEARS,
    }
)
