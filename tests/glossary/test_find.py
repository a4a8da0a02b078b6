"""Finding terms in Vietnamese text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.glossary import Glossary, Term

OFFICIAL = Glossary.official()


def found(text: str, glossary: Glossary = OFFICIAL) -> list[tuple[str, str]]:
    return [(m.text, m.term.vi) for m in glossary.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toàn huyện có 14 xã.", [("huyện", "huyện"), ("xã", "xã")]),
        ("Đời sống xã hội ngày càng tốt hơn.", []),
        ("Chi đoàn thăm các gia đình khó khăn.", []),
        ("Trạm đặt tại cơ sở y tế mới.", []),
        ("Hợp tác xã Nhật Tân", [("Hợp tác xã", "hợp tác xã")]),
        ("thị xã Duy Tiên", [("thị xã", "thị xã")]),
        ("UBND huyện", [("UBND", "Ủy ban nhân dân"), ("huyện", "huyện")]),
        ("Chủ tịch UBND", [("Chủ tịch UBND", "Chủ tịch Ủy ban nhân dân")]),
        ("phó chủ tịch ubnd", [("phó chủ tịch", "Phó Chủ tịch")]),
        ("đạt chuẩn NTM nâng cao", [("đạt chuẩn NTM nâng cao", "đạt chuẩn nông thôn mới nâng cao")]),
        ("xã NTM kiểu mẫu", [("xã NTM kiểu mẫu", "xã nông thôn mới kiểu mẫu")]),
        ("NÔNG THÔN MỚI", [("NÔNG THÔN MỚI", "nông thôn mới")]),
        ("công tác thuỷ lợi", [("thuỷ lợi", "thủy lợi")]),
        ("vốn xã hội hoá", [("vốn xã hội hoá", "vốn xã hội hóa")]),
        ("Sở Y tế tỉnh", [("Sở Y tế", "Sở Y tế"), ("tỉnh", "tỉnh")]),
        ("theo Quyết định 1600/QĐ-TTg", [("Quyết định", "quyết định")]),
        ("QĐ số 1600", [("QĐ", "quyết định")]),
        ("Sở GD&ĐT tỉnh", [("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"), ("tỉnh", "tỉnh")]),
        ("phát triển KT-XH", [("phát triển KT-XH", "phát triển kinh tế - xã hội")]),
        (
            "phát triển kinh tế xã hội",
            [("phát triển kinh tế xã hội", "phát triển kinh tế - xã hội")],
        ),
        ("Sản phẩm đạt OCOP 3 sao", [("OCOP 3 sao", "OCOP 3 sao")]),
        ("tại TP. Hà Nội", []),
        ("tại TP.HCM", [("TP.HCM", "thành phố Hồ Chí Minh")]),
        ("Xã Kim Bình. Hội nghị khai mạc.", [("Xã", "xã")]),
        ("ở nông thôn. Mới đây", [("nông thôn", "nông thôn")]),
        ("", []),
        ("…!?", []),
    ],
)
def test_longest_wording_is_found(text: str, expected: list[tuple[str, str]]):
    assert found(text) == expected


def test_spans_point_into_the_text_given():
    text = "Ông cho biết: xã   đạt chuẩn nông thôn mới."
    for match in OFFICIAL.find(text):
        assert text[match.span.start : match.span.end] == match.text


def test_decomposed_text_is_matched_with_its_own_offsets():
    text = unicodedata.normalize("NFD", "Trạm y tế xã và nông thôn mới")
    matches = OFFICIAL.find(text)
    assert [m.term.vi for m in matches] == ["trạm y tế xã", "nông thôn mới"]
    assert unicodedata.normalize("NFC", matches[1].text) == "nông thôn mới"


def test_tones_count():
    assert found("nông thôn mỏi", Glossary((Term("nông thôn mới", "x"),))) == []


def test_single_capitalized_syllable_needs_its_capital():
    glossary = Glossary((Term("Sở", "Department"),))
    assert found("trụ sở của Sở", glossary) == [("Sở", "Sở")]


def test_abbreviation_needs_its_case_and_no_neighbouring_code():
    glossary = Glossary((Term("nghị định", "decree", abbr=("NĐ",)),))
    assert found("NĐ mới; nđ; 34/2021/NĐ-CP; NĐ-CP", glossary) == [("NĐ", "nghị định")]


@given(st.text())
def test_any_text_gives_ordered_matches_that_do_not_overlap(text: str):
    matches = OFFICIAL.find(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(matches))
    assert all(text[m.span.start : m.span.end] == m.text for m in matches)


@given(st.lists(st.sampled_from([t.vi for t in OFFICIAL.terms if t.en]), max_size=6))
def test_every_term_is_found_between_sentence_marks(wordings: list[str]):
    assert [m.term.vi for m in OFFICIAL.find(". ".join(wordings))] == wordings


def test_an_everyday_word_gives_way_to_a_term_that_it_shares_a_part_with():
    official = Glossary.official()
    assert [m.text for m in official.find("Lãnh đạo Tỉnh ủy đến thăm.")] == ["Tỉnh ủy"]
    assert [m.text for m in official.find("Lãnh đạo tỉnh đến thăm.")] == ["Lãnh đạo tỉnh"]
    assert [m.text for m in official.find("Chủ hộ nghèo được vay vốn.")] == ["hộ nghèo"]
