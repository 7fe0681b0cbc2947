"""What follows from the type of an entity's prototype alone.

Source: prototype API, the parents of each type (EntityWithHealthPrototype,
EntityWithOwnerPrototype) and ``is_military_target``; runtime API,
LuaEntity.backer_name.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.actions.build import facing

__all__ = [
    "has_backer_name",
    "has_force",
    "has_owner",
    "is_building",
    "is_military_target",
    "possible_direction",
]

_WITHOUT_HEALTH: Final = frozenset(
    {
        "artillery-flare",
        "artillery-projectile",
        "beam",
        "character-corpse",
        "cliff",
        "deconstructible-tile-proxy",
        "entity-ghost",
        "fire",
        "item-entity",
        "item-request-proxy",
        "projectile",
        "resource",
        "rocket-silo-rocket",
        "smoke-with-trigger",
        "sticker",
        "stream",
        "tile-ghost",
    }
)
_HEALTH_ALONE: Final = frozenset({"fish", "simple-entity", "spider-leg", "tree"})
_WITH_FORCE: Final = frozenset({"entity-ghost", "tile-ghost"})
_MOVING: Final = frozenset(
    {
        "artillery-wagon",
        "car",
        "cargo-wagon",
        "character",
        "combat-robot",
        "construction-robot",
        "fluid-wagon",
        "locomotive",
        "logistic-robot",
        "spider-vehicle",
        "unit",
    }
)
_TARGETS: Final = frozenset(
    {
        "ammo-turret",
        "artillery-turret",
        "artillery-wagon",
        "car",
        "character",
        "combat-robot",
        "electric-turret",
        "fluid-turret",
        "land-mine",
        "spider-vehicle",
        "turret",
        "unit",
        "unit-spawner",
    }
)
_BACKED: Final = frozenset({"lab", "locomotive", "radar", "roboport", "train-stop"})


def has_force(prototype: EntityPrototype) -> bool:
    """Whether such entities belong to forces: what has health, and ghosts."""
    return prototype.type not in _WITHOUT_HEALTH or prototype.type in _WITH_FORCE


def has_owner(prototype: EntityPrototype) -> bool:
    """Whether such entities are somebody's."""
    return prototype.type not in _WITHOUT_HEALTH | _HEALTH_ALONE


def is_building(prototype: EntityPrototype) -> bool:
    """Whether it is built and stands; a choice, as it is not documented."""
    return has_owner(prototype) and prototype.type not in _MOVING


def is_military_target(prototype: EntityPrototype) -> bool:
    """Whether enemies go for such entities."""
    return prototype.type in _TARGETS


def possible_direction(prototype: EntityPrototype, direction: int) -> int:
    """The direction in which such an entity stands when it is given one.

    Most know four: of diagonals they take the quarter before. Which of the two beside
    is a choice. Those that know none face north. Source: runtime API,
    LuaEntity.supports_direction; FLE 0.3.0, which drives 1.1.110, builds with odd ones.
    """
    eight_ways = "building-direction-8-way" in prototype.flags
    # of a ghost it is asked again with what it is the ghost of
    if eight_ways or prototype.type in _MOVING or prototype.type == "entity-ghost":
        return direction
    return facing(prototype, direction - direction % 2)


def has_backer_name(prototype: EntityPrototype) -> bool:
    """Whether such entities bear the name of one of the game's backers."""
    return prototype.type in _BACKED
