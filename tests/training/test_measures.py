import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.training.hints import Hint
from ntmsum.training.measures import (
    digit_recall,
    digit_runs,
    mean_rouge,
    names_found,
    numbers_found,
    rank_correlation,
    rouge,
)
from ntmsum.training.scores import score_hints, score_lengths, score_translation


@pytest.mark.parametrize(
    ("text", "runs"),
    [("1.234,5 tỷ", {"12345"}), ("14/16 xã, năm 2020.", {"14", "16", "2020"}), ("không có", set())],
)
def test_digit_runs_ignore_signs_inside_numbers(text, runs):
    assert digit_runs(text) == runs


def test_digit_recall_counts_what_the_translation_keeps():
    assert digit_recall(["3 xã, 14 thôn", "5%"], ["3 communes, 40 hamlets", "5 percent"]) == pytest.approx(
        2 / 3
    )
    assert math.isnan(digit_recall(["xã"], ["commune"]))


def test_numbers_of_a_summary_must_stand_in_the_article():
    assert numbers_found(["Có 14 xã, 9 thôn."], ["Huyện có 14 xã."]) == 0.5


def test_names_of_a_summary_must_stand_in_the_article():
    assert names_found(["Huyện Kim Sơn giúp Yên Mô."], ["Ở Kim Sơn và Nho Quan."]) == 0.5
    assert math.isnan(names_found(["Huyện có đường."], ["Kim Sơn"]))


def test_rouge_of_known_texts():
    one, two, longest = rouge("xã có đường mới", "xã mới có đường")
    assert one == 100
    assert two == pytest.approx(100 / 3)
    assert longest == 75


def test_unrelated_vietnamese_scores_nothing():
    assert rouge("công an quận Tân Phú", "giá vàng thế giới") == (0, 0, 0)


@given(st.text(min_size=1))
def test_rouge_is_symmetric_and_bounded(text):
    other = "xã có đường mới"
    assert rouge(text, other) == rouge(other, text)
    assert all(0 <= value <= 100 for value in rouge(text, other))


def test_mean_rouge_needs_items():
    with pytest.raises(ValueError, match="at least one"):
        mean_rouge([], [])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [([1, 2, 3], [10, 20, 30], 1.0), ([1, 2, 3], [3, 2, 1], -1.0), ([1, 1, 2, 2], [1, 1, 2, 2], 1.0)],
)
def test_rank_correlation(left, right, expected):
    assert rank_correlation(left, right) == pytest.approx(expected)


def test_rank_correlation_of_a_constant_is_undefined():
    assert math.isnan(rank_correlation([1, 2, 3], [5, 5, 5]))


def test_length_scores_order_the_classes():
    scores = score_lengths({"medium": ["a b c", "a b c"], "short": ["a", "a b"], "long": ["a b c d"] * 2})
    assert scores["length correlation"] > 0.9
    assert scores["syllables short"] == 1.5


def test_hint_scores_count_every_hint():
    hints = [[Hint(0, 2, "commune"), Hint(3, 5, "hamlet")], []]
    assert score_hints(hints, ["The commune has power.", "x"]) == 0.5


def test_a_perfect_translation_scores_a_hundred():
    text = ["The district has 14 communes that meet the standards."]
    scores = score_translation(["Huyện có 14 xã đạt chuẩn."], text, text)
    assert scores["BLEU"] == pytest.approx(100) and scores["chrF2"] == pytest.approx(100)
    assert scores["digit recall"] == 1
