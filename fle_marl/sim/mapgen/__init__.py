"""Building maps: a scenario by its name, drawn from the world's seed."""

from fle_marl.sim.mapgen.scenario import build_scenario, scenario_names

__all__ = ["build_scenario", "scenario_names"]
