import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.degeneration import repeats, summary_faults, translation_faults

FIRST = "Sáng 12/3, xã Hồng Thái khởi công tuyến đường liên thôn dài 4,2 km."
GOOD = "Xã Hồng Thái khởi công tuyến đường liên thôn dài 4,2 km, vốn 6,5 tỷ đồng, do nhân dân hiến đất."


@pytest.mark.parametrize(
    "text",
    [
        "huyện có 14 xã, huyện có 14 xã, huyện có 14 xã",
        "Xã Thi Sơn đạt chuẩn, xã Thi Sơn đạt chuẩn vào cuối năm.",
        "một hai ba bốn " * 20,
        "2002020202 " * 40,
    ],
)
def test_loops_are_seen(text):
    assert repeats(text)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        FIRST,
        "Xã Phú Lương, xã Phú Bình và xã Phú Cường cùng đạt chuẩn.",
        "The commune, the district and the province signed the agreement.",
        "",
    ],
)
def test_prose_is_not_a_loop(text):
    assert not repeats(text)


@pytest.mark.parametrize(
    ("summary", "faults"),
    [
        (GOOD, ()),
        (FIRST, ("copy",)),
        (FIRST.upper(), ("copy",)),
        ("14.", ("empty",)),
        ("", ("empty",)),
        ("The commune started a 4.2 km road worth 6.5 billion VND.", ("language",)),
        ("xã có 4 thôn, xã có 4 thôn, xã có 4 thôn", ("repetition",)),
    ],
)
def test_summary_faults(summary, faults):
    assert summary_faults(summary, FIRST) == faults


@pytest.mark.parametrize(
    ("translation", "faults"),
    [
        ("Hong Thai Commune started building a 4.2 km road.", ()),
        ("Xã Hồng Thái khởi công tuyến đường liên thôn.", ("language",)),
        ("", ("empty",)),
        ("Hồng Thái", ()),
        ("the road of the commune, the road of the commune", ("repetition",)),
    ],
)
def test_translation_faults(translation, faults):
    assert translation_faults(translation, FIRST) == faults


def test_a_blank_source_may_have_a_blank_translation():
    assert translation_faults("", "…") == ()


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text):
    repeats(text)
    assert set(summary_faults(text, FIRST)) <= {"empty", "repetition", "copy", "language"}
