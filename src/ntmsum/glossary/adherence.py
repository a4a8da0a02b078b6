"""Whether a translation obeys the glossary, term by term."""

from __future__ import annotations

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


def _use(found: list[TermMatch], words: list[Word]) -> TermUse:
    term = found[0].term
    spans = tuple(match.span for match in found)
    for rendering in term.renderings:
        target = locate(rendering, words)
        if target is not None:
            status: Status = "obeyed" if rendering == term.en else "variant"
            return TermUse(term, status, spans, target, rendering)
    return TermUse(term, "missed", spans)
