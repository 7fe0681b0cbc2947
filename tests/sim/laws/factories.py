"""Random factories: small plants side by side, and a heap of anything in the middle.

A factory is a plan of pieces; what does not fit where it should stand is left out. It
lies in nine cells of 16 x 16 tiles with substations at their corners: the heap in the
middle, a power plant to the east, and in the others plants that are likely to work.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load

LAWS = settings(
    derandomize=True,
    database=None,
    deadline=None,  # the first example compiles
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Laws are tried on the same factories everywhere and always."""

CELL = 16
ORES = ("iron-ore", "copper-ore", "coal", "stone")
HEADINGS = (0, 2, 4, 6)


@dataclass(frozen=True)
class Piece:
    """An entity: where a player would ask for it, and what is put into it.

    ``items`` go where they belong, on belts onto both lanes.
    """

    name: str
    x: float
    y: float
    direction: int = 0
    recipe: str | None = None
    items: Mapping[str, int] = field(default_factory=dict)
    end: str | None = None
    fluid: tuple[str, float] | None = None

    def __repr__(self) -> str:
        said = [repr(self.name), repr(self.x), repr(self.y)]
        said += [
            f"{each.name}={value!r}"
            for each in fields(self)[len(said) :]
            if (value := getattr(self, each.name))
        ]
        return f"Piece({', '.join(said)})"

    def _repr_pretty_(self, printer: Any, _is_cycle: bool) -> None:
        # in one line, where hypothesis shows a factory
        printer.text(repr(self))


@dataclass(frozen=True)
class Field:
    """Ore on all tiles of an area."""

    ore: str
    left: int
    top: int
    right: int
    bottom: int
    amount: int


@dataclass(frozen=True)
class Factory:
    pieces: tuple[Piece, ...]
    fields: tuple[Field, ...] = ()


def moved(plan: Factory, x: int, y: int) -> Factory:
    return Factory(
        tuple(replace(each, x=each.x + x, y=each.y + y) for each in plan.pieces),
        tuple(
            replace(
                each,
                left=each.left + x,
                right=each.right + x,
                top=each.top + y,
                bottom=each.bottom + y,
            )
            for each in plan.fields
        ),
    )


def joined(*plans: Factory) -> Factory:
    return Factory(
        tuple(piece for plan in plans for piece in plan.pieces),
        tuple(each for plan in plans for each in plan.fields),
    )


# --- plants

INSERTERS = ("burner-inserter", "inserter", "fast-inserter", "stack-inserter")
BELTS = ("transport-belt", "fast-transport-belt", "express-transport-belt")
DRILLS = ("burner-mining-drill", "electric-mining-drill")
AMOUNTS = st.integers(0, 40)
AMOUNTS_OF_ORE = st.integers(1, 30)


def fuelled(name: str, coal: int) -> Mapping[str, int]:
    """Fuel for what burns some."""
    source = load().entities[name].energy_source
    is_burner = source is not None and source["type"] == "burner"
    return {"coal": coal} if is_burner and coal else {}


@st.composite
def mining_lines(
    draw: st.DrawFn, without: frozenset[str], amounts: st.SearchStrategy[int]
) -> Factory:
    """A drill, a belt with a gap, a curve or a splitter, a furnace and a chest."""
    coal = draw(st.integers(0, 4))
    drill = draw(st.sampled_from([name for name in DRILLS if name not in without]))
    belt = draw(st.sampled_from(BELTS))
    below = draw(st.integers(0, 3))
    splitter = "splitter" not in without and draw(st.booleans())
    arms = [draw(st.sampled_from(INSERTERS)) for _ in range(2)]
    furnace = draw(st.sampled_from(("stone-furnace", "steel-furnace")))
    at = (-4, -1) if drill == "burner-mining-drill" else (-3.5, -1.5)
    under = belt.replace("transport", "underground")
    pieces = [
        Piece(drill, *at, 4, items=fuelled(drill, coal)),
        *(Piece(belt, x, 0, 2) for x in (-5, -4, -3)),
        Piece(under, -2, 0, 2, end="input"),
        Piece(under, -1 + below, 0, 2, end="output"),
        *(Piece(belt, x, 0, 2) for x in range(below, 5)),
        Piece(arms[0], 3.5, 1.5, items=fuelled(arms[0], coal)),
        Piece(furnace, 4, 3, items={"coal": coal} if coal else {}),
        Piece(arms[1], 3.5, 4.5, items=fuelled(arms[1], coal)),
        Piece("wooden-chest", 3.5, 5.5),
    ]
    if splitter:
        name = belt.replace("transport-belt", "splitter")
        pieces += [Piece(name, 5.5, 0, 2), Piece(belt, 6, -1, 0), Piece(belt, 6, 0, 4)]
    else:
        pieces += [Piece(belt, 5, 0, 0), Piece(belt, 5, -1, 0)]
    ore = draw(st.sampled_from(ORES))
    return Factory(tuple(pieces), (Field(ore, -6, -4, -1, 0, draw(amounts)),))


@st.composite
def assembly_lines(draw: st.DrawFn) -> Factory:
    """Plates out of a chest through one or two assembling machines into another."""
    recipe = draw(st.sampled_from(("iron-gear-wheel", "copper-cable", "pipe")))
    arms = [draw(st.sampled_from(INSERTERS)) for _ in range(2)]
    machine = draw(st.sampled_from(("assembling-machine-1", "assembling-machine-3")))
    last = draw(st.sampled_from(("wooden-chest", "transport-belt")))
    plates = draw(AMOUNTS)
    stock = {"iron-plate": plates, "copper-plate": plates} if plates else {}
    return Factory(
        (
            Piece("iron-chest", -4.5, 0.5, items=stock),
            Piece(arms[0], -3.5, 0.5, 6, items=fuelled(arms[0], 2)),
            Piece(machine, -1.5, 0.5, recipe=recipe),
            Piece(arms[1], 0.5, 0.5, 6, items=fuelled(arms[1], 2)),
            Piece(last, 1, 0, 4),
            Piece("transport-belt", 1, 1, 2),
            Piece("transport-belt", 2, 1, 2),
        )
    )


MODULES = ("speed-module-2", "effectivity-module", "productivity-module-3")


@st.composite
def beaconed_works(draw: st.DrawFn) -> Factory:
    """Machines with modules between beacons, which may lack power."""
    own = draw(st.dictionaries(st.sampled_from(MODULES), st.integers(1, 2)))
    sent = {draw(st.sampled_from(MODULES[:2])): 2}
    plates = {"iron-plate": draw(st.integers(10, 60))}
    beacons = ((-4.5, 0.5), (1.5, 0.5), (4.5, 3.5))
    return Factory(
        (
            Piece("iron-chest", -4.5, -2.5, items=plates),
            Piece("fast-inserter", -3.5, -2.5, 6),
            Piece("assembling-machine-3", -1.5, -2.5, recipe="pipe", items=own),
            Piece("fast-inserter", 0.5, -2.5, 6),
            Piece("iron-chest", 1.5, -2.5),
            Piece("electric-furnace", 4.5, 0.5, items={"iron-ore": 20} | own),
            *(
                Piece("beacon", *at, items=sent)
                for at in beacons[: draw(st.integers(0, 3))]
            ),
        )
    )


@st.composite
def burner_chains(draw: st.DrawFn, amounts: st.SearchStrategy[int]) -> Factory:
    """Burners that fill and fuel each other."""
    coal = {"coal": draw(st.integers(1, 5))}
    mixed = {"coal": 9, "wood": 7, "iron-ore": 5}
    return Factory(
        (
            Piece("burner-mining-drill", 0, 0, 0, items=coal),
            Piece("stone-furnace", 0, -2, items=coal),
            Piece("burner-inserter", -1.5, -1.5, 2),
            Piece("wooden-chest", -2.5, -1.5),
            Piece("burner-mining-drill", 4, 0, draw(st.sampled_from(HEADINGS))),
            Piece("wooden-chest", 2.5, 4.5, items=mixed),
            Piece("burner-inserter", 1.5, 4.5, 2),
            Piece("stone-furnace", 0, 4, items={"stone": 7}),
            Piece("burner-inserter", -1.5, 4.5, 2, items={"wood": 1}),
            Piece("burner-inserter", -2.5, 4.5, 2),
        ),
        (Field("coal", -1, -1, 5, 1, draw(amounts)),),
    )


@st.composite
def pipelines(draw: st.DrawFn) -> Factory:
    """Two tanks, and a pump or pipes below the ground between them."""
    amount = float(draw(st.integers(0, 25_000)))
    pieces = [
        Piece("storage-tank", -4.5, -1.5, fluid=("water", amount)),
        Piece("pipe", -2.5, -0.5),
        Piece("pipe", 1.5, -0.5),
        Piece("pipe", 1.5, 0.5),
        Piece("storage-tank", 3.5, 0.5, fluid=("water", 25_000 - amount)),
    ]
    if draw(st.booleans()):
        pieces += [Piece("pump", -1, -0.5, draw(st.sampled_from((2, 6))))]
        pieces += [Piece("pipe", 0.5, -0.5)]
    else:
        pieces += [Piece("pipe-to-ground", -1.5, -0.5, 6)]
        pieces += [Piece("pipe-to-ground", 0.5, -0.5, 2)]
    return Factory(tuple(pieces))


@st.composite
def concrete_works(draw: st.DrawFn) -> Factory:
    """Ore, bricks and water become concrete."""
    water = float(draw(st.integers(0, 400)))
    arm = draw(st.sampled_from(INSERTERS))
    stock = {"iron-ore": 5, "stone-brick": draw(st.integers(1, 25))}
    return Factory(
        (
            Piece("storage-tank", 0.5, -4.5, fluid=("water", water)),
            Piece("pipe", 1.5, -2.5),
            Piece("pipe", 0.5, -2.5),
            Piece("pipe", 0.5, -1.5),
            Piece("assembling-machine-3", 0.5, 0.5, recipe="concrete"),
            Piece(arm, 0.5, 2.5, 4, items=fuelled(arm, 2)),
            Piece("wooden-chest", 0.5, 3.5, items=stock),
            Piece("inserter", 2.5, 0.5, 6),
            Piece("wooden-chest", 3.5, 0.5),
        )
    )


@st.composite
def power_plants(draw: st.DrawFn) -> Factory:
    """Solar panels, accumulators, a boiler with an engine on a tank of water."""
    panels = ((-4.5, -4.5), (-4.5, -1.5), (-4.5, 1.5), (-4.5, 4.5), (-1.5, 5.5))
    coal = draw(st.integers(0, 5))
    pieces = [Piece("solar-panel", *at) for at in panels[: draw(st.integers(0, 5))]]
    pieces += [
        Piece("accumulator", 4 + 2 * n, -3) for n in range(draw(st.integers(0, 2)))
    ]
    pieces += [
        Piece("boiler", 0.5, 1, items={"coal": coal} if coal else {}),
        Piece("pipe", 2.5, 1.5),
        Piece("storage-tank", 4.5, 2.5, fluid=("water", 2000.0)),
        Piece("steam-engine", 0.5, -2.5),
    ]
    return Factory(tuple(pieces))


# --- the heap

_STOCK = ("coal", "wood", "iron-ore", "iron-plate", "copper-plate", "stone")
_HEAP: Mapping[str, int] = {
    "transport-belt": 8,
    "fast-transport-belt": 3,
    "underground-belt": 4,
    "splitter": 2,
    "burner-inserter": 4,
    "inserter": 4,
    "fast-inserter": 2,
    "long-handed-inserter": 2,
    "stack-inserter": 1,
    "wooden-chest": 5,
    "stone-furnace": 3,
    "electric-furnace": 1,
    "assembling-machine-1": 1,
    "assembling-machine-3": 1,
    "burner-mining-drill": 2,
    "electric-mining-drill": 2,
    "pipe": 3,
    "pipe-to-ground": 1,
    "storage-tank": 1,
}
"""What lies in heaps, and how often."""


@st.composite
def heap_pieces(draw: st.DrawFn, names: tuple[str, ...]) -> Piece:
    name = draw(st.sampled_from(names))
    prototype = load().entities[name]
    items = {}
    recipe = end = fluid = None
    if prototype.type in ("container", "transport-belt"):
        items = draw(st.dictionaries(st.sampled_from(_STOCK), st.integers(1, 8)))
    elif prototype.type == "furnace":
        items = {"iron-ore": draw(st.integers(1, 20))} | fuelled(name, 2)
    elif prototype.type == "assembling-machine":
        recipe = draw(st.sampled_from(("iron-gear-wheel", "copper-cable")))
    elif prototype.type == "underground-belt":
        end = draw(st.sampled_from(("input", "output")))
    elif prototype.type == "storage-tank":
        fluid = ("water", float(draw(st.integers(1, 9000))))
    else:
        items = fuelled(name, draw(st.integers(0, 3)))
    return Piece(
        name,
        draw(st.integers(-6, 5)) + 0.5,
        draw(st.integers(-6, 5)) + 0.5,
        draw(st.sampled_from(HEADINGS)),
        recipe,
        items,
        end,
        fluid,
    )


@st.composite
def heaps(
    draw: st.DrawFn, without: frozenset[str], amounts: st.SearchStrategy[int]
) -> Factory:
    """Anything anywhere, on ore."""
    names = tuple(
        n for name, n in _HEAP.items() for n in [name] * n if name not in without
    )
    pieces = draw(st.lists(heap_pieces(names), min_size=20, max_size=45))
    ore = draw(st.sampled_from(ORES))
    return Factory(tuple(pieces), (Field(ore, -6, -6, 6, 6, draw(amounts)),))


# --- factories

SUBSTATIONS = Factory(
    tuple(Piece("substation", x, y) for x in (-24, -8, 8, 24) for y in (-24, -8, 8, 24))
)
_POWER_PLANT = (1, 0)
_PLACES = tuple(
    (x, y)
    for x in (-1, 0, 1)
    for y in (-1, 0, 1)
    if (x, y) not in ((0, 0), _POWER_PLANT)
)


@st.composite
def factories(
    draw: st.DrawFn,
    *,
    without: frozenset[str] = frozenset(),
    amounts: st.SearchStrategy[int] = AMOUNTS_OF_ORE,
) -> Factory:
    """A whole factory.

    Args:
        draw: hypothesis gives it.
        without: names of entities that are not in it; plants are made without drills
            and splitters, heaps without anything.
        amounts: of ore on a tile.
    """
    kinds = [
        mining_lines(without, amounts),
        assembly_lines(),
        pipelines(),
        concrete_works(),
        beaconed_works(),
    ]
    if "burner-mining-drill" not in without:
        kinds.append(burner_chains(amounts))
    plans = [SUBSTATIONS, moved(draw(power_plants()), CELL, 0)]
    plants = draw(st.lists(st.one_of(kinds), min_size=2, max_size=4))
    plans += [
        moved(plant, x * CELL, y * CELL)
        for plant, (x, y) in zip(plants, _PLACES, strict=False)
    ]
    plans.append(draw(heaps(without, amounts)))
    return joined(*plans)


def without_energy(plan: Factory) -> Factory:
    """The same factory, but nothing in it burns and nothing makes electricity."""
    kept = frozenset(
        each.name for each in load().items.values() if not is_fuel(each.name)
    )
    cold = {"steam-engine", "solar-panel"}
    pieces = [_with_only(kept, each) for each in plan.pieces if each.name not in cold]
    return Factory(tuple(pieces), plan.fields)


def without_items(plan: Factory) -> Factory:
    """The same factory with enough power; all it holds is fuel in what burns it."""
    fuels = frozenset(each.name for each in load().items.values() if is_fuel(each.name))
    pieces = [
        _with_only(fuels if load().entities[each.name].energy_source else _NONE, each)
        for each in plan.pieces
    ]
    pieces = [
        replace(each, items={"coal": 5}) if each.name == "boiler" else each
        for each in pieces
    ]
    return Factory(tuple(pieces))


_NONE: frozenset[str] = frozenset()


def is_fuel(item: str) -> bool:
    return load().items[item].fuel_value_joules > 0


def _with_only(items: frozenset[str], piece: Piece) -> Piece:
    kept = {name: count for name, count in piece.items.items() if name in items}
    return replace(piece, items=kept)
