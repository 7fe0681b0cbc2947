"""Reading Fluid arguments."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lupa.lua52 import lua_type

from fle_marl.sim.lua_api.arguments import read_number
from fle_marl.sim.lua_api.errors import fail, shown
from fle_marl.sim.lua_api.lua_class import LuaValue

if TYPE_CHECKING:
    from fle_marl.sim.lua_api.runtime import LuaApi

__all__ = ["Fluid", "fluid_number", "read_amount", "read_fluid", "read_measure"]


@dataclass(frozen=True, slots=True)
class Fluid:
    """What a script says of a fluid.

    Attributes:
        number: of the fluid.
        amount: units, 0 or more.
        temperature: degrees Celsius; the fluid's default if the script said nothing.
    """

    number: int
    amount: float
    temperature: float


def fluid_number(api: "LuaApi", name: object) -> int:
    """Number of a fluid by its name.

    Raises:
        ScriptError: there is no such fluid.
    """
    if not isinstance(name, str) or name not in api.prototypes.fluids:
        fail(f"Unknown fluid name: {shown(name)}.")
    return api.prototypes.fluids[name].id


def read_measure(value: object, name: str) -> float:
    """An amount or a temperature; see `read_number`."""
    return read_number(value, name, expected="a number")


def read_amount(value: object) -> float:
    """An amount of fluid: a number, 0 or more.

    Raises:
        ScriptError: it is none.
    """
    amount = read_measure(value, "amount")
    if amount < 0.0:
        fail(f"amount must be 0 or more, not {shown(value)}.")
    return amount


def read_fluid(api: "LuaApi", fluid: LuaValue) -> Fluid:
    """A table with a fluid's name, its amount and perhaps its temperature.

    Raises:
        ScriptError: it is none.
    """
    if lua_type(fluid) != "table":
        fail(f"Expected a fluid, got {shown(fluid)}.")
    number = fluid_number(api, fluid["name"])
    temperature = fluid["temperature"]
    if temperature is None:
        temperature = api.prototypes.fluids.by_id(number).default_temperature
    return Fluid(
        number, read_amount(fluid["amount"]), read_measure(temperature, "temperature")
    )
