"""Building maps: a scenario by its name, and the chunks of generated ones."""

from fle_marl.sim.mapgen.chunks import (
    generate_chunks,
    grow_map,
    is_generated,
    ticks_until_growth,
)
from fle_marl.sim.mapgen.scenario import build_scenario, scenario_names
from fle_marl.sim.mapgen.scenario_file import read_scenario, write_scenario
from fle_marl.sim.mapgen.settings import map_preset_names, read_map_gen_settings

__all__ = [
    "build_scenario",
    "generate_chunks",
    "grow_map",
    "is_generated",
    "map_preset_names",
    "read_map_gen_settings",
    "read_scenario",
    "scenario_names",
    "ticks_until_growth",
    "write_scenario",
]
