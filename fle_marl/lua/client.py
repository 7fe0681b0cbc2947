"""The Python side of tools: how a tool's `client.py` becomes a function for agents.

A tool's `client.py` holds one function of the tool's name::

    @tool
    def insert_item(
        call: Door, entity: Prototype, target: Entity | EntityGroup, quantity: int = 5
    ) -> Entity:
        '''Put items from the inventory into an entity. ...'''
        answer = call("insert_item", {"item": encode(entity), ...})
        return decode(Entity, answer)

Its first parameter is the door to the world; agents see the others. What they pass is
checked by the annotations before the function runs.
"""

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Final

from fle_marl.errors import ToolError
from fle_marl.lua.types.arguments import check_argument

__all__ = ["TOOLS_FOLDER", "Door", "Tool", "load_tools", "tool"]

Door = Callable[[str, dict[str, object]], object]
"""Calls a tool on the server: its name and arguments as plain data, for plain data.

Raises `ToolError` when the tool refuses.
"""

TOOLS_FOLDER: Final = Path(__file__).parent / "tools"


@dataclass(frozen=True, slots=True)
class Tool:
    """What an agent can do in the world, still without a door to a world.

    Attributes:
        name: of the tool, its folder and its function.
        function: takes the door, then what agents pass.
        signature: what agents pass, with annotations as types.
        doc: the function's docstring.
    """

    name: str
    function: Callable[..., object]
    signature: inspect.Signature
    doc: str

    def bind(self, call: Door) -> Callable[..., object]:
        """The function that agents call.

        Args:
            call: the door that the tool's calls go through.

        Returns:
            A function with the agents' signature and the tool's docstring. It raises
            ToolError: `bad-argument`, and what the tool itself raises.
        """
        function = self.function

        def bound(*args: object, **kwargs: object) -> object:
            checked = self._check(args, kwargs)
            return function(call, *checked.args, **checked.kwargs)

        bound.__name__ = bound.__qualname__ = self.name
        bound.__doc__ = self.doc
        bound.__signature__ = self.signature  # type: ignore[attr-defined]
        bound.__annotations__ = {
            name: parameter.annotation
            for name, parameter in self.signature.parameters.items()
        }
        return bound

    def _check(
        self, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> inspect.BoundArguments:
        """Match arguments to parameters and make each fit its annotation."""
        try:
            given = self.signature.bind(*args, **kwargs)
        except TypeError as error:
            raise ToolError(
                f"{self.name}: {error}; it is called as {self.name}{self.signature}",
                code="bad-argument",
                details={"tool": self.name, "signature": str(self.signature)},
            ) from None
        for name, value in given.arguments.items():
            parameter = self.signature.parameters[name]
            given.arguments[name] = self._check_parameter(parameter, value)
        return given

    def _check_parameter(self, parameter: inspect.Parameter, value: object) -> object:
        def check(label: str, part: object) -> object:
            return check_argument(self.name, label, parameter.annotation, part)

        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            assert isinstance(value, tuple)
            return tuple(
                check(f"{parameter.name}[{index}]", part)
                for index, part in enumerate(value)
            )
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            assert isinstance(value, dict)
            return {name: check(name, part) for name, part in value.items()}
        return check(parameter.name, value)


def tool(function: Callable[..., object]) -> Tool:
    """Make a `Tool` of a function; its first parameter must be called ``call``.

    Raises:
        TypeError: the function has no such parameter, or one without an annotation.
    """
    full = inspect.signature(function, eval_str=True)
    parameters = list(full.parameters.values())
    name = function.__name__
    if not parameters or parameters[0].name != "call":
        raise TypeError(f"the first parameter of the tool {name} must be 'call'")
    for parameter in parameters[1:]:
        if parameter.annotation is inspect.Parameter.empty:
            raise TypeError(f"parameter {parameter.name} of {name} has no annotation")
    signature = full.replace(parameters=parameters[1:])
    return Tool(name, function, signature, inspect.getdoc(function) or "")


def load_tools(folder: Path = TOOLS_FOLDER) -> Mapping[str, Tool]:
    """Find the tools in a folder: each subfolder with a `client.py` is one.

    Args:
        folder: where to look; by default the tools that come with the package.

    Returns:
        Tools by name, in alphabetical order.

    Raises:
        TypeError: a `client.py` does not hold a `Tool` of its folder's name.
    """
    tools: dict[str, Tool] = {}
    for path in sorted(folder.glob("*/client.py")):
        name = path.parent.name
        found = getattr(_import_client(path), name, None)
        if not isinstance(found, Tool) or found.name != name:
            raise TypeError(f"{path} does not define the tool {name!r}")
        tools[name] = found
    return tools


def _import_client(path: Path) -> ModuleType:
    name = path.parent.name
    if path.parent.parent == TOOLS_FOLDER:
        return importlib.import_module(f"fle_marl.lua.tools.{name}.client")
    spec = spec_from_file_location(f"{name}_client", path)
    if spec is None or spec.loader is None:
        raise TypeError(f"{path} cannot be imported")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
