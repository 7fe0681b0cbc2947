"""What recipes make and what mining yields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["ItemCount", "Minable", "Product", "read_minable", "read_products"]


@dataclass(frozen=True, slots=True)
class ItemCount:
    """A number of items of one kind."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Product:
    """What one craft, one mined entity or one launched rocket yields.

    Attributes:
        type: whether the name is that of an item or of a fluid.
        name: of the item or fluid.
        amount: items or units of fluid; None if it is drawn from a range.
        amount_min: lower end of the range, included; None without a range.
        amount_max: upper end of the range, included; None without a range.
        probability: of getting anything at all, 0 to 1.
        temperature: of a fluid, degrees; None stands for the fluid's default.
        catalyst_amount: part of the amount that productivity does not multiply and that
            statistics do not count; where a recipe leaves it out, what it also uses up.
        fluidbox_index: which fluid box it goes to, from 1; 0 is any that fits.

    Source: ItemProductPrototype and FluidProductPrototype of the prototype API.
    """

    type: Literal["item", "fluid"]
    name: str
    amount: float | None
    amount_min: float | None = None
    amount_max: float | None = None
    probability: float = 1.0
    temperature: float | None = None
    catalyst_amount: float = 0
    fluidbox_index: int = 0

    @property
    def expected_amount(self) -> float:
        """The amount to expect on average; a range is drawn from evenly."""
        amount = self.amount
        if amount is None:
            amount = ((self.amount_min or 0) + (self.amount_max or 0)) / 2
        return amount * self.probability


@dataclass(frozen=True, slots=True)
class Minable:
    """How an entity or a tile is mined and what that yields.

    Attributes:
        mining_time: seconds at mining speed 1.
        products: what one mining yields; for a resource, one unit of it.
        required_fluid: what a drill needs besides, or None.
        fluid_amount: units of the required fluid, as the prototype gives them.
    """

    mining_time: float
    products: tuple[Product, ...]
    required_fluid: str | None = None
    fluid_amount: float = 0


def read_products(rows: Iterable[Mapping[str, Any]]) -> tuple[Product, ...]:
    """Make products of table rows."""
    return tuple(Product(**{"amount": None, **row}) for row in rows)


def read_minable(row: Mapping[str, Any] | None) -> Minable | None:
    """Make the mining properties of a table row; None stays None."""
    if row is None:
        return None
    return Minable(
        mining_time=row["mining_time"],
        products=read_products(row["products"]),
        required_fluid=row.get("required_fluid"),
        fluid_amount=row.get("fluid_amount", 0),
    )
