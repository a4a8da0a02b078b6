import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.normalize.characters import canonical, clean
from ntmsum.normalize.revision import Revision

MENDED = [
    ("Ðồng Hóa và ðê điều", "Đồng Hóa và đê điều", "look-alikes"),
    ("xã\u200b Đồng\ufeff Hóa", "xã Đồng Hóa", "zero-width"),
    ("\u202axã Đồng Hóa\u202c", "xã Đồng Hóa", "zero-width"),
    ("nông\u00adthôn", "nôngthôn", "zero-width"),
    ("14\u00a0xã", "14 xã", "spaces"),
    ("14\u202fxã", "14 xã", "spaces"),
    ("xã\x00 Đồng Hóa", "xã Đồng Hóa", "nul"),
    ("một\r\nhai\rba", "một\nhai\nba", "newlines"),
    (unicodedata.normalize("NFD", "đường thủy"), "đường thủy", "nfd"),
    ("mất ch\ufffd rồi \ufffd\ufffd", "mất ch rồi", "lost"),
    ("mất ch\ufffd\ufffd rồi", "mất ch rồi", "lost"),
    ("mất c\ufffdữ", "mất c\ufffdữ", "lost"),
]
QUIETLY_MENDED = [
    ("  một   hai  ", "một hai"),
    ("một \n hai\n\n\n\nba", "một\nhai\n\nba"),
    ("một\thai", "một hai"),
    ("\uf0b7 một", "• một"),
    ("２０２０", "2020"),
    ("con\ufb01rm", "confirm"),
    ("2018\u20112020", "2018-2020"),
    ("Uỷ ban", "Ủy ban"),
]
GLUED = [
    ("đời sống cải thiện.Đồng thời, xã mở chợ", "đời sống cải thiện. Đồng thời, xã mở chợ"),
    ("từ năm 2020.Đến nay", "từ năm 2020. Đến nay"),
    ("rất vui”.Ông nói", "rất vui”. Ông nói"),
    ("làm được không?Chắc chắn", "làm được không? Chắc chắn"),
    ("1.Phát triển", "1. Phát triển"),
    ("chuẩn NTM.Đồng thời", "chuẩn NTM. Đồng thời"),
    ("xã Đồng Hóa.Chợ", "xã Đồng Hóa. Chợ"),
]
NOT_GLUED = [
    "TP.Hồ Chí Minh", "Ths.Nguyễn Văn An", "QL.1A", "P.Lê Lợi", "https://vidu.vn/tin.Xem", "an.Tam@vidu.vn",
    "www.tin.Hay", "PGS.TS.Trần An", "N.V.An", "gov.Vn", "1.234,5", "3.Km", "a.b", "Q.1.Phường", "Bs.Hà",
]  # fmt: skip


@pytest.mark.parametrize(("pasted", "expected", "kind"), MENDED)
def test_odd_characters_are_mended_and_noted(pasted, expected, kind):
    revision, notes = clean(pasted)
    assert revision.text == expected
    assert kind in {note.kind for note in notes}


@pytest.mark.parametrize(("pasted", "expected"), QUIETLY_MENDED)
def test_spacing_and_typography_become_plain(pasted, expected):
    assert clean(pasted)[0].text == expected


def test_clean_text_gets_no_note():
    assert clean("Xã Đồng Hóa có 14 thôn.")[1] == []


@pytest.mark.parametrize(("pasted", "expected"), GLUED)
def test_a_space_is_put_between_glued_sentences(pasted, expected):
    assert clean(pasted)[0].text == expected


@pytest.mark.parametrize("text", NOT_GLUED)
def test_full_stops_inside_tokens_get_no_space(text):
    assert clean(text)[0].text == text


def test_offsets_lead_back_to_what_was_pasted():
    pasted = "\ufeff  Xã " + unicodedata.normalize("NFD", "Đồng") + "\u00a0 \u200bHoá.Chợ\r\n\r\nmới"
    revision, _ = clean(pasted)
    assert revision.text == "Xã Đồng Hóa. Chợ\n\nmới"
    for word in ("Xã", "Đồng", "Hóa", "Chợ", "mới"):
        at = revision.text.index(word)
        span = revision.span(at, at + len(word))
        assert canonical(pasted[span.start : span.end]) == word
        assert pasted[span.start : span.end].strip("\u200b\u00a0 ") == pasted[span.start : span.end]


def test_a_revision_refuses_text_of_another_length():
    with pytest.raises(ValueError, match="expected 3"):
        Revision("một").same_length("hai ba")


@given(st.text())
def test_cleaning_is_idempotent_and_nfc(text):
    once = clean(text)[0].text
    assert clean(once)[0].text == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="aạ\u0301\u0323\u200b\u00a0 \n\r.\ufffdÐBà\x00", max_size=40), st.data())
def test_every_range_maps_inside_the_pasted_text(text, data):
    revision, _ = clean(text)
    length = len(revision.text)
    if length:
        start = data.draw(st.integers(0, length - 1))
        end = data.draw(st.integers(start + 1, length))
        span = revision.span(start, end)
        assert span.end <= len(text)
        assert canonical(text[: span.start]) + canonical(text[span.start :]) or not text.strip()
