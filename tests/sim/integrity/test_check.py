"""Worlds with numbers that cannot be are refused, and say which ones."""

import numpy as np
import pytest

from fle_marl.errors import SaveError
from fle_marl.prototypes import load
from fle_marl.sim.components import CHUNK_TABLES, LAYERS, TABLE_INDEX
from fle_marl.sim.integrity import check_arrays

MANY = 1 << 30


def busy_row(arrays, table: str, field: str) -> int:
    """A row in use; if there is one, one in which the field is not zero."""
    array = arrays[table]
    used = array[array.dtype.names[0]] > 0
    used[0] = False
    filled = array[field].reshape(len(array), -1).any(axis=1)
    return int((used & filled).argmax() or used.argmax())


@pytest.fixture
def arrays(factory):
    return factory.snapshot().arrays


def refusal(arrays) -> SaveError:
    with pytest.raises(SaveError) as caught:
        check_arrays(arrays)
    assert caught.value.code == "inconsistent-save"
    return caught.value


def test_a_world_at_work_is_sound(arrays):
    check_arrays(arrays)


def test_an_empty_world_is_sound(flat_world):
    check_arrays(flat_world().snapshot().arrays)


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        # rows of other tables
        ("entity", "component", MANY),
        ("entity", "component", -1),
        ("entity", "burner", 1 << 20),
        ("entity", "electric", -(1 << 31)),
        ("entity", "first_inventory", MANY),
        ("entity", "first_fluidbox", -3),
        ("entity", "first_link", MANY),
        ("inventory", "entity", MANY),
        ("burner", "fuel_inventory", 0),
        ("burner", "fuel_inventory", 30),
        ("electric", "network", 2),
        ("pole", "component", 60),
        ("mining_drill", "drop_target", MANY),
        ("mining_drill", "current_resource", MANY),
        ("crafting_machine", "source_inventory", 0),
        ("inserter", "pickup_target", -1),
        ("inserter", "drop_target", MANY),
        ("belt", "other_end", MANY),
        ("transport_line", "next_line", MANY),
        ("transport_line", "chain_front", 0),
        ("transport_line", "place", 0),
        ("line_chain", "front", MANY),
        ("line_chain", "last_place", MANY),
        ("line_place", "line", MANY),
        ("fluidbox", "first_port", MANY),
        ("fluidbox", "next_in_order", -1),
        ("fluid_port", "box", 0),
        ("fluid_connection", "box_a", 0),
        ("boiler", "water_box", MANY),
        ("generator", "box", 1),
        ("character", "main_inventory", 1),
        ("character", "first_order", MANY),
        ("crafting_order", "parent", MANY),
        # prototypes
        ("entity", "prototype", 5000),
        ("crafting_machine", "recipe", 60_000),
        ("mining_drill", "output_item", 60_000),
        ("fluidbox", "fluid", 11),
        ("offshore_pump", "fluid", 999),
        ("item_on_ground", "item", 0),
        ("crafting_order", "recipe", 0),
        # kinds, roles and other names by number
        ("entity", "kind", 200),
        ("entity", "kind", 3),
        ("entity", "direction", 8),
        ("entity", "force", 0),
        ("entity", "status", 255),
        ("inventory", "role", 100),
        ("electric", "usage", 8),
        ("burner", "fuel_categories", 1 << 31),
        ("mining_drill", "categories", 4),
        ("inserter", "phase", 3),
        ("inserter", "filter_count", 6),
        ("belt", "kind", 4),
        ("belt", "shape", 3),
        ("belt", "output_priority", 3),
        ("line_chain", "splitter_lane", 3),
        ("line_chain", "target", MANY),
        ("fluidbox", "production_type", 4),
        ("fluid_port", "flow_direction", 4),
        ("character", "walking_direction", 8),
        ("resource", "category", 31),
        # numbers and measures
        ("inventory", "bar", 999),
        ("pole", "wire_count", 6),
        ("pole", "supply_distance", MANY),
        ("mining_drill", "area_right", 1 << 20),
        ("belt", "line_count", 9),
        ("belt", "speed", -1),
        ("transport_line", "speed", 3000),
        ("transport_line", "length", MANY),
        ("transport_line", "count", 1000),
        ("character", "running_speed", 1e6),
        ("crafting_order", "count", 0),
        # numbers with a fraction
        ("burner", "buffer_joules", np.nan),
        ("burner", "buffer_joules", -1.0),
        ("fluidbox", "amount", np.inf),
        ("electric", "flow_joules", np.nan),
        ("inserter", "orientation", -np.inf),
        ("entity", "health", np.nan),
    ],
)
def test_a_number_that_cannot_be_is_refused(arrays, table, field, value):
    row = busy_row(arrays, table, field)
    arrays[table][field][row] = value
    details = refusal(arrays).details
    assert (details["table"], details["field"], details["row"]) == (table, field, row)
    if not np.isnan(value):
        assert details["value"] == value


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("transport_line", "belt", 0),
        ("inventory", "slot_count", -1),
        ("transport_line", "capacity", 0),
    ],
)
def test_a_number_that_does_not_fit_another_is_refused(arrays, table, field, value):
    """It may be the other that is named."""
    arrays[table][field][busy_row(arrays, table, field)] = value
    refusal(arrays)


@pytest.mark.parametrize("table", ["entity", "slot", "belt", "fluid_flow", "clock"])
def test_gaps_between_fields_are_empty(arrays, table):
    raw = arrays[table].view(np.uint8).reshape(len(arrays[table]), -1)
    dtype = arrays[table].dtype
    covered = np.zeros(dtype.itemsize, bool)
    for part, offset, *_ in dtype.fields.values():
        covered[offset : offset + part.itemsize] = True
    if covered.all():
        check_arrays(arrays)
        return
    raw[-1, (~covered).argmax()] = 1
    assert refusal(arrays).details["table"] == table


def test_a_flag_is_yes_or_no(arrays):
    arrays["entity"]["active"].view(np.uint8)[2] = 77
    assert refusal(arrays).details["field"] == "active"


def test_clock(arrays):
    arrays["clock"]["daytime"] = 2.0
    assert refusal(arrays).details["field"] == "daytime"


@pytest.mark.parametrize(
    ("field", "value"), [("item", 4000), ("filter", 237), ("count", -1)]
)
def test_slots(arrays, field, value):
    arrays["slot"][field][7] = value
    assert refusal(arrays).details["field"] == field


# --- what is not in use


def free_row(arrays, table: str) -> int:
    head: int = arrays["free_head"][TABLE_INDEX[table]]
    assert head > 0
    return int(head)


def test_row_0_is_empty(arrays):
    arrays["transport_line"]["count"][0] = 1
    details = refusal(arrays).details
    assert (details["table"], details["field"]) == ("transport_line", "count")


def test_free_rows_are_empty(arrays):
    arrays["entity"]["first_link"][free_row(arrays, "entity")] = 4
    assert refusal(arrays).details["field"] == "first_link"


@pytest.mark.parametrize("link", [-MANY, -1, "itself", 0])
def test_free_lists_hold_the_free_rows(arrays, link):
    row = free_row(arrays, "cell_link")
    arrays["cell_link"]["entity"][row] = -row if link == "itself" else link
    assert refusal(arrays).details["table"] in {"cell_link", "free_head"}


@pytest.mark.parametrize("head", [-1, 0, 1, MANY])
def test_heads_of_free_lists(arrays, head):
    arrays["free_head"][TABLE_INDEX["entity"]] = head
    assert refusal(arrays).details["table"] in {"entity", "free_head"}


def test_tables_without_free_rows_have_no_free_list(arrays):
    arrays["free_head"][TABLE_INDEX["slot"]] = 3
    assert refusal(arrays).details["table"] == "free_head"


# --- chains


@pytest.mark.parametrize(
    ("table", "field"),
    [("inventory", "next"), ("fluid_port", "next"), ("cell_link", "next_of_entity")],
)
def test_chains_do_not_run_in_circles(arrays, table, field):
    row = busy_row(arrays, table, field)
    arrays[table][field][arrays[table][field][row]] = row
    assert refusal(arrays).details["table"] == table


def test_rows_are_not_chained_to_another_owner(arrays):
    first = arrays["entity"]["first_inventory"]
    one, other = np.flatnonzero(first)[:2]
    first[[one, other]] = first[[other, one]]
    assert refusal(arrays).details["field"] == "first_inventory"


def test_every_row_is_in_a_chain(arrays):
    row = busy_row(arrays, "entity", "first_fluidbox")
    arrays["entity"]["first_fluidbox"][row] = 0
    assert refusal(arrays).details["table"] == "fluidbox"


def test_orders_do_not_work_for_each_other(arrays):
    orders = arrays["crafting_order"]
    row = busy_row(arrays, "crafting_order", "recipe")
    orders["parent"][row] = row
    assert refusal(arrays).details["field"] == "parent"


def test_the_last_order_is_the_last(arrays):
    row = busy_row(arrays, "character", "last_order")
    arrays["character"]["last_order"][row] = 0
    assert refusal(arrays).details["field"] == "last_order"


# --- runs


@pytest.mark.parametrize(
    ("table", "first"), [("inventory", "first_slot"), ("transport_line", "first_item")]
)
@pytest.mark.parametrize("value", [-1, 0, 1, MANY])
def test_runs_do_not_overlap(arrays, table, first, value):
    row = busy_row(arrays, table, first)
    row = row if arrays[table][first][row] != value else row + 1
    arrays[table][first][row] = value
    assert refusal(arrays).details["table"] in {table, f"free_{first[6:]}s"}


def test_runs_do_not_share_a_row(arrays):
    arrays["free_slots"]["length"][busy_row(arrays, "free_slots", "length")] += 1
    refusal(arrays)


# --- the map


def test_chunks_have_one_place(arrays):
    arrays["chunk_index"][0, 0] = 2
    assert refusal(arrays).details["table"] == "chunk_index"


@pytest.mark.parametrize("value", [-2, 16, MANY])
def test_the_map_points_at_chunks_that_are_there(arrays, value):
    arrays["chunk_index"][0, 0] = value
    assert refusal(arrays).details["table"] == "chunk_index"


@pytest.mark.parametrize("layer", LAYERS)
def test_layers(arrays, layer):
    arrays[layer][3, 2, 1] = 200 if LAYERS[layer].itemsize == 1 else MANY
    details = refusal(arrays).details
    assert (details["table"], details["row"]) == (layer, 3 * 1024 + 2 * 32 + 1)


def test_links_are_in_the_list_of_their_tile(arrays):
    cells = arrays["cell"].reshape(-1)
    here, there = np.flatnonzero(cells)[:2]
    cells[[here, there]] = cells[[there, here]]
    assert refusal(arrays).details["table"] == "cell"


def test_links_stay_in_their_list_when_their_tile_changes(arrays):
    arrays["cell_link"]["tile_x"][busy_row(arrays, "cell_link", "tile_x")] += 1
    assert refusal(arrays).details["table"] in {"cell", "cell_link"}


def test_ore_lies_where_the_map_says(arrays):
    ore = arrays["ore"].reshape(-1)
    here = np.flatnonzero(ore)[0]
    ore[here], ore[here + 5] = 0, ore[here]
    assert refusal(arrays).details["table"] == "ore"


def test_what_was_mined_is_not_mistaken_for_something_else(arrays):
    """A belt's row in the place of the ore's, with the belt's own serial."""
    row = busy_row(arrays, "mining_drill", "current_resource")
    belt = int(arrays["belt"]["entity"][1])
    arrays["mining_drill"]["current_resource"][row] = belt
    check_arrays(arrays)  # the serial is another's: it counts as gone
    arrays["mining_drill"]["resource_serial"][row] = arrays["entity"]["serial"][belt]
    assert refusal(arrays).details["field"] == "current_resource"


def test_serials_are_not_handed_out_again(arrays):
    arrays["clock"]["next_serial"] = 2
    assert refusal(arrays).details["field"] == "serial"


# --- belts


def line_with_items(arrays) -> int:
    return int((arrays["transport_line"]["count"] > 1).argmax())


def test_items_lie_behind_each_other(arrays):
    line = arrays["transport_line"][line_with_items(arrays)]
    arrays["line_item"]["distance"][line["first_item"]] = 3
    assert refusal(arrays).details["table"] == "transport_line"


def test_items_lie_on_their_line(arrays):
    row = line_with_items(arrays)
    arrays["transport_line"]["front"][row] = 400
    assert refusal(arrays).details["row"] == row


def test_the_span_of_a_line_is_that_of_its_items(arrays):
    row = line_with_items(arrays)
    arrays["transport_line"]["span"][row] += 1
    assert refusal(arrays).details["field"] == "span"


def test_lines_know_what_leads_onto_them(arrays):
    table = arrays["transport_line"]
    row = busy_row(arrays, "transport_line", "previous_line")
    table["previous_line"][row] = 0
    assert refusal(arrays).details["table"] == "transport_line"


def test_lines_of_a_chain_have_one_front(arrays):
    table = arrays["transport_line"]
    row = busy_row(arrays, "transport_line", "next_line")
    table["chain_front"][row] = row
    check_arrays(arrays)  # a ring may be cut anywhere, other lines lead to their front
    table["chain_front"][row] = arrays["line_chain"]["front"][-1]
    assert refusal(arrays).details["field"] == "chain_front"


def test_belt_pieces_do_not_share_lines(arrays):
    lines = arrays["belt"]["lines"]
    row = busy_row(arrays, "belt", "lines")
    lines[row, 1] = lines[row, 0]
    assert refusal(arrays).details["field"] == "lines"


def test_a_belt_is_no_splitter(arrays):
    row = busy_row(arrays, "belt", "lines")
    arrays["belt"]["kind"][row] = 3
    assert refusal(arrays).details["field"] == "kind"


# --- machines


def test_there_is_a_bit_for_each_row_that_sleeps(arrays):
    arrays["inserter_awake"] = np.append(
        arrays["inserter_awake"], arrays["inserter_awake"]
    )
    assert refusal(arrays).details["table"] == "inserter_awake"


def test_connections_of_fluid_systems_are_there(arrays):
    row = busy_row(arrays, "fluid_system", "connection_count")
    arrays["fluid_system"]["connection_count"][row] += 100
    assert refusal(arrays).details["table"] == "fluid_system"


def test_a_recipe_has_boxes_for_its_fluids(arrays):
    row = busy_row(arrays, "crafting_machine", "fluidboxes")
    arrays["crafting_machine"]["fluidboxes"][row, 0] = 0
    assert refusal(arrays).details["field"] == "recipe"


def test_a_recipe_fits_into_its_slots(arrays):
    row = busy_row(arrays, "crafting_machine", "recipe")
    circuit = load().recipes["electronic-circuit"]
    assert len(circuit.ingredients) == 2
    arrays["crafting_machine"]["recipe"][row] = circuit.id
    assert refusal(arrays).details["field"] == "recipe"


def test_characters_have_four_links(arrays):
    """Take one of them out of its tile's list and of the character's, and free it."""
    person = int(arrays["character"]["entity"][1])
    links, cells = arrays["cell_link"], arrays["cell"].reshape(-1)
    link = int(arrays["entity"]["first_link"][person])
    following = links["next_in_cell"][link]
    cells[cells == link] = following
    links["next_in_cell"][links["next_in_cell"] == link] = following
    arrays["entity"]["first_link"][person] = links["next_of_entity"][link]
    links[link] = np.zeros((), links.dtype)
    place = TABLE_INDEX["cell_link"]
    links["entity"][link] = -arrays["free_head"][place]
    arrays["free_head"][place] = link
    assert refusal(arrays).details["field"] == "first_link"


def test_a_laboratory_remembers_no_more_than_its_slots(arrays):
    row = busy_row(arrays, "lab", "input_inventory")
    # a chest's inventory in its place would have kernels write beyond the row
    store = int(arrays["lab"]["input_inventory"][row])
    arrays["inventory"]["slot_count"][store] = 8
    arrays["inventory"]["bar"][store] = 8
    assert refusal(arrays).code == "inconsistent-save"


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("entity", "effect_receiver", MANY),
        ("effect_receiver", "inventory", MANY),
        ("effect_receiver", "own", -(1 << 31)),
        ("effect_receiver", "lab", MANY),
        ("beacon", "inventory", 1),
        ("beacon", "area_right", 1 << 20),
        ("beacon", "area_top", -(1 << 20)),
        ("beacon", "distribution_effectivity", np.inf),
        ("chunk_pollution", "entity", 2),
    ],
)
def test_modules_and_beacons(arrays, table, field, value):
    row = busy_row(arrays, table, field)
    arrays[table][field][row] = value
    assert refusal(arrays).details["table"] in (table, "effect_receiver", "beacon")


def test_effects_go_to_one_machine(arrays):
    row = busy_row(arrays, "effect_receiver", "lab")
    arrays["effect_receiver"]["lab"][row] = 0
    assert refusal(arrays).details["table"] == "effect_receiver"


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ("fluid_turret", "box", 0),
        ("fluid_turret", "fluids", 999),
        ("gate", "phase", 4),
        ("gate", "opened_ticks", 16),
        ("gate", "wanted_until", -1),
        ("radar", "sector_distance", MANY),
        ("radar", "joules_per_sector", 0.0),
        ("chunk_chart", "is_charted", 2),
    ],
)
def test_defences_and_charts(arrays, table, field, value):
    row = busy_row(arrays, table, field)
    column = arrays[table][field]
    if column.dtype == bool:
        column = column.view(np.uint8)
    column[row] = value
    assert refusal(arrays).details["table"] == table


@pytest.mark.parametrize("table", CHUNK_TABLES)
def test_each_chunk_has_its_row(arrays, table):
    arrays[table] = arrays[table][:-1]
    arrays["count"][TABLE_INDEX[table]] -= 1
    assert refusal(arrays).code == "inconsistent-save"


def test_research_that_goes_on_has_units(arrays):
    arrays["force"]["research_unit_count"][1] = 0
    assert refusal(arrays).details["field"] == "research_unit_count"


def test_what_is_done_must_have_been_going_on(arrays):
    arrays["force"]["is_research_done"][2] = True
    assert refusal(arrays).details["field"] == "is_research_done"


def test_modifiers_are_not_beyond_all_measure(arrays):
    arrays["force"]["laboratory_speed_modifier"][1] = 1e308
    assert refusal(arrays).details["field"] == "laboratory_speed_modifier"
