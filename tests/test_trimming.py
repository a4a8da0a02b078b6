import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntmsum.trimming import home, is_vague, name_place, once, trim
from ntmsum.words import syllables


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        # what links it to its neighbours goes
        (
            "Theo đó, toàn xã có 12 tổ tự quản giữ sạch đường làng.",
            "Toàn xã có 12 tổ tự quản giữ sạch đường làng.",
        ),
        (
            "Từ nguồn vốn này, xã làm 14 km đường và hai cây cầu mới.",
            "Xã làm 14 km đường và hai cây cầu mới.",
        ),
        # a body that says so may go
        (
            "Theo báo cáo của UBND huyện, đến hết tháng 9 có 21/25 xã đạt chuẩn NTM.",
            "Đến hết tháng 9 có 21/25 xã đạt chuẩn NTM.",
        ),
        # all of its name, commas and all
        (
            "Theo báo cáo của Ban Chỉ huy Phòng, chống thiên tai huyện, đến 17 giờ có 86 nhà bị ngập sâu.",
            "Đến 17 giờ có 86 nhà bị ngập sâu.",
        ),
        # last parts go
        (
            "Huyện đã chi 45 tỷ đồng sửa 12 trường học, trong đó ngân sách tỉnh cấp 30 tỷ đồng.",
            "Huyện đã chi 45 tỷ đồng sửa 12 trường học.",
        ),
        (
            "Năng suất lúa vụ này ước 62 tạ mỗi ha; giá thóc tươi tại ruộng 7.400 đồng/kg.",
            "Năng suất lúa vụ này ước 62 tạ mỗi ha.",
        ),
        # an opening that makes no sentence
        (
            "Với mục tiêu của huyện Nà Sầm là đến năm 2027 có thêm 4 xã về đích.",
            "Huyện Nà Sầm đặt mục tiêu đến năm 2027 có thêm 4 xã về đích.",
        ),
    ],
)
def test_shorter_forms(sentence, form):
    assert form in trim(sentence)


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        # a turn would be lost
        ("Xã có đủ 19 tiêu chí trên giấy, được chấm điểm nhưng chưa được công nhận.", "trên giấy."),
        # a person's word is not taken for the paper's own
        ("Theo ông Lê Văn Bường, lúa hè thu năm nay mất mùa nặng ở ba xã.", "Lúa hè thu"),
        # a body's name is not cut at its comma
        ("Theo báo cáo của Ban Chỉ huy Phòng, chống thiên tai huyện, có 86 nhà bị ngập.", "Chống thiên tai"),
        # no stub is left behind a semicolon
        ("Vụ trước bán được 310 tấn quả tươi các loại; còn năm 2022, giảm một nửa.", "còn năm 2022."),
        # nor half a quotation
        ('Bà Sao nói rõ với cán bộ xã: "Nhà tôi hiến đất, để con cháu có đường đi học".', "hiến đất."),
    ],
)
def test_what_would_say_something_else_is_not_made(sentence, never):
    assert not any(form.endswith(never) or form.startswith(never) for form in trim(sentence))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_forms_hold_no_syllable_that_the_sentence_lacks(text):
    for form in trim(text):
        assert set(syllables(form.upper())) <= set(syllables(text.upper())) | {"đặt"}


ARTICLE = [
    "Huyện Bát Lũng vừa sơ kết phong trào làm đường.",
    "UBND huyện Bát Lũng cho biết 21 xã đã tham gia.",
    "Xã Nà Tòng làm 4 km, xã Pá Hu làm 3 km.",
]


def test_the_one_place_of_a_level_is_the_articles_home():
    assert home(ARTICLE) == {"huyện": "Bát Lũng"}


def test_the_holder_of_an_office_is_no_place():
    assert home(["Phó Giám đốc Sở Du lịch tỉnh Vi Văn Tống nói.", "Ông Vi Văn Tống mừng."]) == {}


def test_a_commune_is_home_only_where_the_headline_names_it():
    text = ["Xã Nà Tòng làm đường.", "Nà Tòng là xã nghèo."]
    assert home(text) == {}
    assert home(text, "Nà Tòng làm đường") == {"xã": "Nà Tòng"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Toàn huyện làm 62 km đường.", "Toàn huyện Bát Lũng làm 62 km đường."),
        ("UBND huyện đã duyệt.", "UBND huyện Bát Lũng đã duyệt."),
        ("Bát Lũng là huyện có 21 xã.", "Bát Lũng là huyện có 21 xã."),
        ("Các huyện bạn đến học.", "Các huyện bạn đến học."),
        ("Huyện Bát Lũng làm đường, huyện còn trồng cây.", "Huyện Bát Lũng làm đường, huyện còn trồng cây."),
        ("Toàn xã có 5 tổ.", "Toàn xã có 5 tổ."),
    ],
)
def test_a_bare_level_gets_its_name(text, named):
    assert name_place(text, home(ARTICLE)) == named
    assert name_place(text, home(ARTICLE), ["Bát Lũng"]) == text


def test_all_of_a_place_that_nobody_names_is_vague():
    assert is_vague("Toàn xã có 5 tổ.", home(ARTICLE))
    assert not is_vague("Toàn huyện có 5 tổ.", home(ARTICLE))
    assert not is_vague("Xã Pá Hu có 5 tổ.", home(ARTICLE))


def test_a_sentence_of_any_length_is_read():
    long = "Chủ tịch huyện Mai Sao, toàn huyện, " * 20_000
    assert not is_vague(long, {"huyện": "Mai Sao"})
    assert home([long]) == {}


@pytest.mark.parametrize(
    ("text", "shorter"),
    [
        ("Huyện Bát Lũng – tỉnh Cao Nguyên có 21 xã.", "Huyện Bát Lũng có 21 xã."),
        ("Huyện Bát Lũng (tỉnh Cao Nguyên) có 21 xã.", "Huyện Bát Lũng có 21 xã."),
        ("Tại huyện Bát Lũng, tỉnh Cao Nguyên, chợ đã mở.", "Tại huyện Bát Lũng, chợ đã mở."),
        ("Huyện Nà Sầm – tỉnh Cao Nguyên có 12 xã.", "Huyện Nà Sầm – tỉnh Cao Nguyên có 12 xã."),
    ],
)
def test_the_larger_place_is_named_once(text, shorter):
    assert once(text, ["Huyện Bát Lũng, tỉnh Cao Nguyên làm 62 km đường."]) == shorter
    assert once(text, []) == text
