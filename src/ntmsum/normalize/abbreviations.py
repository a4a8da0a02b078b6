"""Vietnamese abbreviations: which end in a full stop that ends no sentence, and what they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ntmsum.tables import load_csv

Splits = Literal["yes", "no", "opener"]


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One row of abbreviations.csv.

    Args:
        abbr: as it is written, with its full stops, case-sensitive.
        expansion: written out in running text.
        kind: decides the context in which it is written out: "title" and "place" before a name, "road" before
            a number, "unit" after one, "document" only away from document numbers, "symbol" never, others anywhere.
        splits_sentence: whether a full stop after it can end a sentence: "yes", "no", or "opener" (only when
            the next word commonly opens a sentence).
        source: where the form comes from.
    """

    abbr: str
    expansion: str
    kind: str
    splits_sentence: Splits
    source: str


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """All abbreviations by their written form."""
    rows = (Abbreviation(**row) for row in load_csv(__package__, "abbreviations.csv"))  # type: ignore[arg-type]
    return {row.abbr: row for row in rows}


def is_abbreviation(word: str) -> bool:
    """True when ``word``, with or without a full stop, is in the table."""
    return word in abbreviations() or f"{word}." in abbreviations()


def stop_after(word: str) -> Splits:
    """Whether the full stop after ``word`` (given without it) can end a sentence.

    Chained titles count by their last part: the stop after "PGS.TS" is the stop after "TS".
    """
    table = abbreviations()
    for form in (f"{word}.", word, f"{word.rpartition('.')[2]}."):
        if form in table:
            return table[form].splits_sentence
    return "yes"


def expand_abbreviations(text: str) -> str:
    """``text`` with its abbreviations written out, for model prompts.

    Only whole tokens in a fitting context are written out: "TP." before a name, "tr.đ" after a number.
    Document numbers (26-NQ/TW, QĐ 1600/QĐ-TTg) stay as they are. A bracket that only introduces the
    abbreviation, as in "nông thôn mới (NTM)", goes. Doing it twice changes nothing.
    """
    pieces: list[str] = []
    done = 0
    for found in _pattern().finditer(text):
        entry = abbreviations()[found.group("abbr")]
        start, end = found.span("abbr")
        inside = text[start - 1 : start] == "." and done != start  # of "vidu.UBND.vn", not of "ThS.BS."
        if inside or not _fits(entry, text, start, end):
            continue
        kept = text[done:start]
        introduced = f" {entry.expansion} (".casefold()
        bracketed = text[end : end + 1] == ")" and text[max(0, start - len(introduced)) : start]
        if bracketed and f" {bracketed}".casefold().endswith(introduced):
            pieces.append(kept[: kept.rindex("(")].rstrip(" "))
            done = end + 1
            continue
        pieces += kept, _written_out(entry, text, start, end)
        done = end
    return "".join((*pieces, text[done:]))


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted((a.abbr for a in abbreviations().values() if a.kind != "symbol"), key=len, reverse=True)
    # Neither inside a longer token nor part of a document number, an address or a path.
    closed = r"(?![\w@&+])(?![-–/.][^\W_])"
    alternatives = (re.escape(form) + ("" if form.endswith(".") else closed) for form in forms)
    return re.compile(rf"(?<![\w@&+/\-])(?P<abbr>{'|'.join(alternatives)})")


_NUMBER = re.compile(r"\s?\d")
_AFTER_NUMBER = re.compile(r"\d[^\W\d_]?\s?\Z|(?:tỷ|tỉ|triệu|nghìn|ngàn|trăm)\s\Z")
_DOCUMENT = re.compile(r"\s*(?:số\s*)?\d")


def _fits(entry: Abbreviation, text: str, start: int, end: int) -> bool:
    following = text[end : end + 2].lstrip(" ")[:1]
    if entry.kind == "title":
        return following.isupper()
    if entry.kind == "place":
        if len(entry.abbr) == 2 and _follows_name(text, start):
            return False  # an initial: "Nguyễn H. Nam"
        numbered = entry.abbr in {"Q.", "P.", "KP."} and following.isdigit()
        return following.isupper() or numbered
    if entry.kind == "road":
        return _NUMBER.match(text, end) is not None
    if entry.kind == "unit":
        return _AFTER_NUMBER.search(text[max(0, start - 8) : start]) is not None
    if entry.kind == "document":
        return _DOCUMENT.match(text, end) is None
    return True


def _follows_name(text: str, start: int) -> bool:
    words = text[max(0, start - 12) : start].split(" ")
    return len(words) > 1 and words[-1] == "" and words[-2].istitle() and words[-2].isalpha()


_OPENING = re.compile(r"(?:\A|(?P<stop>[.!?…])|\n)[\s“\"(«‘–-]*\Z")


def _written_out(entry: Abbreviation, text: str, start: int, end: int) -> str:
    expansion = entry.expansion
    if _opens_sentence(text, start):
        expansion = expansion[0].upper() + expansion[1:]
    glued = entry.kind in {"title", "place", "road"} and text[end : end + 1].isalnum()
    return expansion + " " if glued else expansion


def _opens_sentence(text: str, start: int) -> bool:
    found = _OPENING.search(text, max(0, start - 6), start)
    if found is None or found.group("stop") != ".":
        return found is not None
    before = text[max(0, found.start() - 20) : found.start()].split()
    return not before or stop_after(before[-1]) == "yes"
