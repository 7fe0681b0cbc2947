"""What scripts forbid to do with an entity: to mine, hurt, open or turn it.

Source: runtime API, LuaEntity.minable, destructible, operable, rotatable.
"""

from fle_marl.sim.world import World

__all__ = ["forbid", "is_forbidden"]


def is_forbidden(world: World, entity: int, what: int) -> bool:
    """Whether something may not be done with an entity.

    Args:
        world: not changed.
        entity: row.
        what: ``components.FORBIDS_*``.
    """
    return bool(int(world.entity["forbidden"][entity]) & what)


def forbid(world: World, entity: int, what: int, *, is_forbidden: bool) -> None:
    """Say whether something may not be done with an entity; for `is_forbidden`."""
    others = int(world.entity["forbidden"][entity]) & ~what
    world.entity["forbidden"][entity] = others | what * is_forbidden
