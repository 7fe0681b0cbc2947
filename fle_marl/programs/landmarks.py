"""What programs are given and need not be saved: it is there in each process.

Types, tools and builtins are known by their names, and what modules hold by the names
of the modules and in them.
"""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Final

from fle_marl.programs.modules import COMPILER_MODULE, IMPORTABLE_MODULES

__all__ = ["Landmarks"]

_MODULES: Final = (*IMPORTABLE_MODULES, COMPILER_MODULE)
_PLAIN: Final = (bool, int, float, str, bytes, tuple, type(None))
"""Values that are as good as others that are equal to them."""


class Landmarks:
    """Finds what programs are given by what it is, and by its name.

    Args:
        provided: what programs find without importing it.
        import_module: what stands for ``__import__`` in programs.
    """

    def __init__(
        self,
        provided: Mapping[str, object],
        import_module: Callable[..., ModuleType],
    ) -> None:
        self._provided = {
            name: value for name, value in provided.items() if name[0] != "_"
        }
        self._provided["NoneType"] = type(None)  # in unions; programs write None
        self._import = import_module

    def names(self) -> dict[int, list[object]]:
        """The saved values of all that is given, by identity.

        What has several names has the first of them, and rather one that needs no
        import.
        """
        found: dict[int, list[object]] = {}
        for name, value in self._provided.items():
            if type(value) not in _PLAIN:
                found.setdefault(id(value), ["provided", name])
        for module_name in _MODULES:
            module = self._module(module_name)
            found[id(module)] = ["module", module_name]
            for name, value in vars(module).items():
                if type(value) not in _PLAIN and name[0] != "_":
                    found.setdefault(id(value), ["imported", module_name, name])
        return found

    def provided(self, name: str) -> object:
        """What has a name without being imported.

        Raises:
            LookupError: nothing has.
        """
        if name not in self._provided:
            raise LookupError(f"nothing is called {name!r}")
        return self._provided[name]

    def module(self, name: str) -> ModuleType:
        """A module that programs can import.

        Raises:
            LookupError: they cannot.
        """
        if name not in _MODULES:
            raise LookupError(f"programs cannot import {name!r}")
        return self._module(name)

    def imported(self, module: str, name: str) -> object:
        """What a module holds under a name.

        Raises:
            LookupError: programs cannot import the module, or it has no such name.
        """
        members = vars(self.module(module))
        if name not in members or name[0] == "_":
            raise LookupError(f"{module} has no {name!r}")
        return members[name]

    def _module(self, name: str) -> ModuleType:
        return self._import(name, fromlist=("*",))
