import dataclasses

import pytest

from ntmsum.errors import DataError
from ntmsum.evaluation.metrics import Sample, compare, score
from ntmsum.evaluation.metrics.rouge import Rouge

GOOD = [
    Sample(str(i), "", f"xã số {i} đạt chuẩn nông thôn mới", (f"xã số {i} đạt chuẩn",), "") for i in range(40)
]
BAD = [dataclasses.replace(s, hypothesis="trời hôm nay nắng to") for s in GOOD]
ALIKE = [dataclasses.replace(s, hypothesis=s.hypothesis + (" nhé" if int(s.id) % 2 else "")) for s in GOOD]


def test_interval_holds_the_value_and_is_the_same_every_time():
    one, two = (score(ALIKE, [Rouge("1")], resamples=200)[0] for _ in range(2))
    assert one.low <= one.value <= one.high
    assert one == two
    assert one.low < one.high


def test_more_agreement_than_chance_is_found():
    found = compare(Rouge("1"), BAD, GOOD, resamples=200, rounds=500)
    assert found.difference > 50
    assert found.low > 0
    assert found.p_bootstrap < 0.01
    assert found.p_randomization < 0.01


def test_a_system_does_not_differ_from_itself():
    found = compare(Rouge("1"), GOOD, GOOD, resamples=200, rounds=500)
    assert found.difference == 0
    assert found.p_bootstrap == 1
    assert found.p_randomization == 1


def test_swapping_the_systems_turns_the_sign():
    there = compare(Rouge("1"), ALIKE, GOOD, resamples=100, rounds=200)
    back = compare(Rouge("1"), GOOD, ALIKE, resamples=100, rounds=200)
    assert there.difference == pytest.approx(-back.difference)
    assert there.p_randomization == back.p_randomization


def test_different_items_cannot_be_compared():
    with pytest.raises(DataError, match="same items"):
        compare(Rouge("1"), GOOD, GOOD[1:])
