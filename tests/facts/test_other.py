"""Figures and dates in the languages that a multilingual model translates into."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.facts.other import (
    count_differences,
    extract_other,
    lost_names,
    match_other,
    readable_languages,
)
from ntmsum.languages import target_language, target_languages


def day(year=None, month=None, day=None):
    return (year, month, day)


def months(first, last, year=None):
    return (year, first, None), (year, last, None)


# Language, text, what it claims: (kind, value) in order.
CASES = [
    # French: comma, spaces or points for thousands, spelled scales.
    ("fr", "12,5 hectares", [("number", "12.5")]),
    ("fr", "1 234 habitants", [("number", "1234")]),
    ("fr", "1\u202f234\u202f567,5 euros", [("number", "1234567.5")]),
    ("fr", "1.234 foyers", [("number", "1234")]),
    ("fr", "1,234 tonne", [("number", "1.234")]),
    ("fr", "1,2 milliard de dongs", [("number", "1200000000")]),
    ("fr", "30 millions de dongs", [("number", "30000000")]),
    ("fr", "5 mille personnes", [("number", "5000")]),
    ("fr", "deux cent cinquante foyers", [("number", "250")]),
    ("fr", "quatre-vingt-dix-sept communes", [("number", "97")]),
    ("fr", "vingt et un ponts", [("number", "21")]),
    ("fr", "deux mille cinq cents arbres", [("number", "2500")]),
    ("fr", "trois cent mille dongs", [("number", "300000")]),
    ("fr", "soixante-quinze pour cent", [("percent", "75")]),
    ("fr", "une hausse de 12,5 %", [("percent", "12.5")]),
    ("fr", "le 15 septembre 2024", [("date", day(2024, 9, 15))]),
    ("fr", "le 1er mai", [("date", day(None, 5, 1))]),
    ("fr", "en août 2023", [("date", day(2023, 8))]),
    ("fr", "le 5/9/2024", [("date", day(2024, 9, 5))]),
    ("fr", "du 10 au 12 septembre", [("date", day(None, 9, 10)), ("date", day(None, 9, 12))]),
    ("fr", "au troisième trimestre 2024", [("period", months(7, 9, 2024))]),
    ("fr", "au premier semestre", [("period", months(1, 6))]),
    ("fr", "les neuf premiers mois de 2024", [("period", months(1, 9, 2024))]),
    ("fr", "à 7h30", [("time", (7, 30))]),
    ("fr", "14/16 communes", [("number", "14"), ("number", "16")]),
    ("fr", "la route QL1A", []),
    ("fr", "une commune", []),
    # Chinese: 万 and 亿, point as decimal mark.
    ("zh", "12.5公里", [("number", "12.5")]),
    ("zh", "1,234.5公顷", [("number", "1234.5")]),
    ("zh", "3万人", [("number", "30000")]),
    ("zh", "1.2亿元", [("number", "120000000")]),
    ("zh", "12万亿盾", [("number", "12000000000000")]),
    ("zh", "1亿2000万元", [("number", "120000000")]),
    ("zh", "三千五百二十一户", [("number", "3521")]),
    ("zh", "两万人", [("number", "20000")]),
    ("zh", "十五户", [("number", "15")]),
    ("zh", "45千米", [("number", "45")]),
    ("zh", "增长12.5％", [("percent", "12.5")]),
    ("zh", "百分之三十五", [("percent", "35")]),
    ("zh", "百分之12", [("percent", "12")]),
    ("zh", "１２公顷", [("number", "12")]),
    ("zh", "2024年9月15日", [("date", day(2024, 9, 15))]),
    ("zh", "9月15号", [("date", day(None, 9, 15))]),
    ("zh", "2024年9月", [("date", day(2024, 9))]),
    ("zh", "十一月", [("date", day(None, 11))]),
    ("zh", "2024年", [("date", day(2024))]),
    ("zh", "9月10日至12日", [("date", day(None, 9, 10)), ("date", day(None, 9, 12))]),
    ("zh", "2024年第三季度", [("period", months(7, 9, 2024))]),
    ("zh", "上半年", [("period", months(1, 6))]),
    ("zh", "前9个月", [("period", months(1, 9))]),
    ("zh", "上午7点30分", [("time", (7, 30))]),
    ("zh", "一些群众", []),
    # Lao: native digits, ພັນ ໝື່ນ ແສນ ລ້ານ ຕື້.
    ("lo", "໑໒,໕ ເຮັກຕາ", [("number", "12.5")]),
    ("lo", "1.234 ຄົນ", [("number", "1234")]),
    ("lo", "໑,໒ ຕື້ດົງ", [("number", "1200000000")]),
    ("lo", "30 ລ້ານກີບ", [("number", "30000000")]),
    ("lo", "5 ໝື່ນຄົນ", [("number", "50000")]),
    ("lo", "2 ແສນຄົນ", [("number", "200000")]),
    ("lo", "12 ພັນຕື້ກີບ", [("number", "12000000000000")]),
    ("lo", "ສາມພັນຫ້າຮ້ອຍຄົນ", [("number", "3500")]),
    ("lo", "ຊາວຫ້າຄອບຄົວ", [("number", "25")]),
    ("lo", "ສິບສອງບ້ານ", [("number", "12")]),
    ("lo", "12,5%", [("percent", "12.5")]),
    ("lo", "ຮ້ອຍລະ ໓໕", [("percent", "35")]),
    ("lo", "ວັນທີ 15 ກັນຍາ 2024", [("date", day(2024, 9, 15))]),
    ("lo", "ວັນທີ ໑໕ ເດືອນ ໙ ປີ ໒໐໒໔", [("date", day(2024, 9, 15))]),
    ("lo", "ວັນທີ 15/9", [("date", day(None, 9, 15))]),
    ("lo", "ເດືອນສິງຫາ ປີ 2023", [("date", day(2023, 8))]),
    ("lo", "ປີ 2024", [("date", day(2024))]),
    ("lo", "ໄຕມາດທີ III ປີ 2024", [("period", months(7, 9, 2024))]),
    ("lo", "6 ເດືອນຕົ້ນປີ 2024", [("period", months(1, 6, 2024))]),
    ("lo", "7:30 ໂມງ", [("time", (7, 30))]),
    # Khmer: native digits, ពាន់ ម៉ឺន សែន លាន.
    ("km", "១២,៥ ហិកតា", [("number", "12.5")]),
    ("km", "១.២៣៤ នាក់", [("number", "1234")]),
    ("km", "១,២ ពាន់លានដុង", [("number", "1200000000")]),
    ("km", "៣០លានដុង", [("number", "30000000")]),
    ("km", "៥ម៉ឺននាក់", [("number", "50000")]),
    ("km", "២សែននាក់", [("number", "200000")]),
    ("km", "ប្រាំពីររយ", [("number", "700")]),
    ("km", "ម្ភៃប្រាំគ្រួសារ", [("number", "25")]),
    ("km", "៤៥ ភាគរយ", [("percent", "45")]),
    ("km", "ថ្ងៃទី១៥ ខែកញ្ញា ឆ្នាំ២០២៤", [("date", day(2024, 9, 15))]),
    ("km", "ថ្ងៃទី១៥ ខែ៩", [("date", day(None, 9, 15))]),
    ("km", "ខែសីហា ឆ្នាំ២០២៣", [("date", day(2023, 8))]),
    ("km", "ឆ្នាំ២០២៤", [("date", day(2024))]),
    ("km", "ត្រីមាសទី៣ ឆ្នាំ២០២៤", [("period", months(7, 9, 2024))]),
    ("km", "ឆមាសទី១", [("period", months(1, 6))]),
    ("km", "៦ខែដំបូង", [("period", months(1, 6))]),
    ("km", "ម៉ោង ៧:៣០", [("time", (7, 30))]),
]


@pytest.mark.parametrize(("language", "text", "claims"), CASES)
def test_what_a_text_claims(language, text, claims):
    found = extract_other(text, language)
    assert [(f.kind, f.value) for f in found] == [
        (kind, Decimal(value) if isinstance(value, str) else value) for kind, value in claims
    ]
    assert all(text[f.span.start : f.span.end] == f.text for f in found)


VIETNAMESE = (
    "Đến hết tháng 9/2024, xã Tân Lập có 14/16 bản đạt chuẩn, chi 1,2 tỷ đồng, trồng 45 ha rừng, tăng 12,5%; "
    "hội nghị họp sáng 15/10, từ 7 giờ 30."
)
FAITHFUL = {
    "fr": "Fin septembre 2024, la commune de Tan Lap comptait 14 villages aux normes sur 16, avait dépensé 1,2 "
    "milliard de dongs et planté 45 hectares de forêt, soit 12,5 % de plus ; la conférence s'est tenue le matin du "
    "15 octobre, à partir de 7h30.",
    "zh": "截至2024年9月底，新立乡16个村中有14个达标，支出12亿盾，造林45公顷，增长12.5%；"
    "会议于10月15日上午7点30分召开。",
    "lo": "ຮອດທ້າຍເດືອນ 9 ປີ 2024, ຕາແສງເຕີນເລິບ ມີ 14/16 ບ້ານ, ໃຊ້ 1,2 ຕື້ດົງ, ປູກປ່າ 45 ເຮັກຕາ, ເພີ່ມຂຶ້ນ 12,5%; "
    "ກອງປະຊຸມ ຕອນເຊົ້າວັນທີ 15/10, ແຕ່ 7:30 ໂມງ.",
    "km": "គិតត្រឹមចុងខែ៩ ឆ្នាំ២០២៤ ឃុំតឹនឡឹប មាន ១៤/១៦ ភូមិ ចំណាយ ១,២ ពាន់លានដុង ដាំព្រៃ ៤៥ ហិកតា កើន ១២,៥% "
    "សន្និសីទនៅព្រឹកថ្ងៃទី១៥ ខែតុលា ម៉ោង ៧:៣០។",
}


@pytest.mark.parametrize("language", FAITHFUL)
def test_a_faithful_translation_agrees(language):
    found = match_other(FAITHFUL[language], VIETNAMESE, language)
    assert (found.unsupported, found.missing) == ((), ())
    assert count_differences(FAITHFUL[language], VIETNAMESE, target_language(language)) == 0


@pytest.mark.parametrize(
    ("language", "right", "wrong", "nearest"),
    [
        ("fr", "1,2 milliard", "1,2 million", "1,2 tỷ đồng"),
        ("fr", "45 hectares", "54 hectares", "45 ha"),
        ("fr", "15 octobre", "16 octobre", "15/10"),
        ("zh", "12亿", "1.2亿", "1,2 tỷ đồng"),
        ("zh", "12.5%", "15.2%", "12,5%"),
        ("zh", "10月15日", "11月15日", "15/10"),
        ("lo", "1,2 ຕື້", "1,2 ລ້ານ", "1,2 tỷ đồng"),
        ("lo", "45 ເຮັກຕາ", "46 ເຮັກຕາ", "45 ha"),
        ("km", "១,២ ពាន់លាន", "១,២ លាន", "1,2 tỷ đồng"),
        ("km", "៤៥ ហិកតា", "៤៤ ហិកតា", "45 ha"),
    ],
)
def test_an_altered_figure_is_told_with_its_original(language, right, wrong, nearest):
    text = FAITHFUL[language].replace(right, wrong)
    assert text != FAITHFUL[language]
    found = match_other(text, VIETNAMESE, language)
    assert len(found.unsupported) == 1
    assert found.nearest(found.unsupported[0]).text == nearest
    assert [fact.text for fact in found.missing] == [nearest]
    assert count_differences(text, VIETNAMESE, target_language(language)) == 2


def test_a_lost_figure_is_told():
    text = FAITHFUL["fr"].replace(" et planté 45 hectares de forêt", "")
    assert [fact.text for fact in match_other(text, VIETNAMESE, "fr").missing] == ["45 ha"]


def test_names_are_looked_for_with_and_without_marks():
    source = "Ông Nguyễn Văn Hùng thăm xã Tân Lập, tỉnh Hà Nam và Trung Quốc."
    assert lost_names("M. Nguyen Van Hung a visité Tân Lập (Hà Nam) et la Chine.", source) == []
    lost = lost_names("M. Nguyen Van Hung a visité Tan Lac (Ha Nam).", source)
    assert [name.text for name in lost] == ["Tân Lập"]


@pytest.mark.parametrize("language", readable_languages())
def test_any_text_is_read(language):
    for text in (
        "",
        "9" * 5000,
        "," * 100,
        "一" * 3000,
        "ສິບ" * 1000,
        "១" * 2000,
        "vingt " * 500,
        "1/" * 2000,
    ):
        facts = extract_other(text, language)
        assert all(a.span.end <= b.span.start or a.span == b.span for a, b in pairwise(facts))


def test_the_readable_languages_are_known_languages():
    assert set(readable_languages()) == {"fr", "zh", "lo", "km"}
    assert set(readable_languages()) <= target_languages().keys()


@pytest.mark.parametrize("language", readable_languages())
@given(
    st.text(alphabet="0123456789.,/:- %h年月日百分之三十万亿ປີເດືອນ໑໒ຮ້ອຍលានទី១២ខែ vingtcemlq\u00a0", max_size=60)
)
def test_facts_stand_where_they_say(language, text):
    end = 0
    for fact in extract_other(text, language):
        assert text[fact.span.start : fact.span.end] == fact.text != ""
        assert fact.span.start >= end or fact.span.end == end  # two days of one month share their words
        end = fact.span.end
