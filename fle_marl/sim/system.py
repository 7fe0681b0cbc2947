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


def _no_contents(_world: World, _entity: int) -> dict[int, int]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """How one kind of entity comes, turns and goes, and which tables it touches.

    Attributes:
        name: of the module.
        kinds: names of `components.KINDS` whose entities this system makes.
        create: called when the entity's row stands (prototype, place, direction,
            force): adds the component and the parts, sets ``entity.component``.
        turned: called after the entity's direction changed.
        contents: items that the entity holds outside its inventories, {item: count}.
        destroy: called before the entity's parts and row are given back: frees the
            component.
        reads: tables that its kernels read during a tick.
        writes: tables that its kernels change during a tick.
    """

    name: str
    kinds: tuple[str, ...] = ()
    create: Callable[[World, int, EntityPrototype], None] | None = None
    turned: Callable[[World, int], None] = _nothing
    contents: Callable[[World, int], dict[int, int]] = _no_contents
    destroy: Callable[[World, int], None] = _nothing
    reads: tuple[str, ...] = field(default=())
    writes: tuple[str, ...] = field(default=())
