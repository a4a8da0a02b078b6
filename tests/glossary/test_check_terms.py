"""Whether an English text obeys the glossary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.glossary import Glossary, Term, check_terms

OFFICIAL = Glossary.official()


def statuses(vi: str, en: str, glossary: Glossary = OFFICIAL) -> dict[str, str]:
    return {use.term.vi: use.status for use in check_terms(vi, en, glossary)}


@pytest.mark.parametrize(
    ("vi", "en", "term", "status"),
    [
        ("UBND xã họp.", "The commune People's Committee met.", "Ủy ban nhân dân", "obeyed"),
        ("UBND xã họp.", "The commune People’s Committee met.", "Ủy ban nhân dân", "obeyed"),
        ("UBND xã họp.", "The commune People's Council met.", "Ủy ban nhân dân", "missed"),
        ("UBND xã họp.", "The commune UBND met.", "Ủy ban nhân dân", "missed"),
        ("huyện Kim Bảng", "Kim Bang District", "huyện", "obeyed"),
        ("huyện Kim Bảng", "the District of Kim Bang", "huyện", "obeyed"),
        ("huyện Kim Bảng", "the district's leaders", "huyện", "obeyed"),
        ("huyện Kim Bảng", "Kim Bang Province", "huyện", "missed"),
        ("các xã", "COMMUNES", "xã", "obeyed"),
        ("các xã", "communal authorities", "xã", "variant"),
        (
            "Chủ tịch UBND huyện",
            "Chairman of the Kim Bang District People's Committee",
            "Chủ tịch Ủy ban nhân dân",
            "obeyed",
        ),
        (
            "Chủ tịch UBND huyện",
            "the People's Committee Chairman of the district",
            "Chủ tịch Ủy ban nhân dân",
            "obeyed",
        ),
        (
            "Chủ tịch UBND huyện",
            "Chairwoman of the district People's Committee",
            "Chủ tịch Ủy ban nhân dân",
            "variant",
        ),
        (
            "Chủ tịch UBND huyện",
            "Vice Chairman of the district People's Committee",
            "Chủ tịch Ủy ban nhân dân",
            "missed",
        ),
        (
            "Phó Chủ tịch UBND huyện",
            "Vice Chairman of the district People's Committee",
            "Phó Chủ tịch Ủy ban nhân dân",
            "obeyed",
        ),
        (
            "Phó Chủ tịch UBND huyện",
            "Chairman of the district People's Committee",
            "Phó Chủ tịch Ủy ban nhân dân",
            "missed",
        ),
        ("hộ nghèo", "Poor households received loans.", "hộ nghèo", "obeyed"),
        ("hộ nghèo", "Near-poor households received loans.", "hộ nghèo", "missed"),
        ("hộ cận nghèo", "Near-poor households received loans.", "hộ cận nghèo", "obeyed"),
        ("hộ cận nghèo", "Poor households received loans.", "hộ cận nghèo", "missed"),
        ("tiêu chí", "All 19 criteria were met.", "tiêu chí", "obeyed"),
        ("hợp tác xã", "two co-operatives", "hợp tác xã", "variant"),
        ("hợp tác xã", "two cooperatives", "hợp tác xã", "obeyed"),
        ("ngư dân", "fishermen went to sea", "ngư dân", "obeyed"),
        ("sáp nhập", "Two communes were merged.", "sáp nhập", "obeyed"),
        ("khánh thành", "The school was inaugurated.", "khánh thành", "variant"),
        ("sản phẩm OCOP 3 sao", "three-star OCOP products", "sản phẩm OCOP 3 sao", "obeyed"),
        ("sản phẩm OCOP 3 sao", "three 3-star OCOP items", "sản phẩm OCOP 3 sao", "variant"),
        ("sản phẩm OCOP 3 sao", "four-star OCOP products", "sản phẩm OCOP 3 sao", "missed"),
        ("đô thị loại IV", "a grade IV urban centre", "đô thị loại IV", "obeyed"),
        ("đô thị loại IV", "a grade-V urban center", "đô thị loại IV", "missed"),
        ("Bộ Quốc phòng", "the Ministry of National Defense", "Bộ Quốc phòng", "obeyed"),
        ("Mặt trận Tổ quốc Việt Nam", "the Vietnam Fatherland Front", "Mặt trận Tổ quốc Việt Nam", "obeyed"),
        ("xây dựng nông thôn mới", "the New Rural Development programme", "xây dựng nông thôn mới", "obeyed"),
        ("xây dựng nông thôn mới", "building new-style rural areas", "xây dựng nông thôn mới", "variant"),
        ("xây dựng nông thôn mới", "building a new countryside", "xây dựng nông thôn mới", "missed"),
        ("đạt chuẩn NTM", "has met the New Rural Development standards", "đạt chuẩn nông thôn mới", "obeyed"),
        ("Sở Y tế", "the Health Department", "Sở Y tế", "obeyed"),
        ("Sở Y tế", "the Ministry of Health", "Sở Y tế", "missed"),
        ("giải phóng mặt bằng", "liberation of premises", "giải phóng mặt bằng", "missed"),
        ("chuyển đổi số", "digital transformation", "chuyển đổi số", "obeyed"),
        ("chuyển đổi số", "", "chuyển đổi số", "missed"),
    ],
)
def test_status(vi: str, en: str, term: str, status: str):
    assert statuses(vi, en)[term] == status


def test_repeated_term_is_one_use_and_one_rendering_is_enough():
    uses = check_terms("Xã Thanh Sơn là xã đầu tiên.", "Thanh Son Commune was the first.", OFFICIAL)
    assert [(u.term.vi, u.status, len(u.source)) for u in uses] == [("xã", "obeyed", 2)]


def test_words_of_a_rendering_may_not_come_from_two_sentences():
    glossary = Glossary((Term("hộ nghèo", "poor household"),))
    assert statuses("hộ nghèo", "The soil is poor. Each household helped.", glossary) == {
        "hộ nghèo": "missed"
    }


def test_spans_on_both_sides():
    vi, en = "Huyện có 14 xã.", "The district has 14 communes."
    shown = [
        (vi[u.source[0].start : u.source[0].end], u.target and en[u.target.start : u.target.end])
        for u in check_terms(vi, en, OFFICIAL)
    ]
    assert shown == [("Huyện", "district"), ("xã", "communes")]


@given(st.text(), st.text())
def test_any_two_texts_are_compared(vi: str, en: str):
    for use in check_terms(vi, en, OFFICIAL):
        assert (use.target is None) == (use.status == "missed")


@given(st.sampled_from([t for t in OFFICIAL.terms if t.en]))
def test_preferred_rendering_of_every_term_is_obeyed(term: Term):
    assert statuses(term.vi, f"Here stands {term.en}, as it should.")[term.vi] == "obeyed"
