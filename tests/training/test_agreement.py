import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.training.agreement import canonical, disagreements, figures_en, figures_vi


@pytest.mark.parametrize(
    ("vietnamese", "english", "value"),
    [
        ("1.234,5", "1,234.5", "1234.5"),
        ("05", "5", "5"),
        ("7,20", "7.2", "7.2"),
        ("12.000", "12,000", "12000"),
        ("0,4", "0.4", "0.4"),
        ("3.5", "3,5", "3.5"),  # the other sign, but not before three digits: a decimal
    ],
)
def test_numbers_of_both_languages_meet_at_one_value(vietnamese, english, value):
    assert canonical(vietnamese, ",") == value
    assert canonical(english, ".") == value


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_formatting_and_reading_back_agree(whole, thousandths):
    english = f"{whole:,}.{thousandths:03d}"
    assert canonical(english, ".") == canonical(english.translate(str.maketrans(",.", ".,")), ",")


@pytest.mark.parametrize(
    ("source", "reference", "open_ends"),
    [
        (
            "Sáng 15/4/2020, huyện có 05 xã đạt chuẩn.",
            "On April 15, 2020, five communes met the standard.",
            set(),
        ),
        ("Diện tích 120 m2.", "An area of 120 square metres.", set()),
        ("Tháng Tư có 3 hội nghị.", "There were three conferences in April.", set()),
        ("Dự án trị giá 30 tỷ đồng.", "The project is worth 300 billion VND.", {"30", "300"}),
        ("Có 14/16 xã về đích.", "14 of 16 communes have finished.", set()),
        ("Thành phố Sa Đéc đón khách.", "Sa Dec City welcomes visitors.", set()),
        ("Ngày 2/9 lễ khai mạc.", "The opening is on 3 September.", {"2", "3"}),
    ],
)
def test_only_figures_of_one_side_are_reported(source, reference, open_ends):
    assert disagreements(source, reference) == open_ends


def test_months_are_figures_in_both_languages():
    assert figures_vi("tháng 7/2021") == figures_en("July 2021") == {"m7", "2021"}
