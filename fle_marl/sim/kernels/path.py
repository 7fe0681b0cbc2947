"""Finding a way: A* over the points of a grid.

Steps go in the eight directions in which characters walk. A point is free when the
walker's box fits there.

The result is drawn as few straight legs as the way allows. All scratch memory comes
from the caller, and the same world always gives the same way.
"""

from typing import Final

from fle_marl.sim._jit import Table, Tables, kernel
from fle_marl.sim.kernels.space import box_is_free

__all__ = ["LIMIT_REACHED", "NODE_BITS", "NO_PATH", "Window", "search_path"]

Window = tuple[int, int, int, int, int]
"""The part of a grid to search: left, top, columns and rows, in points, and the
distance of neighbouring points, as a power of two of 1/256 tile."""

_ORIGIN: Final = 128
"""Where on the map point (0, 0) is, along each axis, 1/256 tile: in a tile's centre."""

_DENSE_SHIFT: Final = 7
"""On grids of half tiles and finer ones nothing can stand in between neighbouring free
points: what blocks is wider than what two boxes leave free."""

NO_PATH: Final = -1
LIMIT_REACHED: Final = -2

_STRAIGHT_SHIFT: Final = 5
_STRAIGHT: Final = 1 << _STRAIGHT_SHIFT
_DIAGONAL: Final = 45
"""Lengths of steps, in parts of a straight one; the diagonal is rounded down, so the
estimate of the way that is left never says too much."""
_STEP_X: Final = (0, 1, 1, 1, 0, -1, -1, -1)
_STEP_Y: Final = (-1, -1, 0, 1, 1, 1, 0, -1)

_FREE: Final = 1
_BLOCKED: Final = 2
_FREE_BITS: Final = 3
_CLOSED: Final = 4
_CAME_SHIFT: Final = 4
_START: Final = 9
"""A point's mark: whether it is free, whether it is done with, and the direction of the
step that led there plus one."""

NODE_BITS: Final = 24
"""Bits of a point's number in a window."""
_REST_BITS: Final = 18


@kernel
def _place_of(window: Window, column: int, row: int) -> tuple[int, int]:
    """Where on the map a point is, 1/256 tile."""
    left, top, _columns, _rows, shift = window
    return ((left + column) << shift) + _ORIGIN, ((top + row) << shift) + _ORIGIN


@kernel
def _way_is_free(
    state: Tables,
    start: tuple[int, int],
    end: tuple[int, int],
    box: tuple[int, int, int, int],
    mask: int,
    ignored: int,
) -> bool:
    """Whether nothing is in the rectangle that a box needs between two places."""
    left, top, right, bottom = box
    return box_is_free(
        state,
        (
            min(start[0], end[0]) + left,
            min(start[1], end[1]) + top,
            max(start[0], end[0]) + right,
            max(start[1], end[1]) + bottom,
        ),
        mask,
        ignored,
    )


@kernel
def _is_open(
    state: Tables,
    walker: tuple[int, int, int, int, int, int],
    window: Window,
    mark: Table,
    column: int,
    row: int,
) -> bool:
    """Whether the walker fits at a point; asked once, then remembered."""
    _left, _top, columns, rows, _shift = window
    if column < 0 or row < 0 or column >= columns or row >= rows:
        return False
    node = row * columns + column
    if mark[node] & _FREE_BITS == 0:
        x, y = _place_of(window, column, row)
        w_left, w_top, w_right, w_bottom, mask, ignored = walker
        is_free = box_is_free(
            state, (x + w_left, y + w_top, x + w_right, y + w_bottom), mask, ignored
        )
        mark[node] |= _FREE if is_free else _BLOCKED
    return bool(mark[node] & _FREE_BITS == _FREE)


@kernel
def _can_step(
    state: Tables,
    walker: tuple[int, int, int, int, int, int],
    window: Window,
    mark: Table,
    column: int,
    row: int,
    dx: int,
    dy: int,
) -> bool:
    """Whether a step is free; diagonally both points beside it must be, too."""
    for part in range(3):
        way_x = 0 if part == 1 else dx
        way_y = 0 if part == 2 else dy
        if part > 0 and (dx == 0 or dy == 0):
            break
        if not _is_open(state, walker, window, mark, column + way_x, row + way_y):
            return False
    if window[4] <= _DENSE_SHIFT:
        return True
    left, top, right, bottom, mask, ignored = walker
    return _way_is_free(
        state,
        _place_of(window, column, row),
        _place_of(window, column + dx, row + dy),
        (left, top, right, bottom),
        mask,
        ignored,
    )


@kernel
def _estimate(dx: int, dy: int) -> int:
    """Length of the shortest way over so many points, in parts of a step."""
    across, along = min(abs(dx), abs(dy)), max(abs(dx), abs(dy))
    return _DIAGONAL * across + _STRAIGHT * (along - across)


@kernel
def _push(heap: Table, size: int, key: int) -> int:
    """Add a key to a binary heap; return its new size, the old one when it is full."""
    if size >= heap.shape[0]:
        return size
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if heap[parent] <= key:
            break
        heap[place] = heap[parent]
        place = parent
    heap[place] = key
    return size + 1


@kernel
def _pop(heap: Table, size: int) -> int:
    """Take out the least key; the heap then has size - 1 keys."""
    least = heap[0]
    last = heap[size - 1]
    size -= 1
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= last:
            break
        heap[place] = heap[child]
        place = child
    heap[place] = last
    return int(least)


@kernel
def _leg_is_free(
    state: Tables,
    walker: tuple[int, int, int, int, int, int],
    window: Window,
    mark: Table,
    start: int,
    end: int,
    is_diagonal_first: bool,
) -> tuple[bool, int]:
    """Whether two points are joined by a diagonal and a straight leg.

    Returns:
        Whether both legs are free, and the point between them.
    """
    columns = window[2]
    column, row = start % columns, start // columns
    dx, dy = end % columns - column, end // columns - row
    diagonal = min(abs(dx), abs(dy))
    straight = max(abs(dx), abs(dy)) - diagonal
    sign_x = int(dx > 0) - int(dx < 0)
    sign_y = int(dy > 0) - int(dy < 0)
    corner = start
    for leg in range(2):
        is_diagonal = is_diagonal_first == (leg == 0)
        length = diagonal if is_diagonal else straight
        step_x = sign_x if is_diagonal or abs(dx) > abs(dy) else 0
        step_y = sign_y if is_diagonal or abs(dy) > abs(dx) else 0
        for _ in range(length):
            if not _can_step(state, walker, window, mark, column, row, step_x, step_y):
                return False, corner
            column += step_x
            row += step_y
        if leg == 0:
            corner = row * columns + column
    return True, corner


@kernel
def _draw_legs(
    state: Tables,
    walker: tuple[int, int, int, int, int, int],
    window: Window,
    mark: Table,
    way: Table,
    length: int,
    waypoints: Table,
) -> int:
    """Turn a way from point to point into few legs.

    Args:
        state: ``World.state``.
        walker: box, mask and the entity that does not count.
        window: of the search.
        mark: of the points.
        way: points, from the first to the last.
        length: how many.
        waypoints: int32[n, 2], filled with positions in 1/256 tile.

    Returns:
        How many waypoints there are; the first is the first point.
    """
    columns = window[2]
    count = 0
    here = 0
    corner = way[0]
    while True:
        for node in (corner, way[here]):
            x, y = _place_of(window, node % columns, node // columns)
            is_new = count == 0 or waypoints[count - 1, 0] != x
            if is_new or waypoints[count - 1, 1] != y:
                waypoints[count, 0] = x
                waypoints[count, 1] = y
                count += 1
        if here == length - 1:
            return count
        reached = here
        order = 0
        # far along the way by two legs, in the one order or in the other: steps double
        # while they succeed and then halve
        for is_diagonal_first in (True, False):
            there = here
            stride = 1
            is_growing = True
            while stride > 0:
                is_free = there + stride < length
                middle = 0
                if is_free:
                    is_free, middle = _leg_is_free(
                        state,
                        walker,
                        window,
                        mark,
                        way[here],
                        way[there + stride],
                        is_diagonal_first,
                    )
                if is_free:
                    there += stride
                    if there > reached:
                        reached = there
                        order = middle
                else:
                    is_growing = False
                stride = 2 * stride if is_growing else stride // 2
        corner = order
        here = reached


@kernel
def _has_goal(
    state: Tables,
    goal: tuple[int, int],
    radius: int,
    walker: tuple[int, int, int, int, int, int],
    body: tuple[int, int, int, int],
    window: Window,
    mark: Table,
) -> bool:
    """Whether there is a place to stop at; spares long searches for nothing."""
    goal_x, goal_y = goal
    left, top, _columns, _rows, shift = window
    b_left, b_top, b_right, b_bottom = body
    if box_is_free(
        state,
        (goal_x + b_left, goal_y + b_top, goal_x + b_right, goal_y + b_bottom),
        walker[4],
        walker[5],
    ):
        return True
    at_x, at_y = goal_x - _ORIGIN, goal_y - _ORIGIN
    for row in range((at_y - radius) >> shift, ((at_y + radius) >> shift) + 1):
        away_y = (row << shift) - at_y
        for column in range((at_x - radius) >> shift, ((at_x + radius) >> shift) + 1):
            away_x = (column << shift) - at_x
            if away_x * away_x + away_y * away_y <= radius * radius and _is_open(
                state, walker, window, mark, column - left, row - top
            ):
                return True
    return False


@kernel
def search_path(
    state: Tables,
    start: tuple[int, int],
    goal: tuple[int, int],
    radius: int,
    walker: tuple[int, int, int, int, int, int],
    body: tuple[int, int, int, int],
    window: Window,
    limit: int,
    length: Table,
    mark: Table,
    heap: Table,
    waypoints: Table,
) -> int:
    """Find the shortest way over the grid.

    Args:
        state: ``World.state``.
        start: 1/256 tile.
        goal: 1/256 tile.
        radius: how near to the goal is enough, 1/256 tile; 0 to get right there.
        walker: left, top, right, bottom of its box around its position, bits of
            collision layers, and an entity that does not count.
        body: its box again, as narrow as it is: for the ways from the start to the
            grid and from the grid to the goal.
        window: the part of the grid to search; at most ``1 << NODE_BITS`` points.
        limit: points to look at, at most.
        length: int32[points], zeros; changed.
        mark: uint8[points], zeros; changed.
        heap: int64[n]; changed.
        waypoints: int32[points + 2, 2]; filled with positions in 1/256 tile.

    Returns:
        How many waypoints there are; 0 when the start is near enough. `NO_PATH`, or
        `LIMIT_REACHED`.
    """
    left, top, columns, rows, shift = window
    goal_x, goal_y = goal
    start_x, start_y = start
    step = 1 << shift
    away_x, away_y = goal_x - start_x, goal_y - start_y
    if away_x * away_x + away_y * away_y <= radius * radius:
        return 0
    if not _has_goal(state, goal, radius, walker, body, window, mark):
        return NO_PATH
    mask, ignored = walker[4], walker[5]
    goal_column = ((goal_x - _ORIGIN) >> shift) - left
    goal_row = ((goal_y - _ORIGIN) >> shift) - top
    near = (radius << _STRAIGHT_SHIFT) >> shift
    size = 0
    # from the points around the start if the way there is free, or else from those
    # around them, or else from any free one of all these
    for attempt in range(3):
        ring = min(attempt, 1)
        side = 2 + 2 * ring
        for corner in range(side * side):
            column = ((start_x - _ORIGIN) >> shift) - left + corner % side - ring
            row = ((start_y - _ORIGIN) >> shift) - top + corner // side - ring
            x, y = _place_of(window, column, row)
            if attempt == 0 and max(x - start_x, y - start_y) >= step:
                continue
            if not _is_open(state, walker, window, mark, column, row):
                continue
            if attempt < 2 and not _way_is_free(
                state, (x, y), start, body, mask, ignored
            ):
                continue
            node = row * columns + column
            aside = max(abs(x - start_x), abs(y - start_y))
            so_far = 1 + ((aside << _STRAIGHT_SHIFT) >> shift)
            rest = max(0, _estimate(goal_column - column, goal_row - row) - near)
            length[node] = so_far
            mark[node] |= _START << _CAME_SHIFT
            key = (((so_far + rest) << _REST_BITS) + rest << NODE_BITS) + node
            size = _push(heap, size, key)
        if size > 0:
            break
    seen = 0
    while size > 0:
        node = _pop(heap, size) & ((1 << NODE_BITS) - 1)
        size -= 1
        if mark[node] & _CLOSED:
            continue
        mark[node] |= _CLOSED
        seen += 1
        if seen > limit:
            return LIMIT_REACHED
        column, row = node % columns, node // columns
        x, y = _place_of(window, column, row)
        away_x, away_y = goal_x - x, goal_y - y
        is_there = away_x * away_x + away_y * away_y <= radius * radius
        is_beside = abs(away_x) < step and abs(away_y) < step
        if is_there or (
            is_beside and _way_is_free(state, (x, y), goal, body, mask, ignored)
        ):
            # back to the start: the heap is no longer needed and holds the way
            steps = 0
            while True:
                heap[steps] = node
                steps += 1
                came = mark[node] >> _CAME_SHIFT
                if came == _START:
                    break
                node -= _STEP_X[came - 1] + _STEP_Y[came - 1] * columns
            for index in range(steps // 2):
                other = steps - 1 - index
                heap[index], heap[other] = heap[other], heap[index]
            count = _draw_legs(state, walker, window, mark, heap, steps, waypoints)
            if not is_there and (away_x != 0 or away_y != 0):
                waypoints[count, 0] = goal_x
                waypoints[count, 1] = goal_y
                count += 1
            return count
        for direction in range(8):
            dx, dy = _STEP_X[direction], _STEP_Y[direction]
            other = node + dx + dy * columns
            if column + dx < 0 or column + dx >= columns:
                continue
            if row + dy < 0 or row + dy >= rows or mark[other] & _CLOSED:
                continue
            so_far = int(length[node]) + (
                _DIAGONAL if dx != 0 and dy != 0 else _STRAIGHT
            )
            if length[other] != 0 and length[other] <= so_far:
                continue
            if not _can_step(state, walker, window, mark, column, row, dx, dy):
                continue
            rest = _estimate(goal_column - column - dx, goal_row - row - dy)
            rest = max(0, rest - near)
            length[other] = so_far
            mark[other] = (mark[other] & 15) | ((direction + 1) << _CAME_SHIFT)
            key = (((so_far + rest) << _REST_BITS) + rest << NODE_BITS) + other
            size = _push(heap, size, key)
    return NO_PATH
