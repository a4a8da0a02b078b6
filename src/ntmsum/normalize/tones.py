"""One place for each tone mark, syllable by syllable: the old style (hòa, thủy, khỏe) or the new (hoà)."""

from __future__ import annotations

import unicodedata
from typing import Literal

from ntmsum.normalize.syllables import WORD, Syllable, parse_syllable, split_tone

_SHAPED = "ăâêôơư"

Style = Literal["old", "new"]


def tone_old(text: str) -> str:
    """``text`` (NFC) with the tone mark of every Vietnamese syllable where the old style puts it."""
    return to_tones(text, "old")


def to_tones(text: str, style: Style) -> str:
    """``text`` (NFC) with the tone mark of every Vietnamese syllable where the style puts it.

    The styles differ in open oa, oe and uy only: old "hòa, khỏe, thủy", new "hoà, khoẻ, thuỷ". Words that
    are not spelled like a Vietnamese syllable (café, Noël) stay as they are. The length in code points
    never changes, so offsets into ``text`` stay valid.
    """
    placed: dict[str, str] = {}
    pieces: list[str] = []
    done = 0
    for match in WORD.finditer(text):
        word = match.group()
        if word.isascii() or unicodedata.combining(text[match.end() : match.end() + 1] or " "):
            continue  # a mark left over after the word would compose with another letter
        if word not in placed:
            placed[word] = _place(word, style)
        if placed[word] != word:
            pieces += text[done : match.start()], placed[word]
            done = match.end()
    return "".join((*pieces, text[done:])) if pieces else text


def fold(text: str) -> str:
    """``text`` in lower case without diacritics, đ as d: for comparisons, never for showing."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).replace("đ", "d")


def _place(word: str, style: Style) -> str:
    syllable = parse_syllable(word)
    if syllable is None or not syllable.tone:
        return word
    letters = [split_tone(letter)[0] for letter in word]
    seat = syllable.start + _seat(syllable, style)
    letters[seat] = unicodedata.normalize("NFC", letters[seat] + syllable.tone)
    return "".join(letters)


def _seat(syllable: Syllable, style: Style) -> int:
    """Index of the vowel that carries the tone, counted from the first vowel."""
    vowels = syllable.vowels
    shaped = [i for i, vowel in enumerate(vowels) if vowel in _SHAPED]
    if shaped:
        return shaped[-1] if vowels.startswith("ươ") else shaped[0]
    if syllable.coda:
        return len(vowels) - 1
    if style == "new" and vowels in ("oa", "oe", "uy"):
        return 1
    return 1 if len(vowels) == 3 else 0
