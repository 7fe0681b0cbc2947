"""Corpses of characters, which hold what the dead carried and go after a while.

Nothing of them is looked at in a tick but when the first of them goes
(``clock.next_expiry_tick``), which is before the tick after its time is over.

Source: prototype character-corpse, ``time_to_live``.
"""

from typing import Final

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.components import TABLE_INDEX
from fle_marl.sim.system import System
from fle_marl.sim.world import World

__all__ = [
    "SYSTEM",
    "expired_corpses",
    "find_next_expiry",
    "is_expiry_due",
    "set_expiry",
    "ticks_until_expiry",
]

_CORPSE: Final = TABLE_INDEX["character_corpse"]
_NEVER: Final = 0


@kernel
def is_expiry_due(state: Tables) -> bool:
    """Whether the time of some corpse is over."""
    first = state.clock[0].next_expiry_tick
    return bool(first != _NEVER and state.clock[0].tick >= first)


def expired_corpses(world: World) -> list[int]:
    """Entities of the corpses whose time is over, in the order of their rows."""
    if world.count.item(_CORPSE) < 2:
        return []
    used = world.tables["character_corpse"][1 : world.count[_CORPSE]]
    is_over = (used["entity"] > 0) & (used["expiry_tick"] <= world.tick)
    rows: list[int] = used["entity"][is_over].tolist()
    return rows


def ticks_until_expiry(world: World, limit: int) -> int:
    """Ticks until the time of a corpse is over, 1 to ``limit``."""
    first = int(world.clock["next_expiry_tick"][0])
    return limit if first == _NEVER else min(limit, max(first - world.tick, 1))


def set_expiry(world: World, corpse: int, tick: int) -> None:
    """Let a corpse go after a tick.

    Args:
        world: changed.
        corpse: entity row.
        tick: the last in which it is there.
    """
    row = int(world.entity["component"][corpse])
    world.tables["character_corpse"]["expiry_tick"][row] = tick
    find_next_expiry(world)


def find_next_expiry(world: World) -> None:
    """Note when the first of the corpses goes."""
    used = world.tables["character_corpse"][1 : world.count[_CORPSE]]
    ticks = used["expiry_tick"][used["entity"] > 0]
    world.clock["next_expiry_tick"] = ticks.min() if len(ticks) else _NEVER


def create_character_corpse(
    world: World, entity: int, prototype: EntityPrototype
) -> None:
    """Note when the corpse goes."""
    row = world.allocate("character_corpse")
    record = world.tables["character_corpse"][row]
    record["entity"] = entity
    record["death_tick"] = world.tick
    world.entity["component"][entity] = row
    set_expiry(world, entity, world.tick + int(prototype.number("time_to_live")))


def destroy_character_corpse(world: World, entity: int) -> None:
    """Free the corpse's row."""
    world.free("character_corpse", int(world.entity["component"][entity]))
    find_next_expiry(world)


SYSTEM: Final = System(
    name="character_corpse",
    kinds=("character_corpse",),
    create=create_character_corpse,
    destroy=destroy_character_corpse,
)
