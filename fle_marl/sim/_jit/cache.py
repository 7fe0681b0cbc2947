"""Where compiled code is kept between processes.

numba's disk cache does not notice that a function called from another file changed.
The folder's name therefore holds a hash of all sources that kernels can see, so an
edited kernel is compiled anew and a stale one can never run.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numba

__all__ = ["cache_folder", "is_cache_warm", "mark_cache_warm"]

_PACKAGE: Final = Path(__file__).resolve().parents[2]
_KEPT_FOLDERS: Final = 4


def _sources() -> Iterator[bytes]:
    """Modules that may hold a kernel or a constant of one."""
    for path in sorted(_PACKAGE.glob("*.py")):
        yield path.read_bytes()
    for path in sorted((_PACKAGE / "sim").rglob("*.py")):
        source = path.read_bytes()
        if "lua_api" not in path.parts or b"_jit" in source:
            yield source


def _source_hash() -> str:
    digest = hashlib.blake2b(digest_size=12)
    digest.update(numba.__version__.encode())
    for source in _sources():
        digest.update(source)
    return digest.hexdigest()


def _writable_root() -> Path:
    """The user's cache folder, or one in the temporary folder if that is read-only."""
    base = os.environ.get("XDG_CACHE_HOME")
    candidates = [
        (Path(base) if base else Path.home() / ".cache") / "fle_marl" / "kernels",
        Path(tempfile.gettempdir()) / f"fle_marl-kernels-{os.getuid()}",
    ]
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError:
            continue
        if os.access(candidate, os.W_OK):
            return candidate
    return Path(tempfile.mkdtemp(prefix="fle_marl-kernels-"))


def _open_cache_folder() -> Path:
    root = _writable_root()
    folder = root / _source_hash()
    folder.mkdir(exist_ok=True)
    others = sorted(
        (entry for entry in root.iterdir() if entry != folder and entry.is_dir()),
        key=lambda entry: entry.stat().st_mtime,
        reverse=True,
    )
    for stale in others[_KEPT_FOLDERS:]:
        shutil.rmtree(stale, ignore_errors=True)
    return folder


_FOLDER: Final = _open_cache_folder()
_WARM_MARK: Final = _FOLDER / "warm"


def cache_folder() -> Path:
    """Where the compiled kernels of exactly these sources are kept."""
    return _FOLDER


def is_cache_warm() -> bool:
    """Whether all entry points of these sources have been compiled on this machine."""
    return _WARM_MARK.exists()


def mark_cache_warm() -> None:
    """Note that all entry points have been compiled."""
    _WARM_MARK.touch()
