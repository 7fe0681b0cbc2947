"""The order of a tick, and the only place that says so.

`SYSTEMS` lists every system. `refresh` brings up to date what follows from where things
stand (targets of inserters, belt lines, networks); it runs after builds. `advance` is
the tick itself, compiled as one function that takes all tables once for many ticks.
"""

from typing import Final

from fle_marl.sim._jit import Tables, entry_point
from fle_marl.sim.components import KINDS
from fle_marl.sim.system import System
from fle_marl.sim.systems import (
    boiler,
    character,
    crafting_machine,
    electric_network,
    electric_pole,
    fluid_network,
    generator,
    inserter,
    item_on_ground,
    mining_drill,
    offshore_pump,
    pipe,
    resource,
    simple,
    solar_panel,
    transport_belt,
)

__all__ = ["SYSTEMS", "advance", "refresh", "system_of_kind"]

SYSTEMS: Final[tuple[System, ...]] = (
    simple.SYSTEM,
    resource.SYSTEM,
    item_on_ground.SYSTEM,
    pipe.SYSTEM,
    electric_pole.SYSTEM,
    solar_panel.SYSTEM,
    offshore_pump.SYSTEM,
    boiler.SYSTEM,
    fluid_network.SYSTEM,
    generator.SYSTEM,
    electric_network.SYSTEM,
    transport_belt.SYSTEM,
    inserter.SYSTEM,
    crafting_machine.SYSTEM,
    mining_drill.SYSTEM,
    character.SYSTEM,
)

_BY_KIND: Final = {kind: system for system in SYSTEMS for kind in system.kinds}


def system_of_kind(kind: int) -> System | None:
    """The system that looks after a kind of entity; None when nothing needs to."""
    return _BY_KIND.get(KINDS[kind])


@entry_point
def refresh(state: Tables) -> None:
    """Bring up to date what builds and removals since the last call have changed.

    Args:
        state: ``World.state``.
    """
    clock = state.clock
    if clock[0].belts_dirty:
        transport_belt.rebuild_belts(
            state.entity,
            state.entity_prototype,
            state.belt,
            state.transport_line,
            state.line_item,
            state.line_chain,
            state.cell_link,
            state.chunk_index,
            state.cell,
            state.count,
        )
        clock[0].belts_dirty = False
    if clock[0].targets_dirty:
        inserter.refresh_inserter_targets(
            state.inserter,
            state.count,
            state.entity,
            state.entity_prototype,
            state.cell_link,
            state.chunk_index,
            state.cell,
        )
        mining_drill.refresh_drill_targets(
            state.mining_drill,
            state.count,
            state.entity,
            state.entity_prototype,
            state.cell_link,
            state.chunk_index,
            state.cell,
        )
        clock[0].targets_dirty = False
    if clock[0].electric_dirty:
        electric_network.rebuild_networks(
            state.entity,
            state.pole,
            state.electric,
            state.electric_network,
            state.cell_link,
            state.chunk_index,
            state.cell,
            state.count,
            state.free_head,
            clock,
        )
        clock[0].electric_dirty = False
    if clock[0].fluids_dirty:
        fluid_network.rebuild_connections(
            state.entity,
            state.fluidbox,
            state.fluid_port,
            state.fluid_connection,
            state.cell_link,
            state.chunk_index,
            state.cell,
            state.count,
        )
        clock[0].fluids_dirty = False


@entry_point
def advance(state: Tables, ticks: int) -> int:
    """Let ticks pass, unless something comes up that Python must see to.

    That is so when a character has mined an entity that goes out of the world
    (``character.is_mining_done``); `engine.advance` does it and goes on.

    Args:
        state: ``World.state``.
        ticks: how many, 0 or more.

    Returns:
        How many ticks have passed.
    """
    # taken out of the state once: each access counts references
    clock = state.clock
    count = state.count
    free_head = state.free_head
    entity = state.entity
    entity_prototype = state.entity_prototype
    tile_prototype = state.tile_prototype
    item_prototype = state.item_prototype
    recipe_prototype = state.recipe_prototype
    recipe_part = state.recipe_part
    cell_link = state.cell_link
    chunk_index = state.chunk_index
    cell = state.cell
    tile = state.tile
    inventory = state.inventory
    slot = state.slot
    resources = state.resource
    ore = state.ore
    burner = state.burner
    electric = state.electric
    inserters = state.inserter
    machines = state.crafting_machine
    drills = state.mining_drill
    items_on_ground = state.item_on_ground
    force_recipe = state.force_recipe
    belt = state.belt
    transport_line = state.transport_line
    line_item = state.line_item
    line_chain = state.line_chain
    characters = state.character
    crafting_order = state.crafting_order
    item_flow = state.item_flow
    fluid_flow = state.fluid_flow
    fluid_prototype = state.fluid_prototype
    fluidbox = state.fluidbox
    fluid_connection = state.fluid_connection
    pumps = state.offshore_pump
    boilers = state.boiler
    generators = state.generator
    solar_panels = state.solar_panel
    networks = state.electric_network
    for done in range(ticks):
        clock[0].tick += 1
        # Energy comes first, so that machines can use in a tick what was made in it.
        # Water and steam flow before generators look at what they have; generators
        # offer, the network decides, and only then they burn what it took.
        solar_panel.update_day(clock)
        solar_panel.update_solar_panels(clock, entity, electric, solar_panels, count)
        offshore_pump.update_offshore_pumps(
            entity, fluidbox, pumps, fluid_prototype, fluid_flow, count
        )
        boiler.update_boilers(
            entity,
            burner,
            electric,
            inventory,
            slot,
            fluidbox,
            boilers,
            item_prototype,
            fluid_prototype,
            item_flow,
            fluid_flow,
            count,
        )
        fluid_network.update_flows(fluidbox, fluid_connection, count)
        generator.offer_of_generators(
            entity, electric, fluidbox, generators, fluid_prototype, count
        )
        electric_network.update_networks(electric, networks, count)
        generator.burn_in_generators(
            entity, electric, fluidbox, generators, fluid_prototype, fluid_flow, count
        )
        # Belts move before anyone takes from them or drops onto them. Source: measured.
        transport_belt.update_belts(belt, transport_line, line_item, line_chain, count)
        # A furnace starts in the tick in which an inserter brings it ore, and in the
        # next when a drill does. Source: measured in the game.
        inserter.update_inserters(
            clock,
            inserters,
            count,
            free_head,
            entity,
            inventory,
            slot,
            burner,
            electric,
            machines,
            belt,
            transport_line,
            line_item,
            items_on_ground,
            item_flow,
            force_recipe,
            item_prototype,
            recipe_prototype,
            recipe_part,
            entity_prototype,
            tile_prototype,
            cell_link,
            chunk_index,
            cell,
            tile,
        )
        crafting_machine.update_crafting_machines(
            clock,
            machines,
            count,
            entity,
            inventory,
            slot,
            burner,
            electric,
            item_flow,
            item_prototype,
            recipe_prototype,
            recipe_part,
        )
        mining_drill.update_mining_drills(
            clock,
            drills,
            count,
            free_head,
            entity,
            inventory,
            slot,
            burner,
            electric,
            resources,
            machines,
            belt,
            transport_line,
            line_item,
            items_on_ground,
            item_flow,
            force_recipe,
            item_prototype,
            recipe_prototype,
            recipe_part,
            entity_prototype,
            tile_prototype,
            cell_link,
            chunk_index,
            cell,
            tile,
            ore,
        )
        # last, so that what they mine out of the world is gone before any machine acts
        is_removal_due = character.update_characters(
            characters,
            crafting_order,
            count,
            free_head,
            entity,
            entity_prototype,
            tile_prototype,
            item_prototype,
            recipe_prototype,
            recipe_part,
            cell_link,
            chunk_index,
            cell,
            tile,
            belt,
            resources,
            inventory,
            slot,
            item_flow,
        )
        if is_removal_due:
            return done + 1
    return ticks
