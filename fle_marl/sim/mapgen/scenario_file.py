"""Scenarios in files: what `build_scenario` takes and the seed, as JSON.

A file says how a world begins, not how it goes on (`sim.saves` does that), so it is
small, can be written by hand, and means the same world on every machine.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from fle_marl.errors import ScenarioError
from fle_marl.sim.mapgen.scenario import check_scenario
from fle_marl.sim.mapgen.settings import read_map_gen_settings

__all__ = ["read_scenario", "write_scenario"]

_SEED: Final = "seed"
_SETTINGS: Final = "map_gen_settings"
_BAD: Final = "bad-scenario-file"
_LARGEST_SEED: Final = (1 << 64) - 1


def write_scenario(path: Path, scenario: Mapping[str, object], seed: int) -> None:
    """Write a scenario.

    Presets and words are written out as numbers, so that the file needs no preset.

    Args:
        path: of the file; replaced if it is there.
        scenario: as `build_scenario` takes it.
        seed: of the world.

    Raises:
        ScenarioError: the scenario is not sound; nothing is written.
    """
    check_scenario(scenario)
    parts = {**scenario, _SEED: _checked_seed(seed)}
    if scenario.get(_SETTINGS) is not None:
        parts[_SETTINGS] = read_map_gen_settings(scenario[_SETTINGS]).plain()
    text = json.dumps(parts, indent=2, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def read_scenario(path: Path) -> tuple[dict[str, object], int]:
    """Read a scenario.

    Returns:
        The scenario, as `build_scenario` takes it, and the seed of the world.

    Raises:
        ScenarioError: `bad-scenario-file`, or what the scenario itself is refused for.
    """
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ScenarioError(
            f"{str(path)!r} cannot be read as a scenario: {error}", code=_BAD
        ) from error
    if not isinstance(parts, dict):
        raise ScenarioError(
            f"{str(path)!r} holds no scenario: it must be a mapping with a name and a "
            f"seed, not {type(parts).__name__}",
            code=_BAD,
        )
    seed = _checked_seed(parts.pop(_SEED, None))
    check_scenario(parts)
    return parts, seed


def _checked_seed(seed: object) -> int:
    is_whole = isinstance(seed, int) and not isinstance(seed, bool)
    if not is_whole or not 0 <= seed <= _LARGEST_SEED:  # type: ignore[operator]
        raise ScenarioError(
            f"the seed of a scenario must be a whole number from 0 to {_LARGEST_SEED}, "
            f"not {seed!r}",
            code=_BAD,
        )
    return int(seed)  # type: ignore[call-overload, no-any-return]
