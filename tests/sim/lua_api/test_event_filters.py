"""Handlers that hear only of some entities."""

import pytest

LISTEN = """
told = {}
function note(data)
  local subject = data.entity or data.source or data.ghost
  told[#told + 1] = subject.name
end
function build(name, more)
  built = (built or 0) + 1
  local given = {name = name, position = {-25 + 5 * built, 0}, force = "player"}
  for key, value in pairs(more or {}) do given[key] = value end
  return surface.create_entity(given)
end
function listen(event, filters)
  script.on_event(defines.events[event], note, filters)
end
"""
BUILT = """
for _, name in ipairs{"iron-chest", "stone-furnace", "transport-belt", "stone-wall",
    "gun-turret", "small-lamp"} do
  script.raise_script_built{entity = build(name)}
end
script.raise_script_built{entity = build("entity-ghost", {inner_name = "lab"})}
return table.concat(told, " ")
"""
FILTERS = [
    ("{}", ""),
    ("{{filter = 'name', name = 'stone-furnace'}}", "stone-furnace"),
    ("{{filter = 'type', type = 'container'}}", "iron-chest"),
    (
        "{{filter = 'name', name = 'iron-chest'}, {filter = 'turret'}}",
        "iron-chest gun-turret",
    ),
    (
        "{{filter = 'type', type = 'furnace', invert = true}, "
        "{filter = 'crafting-machine', mode = 'and'}}",
        "",
    ),
    ("{{filter = 'ghost'}}", "entity-ghost"),
    ("{{filter = 'ghost_name', name = 'lab'}}", "entity-ghost"),
    ("{{filter = 'ghost_name', name = 'radar'}}", ""),
    ("{{filter = 'ghost_type', type = 'lab'}}", "entity-ghost"),
    ("{{filter = 'transport-belt-connectable'}}", "transport-belt"),
    ("{{filter = 'wall-connectable'}}", "stone-wall"),
    (
        "{{filter = 'circuit-network-connectable'}, "
        "{filter = 'ghost', mode = 'and', invert = true}}",
        "iron-chest transport-belt stone-wall small-lamp",
    ),
    ("{{filter = 'rail'}, {filter = 'rail-signal'}, {filter = 'vehicle'}}", ""),
    ("{{filter = 'rolling-stock'}, {filter = 'robot-with-logistics-interface'}}", ""),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS)
def test_what_is_told(run, filters, expected):
    run(f"{LISTEN} listen('script_raised_built', {filters})")
    assert run(BUILT) == expected


def test_without_filters_all_is_told(run):
    run(f"{LISTEN} listen('script_raised_built')")
    assert len(run(BUILT).split()) == 7


@pytest.mark.parametrize(
    ("event", "act"),
    [
        ("on_entity_died", "it.die()"),
        ("on_marked_for_deconstruction", "it.order_deconstruction('player')"),
        ("on_entity_cloned", "it.clone{position = {20, 20}}"),
        ("script_raised_destroy", "script.raise_script_destroy{entity = it}"),
        ("script_raised_revive", "script.raise_script_revive{entity = it}"),
        ("on_entity_damaged", "it.damage(1, 'enemy')"),
    ],
)
def test_events_with_filters(run, event, act):
    run(f"{LISTEN} listen('{event}', {{{{filter = 'name', name = 'iron-chest'}}}})")
    for name in ("wooden-chest", "iron-chest"):
        run(f"it = build('{name}') {act}")
    assert run("return table.concat(told, ' ')") == "iron-chest"


@pytest.mark.parametrize(
    ("filters", "amounts"),
    [
        ("{{filter = 'original-damage-amount', comparison = '>', value = 50}}", "60"),
        ("{{filter = 'final-damage-amount', comparison = '<', value = 10}}", "7"),
        ("{{filter = 'final-health', comparison = '=', value = 193}}", "7"),
        ("{{filter = 'damage-type', type = 'fire'}}", "60"),
        ("{{filter = 'damage-type', type = 'impact', invert = true}}", "7 60"),
    ],
)
def test_filters_of_damage(run, filters, amounts):
    run(f"""{LISTEN} amounts = {{}}
      script.on_event(defines.events.on_entity_damaged, function(data)
        amounts[#amounts + 1] = data.original_damage_amount
      end, {filters})
      build("iron-chest").damage(7, "enemy", "physical")
      build("iron-chest").damage(60, "enemy", "fire")
    """)
    assert run("return table.concat(amounts, ' ')") == amounts


def test_filters_are_read_and_set(run, plain):
    run(f"{LISTEN} event = defines.events.script_raised_built")
    run("listen('script_raised_built')")
    assert run("return script.get_event_filter(event)") is None
    run("script.set_event_filter(event, {{filter = 'turret'}})")
    assert plain("return script.get_event_filter(event)") == [{"filter": "turret"}]
    assert run(BUILT) == "gun-turret"
    # what a script gets is its own
    run("script.get_event_filter(event)[1].filter = 'rail'")
    run("script.raise_script_built{entity = build('gun-turret')}")
    assert run("return #told") == 2
    # listening anew forgets them
    run("listen('script_raised_built')")
    assert run("return script.get_event_filter(event)") is None
    run("script.raise_script_built{entity = build('iron-chest')}")
    assert run("return #told") == 3


def test_filters_are_taken_back(run):
    run(f"{LISTEN} listen('script_raised_built', {{{{filter = 'turret'}}}})")
    run("script.set_event_filter(defines.events.script_raised_built)")
    assert len(run(BUILT).split()) == 7


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("listen('on_tick', {})", "The event on_tick does not support filters"),
        ("listen('script_raised_built', 5)", "Filters are a table, not 5"),
        (
            "listen('script_raised_built', {{filter = 'colour'}})",
            "Unknown filter of script_raised_built: colour; there are: circuit-",
        ),
        ("listen('script_raised_built', {{}})", "Unknown filter"),
        ("listen('script_raised_built', {'turret'})", "Unknown filter"),
        (
            "script.on_event({defines.events.on_entity_died}, note, {})",
            "only be used when registering single events",
        ),
        (
            "script.set_event_filter(script.generate_event_name(), {})",
            "The event of a script does not support filters",
        ),
        ("script.set_event_filter('x')", "number expected, got string"),
        ("script.get_event_filter(5000)", "Invalid event: 5000"),
    ],
)
def test_what_is_refused(run, refusal, act, words):
    run(LISTEN)
    assert words in refusal(act)
