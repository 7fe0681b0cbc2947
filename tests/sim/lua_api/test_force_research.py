"""LuaForce: research, its queue, and everything at once."""

import pytest

from fle_marl.errors import LuaApiMissing

FORCE = "game.forces.player"
CURRENT = f"local c = {FORCE}.current_research return c and c.name"
RED = 20


@pytest.fixture
def queue(run):
    """``queue()``: names of the technologies in the queue, which is switched on."""
    run(f"{FORCE}.research_queue_enabled = true")

    def names() -> list[str]:
        source = f"""
        local names = {{}}
        for place, technology in ipairs({FORCE}.research_queue) do
          names[place] = technology.name
        end
        return table.concat(names, " ")
        """
        return run(source).split()

    return names


def test_technologies_are_named_in_three_ways(run, refusal):
    for given in (
        "'automation'",
        f"{FORCE}.technologies.automation",
        "game.technology_prototypes.automation",
    ):
        assert run(f"return {FORCE}.add_research({given})") is True
        assert run(CURRENT) == "automation"
        run(f"{FORCE}.cancel_current_research()")
        assert run(CURRENT) is None
    for given in ("'no-such'", "nil", "7", "{}"):
        assert "Unknown technology name" in refusal(f"{FORCE}.add_research({given})")


def test_the_queue_is_written_as_a_whole(run, queue):
    run(f"{FORCE}.research_queue = {{'electronics', 'automation', 'optics'}}")
    assert queue() == ["automation", "optics"]  # electronics would come too early
    run(f"{FORCE}.research_queue = {{{FORCE}.technologies.logistics}}")
    assert queue() == ["logistics"]
    for empty in ("{}", "nil"):
        run(f"{FORCE}.research_queue = {empty}")
        assert queue() == []
        assert run(CURRENT) is None
        run(f"{FORCE}.research_queue = {{'automation'}}")


def test_switches(run, refusal):
    state = f"local f = {FORCE} return f.research_queue_enabled, f.research_enabled"
    assert run(state) == (False, True)
    run(f"{FORCE}.research_queue_enabled = true {FORCE}.disable_research()")
    assert run(state) == (True, False)
    assert run(f"return {FORCE}.add_research('automation')") is False
    run(f"{FORCE}.enable_research()")
    assert run(f"return {FORCE}.add_research('automation')") is True
    assert "boolean expected" in refusal(f"{FORCE}.research_queue_enabled = 1")


def test_progress_can_be_written(run, refusal):
    message = refusal(f"{FORCE}.research_progress = 0.5")
    assert "no research is going on" in message
    run(f"{FORCE}.add_research('automation') {FORCE}.research_progress = 0.5")
    assert run(f"return {FORCE}.research_progress") == 0.5
    for wrong in ("-0.1", "1.1", "0/0"):
        assert "research_progress must be" in refusal(
            f"{FORCE}.research_progress = {wrong}"
        )
    run(f"{FORCE}.research_progress = 1")
    source = f"""
    local f = {FORCE}
    return f.technologies.automation.researched, f.previous_research.name,
      f.current_research, f.research_progress
    """
    assert run(source) == (True, "automation", None, 0)


def test_the_previous_research_can_be_written(run):
    assert run(f"return {FORCE}.previous_research") is None
    run(f"{FORCE}.previous_research = 'optics'")
    assert run(f"return {FORCE}.previous_research.name") == "optics"
    run(f"{FORCE}.previous_research = nil")
    assert run(f"return {FORCE}.previous_research") is None


def test_saved_progress(run, refusal):
    saved = f"return {FORCE}.get_saved_technology_progress('automation')"
    run(f"{FORCE}.set_saved_technology_progress('automation', 0.25)")
    assert run(saved) == 0.25
    # what is going on is not saved yet
    run(f"{FORCE}.add_research('automation')")
    assert run(saved) is None
    assert run(f"return {FORCE}.research_progress") == 0.25
    run(f"{FORCE}.technologies.automation.researched = true")
    assert run(saved) is None
    assert "is researched" in refusal(
        f"{FORCE}.set_saved_technology_progress('automation', 0.5)"
    )
    assert "progress must be" in refusal(
        f"{FORCE}.set_saved_technology_progress('optics', 2)"
    )


def test_saved_progress_is_taken_back_with_nil(run):
    saved = f"return {FORCE}.get_saved_technology_progress('automation')"
    run(f"{FORCE}.set_saved_technology_progress('automation', 0.25)")
    run(f"{FORCE}.set_saved_technology_progress('automation', nil)")
    assert run(saved) is None
    run(f"{FORCE}.add_research('automation')")
    assert run(f"return {FORCE}.research_progress") == 0


def test_all_of_a_progress_that_is_set_is_research_done(run, go_on):
    run(f"{FORCE}.set_saved_technology_progress('automation', 1)")
    assert run(f"return {FORCE}.add_research('automation')") is True
    go_on(1)
    assert run(f"return {FORCE}.technologies.automation.researched") is True


def test_research_by_laboratories(run, go_on):
    """10 units of 10 s each in a laboratory of 60 kW. Source: prototypes."""
    run(
        f"""
        local function build(name, x, y)
          return surface.create_entity{{
            name = name, position = {{x, y}}, force = "player",
          }}
        end
        build("substation", 0, 0)
        for x = -8, 8, 4 do build("solar-panel", x + 0.5, 4.5) end
        surface.always_day = true
        lab = build("lab", -4.5, -4.5)
        inputs = lab.get_inventory(defines.inventory.lab_input)
        inputs.insert{{name = "automation-science-pack", count = {RED}}}
        {FORCE}.add_research("automation")
        """
    )
    go_on(300)
    source = f"""
    return lab.status == defines.entity_status.working, {FORCE}.research_progress,
      inputs[1].durability, inputs[1].count, inputs[1].prototype.durability,
      lab.prototype.researching_speed, lab.prototype.lab_inputs[1]
    """
    working, progress, durability, *others = run(source)
    assert working is True
    # an empty buffer may cost a tick at first
    assert progress == pytest.approx(300 / 6000, abs=2 / 6000)
    assert durability == pytest.approx(1 - 10 * progress)
    assert others == [RED, 1, 1, "automation-science-pack"]


def test_everything_enabled_and_disabled(run):
    state = f"""
    local f = {FORCE}
    return f.technologies.automation.enabled, f.recipes["iron-chest"].enabled,
      f.recipes["rocket-silo"].enabled
    """
    assert run(state) == (True, True, False)
    run(f"{FORCE}.add_research('automation') {FORCE}.disable_all_prototypes()")
    assert run(state) == (False, False, False)
    assert run(CURRENT) is None
    run(f"{FORCE}.enable_all_technologies()")
    assert run(state) == (True, False, False)
    run(f"{FORCE}.enable_all_recipes()")
    assert run(state) == (True, True, True)
    run(f"{FORCE}.disable_all_prototypes() {FORCE}.reset_technologies()")
    assert run(state) == (True, False, False)
    run(f"{FORCE}.reset_recipes()")
    assert run(state) == (True, True, False)
    run(f"{FORCE}.disable_all_prototypes() {FORCE}.enable_all_prototypes()")
    assert run(state) == (True, True, True)


def test_disabled_technologies_are_researched_when_asked_for(run):
    """No prototype is disabled, so all come with or without it."""
    source = f"""
    local f, left = {FORCE}, 0
    f.research_all_technologies(true)
    for _, technology in pairs(f.technologies) do
      local is_endless = technology.prototype.max_level == 4294967295
      if technology.researched == is_endless then left = left + 1 end
    end
    return left
    """
    assert run(source) == 0


def test_resetting_empties_the_queue(run, queue):
    run(f"{FORCE}.research_queue = {{'automation', 'electronics'}}")
    run(f"{FORCE}.research_progress = 0.5 {FORCE}.reset()")
    assert queue() == []
    assert run(f"return {FORCE}.get_saved_technology_progress('automation')") is None


@pytest.mark.parametrize(
    "source",
    [
        "return FORCE.technologies",
        "return FORCE.recipes",
        "return FORCE.current_research",
        "FORCE.research_queue = {}",
        "FORCE.add_research('automation')",
        "FORCE.research_all_technologies()",
        "FORCE.reset()",
    ],
)
def test_other_forces_do_no_research(run, source):
    for force in ("enemy", "neutral"):
        asked = source.replace("FORCE", f"game.forces.{force}")
        with pytest.raises(LuaApiMissing, match="only the force 'player'"):
            run(asked)
    assert run(CURRENT) is None
