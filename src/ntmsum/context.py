"""What stands around a figure or term: the sign that one was put where the article has another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ntmsum.article import Span
from ntmsum.facts import Fact
from ntmsum.facts.compare import agree, keys
from ntmsum.facts.units import dimension, related, units_agree
from ntmsum.glossary import Glossary, Term
from ntmsum.glossary.keys import syllable_key
from ntmsum.tables import load_toml

_WORD = re.compile(r"\w+")
_REACH = 5
# A rival place must share this much with the claim's, and so much more than any place that supports the claim.
_ENOUGH = 5
_MARGIN = 3
_ENOUGH_FOR_ABSENT = 3
# Longer texts are no articles; looking at all pairs of their facts would take for ever.
_MOST = 300
_FIGURES = frozenset({"number", "percent", "money", "quantity", "ratio", "range"})
_DATED = frozenset({"date", "period", "time"})
_SMALL = 9
# A figure at most so many characters away stands beside a term.
_BESIDE = 80


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


@dataclass(frozen=True, slots=True)
class TermPlace:
    """A term, its text and place, the index of its sentence, and what stands around it."""

    term: Term
    text: str
    span: Span
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
    claims, known = claims[:_MOST], known[:_MOST]
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
        other = outdone(score, best) if shares else score >= _ENOUGH_FOR_ABSENT
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
    claims, known = claims[:_MOST], known[:_MOST]
    there = _by_sentence(known)
    found: list[tuple[Placed, Placed]] = []
    for own in _by_sentence(claims).values():
        figures = [c for c in own if c.fact.kind in _FIGURES and c.fact.certain and _rare(c.fact)]
        dates = [c for c in own if c.fact.kind in _DATED and c.fact.certain]
        carriers = {id(f): _carriers(f, known) for f in figures}
        for claim in dates:
            near = min(figures, key=lambda f: _distance(f.fact, claim.fact), default=None)
            closest = near and min(dates, key=lambda d: _distance(d.fact, near.fact))
            if near is None or closest is not claim or any(
                agree(claim.fact, k.fact) is not None
                for figure in figures
                for s in carriers[id(figure)]
                for k in there[s]
            ):
                continue
            beside = [k for s in carriers[id(near)] for k in there[s] if k.fact.kind in _DATED]
            rival = next((k for k in beside if looks_like(claim.fact, k.fact)), None)
            # "nửa đầu năm" and "quý II" overlap; only whole years are one another's slip.
            if rival and (claim.fact.kind != "period" or _flat(claim.fact.value)[1] is None):
                found.append((claim, rival))
    return found


def _by_sentence(placed: Sequence[Placed]) -> dict[int, list[Placed]]:
    found: dict[int, list[Placed]] = {}
    for one in placed:
        found.setdefault(one.sentence, []).append(one)
    return found


def _carriers(figure: Placed, known: Sequence[Placed]) -> list[int]:
    """The sentences of the article that have a figure."""
    return sorted({k.sentence for k in known if agree(figure.fact, k.fact) is not None})


def _rare(fact: Fact) -> bool:
    """True for a figure of two digits or more, which points to one place of an article."""
    return sum(c.isdigit() for c in str(fact.value)) > 1 and (
        not isinstance(fact.value, Decimal) or fact.value != fact.value.to_integral_value() or fact.value > _SMALL
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


def swapped_terms(
    summary: Sequence[str],
    article: Sequence[str],
    glossary: Glossary,
    claims: Sequence[Placed] = (),
    facts: Sequence[Placed] = (),
) -> list[tuple[TermPlace, TermPlace]]:
    """Official terms of a summary that stand where the article has a related one.

    A term that the article never uses needs less of a likeness than one it uses elsewhere. A figure beside
    the term tells its place too: where the article has that figure, it has the other term and not this one.

    Args:
        summary, article: their sentences.
        glossary: the terms; ordinary (advisory) words do not count.
        claims, facts: the facts of summary and article.

    Returns:
        Pairs of the term in the summary and the one in the article whose place it took.
    """
    known = _term_places(article, glossary)
    there = _by_sentence(facts[:_MOST])
    own = _by_sentence(claims[:_MOST])
    folded = _without_terms(article, known)
    levels, _, turning = _confusable()
    found: list[tuple[TermPlace, TermPlace]] = []
    for claim in _term_places(summary, glossary):
        same = [k for k in known if _synonyms(k.term, claim.term)]
        best = max((claim.context.shared(k.context) for k in same), default=-1)
        absent = best < 0 and claim.text.lower() not in folded
        rivals = [k for k in known if _related(claim.term, k.term)]
        if not rivals:
            continue
        rival = max(rivals, key=lambda r: claim.context.shared(r.context))
        score = claim.context.shared(rival.context)
        tier = any(claim.term.vi in tier and rival.term.vi in tier for tier in levels)
        turned = turning & (set(claim.term.key) ^ set(rival.term.key))
        if (absent and (tier or turned or score >= _ENOUGH_FOR_ABSENT)) or (best >= 0 and outdone(score, best)):
            found.append((claim, rival))
        elif beside := _beside(claim, own.get(claim.sentence, ()), there):
            has = [k for k in rivals if k.sentence in beside and _official(k.term)]
            if has and not any(k.sentence in beside for k in same):
                found.append((claim, has[0]))
    return found


def _without_terms(article: Sequence[str], known: Sequence[TermPlace]) -> str:
    """The article in lower case without its terms: "Chủ tịch" in "Phó Chủ tịch" is no mention of a Chủ tịch."""
    sentences = [list(text.lower()) for text in article]
    for one in known:
        if len(sentences[one.sentence]) == len(article[one.sentence]):
            size = one.span.end - one.span.start
            sentences[one.sentence][one.span.start : one.span.end] = [";"] * size
    return " ; ".join(map("".join, sentences))


def _official(term: Term) -> bool:
    """True for bodies, titles and levels, whose names are never free to vary."""
    return term.vi[:1].isupper() or any(level in term.vi.split() for tier in _confusable()[0] for level in tier)


def _beside(
    claim: TermPlace, own: Sequence[Placed], there: Mapping[int, Sequence[Placed]]
) -> frozenset[int]:
    """The sentences of the article that have the figure or day right beside the term."""
    near = [
        p.fact
        for p in own
        if p.fact.certain
        and (_rare(p.fact) if p.fact.kind in _FIGURES else p.fact.kind == "date" and _has_day(p.fact))
        and max(p.fact.span.start - claim.span.end, claim.span.start - p.fact.span.end) <= _BESIDE
    ]
    if not near:
        return frozenset()
    closest = min(
        near, key=lambda f: max(f.span.start - claim.span.end, claim.span.start - f.span.end)
    )
    return frozenset(
        i for i, placed in there.items() if any(agree(closest, k.fact) is not None for k in placed)
    )


def _has_day(fact: Fact) -> bool:
    return isinstance(fact.value, tuple) and fact.value[2:3] != (None,)


def _term_places(sentences: Sequence[str], glossary: Glossary) -> list[TermPlace]:
    found: list[TermPlace] = []
    for i, text in enumerate(sentences):
        matches = [m for m in glossary.find(text) if not m.term.advisory]
        words = Words(text) if matches else None
        found += (TermPlace(m.term, m.text, m.span, i, words.around(m.span)) for m in matches if words)
    return found[:_MOST]


def _related(one: Term, other: Term) -> bool:
    """True for terms that a slip makes out of each other: of one group, or alike but for a word or two."""
    levels, titles, turning = _confusable()
    if _synonyms(one, other):
        return False
    bare, other_bare = one.vi.removeprefix("cấp "), other.vi.removeprefix("cấp ")
    if bare != other_bare and any(bare in group and other_bare in group for group in (*levels, *titles)):
        return True
    if any(_names_another(one, other, tier) or _names_another(other, one, tier) for tier in levels):
        return True
    a, b = one.key, other.key
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return len(longer) == len(shorter) + 1 and tuple(w for w in longer if w not in turning) == shorter
    return 2 * sum(x == y for x, y in zip(a, b, strict=True)) >= len(a)


def _names_another(level: Term, longer: Term, tier: frozenset[str]) -> bool:
    """True for "phường" and "xã đặc biệt khó khăn": a bare level, and a term that holds another of its tier."""
    words = longer.vi.split()
    return level.vi in tier and level.vi not in words and any(other in words for other in tier)


def _synonyms(one: Term, other: Term) -> bool:
    """True for wordings of one meaning; huyện and quận are both districts, but not the same."""
    return one.vi == other.vi or (one.en == other.en and not (is_level(one) and is_level(other)))


def is_level(term: Term) -> bool:
    """True for the bare name of an administrative level that is easily taken for another."""
    return any(term.vi in tier for tier in _confusable()[0])


@cache
def _confusable() -> tuple[list[frozenset[str]], list[frozenset[str]], frozenset[str]]:
    """Levels, titles, and turning words of the table."""
    table = load_toml(__package__, "confusable.toml")
    levels, titles = ([frozenset(group) for group in table[key]] for key in ("levels", "titles"))
    return levels, titles, frozenset(syllable_key(word) for word in table["turning"])
