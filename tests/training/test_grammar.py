import random

import pytest

from ntmsum.errors import DataError
from ntmsum.training.agreement import disagreements
from ntmsum.training.grammar import generate, parse_templates, render, templates
from ntmsum.training.hints import mark
from ntmsum.training.slots import Slots, en_number, gazetteer, tables, unit_name, vi_number


def test_there_are_many_templates_and_places():
    assert len(templates()) >= 80
    assert len({place.province for place in gazetteer()}) == 63
    assert len(gazetteer()) > 10_000


def test_pairs_state_the_same_figures_on_both_sides():
    faulty = [made for made in generate(600, seed=4) if disagreements(made.source, made.reference)]
    assert faulty == []


def test_pairs_are_different_and_depend_on_the_seed_alone():
    first, again, other = (list(generate(200, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert len({made.source for made in first}) == 200


def test_every_template_renders_without_leftovers():
    for template in templates():
        made = render(template, random.Random(3))
        assert not set("{}") & set(made.source + made.reference)
        assert made.source[0].isupper() or made.source[0].isdigit() or made.source[0] == '"'


def test_renderings_beyond_the_default_come_with_a_hint():
    defaults = {entry["en"][0] for entry in tables()["terms"].values()}
    made = [made for made in generate(400, seed=5, varied_share=1.0) if made.required]
    unusual = [hint for pair in made for hint in pair.required if hint.rendering not in defaults]
    assert unusual
    for pair in made:
        assert all(hint.rendering in pair.reference for hint in pair.required)
        assert mark(pair.source, pair.required).count("<unused5>") == len(pair.required)


def test_a_template_with_different_slots_is_named_by_its_line():
    with pytest.raises(DataError, match="line 2"):
        parse_templates("# note\nXã có {n} thôn.\tThe commune has {count} hamlets.\n")


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [(1234.5, 1, "1.234,5", "1,234.5"), (30, 0, "30", "30"), (0.25, 2, "0,25", "0.25")],
)
def test_numbers_are_written_in_each_language(value, decimals, vi, en):
    assert vi_number(value, decimals) == vi
    assert en_number(value, decimals) == en


def test_units_carry_their_kind_in_both_languages():
    assert unit_name(("district", "Kim Bảng")) == ("huyện Kim Bảng", "Kim Bang District")
    assert unit_name(("city", "Đà Nẵng")) == ("thành phố Đà Nẵng", "Da Nang City")


def test_an_unknown_slot_is_an_error():
    slots = Slots(random.Random(0), gazetteer()[0], gazetteer()[1:3], varied_terms=False)
    with pytest.raises(KeyError, match="colour"):
        slots.draw("colour")
