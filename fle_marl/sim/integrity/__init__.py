"""Whether the arrays of a world are sound, before compiled code follows them.

Kernels check no bounds: a row number that is out of its table, a chain that runs in a
circle or a run of slots that overlaps another would have them read and write anywhere,
or never end. `declarations` says of every field what its numbers mean, `check_arrays`
holds a world against it. Worlds that this package has made are sound by the way they
are made; it is saved ones, which anybody may have written, that must be checked.
"""

from fle_marl.sim.integrity.check import check_arrays

__all__ = ["check_arrays"]
