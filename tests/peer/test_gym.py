"""FLE's gym environment, made by FLE's own registry, on a served world."""

import pytest
from conftest import SPEED
from serving import World, serve

pytest.importorskip("gym", reason="needs FLE's extra `eval`")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def gym_port(server_python):
    """Of a server for all environments, one after the other."""
    with serve(server_python, "--scenario", "lab-play", "--seed", "4") as port:
        yield port


@pytest.fixture
def make(gym_port, monkeypatch):
    """Makes an environment of a task, whose games are fast, one after the other."""
    from fle.env.gym_env.registry import _registry, make_factorio_env

    monkeypatch.setenv("FACTORIO_SERVER_ADDRESS", "127.0.0.1")
    monkeypatch.setenv("FACTORIO_SERVER_PORT", str(gym_port))
    world, made = World(gym_port), []
    # however busy the machine is, a minute is a minute of the game
    monkeypatch.setattr(
        "fle.env.tools.agent.sleep.client.sleep",
        lambda seconds: world.wait(seconds=seconds * SPEED),
    )

    def made_for(task: str):
        environment = make_factorio_env(_registry.get_environment_spec(task), 0)
        environment.instance_speed = SPEED
        environment.instance.game_control.reset_speed = SPEED
        made.append(environment)
        return environment

    yield made_for
    world.close()
    for environment in made:
        environment.instance.unpause()
        # not `close`, which waits for the threads of all that FLE has begun
        environment.instance.rcon_client.close()


def carried(observation) -> dict[str, int]:
    return {each["type"]: int(each["quantity"]) for each in observation["inventory"]}


def test_all_tasks_are_registered():
    from fle.env.gym_env.registry import list_available_environments

    tasks = list_available_environments()
    assert "open_play" in tasks
    assert "iron_ore_throughput" in tasks
    assert len(tasks) >= 26


def test_a_step_of_open_play(make):
    from fle.env.gym_env.action import Action

    environment = make("open_play")
    observation = environment.reset()
    assert environment.observation_space.contains(observation)
    assert carried(observation) == {}
    observation, reward, terminated, truncated, info = environment.step(
        Action(
            code="""
place = move_to(nearest(Resource.Stone))
print(harvest_resource(place, 6))
craft_item(Prototype.StoneFurnace)
furnace = place_entity(Prototype.StoneFurnace, position=place.up(2))
"""
        )
    )
    assert set(observation) == set(environment.observation_space.spaces)
    assert "(6,)" in observation["raw_text"]
    assert not info["error_occurred"]
    assert (terminated, truncated) == (False, False)
    assert carried(observation) == {"stone": 1}
    assert any("stone-furnace" in each for each in observation["entities"])
    assert info["achievements"]["static"]["stone"] == 6
    assert info["production_score"] > 0
    # what the score is after the program, without what it earned: FLE's rule
    assert reward == 0
    world = World(environment.instance.tcp_port)
    try:
        assert len(world.entities("stone-furnace")) == 1
        assert world.carried("stone") == 1
        assert world.ask("game.tick_paused") is True
    finally:
        world.close()


@pytest.mark.defect("FLE's reset researches all, whatever the task says")
def test_open_play_begins_with_nothing_researched_until_it_is_reset(make):
    environment = make("open_play")

    def researched(observation) -> int:
        known = observation["research"]["technologies"]
        return sum(bool(each["researched"]) for each in known)

    assert researched(environment.get_observation().to_dict()) == 0
    assert researched(environment.reset()) > 100


def test_a_step_that_fails(make):
    from fle.env.gym_env.action import Action

    environment = make("open_play")
    environment.reset()
    observation, _, _, _, info = environment.step(Action(code="x = no_such_function()"))
    assert info["error_occurred"]
    assert "NameError" in observation["raw_text"]


def test_a_step_back_to_an_earlier_game(make):
    from fle.env.gym_env.action import Action

    environment = make("open_play")
    environment.reset()
    earlier = environment.step(
        Action(code="harvest_resource(move_to(nearest(Resource.Stone)), 3)")
    )[4]["output_game_state"]
    later = environment.step(
        Action(code="harvest_resource(move_to(nearest(Resource.Stone)), 4)")
    )[0]
    assert carried(later) == {"stone": 7}
    again, *_ = environment.step(
        Action(code="print(inspect_inventory())", game_state=earlier)
    )
    assert carried(again) == {"stone": 3}


def test_a_step_of_a_throughput_task(make):
    from fle.env.gym_env.action import Action

    environment = make("iron_ore_throughput")
    observation = environment.reset()
    assert carried(observation)["burner-mining-drill"] == 50
    observation, reward, terminated, _, info = environment.step(
        Action(
            code="""
place = nearest(Resource.IronOre).left(6)
move_to(place)
for row in range(3):
    spot = place.down(3 * row)
    drill = place_entity(Prototype.BurnerMiningDrill, Direction.RIGHT, spot)
    insert_item(Prototype.Coal, drill, quantity=20)
    place_entity(Prototype.WoodenChest, position=drill.drop_position)
"""
        )
    )
    assert not info["error_occurred"], info["result"]
    assert "achieved throughput" in str(observation["task_verification"])
    # three drills of a quarter ore a second, and bonuses of research: 58 in a minute,
    # and what more comes while nobody counts
    assert 50 <= reward <= 90
    assert terminated == (reward >= 16)
    assert "current throughput of your factory is" in observation["raw_text"]
