"""Bounds turned round or lost: "hơn 30 tỷ đồng" told as "nearly 30 billion", or as "30 billion"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from ntmsum.facts.compare import agree
from ntmsum.facts.fact import Fact
from ntmsum.facts.match import Pair
from ntmsum.facts.units import dimension

_MORE = frozenset({"over", "at least"})
_LESS = frozenset({"under", "at most", "nearly"})
# Beyond so many known facts nobody asks whether another one bears a claim out.
_MOST = 300
# What stands right before a Vietnamese figure, and how English says it.
_SAID = {
    "hơn": "more than",
    "trên": "more than",
    "gần": "nearly",
    "ngót": "nearly",
    "khoảng": "about",
    "chừng": "about",
    "ít nhất": "at least",
    "tối thiểu": "at least",
    "không dưới": "at least",
    "không quá": "at most",
    "tối đa": "at most",
    "chưa đầy": "less than",
    "chưa đến": "less than",
    "chưa tới": "less than",
}
_BOUND = re.compile(rf"(?<!\w)({'|'.join(sorted(_SAID, key=len, reverse=True))})\s$", re.IGNORECASE)
_ON = re.compile(
    r"(?<!\bngập )(?<!\bcao )(?<!\bsâu )(?<!\bdài )(?<!\brộng )(?<!\bđạt )trên\s$", re.IGNORECASE
)
# Any of these near the English figure says it in another way ("exceeded", "aged 60 or older").
_BEFORE = re.compile(
    r"\b(?:over|above|beyond|past|than|exceed\w*|excess|surpass\w*|topp\w*|near\w*|almost|close|approach\w*|shy|"
    r"short|about|around|approximately|roughly|some|estimated|circa|at least|at most|minimum|maximum|up to|under|"
    r"below|within|limit\w*|capp?\w*|ceiling|least|most|just)\b(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^[^,.;]{0,30}?\b(?:or|and) (?:more|less|fewer|over|above|older|younger|so|under)\b|^-|^\+",
    re.IGNORECASE,
)
# "a 30-kilometre road" has no room for a bound.
_ARTICLE = re.compile(r"\b(?:a|an|each|every|another)\s$", re.IGNORECASE)


def turned_round(pairs: Sequence[Pair], known: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Claims that call a lower bound what every known fact of that value calls an upper one, or the other way.

    Args:
        pairs: supported claims with what supports them.
        known: all that the source says.

    Returns:
        Pairs of the claim and the fact that it turns round.
    """
    found: list[tuple[Fact, Fact]] = []
    for pair in pairs:
        if _opposed(pair.claimed, pair.known):
            others = (fact for fact in known[:_MOST] if agree(pair.claimed, fact) is not None)
            if all(_opposed(pair.claimed, other) for other in others):
                found.append((pair.claimed, pair.known))
    return found


def lost_bounds(
    pairs: Sequence[Pair], known: Sequence[Fact], vi: str, en: str
) -> list[tuple[Fact, Fact, str]]:
    """English amounts told as exact that the Vietnamese bounds: "gần 2,6 tỷ đồng", "2.6 billion VND".

    Only where one claim and one known fact have the value, so that there is no doubt which bound belongs where.

    Args:
        pairs: supported English claims with the Vietnamese facts that support them.
        known: all that the Vietnamese sentence says.
        vi: that sentence.
        en: its translation.

    Returns:
        The claim, the fact, and the English bound that is missing.
    """
    claims = Counter(str(pair.claimed.value) for pair in pairs)
    found = []
    for claimed, fact, _ in pairs:
        if claimed.approx or not (isinstance(claimed.value, Decimal) and isinstance(fact.value, Decimal)):
            continue
        bound = _BOUND.search(vi[: fact.span.start])
        before, behind = en[: claimed.span.start], en[claimed.span.end :]
        alone = (
            claims[str(claimed.value)] == 1 and sum(agree(claimed, other) is not None for other in known) == 1
        )
        # "trồng bưởi trên 12 ha" tells where, not how much.
        where = _ON.search(vi[: fact.span.start]) and dimension(fact.unit) in ("area", "length")
        if (
            bound
            and alone
            and not where
            and not (_BEFORE.search(before) or _BEHIND.search(behind) or _ARTICLE.search(before))
        ):
            found.append((claimed, fact, _SAID[bound[1].lower()]))
    return found


def _opposed(one: Fact, other: Fact) -> bool:
    return (one.approx in _MORE and other.approx in _LESS) or (one.approx in _LESS and other.approx in _MORE)
