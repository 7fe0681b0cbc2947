"""Blueprint strings: as the game writes them, and as somebody hostile would."""

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fle_marl.errors import BlueprintError
from fle_marl.sim.lua_api import blueprint_format
from fle_marl.sim.lua_api.blueprint_format import (
    Blueprint,
    BlueprintBook,
    decode_string,
    encode_string,
)

BELT = {
    "entity_number": 1,
    "name": "transport-belt",
    "position": {"x": 0.5, "y": -0.5},
    "direction": 2,
}


def packed(plain: object, *, raw: bytes | None = None) -> str:
    text = json.dumps(plain).encode() if raw is None else raw
    return "0" + base64.b64encode(zlib.compress(text, 9)).decode()


def of(*entities: object, **more: object) -> str:
    return packed({"blueprint": {"item": "blueprint", "entities": entities, **more}})


def refused(text: str) -> BlueprintError:
    with pytest.raises(BlueprintError) as caught:
        decode_string(text)
    return caught.value


def test_a_string_comes_back():
    blueprint = decode_string(of(BELT, label="Eine Straße", version=281479278886912))
    assert blueprint.label == "Eine Straße"
    assert blueprint.entities[0].direction == 2
    assert decode_string(encode_string(blueprint)) == blueprint
    assert decode_string(f"\n {encode_string(blueprint)}  ") == blueprint


def test_it_is_written_as_the_game_does():
    """Source: wiki.factorio.com/Blueprint_string_format."""
    text = encode_string(decode_string(of(BELT)))
    assert text[0] == "0"
    plain = json.loads(zlib.decompress(base64.b64decode(text[1:])))
    assert plain == {
        "blueprint": {
            "item": "blueprint",
            "entities": [BELT],
            # main, major, minor and developer version, 16 bits each
            "version": (1 << 48) + (1 << 32) + (110 << 16),
        }
    }


def test_what_it_does_not_know_is_read_over():
    wired = {**BELT, "connections": {"1": {"red": [{"entity_id": 2}]}}, "station": "x"}
    assert decode_string(of(wired, schedules=[])).entities[0].name == "transport-belt"


def test_items_were_a_list_once():
    given = {**BELT, "items": [{"item": "speed-module", "count": 2}]}
    assert decode_string(of(given)).entities[0].items == {"speed-module": 2}


def test_books_hold_blueprints_and_books():
    inner = {"blueprint_book": {"item": "blueprint-book", "blueprints": []}}
    pages = [
        {"index": 0, **inner},
        {"index": 2, "blueprint": {"item": "blueprint", "label": "two"}},
        {"index": 3, "upgrade_planner": {"item": "upgrade-planner"}},
    ]
    book = decode_string(
        packed(
            {
                "blueprint_book": {
                    "item": "blueprint-book",
                    "active_index": 2,
                    "blueprints": pages,
                }
            }
        )
    )
    assert isinstance(book, BlueprintBook)
    assert book.active() == Blueprint(label="two")
    assert decode_string(encode_string(book)) == book


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begins with ''"),
        ("1eJyr", "begins with '1'"),
        ("0!!!", "not a blueprint string"),
        ("0aGVsbG8=", "not a blueprint string"),
        (of(BELT)[:-12], "not a blueprint string"),
        (packed(None, raw=b"{"), "not JSON"),
        (packed(None, raw=b'{"blueprint": NaN}'), "not JSON"),
        (packed(None, raw=b"\xff\xfe"), "not JSON"),
        (packed(None, raw=b'{"a": ' + b"9" * 5000 + b"}"), "not JSON"),
        (packed({}), "neither a blueprint"),
        (packed({"planner": {}}), "neither a blueprint"),
    ],
)
def test_what_is_no_string_is_refused(text, words):
    problem = refused(text)
    assert problem.code == "not-a-blueprint-string"
    assert words in problem.message


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"entity_number": 0}, "entity_number"),
        ({"entity_number": "1"}, "entity_number"),
        ({"position": [1, 2]}, "position"),
        ({"position": {"x": 1e300, "y": 0}}, "position.x"),
        ({"position": {"x": True, "y": 0}}, "position.x"),
        ({"direction": 8}, "direction"),
        ({"direction": 1.5}, "direction"),
        ({"items": {"coal": -1}}, "items.coal"),
        ({"items": [1, 2]}, ""),
        ({"filters": [{"index": 0, "name": "coal"}]}, "filters.0.index"),
        ({"filters": "coal"}, "filters"),
        ({"bar": -1}, "bar"),
        ({"type": "sideways"}, "type"),
        ({"input_priority": "none"}, "input_priority"),
        ({"neighbours": [0]}, "neighbours.0"),
        ({"tags": []}, "tags"),
    ],
)
def test_what_cannot_be_is_refused(given, place):
    problem = refused(of({**BELT, **given}))
    assert problem.code == "bad-blueprint"
    assert place in problem.message
    assert "entities.0" in problem.message


@pytest.mark.parametrize("whole", [[], 7, "text", None, {"blueprint": 7}])
def test_what_is_no_object_is_refused(whole):
    assert refused(packed(whole)).code in ("bad-blueprint", "not-a-blueprint-string")


def test_no_two_entities_have_one_number():
    assert "same entity_number" in refused(of(BELT, BELT)).message


# --- whatever it is


NAMES = st.sampled_from(["lab", "pipe", "inserter", "of-a-mod", "Straße"])
ENTITIES = st.builds(
    dict,
    name=NAMES,
    position=st.builds(
        dict,
        x=st.integers(-500, 500).map(lambda half: half / 2),
        y=st.integers(-500, 500).map(lambda half: half / 2),
    ),
    direction=st.integers(0, 7),
    bar=st.integers(0, 48),
    items=st.dictionaries(NAMES, st.integers(0, 9), max_size=3),
    override_stack_size=st.integers(0, 12),
    auto_launch=st.booleans(),
    tags=st.dictionaries(st.text(max_size=3), st.lists(st.integers(), max_size=2)),
)


@given(st.lists(ENTITIES, max_size=6), st.text(max_size=20))
def test_every_blueprint_comes_back(entities, label):
    numbered = [{**each, "entity_number": n} for n, each in enumerate(entities, 1)]
    blueprint = decode_string(of(*numbered, label=label))
    assert len(blueprint.entities) == len(entities)
    assert decode_string(encode_string(blueprint)) == blueprint


@given(st.binary(max_size=80), st.booleans(), st.booleans())
def test_nothing_but_a_refusal_comes_of_noise(noise, is_packed, is_based):
    body = zlib.compress(noise) if is_packed else noise
    text = base64.b64encode(body).decode() if is_based else body.decode("latin-1")
    refused("0" + text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "position", "entities", "items", "index", "x", "y"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.sampled_from(["blueprint", "blueprint_book"]), JSON)
def test_any_json_is_read_or_refused(key, inner):
    try:
        contents = decode_string(packed({key: inner}))
    except BlueprintError:
        return
    assert decode_string(encode_string(contents)) == contents


# --- what would take all memory or time


def test_a_small_string_does_not_become_a_flood():
    bomb = packed(None, raw=b'{"blueprint": "' + b"a" * (1 << 26) + b'"}')
    assert len(bomb) < 1 << 18
    problem = refused(bomb)
    assert problem.code == "blueprint-too-large"
    assert problem.details["most"] == blueprint_format.MOST_JSON_BYTES


def test_a_large_string_is_not_looked_at():
    assert refused("0" * ((1 << 22) + 1)).code == "blueprint-too-large"


@pytest.mark.parametrize("levels", [30, 900, 200_000])
def test_depth_is_limited(levels):
    deep = b'{"blueprint": {"x": ' + b"[" * levels + b"]" * levels + b"}}"
    assert refused(packed(None, raw=deep)).code == "blueprint-too-large"
    tags = {**BELT, "tags": {"a": 1}}
    raw = json.dumps({"blueprint": {"entities": [tags]}}).encode()
    raw = raw.replace(b'"a": 1', b'"a": ' + b'{"b": ' * levels + b"1" + b"}" * levels)
    assert refused(packed(None, raw=raw)).code == "blueprint-too-large"


def test_parts_are_counted(monkeypatch):
    many = [{**BELT, "entity_number": n} for n in range(1, 20_002)]
    problem = refused(of(*many))
    assert problem.code == "blueprint-too-large"
    assert "20000" in problem.message
