"""Entities take their place among others, whatever room the tables have left."""

import numpy as np
import pytest

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import create_entity
from fle_marl.sim.components import CHUNK_TILES, TABLE_INDEX
from fle_marl.sim.world import World

LINK = TABLE_INDEX["cell_link"]
CENTRE = 128


def world_with_links_left(links):
    """Two chunks of grass; the table of links has room for so many more rows."""
    world = World()
    grass = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles["grass-1"].id, np.uint8)
    world.add_chunk(0, 0, grass)
    world.add_chunk(0, 1, grass)
    create_entity(world, "pipe", CENTRE, CENTRE)
    world._set_table(
        "cell_link", world.tables["cell_link"][: world.count[LINK] + links].copy()
    )
    return world


def links_of(world, entity):
    links, link = [], int(world.entity["first_link"][entity])
    while link:
        links.append(link)
        link = int(world.tables["cell_link"]["next_of_entity"][link])
    return links


@pytest.mark.parametrize("links", range(12))
def test_an_entity_is_entered_in_all_tiles_of_its_box(links):
    world = world_with_links_left(links)

    pump = create_entity(world, "offshore-pump", 16 * 256 + CENTRE, 60 * 256 + CENTRE)

    # 1.2 tiles wide about the middle of a tile, from 1.05 north to 0.3 south of it
    tiles = world.tables["cell_link"][links_of(world, pump)]
    assert {(int(each["tile_x"]), int(each["tile_y"])) for each in tiles} == {
        (x, y) for x in (15, 16, 17) for y in (59, 60)
    }
