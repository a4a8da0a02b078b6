"""Which sentences of an article a summary sentence rests on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from ntmsum.words import ngrams, syllables

MAX_EVIDENCE = 3


def find_evidence(claim: str, sentences: Sequence[str]) -> tuple[int, ...]:
    """The source sentences that a summary sentence rests on, most telling first.

    Greedy cover: the sentence that explains most of the claim's still unexplained syllables and bigrams,
    weighted by rarity in the article, then the next, at most three. A sentence that adds under a tenth of
    the claim's weight is not evidence.

    Args:
        claim: one summary sentence, abbreviations written out as in ``sentences``.
        sentences: the article's sentences.
    """
    bags = [_features(s) for s in sentences]
    idf = _idf(bags)
    weight = {f: idf.get(f, 0.0) for f in _features(claim)}
    total = sum(weight.values())
    found: list[int] = []
    while total > 0 and len(found) < MAX_EVIDENCE:
        gains = [sum(weight.get(f, 0.0) for f in bag) for bag in bags]
        best = max(range(len(bags)), key=lambda i: (gains[i], -i))
        if gains[best] < 0.1 * total:
            break
        found.append(best)
        for feature in bags[best]:
            weight.pop(feature, None)
    return tuple(found)


def _features(text: str) -> Counter[tuple[str, ...]]:
    tokens = syllables(text)
    return ngrams(tokens, 1) + ngrams(tokens, 2)


def _idf(bags: Sequence[Counter[tuple[str, ...]]]) -> dict[tuple[str, ...], float]:
    frequency = Counter(f for bag in bags for f in bag)
    return {f: math.log(1 + len(bags) / n) for f, n in frequency.items()}
