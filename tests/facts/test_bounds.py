"""A lower bound told as an upper one, and the other way round."""

import pytest

from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.bounds import lost_bounds, turned_round


@pytest.mark.parametrize(
    ("known", "claimed", "found"),
    [
        ("hơn 30 tỷ đồng", "nearly 30 billion VND", True),
        ("gần 30 tỷ đồng", "more than 30 billion VND", True),
        ("không quá 20 km/giờ", "at more than 20 km/h", True),
        ("ít nhất 5 xã", "at most 5 communes", True),
        ("hơn 30 tỷ đồng", "over 30 billion VND", False),
        ("hơn 30 tỷ đồng", "30 billion VND", False),
        ("30 tỷ đồng", "nearly 30 billion VND", False),
        ("khoảng 30 tỷ đồng", "nearly 30 billion VND", False),
        ("gần 30 tỷ đồng năm ngoái và hơn 30 tỷ đồng năm nay", "nearly 30 billion VND", False),
    ],
)
def test_bounds_are_compared(known, claimed, found):
    facts = extract_facts(known, "vi")
    pairs = match_facts(extract_facts(claimed, "en"), facts).pairs
    assert bool(turned_round(pairs, facts)) == found


@pytest.mark.parametrize(
    ("vi", "en", "bound"),
    [
        ("Xã chi gần 2,6 tỷ đồng sửa cầu.", "The commune spent 2.6 billion VND on the bridge.", "nearly"),
        ("Hơn 400 hộ phải dời đi.", "Some families left: 400 households.", None),
        ("Huyện trồng khoảng 120 ha sắn.", "The district grows 120 hectares of cassava.", "about"),
        ("Mỗi tổ có ít nhất 5 người.", "Each team has 5 people.", "at least"),
        ("Xe chở không quá 12 tấn.", "Trucks carry 12 tonnes.", "at most"),
        ("Xã chi gần 2,6 tỷ đồng.", "The commune spent close to 2.6 billion VND.", None),
        ("Thu hơn 90 tỷ đồng.", "Revenue exceeded 90 billion VND.", None),
        ("Xã chi 2,6 tỷ đồng.", "The commune spent 2.6 billion VND.", None),
        ("Có 300 nhà ngập trên 1 m.", "There are 300 houses 1 m deep.", "more than"),
        ("Tổ trồng bưởi trên 12 ha.", "The team grows pomelos on 12 ha.", None),
        # no room for it, or no telling which
        ("Con đường dài gần 30 km đã xong.", "A 30-kilometre road is finished.", None),
        (
            "Năm ngoái gần 30 tỷ đồng, năm nay 30 tỷ đồng.",
            "30 billion VND last year, 30 billion VND now.",
            None,
        ),
    ],
)
def test_a_lost_bound_is_known_with_its_english(vi, en, bound):
    known = extract_facts(vi, "vi")
    pairs = match_facts(extract_facts(en, "en"), known).pairs
    assert [found for *_, found in lost_bounds(pairs, known, vi, en)] == ([bound] if bound else [])
