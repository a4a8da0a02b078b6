"""Facts of an English claim against facts of a Vietnamese source."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts import extract_facts, match_facts

with open(Path(__file__).parent / "cases_match.csv", encoding="utf-8", newline="") as file:
    CASES = [tuple(row.values()) for row in csv.DictReader(file)]


def match(known, claimed, lang="en"):
    return match_facts(extract_facts(claimed, lang), extract_facts(known, "vi"))


@pytest.mark.parametrize(("known", "claimed"), [case[:2] for case in CASES if not case[2]])
def test_faithful_translation_raises_nothing(known, claimed):
    matching = match(known, claimed)
    assert [f.text for f in matching.unsupported] == []
    assert [f.text for f in matching.missing] == []


@pytest.mark.parametrize(
    ("known", "claimed", "unsupported", "nearest", "change"), [case for case in CASES if case[2]]
)
def test_altered_fact_is_unsupported_and_finds_its_original(known, claimed, unsupported, nearest, change):
    matching = match(known, claimed)
    assert [f.text for f in matching.unsupported] == [unsupported]
    original = matching.nearest(matching.unsupported[0])
    assert (original.text if original else "") == nearest
    assert (matching.change(matching.unsupported[0]) or "") == change


@pytest.mark.parametrize(
    ("known", "claimed", "missing"),
    [
        ("Huyện có 12 xã và 40.000 dân", "The district has 12 communes", ["40.000 dân"]),
        ("Ngày 2/9/2020, xã khởi công", "In 2020, work began", ["Ngày 2/9/2020"]),
        ("14/16 xã đạt chuẩn", "14 communes met the standards", ["14/16 xã"]),
        ("Theo Nghị quyết 26-NQ/TW", "Under the resolution", ["Nghị quyết 26-NQ/TW"]),
        ("Huyện có 1 thị trấn", "The district has a township", []),
        ("Hai bên trao đổi", "Both sides talked", []),
        ("một xã đạt chuẩn", "a commune met the standards", []),
    ],
)
def test_dropped_fact_is_missing(known, claimed, missing):
    assert [f.text for f in match(known, claimed).missing] == missing


@pytest.mark.parametrize(
    ("known", "claimed", "soft"),
    [
        ("30 tỷ đồng", "VND30 billion", ()),
        ("hơn 30 tỷ đồng", "VND30 billion", ("approx",)),
        ("30 tỷ", "VND30 billion", ("unit",)),
        ("120 học sinh", "120 people", ("unit",)),
        ("14/16 xã", "16 communes", ("part",)),
        ("từ 5 đến 7 ha", "7 hectares", ("part",)),
        ("giai đoạn 2021-2025", "by 2025", ("precision",)),
        ("một nửa số hộ", "50 percent", ("kind",)),
        ("12 xã", "5 communes", None),
    ],
)
def test_pair_names_its_soft_differences(known, claimed, soft):
    assert [pair.soft for pair in match(known, claimed).pairs] == ([] if soft is None else [soft])


def test_one_known_fact_supports_a_claim_made_twice():
    assert len(match("Xã có 5 ấp", "five hamlets, 5 hamlets").pairs) == 2


def test_invented_year_is_not_supported_by_the_day_alone():
    known = "Ngày 2/9, xã khởi công; năm 2020 hoàn thành"
    assert match(known, "on September 2, 2020").unsupported == ()
    assert [f.text for f in match(known, "on September 2, 2019").unsupported] == ["September 2, 2019"]


def test_results_are_the_objects_handed_in():
    claimed, known = (
        extract_facts("VND35 billion, 12 communes", "en"),
        extract_facts("30 tỷ đồng, 12 xã", "vi"),
    )
    matching = match_facts(claimed, known)
    assert matching.unsupported[0] is claimed[0]
    assert matching.missing[0] is known[0]
    assert matching.nearest(claimed[0]) is known[0]
    assert matching.pairs[0].known is known[1]


def test_summary_in_the_same_language_is_matched_too():
    article = "Đến cuối năm 2020, huyện có 14/16 xã đạt chuẩn, vốn 1.234,5 triệu đồng"
    assert match(article, "Huyện có 14 xã đạt chuẩn; vốn 1.234,5 triệu đồng", "vi").unsupported == ()
    wrong = match(article, "Huyện có 15 xã đạt chuẩn", "vi")
    assert [f.text for f in wrong.unsupported] == ["15 xã"]


@given(
    st.text(max_size=60), st.lists(st.sampled_from([case[0] for case in CASES]), max_size=5).map(". ".join)
)
def test_everything_certain_in_a_text_is_supported_by_itself(noise, text):
    facts = extract_facts(f"{noise} {text}", "vi")
    matching = match_facts(facts, facts)
    assert matching.unsupported == ()
    assert matching.missing == ()
