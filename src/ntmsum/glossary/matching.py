"""Finding terms in Vietnamese text: all wordings at once (Aho-Corasick), the longest where they overlap."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick

from ntmsum.article import Span
from ntmsum.glossary.keys import Syllable, split_syllables
from ntmsum.glossary.term import Term

_Hit = tuple[int, int, Term]
"""Index of the first syllable, minus the number of syllables, the term."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term and where it stands in the text given."""

    term: Term
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """A term, one wording of it, where that wording has punctuation, and its letters when case counts."""

    term: Term
    breaks: tuple[bool, ...]
    letters: tuple[str, ...] = ()
    code: bool = False


class Matcher:
    """An index over the wordings and abbreviations of terms."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._wordings: list[list[_Wording]] = []
        places: dict[str, int] = {}
        for term in terms:
            syllables = split_syllables(term.vi)
            # A single capitalized syllable (Sở) is a term only when the text capitalizes it too (cơ sở).
            exact = len(syllables) == 1 and term.vi[:1].isupper()
            self._add(places, term, term.vi, syllables, exact=exact, code=False)
            for abbr in term.abbr:
                self._add(places, term, abbr, split_syllables(abbr), exact=True, code=True)
        self._automaton = ahocorasick.Automaton()
        for key, place in places.items():
            self._automaton.add_word(key, (place, key.count(" ") - 1))
        self._automaton.make_automaton()

    def _add(
        self,
        places: dict[str, int],
        term: Term,
        text: str,
        syllables: list[Syllable],
        *,
        exact: bool,
        code: bool,
    ) -> None:
        if not syllables:
            return
        place = places.setdefault(_joined(syllables), len(self._wordings))
        if place == len(self._wordings):
            self._wordings.append([])
        letters = tuple(_letters(text, s.span) for s in syllables) if exact else ()
        breaks = tuple(s.broken for s in syllables)
        # The latest stands first: of two terms with one abbreviation the user's, added last, is meant.
        self._wordings[place].insert(0, _Wording(term, breaks, letters, code))

    def find(self, text: str, syllables: Sequence[Syllable]) -> tuple[TermMatch, ...]:
        """The leftmost longest matches; wordings to leave alone take their room and are not returned.

        An everyday word gives way to a term that it shares a part with: "lãnh đạo Tỉnh ủy" has the term "Tỉnh ủy".
        """
        if not syllables or not self._wordings:
            return ()
        line = _joined(syllables)
        index_at = _indices(syllables)
        hits: list[_Hit] = []
        for end, (place, length) in self._automaton.iter(line):
            last = index_at[end]
            first = last - length + 1
            for wording in self._wordings[place]:
                if _stands(wording, text, syllables[first : last + 1]):
                    hits.append((first, -length, wording.term))
                    break
        hits.sort(key=lambda hit: hit[:2])
        terms = _apart(hit for hit in hits if not hit[2].everyday)
        starts = [first for first, _, _ in terms]
        hits = [hit for hit in hits if not (hit[2].everyday and _cuts(hit, terms, starts))]
        matches: list[TermMatch] = []
        for first, length, term in _apart(hits):
            if term.en:
                span = Span(syllables[first].span.start, syllables[first - length - 1].span.end)
                matches.append(TermMatch(term, span, text[span.start : span.end]))
        return tuple(matches)


def _apart(hits: Iterable[_Hit]) -> list[_Hit]:
    """Of sorted hits those that do not overlap an earlier one."""
    kept: list[_Hit] = []
    free = 0
    for hit in hits:
        if hit[0] >= free:
            kept.append(hit)
            free = hit[0] - hit[1]
    return kept


def _cuts(hit: _Hit, others: Sequence[_Hit], starts: Sequence[int]) -> bool:
    """Whether one of ``others``, which lie apart and begin at ``starts``, overlaps the hit and sticks out of it."""
    begin, end = hit[0], hit[0] - hit[1]
    before, last = bisect_left(starts, begin) - 1, bisect_left(starts, end) - 1
    if before >= 0 and others[before][0] - others[before][1] > begin:
        return True
    return last >= 0 and others[last][0] - others[last][1] > end


def _joined(syllables: Sequence[Syllable]) -> str:
    return " " + " ".join(s.key for s in syllables) + " "


def _indices(syllables: Sequence[Syllable]) -> dict[int, int]:
    """Position of the space behind each syllable in the joined line → index of that syllable."""
    places: dict[int, int] = {}
    at = 0
    for i, syllable in enumerate(syllables):
        at += len(syllable.key) + 1
        places[at] = i
    return places


def _stands(wording: _Wording, text: str, found: Sequence[Syllable]) -> bool:
    """Punctuation only where the wording has it, the same letters where case counts, no part of a code."""
    if any(s.broken and not b for s, b in zip(found[1:], wording.breaks[1:], strict=True)):
        return False
    if wording.letters and any(
        _letters(text, s.span) != w for s, w in zip(found, wording.letters, strict=True)
    ):
        return False
    if not wording.code:
        return True
    # "QĐ" inside "1600/QĐ-TTg" is part of a document number.
    before, after = text[: found[0].span.start][-1:], text[found[-1].span.end :][:1]
    return before not in ("/", "-") and after not in ("/", "-")


def _letters(text: str, span: Span) -> str:
    return unicodedata.normalize("NFC", text[span.start : span.end])
