"""All state of the simulator: one dtype a table, every field with its unit.

Row 0 of a table is never used, so a reference of 0 means "none". The first field of a
row says whether it is in use: positive means yes; zero or less means free, and then its
negative is the next row of the table's free list (0 ends the list). Only ``clock`` has
a single row, row 0.

Positions are int32 in 1/256 tile, x east, y south. Directions are the game's eight,
north 0 and east 2. Items, fluids, recipes, tiles and entity prototypes are the numbers
of the prototype tables, 0 is none. Energies are joules, power is joules per tick.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

__all__ = [
    "AWAKE_TABLES",
    "BELT_KIND_BELT",
    "BELT_KIND_SPLITTER",
    "BELT_KIND_UNDERGROUND_INPUT",
    "BELT_KIND_UNDERGROUND_OUTPUT",
    "BITS_PER_WORD",
    "CHUNK_TABLES",
    "CHUNK_TILES",
    "COLLISION_FORCE_MASK",
    "COLLISION_FRIEND_SHIFT",
    "COLLISION_LAYERS",
    "COLLISION_OPENER_SHIFT",
    "DAWN",
    "DIRECTORY_CHUNKS",
    "DUSK",
    "EFFECTS",
    "EFFECT_UNIT",
    "EVENING",
    "FIXED_TABLES",
    "FLOWS_PER_NOTE",
    "FLOW_PRECISIONS",
    "FLOW_SAMPLES",
    "FLOW_TOUCHED_TABLES",
    "FORBIDDEN_ALL",
    "FORBIDS_DAMAGE",
    "FORBIDS_MINING",
    "FORBIDS_OPENING",
    "FORBIDS_TURNING",
    "FORCE_ENEMY",
    "FORCE_NEUTRAL",
    "FORCE_PLAYER",
    "FREE_RUNS",
    "GATE_CLOSED",
    "GATE_CLOSING",
    "GATE_OPEN",
    "GATE_OPENING",
    "GLIDE_TICKS",
    "KINDS",
    "LAYERS",
    "MAXIMUM_COPPER_WIRES",
    "MAXIMUM_FILTERS",
    "MAXIMUM_HEAT_CONNECTIONS",
    "MAXIMUM_NETWORKS",
    "MAXIMUM_QUEUED_RESEARCH",
    "MAXIMUM_REACTOR_NEIGHBOURS",
    "MAXIMUM_RECIPE_FLUIDS",
    "MAXIMUM_REQUESTS",
    "MAXIMUM_SCIENCE_PACKS",
    "MAXIMUM_TURRET_FLUIDS",
    "MORNING",
    "MOST_DISTANCE_BONUS",
    "MOST_FORCES",
    "MOST_INSERTER_BONUS",
    "MOST_INVENTORY_BONUS",
    "MOST_MODIFIER",
    "MOST_TECHNOLOGY_LEVEL",
    "MOST_WALKING_MODIFIER",
    "PENDING_SAMPLES",
    "PROTOTYPE_TABLES",
    "REBUILT_TABLES",
    "ROCKET_PHASES",
    "ROLE_AMMO",
    "ROLE_ARMOR",
    "ROLE_BURNT_RESULT",
    "ROLE_FUEL",
    "ROLE_GUNS",
    "ROLE_LAB_INPUT",
    "ROLE_MODULE",
    "ROLE_RESULT",
    "ROLE_ROCKET",
    "ROLE_ROCKET_PARTS",
    "ROLE_SOURCE",
    "ROLE_STORAGE",
    "ROLE_TURRET_AMMO",
    "TABLES",
    "TABLE_INDEX",
    "TABLE_NAMES",
    "TICKS_PER_DAY",
    "USAGE_COUNT",
    "USAGE_LAMP",
    "USAGE_NONE",
    "USAGE_PRIMARY_INPUT",
    "USAGE_PRIMARY_OUTPUT",
    "USAGE_SECONDARY_INPUT",
    "USAGE_SECONDARY_OUTPUT",
    "USAGE_SOLAR",
    "USAGE_TERTIARY",
]

_b1, _i2, _i4, _u1, _u2, _u4 = "?", "<i2", "<i4", "<u1", "<u2", "<u4"
_i8, _u8, _f4, _f8 = "<i8", "<u8", "<f4", "<f8"

CHUNK_TILES: Final = 32
"""Side of a chunk, tiles. Source: the game's ChunkPosition."""

DIRECTORY_CHUNKS: Final = 128
"""Side of the directory of chunks; chunk (0, 0) is at its middle. A map may reach
2048 tiles in each direction; a limit of this simulator, not of the game."""

MAXIMUM_RECIPE_FLUIDS: Final = 5
"""Fluids that a recipe takes and makes at most. Source: prototypes; two ingredients and
three products of advanced oil processing."""

MAXIMUM_COPPER_WIRES: Final = 5
"""Wires that one pole takes. Source: wiki.factorio.com/Electric_system, "each pole can
have up to five connections"."""

MAXIMUM_HEAT_CONNECTIONS: Final = 12
"""Of one heat buffer. Source: prototype nuclear-reactor, ``heat_buffer``."""

MAXIMUM_REACTOR_NEIGHBOURS: Final = 4
"""Of one reactor: one on each side."""

MAXIMUM_SCIENCE_PACKS: Final = 7
"""Kinds of science pack that laboratories take. Source: prototype lab, ``inputs``."""

MAXIMUM_TURRET_FLUIDS: Final = 3
"""Kinds of fluid that a turret shoots with. Source: prototype flamethrower-turret,
``attack_parameters.fluids``."""

MAXIMUM_QUEUED_RESEARCH: Final = 7
"""Technologies in the research queue, the current one included. Source:
wiki.factorio.com/Research, "Research queue"."""

MOST_TECHNOLOGY_LEVEL: Final = 600
"""Of technologies without an end, so that formulas such as 3^(L-1)*1000 stay within
float64. A limit of this simulator, not of the game."""

MOST_MODIFIER: Final = 1_000_000.0
"""Of a force's modifiers that kernels compute with, so that no sum or product of them
is infinite. A limit of this simulator, not of the game."""

MOST_INVENTORY_BONUS: Final = 1000
"""Slots beyond the prototype's that a force gives its characters. A limit of this
simulator, not of the game."""

MOST_DISTANCE_BONUS: Final = 4096
"""Tiles by which a force or a script lengthens what a character reaches: the width of
the map. A limit of this simulator, not of the game."""

MOST_WALKING_MODIFIER: Final = 7.0
"""Of a character's running speed, and as much of its force's, so that no tick carries
anyone further than a chunk. A limit of this simulator, not of the game."""

ROCKET_PHASES: Final = 15
"""Phases of rocket silos. Source: defines.rocket_silo_status."""

EFFECTS: Final[Sequence[str]] = ("speed", "consumption", "productivity", "pollution")
"""Effects of modules, in the order of their places in arrays. Source: runtime API,
ModuleEffects."""

EFFECT_UNIT: Final = 10_000
"""Effects are whole numbers of hundredths of a percent, so that their sums do not
depend on any order; 10 000 is twice as much. All bonuses of modules are whole percents,
and beacons halve them."""

BITS_PER_WORD: Final = 64
"""Rows or subjects that one row of a bitmap stands for."""

MOST_INSERTER_BONUS: Final = 254
"""Source: runtime API, LuaForce.stack_inserter_capacity_bonus; that the bonus of other
inserters ends there too is a choice."""

FLOW_SAMPLES: Final = 300
"""Samples of each precision of production statistics. Source: runtime API,
LuaFlowStatistics.get_flow_count, "Each precision level contains 300 samples"."""

FLOW_PRECISIONS: Final = 8
"""Source: defines.flow_precision_index, five_seconds to one_thousand_hours."""

# --- forces, by the game's own force.index

FORCE_PLAYER: Final = 1
FORCE_ENEMY: Final = 2
FORCE_NEUTRAL: Final = 3

MOST_FORCES: Final = 16
"""Those above and those that scripts make. A limit of this simulator; the game's is 64.
Source: runtime API, LuaGameScript.create_force."""

# --- the day that a world begins with, which scripts can change

TICKS_PER_DAY: Final = 25000
DUSK: Final = 0.25
"""``daytime`` at which light begins to fall; 0 is noon. Source: LuaSurface.dusk."""
EVENING: Final = 0.45
"""``daytime`` at which it is dark."""
MORNING: Final = 0.55
"""``daytime`` at which light begins to rise."""
DAWN: Final = 0.75
"""``daytime`` at which it is fully light again."""
# --- what scripts have forbidden of an entity, bits of entity.forbidden

FORBIDS_MINING: Final = 1  # LuaEntity.minable is false
FORBIDS_DAMAGE: Final = 2  # LuaEntity.destructible
FORBIDS_OPENING: Final = 4  # LuaEntity.operable
FORBIDS_TURNING: Final = 8  # LuaEntity.rotatable
FORBIDDEN_ALL: Final = 15

# --- what an inventory is for; decides what may be put in by whom

ROLE_STORAGE: Final = 0
ROLE_FUEL: Final = 1
ROLE_BURNT_RESULT: Final = 2
ROLE_SOURCE: Final = 3
ROLE_RESULT: Final = 4
ROLE_MODULE: Final = 5
ROLE_AMMO: Final = 6
ROLE_GUNS: Final = 7
ROLE_ARMOR: Final = 8
ROLE_LAB_INPUT: Final = 9
ROLE_ROCKET: Final = 10
ROLE_ROCKET_PARTS: Final = 11
ROLE_TURRET_AMMO: Final = 12

# --- electric usage priorities. Source: prototype API, ElectricUsagePriority

USAGE_NONE: Final = 0
USAGE_PRIMARY_INPUT: Final = 1
USAGE_SECONDARY_INPUT: Final = 2
USAGE_PRIMARY_OUTPUT: Final = 3
USAGE_SECONDARY_OUTPUT: Final = 4
USAGE_TERTIARY: Final = 5
USAGE_SOLAR: Final = 6
USAGE_LAMP: Final = 7
USAGE_COUNT: Final = 8

PENDING_SAMPLES: Final = 60
"""Ticks of electric flows that are written into series at once. All precisions but the
two finest have samples that are multiples of it."""

FLOWS_PER_NOTE: Final = 16
"""Electric flows that are noted side by side: a line of a processor's cache."""

MAXIMUM_FILTERS: Final = 5
"""Filters of an inserter. Source: prototypes filter-inserter, ``filter_count``."""

MAXIMUM_REQUESTS: Final = 4
"""Kinds of module that a ghost asks for; more are forgotten. Source: no entity of the
game has more than four slots for modules."""

MAXIMUM_NETWORKS: Final = 4
"""Electric networks that one entity is on; more that reach it are ignored. A limit of
this simulator, not of the game."""

GLIDE_TICKS: Final = 32
"""Ticks after which a line on which items move freely is looked at again at the latest;
a power of two. A straight basic belt is as long."""

BELT_KIND_BELT: Final = 0
BELT_KIND_UNDERGROUND_INPUT: Final = 1
BELT_KIND_UNDERGROUND_OUTPUT: Final = 2
BELT_KIND_SPLITTER: Final = 3

GATE_CLOSED: Final = 0
GATE_OPENING: Final = 1
GATE_OPEN: Final = 2
GATE_CLOSING: Final = 3

KINDS: Final[Sequence[str]] = (
    "none",
    "simple",  # no behaviour of its own: chests, trees, rocks, walls, ...
    "resource",
    "character",
    "mining_drill",
    "crafting_machine",
    "inserter",
    "belt",
    "pole",
    "solar_panel",
    "accumulator",
    "electric_consumer",
    "boiler",
    "generator",
    "offshore_pump",
    "pump",
    "pipe",
    "item_on_ground",
    "lab",
    "ghost",
    "reactor",
    "heat_pipe",
    "beacon",
    "cliff",
    "character_corpse",
    "ammo_turret",
    "fluid_turret",
    "gate",
    "radar",
)
"""Kinds of entity by number; each but the first two has a table of the same name,
except that pipes keep their state in their fluid boxes alone, solar panels and mere
consumers of electricity in ``electric``, and turrets with magazines in their inventory;
cliffs have none but their orientation."""

COLLISION_LAYERS: Final[Sequence[str]] = (
    "ground-tile",
    "water-tile",
    "resource-layer",
    "doodad-layer",
    "floor-layer",
    "item-layer",
    "ghost-layer",
    "object-layer",
    "player-layer",
    "train-layer",
    "rail-layer",
    "transport-belt-layer",
    "not-setup",
)
"""Collision layers by bit. Source: prototype API, CollisionMask."""

COLLISION_OPENER_SHIFT: Final = 16
"""A mask that is asked about may hold a force from this bit on, for which gates of that
force do not count; 0 for nobody."""

COLLISION_FRIEND_SHIFT: Final = 24
"""It may hold a force from this bit on of which nothing counts; 0 for nobody."""

COLLISION_FORCE_MASK: Final = 0xFF
"""The bits of such a force."""


def _table(*fields: tuple[object, ...]) -> np.dtype[np.void]:
    # align=True keeps each number on its natural border, which compiled code wants
    return np.dtype(list(fields), align=True)


CLOCK: Final = _table(
    ("tick", _i8),  # ticks since the world began
    ("rng", _u8),  # state of the generator, kernels/random
    ("next_unit_number", _u4),
    ("next_serial", _u4),
    ("last_pole_number", _u4),
    # what builds have changed and is to be found anew (schedule.refreshed)
    ("belts_dirty", _b1),  # the order of chains of lines
    ("electric_dirty", _b1),  # who is on which network
    ("fluids_dirty", _b1),  # fluid systems and the order of connections
    ("heat_dirty", _b1),  # which heat buffers and reactors touch
    ("is_heat_flowing", _b1),  # heat may flow somewhere
    ("is_disturbed", _b1),  # the next tick begins with everything awake
    ("beacons_dirty", _b1),  # what beacons reach, or whether they work
    ("always_day", _b1),
    ("freeze_daytime", _b1),  # the time of day stands still
    ("ticks_per_day", _i4),
    ("is_attended", _b1),  # some character does what Python sees to in every tick
    ("daytime", _f8),  # 0 noon .. 0.5 midnight .. 1 noon; LuaSurface.daytime
    ("moved_chains", _i4),  # rows of line_chain up to here have moved in this tick
    ("dusk", _f8),  # the parts of the day, as daytime
    ("evening", _f8),
    ("morning", _f8),
    ("dawn", _f8),
    ("light", _f8),  # 0..1, of this tick
    ("solar_power_multiplier", _f8),
    ("sunshine", _f8),  # of this tick: what share of their peak solar panels give
    ("electric_tick", _i8),  # when energy last flowed in the electric networks
    # within a call of schedule.advance: ticks whose electric flows are not samples yet
    ("pending_samples", _u1),
    ("is_flow_new", _b1),  # some of them was the first of its kind
    ("is_pollution_new", _b1),  # some was emitted that is not in a sample yet
    ("next_expiry_tick", _i8),  # after which a corpse goes; 0: there is none
    ("is_scan_due", _b1),  # a radar has scanned a sector: Python is to see which
)

ENTITY: Final = _table(
    ("prototype", _i4),  # positive: the prototype; else free
    ("kind", _u1),  # index into KINDS
    ("direction", _u1),  # 0..7; of a cliff its orientation, from 0
    ("force", _u1),
    ("status", _u1),  # defines.entity_status
    ("x", _i4),  # centre, 1/256 tile
    ("y", _i4),
    ("unit_number", _u4),  # 0: has none (resources, trees, items on the ground)
    ("serial", _u4),  # counts all entities ever made, so that a reused row is noticed
    ("health", _f4),
    ("component", _i4),  # row in the table of its kind
    ("burner", _i4),
    ("electric", _i4),
    ("first_inventory", _i4),
    ("first_fluidbox", _i4),
    ("first_link", _i4),  # its entries in the cells that it covers
    # those that work on it, each list in the order of rows
    ("first_taker", _i4),  # inserter that picks up from it
    ("first_giver", _i4),  # inserter that drops into it
    ("first_drill", _i4),  # mining drill that drops into it
    ("effect_receiver", _i4),  # 0: modules and beacons have no effect on it
    ("forbidden", _u1),  # FORBIDS_* bits
    ("active", _b1),  # LuaEntity.active: machines stand still while false
    ("rotatable", _b1),
    ("is_watched", _b1),  # something sleeps until it changes; kernels/awake
    # what scripts have marked; 0: nothing. Only scripts read it, as there are no robots
    ("deconstruction_force", _u1),  # who wants it taken away
    ("upgrade_force", _u1),  # who wants something else in its place
    ("upgrade_direction", _u1),
    ("upgrade_target", _u2),  # entity prototype
)

AWAKE: Final = _table(
    # a bitmap: bit n of row m says whether row 64 * m + n of another table is awake
    ("rows", _u8),
)

LINE_AWAKE: Final = _table(
    # the same of transport lines, by their places
    ("rows", _u8),
    ("stands", _u8),  # asleep with items that are held up; kernels/gliding has others
    # by tick, the number of ticks to come modulo GLIDE_TICKS: who wakes then
    ("alarms", _u8, (GLIDE_TICKS,)),
)

CELL_LINK: Final = _table(
    ("entity", _i4),
    ("next_in_cell", _i4),
    ("next_of_entity", _i4),
    ("tile_x", _i4),  # tiles
    ("tile_y", _i4),
)

INVENTORY: Final = _table(
    ("number", _i4),  # 1 for those of entities; those of scripts count on from there
    ("entity", _i4),  # 0: a script's
    ("define", _u1),  # defines.inventory
    ("role", _u1),
    ("first_slot", _i4),
    ("slot_count", _i2),
    ("bar", _i2),  # slots that may be filled; slot_count when there is no bar
    ("next", _i4),  # the entity's next inventory
)

SLOT: Final = _table(
    ("item", _u2),  # 0: empty
    ("filter", _u2),  # only this item may lie here; 0: any
    ("count", _i4),
)

WORN_STACK: Final = _table(
    # a slot whose first item is partly used up; all other items are whole
    ("entity", _i4),  # 1
    ("slot", _i4),
    ("item", _u2),
    ("used", _f8),  # durability or ammo that is gone of that item
)

FREE_RUN: Final = _table(
    # a run of neighbouring rows of another table that is free to be used again
    ("entity", _i4),  # 1
    ("first", _i4),
    ("length", _i4),
)

BURNER: Final = _table(
    ("entity", _i4),
    ("currently_burning", _u2),  # item
    ("fuel_categories", _u4),  # bits by fuel category
    ("fuel_inventory", _i4),
    ("burnt_inventory", _i4),  # 0: has none
    ("remaining_joules", _f8),  # of what burns now, LuaBurner.remaining_burning_fuel
    ("buffer_joules", _f8),  # ready to use, LuaEntity.energy
    ("capacity_joules", _f8),  # of the buffer
    ("effectivity", _f8),
)

ELECTRIC: Final = _table(
    ("entity", _i4),
    ("network", _i4),  # the oldest that reaches it; 0: not connected
    ("group", _i4),  # 0: not connected, or on several networks
    ("shared", _i4),  # row in electric_shared when it is on several networks
    ("usage", _u1),
    ("says_status", _b1),  # the entity's status follows from its energy alone
    ("buffer_joules", _f8),  # LuaEntity.energy
    ("capacity_joules", _f8),  # LuaEntity.electric_buffer_size
    ("input_limit_joules", _f8),  # per tick into the buffer
    ("flow_joules", _f8),  # last tick: taken in (+) or given (-)
    # a consumer that sleeps: since then its buffer has been filled in each tick, which
    # is written down when it is needed; kernels/electric_buffer
    ("fed_tick", _i8),
    # so far what changes in a tick
    ("drain_joules", _f8),  # per tick, whatever it does
    # per tick: what a generator could give now, a solar panel at noon, others always
    ("output_limit_joules", _f8),
    ("satisfaction", _f8),  # 0..1, share of the demand met in the last tick
)

ELECTRIC_NETWORK: Final = _table(
    ("entity", _i4),  # 1 when in use
    ("id", _u4),  # LuaEntity.electric_network_id, the number of its oldest pole
    ("first_pole", _i4),  # the lowest of its poles' rows
    ("first_group", _i4),
    ("first_flow", _i4),
    ("demand_joules", _f8),  # last tick
    ("supply_joules", _f8),  # last tick, possible
    ("output_joules", _f8),  # last tick, given
    ("satisfaction", _f8),  # 0..1, share of all demand that was met; 1 without demand
    # last tick by USAGE_*: joules demanded or offered, and which share of that flowed
    ("amount_joules", _f8, (USAGE_COUNT,)),
    ("share", _f8, (USAGE_COUNT,)),
    ("charge_joules", _f8),  # last tick, what accumulators could take in
    ("charge_share", _f8),  # which share of that they got
    ("is_primary_short", _b1),  # primary consumers got less than they wanted
    ("is_secondary_short", _b1),  # so did the others
    ("is_dead", _b1),  # nothing could be supplied at all
    ("is_sharing", _b1),  # some of its entities are on other networks, too
)

ELECTRIC_GROUP: Final = _table(
    # all entities of one prototype and usage on one network; rebuilt as a whole
    ("entity", _i4),  # 1
    ("network", _i4),
    ("next", _i4),  # of the network
    ("first_pool", _i4),  # accumulators, by rising charge
    ("flow", _i4),  # row in electric_flow; 0: not found yet
    ("prototype", _i4),
    ("usage", _u1),
    ("drain_joules", _f8),  # per tick, of all of them
    ("steady_joules", _f8),  # per tick, what they offer; solar panels at noon
    ("offered_joules", _f8),  # this tick, by generators
    ("amount_joules", _f8),  # last tick: wanted or offered by all of them
    # what buffers miss, in quanta, so that no order of adding up matters
    ("wanted_quanta", _i8),  # drawn since the last flow, or found in this
    ("starved_quanta", _i8),  # of those that sleep because nothing is supplied
)

ELECTRIC_FLOW: Final = _table(
    # what entities of one prototype gave to and took from one network
    ("entity", _i4),  # 1
    ("network", _i4),
    ("next", _i4),  # of the network
    ("prototype", _i4),
    ("produced", _f8),  # joules; LuaFlowStatistics.output_counts
    ("consumed", _f8),  # joules; LuaFlowStatistics.input_counts
    ("sampled_produced", _f8),  # the part of ``produced`` that samples know of
    ("sampled_consumed", _f8),
    ("series", _i4, (FLOW_PRECISIONS,)),  # rows in flow_series by precision; 0: none
)

ELECTRIC_NOTE: Final = _table(
    # what flowed in the last ticks, as many as clock.pending_samples, of the
    # FLOWS_PER_NOTE rows of electric_flow from FLOWS_PER_NOTE * (row - 1) on. Rows of
    # flows and series lie far apart in memory, these lie together. Zero between calls
    ("entity", _i4),  # 1
    ("produced", _f4, (PENDING_SAMPLES, FLOWS_PER_NOTE)),
    ("consumed", _f4, (PENDING_SAMPLES, FLOWS_PER_NOTE)),
)

ACCUMULATOR_POOL: Final = _table(
    # accumulators of one group that hold the same
    ("entity", _i4),  # 1
    ("group", _i4),
    ("next", _i4),  # of the group
    ("count", _i4),
    ("buffer_joules", _f8),  # of each
    ("capacity_joules", _f8),
    ("input_limit_joules", _f8),
    ("output_limit_joules", _f8),
    ("flow_joules", _f8),  # last tick, of each: taken in (+) or given (-)
)

ELECTRIC_SHARED: Final = _table(
    # an entity on several networks; rebuilt as a whole
    ("entity", _i4),  # 1
    ("electric", _i4),
    ("network_count", _u1),
    ("networks", _i4, (MAXIMUM_NETWORKS,)),  # the oldest first
    ("flows", _i4, (MAXIMUM_NETWORKS,)),  # rows in electric_flow; 0: not found yet
    ("left_joules", _f8),  # this tick: what it still wants or could give
)

POLE: Final = _table(
    ("entity", _i4),
    ("number", _u4),  # counts poles; the lowest of a network is the network's id
    ("network", _i4),
    ("component", _i4),  # lowest row of the poles that its wires reach
    ("oldest", _i4),  # of the lowest row: the pole with the lowest number among them
    ("wire_count", _u1),
    ("wires", _i4, (MAXIMUM_COPPER_WIRES,)),  # entities of the poles at the other end
    ("wire_reach", _f8),  # tiles
    ("supply_distance", _i4),  # 1/256 tile from the centre to each side
)

RESOURCE: Final = _table(
    ("entity", _i4),
    ("amount", _u4),
    ("initial_amount", _u4),  # of infinite resources, else 0
    ("minimum_amount", _u4),  # infinite resources do not sink below it
    ("depletion_amount", _u4),  # infinite resources lose so much for a mining
    ("required_fluid", _u2),  # what drills need to mine it; 0: none
    ("category", _u1),  # number of its resource category
)

MINING_DRILL: Final = _table(
    ("entity", _i4),
    ("drop_target", _i4),  # entity; 0: the ground
    ("next_drill", _i4),  # the next that drops into the same entity
    ("current_resource", _i4),  # entity being mined; 0: none
    ("resource_serial", _u4),  # entity.serial of it
    ("resource_cursor", _i4),  # its tile, counted row by row from the area's left top
    ("mined_on_tile", _u2),  # items taken from the current tile in this turn
    ("area_left", _i4),  # mining area, tiles, right and bottom exclusive
    ("area_top", _i4),
    ("area_right", _i4),
    ("area_bottom", _i4),
    ("output_item", _u2),  # mined and not yet dropped; 0: none
    ("output_count", _i2),
    ("categories", _u4),  # bits by resource category
    ("mining_speed", _f8),  # seconds of mining time per second
    ("energy_per_tick", _f8),  # joules
    ("mining_progress", _f8),  # seconds of the resource's mining time; LuaEntity
    # the same for the item that productivity adds
    ("bonus_mining_progress", _f8),
    ("productivity_bonus", _f8),  # by its modules
    ("pollution_per_second", _f8),  # of mining time
    ("drop_x", _i4),  # 1/256 tile, absolute
    ("drop_y", _i4),
)

CRAFTING_MACHINE: Final = _table(
    ("entity", _i4),
    ("recipe", _u2),
    ("previous_recipe", _u2),  # furnaces: LuaEntity.previous_recipe
    ("is_furnace", _b1),  # finds its recipe by what is put in
    ("is_crafting", _b1),  # ingredients are taken, products not yet given
    ("silo", _i4),  # row in rocket_silo; 0: it makes no rockets
    ("source_inventory", _i4),
    ("result_inventory", _i4),
    # boxes of the recipe's fluids in its order, ingredients before products
    ("fluidboxes", _i4, (MAXIMUM_RECIPE_FLUIDS,)),
    ("products_finished", _u4),
    ("categories", _u4),  # bits by recipe category
    ("crafting_speed", _f8),  # seconds of a recipe's time per second
    ("energy_per_tick", _f8),  # joules while crafting, without drain
    ("crafted_seconds", _f8),  # of the recipe's time, done of the current craft
    ("crafting_progress", _f8),  # 0..1, the same as a share; LuaEntity
    ("bonus_progress", _f8),  # 0..1, of the products that productivity adds
    ("productivity_bonus", _f8),  # 0.4: two crafts more for every five
    ("pollution_per_second", _f8),  # of a recipe's time
)

ROCKET_SILO: Final = _table(
    # what a machine that makes rocket parts has besides
    ("entity", _i4),
    ("machine", _i4),  # its row in crafting_machine
    ("phase", _u1),  # defines.rocket_silo_status
    ("auto_launch", _b1),  # as soon as the rocket carries something
    # what scripts have not been told yet
    ("is_order_untold", _b1),  # the silo launches its rocket by itself
    ("is_launch_untold", _b1),  # the rocket is away
    ("parts", _u2),  # LuaEntity.rocket_parts
    ("parts_required", _u2),
    ("rocket_inventory", _i4),  # what the rocket carries
    ("result_inventory", _i4),  # what rockets brought
    ("phase_ticks", _f8),  # passed of the present phase, each by the energy it got
    # by phase: ticks that it takes; of those that wait for something 0
    ("duration_ticks", _f8, (ROCKET_PHASES,)),
    ("joules_per_tick", _f8, (ROCKET_PHASES,)),  # by phase, without drain
)

LAB: Final = _table(
    ("entity", _i4),
    ("input_inventory", _i4),  # a slot for each science pack, which is its filter
    ("researching_speed", _f8),  # seconds of a unit's time per second
    ("energy_per_tick", _f8),  # joules while researching, without drain
    # by slot: durability that is gone of the pack in use; the next pack goes on with it
    ("used_durability", _f8, (MAXIMUM_SCIENCE_PACKS,)),
    ("productivity_bonus", _f8),  # by its modules
)

EFFECT_RECEIVER: Final = _table(
    # what modules and beacons change; the sums stand in the row of what works
    ("entity", _i4),
    ("inventory", _i4),  # its own modules; 0: has no slots for them
    ("crafting_machine", _i4),  # just one of these three is not 0
    ("mining_drill", _i4),
    ("lab", _i4),
    ("own", _i4, (len(EFFECTS),)),  # sums of its modules, 1/EFFECT_UNIT
    ("beacons", _i4, (len(EFFECTS),)),  # sums of what beacons send it
    # what it has without any of that
    ("speed", _f8),  # seconds of work a second
    ("energy_per_tick", _f8),  # joules
    ("productivity", _f8),
    ("pollution_per_second", _f8),
)

BEACON: Final = _table(
    ("entity", _i4),
    ("inventory", _i4),  # its modules
    ("is_working", _b1),  # has energy
    ("sent", _i4, (len(EFFECTS),)),  # to each that it reaches, 1/EFFECT_UNIT
    ("distribution_effectivity", _f8),  # share of its modules' effects that it sends
    ("area_left", _i4),  # tiles, right and bottom exclusive
    ("area_top", _i4),
    ("area_right", _i4),
    ("area_bottom", _i4),
)

RADAR: Final = _table(
    ("entity", _i4),
    ("is_scan_due", _b1),  # it has used what a sector takes
    ("scanned_sectors", _u4),  # since it was built
    ("scanned_x", _i4),  # chunk that it scanned last
    ("scanned_y", _i4),
    ("sector_distance", _i4),  # chunks to each side that it scans
    ("nearby_distance", _i4),  # chunks to each side that it shows all the time
    ("joules_per_sector", _f8),
    ("joules_per_nearby_scan", _f8),
    ("sector_joules", _f8),  # used so far for the present sector
    ("nearby_joules", _f8),  # likewise since the last nearby scan
)

CHUNK_CHART: Final = _table(
    # a row for each chunk, the one behind its own number; of the player force
    ("entity", _i4),  # 1
    ("is_charted", _b1),
    ("charted_tick", _i8),  # when it was last
)

CHUNK_POLLUTION: Final = _table(
    # a row for each chunk, the one behind its own number
    ("entity", _i4),  # 1
    ("amount", _f8),  # that was emitted there
)

INSERTER: Final = _table(
    ("entity", _i4),
    ("pickup_target", _i4),  # entity at the pickup position; 0: the ground
    ("drop_target", _i4),
    ("next_taker", _i4),  # the next that picks up from the same entity
    ("next_giver", _i4),  # the next that drops into the same entity
    ("next_called", _i4),  # the next in a tick of those that had waited for their turn
    ("waits_since", _i8),  # tick in which it last began to wait for its turn
    ("hand_item", _u2),
    ("hand_count", _i2),
    ("hand_limit", _i2),  # items that the hand takes at a time
    ("hand_override", _u4),  # LuaEntity.inserter_stack_size_override; 0: none
    ("phase", _u1),  # where the hand goes; kernels/arm
    ("rest", _u1),  # whether it lies still there; systems/inserter
    ("arrival_steps", _u1),  # so many steps before its aim a hand is there
    ("filter_count", _u1),  # how many filters it has
    ("filters", _u2, (MAXIMUM_FILTERS,)),  # items; 0: not set
    ("chased_line", _i4),  # line of the item that the hand follows; 0: none
    ("chased_mark", _u2),  # that item
    ("orientation", _f8),  # of the hand, turns: 0 north, 0.25 east
    ("pickup_orientation", _f8),  # turns, at the pickup position
    ("extension", _f8),  # tiles from its centre to the hand
    ("pickup_extension", _f8),  # tiles, at the pickup position
    ("drop_extension", _f8),  # tiles, at the drop position
    ("rotation_speed", _f8),  # turns per tick
    ("extension_speed", _f8),  # tiles per tick
    ("energy_per_rotation", _f8),  # joules
    ("energy_per_movement", _f8),  # joules
    ("pickup_x", _i4),  # 1/256 tile, absolute
    ("pickup_y", _i4),
    ("drop_x", _i4),
    ("drop_y", _i4),
)

BELT: Final = _table(
    ("entity", _i4),
    ("x", _i4),  # centre, 1/256 tile
    ("y", _i4),
    ("kind", _u1),  # BELT_KIND_*
    ("direction", _u1),
    ("shape", _u1),  # 0 straight, 1 comes from the left, 2 comes from the right
    ("speed", _i2),  # 1/256 tile per tick
    ("maximum_distance", _u1),  # tiles, undergrounds
    ("other_end", _i4),  # belt row of the paired underground; 0: none
    # transport lines in the order of LuaEntity.get_transport_line: left, right;
    # undergrounds have 2 more below the ground, splitters have 8
    ("line_count", _u1),
    ("lines", _i4, (8,)),
    ("input_priority", _u1),  # splitters: 0 none, 1 left, 2 right
    ("output_priority", _u1),
    ("filter", _u2),
    ("input_turn", _u1, (2,)),  # splitters: whose turn it is, for each lane
    ("output_turn", _u1, (2,)),
)

TRANSPORT_LINE: Final = _table(
    # one lane of one belt piece; 64 bytes, the line of a processor's cache
    ("entity", _i4),
    ("belt", _i4),  # its belt row
    ("length", _i4),  # 1/256 tile
    # where its front leads; 0: it ends here, or in front of a splitter's middle
    ("next_line", _i4),
    ("next_position", _i4),  # 0: straight on; else where its items are side-loaded
    ("previous_line", _i4),  # line that goes straight on into this one; 0: none
    # lines that go straight on into each other are a chain, named by its front line
    ("chain_front", _i4),
    ("order", _i4),  # of the chain in the update: its row of line_chain
    # in the order in which lines move: its row of line_place; while the order is
    # found: of a chain's front, the front for which it was asked
    ("place", _i4),
    ("first_item", _i4),  # its run of rows in line_item, the front item first
    ("front", _i4),  # position of the front item, 1/256 tile from the line's start
    ("span", _i4),  # from the front item back to the last, 1/256 tile
    ("count", _i2),
    ("capacity", _i2),
    ("speed", _i2),  # 1/256 tile per tick
    ("last_mark", _u2),  # the last that was given to one of its items
    ("is_right", _b1),
    ("is_squashed", _b1),  # somewhere two of its items overlap
    ("is_watched", _u1),  # bits: something sleeps until it changes; kernels/awake
    # since when ``front`` does not tell of its moves; 0: it does. kernels/gliding
    ("glide", _u1),
    ("visit", _u1),  # while the order is found: dependencies looked at so far
)

LINE_ITEM: Final = _table(
    ("item", _u2),
    ("mark", _u2),  # by which a hand knows the item that it follows; 0: nobody follows
    # behind the line's front item, 1/256 tile, so that a line moves by one number; read
    # positions with kernels.transport_line.position_on_line
    ("distance", _i4),
)

LINE_CHAIN: Final = _table(
    # chains in the order of the update; rebuilt as a whole, so it has no free rows
    ("entity", _i4),  # 1
    ("front", _i4),  # line
    ("last_place", _i4),  # of its lines, from the front's place on
    ("target", _i4),  # chain that its front line leads onto from the side; 0: none
    ("gliding_count", _i4),  # of its lines; kernels/gliding
    ("is_awake", _b1),  # some of its lines are awake or glide
    ("was_awake", _b1),  # in the last update
    ("splitter_lane", _u1),  # lane of the splitter to serve before it, from 1; 0: none
)

LINE_PLACE: Final = _table(
    # lines in the order of the update: by chains, each from its front to its back
    ("entity", _i4),  # 1
    ("line", _i4),
)

FLUIDBOX: Final = _table(
    ("entity", _i4),
    ("next", _i4),  # the entity's next fluid box
    ("index", _u1),  # LuaFluidBox index, from 1
    ("production_type", _u1),  # 0 none, 1 input, 2 output, 3 input-output
    ("fluid", _u2),  # 0: empty
    ("filter", _u2),
    ("first_port", _i4),
    ("system", _i4),  # fluid system: the lowest row of the boxes joined to it
    ("rank", _i4),  # place in the order in which boxes pass fluid on, from 1
    ("next_in_order", _i4),  # the box with the next rank
    ("first_source", _i4),  # of the system's lowest row: its first box that only gives
    ("next_source", _i4),  # the next such box of the system
    ("system_row", _i4),  # of fluid_system
    ("is_watched", _b1),  # a machine sleeps until it changes; kernels/awake
    ("is_off", _b1),  # of a machine whose recipe does not use it: takes nothing
    ("amount", _f8),
    ("temperature", _f8),  # degrees Celsius
    ("capacity", _f8),  # units: base_area * height * 100
    ("pressure_empty", _f8),  # base_level * 100
    ("pressure_per_unit", _f8),  # 1 / base_area
    ("minimum_temperature", _f8),
)

FLUID_PORT: Final = _table(
    # where a fluid box opens; the prototype calls it a pipe connection
    ("entity", _i4),
    ("box", _i4),
    ("next", _i4),  # the box's next port
    ("index", _u1),  # place among the box's ports, from 1
    ("flow_direction", _u1),  # bits: 1 lets in, 2 lets out
    ("side", _u1),  # direction it opens to while the entity faces north
    (
        "maximum_distance",
        _u1,
    ),  # underground: tiles to the other end; 0: not underground
    ("partner", _i4),  # port at the other end; 0: open
    ("is_pumped", _b1),  # a pump moves fluid through it, nothing flows by itself
    # centre of the tile outside, 1/256 tile from the entity's, for each quarter turn
    ("outside_x", _i4, (4,)),
    ("outside_y", _i4, (4,)),
    ("flow", _f8),  # out of the box, last tick before the last rebuild
)

FLUID_SYSTEM: Final = _table(
    # all boxes that are joined; rebuilt as a whole, so it has no free rows
    ("entity", _i4),  # 1
    ("first_connection", _i4),
    ("connection_count", _i4),
    ("is_awake", _b1),  # something may flow
)

FLUID_CONNECTION: Final = _table(
    # every pair of ports that face each other, in the order of the flow; rebuilt as a
    # whole, so it has no free rows
    ("entity", _i4),  # 1
    ("box_a", _i4),
    ("box_b", _i4),
    ("port_a", _i4),
    ("port_b", _i4),
    ("one_way", _b1),  # only from a to b
    ("flow", _f8),  # last tick, units from a to b
)

BOILER: Final = _table(
    ("entity", _i4),
    ("water_box", _i4),
    ("steam_box", _i4),
    ("energy_per_tick", _f8),  # joules
    ("target_temperature", _f8),  # degrees Celsius
    ("heat_buffer", _i4),  # of heat exchangers; 0: burns fuel
    ("pollution_per_joule", _f8),  # of heat
)

HEAT_BUFFER: Final = _table(
    ("entity", _i4),
    ("connection_count", _u1),
    # buffers at the other end of its connections, in the order of the prototype's
    # connections; one may be there several times
    ("connected", _i4, (MAXIMUM_HEAT_CONNECTIONS,)),
    ("temperature", _f8),  # degrees Celsius
    ("maximum_temperature", _f8),
    ("minimum_working_temperature", _f8),  # heat is used only above it
    ("minimum_gradient", _f8),  # degrees between neighbours that do not flow
    ("specific_heat_joules", _f8),  # per degree
    ("maximum_transfer_joules", _f8),  # per tick and connection
)

HEAT_PIPE: Final = _table(
    ("entity", _i4),
    ("heat_buffer", _i4),
)

REACTOR: Final = _table(
    ("entity", _i4),
    ("heat_buffer", _i4),
    ("neighbour_count", _u1),
    ("neighbours", _i4, (MAXIMUM_REACTOR_NEIGHBOURS,)),  # reactors, aligned with it
    ("energy_per_tick", _f8),  # joules of fuel
    ("bonus_per_neighbour", _f8),  # of its heat, for each that burns beside it
    ("burnt_joules", _f8),  # last tick
)

GENERATOR: Final = _table(
    ("entity", _i4),
    ("box", _i4),
    ("fluid_per_tick", _f8),
    ("maximum_temperature", _f8),  # degrees Celsius
    ("effectivity", _f8),
    ("generated_joules", _f8),  # last tick
)

ACCUMULATOR: Final = _table(
    ("entity", _i4),
    ("pool", _i4),  # 0: not connected, or on several networks
)

OFFSHORE_PUMP: Final = _table(
    ("entity", _i4),
    ("box", _i4),
    ("fluid", _u2),
    ("fluid_per_tick", _f8),
)

PUMP: Final = _table(
    ("entity", _i4),
    ("box", _i4),
    ("input_port", _i4),
    ("output_port", _i4),
    ("fluid_per_tick", _f8),
    ("energy_per_tick", _f8),  # joules
)

FLUID_TURRET: Final = _table(
    ("entity", _i4),
    ("box", _i4),
    ("fluids", _u2, (MAXIMUM_TURRET_FLUIDS,)),  # that it shoots with; 0: no more
    ("buffer_fluid", _u2),  # 0: empty
    ("buffer_amount", _f8),
    ("buffer_capacity", _f8),
    ("ready_amount", _f8),  # from which it is ready to shoot
    ("input_per_tick", _f8),  # out of the box into the buffer
)

GATE: Final = _table(
    ("entity", _i4),
    ("phase", _u1),  # GATE_*
    ("opened_ticks", _i4),  # of its way, counted from where it is closed
    ("opening_ticks", _i4),  # that the whole way takes
    ("timeout_ticks", _i4),  # that it stays open when nobody is near
    ("wanted_until", _i8),  # last tick in which it shall be open
    ("activation_distance", _i4),  # 1/256 tile
)

CHARACTER: Final = _table(
    ("entity", _i4),
    ("agent", _i4),  # from 1; 0: nobody's
    ("main_inventory", _i4),
    ("is_walking", _b1),
    ("walking_direction", _u1),  # 0..7
    ("is_mining", _b1),
    ("is_mining_done", _b1),  # the target is to be taken out of the world now
    ("mining_target", _i4),  # entity; 0: none
    ("mining_serial", _u4),  # entity.serial of the target
    ("mining_reach", _i4),  # how far off the target may be, 1/256 tile
    ("mining_progress", _f8),  # of the target's mining time, seconds
    ("mined_count", _u4),  # items mined by hand since the world began
    ("first_order", _i4),  # crafting queue
    ("last_order", _i4),
    ("crafting_progress", _f8),  # of the first order's craft, seconds
    ("running_speed", _f8),  # tiles per tick
    ("mining_speed", _f8),  # seconds of mining time per second
    ("running_speed_modifier", _f8),  # 0.5: half as fast again; LuaControl
    ("mining_speed_modifier", _f8),
    ("crafting_speed_modifier", _f8),
    # by which a script lengthens this character's reach, tiles; LuaControl
    ("build_distance_bonus", _u2),
    ("reach_distance_bonus", _u2),
    ("resource_reach_distance_bonus", _u2),
    ("item_drop_distance_bonus", _u2),
    ("item_pickup_distance_bonus", _u2),
    ("loot_pickup_distance_bonus", _u2),
    ("inventory_slots_bonus", _u2),
    ("is_picking", _b1),  # takes up what lies around it
    ("repair_target", _i4),  # entity; 0: mends nothing
    ("repair_serial", _u4),  # entity.serial of it
    ("health_bonus", _f8),  # health points beyond the prototype's
    ("hurt_tick", _i8),  # when it was hurt last
    ("combat_ticks", _i8),  # after that, in which it does not heal
    ("healing_per_tick", _f8),  # health points
)

CRAFTING_ORDER: Final = _table(
    ("entity", _i4),  # the character's
    ("next", _i4),  # order behind it in the queue
    ("recipe", _u2),
    ("count", _i4),  # crafts left
    ("parent", _i4),  # order that it works for; 0: the character wants it
    ("owed_item", _u2),  # what the parent waits for
    ("owed_count", _i4),  # how much of it is still to be made
)

CHARACTER_CORPSE: Final = _table(
    ("entity", _i4),
    ("death_tick", _i8),
    ("expiry_tick", _i8),  # after which it is gone
)

GHOST: Final = _table(
    # an entity or a tile that is to be built; what it is to be set to
    ("entity", _i4),
    ("inner_entity", _u2),  # entity prototype; 0: it is a tile
    ("inner_tile", _u2),  # tile prototype; 0: it is an entity
    ("recipe", _u2),
    ("bar", _i2),  # slots that may be filled; -1: no bar
    ("filters", _u2, (MAXIMUM_FILTERS,)),
    ("hand_override", _u4),  # LuaEntity.inserter_stack_size_override; 0: none
    ("belt_end", _u1),  # of undergrounds: 0 entrance, 1 exit
    ("input_priority", _u1),  # splitters: 0 none, 1 left, 2 right
    ("output_priority", _u1),
    ("splitter_filter", _u2),
    ("auto_launch", _b1),
    # modules that are wanted in it, 0 behind the last
    ("requested_items", _u2, (MAXIMUM_REQUESTS,)),
    ("requested_counts", _u2, (MAXIMUM_REQUESTS,)),
)

ITEM_ON_GROUND: Final = _table(
    ("entity", _i4),
    ("item", _u2),
    ("count", _i4),
)

FLOW: Final = _table(
    ("produced", _f8),  # LuaFlowStatistics.input_counts
    ("consumed", _f8),  # LuaFlowStatistics.output_counts
    ("hand_crafted", _f8),
    ("hand_mined", _f8),
    ("sampled_produced", _f8),  # the part of ``produced`` that samples know of
    ("sampled_consumed", _f8),
    ("series", _i4, (FLOW_PRECISIONS,)),  # rows in flow_series by precision; 0: none
)

FLOW_TOUCHED: Final = _table(
    # bitmaps by precision, of items or fluids with something new to sample: bit n of
    # word m stands for 64 * m + n; systems/flow_statistics
    ("subjects", _u8),
)

FLOW_SERIES: Final = _table(
    # what flowed of one item or fluid, by the samples of one precision
    ("entity", _i4),  # 1
    ("last", _i8),  # number of the newest sample; all after it are zero
    # a ring: sample n stands at n % FLOW_SAMPLES. float32 holds whole numbers up to
    # 16 million exactly
    ("produced", _f4, (FLOW_SAMPLES,)),
    ("consumed", _f4, (FLOW_SAMPLES,)),
)

FORCE: Final = _table(
    # members of LuaForce, with the values of its modifiers
    ("rockets_launched", _u4),
    ("inserter_stack_size_bonus", _i4),
    ("stack_inserter_capacity_bonus", _i4),
    ("character_inventory_slots_bonus", _i4),
    ("laboratory_speed_modifier", _f8),  # 0.5: half as fast again
    ("laboratory_productivity_bonus", _f8),
    ("mining_drill_productivity_bonus", _f8),  # 0.1: every tenth item twice
    ("manual_mining_speed_modifier", _f8),
    ("manual_crafting_speed_modifier", _f8),
    # of its characters; distances are tiles
    ("character_running_speed_modifier", _f8),
    ("character_health_bonus", _f8),
    ("character_build_distance_bonus", _u2),
    ("character_reach_distance_bonus", _u2),
    ("character_resource_reach_distance_bonus", _u2),
    ("character_item_drop_distance_bonus", _u2),
    ("character_item_pickup_distance_bonus", _u2),
    ("character_loot_pickup_distance_bonus", _u2),
    ("spawn_x", _i4),  # 1/256 tile; LuaForce.get_spawn_position
    ("spawn_y", _i4),
    # nothing here is changed by these, scripts only read and write them
    ("worker_robots_speed_modifier", _f8),
    ("worker_robots_storage_bonus", _f8),
    ("worker_robots_battery_modifier", _f8),
    ("following_robots_lifetime_modifier", _f8),
    ("maximum_following_robot_count", _f8),
    ("train_braking_force_bonus", _f8),
    ("artillery_range_modifier", _f8),
    ("ghost_time_to_live", _f8),  # ticks
    ("character_trash_slot_count", _f8),
    ("character_logistic_requests", _b1),
    # research, of the player force only
    ("research_enabled", _b1),
    ("research_queue_enabled", _b1),
    ("is_research_done", _b1),  # of the current one: Python is to give what it brings
    ("previous_research", _u2),  # technology
    # technologies, the current one first; 0 behind the last
    ("research_queue", _u2, (MAXIMUM_QUEUED_RESEARCH,)),
    ("research_unit_count", _f8),  # of the current one at its level
)

FORCE_RECIPE: Final = _table(("enabled", _b1))

ITEM_LAUNCHED: Final = _table(("count", _i8))  # LuaForce.items_launched

FORCE_TECHNOLOGY: Final = _table(
    ("researched", _b1),  # up to its last level
    ("enabled", _b1),
    ("visible_when_disabled", _b1),
    ("level", _u2),  # that is researched next; 0: the prototype's
    ("progress", _f8),  # 0..1 of its units, kept when research changes
)

MAP_GENERATOR: Final = _table(
    # one row for a map that is generated, none for one that was drawn by hand
    ("elevation", _i4),  # 1 + place in mapgen.settings.ELEVATIONS
    ("seed", _u8),
    ("width", _i4),  # tiles; 0 for the largest
    ("height", _i4),
    ("starting_area", _f8),
    ("water", _f8),
    ("terrain_segmentation", _f8),
    ("cliff_elevation_0", _f8),
    ("cliff_elevation_interval", _f8),
    ("cliff_richness", _f8),  # 0: no cliffs
)

MAP_CONTROL: Final = _table(
    ("control", _i4),  # 1 + place in mapgen.settings.CONTROL_NAMES
    ("frequency", _f8),
    ("size", _f8),
    ("richness", _f8),
)

CHUNK_REQUEST: Final = _table(
    ("side", _i4),  # chunks of the square that is to be generated
    ("chunk_x", _i4),  # its left column
    ("chunk_y", _i4),  # its top row
)

TABLES: Final[Mapping[str, np.dtype[np.void]]] = MappingProxyType(
    {
        "clock": CLOCK,
        "entity": ENTITY,
        "cell_link": CELL_LINK,
        "inventory": INVENTORY,
        "slot": SLOT,
        "free_slots": FREE_RUN,
        "worn_stack": WORN_STACK,
        "burner": BURNER,
        "electric": ELECTRIC,
        "electric_network": ELECTRIC_NETWORK,
        "electric_group": ELECTRIC_GROUP,
        "electric_shared": ELECTRIC_SHARED,
        "electric_flow": ELECTRIC_FLOW,
        "electric_note": ELECTRIC_NOTE,
        "accumulator_pool": ACCUMULATOR_POOL,
        "pole": POLE,
        "resource": RESOURCE,
        "mining_drill": MINING_DRILL,
        "crafting_machine": CRAFTING_MACHINE,
        "rocket_silo": ROCKET_SILO,
        "lab": LAB,
        "effect_receiver": EFFECT_RECEIVER,
        "beacon": BEACON,
        "radar": RADAR,
        "chunk_chart": CHUNK_CHART,
        "chunk_pollution": CHUNK_POLLUTION,
        "inserter": INSERTER,
        "belt": BELT,
        "transport_line": TRANSPORT_LINE,
        "line_item": LINE_ITEM,
        "free_line_items": FREE_RUN,
        "line_chain": LINE_CHAIN,
        "line_place": LINE_PLACE,
        "fluidbox": FLUIDBOX,
        "fluid_port": FLUID_PORT,
        "fluid_system": FLUID_SYSTEM,
        "fluid_connection": FLUID_CONNECTION,
        "boiler": BOILER,
        "heat_buffer": HEAT_BUFFER,
        "heat_pipe": HEAT_PIPE,
        "reactor": REACTOR,
        "generator": GENERATOR,
        "accumulator": ACCUMULATOR,
        "offshore_pump": OFFSHORE_PUMP,
        "pump": PUMP,
        "fluid_turret": FLUID_TURRET,
        "gate": GATE,
        "character": CHARACTER,
        "character_corpse": CHARACTER_CORPSE,
        "crafting_order": CRAFTING_ORDER,
        "item_on_ground": ITEM_ON_GROUND,
        "ghost": GHOST,
        "inserter_awake": AWAKE,
        "crafting_machine_awake": AWAKE,
        "lab_awake": AWAKE,
        "mining_drill_awake": AWAKE,
        "electric_awake": AWAKE,
        "gate_awake": AWAKE,
        "transport_line_awake": LINE_AWAKE,
        "item_flow": FLOW,  # row = item
        "fluid_flow": FLOW,  # row = fluid
        "pollution_flow": FLOW,  # row = entity prototype
        "item_flow_touched": FLOW_TOUCHED,
        "fluid_flow_touched": FLOW_TOUCHED,
        "pollution_flow_touched": FLOW_TOUCHED,
        "flow_series": FLOW_SERIES,
        "force": FORCE,  # row = LuaForce.index
        "item_launched": ITEM_LAUNCHED,  # row = item, by the player force
        "force_recipe": FORCE_RECIPE,  # row = recipe, of the player force
        "force_technology": FORCE_TECHNOLOGY,  # row = technology, player force
        "map_generator": MAP_GENERATOR,
        "map_control": MAP_CONTROL,
        "chunk_request": CHUNK_REQUEST,
    }
)

AWAKE_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "inserter": "inserter_awake",
        "crafting_machine": "crafting_machine_awake",
        "lab": "lab_awake",
        "mining_drill": "mining_drill_awake",
        "electric": "electric_awake",
        "transport_line": "transport_line_awake",
        "gate": "gate_awake",
    }
)
"""Tables whose rows sleep, and where it says which of them are awake; of transport
lines by their places."""

CHUNK_TABLES: Final = ("chunk_chart", "chunk_pollution")
"""Tables with a row for each chunk, the one behind the chunk's number."""

TABLE_NAMES: Final = tuple(TABLES)
TABLE_INDEX: Final = {name: index for index, name in enumerate(TABLE_NAMES)}
"""Place of a table in ``count`` and ``free_head``."""

# --- how the rows of tables are kept; those of all others come and go one by one, and
# free ones are chained through their first field

FIXED_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "item_flow": "item_prototype",
        "fluid_flow": "fluid_prototype",
        "item_launched": "item_prototype",
        "pollution_flow": "entity_prototype",
        "force_recipe": "recipe_prototype",
        "force_technology": "technology_prototype",
    }
)
"""Tables with a row for each prototype, and of which prototypes."""

FLOW_TOUCHED_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "item_flow_touched": "item_prototype",
        "fluid_flow_touched": "fluid_prototype",
        "pollution_flow_touched": "entity_prototype",
    }
)
"""Bitmaps of items, fluids or polluters, one after the other for each precision."""

FREE_RUNS: Final[Mapping[str, str]] = MappingProxyType(
    {"slot": "free_slots", "line_item": "free_line_items"}
)
"""Tables whose rows are handed out as runs, and which table names the free runs."""

REBUILT_TABLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "line_chain": "transport_line",
        "line_place": "transport_line",
        "fluid_connection": "fluid_port",
        "fluid_system": "fluidbox",
        "electric_network": "pole",
        "electric_group": "electric",
        "electric_shared": "electric",
        "accumulator_pool": "accumulator",
    }
)
"""Tables that kernels write anew, which cannot grow them, and the tables of which they
have at most a row for each row."""

LAYERS: Final[Mapping[str, np.dtype[np.generic]]] = MappingProxyType(
    {
        # chunk-wise layers, shape [chunks, 32 (y), 32 (x)]
        "tile": np.dtype(_u1),  # tile prototype
        "hidden_tile": np.dtype(_u1),  # what comes back when it is mined; 0: nothing
        "cell": np.dtype(_i4),  # head of the list of cell links
        "ore": np.dtype(_i4),  # entity of the resource whose centre is on this tile
    }
)

# --- numbers of the prototypes that kernels need; the same for every world

ITEM_PROTOTYPE: Final = _table(
    ("stack_size", _i4),
    ("fuel_category", _u1),  # 0: not a fuel
    ("burnt_result", _u2),
    ("place_result", _u2),  # entity prototype
    ("smelting_recipe", _u2),  # recipe of furnaces that starts from this item
    ("science_pack", _u1),  # which one, from 1; 0: no laboratory takes it
    ("launch_product", _u2),  # item that a rocket brings for it; 0: nothing
    ("launch_amount", _i4),  # of that item
    ("ammo_category", _u1),  # 0: not ammunition
    ("fuel_value_joules", _f8),
    ("durability", _f8),  # of tools, else 0
)

RECIPE_PROTOTYPE: Final = _table(
    ("category", _u1),
    ("ingredient_count", _u1),
    ("product_count", _u1),
    ("enabled", _b1),  # at the start, before research
    ("first_ingredient", _i4),  # rows of recipe_part
    ("first_product", _i4),
    ("overload_multiplier", _i4),  # 0: by the rule
    ("limited_modules", _u4),  # bits by number, of those that the recipe lets in
    ("energy_required_seconds", _f8),
)

RECIPE_PART: Final = _table(
    ("is_fluid", _b1),
    ("id", _u2),  # item or fluid
    ("fluidbox_index", _u1),  # 0: any
    ("amount", _f8),  # mean amount of products with a range
    ("amount_min", _f8),
    ("amount_max", _f8),
    ("probability", _f8),
    ("catalyst_amount", _f8),
    ("temperature", _f8),  # degrees Celsius; 0: the fluid's default
)

ENTITY_PROTOTYPE: Final = _table(
    ("kind", _u1),
    ("tile_width", _u1),  # facing north
    ("tile_height", _u1),
    ("is_resource", _b1),
    ("allowed_effects", _u1),  # bits by place in EFFECTS
    ("collision_mask", _u4),  # bits of COLLISION_LAYERS
    ("left", _i4),  # collision box facing north, 1/256 tile from the centre
    ("top", _i4),
    ("right", _i4),
    ("bottom", _i4),
    ("mining_time", _f8),  # seconds at speed 1; 0: cannot be mined
    ("mined_item", _u2),  # of resources: the item that a drill gives
    ("mined_fluid", _u2),
    ("max_health", _f4),
    # of turrets with an inventory
    ("ammo_category", _u1),  # what they shoot with
    ("automated_ammo_count", _i4),  # at which inserters stop
    ("ammo_stack_limit", _i4),  # that a slot holds; 0: a stack
    # of resources
    ("mined_amount", _f8),  # units of that fluid for a mining at the normal amount
    ("normal_amount", _f8),  # of infinite ones: at which the yield is 100 %
    ("required_fluid_amount", _f8),  # units, kernels/fluid_mining
)

MODULE_EFFECT: Final = _table(
    # of items that are modules; of others all is 0
    ("effects", _u1),  # bits by place in EFFECTS: which it has
    ("limitation", _u1),  # its number among those that only some recipes let in, from 1
    ("bonus", _i4, (len(EFFECTS),)),  # 1/EFFECT_UNIT
)

TILE_PROTOTYPE: Final = _table(
    ("collision_mask", _u4),
    ("walking_speed_modifier", _f8),
)

FLUID_PROTOTYPE: Final = _table(
    ("default_temperature", _f8),  # degrees Celsius
    ("maximum_temperature", _f8),
    ("heat_capacity_joules", _f8),  # per unit and degree
)

TECHNOLOGY_PROTOTYPE: Final = _table(
    ("enabled", _b1),
    ("visible_when_disabled", _b1),
    ("ingredient_count", _u1),
    # by science pack: how much durability a unit takes
    ("pack_amounts", _u2, (MAXIMUM_SCIENCE_PACKS,)),
    ("unit_count", _f8),  # 0: by the technology's formula
    ("unit_time_seconds", _f8),
)

CLIFF_ORIENTATION: Final = _table(
    # row n: the n-th orientation, from 1; 1/256 tile from the cliff's position
    ("left", _i4),  # upright box around the collision box
    ("top", _i4),
    ("right", _i4),
    ("bottom", _i4),
    ("is_slanted", _b1),
    ("sum_low", _i4),  # a slanted box lies between these sums x + y
    ("sum_high", _i4),
    ("difference_low", _i4),  # and these differences x - y
    ("difference_high", _i4),
)

PROTOTYPE_TABLES: Final[Mapping[str, np.dtype[np.void]]] = MappingProxyType(
    {
        "item_prototype": ITEM_PROTOTYPE,
        "module_effect": MODULE_EFFECT,  # row = item
        "recipe_prototype": RECIPE_PROTOTYPE,
        "recipe_part": RECIPE_PART,
        "entity_prototype": ENTITY_PROTOTYPE,
        "tile_prototype": TILE_PROTOTYPE,
        "fluid_prototype": FLUID_PROTOTYPE,
        "technology_prototype": TECHNOLOGY_PROTOTYPE,
        "cliff_orientation": CLIFF_ORIENTATION,
    }
)
