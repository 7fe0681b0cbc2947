"""Entities that the simulator refuses, and why: the only place that says so.

What is refused cannot be placed, neither by tools nor by scripts, so that nothing
stands in the world that looks as if it worked. Its items can be crafted, carried and
put into chests. Everything else either has a system (`schedule.SYSTEMS`) or does in the
game, too, nothing but stand or hold things (`STANDING`); what is left of the types is
placeable without its behaviour. ``docs/entities.md`` is written from this.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from fle_marl.errors import NotSimulated
from fle_marl.prototypes import EntityPrototype

__all__ = ["REFUSED", "STANDING", "refuse"]

_TRAINS: Final = "there are no trains"
_VEHICLES: Final = "there are no vehicles"
_ROBOTS: Final = "there are no robots"
_CIRCUITS: Final = "there are no circuit networks"
_ENEMIES: Final = "there are no enemies"
_CHEATS: Final = "it is out of reach in a usual game, and what it does is not simulated"
_EFFECTS: Final = "it comes and goes by itself, as a part of something else"

REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "straight-rail",
                "curved-rail",
                "rail-signal",
                "rail-chain-signal",
                "train-stop",
                "locomotive",
                "cargo-wagon",
                "fluid-wagon",
                "artillery-wagon",
            ),
            _TRAINS,
        ),
        **dict.fromkeys(("car", "spider-vehicle", "spider-leg"), _VEHICLES),
        **dict.fromkeys(
            ("roboport", "construction-robot", "logistic-robot", "combat-robot"),
            _ROBOTS,
        ),
        **dict.fromkeys(
            (
                "arithmetic-combinator",
                "decider-combinator",
                "constant-combinator",
                "power-switch",
                "programmable-speaker",
            ),
            _CIRCUITS,
        ),
        **dict.fromkeys(("unit", "unit-spawner", "turret"), _ENEMIES),
        **dict.fromkeys(
            (
                "burner-generator",
                "electric-energy-interface",
                "heat-interface",
                "infinity-container",
                "infinity-pipe",
                "linked-belt",
                "linked-container",
                "loader",
                "loader-1x1",
                "market",
                "player-port",
            ),
            _CHEATS,
        ),
        **dict.fromkeys(
            (
                "artillery-flare",
                "artillery-projectile",
                "beam",
                "deconstructible-tile-proxy",
                "fire",
                "item-request-proxy",
                "projectile",
                "rocket-silo-rocket",
                "smoke-with-trigger",
                "sticker",
                "stream",
            ),
            _EFFECTS,
        ),
    }
)
"""By type of entity prototype: why entities of the type are refused."""

STANDING: Final = frozenset(
    {
        "cliff",
        "container",
        "fish",
        "land-mine",  # without enemies nothing sets it off
        "logistic-container",  # without robots they are chests
        "simple-entity",
        "simple-entity-with-force",
        "simple-entity-with-owner",
        "tree",
        "wall",
    }
)
"""Types without a system that are all the same simulated: they stand in the way, are
mined, and hold what is put into them."""


def refuse(prototype: EntityPrototype) -> None:
    """Stop whoever is about to place an entity that the simulator refuses.

    Raises:
        NotSimulated: it does; the message says why.
    """
    why = REFUSED.get(prototype.type)
    if why is not None:
        raise NotSimulated(
            f"{prototype.name!r} is not simulated: {why}. It can be crafted and "
            "carried, but not placed; docs/entities.md lists what can",
            details={"name": prototype.name, "type": prototype.type},
        )
