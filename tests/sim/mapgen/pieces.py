"""What a map holds, chunk by chunk, whatever rows it stands in."""

import hashlib
import json

from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TILES, DIRECTORY_CHUNKS
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.world import World

HALF = DIRECTORY_CHUNKS // 2
UNITS = 256 * CHUNK_TILES

Chunk = tuple[int, int]


def generated(seed: int = 1, settings: object = None) -> World:
    """A world whose map is generated, of which nothing is there yet."""
    world = World(seed)
    add_generator(world, read_map_gen_settings(settings))
    return world


def things(world: World) -> list[tuple[str, int, int, int]]:
    """Name, x, y (1/256 tile) and amount of everything that stands, sorted.

    Cliffs have their orientation for an amount, as -1 to -20.
    """
    table = world.entity[1 : world.count[1]]
    found = []
    for record in table[table["prototype"] > 0]:
        name = load().entities.by_id(int(record["prototype"])).name
        amount = 0
        if load().entities[name].type == "resource":
            amount = int(world.tables["resource"]["amount"][record["component"]])
        if name == "cliff":
            amount = -1 - int(record["direction"])
        found.append((name, int(record["x"]), int(record["y"]), amount))
    return sorted(found)


def pieces(world: World) -> dict[Chunk, tuple[bytes, list, list]]:
    """Tiles, things, and what each tile's list has, by chunk."""
    rows, columns = (world.chunk_index >= 0).nonzero()
    chunks = [
        (int(x) - HALF, int(y) - HALF) for y, x in zip(rows, columns, strict=True)
    ]
    standing: dict[Chunk, list] = {chunk: [] for chunk in chunks}
    for thing in things(world):
        standing[thing[1] // UNITS, thing[2] // UNITS].append(thing)
    return {
        chunk: (
            world.tables["tile"][_row(world, chunk)].tobytes(),
            standing[chunk],
            _lists(world, chunk),
        )
        for chunk in chunks
    }


def _row(world: World, chunk: Chunk) -> int:
    return int(world.chunk_index[chunk[1] + HALF, chunk[0] + HALF])


def _lists(world: World, chunk: Chunk) -> list[tuple[int, int, list]]:
    """Row, column and sorted places of what is entered into each tile of a chunk."""
    links = world.tables["cell_link"]
    cell = world.tables["cell"][_row(world, chunk)]
    found = []
    for row, column in zip(*(axis.tolist() for axis in cell.nonzero()), strict=True):
        link, places = int(cell[row, column]), []
        while link:
            record = world.entity[int(links["entity"][link])]
            places.append((int(record["x"]), int(record["y"])))
            link = int(links["next_in_cell"][link])
        found.append((row, column, sorted(places)))
    return found


def fingerprint(world: World) -> str:
    """Digest of the ground and of everything on it, by names and places."""
    names = ["", *load().tiles]
    ground = [
        [chunk, [names[tile] for tile in tiles], standing]
        for chunk, (tiles, standing, _) in sorted(pieces(world).items())
    ]
    return hashlib.blake2b(json.dumps(ground).encode(), digest_size=16).hexdigest()
