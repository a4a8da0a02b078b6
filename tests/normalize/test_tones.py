import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.normalize import fold, to_tones, tone_old
from ntmsum.normalize.syllables import is_marked_syllable, parse_syllable

PLACED = [
    ("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("HOÀ", "HÒA"), ("Thuý", "Thúy"), ("hoá", "hóa"),
    ("loè", "lòe"), ("xoã", "xõa"), ("tuỳ", "tùy"), ("uỷ", "ủy"), ("Uỷ", "Ủy"), ("oà", "òa"),
    # placed wrongly by old keyboards
    ("tòan", "toàn"), ("hòan", "hoàn"), ("qúy", "quý"), ("gìa", "già"), ("thúê", "thuế"), ("cuả", "của"),
    ("miá", "mía"), ("ngòai", "ngoài"), ("khúyên", "khuyến"), ("đựơc", "được"), ("tìên", "tiền"),
    ("hoạch", "hoạch"), ("qủa", "quả"), ("gíao", "giáo"),
]  # fmt: skip
UNTOUCHED = [
    "toàn", "quý", "hoàn", "thuở", "khuỷu", "ngoài", "quốc", "quyết", "giữ", "giếng", "gìn", "gì", "nghiêng",
    "người", "rượu", "hươu", "mía", "múa", "của", "thuế", "quận", "huỳnh", "xoáy", "khuya", "yếu", "quả", "già",
    "hòa", "thủy", "khỏe", "lũy", "café", "Noël", "Müller", "Đắk", "Krông", "naïve", "São", "uốn", "ước", "ở",
    "loắt", "hoặc", "quỳnh", "huýt",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "canonical"), PLACED)
def test_the_tone_goes_where_the_old_style_puts_it(typed, canonical):
    assert tone_old(typed) == canonical


@pytest.mark.parametrize("word", UNTOUCHED)
def test_words_already_right_or_foreign_stay(word):
    assert tone_old(word) == word


def test_a_sentence_is_treated_syllable_by_syllable():
    assert tone_old("Uỷ ban xã Hoà Bình, toàn dân, quý I.") == "Ủy ban xã Hòa Bình, toàn dân, quý I."


def test_the_new_style_differs_in_open_syllables_only():
    old = "Ủy ban xã Hòa Bình khỏe, toàn dân, của, mía, ngoài, quý I."
    assert to_tones(old, "new") == "Uỷ ban xã Hoà Bình khoẻ, toàn dân, của, mía, ngoài, quý I."
    assert tone_old(to_tones(old, "new")) == old


def test_a_word_with_a_mark_too_many_stays():
    assert tone_old("hoà\u0301") == "hoà\u0301"


@given(st.text())
def test_tone_old_keeps_the_length_and_is_idempotent(text):
    once = tone_old(text)
    assert len(once) == len(text)
    assert tone_old(once) == once


@pytest.mark.parametrize(
    ("text", "folded"), [("Đồng Hóa", "dong hoa"), ("ĐƯỜNG", "duong"), ("nghĩa", "nghia"), ("14 xã", "14 xa")]
)
def test_fold_drops_case_and_diacritics(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("nghiêng", (3, "iê", "ng", "")), ("quý", (2, "y", "", "\u0301")), ("gì", (1, "i", "", "\u0300"))],
)
def test_a_syllable_is_parsed_into_its_parts(word, expected):
    syllable = parse_syllable(word)
    assert (syllable.start, syllable.vowels, syllable.coda, syllable.tone) == expected


@pytest.mark.parametrize("word", ["", "school", "nghiêngx", "bcd", "áá", "êu" * 4])
def test_other_words_are_no_syllables(word):
    assert parse_syllable(word) is None


@pytest.mark.parametrize(("word", "expected"), [("xã", True), ("xa", False), ("làp", False), ("lạp", True)])
def test_marked_syllables_respect_the_tones_of_stopped_codas(word, expected):
    assert is_marked_syllable(word) is expected
