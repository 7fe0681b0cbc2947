"""Which processes there are, as Linux tells it."""

from pathlib import Path

__all__ = ["group_members"]


def group_members(group: int) -> list[int]:
    """Numbers of the living processes of a process group."""
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            state, _, process_group = stat.rpartition(")")[2].split()[:3]
            if int(process_group) == group and state != "Z":
                members.append(int(entry.name))
    return sorted(members)
