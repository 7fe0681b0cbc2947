"""What stands decides what follows from it, whatever was built, turned and removed.

Random acts come in any order, also pieces built over others, as scripts may.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fle_marl.prototypes import load
from fle_marl.sim._jit import IS_COMPILED
from fle_marl.sim.actions.build import (
    can_place,
    create_entity,
    destroy_entity,
    entity_contents,
    has_direction,
    placed_position,
    rotate_entity,
    turned_direction,
)
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.actions.transport_line import insert_at, lines_of_belt
from fle_marl.sim.components import CHUNK_TILES, KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.integrity import check_arrays
from fle_marl.sim.schedule import refreshed
from fle_marl.sim.systems.crafting_machine import set_recipe
from fle_marl.sim.systems.underground_belt import (
    belt_to_ground_type,
    set_belt_to_ground_type,
)
from fle_marl.sim.world import World

from .measures import items
from .structure import rebuilt, structure

SIDE = 8
BELTS = (
    *("transport-belt",) * 4,
    "fast-transport-belt",
    *("underground-belt",) * 3,
    "fast-underground-belt",
    *("splitter",) * 2,
)
WORKERS = (
    "wooden-chest",
    *("burner-inserter",) * 2,
    "inserter",
    "long-handed-inserter",
    "burner-mining-drill",
    "electric-mining-drill",
    "stone-furnace",
    "assembling-machine-2",
)
FLUIDS = (
    *("pipe",) * 3,
    *("pipe-to-ground",) * 4,
    "storage-tank",
    "boiler",
    "steam-engine",
    "pump",
)
POLES = ("small-electric-pole", "medium-electric-pole")
ITEM = load().items["iron-plate"].id
FLUID_RECIPE = load().recipes["electric-engine-unit"].id
BELT = KINDS.index("belt")
EXAMPLES = 60 if IS_COMPILED else 4
MOST_ACTS = 60 if IS_COMPILED else 25


@dataclass(frozen=True)
class Act:
    """Something that is done to the world.

    Attributes:
        what: name of an entity to be built, or what to do to one that stands.
        x: tile.
        y: tile.
        direction: of what is built, 0, 2, 4 or 6.
        which: any number, by which one of those that stand is chosen.
    """

    what: str
    x: int
    y: int
    direction: int
    which: int


def acts(names: tuple[str, ...]) -> st.SearchStrategy[list[Act]]:
    deeds = ("remove", "remove", "turn", "turn", "end", "fill", "fill", "recipe", "run")
    what = st.one_of(
        st.sampled_from(names), st.sampled_from(names), st.sampled_from(deeds)
    )
    tile = st.integers(0, SIDE - 1)
    direction = st.sampled_from((0, 2, 4, 6))
    act = st.builds(Act, what, tile, tile, direction, st.integers(0, 63))
    return st.lists(act, min_size=1, max_size=MOST_ACTS)


@dataclass
class Builder:
    """Does acts to a world and counts the items that came into it by them."""

    may_overlap: bool = False
    world: World = field(default_factory=World)
    standing: list[int] = field(default_factory=list)
    added: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        ground = np.full((CHUNK_TILES, CHUNK_TILES), load().tiles["grass-1"].id)
        for x in (-1, 0):
            for y in (-1, 0):
                self.world.add_chunk(x, y, ground.astype(np.uint8))

    def do(self, act: Act) -> None:
        if act.what in load().entities:
            self._build(act)
        elif act.what == "run":
            advance(self.world, act.which % 8)
        elif self.standing:
            entity = self.standing[act.which % len(self.standing)]
            getattr(self, f"_{act.what}")(entity, act)

    def _build(self, act: Act) -> None:
        prototype = load().entities[act.what]
        at = placed_position(prototype, act.x, act.y, act.direction)
        is_over = self.may_overlap and act.which % 4 == 0
        if is_over or can_place(self.world, prototype, *at, act.direction):
            entity = create_entity(self.world, act.what, *at, direction=act.direction)
            self.standing.append(entity)

    def _type(self, entity: int) -> str:
        return load().entities.by_id(int(self.world.entity["prototype"][entity])).type

    def _remove(self, entity: int, _act: Act) -> None:
        self.added.subtract(entity_contents(self.world, entity))
        destroy_entity(self.world, entity)
        self.standing.remove(entity)

    def _turn(self, entity: int, act: Act) -> None:
        if has_direction(self.world, entity):
            backwards = act.which % 2 == 0
            direction = turned_direction(self.world, entity, backwards)
            rotate_entity(self.world, entity, direction)

    def _end(self, entity: int, act: Act) -> None:
        if self._type(entity) == "underground-belt":
            end = ("input", "output")[act.which % 2]
            if end != belt_to_ground_type(self.world, entity):
                set_belt_to_ground_type(self.world, entity, end)

    def _fill(self, entity: int, act: Act) -> None:
        if self.world.entity["kind"][entity] != BELT:
            self.added[ITEM] += insert_into(self.world, entity, ITEM, 5)
            return
        for line in lines_of_belt(self.world, entity):
            for position in (0.0, 0.25, 0.5, 0.75, 3.0)[act.which % 5 :]:
                self.added[ITEM] += insert_at(self.world, line, position, ITEM)

    def _recipe(self, entity: int, act: Act) -> None:
        if self._type(entity) == "assembling-machine":
            recipe = FLUID_RECIPE if act.which % 3 else 0
            self.added.subtract(set_recipe(self.world, entity, recipe))


def check(builder: Builder, sequence: list[Act]) -> None:
    for act in sequence:
        builder.do(act)
    assert structure(builder.world) == structure(rebuilt(builder.world))
    check_arrays(builder.world.snapshot().arrays)


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts(BELTS), st.booleans())
def test_belts_lead_where_they_would_if_built_anew(
    sequence: list[Act], may_overlap: bool
) -> None:
    builder = Builder(may_overlap)
    check(builder, sequence)
    assert items(builder.world) == +builder.added


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts((*WORKERS, *BELTS[::3])), st.booleans())
def test_inserters_and_drills_work_where_they_would_if_built_anew(
    sequence: list[Act], may_overlap: bool
) -> None:
    builder = Builder(may_overlap)
    check(builder, sequence)
    assert items(builder.world) == +builder.added


@settings(max_examples=EXAMPLES, deadline=None)
@given(acts((*FLUIDS, *POLES, "assembling-machine-2", "pipe")))
def test_pipes_and_poles_join_what_they_would_if_built_anew(
    sequence: list[Act],
) -> None:
    check(Builder(), sequence)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    acts((*BELTS, *WORKERS, *FLUIDS)),
    st.lists(st.sampled_from(("nothing", "all", "belts_dirty", "fluids_dirty"))),
)
def test_when_it_is_looked_at_makes_no_difference(
    sequence: list[Act], looks: list[str]
) -> None:
    """Reading what builds decide finds it anew; the world's bytes stay the same."""
    quiet, watched = Builder(), Builder()
    for place, act in enumerate(sequence):
        quiet.do(act)
        watched.do(act)
        look = looks[place % len(looks)] if looks else "all"
        if look != "nothing":
            refreshed(watched.world, *(() if look == "all" else (look,)))
    hashes = {refreshed(each.world).state_hash() for each in (quiet, watched)}
    assert len(hashes) == 1
