"""One measurement and what it should be."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement.

    Attributes:
        name: ``<group>.<what>``, with the unit at its end.
        value: what was measured.
        unit: of value and target.
        better: whether a lower or a higher value is better.
        target: value to reach; None where there is none.
    """

    name: str
    value: float
    unit: str
    better: Literal["lower", "higher"]
    target: float | None = None

    @property
    def reaches_target(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        if self.better == "lower":
            return self.value <= self.target
        return self.value >= self.target

    def to_plain(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)
