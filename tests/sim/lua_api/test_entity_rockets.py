"""What scripts see of rockets, and what they are told."""

import pytest

from fle_marl.sim.parts import add_electric


@pytest.fixture
def silo(api, run, place):
    """A silo with energy, the global ``silo``, with a rocket that rises."""
    place(api.world, "substation", 0, 0)
    producer = place(api.world, "wooden-chest", 7.5, 7.5)
    add_electric(api.world, producer, "secondary-output", output_limit_joules=1e9)
    api.environment["silo"] = api.entity(place(api.world, "rocket-silo", 0.5, -5.5))
    run("silo.rocket_parts = silo.prototype.rocket_parts_required")


LISTEN = """
told = {}
for _, name in pairs{'on_rocket_launch_ordered', 'on_rocket_launched'} do
  script.on_event(defines.events[name], function(event)
    table.insert(told, {name, event.tick, event.rocket_silo.unit_number})
  end)
end
"""


def test_the_members_of_a_silo(run, plain, silo, go_on, refusal):
    assert run("return silo.rocket_parts, silo.auto_launch") == (100, False)
    assert (
        run("return silo.get_inventory(defines.inventory.rocket_silo_rocket)") is None
    )
    assert not run("return silo.launch_rocket()")
    go_on(888)
    assert run(
        "return silo.rocket_silo_status == defines.rocket_silo_status.rocket_ready"
    )
    run("silo.get_inventory(defines.inventory.rocket_silo_rocket).insert('satellite')")
    assert run("return silo.launch_rocket()")
    assert "0 to 100, not 101" in refusal("silo.rocket_parts = 101")
    assert "not for entities" in refusal(
        "local chest = surface.find_entities_filtered{name='wooden-chest'}[1]"
        " return chest.rocket_parts"
    )


def test_scripts_are_told_of_launches(run, plain, silo, go_on, api):
    run(LISTEN)
    go_on(888)
    run("silo.get_inventory(defines.inventory.rocket_silo_rocket).insert('satellite')")
    run("silo.auto_launch = true")
    go_on(1 + 1165)
    number = run("return silo.unit_number")
    assert plain("return told") == [
        ["on_rocket_launch_ordered", 889, number],
        ["on_rocket_launched", 889 + 1165, number],
    ]
    assert run("return silo.force.rockets_launched") == 1
    assert plain("return silo.force.items_launched") == {"satellite": 1}
    assert run("return silo.force.get_item_launched('satellite')") == 1
    assert run("return game.forces.enemy.get_item_launched('satellite')") == 0
    results = "silo.get_output_inventory().get_contents()"
    assert plain(f"return {results}") == {"space-science-pack": 1000}


def test_who_launches_by_a_script_is_told_at_once(run, plain, silo, go_on):
    run(LISTEN)
    go_on(888)
    run("silo.launch_rocket()")
    assert plain("return told[1]")[:2] == ["on_rocket_launch_ordered", 888]
    go_on(3)
    assert run("return #told") == 1


def test_time_is_not_passed_over_a_launch(run, plain, silo, api):
    """A server asks how far it may go; events come in the tick in which they happen."""
    from fle_marl.sim.engine import advance

    run(LISTEN)
    run("silo.auto_launch = true")
    left = 888
    while left:
        step = api.events.ticks_until_next(left)
        advance(api.world, step)
        api.events.run()
        left -= step
    run("silo.get_inventory(defines.inventory.rocket_silo_rocket).insert('satellite')")
    left, steps = 2000, 0
    while left:
        step = api.events.ticks_until_next(left)
        advance(api.world, step)
        api.events.run()
        left -= step
        steps += 1
    assert [each[1] for each in plain("return told")] == [889, 889 + 1165]
    assert steps < 100


def test_counts_of_launches_can_be_set(run, refusal):
    run("game.forces.player.rockets_launched = 7")
    run("game.forces.player.set_item_launched('raw-fish', 3)")
    assert run("return game.forces.player.rockets_launched") == 7
    assert run("return game.forces.player.get_item_launched('raw-fish')") == 3
    assert "not -1" in refusal("game.forces.player.rockets_launched = -1")
    assert "player force" in refusal("game.forces.enemy.set_item_launched('wood', 1)")
