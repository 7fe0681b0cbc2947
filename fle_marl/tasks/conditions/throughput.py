"""Throughput tasks: how much of one thing machines make in a hold-out of exact ticks.

FLE's window is repeated while the measured amount still grows, the best counts, on a
wall clock; the result depends on the machine and is biased upwards. Here a step is
judged by one window: after the agents' programs have ended the world runs
`settle_ticks` (the file's ``pre_holdout_wait_period``), so that what was just built can
fill up, and then exactly `holdout_ticks`, in which the amount is counted. The agents do
nothing in either, and what characters mine or craft by hand never counts.
"""

from dataclasses import dataclass

from fle_marl.errors import ServerError
from fle_marl.tasks.verification import Production, Verification, plain_number
from fle_marl.units import ticks_to_seconds

__all__ = ["ThroughputTask"]


@dataclass(frozen=True, slots=True)
class ThroughputTask:
    """Judges a world by what its machines make in the hold-out.

    Attributes:
        entity: name of an item or fluid.
        quota: amount to reach in one hold-out; None never succeeds (unbounded).
        holdout_ticks: length of the hold-out, ticks.
        settle_ticks: ticks to run before it.
    """

    entity: str
    quota: float | None
    holdout_ticks: int
    settle_ticks: int = 0

    def explain(self) -> str:
        """How the task is judged, in words for an agent."""
        seconds = plain_number(ticks_to_seconds(self.holdout_ticks))
        settle = ""
        if self.settle_ticks:
            settle = (
                f"the world first runs on for "
                f"{plain_number(ticks_to_seconds(self.settle_ticks))} seconds, then "
            )
        asked = f" At least {self.quota} are asked for." if self.quota else ""
        return (
            f"After each step {settle}everything that machines make of "
            f"{self.entity} within {seconds} seconds of game time is counted; what "
            f"characters mine or craft by hand does not count.{asked}"
        )

    def verify(self, before: Production, after: Production) -> Verification:
        """Judge the readings at both ends of the hold-out.

        Args:
            before: the force's statistics at the hold-out's first tick.
            after: the same `holdout_ticks` later.

        Raises:
            ServerError: `inexact-holdout`; they are not `holdout_ticks` apart.
        """
        window = after.since(before)
        if window.tick != self.holdout_ticks:
            raise ServerError(
                f"a hold-out of {self.holdout_ticks} ticks was asked for and the "
                f"world went from tick {before.tick} to {after.tick}",
                code="inexact-holdout",
            )
        measured = plain_number(window.automatic(self.entity))
        by_hand = plain_number(window.by_hand(self.entity))
        seconds = plain_number(ticks_to_seconds(self.holdout_ticks))
        return Verification(
            success=self.quota is not None and measured >= self.quota,
            measured=measured,
            text=self._describe(measured, by_hand, before.tick, after.tick),
            meta={
                f"{self.entity} achieved throughput per {seconds} seconds": measured,
                "reward_override": measured,
                "quota": self.quota,
                "holdout_ticks": self.holdout_ticks,
                "from_tick": before.tick,
                "to_tick": after.tick,
                "made_by_hand": by_hand,
            },
        )

    def _describe(
        self, measured: float, by_hand: float, from_tick: int, to_tick: int
    ) -> str:
        seconds = plain_number(ticks_to_seconds(self.holdout_ticks))
        asked = f" of the {self.quota} asked for" if self.quota is not None else ""
        aside = f"; {by_hand} made by hand do not count" if by_hand else ""
        return (
            f"Hold-out of {seconds} seconds (ticks {from_tick} to {to_tick}): machines "
            f"made {measured} {self.entity}{asked}{aside}."
        )
