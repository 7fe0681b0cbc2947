"""Boxes of cliffs: one for each orientation, half of them turned by an eighth.

A box turned by an eighth of a circle is what lies between two sums x + y and between
two differences x - y, so a few comparisons tell whether an upright box touches it.
"""

from fle_marl.sim._jit import Tables, kernel

__all__ = ["cliff_box", "cut_slant", "is_on_cliff"]


@kernel
def cliff_box(
    state: Tables, orientation: int, x: int, y: int
) -> tuple[int, int, int, int]:
    """The upright box around a cliff's collision box.

    Args:
        state: ``World.state``.
        orientation: from 0, the ``direction`` of a cliff's entity.
        x: position, 1/256 tile.
        y: position, 1/256 tile.

    Returns:
        left, top, right, bottom in 1/256 tile.
    """
    box = state.cliff_orientation[orientation + 1]
    return x + box.left, y + box.top, x + box.right, y + box.bottom


@kernel
def is_on_cliff(
    state: Tables, orientation: int, x: int, y: int, box: tuple[int, int, int, int]
) -> bool:
    """Whether an upright box touches a cliff whose `cliff_box` it touches."""
    slant = state.cliff_orientation[orientation + 1]
    if not slant.is_slanted:
        return True
    left, top, right, bottom = box
    total, difference = x + y, x - y
    if left + top >= total + slant.sum_high or right + bottom <= total + slant.sum_low:
        return False
    return bool(
        left - bottom < difference + slant.difference_high
        and right - top > difference + slant.difference_low
    )


@kernel
def cut_slant(
    state: Tables, orientation: int, x: int, y: int, box: tuple[int, int, int, int]
) -> tuple[int, int, int, int]:
    """The part of a cliff that lies in a box that touches it, as an upright box.

    Of a slanted cliff only that part is in the way of who walks along it; of an upright
    one it is all of it, as of anything else.
    """
    c_left, c_top, c_right, c_bottom = cliff_box(state, orientation, x, y)
    slant = state.cliff_orientation[orientation + 1]
    if not slant.is_slanted:
        return c_left, c_top, c_right, c_bottom
    left, top = max(box[0], c_left), max(box[1], c_top)
    right, bottom = min(box[2], c_right), min(box[3], c_bottom)
    sum_low, sum_high = x + y + slant.sum_low, x + y + slant.sum_high
    low, high = x - y + slant.difference_low, x - y + slant.difference_high
    # each side as far as the slanted ones let it, once along x and once along y
    cut_left = max(left, sum_low - bottom, low + top)
    cut_right = min(right, sum_high - top, high + bottom)
    cut_top = max(top, sum_low - right, left - high)
    cut_bottom = min(bottom, sum_high - left, right - low)
    return cut_left, cut_top, cut_right, cut_bottom
