from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntmsum.salience import Salience

TITLE = "Bát Lũng làm xong 62 km đường xóm"
NEWS = "Đến hết tháng 9/2024, huyện Bát Lũng đã làm xong 62 km đường xóm, tổng vốn 48 tỷ đồng."
ARTICLE = [
    "Bà Hoàng Thị Mấy, 71 tuổi, bước ra ngõ từ tờ mờ sáng với chiếc chổi tre.",
    NEWS,
    "Trong 62 km đường xóm ấy, người dân góp 19 tỷ đồng và 7.300 ngày công.",
    'Anh Nông Văn Sằm cười: "Có đường rồi, xe vào tận sân.',
    'Nhà tôi bán ngô không phải gánh nữa".',
    "Huyện phấn đấu năm 2025 làm thêm 40 km đường xóm.",
    "Có con đường nào đẹp hơn thế?",
]


def scores():
    salience = Salience(ARTICLE, TITLE, {0, 1, 3, 5})
    return [salience.score(text, i) for i, text in enumerate(ARTICLE)]


def test_the_news_beats_everything_else():
    assert max(scores()) == scores()[1]


@pytest.mark.parametrize("worse", [0, 3, 4, 6])
def test_scene_speech_and_question_are_worth_less_than_figures(worse):
    assert scores()[worse] < scores()[2]


def test_a_goal_is_worth_less_than_what_has_been_done():
    assert scores()[5] < scores()[1]


def test_a_quotation_over_two_sentences_is_speech_in_both():
    salience = Salience(ARTICLE)
    assert [i for i in range(len(ARTICLE)) if salience.is_speech(i)] == [3, 4]


def test_a_shorter_form_is_scored_in_its_sentences_place():
    salience = Salience(ARTICLE, TITLE)
    assert (
        salience.score("Đến hết tháng 9/2024, huyện Bát Lũng đã làm xong 62 km đường xóm.", 1) > scores()[0]
    )


def test_overlap_is_one_for_the_same_and_nought_for_strangers():
    salience = Salience(ARTICLE)
    assert salience.overlap(NEWS, NEWS) == pytest.approx(1)
    assert salience.overlap(NEWS, "Trời quang mây tạnh") == 0


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8), st.text(max_size=30))
def test_any_text_has_a_score(texts, title):
    salience = Salience(texts, title)
    for i, text in enumerate(texts):
        assert all(-1e-9 <= value <= 1 + 1e-9 for value in astuple(salience.describe(text, i)))


def test_a_word_of_any_length_is_read():
    word = "9" * 200_000
    assert Salience([word, NEWS]).score(word, 0) < Salience([word, NEWS]).score(NEWS, 1)


@pytest.mark.parametrize(
    ("feature", "text", "value"),
    [
        ("personal", "Bà Mấy góp 20 ngày công.", 1.0),
        # "Đông Hà" and "sông Nà" hold no "ông"
        ("personal", "Thành phố Đông Hà xây cầu qua sông Nà Tòng.", 0.0),
        ("leaning", "Còn ba xã chưa có đường.", 1.0),
        ("leaning", "Còn chưa đầy một tháng nữa là khai giảng.", 0.0),
    ],
)
def test_words_are_known_whole(feature, text, value):
    assert getattr(Salience([text]).describe(text, 0), feature) == value
