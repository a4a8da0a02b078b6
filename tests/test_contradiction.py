"""Figures of one sentence that cannot all be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.contradiction import contradictions

FOUND = [
    ("vi", "Huyện có toàn bộ 9/15 xã đạt chuẩn.", "toàn bộ 9/15 xã"),
    ("vi", "Tất cả 9/15 xã đã có trạm y tế.", "Tất cả 9/15 xã"),
    ("vi", "Đến nay cả 9/15 xã về đích.", "cả 9/15 xã"),
    ("vi", "Đến nay có 17/15 xã về đích.", "17/15 xã"),
    ("vi", "Có 9/15 xã (80%) về đích.", "9/15 xã (80%"),
    ("vi", "Có 9/15 xã, đạt 80%, về đích.", "9/15 xã, đạt 80%"),
    ("vi", "Năm học 2025-2025 thiếu giáo viên.", "2025-2025"),
    ("vi", "Trong 129 xã, xã của tỉnh, 17 nơi xuất sắc.", "xã, xã"),
    ("en", "The 129 communes and communes were ranked.", "communes and communes"),
    ("en", "All 9 of 15 communes met the standards.", "All 9 of 15 communes"),
    ("en", "All of the 9/15 communes met the standards.", "All of the 9/15 communes"),
    ("en", "Nine of 15 communes (80%) met the standards.", "Nine of 15 communes (80%"),
]
CLEAN = [
    ("vi", "Toàn bộ 15/15 xã đạt chuẩn."),
    ("vi", "Cả 15 xã đạt chuẩn, trong đó 9/15 xã nâng cao."),
    ("vi", "Có 9/15 xã, kể cả 2/3 xã đảo, đạt chuẩn."),
    ("vi", "Có 11/16 xã (69%) về đích."),
    ("vi", "Có 9/15 xã đạt chuẩn, 80% số hộ dùng nước sạch."),
    ("vi", "Chợ họp cả ngày 2/9."),
    ("vi", "Chốt trực 24/24 giờ, 7/7 ngày."),
    ("en", "All 15 communes met the standards, 9 of 15 at the advanced level."),
    ("en", "All 15 of 15 communes met the standards."),
    ("en", "Nine of 15 communes (60%) met the standards."),
    ("en", "It is open 24/7."),
    ("vi", "Giai đoạn 2021-2025, xã, phường được hỗ trợ."),
    ("vi", "Lũ làm ngập xã Phú Lâm, xã Tân Khê và xã, phường lân cận."),
    ("en", "In the 2021-2025 period communes and wards are helped."),
]


@pytest.mark.parametrize(("lang", "text", "words"), FOUND, ids=[t for _, t, _ in FOUND])
def test_what_cannot_be_is_found(lang, text, words):
    assert [text[s.start : s.end].rstrip("%") for s in contradictions(text, lang)] == [words.rstrip("%")]


@pytest.mark.parametrize(("lang", "text"), CLEAN, ids=[t for _, t in CLEAN])
def test_what_can_be_is_left_in_peace(lang, text):
    assert contradictions(text, lang) == []


@given(st.text(), st.sampled_from(["vi", "en"]))
def test_any_text_is_read(text, lang):
    contradictions(text, lang)
