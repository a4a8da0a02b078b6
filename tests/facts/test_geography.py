import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts.geography import foreign_districts
from ntmsum.facts.names import extract_names


def find(text):
    return [(m.district.text, m.province.text) for m in foreign_districts(text, extract_names(text, "vi"))]


@pytest.mark.parametrize(
    "text",
    [
        "Đến nay, huyện Tân Lạc, tỉnh Hòa Bình có 9 xã đạt chuẩn.",
        "Đến nay, huyện Tân Lạc (Hòa Bình) có 9 xã đạt chuẩn.",
        "Huyện Châu Thành, tỉnh Long An và huyện Châu Thành, tỉnh Bến Tre cùng tham gia.",
        "Bưởi của huyện Tân Lạc được bán tại Hà Nội.",
        "Huyện Tân Lạc và tỉnh Sơn La ký kết hợp tác.",
        "Huyện Không Có, tỉnh Hòa Bình.",
    ],
)
def test_right_places_and_loose_mentions_are_left_alone(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Đến nay, huyện Tân Lạc, tỉnh Hà Nội có 9 xã đạt chuẩn.", ("Tân Lạc", "Hà Nội")),
        ("Đến nay, huyện Tân Lạc (Sơn La) có 9 xã đạt chuẩn.", ("Tân Lạc", "Sơn La")),
        ("Đến nay, huyện Hải Hậu – tỉnh Thái Bình có 9 xã đạt chuẩn.", ("Hải Hậu", "Thái Bình")),
    ],
)
def test_a_district_in_a_foreign_province_is_found(text, claim):
    assert find(text) == [claim]


@given(st.text(max_size=100))
def test_any_text_can_be_read(text):
    find("huyện Tân Lạc, " + text)
