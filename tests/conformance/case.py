"""The format of conformance cases; the only place that says what a case may hold.

A case builds something, lets ticks pass and states what must be found then. Each file
of ``cases/`` is about one system, named after it, and holds ``{"cases": [...]}`` or a
single case. ``case_schema.json`` is this format for editors
(``python scripts/write_fidelity_page.py`` writes it); what is not in it is refused.

Places: ``x`` and ``y`` are where a player would ask for an entity, in tiles; later
steps and expectations name the entity by the same two numbers. Areas are tiles
``[left, top, right, bottom]``, right and bottom excluded.
"""

import json
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)

CASES = Path(__file__).with_name("cases")

Place = tuple[float, float]
Area = tuple[int, int, int, int]
Heading = Literal["north", "east", "south", "west"]
Side = Literal["left", "right"]
Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1)]
Ticks = Annotated[int, Field(ge=0)]


class Strict(BaseModel):
    """Refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


# --- steps: what is built and done


class BuildEntity(Strict):
    """An entity of the player's force; whether it may stand there is not asked."""

    name: Text
    x: float
    y: float
    direction: Heading = "north"
    end: Literal["input", "output"] | None = Field(
        None, description="Of an underground belt; an entrance if nothing is said."
    )
    recipe: str | None = None
    insert: dict[str, Count] = Field({}, description="Items, put where they belong.")
    inventory: dict[str, dict[str, Count]] = Field(
        {}, description="Items by inventory, its name in ``defines.inventory``."
    )
    filters: tuple[str, ...] = Field((), description="Items that an inserter takes.")
    bar: int | None = Field(None, ge=0, description="Slots that may be filled.")
    input_priority: Side | None = Field(None, description="Of a splitter.")
    output_priority: Side | None = Field(None, description="Of a splitter.")
    filter: str | None = Field(None, description="Item of a splitter's filter.")


class LayBelts(Strict):
    """Belts drawn with ``^>v<`` from a left top tile on; other signs leave a gap."""

    belts: tuple[str, ...]
    name: str = "transport-belt"
    x: int = 0
    y: int = 0


class LayResource(Strict):
    """Ore on every tile of an area."""

    resource: Text
    area: Area
    amount: Count


class LayTiles(Strict):
    """Ground of one kind; grass is everywhere else."""

    tiles: Text
    area: Area


class PutOnBelts(Strict):
    """Items onto lines: of one piece at positions, or all that fit onto an area."""

    put: Text
    entity: Place | None = None
    line: int | None = Field(None, ge=1, description="Of the entity's lines, from 1.")
    positions: tuple[float, ...] = Field(
        (), description="Tiles from the line's front end."
    )
    area: Area | None = None
    lines: tuple[int, ...] = Field((1, 2), description="Lines to fill of an area.")

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> Self:
        if (self.area is None) == (self.entity is None):
            raise ValueError("say either where by an area or by an entity")
        if self.entity is not None and (self.line is None or not self.positions):
            raise ValueError("an entity needs a line and positions")
        return self


class PutOnGround(Strict):
    """One stack on the ground."""

    ground: Text
    at: Place
    count: Count = 1


class PutFluid(Strict):
    """Fluid into a fluid box, which it then holds alone."""

    fluid: Text
    entity: Place
    box: int = Field(1, ge=1, description="Of the entity's boxes, from 1.")
    amount: float = Field(ge=0)
    temperature: float | None = Field(
        None, description="Degrees Celsius; the fluid's default if nothing is said."
    )


class KeepFluid(Strict):
    """A fluid box that is set to an amount after every tick: endless source or sink.

    What flows in and out of it over all is read as ``fluid_drained``.
    """

    keep: Text
    entity: Place
    box: int = Field(1, ge=1)
    amount: float = Field(ge=0)
    temperature: float | None = None


class Research(Strict):
    """A technology whose recipes are enabled."""

    research: Text


class Order(Strict):
    """What a character shall do from now on: one of walk, mine or craft."""

    order: Place = Field(description="The character.")
    walk: Heading | None = None
    mine: Place | None = Field(
        None, description="An entity, or the tile of a resource."
    )
    craft: str | None = Field(None, description="A recipe.")
    count: Count = 1


class Remove(Strict):
    """An entity goes, with all that is in it, as by a script."""

    remove: Place


class Turn(Strict):
    """An entity is turned."""

    turn: Place
    direction: Heading


class SetTime(Strict):
    """The time of day: 0 is noon, 0.5 midnight."""

    daytime: float = Field(ge=0, lt=1)


class RunLua(Strict):
    """A chunk of Lua with the game's API.

    ``at(x, y)`` is the entity that a step built there, ``surface`` nauvis and ``force``
    the player's.
    """

    lua: Text


KEYS_OF_STEPS: Mapping[type[Strict], str] = {
    LayBelts: "belts",
    LayResource: "resource",
    LayTiles: "tiles",
    PutOnBelts: "put",
    PutOnGround: "ground",
    PutFluid: "fluid",
    KeepFluid: "keep",
    Research: "research",
    Order: "order",
    Remove: "remove",
    Turn: "turn",
    SetTime: "daytime",
    RunLua: "lua",
    BuildEntity: "name",  # last: belts have a name, too
}
"""The key that tells a step from all others."""


def _key_of_step(step: Any) -> str | None:
    keys = step if isinstance(step, dict) else step.model_fields_set
    return next((key for key in KEYS_OF_STEPS.values() if key in keys), None)


if TYPE_CHECKING:
    Step = Strict
else:
    Step = Annotated[
        reduce(or_, (Annotated[step, Tag(key)] for step, key in KEYS_OF_STEPS.items())),
        Discriminator(
            _key_of_step,
            custom_error_type="unknown_step",
            custom_error_message=f"a step has one of {[*KEYS_OF_STEPS.values()]}",
        ),
    ]


# --- expectations


class ItemsIn(Strict):
    """All of an item in an entity, or in one of its inventories."""

    entity: Place
    item: str
    inventory: str | None = None


class Line(Strict):
    """A transport line of an entity."""

    entity: Place
    line: int = Field(ge=1)


class LinesOfArea(Strict):
    """Lines of the same number of all belts on an area."""

    area: Area
    line: int = Field(ge=1)
    item: str | None = Field(None, description="All items if nothing is said.")


class Box(Strict):
    """A fluid box of an entity."""

    entity: Place
    box: int = Field(1, ge=1)


class One(Strict):
    """An entity."""

    entity: Place


class InnerField(Strict):
    """What the game's API does not show: a field of an entity's electric source."""

    entity: Place
    name: Literal["flow_joules", "satisfaction"]


class Expectation(Strict):
    """One reading, and what it must be."""

    item_count: ItemsIn | None = None
    positions: Line | None = Field(
        None, description="Of the items on a line, tiles from its front end."
    )
    items_on_line: Line | None = Field(
        None, description="Names of the items on a line, the front one first."
    )
    belt_items: LinesOfArea | None = Field(None, description="How many.")
    ground_items: str | None = Field(None, description="How many lie about.")
    resource_amount: Area | None = Field(None, description="What is left in it.")
    produced: str | None = None
    consumed: str | None = None
    fluid_produced: str | None = None
    fluid_consumed: str | None = None
    fluid_amount: Box | None = None
    fluid_temperature: Box | None = None
    fluid_drained: Box | None = Field(
        None, description="Units that a kept box took in since it was last kept."
    )
    status: One | None = Field(
        None, description="By its name in ``defines.entity_status``."
    )
    field: InnerField | None = None
    fuel_burnt_joules: One | None = Field(
        None, description="Since the entity was built, its buffer excluded."
    )
    lua: str | None = Field(None, description="An expression, as in a step.")

    equals: float | int | str | bool | tuple[float, ...] | tuple[str, ...] | None = None
    tolerance: float = Field(0.0, ge=0)
    at_least: float | None = None
    at_most: float | None = None

    @property
    def reading(self) -> str:
        """The key of what is read."""
        (reading,) = self.model_fields_set & readings(type(self))
        return reading

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        found = sorted(self.model_fields_set & readings(type(self)))
        if len(found) != 1:
            raise ValueError(f"exactly one reading is needed, not {found}")
        has_bounds = self.at_least is not None or self.at_most is not None
        if ("equals" in self.model_fields_set) == has_bounds:
            raise ValueError("say either what it equals or its bounds")
        return self


def readings(expectation: type[Expectation]) -> set[str]:
    """The keys of everything that can be read."""
    bounds = {"equals", "tolerance", "at_least", "at_most"}
    return set(expectation.model_fields) - bounds


# --- cases


class Part(Strict):
    """Do, wait, look."""

    do: tuple[Step, ...] = ()
    wait_ticks: Ticks
    expect: tuple[Expectation, ...]


class Case(Strict):
    """Build this, wait so many ticks, expect these records."""

    id: Text = Field(description="Of the published figure, if there is one.")
    shows: str = Field("", description="One sentence, where the id does not say it.")
    source: Text = Field(description="Where the figures are from.")
    factorio: Text = Field(description="Version of the game that they are true of.")
    xfail: str | None = Field(
        None,
        min_length=1,
        description="Why the simulator is known to disagree; fails once it agrees.",
    )
    build: tuple[Step, ...]
    wait_ticks: Ticks
    expect: tuple[Expectation, ...]
    then: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """All of the case in order, what is built included."""
        first = Part(do=self.build, wait_ticks=self.wait_ticks, expect=self.expect)
        return (first, *self.then)

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        if not any(part.expect for part in self.parts):
            raise ValueError("the case expects nothing")
        return self


class Cases(Strict):
    """Several cases in a file."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]


_FILE: TypeAdapter[Case | Cases] = TypeAdapter(
    Annotated[
        Annotated[Case, Tag("case")] | Annotated[Cases, Tag("cases")],
        Discriminator(lambda file: "cases" if "cases" in file else "case"),
    ]
)


def parse_cases(text: str) -> tuple[Case, ...]:
    """The cases of a file.

    Raises:
        pydantic.ValidationError: something in it is not part of the format.
    """
    file = _FILE.validate_json(text)
    return file.cases if isinstance(file, Cases) else (file,)


def read_cases() -> Iterator[tuple[str, Case]]:
    """All cases with the name of their system, which is that of their file."""
    for path in sorted(CASES.glob("*.json")):
        try:
            cases = parse_cases(path.read_text(encoding="utf-8"))
        except ValidationError as error:
            raise ValueError(f"{path.name} is not a file of cases: {error}") from error
        for case in cases:
            yield path.stem, case


def schema_text() -> str:
    """The JSON schema of the format, as it stands in ``case_schema.json``."""
    schema = _FILE.json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"
