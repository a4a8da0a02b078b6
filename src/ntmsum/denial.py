"""Denials: where a text says no, and whether its translation or summary says so too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ntmsum.article import Span
from ntmsum.tables import load_toml

_WORD = re.compile(r"\w+|[^\w\s]")
# How many words behind it a denial speaks of, and how many of them a summary must repeat to be caught.
_REACH = 5
_RUN = 2
# A sentence that repeats only two of them must share so many other words with the article's.
_ALIKE = 4
# What may stand between a denial and what it denies.
_LIGHT = frozenset(
    ["có", "bị", "được", "phải", "còn", "thể", "hề", "từng", "kịp", "đủ", "cho", "để", "và", "đã"]
)
# "thiếu hơn 200 phòng học" told as "had more than 200 classrooms" says the contrary.
_LACK = re.compile(r"(?<!\w)thiếu (?:(?:hụt|hơn|gần|khoảng|trên|tới|đến) )*(?=\d)", re.IGNORECASE)
_LACKING = re.compile(
    r"\b(?:short\w*|lack\w*|miss\w*|need\w*|without|insufficient|deficit|not|no|fewer|requir\w*|vacan\w*|gap|below|"
    r"under|behind|want\w*|down|absen\w*)\b",
    re.IGNORECASE,
)
# "không phải đường mà là môi trường": here the denial is over.
_OVER = frozenset(["mà", "là", "nhưng", "thì", "nên", "song"])


def denials_vi(text: str) -> list[Span]:
    """Where a Vietnamese text denies something, in order; set phrases such as "không gian" do not count."""
    return [Span(*match.span()) for match in _vietnamese().finditer(text)]


def denials_en(text: str) -> list[Span]:
    """Where an English text denies something or says what amounts to it ("unmet", "rather than")."""
    plain = [match.span() for match in _any("en", "plain").finditer(text)]
    return [
        Span(*match.span())
        for match in _any("en", "words").finditer(text)
        if not any(start <= match.start() < end for start, end in plain)
    ]


def lost_in_translation(vi: str, en: str) -> Span | None:
    """A denial of a Vietnamese sentence that its translation lacks; None when it denies as often.

    "Lack", "stop", "until" and their like stand for a denial, but first for what the Vietnamese says with
    such words of its own ("thiếu", "dừng").
    """
    said = denials_vi(vi)
    if not said:
        lack = _LACK.search(vi)
        return Span(*lack.span()) if lack and not _LACKING.search(en) else None
    soft = len(_any("en", "soft").findall(en)) - len(_any("vi", "soft").findall(vi))
    return said[0] if len(denials_en(en)) + max(0, soft) < len(said) else None


class Denied:
    """What an article denies and never affirms, to be looked up in its summary.

    Args:
        sentences: the sentences of the article.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._runs: dict[tuple[str, ...], tuple[int, Span]] = {}
        self._pairs: dict[tuple[str, ...], tuple[int, Span]] = {}
        self._content: list[frozenset[str]] = []
        affirmed: set[tuple[str, ...]] = set()
        for i, text in enumerate(sentences):
            words = _words(text)
            denied = _denied(text, words)
            self._content.append(_content(words))
            for found, places in ((_runs(words), self._runs), (_pairs(words), self._pairs)):
                for k, _, run in found:
                    if denied[k] is None:
                        affirmed.add(run)
                    else:
                        places.setdefault(run, (i, denied[k] or Span(0, 0)))
        for run in affirmed:
            self._runs.pop(run, None)
            self._pairs.pop(run, None)

    def affirmed_in(self, text: str) -> tuple[Span, int, Span] | None:
        """The first words of a summary sentence that affirm what the article only denies.

        Three words in a row are enough; of two, the rest of the sentence must be about the same.

        Returns:
            Their span, and the article's sentence and the span of the denial in it; None when there are none.
        """
        words = _words(text)
        denied = _denied(text, words)
        for k, last, run in _runs(words):
            if denied[k] is None and (place := self._runs.get(run)):
                return Span(words[k].start(), words[last].end()), *place
        own = _content(words)
        for k, last, pair in _pairs(words):
            if denied[k] is None and (place := self._pairs.get(pair)):
                alike = (own & self._content[place[0]]).difference(pair)
                if len(alike) >= _ALIKE:
                    return Span(words[k].start(), words[last].end()), *place
        return None


def _words(text: str) -> list[re.Match[str]]:
    return list(_WORD.finditer(text))


def _runs(words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every three words in a row: index of the first and the last, and the words."""
    for k in range(len(words) - _RUN):
        yield k, k + _RUN, tuple(word.group().lower() for word in words[k : k + _RUN + 1])


def _pairs(words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every two words of one clause between which at most light words stand."""
    last: int | None = None
    for k, word in enumerate(words):
        text = word.group().lower()
        if not text[0].isalnum():
            last = None
        elif text not in _LIGHT:
            if last is not None:
                yield last, k, (words[last].group().lower(), text)
            last = k


def _content(words: Sequence[re.Match[str]]) -> frozenset[str]:
    return frozenset(text for word in words if len(text := word.group().lower()) > 1) - _LIGHT


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
def _any(lang: str, group: str) -> re.Pattern[str]:
    """The words of one group of the table, whole, any case."""
    words = load_toml(__package__, "denial.toml")[lang][group]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
