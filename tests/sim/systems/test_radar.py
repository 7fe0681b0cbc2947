"""What is charted by characters and radars."""

import pytest

from fle_marl.sim.actions.character import create_character
from fle_marl.sim.components import FORCE_ENEMY, TABLE_INDEX
from fle_marl.sim.engine import advance, fork
from fle_marl.sim.mapgen.charting import chart_row, charted_rows
from fle_marl.sim.mapgen.generator import add_generator
from fle_marl.sim.mapgen.settings import read_map_gen_settings
from fle_marl.sim.parts import add_electric
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.radar import CHARACTER_CHART_TICKS

SCAN_TICKS = 2000
NEARBY_TICKS = 50


@pytest.fixture
def powered(place):
    """``powered(world)``: a radar at the origin with all the energy it wants."""

    def build(world):
        place(world, "substation", 4, 4)
        producer = place(world, "wooden-chest", 7.5, 7.5)
        add_electric(world, producer, "secondary-output", output_limit_joules=1e9)
        radar = place(world, "radar", 0.5, 0.5)
        refreshed(world)
        return radar

    return build


def scanned(world, radar):
    record = world.tables["radar"][int(world.entity["component"][radar])]
    return int(record["scanned_sectors"]), (
        int(record["scanned_x"]),
        int(record["scanned_y"]),
    )


def test_characters_chart_what_is_around_them(flat_world):
    world = flat_world(radius_chunks=5)
    person = create_character(world, 128, 128)
    advance(world, 1)
    assert len(charted_rows(world)) == 7 * 7
    assert chart_row(world, (3, -3)) in charted_rows(world)
    assert chart_row(world, (4, 0)) not in charted_rows(world)
    world.entity["force"][person] = FORCE_ENEMY
    world.tables["chunk_chart"]["is_charted"] = False
    advance(world, CHARACTER_CHART_TICKS)
    assert not len(charted_rows(world))


def test_a_radar_scans_the_nearest_uncharted_and_then_the_oldest(flat_world, powered):
    # ten chunks to a side
    world = flat_world(radius_chunks=5)
    radar = powered(world)
    advance(world, NEARBY_TICKS)
    assert len(charted_rows(world)) == 49
    order = []
    for _ in range(100 - 49):
        advance(world, SCAN_TICKS)
        order.append(scanned(world, radar)[1])
    assert scanned(world, radar)[0] == 100 - 49
    assert order[:4] == [(0, -4), (-4, 0), (4, 0), (0, 4)]
    assert len(set(order)) == 100 - 49
    assert len(charted_rows(world)) == 100
    advance(world, SCAN_TICKS)
    assert scanned(world, radar)[1] == order[0]


def test_one_by_one_is_all_at_once(flat_world, powered):
    world = flat_world(radius_chunks=4)
    powered(world)
    create_character(world, 2560, 128)
    together = fork(world)
    advance(together, 2 * SCAN_TICKS + 7)
    advance(world, SCAN_TICKS - 1)
    for _ in range(3):
        advance(world, 1)
    advance(world, SCAN_TICKS + 5)
    for name in ("radar", "chunk_chart", "clock"):
        used = slice(0, int(world.count[TABLE_INDEX[name]]))
        assert (world.tables[name][used] == together.tables[name][used]).all()


def test_radars_that_chart_nothing(flat_world, powered):
    world = flat_world()
    radar = powered(world)
    world.entity["force"][radar] = FORCE_ENEMY
    advance(world, 60)
    world.entity["force"][radar] = 1
    world.entity["active"][radar] = False
    advance(world, 60)
    assert not len(charted_rows(world))


def test_sectors_of_generated_maps_are_made(flat_world, powered):
    world = flat_world(radius_chunks=4)
    settings = {"preset": "default", "seed": 4, "width": 300, "height": 3000}
    add_generator(world, read_map_gen_settings(settings))
    radar = powered(world)
    world.tables["radar"]["sector_joules"] = 10e6
    chunks = world.chunk_count
    advance(world, 1)
    assert scanned(world, radar) == (1, (0, 0))
    # all that is there is charted by and by; then the nearest that is not
    world.tables["chunk_chart"]["is_charted"][1:] = True
    world.tables["radar"]["sector_joules"] = 10e6
    advance(world, 1)
    assert world.chunk_count == chunks + 1
    assert scanned(world, radar)[1] == (4, 0)
    assert chart_row(world, (4, 0)) in charted_rows(world)
