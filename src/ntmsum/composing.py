"""Which sentences stand together in a summary: the most telling ones that do not repeat each other and fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# What saying the same twice costs, for a whole sentence repeated; and each syllable above or below the length.
REPETITION = 4.0
OUTSIDE = 0.08
# What a syllable costs, so that a shorter form with the same news wins.
SYLLABLE = 0.02
_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that may stand in a summary.

    Args:
        text: as it would stand there.
        at: position of the article sentence that it comes from.
        value: what it is worth (``Salience.score``, less what is wrong with it).
        size: in syllables.
    """

    text: str
    at: int
    value: float
    size: int


def compose(
    units: Sequence[Unit],
    overlap: Callable[[str, str], float],
    low: int,
    high: int,
    most: int,
) -> tuple[Unit, ...]:
    """The best set of units, at most one for each article sentence, in the order of the article.

    Beam search over the article sentences whose best unit is worth most.

    Args:
        units: what there is.
        overlap: how much of the lighter of two texts the other says as well, 0 to 1.
        low, high: the length asked for, in syllables.
        most: sentences at most.

    Returns:
        At least one unit where there is one.
    """
    forms: dict[int, list[Unit]] = {}
    for unit in units:
        forms.setdefault(unit.at, []).append(unit)
    best = sorted(forms, key=lambda at: (-max(u.value - SYLLABLE * u.size for u in forms[at]), at))
    known: dict[tuple[str, str], float] = {}

    def repeated(one: Unit, other: Unit) -> float:
        pair = (one.text, other.text)
        if pair not in known:
            known[pair] = overlap(*pair)
        return known[pair]

    def total(chosen: tuple[Unit, ...], worth: float) -> float:
        size = sum(u.size for u in chosen)
        return worth - OUTSIDE * max(size - high, low - size, 0)

    states: list[tuple[tuple[Unit, ...], float]] = [((), 0.0)]
    for at in sorted(best[: 2 * most + 2]):
        grown = list(states)
        for chosen, worth in states:
            if len(chosen) < most:
                for unit in forms[at]:
                    cost = SYLLABLE * unit.size + REPETITION * sum(repeated(c, unit) ** 2 for c in chosen)
                    grown.append(((*chosen, unit), worth + unit.value - cost))
        # Until the end a set may still grow: only what it is too long by counts.
        grown.sort(key=lambda s: -(s[1] - OUTSIDE * max(sum(u.size for u in s[0]) - high, 0)))
        states = grown[:_WIDTH]
    whole = [(total(chosen, worth), chosen) for chosen, worth in states if chosen]
    return max(whole, key=lambda w: w[0])[1] if whole else ()
