"""Open play: nothing is asked for, so nothing is measured and it never succeeds."""

from dataclasses import dataclass

from fle_marl.tasks.verification import Production, Verification

__all__ = ["OpenPlayTask"]


@dataclass(frozen=True, slots=True)
class OpenPlayTask:
    """Lets a team build until its steps are over."""

    @property
    def settle_ticks(self) -> int:
        """No time to settle."""
        return 0

    @property
    def holdout_ticks(self) -> int:
        """No hold-out."""
        return 0

    @property
    def quota(self) -> None:
        """Nothing is asked for."""
        return

    def explain(self) -> str:
        """How the task is judged, in words for an agent."""
        return "The reward of a step is the production score gained in it."

    def verify(self, before: Production, after: Production) -> Verification:
        """Never succeeds and measures nothing."""
        return Verification(success=False)
