import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.postedit import left_vietnamese, post_edit

HAI_HAU = "Huyện Hải Hậu, tỉnh Nam Định chi 212 tỷ đồng làm đường."


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("hải Hậu District\n spent it.", HAI_HAU, "Hải Hau District spent it."),
        ("Hải Hậu District spent it.", HAI_HAU, "Hai Hau District spent it."),
        ("Nam Dinh's Hai Huu District built roads.", HAI_HAU, "Nam Dinh's Hai Hau District built roads."),
        (
            "Hoa Commune is one of the communes.",
            "Mỹ Hòa là một trong những xã về đích.",
            "My Hoa Commune is one of the communes.",
        ),
        ("Mr. Hoa spoke in Hoa Commune.", "Ông Lê Văn Hòa nói ở xã Hòa.", "Mr. Hoa spoke in Hoa Commune."),
        ("It spent 212 billion đồng on roads.", HAI_HAU, "It spent 212 billion VND on roads."),
        ("It spent VND212 billion on roads.", HAI_HAU, "It spent 212 billion VND on roads."),
        ("It costs VND 7,500.", "Giá 7.500 đồng.", "It costs 7,500 VND."),
        (
            "Hai Hau District – Nam Dinh Province spent it.",
            "Huyện Hải Hậu – tỉnh Nam Định đã chi.",
            "Hai Hau District, Nam Dinh Province spent it.",
        ),
        # a bound that the translation lost
        ("It spent 2.6 billion VND.", "Xã chi gần 2,6 tỷ đồng.", "It spent nearly 2.6 billion VND."),
        ("It spent nearly 2.6 billion VND.", "Xã chi gần 2,6 tỷ đồng.", "It spent nearly 2.6 billion VND."),
        # points are no percent
        (
            "Poverty fell 1.2 percent to 4.1%.",
            "Tỷ lệ nghèo giảm 1,2 điểm phần trăm, còn 4,1%.",
            "Poverty fell 1.2 percentage points to 4.1%.",
        ),
        # how early
        (
            "It was done earlier than planned 45 days.",
            "Xong sớm hơn kế hoạch.",
            "It was done 45 days earlier than planned.",
        ),
        # what the lunar calendar calls its months
        (
            "It opens January 11 to 13.",
            "Hội mở từ 11 đến 13 tháng Giêng.",
            "It opens January 11 to 13 of the lunar calendar.",
        ),
        ("It opens January 11.", "Hội mở ngày 11 tháng 1.", "It opens January 11."),
        ("Tan Ha District District is far.", "Huyện Tân Hà ở xa.", "Tan Ha District is far."),
        ("Boats race on the sông Nam Na.", "Đua thuyền trên sông Nậm Na.", "Boats race on the Nam Na River."),
        (
            "Dong Thap has 12 Dong Ho paintings.",
            "Đồng Tháp có 12 tranh Đông Hồ.",
            "Dong Thap has 12 Dong Ho paintings.",
        ),
    ],
)
def test_only_what_the_source_settles_is_changed(text, source, expected):
    assert post_edit(text, source) == expected


def test_a_name_that_is_present_is_not_put_twice():
    text = "Hai Hau District in Nam Dinh Province helped Hai Huu."
    assert post_edit(text, HAI_HAU) == text


def test_an_untranslated_sentence_stays_recognizable():
    assert "đường" in post_edit("Huyện chi tiền làm đường.", "Huyện chi tiền làm đường.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The district of huy động funds served 312 hộ.", ("động", "hộ")),
        ("They had 25 kháms a day.", ("kháms",)),
        ("Hải Hậu District built roads.", ()),
        ("The café reopened.", ()),
    ],
)
def test_words_left_in_vietnamese_are_found(text, words):
    assert left_vietnamese(text) == words


@pytest.mark.parametrize(
    ("text", "source", "words"),
    [
        ("The department uses chung software.", "Sở dùng phần mềm chung.", ("chung",)),
        ("They sang the song again.", "Họ sang đây và song hành.", ()),
        ("The chung of others is not ours.", "Không có từ ấy.", ()),
    ],
)
def test_words_without_marks_are_known_by_their_source(text, source, words):
    assert left_vietnamese(text, source) == words


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_edited(text, source):
    post_edit(text, source)
