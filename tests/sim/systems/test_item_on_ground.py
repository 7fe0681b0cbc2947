"""Items on the ground as entities."""

from fle_marl.prototypes import load
from fle_marl.sim.actions.build import (
    create_entity,
    destroy_entity,
    entities,
    entity_contents,
)
from fle_marl.sim.actions.items import insert_into
from fle_marl.sim.components import KINDS
from fle_marl.sim.engine import advance
from fle_marl.sim.systems.item_on_ground import (
    reserve_ground_items,
    set_ground_item,
)

COAL = load().items["coal"].id
INSERTERS = 200


def test_a_stack_on_the_ground(flat_world) -> None:
    world = flat_world()
    entity = create_entity(world, "item-on-ground", 128, 128)
    assert entity_contents(world, entity) == {}
    set_ground_item(world, entity, COAL, 7)
    assert entity_contents(world, entity) == {COAL: 7}
    destroy_entity(world, entity)
    assert entities(world) == []
    assert world.tables["item_on_ground"]["entity"][1] <= 0


def test_there_is_room_for_what_every_machine_may_drop(flat_world, place) -> None:
    world = flat_world()
    for number in range(INSERTERS):
        x, y = number % 20 * 3 - 30, number // 20 * 4 - 20
        chest = place(world, "wooden-chest", x + 0.5, y - 0.5)
        insert_into(world, chest, COAL, 3)
        place(world, "burner-inserter", x + 0.5, y + 0.5)
    reserve_ground_items(world)
    assert len(world.entity) >= world.count[1] + INSERTERS
    advance(world, 600)
    kinds = [KINDS[world.entity["kind"][row]] for row in entities(world)]
    assert kinds.count("item_on_ground") == INSERTERS
