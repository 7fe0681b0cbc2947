"""A saved world with what scripts remember, as bytes.

A line that says what they are, a checksum, and msgpack. The checksum finds damage, not
malice, so nothing in them is believed before it is checked.
"""

import hashlib
from typing import Annotated, Any, Final

import msgpack
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from fle_marl.errors import SaveError

__all__ = ["SavedGame", "SavedScripts", "pack_game", "unpack_game"]

_HEAD: Final = b"fle_marl embedded server 4\n"
_CHECKSUM_BYTES: Final = 16

_Count = Annotated[int, Field(ge=0, lt=1 << 53)]
# msgpack has lists only
_Event = Annotated[tuple[_Count, _Count, dict[str, JsonValue]], Field(strict=False)]
_Selection = Annotated[tuple[_Count, _Count], Field(strict=False)]
_Pace = Annotated[
    tuple[Annotated[float, Field(ge=0.01, allow_inf_nan=False)], bool, _Count],
    Field(strict=False),
]
_Note = Annotated[tuple[str, _Count, str, JsonValue], Field(strict=False)]
_Blueprint = Annotated[tuple[_Count, _Count, _Count, str], Field(strict=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SavedScripts(_Strict):
    """What scripts remember; see `LuaApi.save_scripts`."""

    kept: Annotated[str, Field(alias="global")]
    waiting: list[_Event]
    path_requests: _Count
    pace: _Pace
    selected: list[_Selection]
    notes: list[_Note]
    blueprints: list[_Blueprint]


class SavedGame(_Strict):
    """A saved world of an embedded server.

    Attributes:
        bundle: checksum of the Lua tools that it was made with.
        world: as `fle_marl.sim.saves.save_world` packs it.
        scripts: what they remember.
    """

    bundle: str
    world: bytes
    scripts: SavedScripts


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECKSUM_BYTES).digest()


def pack_game(bundle: str, world: bytes, scripts: dict[str, object]) -> bytes:
    """The bytes that `unpack_game` takes."""
    body: bytes = msgpack.packb({"bundle": bundle, "world": world, "scripts": scripts})
    return _HEAD + _digest(body) + body


def unpack_game(saved: bytes) -> SavedGame:
    """Check saved bytes; the world and the scripts' values are only found in them.

    Raises:
        SaveError: `bad-save`, they are damaged or something else.
    """
    if not saved.startswith(_HEAD):
        raise SaveError("these bytes are not a saved world of an embedded server")
    start = len(_HEAD) + _CHECKSUM_BYTES
    body = saved[start:]
    if _digest(body) != saved[len(_HEAD) : start]:
        raise SaveError("the saved world is damaged: its checksum does not match")
    return _checked(_plain(body))


def _plain(body: bytes) -> Any:  # noqa: ANN401 - anything, until it is checked
    try:
        # containers claim no more than there are bytes: msgpack's own limit
        return msgpack.unpackb(body)
    except (ValueError, RecursionError, msgpack.exceptions.UnpackException) as error:
        raise SaveError(f"the saved world is not msgpack: {error}") from error


def _checked(parts: object) -> SavedGame:
    try:
        return SavedGame.model_validate(parts)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(each) for each in first["loc"]) or "its parts"
        raise SaveError(
            f"the saved world is not one of an embedded server: {place}: "
            f"{first['msg']}",
            details={"place": place},
        ) from error
