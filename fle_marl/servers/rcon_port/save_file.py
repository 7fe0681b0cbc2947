"""Worlds in files."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fle_marl.errors import SaveError
from fle_marl.servers.game import Game

__all__ = ["NO_TOOLS", "SaveFile"]

NO_TOOLS: Final = ""
"""The bundle of worlds on which clients load tools of their own."""

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]{0,99}")


@dataclass(frozen=True, slots=True)
class SaveFile:
    """Where the world of a server is kept.

    Attributes:
        path: of the file.
    """

    path: Path

    def named(self, name: str | None) -> Path:
        """The file for a name that a client gave: in the same folder, never elsewhere.

        Raises:
            SaveError: `bad-save-name`.
        """
        if name is None:
            return self.path
        if not _NAME.fullmatch(name):
            raise SaveError(
                f"a save cannot be called {name[:100]!r}: only letters, digits, "
                "spaces, '_', '-' and '.' are allowed",
                code="bad-save-name",
            )
        return self.path.with_name(name + self.path.suffix)

    def write(self, game: Game, name: str | None = None) -> Path:
        """Write the world; a file is there whole or as it was.

        Raises:
            SaveError: `bad-save-name` or `save-not-written`.
            ServerError: `not-saveable`, scripts keep what cannot be saved.
        """
        path = self.named(name)
        saved = game.save(NO_TOOLS)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.name}.", delete=False
            ) as file:
                file.write(saved)
            Path(file.name).replace(path)
        except OSError as error:
            raise SaveError(
                f"the world cannot be written to {path}: {error}",
                code="save-not-written",
            ) from error
        return path
