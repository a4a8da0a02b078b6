import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.words import coverage, ngrams, syllables, vietnamese_share


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã Nậm Păm, huyện Mường La", ["xã", "nậm", "păm", "huyện", "mường", "la"]),
        ("đạt 7,2% (14/16 xã)", ["đạt", "7", "2", "14", "16", "xã"]),
        ("nông_thôn", ["nông", "thôn"]),
        ("x\u0061\u0303 Thi So\u031bn", ["xã", "thi", "sơn"]),
        ("", []),
    ],
)
def test_syllables_are_lower_case_nfc_runs(text, expected):
    assert syllables(text) == expected


def test_ngrams_count_runs():
    assert ngrams(["a", "b", "a", "b"], 2) == {("a", "b"): 2, ("b", "a"): 1}


def test_coverage_is_the_share_found():
    assert coverage(["a", "b"], ["b", "c"]) == 0.5
    assert coverage([], ["b"]) == 1.0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Ủy ban nhân dân huyện đã phê duyệt đề án từ năm 2012", 0.5, 1.0),
        ("The District People's Committee approved the plan in 2012", 0.0, 0.0),
        ("Kim Bảng District approved it", 0.1, 0.4),
        ("2012", 0.0, 0.0),
    ],
)
def test_vietnamese_share(text, low, high):
    assert low <= vietnamese_share(text) <= high


@given(st.text())
def test_any_text_has_a_share_between_zero_and_one(text):
    assert 0.0 <= vietnamese_share(text) <= 1.0
