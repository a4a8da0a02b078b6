"""Formatted values read back as the same values."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.article import Span
from ntmsum.facts import Fact, extract_facts, format_en, format_vi
from ntmsum.facts.tables import load_units

NUMBERS = st.decimals(0, 10**12, places=3, allow_nan=False).map(lambda d: d if d else Decimal(0))
UNITS = st.sampled_from(sorted(load_units()))
YEARS = st.integers(1900, 2100)
FORMATS = [("vi", format_vi), ("en", format_en)]


def fact(kind, value, unit=None):
    return Fact(kind, value, unit, None, "", Span(0, 0))


def kind_of(unit):
    return {"money": "money", "percent": "percent"}.get(load_units()[unit].dimension, "quantity")


def assert_reads_back(written):
    for lang, write in FORMATS:
        text = write(written)
        found = [(f.kind, f.value, f.unit) for f in extract_facts(text, lang)]
        assert found == [(written.kind, written.value, written.unit)], text


@given(NUMBERS)
def test_number_reads_back(value):
    assert_reads_back(fact("number", value))


@given(NUMBERS, UNITS)
def test_amount_with_unit_reads_back(value, unit):
    if load_units()[unit].dimension in ("count", "money"):
        value = value.to_integral_value()  # in Vietnamese "1,001 hộ" is a thousand and one
    assert_reads_back(fact(kind_of(unit), value, unit))


@pytest.mark.parametrize("unit", sorted(load_units()))
def test_first_form_of_every_unit_is_its_own(unit):
    assert_reads_back(fact(kind_of(unit), Decimal(7), unit))


@given(NUMBERS, st.sampled_from(["VND/person/year", "t/ha", "VND/kg", "kg/person", "%/year"]))
def test_rate_reads_back(value, unit):
    value = value.to_integral_value()
    assert_reads_back(fact(kind_of(unit.split("/")[0]), value, unit))


@given(st.integers(1, 5000), st.integers(0, 5000), st.sampled_from(["commune", "household", "criterion"]))
def test_ratio_reads_back(part, rest, unit):
    assert_reads_back(fact("ratio", (Decimal(part), Decimal(part + rest)), unit))


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["%", "ha", "animal", "VND"]))
def test_range_reads_back(low, more, unit):
    assert_reads_back(fact("range", (Decimal(low), Decimal(low + more)), unit))


@given(st.dates())
def test_date_reads_back(day):
    year = day.year % 200 + 1900
    for date in [
        (year, day.month, min(day.day, 28)),
        (None, day.month, min(day.day, 28)),
        (year, day.month, None),
    ]:
        assert_reads_back(fact("date", date))


@given(YEARS, st.integers(1, 90))
def test_years_read_back(first, more):
    last = min(first + more, 2100)
    if last > first:
        assert_reads_back(fact("period", ((first, None, None), (last, None, None))))
    assert_reads_back(fact("date", (first, None, None)))


@given(YEARS, st.sampled_from(["start", "mid", "end"]), st.one_of(st.none(), st.integers(1, 12)))
def test_part_of_year_or_month_reads_back(year, part, month):
    assert_reads_back(fact("period", ((year, month, None),) * 2, part))


@given(YEARS, st.sampled_from([(1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (7, 12), (1, 9), (3, 12)]))
def test_months_of_a_year_read_back(year, months):
    first, last = months
    assert_reads_back(fact("period", ((year, first, None), (year, last, None))))


@given(st.integers(13, 23), st.integers(0, 59))
def test_time_reads_back(hour, minute):
    assert_reads_back(fact("time", (hour, minute), "clock"))


@given(st.integers(1, 12))
def test_grade_and_ordinal_read_back(value):
    assert_reads_back(fact("grade", Decimal(value)))
    assert_reads_back(fact("ordinal", Decimal(value)))


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [
        (fact("number", Decimal("1234.5")), "1.234,5", "1,234.5"),
        (fact("money", Decimal(30000), "VND"), "30.000 đồng", "VND30,000"),
        (fact("quantity", Decimal(5), "commune"), "5 xã", "5 communes"),
        (fact("percent", Decimal("7.20"), "%"), "7,2%", "7.2%"),
        (fact("date", (2020, 9, 2)), "ngày 2/9/2020", "2 September 2020"),
        (
            fact("period", ((2020, 1, None), (2020, 6, None))),
            "6 tháng đầu năm 2020",
            "first 6 months of 2020",
        ),
        (
            replace(fact("document", ("26", None, "NQ/TW"), "resolution"), text="26-NQ/TW"),
            "26-NQ/TW",
            "26-NQ/TW",
        ),
    ],
)
def test_value_is_written_as_each_language_does(written, vi, en):
    assert (format_vi(written), format_en(written)) == (vi, en)
