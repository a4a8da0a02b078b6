"""The table of official terms: its size, its form, and renderings that an editor would look up first."""

import csv
from importlib import resources

import pytest

from ntmsum.glossary import Glossary

OFFICIAL = Glossary.official()
BY_VI = {term.vi: term for term in OFFICIAL.terms}


def test_has_at_least_four_hundred_terms():
    assert len(OFFICIAL) >= 400


def test_every_row_names_domain_and_source():
    text = resources.files("ntmsum.glossary").joinpath("official.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["vi"] for row in rows if not (row["en"] and row["domain"] and row["source"])] == []


def test_no_rendering_is_both_accepted_and_wrong():
    clashes = [
        t.vi for t in OFFICIAL.terms if {r.lower() for r in t.renderings} & {w.lower() for w in t.wrong}
    ]
    assert clashes == []


def test_no_abbreviation_stands_for_two_terms():
    owners: dict[str, list[str]] = {}
    for term in OFFICIAL.terms:
        for abbr in term.abbr:
            owners.setdefault(abbr, []).append(term.vi)
    assert {abbr: vi for abbr, vi in owners.items() if len(vi) > 1} == {}


def test_ordinary_words_have_two_syllables_and_oblige_nobody():
    words = [t for t in OFFICIAL.terms if t.everyday]
    assert len(words) > 900 and all(t.advisory for t in words)
    # A single syllable is part of too many other words.
    assert [t.vi for t in words if len(t.key) < 2 and t.vi not in ("sắn", "nhãn")] == []


def test_left_words_are_single_syllables_that_no_official_term_has():
    left = Glossary.left_words().terms
    assert len(left) > 150
    assert {t.key for t in left}.isdisjoint(t.key for t in OFFICIAL.terms)
    assert [t.vi for t in left if len(t.key) != 1 or not t.en] == []


def test_official_is_loaded_once():
    assert Glossary.official() is Glossary.official()


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("tỉnh", "province"),
        ("huyện", "district"),
        ("xã", "commune"),
        ("phường", "ward"),
        ("thị xã", "town"),
        ("thị trấn", "township"),
        ("thôn", "hamlet"),
        ("Ủy ban nhân dân", "People's Committee"),
        ("Hội đồng nhân dân", "People's Council"),
        ("Chủ tịch Ủy ban nhân dân", "Chairman of the People's Committee"),
        ("Phó Chủ tịch", "Vice Chairman"),
        ("Bí thư", "Secretary"),
        ("Giám đốc Sở", "Director of the Department"),
        ("Trưởng phòng", "Head of Division"),
        ("nông thôn mới", "New Rural Development"),
        ("nông thôn mới nâng cao", "advanced New Rural Development"),
        ("nông thôn mới kiểu mẫu", "model New Rural Development"),
        ("Mỗi xã một sản phẩm", "One Commune One Product"),
        ("OCOP 3 sao", "three-star OCOP"),
        ("đô thị loại IV", "grade-IV urban center"),
        ("hộ nghèo", "poor household"),
        ("hộ cận nghèo", "near-poor household"),
        ("Mặt trận Tổ quốc Việt Nam", "Viet Nam Fatherland Front"),
        ("bảo hiểm y tế", "health insurance"),
        ("khu công nghiệp", "industrial park"),
        ("hợp tác xã", "cooperative"),
        ("trung học cơ sở", "lower secondary school"),
        ("giải phóng mặt bằng", "site clearance"),
        ("chuyển đổi số", "digital transformation"),
        ("Tòa án nhân dân", "People's Court"),
        ("dân tộc thiểu số", "ethnic minority"),
    ],
)
def test_preferred_rendering(vi: str, en: str):
    assert BY_VI[vi].en == en
