"""The colours of the pictures.

What carries a meaning of its own (agents, kinds of trouble) takes its colour from the
eight of Okabe and Ito, which people with any common colour blindness tell apart, and
has a second sign besides: a name or a shape. The ground is dark and neutral so that
those stand out, and machines are muted.

Source: M. Okabe and K. Ito, "Color Universal Design", 2008.
"""

from typing import Final, TypeAlias

__all__ = [
    "AGENTS",
    "Colour",
    "blend",
    "darker",
    "lighter",
    "with_alpha",
]

Colour: TypeAlias = tuple[int, int, int] | tuple[int, int, int, int]
"""Red, green, blue and perhaps opacity, 0 to 255."""

ORANGE: Final = (230, 159, 0)
SKY: Final = (86, 180, 233)
GREEN: Final = (0, 158, 115)
YELLOW: Final = (240, 228, 66)
BLUE: Final = (0, 114, 178)
VERMILION: Final = (213, 94, 0)
MAUVE: Final = (204, 121, 167)

AGENTS: Final[tuple[Colour, ...]] = (
    SKY,
    ORANGE,
    MAUVE,
    GREEN,
    YELLOW,
    VERMILION,
    BLUE,
    (235, 235, 235),
)
"""By place in the scene's list of characters; a ninth begins again."""

GROUND: Final = (66, 68, 67)
GROUND_SHADE: Final = (58, 60, 60)
GRID: Final = (255, 255, 255, 11)
GRID_STRONG: Final = (255, 255, 255, 26)

WATER: Final = (52, 96, 128)
WATER_DEEP: Final = (42, 82, 114)
WATER_RIPPLE: Final = (132, 176, 200, 80)
SHORE: Final = (128, 120, 98)

PAPER: Final = (32, 34, 36)
"""Behind title, border and legend."""
INK: Final = (232, 234, 235)
INK_DIM: Final = (152, 157, 161)
EDGE: Final = (27, 29, 31)
SHADOW: Final = (0, 0, 0, 70)
HALO: Final = (18, 19, 20)

BELT: Final = (41, 44, 48)
BELT_RAIL: Final = (112, 118, 124)
BELT_CHEVRON: Final = (150, 157, 164)
TUBE: Final = (138, 152, 164)
WIRE: Final = (226, 186, 130, 210)
UNDERGROUND_LINK: Final = (220, 224, 228, 120)

STEEL: Final = (150, 158, 166)
SLATE: Final = (104, 126, 146)
STONE: Final = (150, 137, 122)
OCHRE: Final = (170, 148, 98)
SAND: Final = (226, 206, 152)
WOOD: Final = (160, 124, 82)
BRICK: Final = (148, 108, 98)
SAGE: Final = (122, 144, 122)
NAVY: Final = (54, 80, 122)
GLOW: Final = (255, 178, 72)
LEAF: Final = (74, 104, 74)
LEAF_LIGHT: Final = (98, 130, 92)
ROCK: Final = (110, 108, 104)
FISH: Final = (196, 142, 96)
CLIFF: Final = (144, 119, 87)
"""Source: prototype cliff, map_color."""


def blend(first: Colour, second: Colour, share: float) -> tuple[int, int, int]:
    """The colour that lies a share (0 to 1) of the way from first to second."""
    red, green, blue = (
        round(a + (b - a) * share) for a, b in zip(first[:3], second[:3], strict=True)
    )
    return red, green, blue


def lighter(colour: Colour, share: float = 0.25) -> tuple[int, int, int]:
    """The colour moved a share of the way to white."""
    return blend(colour, (255, 255, 255), share)


def darker(colour: Colour, share: float = 0.3) -> tuple[int, int, int]:
    """The colour moved a share of the way to black."""
    return blend(colour, (0, 0, 0), share)


def with_alpha(colour: Colour, alpha: int) -> tuple[int, int, int, int]:
    """The colour with this opacity, 0 to 255."""
    return colour[0], colour[1], colour[2], alpha
