"""Names read from Vietnamese and English, as (text, kind, level or title) of the certain ones."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts.names import extract_names, fold_name


def certain(text: str, lang: str) -> list[tuple[str, str, str]]:
    return [(n.text, n.kind, n.level or n.title) for n in extract_names(text, lang) if n.certain]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ông Nguyễn Văn Hùng phát biểu", [("Nguyễn Văn Hùng", "person", "ông")]),
        ("Ông Nguyễn Văn Hùng phát biểu", [("Nguyễn Văn Hùng", "person", "Ông")]),
        ("Bà Lan cho biết thêm", [("Lan", "person", "Bà")]),
        ("đồng chí Lê Thị Thủy", [("Lê Thị Thủy", "person", "đồng chí")]),
        ("Đồng chí Lê Thị Thủy", [("Lê Thị Thủy", "person", "Đồng chí")]),
        ("em Phạm Gia Bảo đoạt giải", [("Phạm Gia Bảo", "person", "em")]),
        ("gia đình anh Tuấn", [("Tuấn", "person", "gia đình anh")]),
        ("Phó Chủ tịch UBND huyện Trần Quốc Toản", [("Trần Quốc Toản", "person", "")]),
        (
            "Chủ tịch UBND tỉnh Hà Nam Nguyễn Văn Hùng",
            [("Hà Nam", "place", "province"), ("Nguyễn Văn Hùng", "person", "")],
        ),
        (
            "Bí thư Đảng ủy xã Thi Sơn Lê Thị Thủy",
            [("Thi Sơn", "place", "commune"), ("Lê Thị Thủy", "person", "")],
        ),
        (
            "Phó Chủ tịch UBND TP.HCM Lê Minh Tâm",
            [("HCM", "place", "city"), ("Lê Minh Tâm", "person", "")],
        ),
        ("Chủ tịch UBND huyện Trần Văn Thời", [("Trần Văn Thời", "place", "district")]),
        ("Giám đốc Sở Y tế Trần Thị Mai", [("Trần Thị Mai", "person", "")]),
        ("Bác sĩ Đỗ Quang Vinh", [("Đỗ Quang Vinh", "person", "Bác sĩ")]),
        ("Trưởng thôn Vũ Văn Thái", [("Vũ Văn Thái", "person", "Trưởng thôn")]),
        ("bà Hồ Thị Nga", [("Hồ Thị Nga", "person", "bà")]),
        ("Hồ Thị Nga trồng rau", [("Hồ Thị Nga", "person", "")]),
        ("ThS. Đinh Công Sơn", [("Đinh Công Sơn", "person", "ThS")]),
        ("theo ông Phó Chủ tịch huyện", []),
        ("trẻ em Thế giới", []),
        ("xã Kim Bình", [("Kim Bình", "place", "commune")]),
        ("Xã Kim Bình về đích", [("Kim Bình", "place", "commune")]),
        ("huyện Kim Bảng, tỉnh Hà Nam", [("Kim Bảng", "place", "district"), ("Hà Nam", "place", "province")]),
        ("thị trấn Quế", [("Quế", "place", "township")]),
        ("thị xã Duy Tiên", [("Duy Tiên", "place", "town")]),
        ("TP. Phủ Lý", [("Phủ Lý", "place", "city")]),
        ("TP.Phủ Lý", [("Phủ Lý", "place", "city")]),
        ("thành phố Hồ Chí Minh", [("Hồ Chí Minh", "place", "city")]),
        ("quận Ba Đình", [("Ba Đình", "place", "urban district")]),
        ("phường Hai Bà Trưng", [("Hai Bà Trưng", "place", "ward")]),
        ("đặc khu Phú Quốc", [("Phú Quốc", "place", "special zone")]),
        ("thôn Đồng Lạc", [("Đồng Lạc", "place", "hamlet")]),
        ("huyện Cư M'gar", [("Cư M'gar", "place", "district")]),
        ("xã Ia Piơr", [("Ia Piơr", "place", "commune")]),
        (
            "các xã Kim Bình, Nhật Tân và Lê Hồ",
            [
                ("Kim Bình", "place", "commune"),
                ("Nhật Tân", "place", "commune"),
                ("Lê Hồ", "place", "commune"),
            ],
        ),
        (
            "3 huyện Lý Nhân, Bình Lục",
            [("Lý Nhân", "place", "district"), ("Bình Lục", "place", "district")],
        ),
        ("Tại Hà Nam, mưa lớn", [("Hà Nam", "place", "")]),
        ("tỉnh Bà Rịa - Vũng Tàu", [("Bà Rịa", "place", "province"), ("Vũng Tàu", "place", "")]),
        ("Thành phố Bà Rịa", [("Bà Rịa", "place", "city")]),
        ("ở Ba Đình và Cô Tô", [("Ba Đình", "place", ""), ("Cô Tô", "place", "")]),
        # Neither is a name that English must keep.
        ("Hội nghị diễn ra sáng nay", []),
        ("Nông thôn mới ở Việt Nam", []),
        ("UBND, HĐND và MTTQ", []),
        ("Ban Thường vụ Huyện ủy", []),
        ("xuất khẩu sang Trung Quốc, Hàn Quốc", []),
        ("vùng Tây Nguyên và Đông Nam Bộ", []),
        ("khu vực Đông Nam Á", []),
        ("nông thôn Mới", []),
        ("thông tấn xã Reuters", []),
        ("đời sống xã hội Việt Nam", []),
        ("bản Hiến pháp đầu tiên", []),
        ("Nhà Trắng lên tiếng", []),
        ("", []),
    ],
)
def test_vietnamese(text: str, expected: list[tuple[str, str, str]]):
    assert certain(text, "vi") == expected


@pytest.mark.parametrize(
    "text", ["Trạm Y tế xã", "Sở Y tế tỉnh", "Trường Đại học Y dược", "Bộ Y tế cho biết"]
)
def test_medicine_is_no_part_of_a_name(text: str):
    assert not any(name.text.endswith("Y") for name in extract_names(text, "vi"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Nguyen Van Hung said so.", [("Nguyen Van Hung", "person", "Mr")]),
        ("Ms Lan said so.", [("Lan", "person", "Ms")]),
        ("Dr. Do Quang Vinh", [("Do Quang Vinh", "person", "Dr")]),
        ("Vice Chairman Tran Quoc Toan", [("Tran Quoc Toan", "person", "Vice Chairman")]),
        ("Nguyễn Văn Hùng said so.", [("Nguyễn Văn Hùng", "person", "")]),
        ("Kim Bang District", [("Kim Bang", "place", "district")]),
        ("Kim Bang district's roads", [("Kim Bang", "place", "district")]),
        ("Que Township", [("Que", "place", "township")]),
        ("the Commune of Thi Son", [("Thi Son", "place", "commune")]),
        ("Ha Nam Provincial People's Committee", [("Ha Nam", "place", "province")]),
        ("Ho Chi Minh City", [("Ho Chi Minh", "place", "city")]),
        ("HCMC authorities", [("HCMC", "place", "city")]),
        ("Hanoi authorities", [("Hanoi", "place", "")]),
        ("Can Tho grows fruit.", [("Can Tho", "place", "")]),
        ("An Giang grows rice.", [("An Giang", "place", "")]),
        ("To Long Xuyen they went.", [("Long Xuyen", "place", "")]),
        ("Nguyen Trai High School", [("Nguyen Trai", "person", "")]),
        ("Thanh Dat Co., Ltd", [("Thanh Dat", "other", "")]),
        ("Ha Long Bay", [("Ha Long", "place", "")]),
        (
            "Phong Dien District of Thua Thien",
            [("Phong Dien", "place", "district"), ("Thua Thien", "other", "")],
        ),
        # English capitals.
        ("The People's Committee met in May.", []),
        ("New Rural Development is a National Target Programme.", []),
        ("On Sunday the Party Secretary and the Fatherland Front met.", []),
        ("In March, Japan and China signed.", []),
        ("Can they do it? To be sure, no.", []),
        ("Vietnam and Viet Nam", []),
        ("The Red River Delta and the East Sea", []),
        ("Mr. Smith of London", []),
        ("OCOP and VietGAP goods", []),
        ("", []),
    ],
)
def test_english(text: str, expected: list[tuple[str, str, str]]):
    assert certain(text, "en") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Bảng", "Kim Bang"),
        ("Đắk Lắk", "Dac Lac"),
        ("Mỹ Đức", "My Duc"),
        ("Lý Nhân", "Lí Nhân"),
        ("Cư M'gar", "Cu Mgar"),
        ("Hoà Bình", "Hòa Bình"),
        (unicodedata.normalize("NFD", "Hưng Yên"), "Hung Yen"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str):
    assert fold_name(one) == fold_name(other)


@given(st.text(), st.sampled_from(["vi", "en"]))
def test_any_text_gives_ordered_names_whose_spans_hold_their_text(text: str, lang: str):
    names = extract_names(text, lang)
    assert all(text[n.span.start : n.span.end] == n.text for n in names)
    assert all(a.span.end <= b.span.start for a, b in pairwise(names))


@given(st.text(alphabet="AaBbÔôĐđ '’.-\u0301 Hà"), st.sampled_from(["vi", "en"]))
def test_strange_capitals_are_read(text: str, lang: str):
    assert all(n.words or not n.certain for n in extract_names(text, lang))
