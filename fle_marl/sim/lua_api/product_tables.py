"""Products of recipes, mining and rockets as the game's tables."""

from fle_marl.prototypes import Product

__all__ = ["product_table"]


def product_table(part: Product) -> dict[str, object]:
    """A product as the game's Product table."""
    table: dict[str, object] = {
        "type": part.type,
        "name": part.name,
        "probability": part.probability,
    }
    if part.amount_min is not None and part.amount_max is not None:
        table |= {"amount_min": part.amount_min, "amount_max": part.amount_max}
    else:
        table["amount"] = part.amount
    if part.temperature is not None:
        table["temperature"] = part.temperature
    if part.catalyst_amount:
        table["catalyst_amount"] = part.catalyst_amount
    return table
