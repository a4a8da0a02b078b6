import codecs
import unicodedata

import pytest

from ntmsum.errors import InputError
from ntmsum.normalize.decode import MAX_BYTES, decode
from ntmsum.normalize.legacy import from_legacy
from ntmsum.normalize.syllables import split_tone
from ntmsum.tables import load_toml

SENTENCE = (
    "Ủy ban nhân dân xã vừa hoàn thành tuyến đường bê tông nối hai thôn ven sông, phục vụ bà con đi lại."
)


def to_tcvn3(text):
    table = load_toml("ntmsum.normalize", "legacy.toml")["tcvn3"]
    back = dict(zip(table["means"], table["bytes"], strict=True))
    return "".join(back.get(letter, back.get(letter.lower(), letter)) for letter in text)


# written out by hand, as a VNI keyboard stored it
VNI = "Ñöôøng môùi giuùp baø con noâng daân vaän chuyeån haøng hoùa thuaän lôïi hôn tröôùc raát nhieàu"
VNI_READ = "Đường mới giúp bà con nông dân vận chuyển hàng hóa thuận lợi hơn trước rất nhiều"


def kinds(notes):
    return [note.kind for note in notes]


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (SENTENCE.encode(), []),
        (codecs.BOM_UTF8 + SENTENCE.encode(), []),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), ["encoding"]),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), ["encoding"]),
        (codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"), ["encoding"]),
        (SENTENCE.encode("utf-16-le"), ["encoding"]),
        (SENTENCE.encode("utf-16-be"), ["encoding"]),
    ],
)
def test_unicode_bytes_are_read(data, noted):
    text, notes = decode(data)
    assert text == SENTENCE
    assert kinds(notes) == noted


def test_windows_1258_is_read():
    # the code page has letters with ă â ê ô ơ ư, and tone marks that combine
    data = b"".join(
        letter.encode("cp1258", "ignore")
        or b"".join(part.encode("cp1258", "ignore") for part in split_tone(letter))
        for letter in SENTENCE
    )
    text, notes = decode(data)
    assert unicodedata.normalize("NFC", text) == SENTENCE
    assert kinds(notes) == ["encoding"]


def test_tcvn3_bytes_and_pasted_tcvn3_are_read():
    old = to_tcvn3(SENTENCE)
    assert decode(old.encode("latin-1"))[0].lower() == SENTENCE.lower()
    text, notes = decode(old)
    assert text.lower() == SENTENCE.lower()
    assert "TCVN3" in notes[0].message


def test_vni_is_read():
    text, notes = decode(VNI)
    assert text == VNI_READ
    assert "VNI" in notes[0].message
    assert decode(VNI.encode("latin-1"))[0] == VNI_READ


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Café crème à la carte, où êtes-vous allés déjeuner hier soir après le théâtre français ?",
        "Hòa",
        "Céng ty",
    ],
)
def test_other_text_is_not_taken_for_legacy(text):
    assert from_legacy(text) is None


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_mojibake_is_mended_where_it_helps(wrong):
    garbled = SENTENCE.encode().decode("latin-1")
    if wrong == "cp1252":  # bytes that it leaves undefined pass through, as browsers do it
        garbled = "".join(
            chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
            for byte in SENTENCE.encode()
        )
    text, notes = decode(f"{garbled}\nXã nói: “được”.")
    assert text == f"{SENTENCE}\nXã nói: “được”."
    assert kinds(notes) == ["mojibake"]


def test_good_text_is_not_touched_by_the_mojibake_cure():
    text = "“Áo dài – nét đẹp”, anh Bá nói… Giá: 5.000đ/kg » xem"
    assert decode(text) == (text, [])


def test_surrogates_are_mended():
    text, notes = decode("xã \ud83d\ude00 Đồng \ud83d Hóa")
    assert text == "xã \U0001f600 Đồng \ufffd Hóa"
    assert kinds(notes) == ["surrogates"]
    text.encode()


def test_a_few_broken_bytes_are_noted():
    text, notes = decode(SENTENCE.encode() + b" \xff " + SENTENCE.encode())
    assert text.count("\ufffd") == 1
    assert kinds(notes) == ["encoding"]


@pytest.mark.parametrize(
    ("pasted", "cause"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        ("%PDF-1.4\n1 0 obj", "PDF"),
        (b"PK\x03\x04\x14\x00", "DOCX"),
        ("PK\x03\x04\x14\x00", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "DOC"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "binary"),
        ("\x01\x02\x03\x04abc", "binary"),
        (bytes(range(128, 256)) * 4, "encoding"),
        ("x" * (MAX_BYTES + 1), "1,000,000"),
        (b"x" * (MAX_BYTES + 1), "1,000,000"),
        ("ạ" * (MAX_BYTES // 3 + 1), "1,000,000"),
    ],
)
def test_what_is_no_text_gets_one_sentence_with_the_remedy(pasted, cause):
    with pytest.raises(InputError, match=cause) as error:
        decode(pasted)
    assert ":" in str(error.value)
    assert "\n" not in str(error.value)
