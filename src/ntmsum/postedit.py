"""Automatic post-editing of an English sentence: only what its Vietnamese source settles beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache

from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.normalize.syllables import parse_syllable
from ntmsum.tables import load_toml
from ntmsum.words import strip_marks, vietnamese_share

_MONEY = re.compile(r"(?<=\d)((?: (?:thousand|million|billion|trillion))?) (?:đồng|dong)\b(?!\s+[A-Z])")
_VND_FIRST = re.compile(r"\bVND\s?(\d[\d.,]*\d|\d)((?: (?:thousand|million|billion|trillion))?)\b")
# "Kim Bang District – Ha Nam Province": English parts a place from the larger one with a comma.
_OF = re.compile(
    r"\b(District|Town|City|Commune|Ward|Township) [–-] ((?:[A-Z]\w+ ){1,3}(?:Province|City|District)\b)"
)
_WORD = re.compile(r"[^\W\d_]+")


def post_edit(text: str, source: str) -> str:
    """The sentence in house style, its names as the source has them.

    * one line, first letter capital;
    * names taken over from the Vietnamese lose their marks, as English newsrooms print them;
    * sums read "30 billion VND", whichever way the model wrote them;
    * a place is parted from the larger one with a comma, not with a dash;
    * a name that the source does not have, close to one that it has and the translation lacks, becomes
      that one: a Vietnamese name is its own letters without marks, so there is nothing to guess.

    Args:
        text: the decoded English sentence.
        source: the Vietnamese sentence it translates.
    """
    text = " ".join(text.split())
    # Capitalized words only: an untranslated sentence must stay recognizable as one.
    names = {word for word in _WORD.findall(source) if word[0].isupper()}
    text = _WORD.sub(lambda w: strip_marks(w[0]) if w[0] in names else w[0], text)
    text = _MONEY.sub(r"\1 VND", text)
    text = _VND_FIRST.sub(r"\1\2 VND", text)
    text = _OF.sub(r"\1, \2", text)
    text = _own_names(text, source)
    return text[:1].upper() + text[1:]


def left_vietnamese(text: str, source: str = "") -> tuple[str, ...]:
    """Words of an English sentence that were left in Vietnamese.

    Lower-case syllables with Vietnamese letters, and those without that the source has letter by letter,
    unless they are English words as well ("ban", "song").

    Args:
        text: the English sentence.
        source: the Vietnamese sentence that it translates, where it is known.
    """
    words = [w for w in _WORD.findall(text) if w[0].islower()]
    marked = {w for w in words if vietnamese_share(w) > 0 and parse_syllable(w) is not None}
    said = {w for w in _WORD.findall(source) if w.isascii() and w.islower() and parse_syllable(w) is not None}
    bare = said - _english_too()
    return tuple(w for w in words if w in marked or w in bare)


@cache
def _english_too() -> frozenset[str]:
    return frozenset(load_toml(__package__, "english_too.toml")["words"])


def _own_names(text: str, source: str) -> str:
    matching = match_names(extract_names(text, "en"), extract_names(source, "vi"))
    missing = {name.joined for name in matching.missing}
    said = {pair.known.joined for pair in matching.pairs}
    # From the end, so that earlier spans stay true.
    for claimed, known in sorted(matching.unsupported, key=lambda pair: -pair[0].span.start):
        if known is None or not (known.joined in missing or _is_cut(claimed, known, said)):
            continue
        before, name = text[: claimed.span.start], strip_marks(known.text)
        lacking = name.lower().removesuffix(strip_marks(claimed.text).lower()).strip()
        # What the name lacks may stand before it in small letters.
        if not lacking or not strip_marks(before).lower().rstrip().endswith(lacking):
            text = before + name + text[claimed.span.end :]
    return text


def _is_cut(claimed: Name, known: Name, said: Set[str]) -> bool:
    """Whether a place lacks all but its last word, whatever kind of name the source makes of it."""
    return known.words[-1:] == claimed.words and known.joined not in said
