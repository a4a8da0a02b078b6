"""Which sentences of a long article the model reads, and which sentences a summary rests on."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from ntmsum.words import ngrams, syllables

LEAD_SHARE = 0.4
MAX_EVIDENCE = 3


def choose_sentences(sentences: Sequence[str], costs: Sequence[int], budget: int) -> list[int]:
    """The sentences to read when not all fit.

    The lead takes up to 40% of the budget, because news says the main thing first; the rest goes to the
    sentences most like the whole article (cosine of TF-IDF bigrams), wherever they stand.

    Args:
        sentences: the article's sentences in order.
        costs: their lengths in model tokens.
        budget: most tokens to read.

    Returns:
        Positions in reading order; all of them when they fit. The first sentence is always among them.
    """
    if sum(costs) <= budget:
        return list(range(len(sentences)))
    chosen = [0]
    used = costs[0]
    for i in range(1, len(sentences)):
        if used + costs[i] > budget * LEAD_SHARE:
            break
        chosen.append(i)
        used += costs[i]
    centrality = _centrality(sentences)
    for i in sorted(range(len(chosen), len(sentences)), key=lambda i: (-centrality[i], i)):
        if used + costs[i] <= budget:
            chosen.append(i)
            used += costs[i]
    return sorted(chosen)


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


def _centrality(sentences: Sequence[str]) -> list[float]:
    bags = [ngrams(syllables(s), 2) for s in sentences]
    idf = _idf(bags)
    vectors = [{f: n * idf[f] for f, n in bag.items()} for bag in bags]
    whole: dict[tuple[str, ...], float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            whole[feature] += weight
    return [
        sum(w * whole[f] for f, w in v.items()) / (math.sqrt(sum(w * w for w in v.values())) or 1.0)
        for v in vectors
    ]
