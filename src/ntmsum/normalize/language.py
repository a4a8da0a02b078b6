"""Is this Vietnamese? Asked cheaply, of letters and syllables, before a model sees the text."""

from __future__ import annotations

from functools import cache

from ntmsum.article import Note
from ntmsum.errors import InputError
from ntmsum.normalize.syllables import WORD, marked_share, parse_syllable
from ntmsum.tables import load_toml

# Vietnamese news has 0.65 to 0.85 marked syllables; English with Vietnamese names stays below 0.2.
LEAST_MARKED = 0.35
# Without diacritics: nearly every word must be spellable, and a fair share frequent.
LEAST_SPELLABLE, LEAST_COMMON = 0.75, 0.2
_REMEDY = "paste a Vietnamese article."


def check_language(text: str) -> Note | None:
    """None for Vietnamese ``text`` (normalized), a "diacritics" note when it is typed without diacritics.

    Raises:
        InputError: the text has no words, is in another script or in another language.
    """
    words = WORD.findall(text)
    if not words:
        raise InputError(f"The text has no words: {_REMEDY}")
    letters = "".join(words)
    if sum(map(_is_latin, letters)) < 0.5 * len(letters):
        raise InputError(f"The text is not in the Latin script, so it is not Vietnamese: {_REMEDY}")
    if marked_share(words) >= LEAST_MARKED:
        return None
    counts: dict[str, int] = {}
    for word in words:
        counts[word.lower()] = counts.get(word.lower(), 0) + 1
    spellable = sum(n for word, n in counts.items() if word.isascii() and parse_syllable(word))
    common = sum(n for word, n in counts.items() if word in _common())
    if spellable >= LEAST_SPELLABLE * len(words) and common >= LEAST_COMMON * len(words):
        return Note(
            "diacritics",
            "The text seems to be Vietnamese without diacritics: the result will be poor, paste it with them.",
        )
    raise InputError(f"The text does not read like Vietnamese: {_REMEDY}")


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


@cache
def _common() -> frozenset[str]:
    return frozenset(load_toml(__package__, "syllables.toml")["common_toneless"].split())
