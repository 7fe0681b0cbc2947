"""What holds for belts however they lie: nothing is lost, time and turns do not matter.

Layouts are random; belts, undergrounds and splitters come in any direction and speed,
so that curves, side-loading, loops and dead ends of every kind come about.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim._jit import IS_COMPILED
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entity_contents,
    placed_position,
    rotate_entity,
)
from fle_marl.sim.actions.transport_line import (
    insert_at,
    items_on_line,
    lines_of_belt,
)
from fle_marl.sim.components import CHUNK_TILES
from fle_marl.sim.engine import advance
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.splitter import (
    set_splitter_filter,
    set_splitter_input_priority,
    set_splitter_output_priority,
)
from fle_marl.sim.systems.underground_belt import set_belt_to_ground_type
from fle_marl.sim.world import World

SIDE = 5
SPEEDS = ("", "fast-", "express-")
KINDS = ("transport-belt",) * 5 + ("underground-belt", "underground-belt", "splitter")
SIDES = ("none", "left", "right")
ITEMS = (1, 2, 3)
TICKS = 60 if IS_COMPILED else 12
EXAMPLES = 60 if IS_COMPILED else 5


@dataclass(frozen=True)
class Piece:
    """A belt piece of a layout, by the tile of it or of its left or upper half."""

    name: str
    x: int
    y: int
    direction: int
    end: str
    priorities: tuple[str, str]
    filter: int


@dataclass(frozen=True)
class Drop:
    """An item that is put on a line of a piece before a tick."""

    tick: int
    piece: int
    line: int
    position: float
    item: int


@st.composite
def pieces(draw: st.DrawFn) -> list[Piece]:
    tiles = draw(
        st.lists(
            st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1)),
            min_size=2,
            max_size=SIDE * SIDE,
            unique=True,
        )
    )
    speed = draw(st.sampled_from(SPEEDS))
    found = []
    for x, y in tiles:
        kind = draw(st.sampled_from(KINDS))
        any_speed = draw(st.sampled_from((*[speed] * 4, *SPEEDS)))
        found.append(
            Piece(
                name=any_speed + kind,
                x=x,
                y=y,
                direction=draw(st.sampled_from((0, 2, 4, 6))),
                end=draw(st.sampled_from(("input", "output"))),
                priorities=draw(st.tuples(*[st.sampled_from(SIDES)] * 2)),
                filter=draw(st.sampled_from((0, 0, *ITEMS))),
            )
        )
    return found


def drops(most: int) -> st.SearchStrategy[list[Drop]]:
    return st.lists(
        st.builds(
            Drop,
            tick=st.integers(0, TICKS // 2),
            piece=st.integers(0, most),
            line=st.integers(0, 7),
            position=st.integers(0, 300).map(lambda units: units / 256),
            item=st.sampled_from(ITEMS),
        ),
        max_size=40,
    )


class Layout:
    """A world with pieces, turned clockwise about the origin by quarter turns."""

    def __init__(self, layout: list[Piece], quarter_turns: int = 0) -> None:
        self.world = World()
        ground = load().tiles["grass-1"].id
        tiles = np.full((CHUNK_TILES, CHUNK_TILES), ground, np.uint8)
        for x in (-1, 0):
            for y in (-1, 0):
                self.world.add_chunk(x, y, tiles)
        self.entities = [self._place(piece, quarter_turns) for piece in layout]
        refreshed(self.world)
        self.put: Counter[int] = Counter()

    def _place(self, piece: Piece, quarter_turns: int) -> int:
        x, y, direction = piece.x + 0.5, piece.y + 0.5, piece.direction
        if piece.name.endswith("splitter"):
            # two tiles wide: its middle is on the border of tiles beside it
            x, y = (x + 0.5, y) if direction % 4 == 0 else (x, y + 0.5)
        for _ in range(quarter_turns):
            x, y, direction = -y, x, (direction + 2) % 8
        prototype = load().entities[piece.name]
        at = placed_position(prototype, x, y, direction)
        entity = create_entity(self.world, piece.name, *at, direction=direction)
        if piece.name.endswith("underground-belt"):
            set_belt_to_ground_type(self.world, entity, piece.end)
        if piece.name.endswith("splitter"):
            set_splitter_input_priority(self.world, entity, piece.priorities[0])
            set_splitter_output_priority(self.world, entity, piece.priorities[1])
            set_splitter_filter(self.world, entity, piece.filter)
        return entity

    def lines(self) -> list[list[int]]:
        return [lines_of_belt(self.world, entity) for entity in self.entities]

    def drop(self, drop: Drop) -> None:
        lines = self.lines()[drop.piece % len(self.entities)]
        line = lines[drop.line % len(lines)]
        if insert_at(self.world, line, drop.position, drop.item):
            self.put[drop.item] += 1

    def run(self, wanted: list[Drop], ticks: int = TICKS) -> None:
        for tick in range(ticks):
            for drop in wanted:
                if drop.tick == tick:
                    self.drop(drop)
            advance(self.world, 1)

    def seen(self) -> list[list[list[tuple[int, float]]]]:
        return [
            [items_on_line(self.world, line) for line in lines]
            for lines in self.lines()
        ]

    def contents(self) -> Counter[int]:
        total: Counter[int] = Counter()
        for entity in self.entities:
            total.update(entity_contents(self.world, entity))
        return total


# Splitters take two tiles. Where something else is on the second one, pieces overlap,
# as scripts can have it; the laws hold all the same.


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE))
def test_items_neither_vanish_nor_appear(
    layout: list[Piece], wanted: list[Drop]
) -> None:
    scene = Layout(layout)
    scene.run(wanted)
    assert scene.contents() == scene.put
    # what a script takes away is gone, and nothing else
    gone = scene.entities.pop()
    left = scene.contents()
    assert left + Counter(entity_contents(scene.world, gone)) == scene.put
    destroy_entity(scene.world, gone)
    advance(scene.world, TICKS)
    assert scene.contents() == left


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE), turned=st.integers(0, 24))
def test_items_are_kept_when_pieces_turn(
    layout: list[Piece], wanted: list[Drop], turned: int
) -> None:
    scene = Layout(
        [piece for piece in layout if "splitter" not in piece.name] or layout
    )
    scene.run(wanted)
    entity = scene.entities[turned % len(scene.entities)]
    for step in (2, 4):
        direction = (int(scene.world.entity["direction"][entity]) + step) % 8
        rotate_entity(scene.world, entity, direction)
        advance(scene.world, TICKS)
        assert scene.contents() == scene.put


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE))
def test_items_stay_in_order_on_lines_that_hold_them(
    layout: list[Piece], wanted: list[Drop]
) -> None:
    scene = Layout(layout)
    scene.run(wanted)
    table = scene.world.transport_line
    for lines, found in zip(scene.lines(), scene.seen(), strict=True):
        for line, items in zip(lines, found, strict=True):
            positions = [position for _, position in items]
            assert positions == sorted(positions)
            assert len(items) <= int(table["capacity"][line])
            if positions:
                assert positions[0] >= 0


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE))
def test_many_ticks_at_once_are_as_many_single_ticks(
    layout: list[Piece], wanted: list[Drop]
) -> None:
    one, other = Layout(layout), Layout(layout)
    for scene in (one, other):
        for drop in wanted:
            scene.drop(drop)
    advance(one.world, TICKS)
    for _ in range(TICKS):
        advance(other.world, 1)
    assert one.world.state_hash() == other.world.state_hash()


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE))
def test_ticks_between_drops_may_pass_at_once(
    layout: list[Piece], wanted: list[Drop]
) -> None:
    one, other = Layout(layout), Layout(layout)
    one.run(wanted)
    passed = 0
    for drop in sorted(wanted, key=lambda drop: drop.tick):
        advance(other.world, drop.tick - passed)
        passed = drop.tick
        other.drop(drop)
    advance(other.world, TICKS - passed)
    assert one.seen() == other.seen()


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE), quarter_turns=st.integers(1, 3))
def test_a_turned_layout_is_the_same_turned(
    layout: list[Piece], wanted: list[Drop], quarter_turns: int
) -> None:
    scene, turned = Layout(layout), Layout(layout, quarter_turns)
    for each in (scene, turned):
        each.run(wanted)
    assert scene.seen() == turned.seen()


@settings(max_examples=EXAMPLES, deadline=None)
@given(layout=pieces(), wanted=drops(SIDE * SIDE))
def test_passing_over_lines_that_stand_still_changes_nothing(
    layout: list[Piece], wanted: list[Drop]
) -> None:
    scene, awake = Layout(layout), Layout(layout)
    for tick in range(TICKS):
        for each in (scene, awake):
            for drop in wanted:
                if drop.tick == tick:
                    each.drop(drop)
        bits = awake.world.tables["transport_line_awake"]["rows"]
        bits[:] = np.iinfo(bits.dtype).max
        for flag in ("is_awake", "was_awake"):
            awake.world.tables["line_chain"][flag][1:] = True
        for each in (scene, awake):
            advance(each.world, 1)
        assert scene.seen() == awake.seen()
