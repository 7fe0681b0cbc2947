"""The silo, the hundred parts of a rocket, and the launch."""

from typing import Final

from fle_marl.errors import ToolError
from fle_marl.evaluation.rocket_run.player import Item, Player, item_named
from fle_marl.evaluation.rocket_run.works import Works
from fle_marl.lua.types import BuildingBox, Direction, Entity, Prototype
from fle_marl.prototypes import load

__all__ = ["build_silo", "fill_rocket", "launch"]

_ROOM: Final = BuildingBox(13, 13)
_BATCH_PARTS: Final = 10
"""Parts whose ingredients are carried at once: they stack by ten only."""
_SECONDS: Final = 4.0
"""A part takes three."""
_MOST_LOOKS: Final = 100
_FLIGHT_SECONDS: Final = 30.0


def _ingredients() -> dict[Item, int]:
    parts = load().recipes["rocket-part"].ingredients
    return {item_named(part.name): int(part.amount) for part in parts}


def build_silo(works: Works) -> Entity:
    """Make a silo and build it near the engines."""
    player = works.player
    works.make(Prototype.RocketSilo, 1)
    engine = works.power.engines[0]
    player.go(engine.position)
    ground = player.nearest_buildable(Prototype.RocketSilo, _ROOM, engine.position)
    player.go(ground.center)
    silo: Entity = player.place_entity(
        Prototype.RocketSilo, Direction.UP, ground.center
    )
    works.lay(Prototype.SmallElectricPole, engine, silo)
    player.reach("first rocket-silo")
    return silo


def fill_rocket(works: Works, silo: Entity) -> None:
    """Bring what all parts are made of."""
    player, needed = works.player, _ingredients()
    wanted = int(
        str(load().entities["rocket-silo"].properties["rocket_parts_required"])
    )
    done = 0
    while done < wanted:
        batch = min(_BATCH_PARTS, wanted - done)
        works.make_all({item: count * batch for item, count in needed.items()})
        player.go(silo.position)
        for _ in range(batch):
            _add_part(player, silo, needed)
        done = _parts(player, silo)
        player.reach(f"{done} rocket parts")


def _parts(player: Player, silo: Entity) -> int:
    return int(player.get_entity(Prototype.RocketSilo, silo.position).rocket_parts)


def _add_part(player: Player, silo: Entity, needed: dict[Item, int]) -> None:
    for item, count in needed.items():
        player.top_up(item, silo, count)
    player.wait(_SECONDS)


def launch(works: Works, silo: Entity) -> None:
    """Wait until the rocket stands ready, and launch it."""
    player = works.player
    player.go(silo.position)
    for _ in range(_MOST_LOOKS):
        try:
            player.launch_rocket(silo)
        except ToolError as refused:
            if refused.code != "rocket-not-ready":
                raise
            player.wait(_SECONDS)
            continue
        player.reach("rocket launched")
        player.wait(_FLIGHT_SECONDS)
        return
    raise RuntimeError(f"the rocket is not ready with {_parts(player, silo)} parts")
