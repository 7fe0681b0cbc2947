#!/usr/bin/env python3
"""Make the table of what methods and attributes of Factorio's Lua runtime API take.

The types are those of Wube's machine-readable documentation of 1.1.110, which need not
tell the order of arguments; the order is that of the npm package typed-factorio 2.5.2
(MIT). Usage::

    npm pack typed-factorio@2.5.2 && tar xzf typed-factorio-2.5.2.tgz
    python scripts/extract_api_arguments.py runtime-api.json package

Only what Lua itself can tell apart is kept: numbers, strings, booleans and tables.
Anything else, such as a force that may be given by name, number or object, is for the
method to look at.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parents[1] / "fle_marl/sim/lua_api/api_arguments.json"
NUMBERS = {"double", "float", "int", "int8", "uint", "uint8", "uint16", "uint64"}
TABLES = {"array", "dictionary", "table"}
CONCEPTS: dict[str, str | dict[str, Any]] = {}
"""Types that have a name, such as flags, as the documentation describes them."""
METHOD = re.compile(r"^    (\w+)\(", re.MULTILINE)
ARGUMENT = re.compile(r"(\w+)\??:")
KNOWN_ORDERS = {
    "add_command": ["name", "help", "function"],
    "call": ["interface", "function"],
    "raise_event": ["event", "data"],
    "set_event_filter": ["event", "filters"],
}
"""Orders that the declarations do not tell. Source: the documentation, read."""
OTHER_FORMS = {
    "LuaForce.research_queue",
    "LuaForce.set_saved_technology_progress",
    "LuaSurface.get_tile",
}
"""Members that take what the machine-readable form does not tell. Source: the text of
their documentation."""


def kind_of(described: str | dict[str, Any]) -> str | None:
    """The type of Lua that a value must have; None when there are several."""
    if isinstance(described, dict):
        if described["complex_type"] == "union":
            kinds = {kind_of(option) for option in described["options"]}
            return kinds.pop() if len(kinds) == 1 else None
        if described["complex_type"] == "literal":
            return kind_of(type(described["value"]).__name__)
        return "table" if described["complex_type"] in TABLES else None
    if described in NUMBERS or described.startswith("defines."):
        return "number"
    if described in ("string", "str"):
        return "string"
    if described in ("boolean", "bool"):
        return "boolean"
    if described == "table":
        return "table"
    kind = kind_of(CONCEPTS[described]) if described in CONCEPTS else None
    # methods know in what forms the game takes its tables, such as positions
    return None if kind == "table" else kind


def named_kinds(method: dict[str, Any]) -> dict[str, str]:
    """Types of arguments by name, those of single types of entities included."""
    groups = [
        group["parameters"] for group in method.get("variant_parameter_groups", ())
    ]
    kinds: dict[str, str | None] = {}
    for argument in sum(groups, list(method["parameters"])):
        name, kind = argument["name"], kind_of(argument["type"])
        kinds[name] = kind if kinds.get(name, kind) == kind else None
    return {name: kind or "any" for name, kind in sorted(kinds.items())}


def read_orders(source: str) -> dict[frozenset[str], list[str]]:
    """Orders of arguments in declarations of TypeScript, by all names of a method.

    The method's own name is among them, with a dot before it.
    """
    orders: dict[frozenset[str], list[str]] = {}
    for opened in METHOD.finditer(source):
        names, depth, place = [], 0, opened.end() - 1
        while depth > 0 or place < opened.end():
            depth += {"(": 1, "{": 1, "[": 1, "<": 1}.get(source[place], 0)
            depth -= {")": 1, "}": 1, "]": 1, ">": 1}.get(source[place], 0)
            found = ARGUMENT.match(source, place)
            if found and depth == 1:
                names.append(found[1])
                place = found.end()
            else:
                place += 1
        orders[frozenset([f".{opened[1]}", *names])] = names
    return orders


def in_order(
    method: dict[str, Any], orders: dict[frozenset[str], list[str]]
) -> list[dict[str, Any]] | None:
    """Arguments of a method as they follow each other; None when that is not known."""
    arguments = {each["name"]: each for each in method["parameters"]}
    if len(arguments) == 1:
        return list(arguments.values())
    declared = orders.get(frozenset([f".{method['name']}", *arguments]))
    names = KNOWN_ORDERS.get(method["name"], declared)
    return None if names is None else [arguments[name] for name in names]


def checks_of(
    method: dict[str, Any], orders: dict[frozenset[str], list[str]]
) -> dict[str, Any] | None:
    """What is to be checked when a method is called; None for nothing."""
    required = [each for each in method["parameters"] if not each["optional"]]
    if method["format"]["takes_table"]:
        checks = {
            "is_table_optional": method["format"].get("table_optional", False),
            "kinds": named_kinds(method),
            "required": sorted(each["name"] for each in required),
        }
        return {"named": checks}
    arguments = in_order(method, orders)
    if arguments is None:
        print(f"the order of arguments of {method['name']} is not known")
        return None
    kinds = [kind_of(each["type"]) for each in arguments]
    if not any(kinds):
        return None
    # what may be nothing, may be nil in the midst of others
    return {
        "ordered": [
            [kind or "any", each["optional"]]
            for kind, each in zip(kinds, arguments, strict=True)
        ]
    }


def members_of(
    owner: dict[str, Any], classes: dict[str, dict[str, Any]], kind: str
) -> Iterable[dict[str, Any]]:
    """Methods or attributes of a class and of those above it."""
    while owner:
        yield from owner[kind]
        owner = classes.get(owner.get("parent") or "", {})


def written_kinds(
    owner: dict[str, Any], classes: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What is to be checked when an attribute is written, by its name."""
    # what may be nothing when it is read, may be made nothing
    return {
        each["name"]: {"written": [kind, each["optional"]]}
        for each in members_of(owner, classes, "attributes")
        if each["write"]
        and f"{owner['name']}.{each['name']}" not in OTHER_FORMS
        and (kind := kind_of(each["type"]))
    }


def main() -> None:
    """Read the documentation and write the table."""
    parser = argparse.ArgumentParser(
        description="Make the table of what Factorio's runtime API takes."
    )
    parser.add_argument("api", type=Path, help="runtime-api.json of 1.1.110")
    parser.add_argument("package", type=Path, help="the unpacked typed-factorio 2.5.2")
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    api = json.loads(given.api.read_text(encoding="utf-8"))
    if api["application_version"] != "1.1.110":
        parser.error(f"{given.api} is of {api['application_version']}, not of 1.1.110")
    declarations = given.package / "runtime/generated/classes.d.ts"
    if not declarations.exists():
        parser.error(f"{declarations} is missing: unpack typed-factorio@2.5.2 first")
    orders = read_orders(declarations.read_text(encoding="utf-8"))
    CONCEPTS.update({each["name"]: each["type"] for each in api["concepts"]})
    classes = {owner["name"]: owner for owner in api["classes"]}
    rows = []
    for name, owner in sorted(classes.items()):
        checks = {
            method["name"]: check
            for method in members_of(owner, classes, "methods")
            if f"{name}.{method['name']}" not in OTHER_FORMS
            and (check := checks_of(method, orders))
        }
        checks |= written_kinds(owner, classes)
        if checks:
            text = json.dumps(dict(sorted(checks.items())), separators=(",", ":"))
            rows.append(f"{json.dumps(name)}: {text}")
    given.output.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    print(f"{len(rows)} classes")


if __name__ == "__main__":
    main()
