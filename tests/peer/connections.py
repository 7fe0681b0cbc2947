"""Things to connect, and what really came of it."""

from conftest import Play
from fle.env.entities import Position

BURNERS_COAL = 3
SOUTH, WEST = 4, 6


def at(x: float, y: float) -> Position:
    return Position(x=x, y=y)


def place(position: Position) -> tuple[float, float]:
    return position.x, position.y


def build(play: Play, name: str, x: float, y: float, options: str = "", **items: int):
    """Let something stand there, with items in it; options are Lua's."""
    inserts = "".join(
        f"e.insert{{name = '{item.replace('_', '-')}', count = {count}}} "
        for item, count in items.items()
    )
    play.world.run(
        f"local e = game.surfaces[1].create_entity{{name = '{name}', "
        f"position = {{{x}, {y}}}, force = 'player', {options}}} assert(e) {inserts}"
    )


def build_feeder(play: Play, x: float, y: float, **items: int) -> Position:
    """A chest, and to its right an inserter that takes from it.

    Returns:
        Where the inserter stands; it drops items one tile further right.
    """
    build(play, "iron-chest", x, y, **items)
    build(play, "burner-inserter", x + 1, y, f"direction = {WEST}", coal=BURNERS_COAL)
    return at(x + 1, y)


def build_taker(play: Play, x: float, y: float) -> Position:
    """A wooden chest, and to its left an inserter that fills it.

    Returns:
        Where the inserter stands; it takes items one tile further left.
    """
    build(play, "wooden-chest", x, y)
    build(play, "burner-inserter", x - 1, y, f"direction = {WEST}", coal=BURNERS_COAL)
    return at(x - 1, y)


def taken(play: Play) -> dict[str, int]:
    """What the only taker has brought."""
    return play.world.the("wooden-chest")["items"]


def line(play: Play, start: Position) -> list[tuple[float, float]]:
    """Where an item would go that lies on a belt: all pieces on its way, in order."""
    found = play.world.ask(
        f"""(function()
            local way, seen = {{}}, {{}}
            local e = game.surfaces[1].find_entities_filtered{{
                position = {{{start.x}, {start.y}}},
                type = {{'transport-belt', 'underground-belt'}}}}[1]
            while e and not seen[e.unit_number] do
              seen[e.unit_number] = true
              way[#way + 1] = e.position
              local goes_under = e.type == 'underground-belt'
                and e.belt_to_ground_type == 'input'
              if goes_under then e = e.neighbours
              else e = e.belt_neighbours.outputs[1] end
            end
            return way
          end)()"""
    )
    return [(each["x"], each["y"]) for each in found or []]


def places(play: Play, *names: str) -> set[tuple[float, float]]:
    """Where all of some names stand."""
    return {(e["x"], e["y"]) for name in names for e in play.world.entities(name)}


def fluids(play: Play, name: str) -> list[dict[str, float]]:
    """What is in all fluid boxes of each of a name: amounts by fluid."""
    found = play.world.ask(
        f"""(function()
            local all = {{}}
            for _, e in pairs(game.surfaces[1].find_entities_filtered{{
                name = '{name}'}}) do
              local amounts = {{}}
              for i = 1, #e.fluidbox do
                local fluid = e.fluidbox[i]
                if fluid then
                  amounts[fluid.name] = (amounts[fluid.name] or 0) + fluid.amount
                end
              end
              all[#all + 1] = amounts
            end
            return all
          end)()"""
    )
    return [dict(each) for each in found or []]


def fill(play: Play, name: str, fluid: str, amount: float) -> None:
    """Fill the first fluid box of the first of a name."""
    play.world.run(
        f"game.surfaces[1].find_entities_filtered{{name = '{name}'}}[1]"
        f".fluidbox[1] = {{name = '{fluid}', amount = {amount}}}"
    )


def targets(play: Play, name: str) -> set[tuple[float, float]]:
    """Where something must stand to be connected to the fluid boxes of the only one."""
    found = play.world.ask(
        f"""(function()
            local e = game.surfaces[1].find_entities_filtered{{name = '{name}'}}[1]
            local all = {{}}
            for i = 1, #e.fluidbox do
              for _, each in pairs(e.fluidbox.get_pipe_connections(i)) do
                all[#all + 1] = each.target_position
              end
            end
            return all
          end)()"""
    )
    return {(each["x"], each["y"]) for each in found or []}
