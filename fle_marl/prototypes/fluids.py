"""Fluids: what flows in pipes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fle_marl.prototypes.data_files import read_table
from fle_marl.prototypes.table import PrototypeTable
from fle_marl.units import parse_energy_joules

__all__ = ["FluidPrototype", "load_fluids"]

_DEFAULT_HEAT_CAPACITY = "1KJ"
"""Source: FluidPrototype.heat_capacity of the prototype API."""


@dataclass(frozen=True, slots=True, eq=False)
class FluidPrototype:
    """A fluid.

    Attributes:
        id: number within the table, from 1.
        name: the game's name.
        default_temperature: degrees.
        max_temperature: degrees; the default temperature unless the prototype gives it.
        gas_temperature: degrees from which on it counts as a gas; None for never.
        heat_capacity_joules: to heat one unit by one degree.
        fuel_value_joules: energy of burning one unit; 0 if it does not burn.
        subgroup: item subgroup.
        order: where it stands in its subgroup, compared as text.
        properties: everything else that the prototype has, under the game's names.
    """

    id: int
    name: str
    default_temperature: float
    max_temperature: float
    gas_temperature: float | None
    heat_capacity_joules: float
    fuel_value_joules: float
    subgroup: str
    order: str
    properties: Mapping[str, object]


def load_fluids() -> PrototypeTable[FluidPrototype]:
    """Read the fluids."""
    return PrototypeTable("fluid", _read_fluids())


def _read_fluids() -> Iterator[FluidPrototype]:
    for number, (name, row) in enumerate(read_table("fluids").items(), start=1):
        default_temperature = row.pop("default_temperature")
        yield FluidPrototype(
            id=number,
            name=name,
            default_temperature=default_temperature,
            max_temperature=row.pop("max_temperature", default_temperature),
            gas_temperature=row.pop("gas_temperature", None),
            heat_capacity_joules=parse_energy_joules(
                row.pop("heat_capacity", _DEFAULT_HEAT_CAPACITY)
            ),
            fuel_value_joules=parse_energy_joules(row.pop("fuel_value", "0J")),
            subgroup=row.pop("subgroup", "fluid"),
            order=row.pop("order", ""),
            properties=row,
        )
