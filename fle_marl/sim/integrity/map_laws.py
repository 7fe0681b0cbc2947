"""How the map and what stands on it must go together."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fle_marl.sim.cells import find_cells
from fle_marl.sim.components import (
    CHUNK_TABLES,
    CHUNK_TILES,
    KINDS,
)
from fle_marl.sim.integrity.chains import refuse_circles
from fle_marl.sim.integrity.contents import Array, Contents, refuse
from fle_marl.sim.integrity.declarations import LAYER_RULES
from fle_marl.units import POSITION_UNITS_PER_TILE

__all__ = ["check_map"]

_CORNERS: Final = 4
"""Links of a character, which `kernels.space.move_links` takes along: one a corner."""
_CHARACTER: Final = KINDS.index("character")
_RESOURCE: Final = KINDS.index("resource")
_CLIFF: Final = KINDS.index("cliff")
_LAST_DIRECTION: Final = 7
_OFF_THE_MAP: Final = -1


def check_map(contents: Contents) -> None:
    """Refuse a world whose map or whose tiles are not sound; single fields are.

    Raises:
        SaveError: `inconsistent-save`.
    """
    _check_directory(contents)
    _check_rows_of_chunks(contents)
    for name, rule in LAYER_RULES.items():
        layer = contents.layer(name)
        layer.refuse_any(rule.broken(layer), rule.allowed(layer))
    _check_cells(contents)
    _check_ore(contents)
    _check_links_of_entities(contents)
    _check_directions(contents)


def _check_directory(contents: Contents) -> None:
    """Every chunk must have one place on the map."""
    directory = contents.arrays["chunk_index"]
    chunks = len(contents.arrays["tile"])
    is_wrong = (directory < -1) | (directory >= chunks)
    if is_wrong.any():
        place = int(is_wrong.argmax())
        value = int(directory.flat[place])
        refuse("chunk_index", "", place, value, f"-1 to {chunks - 1}")
    named = np.bincount(directory[directory >= 0], minlength=chunks)
    if (named != 1).any():
        chunk = int((named != 1).argmax())
        refuse("chunk_index", "", chunk, f"named {named[chunk]} times", "named once")


def _check_rows_of_chunks(contents: Contents) -> None:
    """Each chunk has its row in tables of chunks."""
    chunks = len(contents.arrays["tile"])
    for name in CHUNK_TABLES:
        count = contents.count(name)
        if count != chunks + 1:
            refuse(name, "", 0, count, f"one of {chunks + 1} rows")


def _places(contents: Contents, tile_x: Array, tile_y: Array) -> NDArray[np.int64]:
    """Index into flat layers of the tiles; -1 off the map."""
    cells = find_cells(contents.arrays["chunk_index"], tile_x, tile_y)
    place = (cells.chunk * CHUNK_TILES + cells.row) * CHUNK_TILES + cells.column
    return np.where(cells.chunk < 0, _OFF_THE_MAP, place)


def _check_cells(contents: Contents) -> None:
    """Links must be in the list of their tile, once, and nowhere else."""
    links = contents.column("cell_link", "next_in_cell")
    heads = contents.layer("cell")
    place = np.full(contents.count("cell_link"), _OFF_THE_MAP, np.int64)
    tile_x, tile_y = links.beside("tile_x"), links.beside("tile_y")
    place[links.rows] = _places(contents, tile_x, tile_y)
    is_foreign = (heads.values > 0) & (place[heads.values] != heads.rows)
    heads.refuse_any(is_foreign, "a link of this tile")
    is_foreign = (links.values > 0) & (place[links.values] != place[links.rows])
    is_foreign |= (links.values > 0) & (place[links.rows] == _OFF_THE_MAP)
    links.refuse_any(is_foreign, "a link of the same tile, 0 off the map")
    named = np.bincount(heads.values, minlength=len(place))
    named += np.bincount(links.values, minlength=len(place))
    is_on_map = place[links.rows] != _OFF_THE_MAP
    links.refuse_any(named[links.rows] != is_on_map, "once in the list of its tile")
    refuse_circles(links)


def _check_ore(contents: Contents) -> None:
    """Resources must lie where the map says that they do."""
    ore = contents.layer("ore")
    rows = ore.rows[ore.values > 0]
    entity = contents.arrays["entity"][ore.values[rows]]
    tile_x = entity["x"] // POSITION_UNITS_PER_TILE
    tile_y = entity["y"] // POSITION_UNITS_PER_TILE
    is_wrong = np.zeros(len(ore.rows), np.bool_)
    is_wrong[rows] = _places(contents, tile_x, tile_y) != rows
    ore.refuse_any(is_wrong, "a resource on this tile")


def _check_links_of_entities(contents: Contents) -> None:
    """Characters have a link for each corner; resources are in a layer of their own."""
    links = contents.arrays["cell_link"]["entity"]
    owners = links[contents.in_use("cell_link")]
    linked = np.bincount(owners, minlength=contents.count("entity"))
    first = contents.column("entity", "first_link")
    kinds, linked = first.beside("kind"), linked[first.rows]
    first.refuse_any(
        (kinds == _CHARACTER) & (linked != _CORNERS), f"the first of {_CORNERS} links"
    )
    first.refuse_any((kinds == _RESOURCE) & (linked > 0), "0 for a resource")


def _check_directions(contents: Contents) -> None:
    """Only cliffs, which have orientations, go beyond the eight directions."""
    direction = contents.column("entity", "direction")
    is_wrong = direction.values > _LAST_DIRECTION
    is_wrong &= direction.beside("kind") != _CLIFF
    direction.refuse_any(is_wrong, f"0 to {_LAST_DIRECTION}")
