"""Names of a translation or summary against those of the article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts.names import extract_names, match_names

ARTICLE = (
    "Ông Nguyễn Văn Hùng, Phó Chủ tịch UBND huyện Kim Bảng, tỉnh Hà Nam cho biết các xã Thi Sơn và Nhật Tân "
    "đã về đích. Bà Trần Thị Mai, nông dân thị trấn Quế, vui mừng."
)


def unsupported(text: str, article: str = ARTICLE, lang: str = "en") -> list[tuple[str, str | None]]:
    matching = match_names(extract_names(text, lang), extract_names(article, "vi"))
    return [(name.text, near and near.text) for name, near in matching.unsupported]


def missing(text: str, article: str = ARTICLE, lang: str = "en") -> list[str]:
    matching = match_names(extract_names(text, lang), extract_names(article, "vi"))
    return [name.text for name in matching.missing]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Nguyen Van Hung spoke in Kim Bang District.",
        "Mr. Nguyễn Văn Hùng spoke in Kim Bảng District.",
        "Mr. Hung spoke.",
        "Hung spoke, and so did Ms. Mai.",
        "The Vice Chairman of the Kim Bang District People's Committee spoke.",
        "Thi Son and Nhat Tan communes in Ha Nam Province",
        "Hanam Province",
        "Kim Bang Ha Nam farmers",
        "Ms. Mai Tran Thi of Que Town",
        "On Monday the People's Committee met in March.",
        "The National Target Programme on New Rural Development succeeded.",
    ],
)
def test_faithful_names_raise_nothing(text: str):
    assert unsupported(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Nguyen Van Hong spoke.", [("Nguyen Van Hong", "Nguyễn Văn Hùng")]),
        ("Mr. Le Van Tam spoke.", [("Le Van Tam", None)]),
        ("Mr. Dung spoke.", [("Dung", None)]),
        ("Kim Dong District", [("Kim Dong", "Kim Bảng")]),
        ("Binh Luc District", [("Binh Luc", None)]),
        ("Ninh Binh Province", [("Ninh Binh", None)]),
        ("in Hai Phong", [("Hai Phong", None)]),
        ("Thi Sen Commune", [("Thi Sen", "Thi Sơn")]),
        ("Qim Bang is a district.", [("Qim Bang", "Kim Bảng")]),
        ("Tan Commune", [("Tan", "Nhật Tân")]),
        ("Nguyen Vaan Hung spoke.", [("Nguyen Vaan Hung", "Nguyễn Văn Hùng")]),
    ],
)
def test_invented_and_altered_names_are_told_with_the_nearest(
    text: str, expected: list[tuple[str, str | None]]
):
    assert unsupported(text) == expected


@pytest.mark.parametrize(
    ("article", "text", "expected"),
    [
        ("huyện Kim Bảng, tỉnh Hà Nam", "Kim Bang District", ["Hà Nam"]),
        ("huyện Kim Bảng, tỉnh Hà Nam", "Kim Bang District, Ha Nam", []),
        ("ông Nguyễn Văn Hùng nói", "Mr. Hung said", []),
        ("ông Nguyễn Văn Hùng nói", "he said", ["Nguyễn Văn Hùng"]),
        ("ông Hùng nói", "he said", []),
        ("ông Lê Viết Đạt", "Dat Le Viet", []),
        ("vùng Tây Nguyên", "the Central Highlands", []),
        ("TP.HCM", "Ho Chi Minh City", []),
        ("TP. Hồ Chí Minh", "HCMC", []),
        ("thành phố Hà Nội", "Hanoi", []),
        ("công ty Sữa Việt", "a dairy firm", []),
        ("xã Thi Sơn. Xã Thi Sơn", "a commune", ["Thi Sơn"]),
    ],
)
def test_lost_names(article: str, text: str, expected: list[str]):
    assert missing(text, article) == expected


@pytest.mark.parametrize(
    ("article", "text", "changed"),
    [
        ("huyện Kim Bảng", "Kim Bang District", False),
        ("huyện Kim Bảng", "Kim Bang Commune", True),
        ("tỉnh Hà Nam", "Ha Nam City", True),
        ("quận Ba Đình", "Ba Dinh District", False),
        ("thị trấn Quế", "Que Town", False),
        ("huyện Kim Bảng, xã Kim Bảng", "Kim Bang Commune", False),
        ("ở Hà Nam", "Ha Nam Province", False),
    ],
)
def test_changed_level(article: str, text: str, changed: bool):
    matching = match_names(extract_names(text, "en"), extract_names(article, "vi"))
    assert [pair.level_changed for pair in matching.pairs if pair.claimed.level] == [changed]


def test_summary_in_vietnamese_is_matched_too():
    summary = "Xã Thi Sơn, huyện Kim Động về đích; ông Hùng cho biết."
    assert unsupported(summary, lang="vi") == [("Kim Động", "Kim Bảng")]


def test_a_text_supports_itself():
    names = extract_names(ARTICLE, "vi")
    matching = match_names(names, names)
    assert (matching.unsupported, matching.missing) == ((), ())


@given(st.text(), st.text())
def test_any_two_texts_are_matched(one: str, other: str):
    matching = match_names(extract_names(one, "en"), extract_names(other, "vi"))
    assert all(pair.known.key for pair in matching.pairs)
