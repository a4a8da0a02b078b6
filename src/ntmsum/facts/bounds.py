"""Bounds turned round: "hơn 30 tỷ đồng" told as "nearly 30 billion", "không quá 20 km/giờ" as "over 20 km/h"."""

from __future__ import annotations

from collections.abc import Sequence

from ntmsum.facts.compare import agree
from ntmsum.facts.fact import Fact
from ntmsum.facts.match import Pair

_MORE = frozenset({"over", "at least"})
_LESS = frozenset({"under", "at most", "nearly"})
# Beyond so many known facts nobody asks whether another one bears a claim out.
_MOST = 300


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


def _opposed(one: Fact, other: Fact) -> bool:
    return (one.approx in _MORE and other.approx in _LESS) or (one.approx in _LESS and other.approx in _MORE)
