"""What stands around a figure: the sign that one was put where the article has another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntmsum.article import Span
from ntmsum.facts import Fact
from ntmsum.facts.compare import agree, keys
from ntmsum.facts.units import dimension, related, units_agree

_WORD = re.compile(r"\w+")
_REACH = 5
# A rival place must share this much with the claim's, and so much more than any place that supports the claim.
_ENOUGH = 5
_MARGIN = 3
ENOUGH_FOR_ABSENT = 3
# Longer texts are no articles; looking at all pairs of their facts would take for ever.
MOST = 300
FIGURES = frozenset({"number", "percent", "money", "quantity", "ratio", "range"})
_DATED = frozenset({"date", "period", "time"})
_SMALL = 9


@dataclass(frozen=True, slots=True)
class Context:
    """The words around a stretch of a sentence.

    Args:
        left, right: up to five lower-case words before and behind it, the nearest first.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]

    def shared(self, other: Context) -> int:
        """How many words the two have in common on the same side; the nearest count twice when alike."""
        alike = self.left[:1] == other.left[:1] != ()
        alike_right = self.right[:1] == other.right[:1] != ()
        return _common(self.left, other.left) + _common(self.right, other.right) + alike + alike_right


class Words:
    """The words of a sentence, for looking up what stands around its stretches."""

    def __init__(self, text: str) -> None:
        self._words = [(m.start(), m.end(), m.group().lower()) for m in _WORD.finditer(text)]

    def around(self, span: Span) -> Context:
        """What stands around ``span``."""
        before = _first(self._words, span.start)
        left = [word for _, _, word in self._words[max(0, before - _REACH) : before]]
        after = before
        while after < len(self._words) and self._words[after][0] < span.end:
            after += 1
        right = [word for _, _, word in self._words[after : after + _REACH]]
        return Context(tuple(reversed(left)), tuple(right))


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact, the index of its sentence, and what stands around it."""

    fact: Fact
    sentence: int
    context: Context


def place(sentences: Sequence[str], facts: Sequence[Sequence[Fact]]) -> list[Placed]:
    """Every fact with its context.

    Args:
        sentences: a text.
        facts: the facts of each sentence.
    """
    found: list[Placed] = []
    for i, (text, own) in enumerate(zip(sentences, facts, strict=True)):
        words = Words(text) if own else None
        found += (Placed(fact, i, words.around(fact.span)) for fact in own if words)
    return found


def misplaced(claims: Sequence[Placed], known: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Claims that the source has, but elsewhere: where they stand it has a figure that looks like them.

    Such a figure differs in one digit, in its order of magnitude, its unit or one part of the date, is said
    by no other claim, and shares far more of its context with the claim than any place that supports it.

    Args:
        claims: the facts of a summary.
        known: the facts of its article.

    Returns:
        Pairs of a claim and the figure whose place it took.
    """
    claims, known = claims[:MOST], known[:MOST]
    by_key: dict[object, list[Placed]] = {}
    for one in known:
        for key in keys(one.fact):
            by_key.setdefault(key, []).append(one)
    unsaid = [k for k in known if k.fact.certain and not any(_said(c.fact, k.fact) for c in claims)]
    found: list[tuple[Placed, Placed]] = []
    for claim in claims:
        rivals = [r for r in unsaid if looks_like(claim.fact, r.fact) and agree(claim.fact, r.fact) is None]
        if not claim.fact.certain or not rivals:
            continue
        supports = (s for key in keys(claim.fact) for s in by_key.get(key, ()))
        shares = [claim.context.shared(s.context) for s in supports if agree(claim.fact, s.fact) is not None]
        rival = max(rivals, key=lambda r: claim.context.shared(r.context))
        score = claim.context.shared(rival.context)
        telling = claim.fact.value == rival.fact.value and len(str(claim.fact.value)) > 1
        best = max(shares, default=-1)
        other = outdone(score, best) if shares else score >= ENOUGH_FOR_ABSENT
        if other or (telling and score > best + 1):
            found.append((claim, rival))
    return found


def misdated(claims: Sequence[Placed], known: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    """Dates told of another day: the figure beside them belongs to a like date in the article.

    "Chiều 13/11, tỉnh di dời 1.376 hộ", where the article moves 1.376 households on 14/11 and speaks of 13/11
    elsewhere. No sentence that has the date may share a figure with the summary's sentence.

    Args:
        claims: the facts of a summary.
        known: the facts of its article.

    Returns:
        Pairs of the date in the summary and the one in the article.
    """
    claims, known = claims[:MOST], known[:MOST]
    there = by_sentence(known)
    found: list[tuple[Placed, Placed]] = []
    for own in by_sentence(claims).values():
        figures = [c for c in own if c.fact.kind in FIGURES and c.fact.certain and rare(c.fact)]
        dates = [c for c in own if c.fact.kind in _DATED and c.fact.certain]
        carriers = {id(f): _carriers(f, known) for f in figures}
        for claim in dates:
            near = min(figures, key=lambda f: _distance(f.fact, claim.fact), default=None)
            closest = near and min(dates, key=lambda d: _distance(d.fact, near.fact))
            if (
                near is None
                or closest is not claim
                or any(
                    agree(claim.fact, k.fact) is not None
                    for figure in figures
                    for s in carriers[id(figure)]
                    for k in there[s]
                )
            ):
                continue
            beside = [k for s in carriers[id(near)] for k in there[s] if k.fact.kind in _DATED]
            rival = next((k for k in beside if looks_like(claim.fact, k.fact)), None)
            # "nửa đầu năm" and "quý II" overlap; only whole years are one another's slip.
            if rival and (claim.fact.kind != "period" or _flat(claim.fact.value)[1] is None):
                found.append((claim, rival))
    return found


def by_sentence(placed: Sequence[Placed]) -> dict[int, list[Placed]]:
    """The facts of each sentence that has any."""
    found: dict[int, list[Placed]] = {}
    for one in placed:
        found.setdefault(one.sentence, []).append(one)
    return found


def _carriers(figure: Placed, known: Sequence[Placed]) -> list[int]:
    """The sentences of the article that have a figure."""
    return sorted({k.sentence for k in known if agree(figure.fact, k.fact) is not None})


def rare(fact: Fact) -> bool:
    """True for a figure of two digits or more, which points to one place of an article."""
    return sum(c.isdigit() for c in str(fact.value)) > 1 and (
        not isinstance(fact.value, Decimal)
        or fact.value != fact.value.to_integral_value()
        or fact.value > _SMALL
    )


def _distance(one: Fact, other: Fact) -> int:
    return max(one.span.start - other.span.end, other.span.start - one.span.end)


def _said(one: Fact, other: Fact) -> bool:
    """Agreement within one language: what is counted must be the same thing, if in a wider word."""
    soft = agree(one, other)
    if soft is None:
        return False
    return "unit" not in soft or dimension(one.unit) != "count" or related(one.unit, other.unit)


def outdone(rival: int, support: int) -> bool:
    """Whether a context that shares ``rival`` words beats the best one that supports a claim."""
    return rival >= _ENOUGH and rival >= support + _MARGIN


def looks_like(one: Fact, other: Fact) -> bool:
    """True for figures of one sort that a slip could have turned into each other."""
    a, b = one.value, other.value
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        if a == b:
            return one.unit != other.unit and None not in (one.unit, other.unit)
        sort = dimension(one.unit) == dimension(other.unit) or units_agree(one.unit, other.unit) is not None
        return sort and _slip(a, b)
    if one.kind != other.kind or one.unit != other.unit or type(a) is not type(b):
        return False
    if one.kind == "period" and _flat(a)[1] is not None and _flat(a)[-3:] == _flat(b)[-3:]:
        return False  # "nửa đầu năm" and "quý II" end alike and are both right
    parts = list(zip(_flat(a), _flat(b), strict=False))
    return sum(x != y for x, y in parts) == 1 and len(_flat(a)) == len(_flat(b))


def _slip(a: Decimal, b: Decimal) -> bool:
    one, other = f"{a.normalize():f}", f"{b.normalize():f}"
    if one.strip("0.").replace(".", "") == other.strip("0.").replace(".", ""):
        return True
    return len(one) == len(other) and sum(x != y for x, y in zip(one, other, strict=True)) == 1


def _flat(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return tuple(leaf for part in value for leaf in _flat(part))
    return (value,)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    return (Counter(one) & Counter(other)).total()


def _first(words: Sequence[tuple[int, int, str]], start: int) -> int:
    low, high = 0, len(words)
    while low < high:
        middle = (low + high) // 2
        if words[middle][1] <= start:
            low = middle + 1
        else:
            high = middle
    return low
