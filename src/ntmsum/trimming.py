"""Shorter forms of a news sentence that say no more and nothing else than it does, and stand alone."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from ntmsum.tables import load_toml
from ntmsum.words import CAPITALS, syllables

# What is left of a sentence must still be one.
_SHORTEST = 9
_STUB = 5
# The words of a person's name.
_PERSON = 3
# What stands so many characters before a level has nothing to do with it.
_BEFORE = 64
# Cut at no more places than this; longer sentences are lists.
_MOST_CUTS = 8
_MOST_TRIED = 40


def trim(sentence: str) -> tuple[str, ...]:
    """The sentence without what links it to its neighbours, and shorter forms of it, longest first.

    Only whole last parts go, and only such as a reader does not miss: a comparison, a "trong đó", a purpose;
    never one that turns the rest around ("nhưng", "chưa"). Every form ends in a full stop.

    Args:
        sentence: a normalized sentence of an article.
    """
    text = sentence.strip()
    for rewrite in _table()["rewrite"]:
        text = re.sub(rf"^{rewrite['pattern']}", rewrite["by"], text)
    text = _upper(_opening("links").sub("", text))
    heads = [text]
    bare = _opening("sources").sub("", text)
    if bare != text and len(syllables(bare)) >= _SHORTEST:
        heads.append(_upper(bare))
    found: dict[str, None] = {}
    for head in heads:
        found.setdefault(_closed(head))
        for cut in _cuts(head):
            found.setdefault(_closed(head[:cut]))
    return tuple(sorted(found, key=lambda t: -len(t)))


def _cuts(text: str) -> list[int]:
    """Where a last part may be cut off."""
    cuts: list[int] = []
    for match in itertools.islice(_tail().finditer(text), _MOST_TRIED):
        rest, left = text[match.start() :], text[: match.start()]
        whole = (
            left.count("“") == left.count("”")
            and left.count('"') % 2 == 0
            and left.count("(") == left.count(")")
        )
        if whole and not _turn().search(rest) and _is_sentence(left):
            cuts.append(match.start())
    return cuts[:_MOST_CUTS]


def _is_sentence(left: str) -> bool:
    """Whether what is left stands for itself: long enough, and no stub such as "; còn năm 2022" at its end."""
    last = left.rpartition(";")[2]
    return len(syllables(left)) >= _SHORTEST and len(syllables(last)) >= _STUB


def home(sentences: Sequence[str], title: str = "") -> dict[str, str]:
    """The one place of each level that an article is about: "huyện" → "Tân Lạc".

    A level has one when a single name stands behind it, or one at least three times as often as any other, and it
    is said again, or too short for a person. Of communes there are many in most articles: theirs must be in the
    headline, or be the only one in an article that names no district. The name behind an office may be its
    holder's ("Chủ tịch UBND huyện Lê Tám") and does not count.

    Args:
        sentences: the article's sentences.
        title: its headline.
    """
    counts: dict[str, Counter[str]] = {}
    for text in sentences:
        for match in _named().finditer(text):
            if not _stands_before(_office(), text, match.start()):
                counts.setdefault(match[1].lower(), Counter())[match[2]] += 1
    whole = " ".join(sentences)
    found = {}
    for level, names in counts.items():
        (first, most), *others = names.most_common(2)
        alone = not others or most >= 3 * others[0][1]
        large = level not in _table()["levels"]["small"]
        only = not others and most > 1 and not any(level in counts for level in _table()["levels"]["middle"])
        told = (
            first in title
            or (not large and only)
            or (large and (whole.count(first) > 1 or len(first.split()) < _PERSON))
        )
        if alone and told:
            found[level] = first
    return found


def name_place(text: str, homes: dict[str, str], known: Sequence[str] = ()) -> str:
    """The sentence with the name behind its first bare "huyện", "xã" …: "toàn huyện" → "toàn huyện Tân Lạc".

    Args:
        text: one sentence.
        homes: what ``home`` found.
        known: names said before, which need not be said again.
    """
    for match in _bare().finditer(text):
        name = homes.get(match["level"].lower())
        if name and name not in text and name not in known:
            return f"{text[: match.end('level')]} {name}{text[match.end('level') :]}"
    return text


def once(text: str, said: Sequence[str]) -> str:
    """The sentence without the larger place behind a place where an earlier one has both: "huyện A – tỉnh B".

    Args:
        text: one sentence.
        said: the sentences before it.
    """
    for match in reversed(list(_larger().finditer(text))):
        place, larger = match["place"].lower(), match["larger"]
        if any(place in t.lower() and larger in t for t in said):
            text = text[: match.end("place")] + text[match.end() :]
    return text


def is_vague(text: str, homes: dict[str, str]) -> bool:
    """Whether the sentence speaks of all of a "huyện", "xã" … that neither it nor ``home`` names."""
    return any(
        m["level"].lower() not in homes
        for m in _bare().finditer(text)
        if _stands_before(_all_of(), text, m.start())
    ) and not _named().search(text)


def _stands_before(pattern: re.Pattern[str], text: str, at: int) -> bool:
    return pattern.search(text, max(0, at - _BEFORE), at) is not None


def turns(text: str) -> bool:
    """Whether the sentence turns against what it says first: "nhưng", "song", "tuy nhiên"."""
    return (
        re.search(r"(?<!^)(?<!\w)(?:nhưng|song(?! (?:song|phương|hành))|tuy nhiên)(?!\w)", text) is not None
    )


def _closed(text: str) -> str:
    text = text.rstrip(" ,;:–-")
    return text if text.endswith((".", "!", "?", "…", "”", '"')) else text + "."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _table() -> dict[str, Any]:
    return load_toml(__package__, "trimming.toml")


@cache
def _opening(group: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(_table()[group])})(?:,\s*| (?=đến |toàn |tính |có \d))")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf";\s|,\s(?=(?:{'|'.join(_table()['tails'])})(?!\w))")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_table()['turns'])})(?!\w)", re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    levels = "|".join(sorted(_table()["levels"]["names"], key=len, reverse=True))
    word = rf"(?!UBND|HĐND|NTM)[{CAPITALS}]\w*"
    return re.compile(rf"(?<!\w)((?i:{levels})) ({word}(?: {word}){{0,3}})")


@cache
def _larger() -> re.Pattern[str]:
    levels = "|".join(sorted(_table()["levels"]["names"], key=len, reverse=True))
    name = rf"[{CAPITALS}]\w*(?: [{CAPITALS}]\w*){{0,3}}"
    return re.compile(
        rf"(?<!\w)(?P<place>(?i:{levels}) {name})(?: [–-] |, |(?P<open> \())"
        rf"(?P<larger>(?:tỉnh|thành phố) {name})(?(open)\))(?=[\s,.;])"
    )


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<!\w)(?:{'|'.join(_table()['levels']['offices'])})[^,.;:]{{0,50}})$")


@cache
def _all_of() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:toàn|cả)\s$", re.IGNORECASE)


@cache
def _bare() -> re.Pattern[str]:
    levels = _table()["levels"]
    names = "|".join(sorted(levels["names"], key=len, reverse=True))
    before = "".join(rf"(?<!\b{w}\s)" for w in levels["not_before"])
    behind = "|".join(levels["not_behind"])
    alone = rf"(?=[\s,.;])(?! [{CAPITALS}])(?!\s(?:{behind})\b)(?!, (?:{names}))"
    return re.compile(rf"{before}(?<![\w/])(?<!\d\s)(?P<level>(?i:{names})){alone}")
