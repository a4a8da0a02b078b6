"""Denials: where a text says no, and whether its translation or summary says so too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ntmsum.article import Span
from ntmsum.tables import load_toml

_WORD = re.compile(r"\w+|[^\w\s]")
# How many words behind it a denial speaks of, and how many of them a summary must repeat to be caught.
_REACH = 5
_RUN = 2
# What may stand between a denial and what it denies.
_LIGHT = frozenset(
    ["có", "bị", "được", "phải", "còn", "thể", "hề", "từng", "kịp", "đủ", "cho", "để", "và", "đã"]
)
# "không phải đường mà là môi trường": here the denial is over.
_OVER = frozenset(["mà", "là", "nhưng", "thì", "nên", "song"])


def denials_vi(text: str) -> list[Span]:
    """Where a Vietnamese text denies something, in order; set phrases such as "không gian" do not count."""
    return [Span(*match.span()) for match in _vietnamese().finditer(text)]


def denials_en(text: str) -> list[Span]:
    """Where an English text denies something or says what amounts to it ("unmet", "rather than")."""
    plain = [match.span() for match in _plain_english().finditer(text)]
    return [
        Span(*match.span())
        for match in _english().finditer(text)
        if not any(start <= match.start() < end for start, end in plain)
    ]


def lost_in_translation(vi: str, en: str) -> Span | None:
    """A denial of a Vietnamese sentence that its translation lacks; None when it denies as often."""
    said = denials_vi(vi)
    return said[0] if said and len(denials_en(en)) < len(said) else None


class Denied:
    """What an article denies and never affirms, to be looked up in its summary.

    Args:
        sentences: the sentences of the article.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._places: dict[tuple[str, ...], tuple[int, Span]] = {}
        affirmed: set[tuple[str, ...]] = set()
        for i, text in enumerate(sentences):
            words = _words(text)
            denied = _denied(text, words)
            for k in range(len(words) - _RUN):
                run = _run(words, k)
                if denied[k] is None:
                    affirmed.add(run)
                else:
                    self._places.setdefault(run, (i, denied[k] or Span(0, 0)))
        for run in affirmed:
            self._places.pop(run, None)

    def affirmed_in(self, text: str) -> tuple[Span, int, Span] | None:
        """The first words of a summary sentence that affirm what the article only denies.

        Returns:
            Their span, and the article's sentence and the span of the denial in it; None when there are none.
        """
        words = _words(text)
        denied = _denied(text, words)
        for k in range(len(words) - _RUN):
            if denied[k] is None and (place := self._places.get(_run(words, k))):
                return Span(words[k].start(), words[k + _RUN].end()), *place
        return None


def _words(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _run(words: Sequence[re.Match[str]], k: int) -> tuple[str, ...]:
    return tuple(word.group().lower() for word in words[k : k + _RUN + 1])


def _denied(text: str, words: Sequence[re.Match[str]]) -> list[Span | None]:
    """For each word the denial in whose reach it stands, or None."""
    said = iter(denials_vi(text))
    coming = next(said, None)
    current: Span | None = None
    left = 0
    found: list[Span | None] = []
    for word in words:
        while coming and coming.start < word.start():
            coming = next(said, None)
        if coming and word.start() == coming.start:
            current, left = coming, _REACH
        elif left == 0 or not word.group()[0].isalnum() or word.group().lower() in _OVER:
            current, left = None, 0
        elif word.group().lower() not in _LIGHT:
            left -= 1
        found.append(current)
    return found


@cache
def _vietnamese() -> re.Pattern[str]:
    table = load_toml(__package__, "denial.toml")["vi"]
    after = "".join(rf"(?<!\b{word}\s)" for word in table["after"])
    before = "|".join(table["before"])
    return re.compile(rf"{after}\b(?:{'|'.join(table['words'])})\b(?!\s+(?:{before})\b)", re.IGNORECASE)


@cache
def _english() -> re.Pattern[str]:
    words = load_toml(__package__, "denial.toml")["en"]["words"]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@cache
def _plain_english() -> re.Pattern[str]:
    phrases = load_toml(__package__, "denial.toml")["en"]["plain"]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)
