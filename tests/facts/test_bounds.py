"""A lower bound told as an upper one, and the other way round."""

import pytest

from ntmsum.facts import extract_facts, match_facts
from ntmsum.facts.bounds import turned_round


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
