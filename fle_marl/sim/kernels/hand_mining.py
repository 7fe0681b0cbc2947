"""Mining by hand, for a tick.

Source: wiki, Mining by hand; prototype character.mining_speed; one ore is in the
inventory on tick 121 after the order, measured.
"""

from typing import Final

from fle_marl.sim._jit import Tables, kernel
from fle_marl.sim.kernels.flow import produce_item
from fle_marl.sim.kernels.inventory import insert_item
from fle_marl.sim.kernels.reach import distance_squared

__all__ = ["mine_by_hand"]

_TICKS_PER_SECOND: Final = 60.0
_ROUNDING: Final = 1e-9
"""Slack for sums of speeds that are not exact in binary."""


@kernel
def _stop_mining(state: Tables, row: int) -> None:
    character = state.character
    character[row].is_mining = False
    character[row].is_mining_done = False
    character[row].mining_target = 0
    character[row].mining_progress = 0.0


@kernel
def _is_within_reach(state: Tables, row: int) -> bool:
    """Whether the mining target is still there and near enough."""
    character = state.character
    entity = state.entity
    target = character[row].mining_target
    if entity[target].prototype <= 0:
        return False
    if entity[target].serial != character[row].mining_serial:
        return False
    person = character[row].entity
    reach = int(character[row].mining_reach)
    distance = distance_squared(state, person, target)
    return bool(distance <= reach * reach)


@kernel
def mine_by_hand(state: Tables, row: int) -> bool:
    """Mine for a tick.

    Returns:
        Whether the target is to be taken out of the world.
    """
    character = state.character
    entity = state.entity
    resource = state.resource
    if character[row].is_mining_done:
        return True
    if not _is_within_reach(state, row):
        _stop_mining(state, row)
        return False
    target = character[row].mining_target
    prototype = state.entity_prototype[entity[target].prototype]
    force = entity[character[row].entity].force
    speed = character[row].mining_speed * (1.0 + character[row].mining_speed_modifier)
    speed *= 1.0 + state.force[force].manual_mining_speed_modifier
    character[row].mining_progress += speed / _TICKS_PER_SECOND
    if character[row].mining_progress < prototype.mining_time - _ROUNDING:
        return False
    if not prototype.is_resource:
        character[row].is_mining_done = True
        return True
    component = entity[target].component
    if resource[component].amount == 0:
        # another character has taken the last item in this tick
        _stop_mining(state, row)
        return False
    item = int(prototype.mined_item)
    main = character[row].main_inventory
    if insert_item(state, main, item, 1) == 0:
        _stop_mining(state, row)
        return False
    produce_item(state, item, 1.0)
    state.item_flow[item].hand_mined += 1.0
    character[row].mined_count += 1
    character[row].mining_progress = 0.0
    resource[component].amount -= 1
    if resource[component].amount == 0:
        character[row].is_mining_done = True
    return bool(character[row].is_mining_done)
