"""What every tool's folder promises: the contract of tools.

A tool that is added to the folder is tested here without a line of its own.
"""

import ast
import re
from collections.abc import Callable

import pytest

from fle_marl.errors import NotSimulated, ToolError
from fle_marl.lua.bundle import admin_names, modules, tool_names
from fle_marl.lua.client import TOOLS_FOLDER, load_tools
from fle_marl.servers.embedded import EmbeddedServer
from fle_marl.sim.lua_api import LuaApi
from fle_marl.sim.world import World

TOOLS = sorted(path.parent.name for path in TOOLS_FOLDER.glob("*/__init__.py"))
CODE = r"[a-z]+(?:-[a-z]+)*"
MOST_LINES_OF_A_MANUAL = 60
CLIENT_CODES = {"bad-argument"}
"""What the check of arguments raises for every tool."""


def manual(tool: str) -> str:
    return (TOOLS_FOLDER / tool / "agent.md").read_text(encoding="utf-8")


def python_blocks(text: str) -> list[str]:
    return re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)


def table_in_manual(tool: str, heading: str) -> str:
    """The rows of the table whose first column is headed so; empty if none is."""
    return manual(tool).partition(f"| {heading} |")[2].partition("\n\n")[0]


def codes_in_manual(tool: str) -> set[str]:
    table = table_in_manual(tool, "error")
    return set(re.findall(rf"^\| `({CODE})` \|", table, flags=re.MULTILINE))


def codes_in_lua(source: str) -> set[str]:
    return set(re.findall(rf"errors\.fail\(\s*\"({CODE})\"", source))


def required_modules(name: str) -> set[str]:
    """Names of the runtime modules that a module needs, and what those need."""
    found: set[str] = set()
    still_open = [name]
    while still_open:
        source = modules()[still_open.pop()]
        for needed in re.findall(r"require\(\"([\w.]+)\"\)", source):
            if needed not in found:
                found.add(needed)
                still_open.append(needed)
    return found


def client_function(tool: str) -> ast.FunctionDef:
    tree = ast.parse((TOOLS_FOLDER / tool / "client.py").read_text(encoding="utf-8"))
    (function,) = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == tool
    ]
    return function


def written_signature(function: ast.FunctionDef) -> str:
    returns = ast.unparse(function.returns) if function.returns else ""
    return f"{function.name}({ast.unparse(function.args)}) -> {returns}"


def test_the_folder_and_the_loaders_see_the_same_tools() -> None:
    assert TOOLS
    assert list(tool_names()) == TOOLS
    assert list(load_tools()) == TOOLS


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_all_its_files(tool: str) -> None:
    names = {path.name for path in (TOOLS_FOLDER / tool).iterdir() if path.is_file()}
    assert names == {"__init__.py", "agent.md", "client.py", "server.lua"}
    assert not (TOOLS_FOLDER / tool / "__init__.py").read_text()


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_has_one_name(tool: str, server: EmbeddedServer) -> None:
    assert manual(tool).startswith(f"# {tool}\n")
    assert server.lua.require(f"tools.{tool}.server")["name"] == tool
    assert load_tools()[tool].name == tool


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual_shows_the_signature(tool: str) -> None:
    shown = ast.parse(f"def {python_blocks(manual(tool))[0].strip()}: ...").body[0]
    assert isinstance(shown, ast.FunctionDef)
    function = client_function(tool)
    assert function.args.args.pop(0).arg == "call"
    assert written_signature(shown) == written_signature(function)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual_names_every_parameter_and_no_other(tool: str) -> None:
    table = table_in_manual(tool, "parameter")
    rows = re.findall(r"^\| (`.*?) \|", table, flags=re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`\*?(\w+)`", row)}
    assert named == set(load_tools()[tool].signature.parameters)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual_names_every_error_of_the_tool(tool: str) -> None:
    source = modules()[f"tools.{tool}.server"]
    assert codes_in_lua(source) <= codes_in_manual(tool)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual_names_no_error_that_cannot_happen(tool: str) -> None:
    name = f"tools.{tool}.server"
    sources = [modules()[part] for part in {name, *required_modules(name)}]
    possible = set.union(*map(codes_in_lua, sources)) | CLIENT_CODES
    if any("can_place_entity" in source for source in sources):
        # what the embedded server itself refuses
        possible.add(NotSimulated.default_code)
    assert codes_in_manual(tool) <= possible


@pytest.mark.parametrize("tool", TOOLS)
def test_the_docstring_names_the_errors_of_the_manual(tool: str) -> None:
    raises = (load_tools()[tool].doc or "").partition("Raises:")[2]
    assert set(re.findall(rf"`({CODE})`", raises)) == codes_in_manual(tool)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_manual_is_short_and_tells_the_cost(tool: str) -> None:
    assert len(manual(tool).splitlines()) <= MOST_LINES_OF_A_MANUAL
    assert "\nCost: " in manual(tool)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_example_of_the_manual_runs(
    tool: str,
    run_program: Callable[[str], dict[str, object]],
    server: EmbeddedServer,
) -> None:
    blocks = python_blocks(manual(tool))
    assert len(blocks) > 1
    run_program(blocks[-1])
    # what tools keep has no functions in it, which the game could not save either
    server.restore(server.save())


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_needs_no_other_tool(tool: str) -> None:
    needed = required_modules(f"tools.{tool}.server")
    assert all(name.startswith("runtime.") for name in needed)


def test_administration_is_no_tool(server: EmbeddedServer) -> None:
    names = set(admin_names()) - set(TOOLS)
    assert {"reset", "set_inventory", "setup"} <= names
    for name in names:
        with pytest.raises(ToolError) as refused:
            server.call(name, 0, {})
        assert refused.value.code == "no-such-tool"


def test_scripts_make_no_globals(server: EmbeddedServer) -> None:
    for name in modules():
        server.lua.require(name)
    fresh = LuaApi(World(0), {})
    assert set(server.lua.environment) == set(fresh.environment)
