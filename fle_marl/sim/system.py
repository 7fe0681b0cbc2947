"""What a system is: the rules of one kind of entity.

A module of ``systems`` holds, in reading order: a docstring (what, source), compiled
kernels, Python functions that make and remove the component of an entity, and a
`System` that names them. ``schedule`` lists the systems; nothing else registers them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from fle_marl.prototypes import EntityPrototype
from fle_marl.sim.world import World

__all__ = ["System"]


def _nothing(_world: World, _entity: int) -> None:
    return None


def _stays(_world: World, _entity: int, _other: int) -> None:
    return None


def _alone(_world: World, _entity: int, _direction: int) -> int:
    return 0


def _no_contents(_world: World, _entity: int) -> dict[int, int]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """How one kind of entity comes, turns and goes, and which tables it touches.

    Attributes:
        name: of the module.
        kinds: names of `components.KINDS` whose entities this system makes.
        create: called when the entity's row stands (prototype, place, direction,
            force) and before it takes its place: adds the component and the parts, sets
            ``entity.component``.
        turned_along: says which other entity turns together with an entity that is to
            face a direction; 0 for none.
        turned: called after the direction of an entity, and of the other that turned
            along or 0, changed, while they are out of their place.
        contents: items that the entity holds outside its inventories, {item: count}.
        destroy: called when the entity has left its place and before its parts and row
            are given back: frees the component.
        reads: tables that its kernels read during a tick.
        writes: tables that its kernels change during a tick.
    """

    name: str
    kinds: tuple[str, ...] = ()
    create: Callable[[World, int, EntityPrototype], None] | None = None
    turned_along: Callable[[World, int, int], int] = _alone
    turned: Callable[[World, int, int], None] = _stays
    contents: Callable[[World, int], dict[int, int]] = _no_contents
    destroy: Callable[[World, int], None] = _nothing
    reads: tuple[str, ...] = field(default=())
    writes: tuple[str, ...] = field(default=())
