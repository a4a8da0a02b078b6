"""Whether a translation obeys the glossary, term by term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ntmsum.article import Span
from ntmsum.glossary.english import Word, locate, split_words
from ntmsum.glossary.matching import TermMatch
from ntmsum.glossary.term import Term
from ntmsum.glossary.terms import Glossary

Status = Literal["obeyed", "variant", "missed"]


@dataclass(frozen=True, slots=True)
class TermUse:
    """What became of one term of the source.

    Args:
        term: the term.
        status: "obeyed" (the preferred rendering), "variant" (an accepted one) or "missed" (neither).
        source: every place of the term in the Vietnamese text.
        target: where its rendering was found in the English text; None when missed.
        rendering: the rendering that was found; empty when missed.
    """

    term: Term
    status: Status
    source: tuple[Span, ...]
    target: Span | None = None
    rendering: str = ""


def check_terms(vi_text: str, en_text: str, glossary: Glossary) -> tuple[TermUse, ...]:
    """How each term of the Vietnamese text is rendered, in the order of first mention.

    A term that is mentioned several times is one use; one mention of its rendering is enough, for
    English writes "it" and "they" where Vietnamese repeats the noun.
    """
    mentions: dict[str, list[TermMatch]] = {}
    for match in glossary.find(vi_text):
        mentions.setdefault(match.term.vi, []).append(match)
    words = split_words(en_text) if mentions else []
    return tuple(_use(found, words) for found in mentions.values())


def check_official(vi_text: str, en_text: str, glossary: Glossary) -> tuple[TermUse, ...]:
    """``check_terms`` without the everyday words."""
    return tuple(use for use in check_terms(vi_text, en_text, glossary) if not use.term.everyday)


def _use(found: list[TermMatch], words: list[Word]) -> TermUse:
    term = found[0].term
    spans = tuple(match.span for match in found)
    for rendering in term.renderings:
        target = locate(rendering, words)
        if target is not None:
            status: Status = "obeyed" if rendering == term.en else "variant"
            return TermUse(term, status, spans, target, rendering)
    return TermUse(term, "missed", spans)


def wrong_rendering(use: TermUse, uses: Sequence[TermUse], words: Sequence[Word]) -> Span | None:
    """Where a rendering known to be wrong for the term stands, unless it is part of a right one."""
    right = [other.target for other in uses if other.target and other is not use]
    accepted = {_stems(rendering) for rendering in use.term.renderings}
    for wrong in use.term.wrong:
        found = None if _stems(wrong) in accepted else locate(wrong, words)
        if found is None or any(found.overlaps(target) for target in right):
            continue
        # Its words as they stand there, not merely near one another.
        there = tuple(word.stem for word in words if found.start <= word.span.start < found.end)
        together = len(there) == len(_stems(wrong))
        # The words of a right rendering in a wrong order ("new rural model") are no part of it.
        inside = use.target and use.target.start <= found.start and found.end <= use.target.end
        inside = inside and (use.target != found or there != _stems(wrong))
        if together and not inside:
            return found
    return None


def _stems(rendering: str) -> tuple[str, ...]:
    return tuple(word.stem for word in split_words(rendering))
