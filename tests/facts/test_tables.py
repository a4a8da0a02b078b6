"""The data tables are consistent with themselves."""

import csv
from importlib.resources import files

import pytest

from ntmsum.facts.tables import load_grammar, load_units

TABLES = files("ntmsum.facts")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_unit_form_means_one_unit(lang):
    owners: dict[str, set[str]] = {}
    for unit in load_units().values():
        for form in unit.forms[lang]:
            owners.setdefault(form.lower(), set()).add(unit.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


def test_every_parent_is_a_unit_and_no_unit_is_its_own_ancestor():
    units = load_units()
    for unit in units.values():
        seen = {unit.id}
        parent = unit.parent
        while parent:
            assert parent in units
            assert parent not in seen
            seen.add(parent)
            parent = units[parent].parent


@pytest.mark.parametrize("name", ["calendar.csv", "modifiers.csv", "labels.csv", "numerals.csv"])
def test_no_row_is_written_twice(name):
    rows = [tuple(row) for row in csv.reader(TABLES.joinpath(name).read_text(encoding="utf-8").splitlines())]
    assert len({row[:3] for row in rows}) == len(rows)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_number_word_has_a_positive_value_or_joins(lang):
    for role, value in load_grammar(lang).numerals.values():
        assert value > 0 or role in ("link", "zero")
