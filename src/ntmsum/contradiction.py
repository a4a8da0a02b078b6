"""Figures of one sentence that cannot all be right: the whole of a part, a part above its whole, a false share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ntmsum.article import Span
from ntmsum.facts import Fact, Lang, extract_facts
from ntmsum.tables import load_toml

# Shares are rounded: "11/16 xã (69%)".
_ROUNDED = Decimal(1)
_MOST_BETWEEN = _MOST_BEFORE = 24
_YEARS = re.compile(r"(?<![\d./-])((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)(?![\d./-])")


def contradictions(text: str, lang: Lang, facts: Sequence[Fact] | None = None) -> list[Span]:
    """Where a sentence contradicts itself: "toàn bộ 9/15 xã", "17/15 xã", "9/15 xã (đạt 80%)", "2025-2025",
    "129 xã, xã".

    Args:
        text: a sentence.
        lang: its language.
        facts: its facts, when they are known already.
    """
    facts = extract_facts(text, lang) if facts is None else facts
    found = [Span(m.start(), m.end()) for m in _YEARS.finditer(text) if int(m[2]) <= int(m[1])]
    found += (Span(*m.span()) for m in _twice(lang).finditer(text))
    for fact in facts:
        if (parts := _share(fact)) and fact.certain:
            part, whole = parts
            begin = fact.span.start
            all_of = _whole(lang).search(text, max(0, begin - _MOST_BEFORE), begin)
            if all_of and part < whole:
                found.append(Span(all_of.start(), fact.span.end))
            elif part > whole and fact.unit is not None:
                found.append(fact.span)
    for share, percent in pairwise(facts):
        between = text[share.span.end : percent.span.start]
        if percent.kind == "percent" and len(between) <= _MOST_BETWEEN and _equals(lang).fullmatch(between):
            parts, said = _share(share), percent.value
            if parts and isinstance(said, Decimal) and abs(100 * parts[0] / parts[1] - said) > _ROUNDED:
                found.append(Span(share.span.start, percent.span.end))
    return found


def _share(fact: Fact) -> tuple[Decimal, Decimal] | None:
    """Part and whole of a ratio."""
    if fact.kind != "ratio" or not isinstance(fact.value, tuple):
        return None
    part, whole = fact.value[:2]
    if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or whole == 0:
        return None
    return part, whole


@cache
def _twice(lang: Lang) -> re.Pattern[str]:
    """One level named twice in a row, where no name follows."""
    table = load_toml(__package__, "contradiction.toml")[lang]
    words, links = "|".join(table["level"]), "|".join(table["links"])
    return re.compile(rf"(?<!\w)(?P<level>{words})(?:{links})\s(?P=level)(?!\w)(?!\s[A-ZĐ\d])")


@cache
def _whole(lang: Lang) -> re.Pattern[str]:
    words = load_toml(__package__, "contradiction.toml")[lang]["whole"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})\s$", re.IGNORECASE)


@cache
def _equals(lang: Lang) -> re.Pattern[str]:
    words = load_toml(__package__, "contradiction.toml")[lang]["equals"]
    return re.compile(rf"\s?(?:{'|'.join(words)})\s?", re.IGNORECASE)
