"""Arguments that name the surface; there is one."""

from typing import TYPE_CHECKING, Final

from fle_marl.sim.lua_api.errors import fail, shown

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["SURFACE_INDEX", "SURFACE_NAME", "check_surface"]

SURFACE_NAME: Final = "nauvis"
SURFACE_INDEX: Final = 1


def check_surface(api: "LuaApi", value: object) -> None:
    """Take a SurfaceIdentification: an index, a name or a LuaSurface.

    Raises:
        ScriptError: it is not that of the surface.
    """
    if api.self_of(value, "LuaSurface") is None and (
        isinstance(value, bool) or value not in (SURFACE_INDEX, SURFACE_NAME)
    ):
        fail(f"Unknown surface: {shown(value)}.")
