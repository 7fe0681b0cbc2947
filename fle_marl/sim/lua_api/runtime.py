"""A Lua state with Factorio's API on one world.

`LuaApi` joins the classes of this room to a world, gives scripts the game's globals,
and is what every member function gets as its first argument: it turns objects into rows
and rows into objects.
"""

import json
import logging
import math
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NoReturn

import lupa.lua52 as lupa
import numpy as np
from numpy.typing import NDArray

from fle_marl.errors import LuaApiMissing, ServerError
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.actions.find import EntityQuery, find_entities
from fle_marl.sim.components import KINDS
from fle_marl.sim.lua_api import (
    lua_bootstrap,
    lua_burner,
    lua_control,
    lua_entity,
    lua_entity_prototype,
    lua_flow_statistics,
    lua_fluid_box,
    lua_force,
    lua_game_script,
    lua_inventory,
    lua_item_prototype,
    lua_item_stack,
    lua_prototype_table,
    lua_recipe,
    lua_surface,
    lua_technology,
    lua_tile,
    lua_transport_line,
)
from fle_marl.sim.lua_api.errors import fail
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.world import World
from fle_marl.units import POSITION_UNITS_PER_TILE, tiles_to_units, units_to_tiles

__all__ = ["LuaApi"]

_LOG: Final = logging.getLogger(__name__)
_FOLDER: Final = Path(__file__).parent
_SERIAL_BITS: Final = 24
_SERIAL_MASK: Final = (1 << _SERIAL_BITS) - 1

CLASSES: Final[Sequence[LuaClass]] = (
    lua_bootstrap.LUA_BOOTSTRAP,
    lua_bootstrap.LUA_RCON,
    lua_bootstrap.LUA_REMOTE,
    lua_burner.LUA_BURNER,
    lua_control.LUA_CONTROL,
    lua_entity.LUA_ENTITY,
    lua_entity_prototype.LUA_ENTITY_PROTOTYPE,
    lua_flow_statistics.LUA_FLOW_STATISTICS,
    lua_fluid_box.LUA_FLUID_BOX,
    lua_force.LUA_FORCE,
    lua_game_script.LUA_GAME_SCRIPT,
    lua_inventory.LUA_INVENTORY,
    lua_item_prototype.LUA_FLUID_PROTOTYPE,
    lua_item_prototype.LUA_ITEM_PROTOTYPE,
    lua_item_stack.LUA_ITEM_STACK,
    lua_prototype_table.LUA_CUSTOM_TABLE,
    lua_recipe.LUA_RECIPE,
    lua_recipe.LUA_RECIPE_PROTOTYPE,
    lua_surface.LUA_SURFACE,
    lua_technology.LUA_TECHNOLOGY,
    lua_tile.LUA_TILE,
    lua_tile.LUA_TILE_PROTOTYPE,
    lua_transport_line.LUA_TRANSPORT_LINE,
)


@cache
def _known_names() -> Mapping[str, frozenset[str]]:
    """Names of all members of the game's API, by class."""
    raw = json.loads((_FOLDER / "api_names.json").read_text())
    return {name: frozenset(members) for name, members in raw["classes"].items()}


def _refuse_python(_object: object, _name: object, _is_setting: bool) -> NoReturn:
    # scripts may call the functions that they are given and nothing else of Python's
    raise AttributeError("scripts see nothing of Python")


class LuaApi:
    """Factorio's Lua on one world.

    Args:
        world: that scripts act on.
        modules: source of each module that scripts may ``require``, by its name.

    Attributes:
        world: the world.
        printed: lines that scripts gave to ``rcon.print`` since the last `execute`.
        console: the latest lines given to ``game.print``.
    """

    def __init__(self, world: World, modules: Mapping[str, str]) -> None:
        self.world = world
        self.prototypes = load()
        self.printed: list[str] = []
        self.console: deque[str] = deque(maxlen=200)
        self.lua = lupa.LuaRuntime(
            unpack_returned_tuples=True,
            register_eval=False,
            register_builtins=False,
            attribute_filter=_refuse_python,
            encoding="utf-8",
        )
        host = self.table(
            {
                "is_known": self._is_known,
                "raise_missing": self._raise_missing,
                "is_same": _is_same,
            }
        )
        source = (_FOLDER / "bootstrap.lua").read_text()
        self._tools: Any = self.lua.compile(source)(host)
        self.position: Callable[[float, float], Any] = self._tools["position"]
        self.box: Callable[[float, float, float, float], Any] = self._tools["box"]
        self.object: Callable[[str, object], Any] = self._tools["object"]
        self._objects: Callable[[str, Any], Any] = self._tools["objects"]
        self._self_of: Callable[..., Any] = self._tools["self_of"]
        self._xy: Callable[[Any], Any] = self._tools["xy"]
        self._corners: Callable[[Any], Any] = self._tools["corners"]
        self._as_list: Callable[[Any], Any] = self._tools["as_list"]
        self.to_json: Callable[[Any], str] = self._tools["to_json"]
        for lua_class in CLASSES:
            self._define(lua_class)
        self.environment: Any = self._tools["make_environment"](self.table(modules))
        self.events = lua_bootstrap.Events(self)
        self._path_requests = 0
        self._selected: dict[int, int] = {}
        self._add_globals()

    def _define(self, lua_class: LuaClass) -> None:
        members = (
            self.table(
                {name: partial(function, self) for name, function in part.items()}
            )
            for part in (
                lua_class.getters,
                lua_class.setters,
                lua_class.methods,
                lua_class.operators,
            )
        )
        self._tools["define_class"](lua_class.name, *members)

    def _add_globals(self) -> None:
        environment = self.environment
        environment["game"] = self.object("LuaGameScript", 0)
        environment["script"] = self.object("LuaBootstrap", 0)
        environment["rcon"] = self.object("LuaRCON", 0)
        environment["remote"] = self.object("LuaRemote", 0)
        environment["defines"] = self.table(self.prototypes.defines)
        environment["log"] = self._log
        environment["print"] = self._log
        environment["localised_print"] = self._log

    def next_path_request(self) -> int:
        """Number of a new request for a path."""
        self._path_requests += 1
        return self._path_requests

    def selected_at(self, x: float, y: float) -> int:
        """The entity that a pointer at a place selects; 0 for none.

        Of several it is one that stands on the ground rather than the ore below it.
        """
        units = tiles_to_units(x), tiles_to_units(y)
        query = EntityQuery(prototypes=self.every("entities"), box=(*units, *units))
        kinds = self.world.entity["kind"]
        unselectable = (KINDS.index("character"), KINDS.index("resource"))
        rows = [int(row) for row in find_entities(self.world, query)]
        built = [row for row in rows if int(kinds[row]) not in unselectable]
        return built[0] if built else self._resource_in_tile(x, y)

    def select(self, character: int, target: int) -> None:
        """Let a character point at an entity; 0 for none."""
        self._selected[character] = self.handle(target) if target else 0

    def selected_by(self, character: int) -> int:
        """The entity that a character points at; 0 for none or when it is gone."""
        return self.find_row(self._selected.get(character, 0))

    def _resource_in_tile(self, x: float, y: float) -> int:
        left, top = (math.floor(part) * POSITION_UNITS_PER_TILE for part in (x, y))
        query = EntityQuery(
            prototypes=self.world.prototypes["entity_prototype"]["is_resource"],
            box=(
                left,
                top,
                left + POSITION_UNITS_PER_TILE,
                top + POSITION_UNITS_PER_TILE,
            ),
            limit=1,
        )
        rows = find_entities(self.world, query)
        return int(rows[0]) if len(rows) else 0

    # --- running scripts

    def execute(self, source: str, name: str = "=(command)") -> object:
        """Run a chunk of Lua, as a console command does.

        Args:
            source: Lua 5.2.
            name: for error messages.

        Returns:
            What the chunk returns.

        Raises:
            lupa.LuaError: the chunk does not parse or failed.
            ScriptError: it used the API wrongly.
        """
        self.printed.clear()
        return self._tools["run"](source, name, self.environment)

    def require(self, module: str) -> LuaValue:
        """Load a module of the bundle and give what it returns."""
        return self.environment["require"](module)

    def guarded(self, function: LuaValue, *arguments: object) -> object:
        """Call a Lua function.

        Raises:
            ServerError: `lua-error`, the script failed.
        """
        try:
            return function(*arguments)
        except lupa.LuaError as error:
            raise ServerError(f"a script failed: {error}", code="lua-error") from error

    def plain(self, value: object) -> object:
        """A Lua value as plain data; an empty table is an empty mapping."""
        return json.loads(self.to_json(value))

    # --- what scripts remember

    def save_scripts(self) -> dict[str, object]:
        """What scripts keep in ``global`` and what is still to be told them.

        Raises:
            ServerError: `not-saveable`, there is something that the game cannot save.
        """
        try:
            kept = self._tools["freeze"](self.environment["global"])
        except lupa.LuaError as error:
            raise ServerError(str(error), code="not-saveable") from error
        return {
            "global": self.to_json(kept),
            "waiting": [list(entry) for entry in self.events.waiting],
            "path_requests": self._path_requests,
        }

    def load_scripts(self, saved: Mapping[str, Any]) -> None:
        """Give scripts back what `save_scripts` kept."""
        frozen = self.table(json.loads(saved["global"]))
        self.environment["global"] = self._tools["thaw"](frozen)
        self.events.waiting = [tuple(entry) for entry in saved["waiting"]]
        self._path_requests = int(saved["path_requests"])

    def _log(self, *values: object) -> None:
        _LOG.debug("script: %s", " ".join(str(value) for value in values))

    # --- values

    def table(self, value: Mapping[Any, Any] | Iterable[Any]) -> LuaValue:
        """A Lua table of plain data, with tables inside."""
        return self.lua.table_from(value, recursive=True)

    def objects(self, class_name: str, handles: Iterable[int]) -> LuaValue:
        """A Lua list of objects of one class."""
        return self._objects(class_name, self.lua.table_from(handles))

    def self_of(self, value: object, class_name: str) -> LuaValue:
        """What an object of a class holds; None for anything else."""
        found = self._self_of(value, class_name)
        return found[0] if isinstance(found, tuple) else found

    def xy(self, value: object) -> tuple[float, float]:
        """Coordinates of a MapPosition in any form, tiles.

        Raises:
            ScriptError: it is not a position.
        """
        x, y = self._xy(value) or (None, None)
        if not isinstance(x, int | float) or not isinstance(y, int | float):
            fail(f"Invalid MapPosition: {_shown(value)}.")
        return float(x), float(y)

    def corners(self, value: object) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a BoundingBox in any form, tiles.

        Raises:
            ScriptError: it is not a box.
        """
        corners = self._corners(value)
        if not isinstance(corners, tuple) or None in corners:
            fail(f"Invalid BoundingBox: {_shown(value)}.")
        left, top, right, bottom = corners
        return float(left), float(top), float(right), float(bottom)

    def list_of(self, value: object) -> list[Any]:
        """A list argument, or a single value in its place; nil is empty."""
        if value is None:
            return []
        return list(self._as_list(value).values())

    # --- entities

    def handle(self, row: int) -> int:
        """What a LuaEntity of this row holds."""
        serial = int(self.world.entity["serial"][row]) & _SERIAL_MASK
        return row << _SERIAL_BITS | serial

    def entity(self, row: int) -> LuaValue:
        """A LuaEntity; nil for row 0."""
        return self.object("LuaEntity", self.handle(row)) if row else None

    def entities(self, rows: Iterable[int]) -> LuaValue:
        """A Lua list of LuaEntity."""
        return self.objects("LuaEntity", [self.handle(int(row)) for row in rows])

    def find_row(self, handle: int) -> int:
        """Row of a LuaEntity; 0 when the entity is gone."""
        row, serial = handle >> _SERIAL_BITS, handle & _SERIAL_MASK
        entity = self.world.entity
        if row >= len(entity) or entity["prototype"][row] <= 0:
            return 0
        return row if int(entity["serial"][row]) & _SERIAL_MASK == serial else 0

    def row(self, handle: int) -> int:
        """Row of a LuaEntity.

        Raises:
            ScriptError: the entity is gone.
        """
        row = self.find_row(handle)
        if not row:
            fail("LuaEntity API call when LuaEntity was invalid.")
        return row

    def row_of(self, value: object, what: str = "LuaEntity") -> int:
        """Row of an argument that must be a valid LuaEntity.

        Raises:
            ScriptError: it is not one.
        """
        handle = self.self_of(value, "LuaEntity")
        if handle is None:
            fail(f"Expected {what}, got {_shown(value)}.")
        return self.row(handle)

    def prototype_of(self, row: int) -> EntityPrototype:
        """Prototype of an entity."""
        number = int(self.world.entity["prototype"][row])
        return self.prototypes.entities.by_id(number)

    def position_of(self, row: int) -> LuaValue:
        """A MapPosition table: where an entity is."""
        record = self.world.entity[row]
        return self.position(
            units_to_tiles(int(record["x"])), units_to_tiles(int(record["y"]))
        )

    @cache  # noqa: B019 - as many as there are tables; lives as long as the API
    def every(self, table: str) -> NDArray[np.bool_]:
        """A mask in which every prototype of a table counts.

        Args:
            table: ``"entities"`` or ``"tiles"``.
        """
        mask = np.ones(len(getattr(self.prototypes, table)) + 1, np.bool_)
        mask[0] = False
        return mask

    # --- strictness

    @staticmethod
    def _is_known(class_name: str, key: object) -> bool:
        return key in _known_names().get(class_name, ())

    @staticmethod
    def _raise_missing(class_name: str, key: object) -> NoReturn:
        raise LuaApiMissing(
            f"{class_name}.{key} is part of the game's API, but the embedded "
            "simulator does not have it yet",
            details={"class": class_name, "member": key},
        )


def _is_same(left: object, right: object) -> bool:
    return left == right


def _shown(value: object) -> str:
    if value is None:
        return "nil"
    kind = lupa.lua_type(value)
    return f"a {kind}" if kind else repr(value)
