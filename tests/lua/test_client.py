"""How a tool's client becomes a function for agents."""

import inspect

import pytest

from fle_marl.errors import ToolError
from fle_marl.lua.client import Door, Tool, load_tools, tool
from fle_marl.lua.types import Direction, Position, Prototype, encode


@tool
def place(
    call: Door,
    entity: Prototype,
    direction: Direction = Direction.UP,
    position: Position = Position(0, 0),  # noqa: B008
    *more: int,
    exact: bool = True,
    **others: str,
) -> object:
    """Place an entity.

    Somewhere.
    """
    return call(
        "place",
        {
            "entity": encode(entity),
            "direction": encode(direction),
            "position": encode(position),
            "more": list(more),
            "exact": exact,
            "others": others,
        },
    )


def bound():
    calls = []

    def call(name, arguments):
        calls.append((name, arguments))
        return "answer"

    return place.bind(call), calls


def test_arguments_reach_the_door_as_plain_data():
    function, calls = bound()

    answer = function(Prototype.Lab, Direction.DOWN, (1, 2), 5, 6.0, exact=False, a="b")

    assert answer == "answer"
    assert calls == [
        (
            "place",
            {
                "entity": "lab",
                "direction": 4,
                "position": {"x": 1.0, "y": 2.0},
                "more": [5, 6],
                "exact": False,
                "others": {"a": "b"},
            },
        )
    ]


def test_agents_see_the_signature_without_the_door():
    function, _ = bound()

    assert list(inspect.signature(function).parameters) == [
        "entity",
        "direction",
        "position",
        "more",
        "exact",
        "others",
    ]
    assert function.__name__ == "place"
    assert inspect.getdoc(function) == place.doc == "Place an entity.\n\nSomewhere."
    assert function.__annotations__["entity"] is Prototype


@pytest.mark.parametrize(
    ("args", "kwargs", "complaint"),
    [
        ((), {}, "missing a required argument: 'entity'; it is called as place"),
        ((Prototype.Lab,), {"entity": Prototype.Lab}, "multiple values"),
        (("lab",), {}, "entity must be a Prototype"),
        ((Prototype.Lab, 0), {}, "direction must be a Direction"),
        ((Prototype.Lab, Direction.UP, (0, 0), "x"), {}, r"more\[0\] must be"),
        ((Prototype.Lab,), {"exact": 1}, "exact must be True or False"),
        ((Prototype.Lab,), {"colour": 1}, "colour must be a string"),
    ],
)
def test_bad_arguments_never_reach_the_door(args, kwargs, complaint):
    function, calls = bound()

    with pytest.raises(ToolError, match=complaint) as caught:
        function(*args, **kwargs)

    assert caught.value.code == "bad-argument"
    assert calls == []


def test_a_tool_needs_the_door_first():
    def doorless(entity: Prototype) -> None: ...

    with pytest.raises(TypeError, match="must be 'call'"):
        tool(doorless)


def test_every_parameter_needs_an_annotation():
    def vague(call: Door, entity) -> None: ...

    with pytest.raises(TypeError, match="entity of vague has no annotation"):
        tool(vague)


def write_client(folder, name, text):
    (folder / name).mkdir()
    (folder / name / "client.py").write_text(
        "from fle_marl.lua.client import Door, tool\n" + text
    )


def test_tools_are_found_by_folder(tmp_path):
    for name in ("walk", "jump"):
        write_client(
            tmp_path, name, f"@tool\ndef {name}(call: Door) -> None:\n    '''Go.'''\n"
        )
    (tmp_path / "no_tool").mkdir()

    tools = load_tools(tmp_path)

    assert list(tools) == ["jump", "walk"]
    assert isinstance(tools["walk"], Tool)
    assert tools["walk"].doc == "Go."


@pytest.mark.parametrize(
    "text", ["", "walk = 5", "@tool\ndef run(call: Door) -> None: ...\nwalk = run"]
)
def test_a_folder_must_hold_the_tool_of_its_name(tmp_path, text):
    write_client(tmp_path, "walk", text)

    with pytest.raises(TypeError, match="does not define the tool 'walk'"):
        load_tools(tmp_path)


def test_the_tools_of_the_package_load():
    assert all(name == found.name for name, found in load_tools().items())
