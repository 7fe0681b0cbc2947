"""The types of agents' programs: what they can name, and what tools give them.

Names and fields are those that the Factorio Learning Environment documents. Everything
here is light, because each agent's process loads it.
"""

from fle_marl.lua.types.agents import AgentInfo, Message
from fle_marl.lua.types.directions import Direction
from fle_marl.lua.types.encoding import encode
from fle_marl.lua.types.entities import *  # noqa: F403 - a catalogue of classes
from fle_marl.lua.types.entities import __all__ as _entity_names
from fle_marl.lua.types.entity import (
    BurnerType,
    Electric,
    ElectricalProducer,
    Entity,
    EntityCore,
    FluidHandler,
    MultiFluidHandler,
    StaticEntity,
)
from fle_marl.lua.types.groups import (
    BeltGroup,
    ElectricityGroup,
    EntityGroup,
    PipeGroup,
    WallGroup,
)
from fle_marl.lua.types.inventory import Inventory
from fle_marl.lua.types.names import game_name
from fle_marl.lua.types.networks import *  # noqa: F403 - a catalogue of classes
from fle_marl.lua.types.networks import __all__ as _network_names
from fle_marl.lua.types.positions import (
    BoundingBox,
    BuildingBox,
    Dimensions,
    IndexedPosition,
    Position,
    TileDimensions,
)
from fle_marl.lua.types.prototypes import Prototype, prototype_by_name
from fle_marl.lua.types.recipes import Ingredient, Product, Recipe, RecipeName
from fle_marl.lua.types.records import decode, decode_entity
from fle_marl.lua.types.resources import Resource, ResourcePatch
from fle_marl.lua.types.statuses import EntityStatus
from fle_marl.lua.types.technologies import Technology, technology_by_name
from fle_marl.lua.types.vocabulary import agent_vocabulary

__all__ = [
    "AgentInfo",
    "BeltGroup",
    "BoundingBox",
    "BuildingBox",
    "BurnerType",
    "Dimensions",
    "Direction",
    "Electric",
    "ElectricalProducer",
    "ElectricityGroup",
    "Entity",
    "EntityCore",
    "EntityGroup",
    "EntityStatus",
    "FluidHandler",
    "IndexedPosition",
    "Ingredient",
    "Inventory",
    "Message",
    "MultiFluidHandler",
    "PipeGroup",
    "Position",
    "Product",
    "Prototype",
    "Recipe",
    "RecipeName",
    "Resource",
    "ResourcePatch",
    "StaticEntity",
    "Technology",
    "TileDimensions",
    "WallGroup",
    "agent_vocabulary",
    "decode",
    "decode_entity",
    "encode",
    "game_name",
    "prototype_by_name",
    "technology_by_name",
]
__all__ += _entity_names
__all__ += _network_names
