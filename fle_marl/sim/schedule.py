"""The order of a tick, and the only place that says so.

`SYSTEMS` lists every system. `refresh` brings up to date what follows from where things
stand (targets of inserters, belt lines, networks); it runs after builds. `advance` is
the tick itself, compiled as one function that takes all tables once for many ticks.
"""

from typing import Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import KINDS
from fle_marl.sim.system import System
from fle_marl.sim.systems import character, simple

__all__ = ["SYSTEMS", "advance", "refresh", "system_of_kind"]

SYSTEMS: Final[tuple[System, ...]] = (simple.SYSTEM, character.SYSTEM)

_BY_KIND: Final = {kind: system for system in SYSTEMS for kind in system.kinds}


def system_of_kind(kind: int) -> System | None:
    """The system that looks after a kind of entity; None when nothing needs to."""
    return _BY_KIND.get(KINDS[kind])


@entry_point
def refresh(state: Tables) -> None:
    """Bring up to date what builds and removals since the last call have changed.

    Args:
        state: ``World.state``.
    """
    clock = state.clock
    clock[0].targets_dirty = False


@entry_point
def advance(state: Tables, ticks: int) -> int:
    """Let ticks pass, unless something comes up that Python must see to.

    That is so when a character has mined an entity that goes out of the world
    (``character.is_mining_done``); `engine.advance` does it and goes on.

    Args:
        state: ``World.state``.
        ticks: how many, 0 or more.

    Returns:
        How many ticks have passed.
    """
    # taken out of the state once: each access counts references
    clock = state.clock
    count = state.count
    free_head = state.free_head
    entity = state.entity
    entity_prototype = state.entity_prototype
    tile_prototype = state.tile_prototype
    item_prototype = state.item_prototype
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    cell_link = state.cell_link
    chunk_index = state.chunk_index
    cell = state.cell
    tile = state.tile
    inventory = state.inventory
    slot = state.slot
    resource = state.resource
    belt = state.belt
    characters = state.character
    crafting_order = state.crafting_order
    item_flow = state.item_flow
    for done in range(ticks):
        clock[0].tick += 1
        # last, so that what they mine out of the world is gone before any machine acts
        is_removal_due = character.update_characters(
            characters,
            crafting_order,
            count,
            free_head,
            entity,
            entity_prototype,
            tile_prototype,
            item_prototype,
            recipe_prototype,
            recipe_part,
            cell_link,
            chunk_index,
            cell,
            tile,
            belt,
            resource,
            inventory,
            slot,
            item_flow,
        )
        if is_removal_due:
            return done + 1
    return ticks
