"""Official terms of a summary that stand where its article has another: titles, bodies, levels, statuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ntmsum.article import Span
from ntmsum.context import (
    ENOUGH_FOR_ABSENT,
    FIGURES,
    MOST,
    Context,
    Placed,
    Words,
    by_sentence,
    outdone,
    rare,
)
from ntmsum.facts import Fact
from ntmsum.facts.compare import agree
from ntmsum.glossary import Glossary, Term
from ntmsum.glossary.keys import syllable_key
from ntmsum.tables import load_toml

# A figure at most so many characters away stands beside a term.
_BESIDE = 80


@dataclass(frozen=True, slots=True)
class TermPlace:
    """A term, its text and place, the index of its sentence, and what stands around it."""

    term: Term
    text: str
    span: Span
    sentence: int
    context: Context


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
    known = _term_places(article, glossary, levels=True)
    there = by_sentence(facts[:MOST])
    own = by_sentence(claims[:MOST])
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
        if (absent and (tier or turned or score >= ENOUGH_FOR_ABSENT)) or (
            best >= 0 and outdone(score, best)
        ):
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
    return term.vi[:1].isupper() or _holds_level(term)


def _holds_level(term: Term) -> bool:
    words = term.vi.split()
    return any(level in words for tier in _confusable()[0] for level in tier)


def _beside(claim: TermPlace, own: Sequence[Placed], there: Mapping[int, Sequence[Placed]]) -> frozenset[int]:
    """The sentences of the article that have the figure or day right beside the term."""
    near = [
        p.fact
        for p in own
        if p.fact.certain
        and (rare(p.fact) if p.fact.kind in FIGURES else p.fact.kind == "date" and _has_day(p.fact))
        and max(p.fact.span.start - claim.span.end, claim.span.start - p.fact.span.end) <= _BESIDE
    ]
    if not near:
        return frozenset()
    closest = min(near, key=lambda f: max(f.span.start - claim.span.end, claim.span.start - f.span.end))
    return frozenset(
        i for i, placed in there.items() if any(agree(closest, k.fact) is not None for k in placed)
    )


def _has_day(fact: Fact) -> bool:
    return isinstance(fact.value, tuple) and fact.value[2:3] != (None,)


def _term_places(sentences: Sequence[str], glossary: Glossary, *, levels: bool = False) -> list[TermPlace]:
    """The terms that bind; with ``levels`` also looser ones that hold a level ("xã đặc biệt khó khăn")."""
    found: list[TermPlace] = []
    for i, text in enumerate(sentences):
        matches = [m for m in glossary.find(text) if not m.term.advisory or (levels and _holds_level(m.term))]
        words = Words(text) if matches else None
        found += (TermPlace(m.term, m.text, m.span, i, words.around(m.span)) for m in matches if words)
    return found[:MOST]


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
