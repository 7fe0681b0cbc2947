"""What the map holds to be mined, pumped or cut, and patches of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from fle_marl.lua.types.names import SuggestingEnumMeta
from fle_marl.lua.types.positions import BoundingBox

__all__ = ["Resource", "ResourcePatch"]


@dataclass
class ResourcePatch:
    """A patch of one resource.

    Attributes:
        name: of the resource.
        size: how much there is: units of ore or oil, tiles of water, trees.
        bounding_box: the rectangle around it.
    """

    name: str
    size: int
    bounding_box: BoundingBox


class Resource(Enum, metaclass=SuggestingEnumMeta):
    """A resource of the map; its value is the game's name and the class of patches.

    A resource can be taken apart like the pair that is its value.
    """

    Coal = ("coal", ResourcePatch)
    IronOre = ("iron-ore", ResourcePatch)
    CopperOre = ("copper-ore", ResourcePatch)
    Stone = ("stone", ResourcePatch)
    Water = ("water", ResourcePatch)
    CrudeOil = ("crude-oil", ResourcePatch)
    UraniumOre = ("uranium-ore", ResourcePatch)
    Wood = ("wood", ResourcePatch)

    def __repr__(self) -> str:
        return f"Resource.{self.name}"

    def __getitem__(self, index: int) -> object:
        return self.value[index]

    def __iter__(self) -> Iterator[object]:
        return iter(self.value)
