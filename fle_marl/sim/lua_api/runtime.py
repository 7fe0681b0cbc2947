"""A Lua state with Factorio's API on one world.

`LuaApi` joins the classes of this room to a world, gives scripts the game's globals,
and is what every member function gets as its first argument: it turns objects into rows
and rows into objects.
"""

import json
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, NoReturn

import lupa.lua52 as lupa
import numpy as np
from numpy.typing import NDArray

from fle_marl.errors import (
    BlueprintError,
    CapacityError,
    FleMarlError,
    SaveError,
    ServerError,
)
from fle_marl.prototypes import EntityPrototype, load
from fle_marl.sim.lua_api.api_tables import (
    argument_checks,
    is_known,
    is_writable,
)
from fle_marl.sim.lua_api.blueprint_format import (
    Contents,
    decode_string,
    encode_string,
)
from fle_marl.sim.lua_api.chunks import compiled, compiled_part
from fle_marl.sim.lua_api.classes import CLASSES
from fle_marl.sim.lua_api.entity_columns import Found, handles_of
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.failures import described, raise_missing, refused
from fle_marl.sim.lua_api.from_outside import FromOutside
from fle_marl.sim.lua_api.handles import SERIAL_BITS, SERIAL_MASK
from fle_marl.sim.lua_api.inventories import saved_inventory
from fle_marl.sim.lua_api.limits import ScriptLimits
from fle_marl.sim.lua_api.lua_bootstrap import Events
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.lua_command_processor import Command
from fle_marl.sim.lua_api.notes import ABOUT_ENTITY, Notes
from fle_marl.sim.lua_api.pace import Pace
from fle_marl.sim.lua_api.printing import text_of
from fle_marl.sim.lua_api.random_numbers import draw_number
from fle_marl.sim.world import World
from fle_marl.units import units_to_tiles

__all__ = ["LuaApi"]

_LOG: Final = logging.getLogger(__name__)
_LUA_FOLDER: Final = Path(__file__).parent / "lua"
_CLASS_BY_NAME: Final = {lua_class.name: lua_class for lua_class in CLASSES}
_FARTHEST_TILES: Final = float((1 << 22) - (1 << 10))
"""Positions are int32 in 1/256 tile, and what stands at one reaches beyond it; the
game's map ends before."""
_NUMBERS: Final = (int, float)
_FEW: Final = 4
"""Fewer entities are not remembered as found together, see ``lua/columns.lua``."""


@cache
def _lua_parts() -> Mapping[str, bytes]:
    """The Lua side, compiled, by the names of its files."""
    return {
        path.stem: compiled_part(
            path.read_text(encoding="utf-8"), f"=[api {path.stem}]"
        )
        for path in sorted(_LUA_FOLDER.glob("*.lua"))
    }


def _refuse_python(_object: object, _name: object, _is_setting: bool) -> NoReturn:
    # scripts may call the functions that they are given and nothing else of Python's
    raise AttributeError("scripts see nothing of Python")


class LuaApi:
    """Factorio's Lua on one world.

    Args:
        world: that scripts act on.
        modules: source of each module that scripts may ``require``, by its name.
        limits: of each call from outside; without them scripts may run for ever.

    Attributes:
        world: the world.
        limits: see above.
        printed: lines that scripts gave to ``rcon.print`` since the last `execute`.
        console: the latest lines given to ``game.print``.
        commands: console commands of scripts, by name.
        pace: how fast time is to pass, for servers that keep time.
        wanted_saves: names of the saves that scripts asked for, for servers that keep
            files; None where they gave none.
        selected: what each character points at, handles by the character's handle.
        path_requests: how many paths scripts have asked for.
        blueprints: what is in blueprints and books, by where they lie
            (`stack_blueprints`).
        is_loading: a module is being loaded, which is when the game lets scripts
            register metatables.
        notes: what scripts set and only scripts read.
    """

    def __init__(
        self,
        world: World,
        modules: Mapping[str, str],
        limits: ScriptLimits | None = None,
    ) -> None:
        self.world = world
        self.limits = limits
        self.prototypes = load()
        self.printed: list[str] = []
        self.console: deque[str] = deque(maxlen=200)
        self.commands: dict[str, Command] = {}
        self.pace = Pace()
        self.wanted_saves: deque[str | None] = deque(maxlen=1)
        self.selected: dict[int, int] = {}
        self.path_requests = 0
        self.blueprints: dict[tuple[int, int, int], Contents] = {}
        self.notes = Notes()
        self.is_loading = False
        self.lua = lupa.LuaRuntime(
            unpack_returned_tuples=True,
            register_eval=False,
            register_builtins=False,
            attribute_filter=_refuse_python,
            encoding="utf-8",
            max_memory=limits.memory_bytes if limits else None,
        )
        self._answer_size = 0
        self._seen_columns = _EntityColumns(world.entity)
        self._found = Found(self)
        self._tools: Any = self._start_lua()
        self._from_outside = FromOutside(
            self._tools["forget"], self._tools["renew"] if limits else None
        )
        self.position: Callable[[float, float], Any] = self._tools["position"]
        self.box: Callable[[float, float, float, float], Any] = self._tools["box"]
        self.object: Callable[[str, object], Any] = self._tools["object"]
        self._objects: Callable[[str, Any], Any] = self._tools["objects"]
        self._found_objects: Callable[[str, Any], Any] = self._tools["found_objects"]
        self.self_of: Callable[[object, str], Any] = self._tools["self_of"]
        self._xy: Callable[[Any], Any] = self._tools["xy"]
        self._corners: Callable[[Any], Any] = self._tools["corners"]
        self._as_list: Callable[[Any], Any] = self._tools["as_list"]
        self._protected: Callable[..., Any] = self._tools["protected"]
        self.to_json: Callable[[Any], str] = self._tools["to_json"]
        for lua_class in CLASSES:
            self._define(lua_class)
        if limits is not None:
            self._tools["limit"](
                limits.instructions, limits.seconds, limits.memory_bytes
            )
        self.environment: Any = self._tools["make_environment"](self.table(modules))
        self.events = Events(self)
        self._add_globals()

    def _start_lua(self) -> LuaValue:
        """Load the Lua side; give its functions."""
        parts = _lua_parts()
        load_compiled = self.lua.globals().load
        start = load_compiled(parts["bootstrap"], "bootstrap", "b")
        return start(self._host(), self.table(parts))

    def _host(self) -> LuaValue:
        """Python's functions that the Lua side calls."""
        return self.table(
            {
                "fetch": self._fetch,
                "fetch_setter": self._fetch_setter,
                "help": lambda name: _CLASS_BY_NAME[name].describe(),
                "compiled": compiled,
                "is_known": is_known,
                "is_writable": is_writable,
                "raise_missing": raise_missing,
                "is_same": _is_same,
                "is_item": self.prototypes.items.__contains__,
                "describe": described,
                "refused": refused,
                "random": partial(draw_number, self.world),
                "log": self._log,
                "read_found": self._found.read,
                "read_parts": self._found.read_parts,
                "forget_found": self._found.forget,
                "inventory_parts": lambda kept: (kept.handle, kept.row),
                "inventory": partial(saved_inventory, self),
            }
        )

    def _define(self, lua_class: LuaClass) -> None:
        self._tools["define_class"](
            lua_class.name,
            self.lua.table_from(dict.fromkeys(lua_class.readable, True)),
            self.table(
                {
                    name: partial(function, self)
                    for name, function in lua_class.operators.items()
                }
            ),
        )

    def _fetch(self, class_name: str, name: str) -> LuaValue:
        """How Lua reads or calls a member; see `lua/classes.lua`."""
        lua_class = _CLASS_BY_NAME[class_name]
        member = lua_class.member(name)
        member["call"] = partial(member["call"], self)
        member["check"] = argument_checks().get(class_name, {}).get(name)
        return self.table(member)

    def _fetch_setter(self, class_name: str, name: str) -> LuaValue:
        """How Lua writes an attribute; None when it cannot be written."""
        setter = _CLASS_BY_NAME[class_name].setters.get(name)
        if setter is None:
            return None
        check = argument_checks().get(class_name, {}).get(name)
        return self.table({"call": partial(setter, self), "check": check})

    def _add_globals(self) -> None:
        environment = self.environment
        environment["game"] = self.object("LuaGameScript", 0)
        environment["script"] = self.object("LuaBootstrap", 0)
        environment["rendering"] = self.object("LuaRendering", 0)
        environment["rcon"] = self.object("LuaRCON", 0)
        environment["remote"] = self.object("LuaRemote", 0)
        environment["settings"] = self.object("LuaSettings", 0)
        environment["commands"] = self.object("LuaCommandProcessor", 0)
        environment["defines"] = self.table(self.prototypes.defines)

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
        with self._from_outside:
            return self._tools["run"](source, name, self.environment)

    def command(self, source: str) -> str | None:
        """Run a console command.

        Returns:
            What scripts would see of its failure; None when all went well.

        Raises:
            lupa.LuaMemoryError: there was not even memory to begin.
            UnicodeError: a failure is no text.
        """
        self.printed.clear()
        with self._from_outside:
            problem = self._tools["command"](source, source, self.environment)
        return None if problem is None else str(problem)

    def _log(self, *values: object) -> None:
        _LOG.debug("script: %s", " ".join(text_of(self, value) for value in values))

    def print_answer(self, line: str) -> None:
        """Add a line to what the running command answers.

        Raises:
            ScriptError: the answer would be longer than the limits allow.
        """
        if self.limits is not None:
            size = len(line) + (self._answer_size if self.printed else 0)
            if size > self.limits.answer_bytes:
                fail(f"An answer is at most {self.limits.answer_bytes} bytes long.")
            self._answer_size = size
        self.printed.append(line)

    def require(self, module: str) -> LuaValue:
        """Load a module of the bundle and give what it returns."""
        self.is_loading = True
        try:
            with self._from_outside:
                return self.environment["require"](module)
        finally:
            self.is_loading = False

    def register_metatable(self, name: str, metatable: LuaValue) -> None:
        """Let tables of ``global`` have a metatable again when they are loaded.

        Raises:
            lupa.LuaError: the name or the metatable is registered already.
        """
        self._tools["register_metatable"](name, metatable)

    def guarded(self, function: LuaValue, *arguments: object) -> object:
        """Call a Lua function.

        Raises:
            ServerError: `lua-error`, the script failed; or what it raised itself. A
                table with a code that it raised stands in the details as ``refusal``.
            CapacityError: a limit of the simulator was reached.
        """
        try:
            return self._guarded(function, *arguments)
        except UnicodeError as error:
            raise ServerError(
                f"a script failed: {described(error)}", code="lua-error"
            ) from error

    def _guarded(self, function: LuaValue, *arguments: object) -> object:
        with self._from_outside:
            answer = self._protected(function, *arguments)
        if answer is True:
            return None
        ok, *results = answer
        if ok:
            return results[0] if len(results) == 1 else tuple(results)
        problem = results[0]
        if isinstance(problem, ServerError | CapacityError):
            raise problem
        cause = problem if isinstance(problem, BaseException) else None
        raise ServerError(
            f"a script failed: {described(problem)}",
            code="lua-error",
            details=self._refusal_in(problem),
        ) from cause

    def _refusal_in(self, problem: object) -> dict[str, object]:
        """What a script raised on purpose: a table with a code, as plain data."""
        if lupa.lua_type(problem) != "table":
            return {}
        try:
            plain = self.plain(problem)
        except lupa.LuaError:
            # it holds what is no plain data, so nobody meant it for us
            return {}
        is_refusal = isinstance(plain, dict) and isinstance(plain.get("code"), str)
        return {"refusal": plain} if is_refusal else {}

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
            with self._from_outside:
                frozen = self._tools["freeze"](self.environment["global"])
                kept = self.to_json(frozen)
        except (lupa.LuaError, UnicodeDecodeError) as error:
            raise ServerError(str(error), code="not-saveable") from error
        return {
            "global": kept,
            "waiting": [list(entry) for entry in self.events.waiting],
            "path_requests": self.path_requests,
            "pace": self.pace.to_plain(),
            "selected": sorted(self.selected.items()),
            "notes": self.notes.saved(self._is_there),
            "blueprints": [
                [*key, encode_string(contents)]
                for key, contents in sorted(self.blueprints.items())
            ],
        }

    def _is_there(self, about: str, number: int) -> bool:
        return about != ABOUT_ENTITY or self.find_row(number) > 0

    def load_scripts(self, saved: Mapping[str, Any]) -> None:
        """Give scripts back what `save_scripts` kept.

        Raises:
            SaveError: `bad-save`, ``global`` is not what it wrote.
        """
        try:
            frozen = self.table(json.loads(saved["global"]))
            with self._from_outside:
                kept = self._tools["thaw"](frozen)
        except (LookupError, ValueError, TypeError, RecursionError) as error:
            raise SaveError(f"what scripts kept cannot be read: {error}") from error
        except (AttributeError, lupa.LuaError, FleMarlError) as error:
            raise SaveError(f"what scripts kept is not as saved: {error}") from error
        if lupa.lua_type(kept) != "table":
            raise SaveError("what scripts kept is not a table")
        self.environment["global"] = kept
        self.events.waiting = [tuple(entry) for entry in saved["waiting"]]
        self.path_requests = int(saved["path_requests"])
        self.pace = Pace(*saved["pace"])
        self.notes.load(saved["notes"])
        self.selected = {int(who): int(what) for who, what in saved["selected"]}
        try:
            self.blueprints = {
                (int(handle), int(inventory), int(index)): decode_string(text)
                for handle, inventory, index, text in saved["blueprints"]
            }
        except BlueprintError as error:
            raise SaveError(f"a blueprint cannot be read: {error}") from error

    # --- values

    def table(self, value: Mapping[Any, Any] | Iterable[Any]) -> LuaValue:
        """A Lua table of plain data, with tables inside."""
        return self.lua.table_from(value, recursive=True)

    def objects(self, class_name: str, handles: Iterable[int]) -> LuaValue:
        """A Lua list of objects of one class."""
        return self._objects(class_name, self.lua.table_from(handles))

    def xy(self, value: object) -> tuple[float, float]:
        """Coordinates of a MapPosition in any form, tiles.

        Raises:
            ScriptError: it is not a position.
        """
        place: tuple[Any, Any] = self._xy(value) or (None, None)
        x, y = place
        if not (_is_coordinate(x) and _is_coordinate(y)):
            fail(f"Invalid MapPosition: {shown(value)}.")
        return float(x), float(y)

    def corners(self, value: object) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a BoundingBox in any form, tiles.

        Raises:
            ScriptError: it is not a box.
        """
        corners = self._corners(value)
        if not isinstance(corners, tuple) or not all(map(_is_coordinate, corners)):
            fail(f"Invalid BoundingBox: {shown(value)}.")
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
        serial: int = self._columns().serial(row)
        return row << SERIAL_BITS | serial & SERIAL_MASK

    def entity(self, row: int) -> LuaValue:
        """A LuaEntity; nil for row 0."""
        return self.object("LuaEntity", self.handle(row)) if row else None

    def entities(self, rows: Iterable[int]) -> LuaValue:
        """A Lua list of LuaEntity."""
        if not isinstance(rows, np.ndarray) or len(rows) < _FEW:
            # quicker one by one
            return self.objects("LuaEntity", [self.handle(int(row)) for row in rows])
        handles = handles_of(self, rows)
        listed = self.lua.table_from(handles.tolist())
        objects, is_remembered = self._found_objects("LuaEntity", listed)
        if is_remembered:
            self._found.remember(handles)
        return objects

    def find_row(self, handle: int) -> int:
        """Row of a LuaEntity; 0 when the entity is gone."""
        row = handle >> SERIAL_BITS
        columns = self._columns()
        if not 0 < row < columns.rows or columns.prototype(row) <= 0:
            return 0
        is_same = (columns.serial(row) ^ handle) & SERIAL_MASK == 0
        return row if is_same else 0

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
            fail(f"Expected {what}, got {shown(value)}.")
        return self.row(handle)

    def prototype_of(self, row: int) -> EntityPrototype:
        """Prototype of an entity."""
        number: int = self._columns().prototype(row)
        return self.prototypes.entities.by_id(number)

    def position_of(self, row: int) -> LuaValue:
        """A MapPosition table: where an entity is."""
        return self.position(*self.place_of(row))

    def place_of(self, row: int) -> tuple[float, float]:
        """Where an entity is: x, y, tiles."""
        columns = self._columns()
        return units_to_tiles(columns.x(row)), units_to_tiles(columns.y(row))

    def _columns(self) -> "_EntityColumns":
        """Of the world's entities; their table is another when it grows."""
        columns = self._seen_columns
        if columns.table is not self.world.entity:
            columns = self._seen_columns = _EntityColumns(self.world.entity)
        return columns


class _EntityColumns:
    """How to read what is read of entities with every access: what gives it for a row.

    To take a column out of the table takes longer than to read from it.
    """

    __slots__ = ("prototype", "rows", "serial", "table", "x", "y")

    def __init__(self, table: NDArray[np.void]) -> None:
        self.table = table
        self.rows = len(table)
        self.prototype = table["prototype"].item
        self.serial = table["serial"].item
        self.x = table["x"].item
        self.y = table["y"].item


def _is_same(left: object, right: object) -> bool:
    return left == right


def _is_coordinate(value: Any) -> bool:  # noqa: ANN401 - whatever a script gives
    # false for what is not a number at all, for bool, nan and infinities
    return type(value) in _NUMBERS and -_FARTHEST_TILES < value < _FARTHEST_TILES
