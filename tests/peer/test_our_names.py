"""Whether this project's programs find every name, field and parameter of FLE's."""

import enum
import inspect
from keyword import iskeyword
from types import SimpleNamespace

import pytest
from fle.env import entities, game_types
from fle.env.namespace import FactorioNamespace
from manuals import TOOLS
from pydantic import BaseModel

ENUMERATIONS = [
    game_types.Prototype,
    game_types.Technology,
    game_types.RecipeName,
    entities.Direction,
    entities.EntityStatus,
]
CLASSES = [
    kind
    for kind in vars(entities).values()
    if inspect.isclass(kind) and kind.__module__ == entities.__name__
]
FOR_AN_OLD_TOOL = "only for a tool that FLE no longer has"
INSIDE = "how FLE itself keeps or runs programs; not for agents"
PYDANTIC = "how Pydantic reads and writes it"
MISSING_NAMES = {
    "EntityInfo": FOR_AN_OLD_TOOL,
    "InspectionResults": FOR_AN_OLD_TOOL,
    "EnergySource": "nothing gives one: what is stored comes as numbers of joules",
    "Layer": "of pictures, and FLE's agents have no name for it either",
    "agent_id": INSIDE,
    "agent_index": INSIDE,
    "capture_whole_output": INSIDE,
    "essential_builtins": INSIDE,
    "eval_with_timeout": INSIDE,
    "execute_body": INSIDE,
    "execute_node": INSIDE,
    "execution_trace": INSIDE,
    "get_functions": INSIDE,
    "instance": "the whole environment, other agents' secrets among it",
    "line_value": INSIDE,
    "load": INSIDE,
    "load_messages": "puts words into others' mouths",
    "log": INSIDE,
    "log_counter": INSIDE,
    "logging_results": INSIDE,
    "loop_context": INSIDE,
    "max_sequential_exception_count": INSIDE,
    "persistent_vars": INSIDE,
    "player_location": "goes stale; get_agents tells where one is",
    "reset": "forgets all that is named; del forgets what it is told",
    "tcp_port": INSIDE,
}
MISSING_ATTRIBUTES = {
    ("Inventory", "serialize_model"): PYDANTIC,
    ("Position", "parse_args"): PYDANTIC,
    ("IndexedPosition", "parse_args"): PYDANTIC,
    (
        "EntityStatus",
        "from_int",
    ): "counts FLE's members, which is no number of anything",
}
MISSING_PARAMETERS = {
    ("move_to", "laying"): "FLE's does nothing with it on fast worlds",
    ("move_to", "leading"): "FLE's does nothing with it on fast worlds",
}

TOOLS_OFFERED = 27
ANY_NUMBER = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


@pytest.fixture(scope="session")
def vocabulary(our_game):
    return our_game.vocabulary()


def attributes(kind: type) -> set[str]:
    """What is to be had of a class of FLE's, besides what Pydantic and enum add."""
    own = {
        name
        for each in kind.__mro__
        if each.__module__ == entities.__name__
        for name in vars(each)
    }
    fields = set(getattr(kind, "model_fields", ()))
    members = set(getattr(kind, "__members__", ()))
    return (
        {name for name in own | fields if name[0] != "_"}
        - members
        - set(dir(BaseModel))
    )


def first(value):
    return value[0] if isinstance(value, tuple) else value


@pytest.mark.parametrize("kind", ENUMERATIONS, ids=lambda kind: kind.__name__)
def test_members(vocabulary, kind: type[enum.Enum]):
    ours = vocabulary["members"][kind.__name__]
    theirs = {name: first(each.value) for name, each in kind.__members__.items()}
    assert {name: ours.get(name) for name in theirs} == theirs


def test_resources(vocabulary):
    theirs = {
        name: value[0]
        for name, value in vars(game_types.Resource).items()
        if name[0] != "_"
    }
    assert vocabulary["members"]["Resource"] == theirs


def test_classes_of_prototypes(vocabulary):
    theirs = {
        member.name: member.entity_class.__name__
        for member in game_types.Prototype
        if member.entity_class is not None
    }
    ours = vocabulary["classes"]
    assert {name: ours.get(name) for name in theirs} == theirs


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_attributes(vocabulary, kind: type):
    name = kind.__name__
    if name in MISSING_NAMES:
        assert name not in vocabulary["attributes"]
        return
    missing = attributes(kind) - set(vocabulary["attributes"][name])
    assert missing == {each for of, each in MISSING_ATTRIBUTES if of == name}


def test_names(our_game):
    namespace = FactorioNamespace(SimpleNamespace(tcp_port=0), 0)
    theirs = {name for name in dir(namespace) if name[0] != "_" and not iskeyword(name)}
    our_game.begin(carry={})
    asked = "".join(
        f"try:\n    {name}\nexcept NameError:\n    print({name!r})\n"
        for name in sorted(theirs)
    )
    printed = our_game.run(program=asked)
    assert printed["code"] is None
    missing = {line.partition(": ")[2] for line in printed["text"].splitlines()}
    assert missing == set(MISSING_NAMES) - {"Layer"}


def test_tools(vocabulary, play):
    offered = {path.name for path in TOOLS.iterdir() if hasattr(play.tools, path.name)}
    assert len(offered) == TOOLS_OFFERED
    for name in offered - {"print"}:
        tool = inspect.unwrap(getattr(play.tools, name))
        theirs = [
            each.name
            for each in inspect.signature(tool).parameters.values()
            if each.kind not in ANY_NUMBER
            and (name, each.name) not in MISSING_PARAMETERS
        ]
        ours = vocabulary["parameters"][name]
        assert [each for each in ours if each in theirs] == theirs, name
