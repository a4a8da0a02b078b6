"""The spelling of one Vietnamese syllable: onset, vowels, final consonant, tone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from ntmsum.tables import load_toml

LONGEST = 7  # letters in "nghiêng", the longest native syllable
WORD = re.compile(r"[^\W\d_]+")
_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_SHARP, _HEAVY = "\u0301", "\u0323"


@dataclass(frozen=True, slots=True)
class Syllable:
    """A spelled syllable: where its vowels stand in the word, and its parts in lower case without tone.

    Args:
        start: index of the first vowel letter (the u of "qu" and the i of "gi" count as onset).
        vowels: the vowel letters, for example "oa".
        coda: the final consonants, "" when the syllable is open.
        tone: the combining tone mark, "" for the level tone.
    """

    start: int
    vowels: str
    coda: str
    tone: str


@cache
def _toned_vowels() -> dict[str, tuple[str, str]]:
    compose = unicodedata.normalize
    return {
        compose("NFC", vowel + mark): (vowel, mark)
        for lower in "aăâeêioôơuưy"
        for vowel in (lower, lower.upper())
        for mark in _TONE_MARKS
    }


@cache
def _spelling() -> tuple[tuple[str, ...], frozenset[str], frozenset[str], tuple[str, ...]]:
    table = load_toml(__package__, "syllables.toml")
    rhymes = frozenset(table["rhymes"].split())
    after_qu = rhymes | frozenset(table["rhymes_after_qu"].split())
    return tuple(table["onsets"]), rhymes, after_qu, tuple(table["codas"])


def split_tone(letter: str) -> tuple[str, str]:
    """A letter without its tone mark, and the mark ("" when it has none): "ớ" gives ("ơ", acute)."""
    return _toned_vowels().get(letter, (letter, ""))


def parse_syllable(word: str) -> Syllable | None:
    """The parts of ``word`` (NFC, any case), or None when it is not spelled like a Vietnamese syllable."""
    if not 0 < len(word) <= LONGEST:
        return None
    lower = word.lower()
    letters = [split_tone(letter) for letter in lower]
    tones = [tone for _, tone in letters if tone]
    if len(tones) > 1 or len(lower) != len(word):
        return None
    bare = "".join(letter for letter, _ in letters)
    onsets, rhymes, after_qu, codas = _spelling()
    for onset in onsets:
        rhyme = bare[len(onset) :]
        if bare.startswith(onset) and rhyme in (after_qu if onset == "qu" else rhymes):
            coda = next((coda for coda in codas if rhyme.endswith(coda)), "")
            return Syllable(len(onset), rhyme.removesuffix(coda), coda, tones[0] if tones else "")
    return None


def is_marked_syllable(word: str) -> bool:
    """True for a well-spelled Vietnamese syllable that carries a diacritic (ă, ớ, đ ...)."""
    if word.isascii():
        return False
    syllable = parse_syllable(word)
    if syllable is None:
        return False
    return syllable.coda not in {"c", "ch", "k", "p", "t"} or syllable.tone in {_SHARP, _HEAVY}


def marked_share(words: list[str]) -> float:
    """The share of ``words`` that are marked syllables: about 0.75 in Vietnamese prose, near 0 elsewhere."""
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return sum(n for word, n in counts.items() if is_marked_syllable(word)) / max(1, len(words))
