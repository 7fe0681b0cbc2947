"""LuaBootstrap (``script``), LuaRemote, LuaRCON, and the events of the game."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from lupa.lua52 import lua_type

from fle_marl.errors import CapacityError, FleMarlError, ServerError
from fle_marl.prototypes import FACTORIO_VERSION
from fle_marl.sim.lua_api import bootstrap_events
from fle_marl.sim.lua_api.bootstrap_events import (
    ENTITY_DESTROYED,
    has_registered,
    tell_of_the_destroyed,
)
from fle_marl.sim.lua_api.entity_rockets import (
    ROCKET_LAUNCH_ORDERED,
    ROCKET_LAUNCHED,
    take_news,
    ticks_until_news,
)
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.event_filters import copied, meets, read_filters
from fle_marl.sim.lua_api.inventories import MOD_NAME
from fle_marl.sim.lua_api.lua_class import LuaClass, LuaValue
from fle_marl.sim.lua_api.printing import text_of
from fle_marl.sim.lua_api.stack_blueprints import forget_what_moved
from fle_marl.sim.lua_api.world_events import OF_CHARTS, WATCHED, WorldWatch
from fle_marl.sim.systems.character_corpse import expired_corpses, ticks_until_expiry

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["LUA_BOOTSTRAP", "LUA_RCON", "LUA_REMOTE", "Events"]

LUA_BOOTSTRAP: Final = LuaClass("LuaBootstrap")
bootstrap_events.declare(LUA_BOOTSTRAP)
LUA_RCON: Final = LuaClass("LuaRCON")
LUA_REMOTE: Final = LuaClass("LuaRemote")

_BASE: Final = "base"
"""The mod that is the game."""
Handler = Callable[..., Any]
_ROCKETS: Final = frozenset({ROCKET_LAUNCHED, ROCKET_LAUNCH_ORDERED})


class Events:
    """Who listens to which event, and what is still to be told.

    Handlers live in the Lua state, as in the game, and are registered anew whenever
    scripts are loaded; what is waiting to be told is part of the world's save.

    Attributes:
        waiting: ``(tick, event, data)`` in the order that they will be raised.
        on_failure: told of a handler that failed, which then listens no more; without
            it failures of handlers are raised.
    """

    def __init__(self, api: "LuaApi") -> None:
        self._api = api
        self._handlers: dict[int, Handler] = {}
        self._filters: dict[int, LuaValue] = {}
        self._nth_tick: dict[int, Handler] = {}
        self.waiting: list[tuple[int, int, Mapping[str, Any]]] = []
        self.interfaces: dict[str, Any] = {}
        self.on_failure: Callable[[FleMarlError], None] | None = None
        self._lifecycle: dict[str, Handler] = {}
        self._watch = WorldWatch(api)
        numbers = api.prototypes.defines["events"]
        self._expired: int = numbers["on_character_corpse_expired"]
        self._watched = {numbers[name]: name for name in WATCHED}
        self._destroyed = int(numbers[ENTITY_DESTROYED])
        self._last_event: int = max(numbers.values())
        self._names = {number: name for name, number in numbers.items()}

    def listen(
        self, event: int, handler: Handler | None, filters: LuaValue = None
    ) -> None:
        """Register a handler; None removes it.

        Args:
            event: its number.
            handler: a function of Lua.
            filters: which of the events it is to hear of; None for all.

        Raises:
            ScriptError: the event has no such filters.
        """
        self.filter(event, filters if handler is not None else None)
        if event in self._watched and not self._is_watching():
            self._watch.look()
        if handler is None:
            self._handlers.pop(event, None)
        else:
            self._handlers[event] = handler

    def filter(self, event: int, filters: LuaValue) -> None:
        """Set which events of a kind are told; None for all.

        Raises:
            ScriptError: the event has no such filters.
        """
        if filters is None:
            self._filters.pop(event, None)
        else:
            read = read_filters(self._api, self._names.get(event), filters)
            self._filters[event] = read

    def filters(self, event: int) -> LuaValue:
        """A copy of what `filter` was given; None for nothing."""
        kept = self._filters.get(event)
        return None if kept is None else copied(self._api, kept)

    def _is_watching(self) -> bool:
        return not self._handlers.keys().isdisjoint(self._watched)

    def listen_nth_tick(self, ticks: int, handler: Handler | None) -> None:
        """Register a handler for every so many ticks; None removes it."""
        if handler is None:
            self._nth_tick.pop(ticks, None)
        else:
            self._nth_tick[ticks] = handler

    def forget_nth_tick(self) -> None:
        """Remove all handlers for every so many ticks."""
        self._nth_tick.clear()

    def listen_lifecycle(self, name: str, handler: Handler | None) -> None:
        """Register ``on_init``, ``on_load`` or ``on_configuration_changed``."""
        if handler is None:
            self._lifecycle.pop(name, None)
        else:
            self._lifecycle[name] = handler

    def generate(self) -> int:
        """The number of an event that no other has; the next time the same again."""
        self._last_event += 1
        return self._last_event

    def is_event(self, event: int) -> bool:
        """Whether there is an event of a number."""
        return 0 <= event <= self._last_event

    def name(self, event: int) -> str | None:
        """An event's name in ``defines.events``; None for those of scripts' own."""
        return self._names.get(event)

    def handler(self, event: int) -> Handler | None:
        """Who listens to an event."""
        return self._handlers.get(event)

    def start(self, name: str) -> None:
        """Call the handler of ``on_init`` or ``on_load``, if there is one."""
        handler = self._lifecycle.get(name)
        if handler is not None:
            self._api.guarded(handler)

    def later(self, event: int, data: Mapping[str, Any], *, ticks: int = 1) -> None:
        """Raise an event in a coming tick."""
        self.waiting.append((self._api.world.tick + ticks, event, data))
        self.waiting.sort(key=lambda entry: entry[0])

    def now(self, event: int, data: Mapping[str, Any]) -> None:
        """Raise an event at once, as what scripts do is told."""
        handler = self._handlers.get(event)
        if handler is not None:
            self._call(handler, event, data)

    def ticks_until_next(self, limit: int) -> int:
        """Ticks until a handler may have to run, at most `limit`."""
        tick = self._api.world.tick
        on_tick = self._api.prototypes.defines["events"]["on_tick"]
        nearest = limit
        if on_tick in self._handlers:
            nearest = min(nearest, 1)
        # research may end in any tick
        if self._is_watching() and self._watch.is_researching:
            nearest = min(nearest, 1)
        if self._is_awaiting_an_end():
            nearest = min(nearest, 1)
        if any(self._watched.get(event) in OF_CHARTS for event in self._handlers):
            nearest = min(nearest, self._watch.ticks_until_charting())
        for ticks in self._nth_tick:
            nearest = min(nearest, ticks - tick % ticks)
        if not _ROCKETS.isdisjoint(self._handlers):
            nearest = min(nearest, ticks_until_news(self._api.world))
        if self._expired in self._handlers:
            nearest = ticks_until_expiry(self._api.world, nearest)
        if self.waiting:
            nearest = min(nearest, max(self.waiting[0][0] - tick, 1))
        return nearest

    def run(self) -> None:
        """Run the handlers of the present tick."""
        self.tell_changes()
        if self._is_awaiting_an_end():
            tell_of_the_destroyed(self._api)
        tick = self._api.world.tick
        on_tick = self._api.prototypes.defines["events"]["on_tick"]
        due: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
        while self.waiting and self.waiting[0][0] <= tick:
            _, event, data = self.waiting.pop(0)
            due[event].append(data)
        forget_what_moved(self._api)
        for event, told in self._news():
            due[event].append(told)
        if on_tick in self._handlers:
            self._call(self._handlers[on_tick], on_tick, {})
        for ticks, handler in sorted(self._nth_tick.items(), key=itemgetter(0)):
            if tick % ticks == 0:
                self._call(handler, 0, {"nth_tick": ticks})
        for event, entries in due.items():
            handler_of = self._handlers.get(event)
            if handler_of is not None:
                for data in entries:
                    self._call(handler_of, event, data)

    def _news(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """Events of the present tick about rockets and corpses."""
        for event, silo in take_news(self._api.world):
            # there is no entity for the rocket
            yield event, {"rocket_silo": self._api.entity(silo)}
        # they go before the next tick
        for corpse in expired_corpses(self._api.world):
            yield self._expired, {"corpse": self._api.entity(corpse)}

    def _is_awaiting_an_end(self) -> bool:
        return self._destroyed in self._handlers and has_registered(self._api)

    def tell_changes(self, *, by_script: bool = False) -> None:
        """Raise the events of `world_events` that are due.

        Args:
            by_script: a script has just changed something.
        """
        if self._is_watching():
            for name, data in self._watch.happened(by_script=by_script):
                self.tell(name, data)

    def forget_changes(self) -> None:
        """Let what has changed go untold."""
        self._watch.look()

    def tell(self, name: str, data: Mapping[str, Any]) -> None:
        """Raise an event at once.

        Args:
            name: in ``defines.events``.
            data: values that Lua has.
        """
        self.raise_now(int(self._api.prototypes.defines["events"][name]), data)

    def raise_now(self, event: int, data: Mapping[str, Any]) -> None:
        """Raise an event at once; its data may have objects of Lua.

        Args:
            event: its number.
            data: values that Lua has.
        """
        handler = self._handlers.get(event)
        if handler is None:
            return
        told = self._api.table({"name": event, "tick": self._api.world.tick})
        for key, value in data.items():
            told[key] = value
        self._run(handler, event, told)

    def _call(self, handler: Handler, event: int, data: Mapping[str, Any]) -> None:
        told = self._api.table({"name": event, "tick": self._api.world.tick, **data})
        self._run(handler, event, told)

    def _run(self, handler: Handler, event: int, told: LuaValue) -> None:
        filters = self._filters.get(event)
        if filters is not None:
            name = self._names[event]
            if not meets(self._api, name, filters, told):
                return
        try:
            self._api.guarded(handler, told)
        except (ServerError, CapacityError) as error:
            if self.on_failure is None:
                raise
            for handlers in (self._handlers, self._nth_tick):
                for key in [key for key, each in handlers.items() if each == handler]:
                    del handlers[key]
            self.on_failure(error)


@LUA_BOOTSTRAP.method("on_event")
def _on_event(
    api: "LuaApi",
    _self: int,
    event: object,
    handler: Handler | None = None,
    filters: LuaValue = None,
) -> None:
    if filters is not None and lua_type(event) == "table":
        fail("Filters can only be used when registering single events.")
    for number in api.list_of(event):
        if not isinstance(number, int):
            fail(f"Invalid event: {shown(number)}.")
        api.events.listen(number, _checked(handler), filters)


@LUA_BOOTSTRAP.method("on_nth_tick")
def _on_nth_tick(
    api: "LuaApi", _self: int, ticks: object, handler: Handler | None = None
) -> None:
    # nil alone takes all back. Source: runtime API
    if ticks is None:
        api.events.forget_nth_tick()
    for number in api.list_of(ticks):
        if not isinstance(number, int) or number < 1:
            fail(f"Invalid tick number: {shown(number)}.")
        api.events.listen_nth_tick(number, _checked(handler))


def _checked(handler: Handler | None) -> Handler | None:
    if handler is not None and lua_type(handler) != "function":
        fail("The event handler must be a function.")
    return handler


@LUA_BOOTSTRAP.method("on_init")
def _on_init(api: "LuaApi", _self: int, handler: Handler | None = None) -> None:
    api.events.listen_lifecycle("on_init", _checked(handler))


@LUA_BOOTSTRAP.method("on_load")
def _on_load(api: "LuaApi", _self: int, handler: Handler | None = None) -> None:
    api.events.listen_lifecycle("on_load", _checked(handler))


@LUA_BOOTSTRAP.method("on_configuration_changed")
def _on_configuration_changed(
    api: "LuaApi", _self: int, handler: Handler | None = None
) -> None:
    # there are no mods that could change
    api.events.listen_lifecycle("on_configuration_changed", _checked(handler))


@LUA_BOOTSTRAP.method("register_metatable")
def _register_metatable(
    api: "LuaApi", _self: int, name: str, metatable: LuaValue
) -> None:
    # not in the console, nor in what events and remote calls run. Source: runtime API
    if not api.is_loading:
        fail("register_metatable can only be used while scripts are loaded.")
    api.register_metatable(name, metatable)


@LUA_BOOTSTRAP.getter("mod_name")
def _mod_name(_api: "LuaApi", _self: int) -> str:
    return MOD_NAME


@LUA_BOOTSTRAP.method("get_prototype_history")
def _get_prototype_history(
    api: "LuaApi", _self: int, type_: str, name: str
) -> LuaValue:
    """Which mods made and changed a prototype: the base game made all there are."""
    if name not in _names_of_type(api, type_):
        fail(f"There is no prototype {name} of the type {type_}.")
    return api.table({"created": _BASE, "changed": []})


def _names_of_type(api: "LuaApi", type_: str) -> Collection[str]:
    known = api.prototypes
    whole: dict[str, Collection[str]] = {
        "fluid": known.fluids,
        "recipe": known.recipes,
        "technology": known.technologies,
        "tile": known.tiles,
    }
    if type_ in whole:
        return whole[type_]
    return {
        *(each.name for each in known.entities.values() if each.type == type_),
        *(each.name for each in known.items.values() if each.type == type_),
    }


@LUA_BOOTSTRAP.getter("active_mods")
def _active_mods(api: "LuaApi", _self: int) -> LuaValue:
    return api.table({_BASE: FACTORIO_VERSION})


@LUA_RCON.method("print")
def _rcon_print(api: "LuaApi", _self: int, message: object) -> None:
    api.print_answer(text_of(api, message))


@LUA_REMOTE.method("add_interface")
def _add_interface(
    api: "LuaApi",
    _self: int,
    name: str,
    functions: LuaValue,
) -> None:
    for key, each in functions.items():
        if lua_type(each) != "function":
            fail(f"{shown(key)} of the interface {name} is not a function.")
    if name in api.events.interfaces:
        fail(f"Interface with name {name} already exists.")
    api.events.interfaces[name] = functions


@LUA_REMOTE.method("remove_interface")
def _remove_interface(api: "LuaApi", _self: int, name: str) -> bool:
    return api.events.interfaces.pop(name, None) is not None


@LUA_REMOTE.method("call")
def _call(
    api: "LuaApi", _self: int, interface: str, function: str, *arguments: object
) -> object:
    functions = api.events.interfaces.get(interface)
    if functions is None:
        fail(f"Unknown interface: {shown(interface)}")
    called = functions[function]
    if called is None:
        fail(f"No such function: {shown(interface)}.{shown(function)}")
    return called(*arguments)


@LUA_REMOTE.getter("interfaces")
def _interfaces(api: "LuaApi", _self: int) -> LuaValue:
    table = api.lua.table()
    for name, functions in api.events.interfaces.items():
        table[name] = api.table(dict.fromkeys(functions.keys(), True))
    return table
