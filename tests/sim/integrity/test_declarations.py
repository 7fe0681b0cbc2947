"""Every field of every table says what its numbers mean."""

import pytest

from fle_marl.sim.components import FREE_RUNS, LAYERS, TABLES
from fle_marl.sim.integrity.chains import CHAINS
from fle_marl.sim.integrity.declarations import LAYER_RULES, RULES
from fle_marl.sim.integrity.rules import (
    Flag,
    Free,
    Link,
    Places,
    Remembered,
    Row,
    Run,
    Several,
    UpTo,
)

FIELDS = [(table, name) for table, fields in RULES.items() for name in fields]


def test_every_table_and_layer_is_declared():
    assert set(RULES) == set(TABLES)
    assert set(LAYER_RULES) == set(LAYERS)


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_declared(table):
    """A field that fails here needs a line in `integrity.declarations`."""
    assert set(RULES[table]) == set(TABLES[table].names)


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_flags_are_yes_or_no_and_rows_are_whole_numbers(table, name):
    rule, kind = RULES[table][name], TABLES[table][name].base.kind
    inner = rule.rule if isinstance(rule, Several) else rule
    assert (kind == "b") == isinstance(inner, Flag)
    if not isinstance(inner, Free) and kind == "f":
        assert not isinstance(inner, Row | Run | UpTo | Places | Remembered)


@pytest.mark.parametrize(("table", "name"), FIELDS)
def test_fields_that_rules_name_exist(table, name):
    rule = RULES[table][name]
    own, others = [], []
    if isinstance(rule, Several):
        own.append(rule.count)
        rule = rule.rule
    if isinstance(rule, Row):
        others = [(rule.table, rule.back), (rule.table, rule.same)]
        own.append(rule.same)
    attributes = ("limit", "length", "serial", "field")
    own += [getattr(rule, each) for each in attributes if hasattr(rule, each)]
    if (table, name) == ("entity", "kind"):
        own = []  # a field of the prototypes
    for field in filter(None, own):
        assert field in TABLES[table].names
    for other, field in others:
        assert not field or field in TABLES[other].names


def test_links_are_those_of_chains():
    """A field that is declared as a link is checked as one."""
    declared = {
        (table, name)
        for table, fields in RULES.items()
        for name, rule in fields.items()
        if isinstance(rule, Link)
    }
    chained = {(chain.heads, chain.head) for chain in CHAINS}
    chained |= {(chain.table, chain.link) for chain in CHAINS}
    # the heads of this one are a layer
    chained.add(("cell_link", "next_in_cell"))
    assert declared == chained
    for chain in CHAINS:
        assert RULES[chain.heads][chain.head].table == chain.table


def test_runs_are_of_tables_that_are_handed_out_in_runs():
    tables = {
        rule.table
        for fields in RULES.values()
        for rule in fields.values()
        if isinstance(rule, Run)
    }
    assert tables == set(FREE_RUNS)


def test_free_numbers_have_a_reason():
    for fields in RULES.values():
        for rule in fields.values():
            assert not isinstance(rule, Free) or rule.why
