"""What a task sees of a world, and what it says about it.

A `Production` is the force's statistics at one tick, as plain numbers; a `Condition`
compares two of them and gives a `Verification`. Neither ever moves a world: whoever
holds the world advances it by the spans that the condition names.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from fle_marl.errors import ServerError

__all__ = ["Condition", "Production", "Verification", "plain_number"]


@dataclass(frozen=True, slots=True)
class Production:
    """What the force has made and used up to one tick, items and fluids together.

    Attributes:
        tick: the tick of the reading; of a difference, the ticks between two readings.
        produced: by anyone: machines, hand mining and hand crafting.
        consumed: by anyone.
        harvested: the part of `produced` that characters mined by hand.
        crafted: the part of `produced` that characters crafted by hand.
    """

    tick: int
    produced: Mapping[str, float] = field(default_factory=dict)
    consumed: Mapping[str, float] = field(default_factory=dict)
    harvested: Mapping[str, float] = field(default_factory=dict)
    crafted: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_plain(cls, data: object) -> "Production":
        """Read a server's answer.

        Args:
            data: ``{"tick": int, "produced": {name: amount}, "consumed": ...,
                "harvested": ..., "crafted": ...}``, cumulative since the reset. An
                empty table may come as an empty list, as Lua cannot tell them apart.

        Raises:
            ServerError: `bad-production`; the answer does not have this form.
        """
        if not isinstance(data, Mapping):
            raise _bad_production(data)
        tick = data.get("tick")
        if not isinstance(tick, int | float) or not float(tick).is_integer():
            raise _bad_production(data)
        return cls(
            tick=int(tick),
            produced=_amounts(data, "produced"),
            consumed=_amounts(data, "consumed"),
            harvested=_amounts(data, "harvested"),
            crafted=_amounts(data, "crafted"),
        )

    def since(self, earlier: "Production") -> "Production":
        """What came to be after an earlier reading, without what did not change."""
        return Production(
            tick=self.tick - earlier.tick,
            produced=_difference(self.produced, earlier.produced),
            consumed=_difference(self.consumed, earlier.consumed),
            harvested=_difference(self.harvested, earlier.harvested),
            crafted=_difference(self.crafted, earlier.crafted),
        )

    def by_hand(self, name: str) -> float:
        """Amount of an item that characters made themselves."""
        return self.harvested.get(name, 0) + self.crafted.get(name, 0)

    def automatic(self, name: str) -> float:
        """Amount of an item or fluid that machines made."""
        return max(self.produced.get(name, 0) - self.by_hand(name), 0)


@dataclass(frozen=True, slots=True)
class Verification:
    """A task's judgement of a step.

    Attributes:
        success: the task is solved.
        measured: amount that the task measured; None where it measures nothing.
        text: one line for the agents; empty where nothing is measured.
        meta: the same facts as plain data, with FLE's keys among them.
    """

    success: bool
    measured: float | None = None
    text: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)


class Condition(Protocol):
    """How a task judges a world."""

    @property
    def settle_ticks(self) -> int:
        """Ticks that the world runs on after a step, before the hold-out."""
        ...

    @property
    def holdout_ticks(self) -> int:
        """Ticks in which is measured; 0 where nothing is."""
        ...

    @property
    def quota(self) -> float | None:
        """Amount that solves the task; None where nothing does."""
        ...

    def explain(self) -> str:
        """How the task is judged, in words for an agent."""
        ...

    def verify(self, before: Production, after: Production) -> Verification:
        """Judge the readings at both ends of the hold-out.

        Raises:
            ServerError: `inexact-holdout`; they are not `holdout_ticks` apart.
        """
        ...


def plain_number(value: float) -> float:
    """The value as an int where it is whole, so that it prints as people write it."""
    return int(value) if float(value).is_integer() else float(value)


def _amounts(data: Mapping[object, object], key: str) -> dict[str, float]:
    amounts = data.get(key)
    if amounts is None or amounts == []:
        return {}
    if not isinstance(amounts, Mapping):
        raise _bad_production(data)
    for name, amount in amounts.items():
        if not isinstance(name, str) or not isinstance(amount, int | float):
            raise _bad_production(data)
        if not math.isfinite(amount):
            raise _bad_production(data)
    return dict(amounts)


def _bad_production(data: object) -> ServerError:
    return ServerError(
        f"the server's production statistics cannot be read: {str(data)[:200]!r}",
        code="bad-production",
    )


def _difference(
    later: Mapping[str, float], earlier: Mapping[str, float]
) -> dict[str, float]:
    changes = {name: later[name] - earlier.get(name, 0) for name in sorted(later)}
    return {name: plain_number(change) for name, change in changes.items() if change}
