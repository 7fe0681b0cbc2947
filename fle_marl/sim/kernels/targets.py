"""What stands where inserters and drills work, and who works on an entity.

Each entity has three lists: the inserters that take from it, the inserters that bring
to it, and the drills that drop into it, each in the order of their rows. Whatever is
built, turned or removed has only those look again whose place is on its tiles.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import COLLISION_LAYERS, KINDS
from fle_marl.sim.kernels.space import entity_at, first_link_at, tiles_of

__all__ = ["FARTHEST_TARGET_TILES", "aim", "aim_those_around", "drop_aims", "lose_aims"]

FARTHEST_TARGET_TILES: Final = 2
"""No inserter and no drill works farther from its own middle tile along each axis.
Source: prototypes ``pickup_position``, ``insert_position``, ``vector_to_place_result``;
a test holds them against it."""

_TARGET_MASK: Final = sum(
    1 << COLLISION_LAYERS.index(name)
    for name in ("object-layer", "transport-belt-layer")
)
_INSERTER: Final = KINDS.index("inserter")
_DRILL: Final = KINDS.index("mining_drill")

# the three lists of an entity
_TAKERS: Final = 0
_GIVERS: Final = 1
_DRILLS: Final = 2


@kernel
def _first(state: Tables, target: int, part: int) -> int:
    entity = state.entity
    if part == _TAKERS:
        return int(entity[target].first_taker)
    if part == _GIVERS:
        return int(entity[target].first_giver)
    return int(entity[target].first_drill)


@kernel
def _next(state: Tables, row: int, part: int) -> int:
    if part == _TAKERS:
        return int(state.inserter[row].next_taker)
    if part == _GIVERS:
        return int(state.inserter[row].next_giver)
    return int(state.mining_drill[row].next_drill)


@kernel
def _set_first(state: Tables, target: int, part: int, row: int) -> None:
    if part == _TAKERS:
        state.entity[target].first_taker = row
    elif part == _GIVERS:
        state.entity[target].first_giver = row
    else:
        state.entity[target].first_drill = row


@kernel
def _set_next(state: Tables, row: int, part: int, following: int) -> None:
    if part == _TAKERS:
        state.inserter[row].next_taker = following
    elif part == _GIVERS:
        state.inserter[row].next_giver = following
    else:
        state.mining_drill[row].next_drill = following


@kernel
def _target(state: Tables, row: int, part: int) -> int:
    if part == _TAKERS:
        return int(state.inserter[row].pickup_target)
    if part == _GIVERS:
        return int(state.inserter[row].drop_target)
    return int(state.mining_drill[row].drop_target)


@kernel
def _set_target(state: Tables, row: int, part: int, target: int) -> None:
    if part == _TAKERS:
        state.inserter[row].pickup_target = target
        # the hand follows nothing that is not there
        state.inserter[row].chased_line = 0
        state.inserter[row].chased_mark = 0
    elif part == _GIVERS:
        state.inserter[row].drop_target = target
    else:
        state.mining_drill[row].drop_target = target


@kernel
def _leave_list(state: Tables, target: int, part: int, row: int) -> None:
    following = _next(state, row, part)
    other = _first(state, target, part)
    if other == row:
        _set_first(state, target, part, following)
        return
    before = other
    while other != row:
        before, other = other, _next(state, other, part)
    _set_next(state, before, part, following)


@kernel
def _enter_list(state: Tables, target: int, part: int, row: int) -> None:
    following = _first(state, target, part)
    before = 0
    while 0 < following < row:
        before, following = following, _next(state, following, part)
    _set_next(state, row, part, following)
    if before > 0:
        _set_next(state, before, part, row)
    else:
        _set_first(state, target, part, row)


@called_kernel
def _change_target(state: Tables, row: int, part: int, target: int) -> None:
    """Let an inserter or a drill work on another entity; 0 for the ground."""
    old = _target(state, row, part)
    if old == target:
        return
    if old > 0:
        _leave_list(state, old, part, row)
        _set_next(state, row, part, 0)
    if target > 0:
        _enter_list(state, target, part, row)
    _set_target(state, row, part, target)


@kernel
def _place(state: Tables, row: int, part: int) -> tuple[int, int]:
    """Where an inserter or a drill works, 1/256 tile."""
    if part == _TAKERS:
        return int(state.inserter[row].pickup_x), int(state.inserter[row].pickup_y)
    if part == _GIVERS:
        return int(state.inserter[row].drop_x), int(state.inserter[row].drop_y)
    return int(state.mining_drill[row].drop_x), int(state.mining_drill[row].drop_y)


@called_kernel
def _look_again(state: Tables, row: int, part: int) -> None:
    x, y = _place(state, row, part)
    _change_target(state, row, part, entity_at(state, x, y, _TARGET_MASK))


@kernel
def _parts_of(kind: int) -> tuple[int, int]:
    """First and last of the lists that entities of a kind are in; (0, -1) for none."""
    if kind == _INSERTER:
        return _TAKERS, _GIVERS
    if kind == _DRILL:
        return _DRILLS, _DRILLS
    return 0, -1


@kernel
def aim(state: Tables, row: int) -> None:
    """Find what stands where an entity works, if it is an inserter or a drill."""
    first, last = _parts_of(state.entity[row].kind)
    for part in range(first, last + 1):
        _look_again(state, int(state.entity[row].component), part)


@kernel
def drop_aims(state: Tables, row: int) -> None:
    """Let an entity that goes or turns work nowhere."""
    first, last = _parts_of(state.entity[row].kind)
    for part in range(first, last + 1):
        _change_target(state, int(state.entity[row].component), part, 0)


@kernel
def lose_aims(state: Tables, row: int) -> None:
    """Have all look again that work on an entity, which has left its tiles."""
    for part in range(_DRILLS + 1):
        worker = _first(state, row, part)
        while worker > 0:
            _look_again(state, worker, part)
            worker = _first(state, row, part)


@called_kernel
def _aim_into(state: Tables, row: int, box: tuple[int, int, int, int]) -> None:
    """Have an entity look again at those of its places that are on some tiles."""
    left, top, right, bottom = box
    component = int(state.entity[row].component)
    first, last = _parts_of(state.entity[row].kind)
    for part in range(first, last + 1):
        x, y = _place(state, component, part)
        if left <= x >> 8 < right and top <= y >> 8 < bottom:
            _look_again(state, component, part)


@kernel
def aim_those_around(state: Tables, row: int) -> None:
    """Have all look again whose place is on the tiles of an entity."""
    entity = state.entity
    if not state.entity_prototype[entity[row].prototype].collision_mask & _TARGET_MASK:
        return
    box = tiles_of(state, row)
    left, top, right, bottom = box
    reach = FARTHEST_TARGET_TILES
    for tile_y in range(top - reach, bottom + reach):
        for tile_x in range(left - reach, right + reach):
            link = first_link_at(state, tile_x, tile_y)
            while link > 0:
                other = state.cell_link[link].entity
                link = state.cell_link[link].next_in_cell
                kind = entity[other].kind
                if kind != _INSERTER and kind != _DRILL:
                    continue
                # large ones are on many tiles, but only once on their middle
                if entity[other].x >> 8 == tile_x and entity[other].y >> 8 == tile_y:
                    _aim_into(state, other, box)
