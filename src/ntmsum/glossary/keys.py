"""Vietnamese text as comparable syllables: case and the place of the tone mark do not count, tones do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ntmsum.article import Span

_SYLLABLE = re.compile(r"[^\W_]+[\u0300-\u036f]*(?:[^\W_]+[\u0300-\u036f]*)*")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PUNCTUATION = re.compile(r"[^\w\s]|\n|_")


@dataclass(frozen=True, slots=True)
class Syllable:
    """One run of letters and digits.

    Args:
        key: equal for equal syllables, however they are cased, composed and marked (hòa, HOÀ).
        span: where it stands in the text given.
        broken: True when punctuation or a line end stands between it and the syllable before.
    """

    key: str
    span: Span
    broken: bool


def syllable_key(word: str) -> str:
    """The word case-folded, its tone mark moved to the end: hòa and hoà give one key, hoa and hóa others."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    tones = "".join(c for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)) + tones


def split_syllables(text: str) -> list[Syllable]:
    """Every syllable of ``text`` with its key, its span and whether punctuation stands before it."""
    found: list[Syllable] = []
    done = 0
    for match in _SYLLABLE.finditer(text):
        gap = text[done : match.start()]
        broken = gap != " " and _PUNCTUATION.search(gap) is not None
        found.append(Syllable(syllable_key(match.group()), Span(match.start(), match.end()), broken))
        done = match.end()
    return found
