"""Every row of the case tables is read as it says."""

import csv
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts import extract_facts

HERE = Path(__file__).parent


def note(fact):
    """A fact as the tables write it: kind, value, unit, approximation; "?" behind an uncertain one."""
    words = [fact.kind, _value(fact.value), (fact.unit or "-").replace(" ", "_"), fact.approx or ""]
    return " ".join(words).strip() + ("" if fact.certain else " ?")


def _value(value):
    if isinstance(value, tuple):
        return "(" + ",".join(map(_value, value)) + ")"
    if value is None or isinstance(value, str | int):
        return "-" if value is None else str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rows(name):
    with open(HERE / name, encoding="utf-8", newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("text", "facts"), rows("cases_vi.csv"))
def test_vietnamese_text_reads_as(text, facts):
    assert " ; ".join(map(note, extract_facts(text, "vi"))) == facts


@pytest.mark.parametrize(("text", "facts"), rows("cases_en.csv"))
def test_english_text_reads_as(text, facts):
    assert " ; ".join(map(note, extract_facts(text, "en"))) == facts


@pytest.mark.parametrize(("lang", "name"), [("vi", "cases_vi.csv"), ("en", "cases_en.csv")])
def test_spans_hold_the_text_also_inside_a_sentence(lang, name):
    for text, _ in rows(name):
        longer = f"– {text}, xyz."
        for fact in extract_facts(longer, lang):
            assert longer[fact.span.start : fact.span.end] == fact.text


def test_decomposed_text_reads_like_composed_text():
    text = "Đến cuối năm 2020, hơn 30 tỷ đồng và một trăm linh năm hộ"
    decomposed = unicodedata.normalize("NFD", text)
    facts = extract_facts(decomposed, "vi")
    assert [note(f) for f in facts] == [note(f) for f in extract_facts(text, "vi")]
    assert all(decomposed[f.span.start : f.span.end] == f.text for f in facts)


def test_facts_of_a_paragraph_come_in_order_and_apart():
    text = (
        "Ngày 15/10, HĐND huyện thông qua Nghị quyết số 12/2021/NQ-HĐND. Theo đó, giai đoạn 2021-2025, 14/16 xã "
        "được đầu tư hơn 30 tỷ đồng làm 45,5km đường."
    )
    assert [note(f) for f in extract_facts(text, "vi")] == [
        "date (-,10,15) -",
        "document (12,2021,NQ-HDND) resolution",
        "period ((2021,-,-),(2025,-,-)) -",
        "ratio (14,16) commune",
        "money 30000000000 VND over",
        "quantity 45.5 km",
    ]


FRAGMENTS = st.sampled_from(
    re.findall(
        r"\S+",
        """1 12 2020 1.234,5 2/9 14/16 2021-2025 % đồng tỷ triệu nghìn trăm mươi một hai năm rưỡi tháng ngày quý II
        đầu cuối từ đến xã ha / - – . , : ( ) 7h30 giờ lần thứ XII loại IV NQ/TW số million of the first half
        September and a dozen out per year VND $ am 26-NQ/TW QL.1A COVID-19""",
    )
)
PHRASES = st.lists(FRAGMENTS, max_size=14)


@given(st.one_of(st.text(max_size=80), PHRASES.map(" ".join), PHRASES.map("".join), PHRASES.map("\n".join)))
def test_any_text_gives_ordered_disjoint_facts(text):
    for lang in ("vi", "en"):
        end = 0
        for fact in extract_facts(text, lang):
            assert fact.span.start >= end
            assert text[fact.span.start : fact.span.end] == fact.text != ""
            assert hash(fact) == hash(fact)
            end = fact.span.end
