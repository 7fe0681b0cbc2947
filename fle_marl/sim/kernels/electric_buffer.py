"""The buffers of electric consumers, and why full ones cost nothing.

Machines draw energy from their buffer, and the network fills it again in the next
tick. As long as a network gives all that is wanted, a buffer that was full is full
again after each flow, so nobody needs to look at it: its row sleeps, and what was drawn
since the last flow is added up for its group (``electric_group.wanted_quanta``). Only
when somebody asks is it written down that the buffer has been filled meanwhile
(`catch_up`).

What is missing is added up in whole quanta, not in joules: sums of whole numbers do not
depend on their order, so a world gives the same whoever sleeps.

A row of a consumer on a network may sleep for one of two reasons: its buffer was full
after the last flow that it saw, or it is empty and the network has nothing to give.
"""

from typing import Final

from fle_marl.sim._jit import Tables, called_kernel, kernel
from fle_marl.sim.components import (
    USAGE_LAMP,
    USAGE_PRIMARY_INPUT,
    USAGE_SECONDARY_INPUT,
)
from fle_marl.sim.kernels.awake import is_awake, wake_row

__all__ = [
    "BUFFER_PER_USE",
    "LARGEST_FLOW_JOULES",
    "QUANTA_PER_JOULE",
    "catch_up",
    "drain_of",
    "drained_joules",
    "draw_from_buffer",
    "is_consumer",
    "is_filled_meanwhile",
    "is_lit",
    "missing_joules",
    "to_quanta",
]

BUFFER_PER_USE: Final = 16 / 15
"""Energy that an entity can hold ready, as a multiple of the most it uses in a tick.

Source: measured in the game: burner drills of 2500 joules per tick hold 2666.67, stone
furnaces of 1500 hold 1600, burner inserters of 2400 hold 2560. Electric entities are
taken to be alike."""

QUANTA_PER_JOULE: Final = 1 << 24
"""A choice: less than a tenth of a millionth of a joule is lost in a tick."""

LARGEST_FLOW_JOULES: Final = 2.0**32
"""What one entity may take in or give in a tick, 257 gigawatts, so that sums of quanta
fit into 64 bits. A limit of this simulator; the game has none by default."""

_DARK_LIGHT: Final = 1 - 0.4 / 0.85
"""Light below which lamps burn. Prototype ``darkness_for_all_lamps_on`` 0.5 and
``_off`` 0.3: in the game each lamp has a place of its own between, here all have the
middle. The darkest is 0.85 (LuaSurface.min_brightness 0.15), taken to come and go like
the light of solar panels."""


@kernel
def is_consumer(usage: int) -> bool:
    """Whether an electric source only takes."""
    return usage in (USAGE_PRIMARY_INPUT, USAGE_SECONDARY_INPUT, USAGE_LAMP)


@kernel
def is_lit(state: Tables) -> bool:
    """Whether there is so much light that lamps are off."""
    return bool(state.clock[0].light > _DARK_LIGHT)


@kernel
def to_quanta(joules: float) -> int:
    """Joules, not negative, in quanta."""
    return int(joules * QUANTA_PER_JOULE + 0.5)


@kernel
def missing_joules(state: Tables, row: int) -> float:
    """What a buffer could take in in this tick.

    Args:
        state: ``World.state``.
        row: of ``electric``.
    """
    source = state.electric[row]
    missing = max(0.0, source.capacity_joules - source.buffer_joules)
    return float(min(missing, source.input_limit_joules))


@kernel
def drain_of(state: Tables, row: int) -> float:
    """What a consumer loses in this tick, whatever it does; lamps only in the dark.

    Args:
        state: ``World.state``.
        row: of ``electric``.
    """
    if state.electric[row].usage == USAGE_LAMP and is_lit(state):
        return 0.0
    return float(state.electric[row].drain_joules)


@kernel
def drained_joules(state: Tables, row: int) -> float:
    """What a consumer used of its drain in this tick, after energy has flowed.

    All of it as long as its buffer holds something; over an empty one what it got,
    which was meant for the buffer as well.

    Args:
        state: ``World.state``.
        row: of ``electric``.
    """
    source = state.electric[row]
    drain = drain_of(state, row)
    share = 0.0
    if source.shared > 0:
        share = source.satisfaction
    elif source.network > 0:
        share = state.electric_network[source.network].share[source.usage]
    if share >= 1.0 or source.buffer_joules > 0.0:
        return drain
    return float(min(drain, (missing_joules(state, row) + drain) * share))


@kernel
def is_filled_meanwhile(state: Tables, row: int) -> bool:
    """Whether a consumer on one network sleeps because its buffer is kept full.

    Args:
        state: ``World.state``.
        row: of ``electric``.
    """
    source = state.electric[row]
    is_starved = source.buffer_joules <= 0.0 and source.capacity_joules > 0.0
    return not is_starved and not is_awake(state.electric_awake, row)


@kernel
def catch_up(state: Tables, row: int) -> None:
    """Write down that a buffer which is kept full has been filled by the last flow.

    Args:
        state: ``World.state``, changed.
        row: of ``electric``; `is_filled_meanwhile`.
    """
    electric = state.electric
    now = state.clock[0].electric_tick
    fed = electric[row].fed_tick
    if fed == now:
        return
    # what was drawn before the last flow was filled up by that, or by one before
    missing = electric[row].capacity_joules - electric[row].buffer_joules
    if fed < now - 1:
        missing = 0.0
    electric[row].flow_joules = missing  # the drain is added when all is settled
    electric[row].buffer_joules = electric[row].capacity_joules
    electric[row].fed_tick = now


@called_kernel
def draw_from_buffer(state: Tables, row: int, joules: float) -> float:
    """Take energy out of a consumer's buffer.

    Args:
        state: ``World.state``, changed.
        row: of ``electric``.
        joules: wanted.

    Returns:
        Joules that it held, at most those wanted.
    """
    electric = state.electric
    group = electric[row].group
    is_kept_full = group > 0 and is_filled_meanwhile(state, row)
    before = 0
    if is_kept_full:
        catch_up(state, row)
        before = to_quanta(electric[row].capacity_joules - electric[row].buffer_joules)
    taken = min(electric[row].buffer_joules, joules)
    held = electric[row].buffer_joules - taken
    electric[row].buffer_joules = held
    if is_kept_full:
        missing = electric[row].capacity_joules - held
        state.electric_group[group].wanted_quanta -= before
        if held > 0.0 and missing <= electric[row].input_limit_joules:
            state.electric_group[group].wanted_quanta += to_quanta(missing)
        else:
            wake_row(state.electric_awake, row)
    return float(taken)
