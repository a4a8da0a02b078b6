"""Bytes or text as pasted to Unicode text that can be stored: encodings, mojibake, files that are no text."""

from __future__ import annotations

import codecs
import re

from ntmsum.article import Note
from ntmsum.errors import InputError
from ntmsum.normalize.legacy import SURE, from_legacy, vietnamese_share

MAX_BYTES = 1_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FILES = (
    (b"%PDF", "The input is a PDF file: open it, select the article's text and paste that."),
    (
        b"PK\x03\x04",
        "The input is a DOCX or other zip file: open it, copy the article's text and paste that.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "The input is an old Word (DOC) file: open it, copy the article's text and paste that.",
    ),
    (b"{\\rtf", "The input is an RTF file: open it, copy the article's text and paste that."),
)
_BINARY = "The input is a binary file, not text: paste the article's text or give a UTF-8 text file."
_UNKNOWN = "The text's encoding was not recognised: save the file as UTF-8 and try again."
_SURROGATE = re.compile("[\ud800-\udfff]+")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MOST_CONTROLS = 0.05
_MOST_LOST = 0.01
# The first letters of UTF-8 sequences read as Latin-1, each followed by what continuation bytes become.
_MOJIBAKE = re.compile("[ÃÂÄÅÆáâ][\x80-\xbf\u0152-\u02dc\u2013-\u2122]")
_SPLIT_LINES = re.compile(r"(\r\n|\r|\n)")


def decode(pasted: str | bytes) -> tuple[str, list[Note]]:
    """What was pasted as text without lone surrogates, and notes on what was mended.

    NUL bytes, line ends and invisible characters are left for ``characters.clean``, which knows offsets.

    Raises:
        InputError: longer than ``MAX_BYTES`` in UTF-8, a PDF, DOCX or other binary file, or bytes in no
            encoding that Vietnamese text is stored in.
    """
    size = len(pasted) if isinstance(pasted, bytes) else _utf8_size(pasted)
    if size > MAX_BYTES:
        raise InputError(
            f"The text is {size:,} bytes long and the limit is {MAX_BYTES:,}: paste one article at a time."
        )
    _refuse_files(pasted)
    notes: list[Note] = []
    text = _from_bytes(pasted, notes) if isinstance(pasted, bytes) else pasted
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise InputError(_BINARY)
    text = _mend_surrogates(text, notes)
    text = _mend_mojibake(text, notes)
    legacy = from_legacy(text)
    if legacy is not None:
        text, name = legacy
        notes.append(Note("encoding", f"The text was in {name} and became Unicode."))
    return text, notes


def _utf8_size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _refuse_files(pasted: str | bytes) -> None:
    head = pasted[:1024] if isinstance(pasted, bytes) else pasted[:1024].encode("latin-1", "replace")
    head = head.lstrip()
    for magic, message in _FILES:
        if head.startswith(magic):
            raise InputError(message)


def _from_bytes(data: bytes, notes: list[Note]) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if encoding != "utf-8":
                notes.append(Note("encoding", f"The text was in {encoding.upper()} and became Unicode."))
            return text
    utf16 = _unmarked_utf16(data)
    if utf16 is not None:
        notes.append(Note("encoding", f"The text was in {utf16.upper()} without a mark and became Unicode."))
        return data.decode(utf16, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _from_old_bytes(data, notes)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 leaves every second byte NUL for ASCII letters and spaces."""
    head = data[:4096]
    low, high = head[0::2].count(0), head[1::2].count(0)
    if max(low, high) < 0.15 * len(head) or min(low, high) > 0.01 * len(head):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _from_old_bytes(data: bytes, notes: list[Note]) -> str:
    latin = data.decode("latin-1")
    windows = data.decode("cp1258", "replace")
    if vietnamese_share(windows) >= SURE and vietnamese_share(windows) > vietnamese_share(latin):
        notes.append(Note("encoding", "The text was in Windows-1258 and became Unicode."))
        return windows
    if from_legacy(latin) is not None:
        return latin  # ``decode`` converts and notes it
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if lost <= max(3, _MOST_LOST * len(text)) and vietnamese_share(text) > 0:
        notes.append(Note("encoding", f"{lost} place(s) were not valid UTF-8."))
        return text
    raise InputError(_BINARY if len(_CONTROLS.findall(latin)) > _MOST_CONTROLS * len(latin) else _UNKNOWN)


def _mend_surrogates(text: str, notes: list[Note]) -> str:
    """Pairs of surrogates become their character; a lone one becomes U+FFFD, as it can be neither stored nor shown."""
    count = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal count
        count += len(found.group())
        return found.group().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    text = _SURROGATE.sub(mend, text)
    if count:
        notes.append(Note("surrogates", f"{count} surrogate(s), halves of broken characters, were mended."))
    return text


def _mend_mojibake(text: str, notes: list[Note]) -> str:
    """Lines of UTF-8 that were read as another encoding, read right; only where that yields more Vietnamese."""
    if len(_MOJIBAKE.findall(text)) < 3:
        return text
    from ftfy import TextFixerConfig, fix_encoding

    config = TextFixerConfig(uncurl_quotes=False, explain=False)
    pieces = _SPLIT_LINES.split(text)
    mended = 0
    for i, piece in enumerate(pieces):
        if _MOJIBAKE.search(piece) is None:
            continue
        fixed = fix_encoding(piece, config)
        if fixed != piece and _marked_letters(fixed) > _marked_letters(piece):
            pieces[i] = fixed
            mended += 1
    if mended:
        notes.append(Note("mojibake", f"{mended} line(s) of UTF-8 read in a wrong encoding were mended."))
    return "".join(pieces)


_VIETNAMESE_LETTER = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def _marked_letters(text: str) -> int:
    return len(_VIETNAMESE_LETTER.findall(text))
