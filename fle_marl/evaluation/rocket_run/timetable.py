"""What the run has reached, and when."""

from dataclasses import dataclass, field

__all__ = ["Milestone", "TimeTable"]

_TICKS_PER_MINUTE = 60 * 60


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that was reached for the first time.

    Attributes:
        name: what it is, such as ``"first iron-plate"``.
        tick: when, ticks of game time since the world began.
    """

    name: str
    tick: int

    @property
    def time(self) -> str:
        """The tick as hours and minutes of game time, rounded down."""
        minutes = self.tick // _TICKS_PER_MINUTE
        return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(slots=True)
class TimeTable:
    """Milestones in the order in which they were reached."""

    milestones: list[Milestone] = field(default_factory=list)

    def reach(self, name: str, tick: int) -> Milestone | None:
        """Note a milestone; None when it was reached before."""
        if any(each.name == name for each in self.milestones):
            return None
        milestone = Milestone(name, tick)
        self.milestones.append(milestone)
        return milestone

    def markdown(self) -> str:
        """The table as it stands in the docs."""
        rows = ["| milestone | tick | game time |", "|---|---:|---:|"]
        rows += [f"| {m.name} | {m.tick} | {m.time} |" for m in self.milestones]
        return "\n".join(rows) + "\n"
