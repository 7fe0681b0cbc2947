"""``python -m fle_marl.evaluation.rocket_run``: play, and tell the milestones."""

import argparse
import sys
from pathlib import Path

from fle_marl.evaluation.rocket_run.run import PHASES, play
from fle_marl.evaluation.rocket_run.timetable import Milestone
from fle_marl.servers.embedded import EmbeddedServer

_PAGE = "<!-- time table -->\n"


def _tell(milestone: Milestone) -> None:
    sys.stdout.write(f"{milestone.time}  {milestone.tick:>9}  {milestone.name}\n")
    sys.stdout.flush()


def main() -> None:
    """Play, and perhaps write the time table into a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--until", choices=PHASES, default=PHASES[-1])
    parser.add_argument(
        "--page", type=Path, help="a page whose time table is written anew"
    )
    given = parser.parse_args()
    table = play(EmbeddedServer(), given.until, _tell)
    if given.page:
        text = given.page.read_text(encoding="utf-8")
        kept = text.partition(_PAGE)[0]
        given.page.write_text(kept + _PAGE + "\n" + table.markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
