"""Small factories put together at random: belts, and what can stand beside them."""

import random
from collections.abc import Iterator

from .scene import TWO_BY_TWO, Event, Give, Put, Scene, Thing

__all__ = ["random_scene"]

SIDE = 14  # tiles
STEPS = {"north": (0, -1), "east": (1, 0), "south": (0, 1), "west": (-1, 0)}
DIRECTIONS = tuple(STEPS)
ORES = ("iron-ore", "copper-ore", "coal")
CARGO = (*ORES, "iron-plate", "wood")
ATTEMPTS = 60

Tile = tuple[int, int]


class Draft:
    """A scene that is being drawn up."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        # In factory-sim an inserter that met only what it could not use sleeps on when
        # something else comes. So there is but one ore, or no furnace at a belt.
        is_pure = self.random.random() < 0.5
        self.items = (self.random.choice(ORES),) if is_pure else CARGO
        self.stores = ("wooden-chest", "stone-furnace" if is_pure else "wooden-chest")
        self.takers = {"transport-belt", *self.stores}
        self.belts: dict[Tile, Thing] = {}
        self.belt_ends: set[Tile] = set()  # where the last items of a belt would go
        self.things: list[Thing] = []
        self.occupied: dict[Tile, Thing] = {}
        self.ore: dict[Tile, tuple[str, int, int, int]] = {}

    def tile(self) -> Tile:
        return self.random.randrange(SIDE), self.random.randrange(SIDE)

    def direction(self) -> str:
        return self.random.choice(DIRECTIONS)

    def place(self, thing: Thing) -> bool:
        """Build something; False when it does not fit."""
        tiles = thing.tiles
        if any(not _is_inside(tile) or tile in self.occupied for tile in tiles):
            return False
        self.occupied |= dict.fromkeys(tiles, thing)
        self.things.append(thing)
        return True

    # --- belts

    def lay_belt(self, length: int) -> None:
        """A belt that turns now and then, until it leaves the map or meets another.

        None leads back into itself, alone or through others: how the game moves items
        where lines run in a circle depends on what has happened on them before.
        """
        tile, facing = self.tile(), self.direction()
        path: dict[Tile, Thing] = {}
        for _ in range(length):
            if self.random.random() < 0.25:
                turn = self.random.choice((1, 3))
                facing = DIRECTIONS[(DIRECTIONS.index(facing) + turn) % 4]
            is_free = tile not in self.occupied and tile not in self.belt_ends
            if not is_free or tile in path or not _is_inside(tile):
                break
            path[tile] = Thing("transport-belt", *tile, facing)
            tile = _step(tile, facing)
        while path and _front(path) in path:
            path.popitem()
        if path:
            self.belt_ends.add(_front(path))
            self.belts |= path
            self.occupied |= path

    # --- machines

    def add_drill(self) -> None:
        """A drill on ore of one kind, some tiles of which are poor."""
        drill = Thing(
            "burner-mining-drill", *self.tile(), self.direction(), self.fuel()
        )
        if not self.place(drill):
            return
        item = self.random.choice([item for item in self.items if item in ORES])
        for x, y in drill.tiles:
            self.ore[x, y] = (item, x, y, self.random.choice((3, 40, 200)))

    def add_inserter(self) -> None:
        """An inserter beside what stands somewhere, that takes from it or gives to it.

        Where nothing stands on the other side, a chest or a furnace is built there.
        """
        known = self.random.choice(list(self.occupied))
        way = self.direction()
        tile, other = _step(known, way), _step(_step(known, way), way)
        if tile in self.occupied or not _is_inside(tile) or not _is_inside(other):
            return
        takes = self.random.random() < 0.6
        if other not in self.occupied and not self._build_store(tile, other, takes):
            return
        source, target = (known, other) if takes else (other, known)
        if source in self.belts and self.occupied[target].name not in self.takers:
            return
        back = DIRECTIONS[(DIRECTIONS.index(way) + 2) % 4]
        direction = back if takes else way
        self.place(Thing("burner-inserter", *tile, direction, self.fuel()))

    def _build_store(self, beside: Tile, tile: Tile, is_target: bool) -> bool:
        name = self.random.choice(self.stores if is_target else self.stores[:1])
        contents = self.random.choice(({}, {"coal": 3})) if is_target else self.cargo()
        corner = (tile[0] + 1, tile[1] + 1) if name in TWO_BY_TWO else tile
        store = Thing(name, *corner, "north", contents)
        return beside not in store.tiles and self.place(store)

    def fuel(self) -> dict[str, int]:
        return self.random.choice(
            ({}, {"coal": 1}, {"coal": 5}, {"wood": 2}, {"wood": 1})
        )

    def cargo(self) -> dict[str, int]:
        items = self.random.sample(self.items, min(len(self.items), 2))
        return {item: self.random.choice((4, 30)) for item in items}

    # --- what happens

    def events(self, ticks: int) -> Iterator[Event]:
        """Items that come onto belts from outside, and some fuel by hand."""
        for _ in range(self.random.choice((1, 2, 3)) if self.belts else 0):
            x, y = self.random.choice(list(self.belts))
            item, lane = self.random.choice(self.items), self.random.randrange(2)
            first, every = (
                self.random.randrange(200),
                self.random.choice((9, 30, 47, 200)),
            )
            for tick in range(first, ticks, every):
                yield Put(tick, x, y, lane, self.random.randrange(8, 100), item)
        fed = [t for t in self.things if t.name in TWO_BY_TWO | {"burner-inserter"}]
        for thing in self.random.sample(fed, min(len(fed), 3)):
            tick = self.random.randrange(ticks)
            fuel = next(
                (name for name in thing.contents if name in ("coal", "wood")), "coal"
            )
            yield Give(tick, thing.x, thing.y, fuel, self.random.randrange(1, 4))


def random_scene(seed: int, ticks: int) -> Scene:
    """The scene of a seed."""
    draft = Draft(seed)
    for _ in range(draft.random.choice((1, 2, 4))):
        draft.lay_belt(draft.random.choice((5, 12, 30)))
    for _ in range(ATTEMPTS):
        if draft.random.random() < 0.15:
            draft.add_drill()
        else:
            draft.add_inserter()
    return Scene(
        name=f"random_{seed}",
        ticks=ticks,
        ore=tuple(draft.ore.values()),
        belts=tuple(draft.belts.values()),
        things=tuple(draft.things),
        events=tuple(sorted(draft.events(ticks), key=lambda event: event.tick)),
    )


def _front(path: dict[Tile, Thing]) -> Tile:
    last = next(reversed(path.values()))
    return _step((last.x, last.y), last.direction)


def _is_inside(tile: Tile) -> bool:
    return 0 <= tile[0] < SIDE and 0 <= tile[1] < SIDE


def _step(tile: Tile, direction: str) -> Tile:
    x, y = STEPS[direction]
    return tile[0] + x, tile[1] + y
