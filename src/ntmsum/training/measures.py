"""What the recipe measures a model by: plain functions over lists of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntmsum.training.agreement import capitalized
from ntmsum.words import ngrams, syllables


def digit_runs(text: str) -> set[str]:
    """Digit strings of a text after dropping dots and commas, so that 1.234 and 1,234 are one."""
    return set(re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d)", "", text)))


def digit_recall(sources: Sequence[str], hypotheses: Sequence[str]) -> float:
    """Share of the sources' digit strings that the hypotheses keep; nan when no source has digits."""
    wanted = kept = 0
    for source, hypothesis in zip(sources, hypotheses, strict=True):
        digits = digit_runs(source)
        wanted += len(digits)
        kept += len(digits & digit_runs(hypothesis))
    return kept / wanted if wanted else float("nan")


def numbers_found(summaries: Sequence[str], bodies: Sequence[str]) -> float:
    """Share of the digit strings of summaries that their articles contain; nan when no summary has digits."""
    return digit_recall(summaries, bodies)


def names_found(summaries: Sequence[str], bodies: Sequence[str]) -> float:
    """Share of the capitalized words inside sentences of summaries that their articles contain; nan without any."""
    found = [name in body for text, body in zip(summaries, bodies, strict=True) for name in capitalized(text)]
    return sum(found) / len(found) if found else float("nan")


def rouge(hypothesis: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L F1 (0–100) over lower-case Unicode word tokens of the NFC text."""
    ours, theirs = syllables(hypothesis), syllables(reference)

    def f1(common: int, left: int, right: int) -> float:
        return 200 * common / (left + right) if common else 0.0

    scores = []
    for size in (1, 2):
        a, b = ngrams(ours, size), ngrams(theirs, size)
        scores.append(f1((a & b).total(), a.total(), b.total()))
    row = [0] * (len(theirs) + 1)
    for token in ours:
        diagonal = 0
        for column, other in enumerate(theirs, 1):
            above = row[column]
            row[column] = diagonal + 1 if token == other else max(above, row[column - 1])
            diagonal = above
    return scores[0], scores[1], f1(row[-1], len(ours), len(theirs))


def mean_rouge(hypotheses: Sequence[str], references: Sequence[str]) -> tuple[float, float, float]:
    """Mean ROUGE-1, -2, -L over the items.

    Raises:
        ValueError: there are no items.
    """
    if not hypotheses:
        raise ValueError("mean_rouge needs at least one item")
    items = [rouge(ours, theirs) for ours, theirs in zip(hypotheses, references, strict=True)]
    one, two, longest = (sum(column) / len(items) for column in zip(*items, strict=True))
    return one, two, longest


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float:
    """Spearman's rank correlation with mean ranks for ties; nan when a side does not vary."""
    a, b = _ranks(left), _ranks(right)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return both / spread**0.5 if spread else float("nan")


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for position in range(first, last + 1):
            ranks[order[position]] = (first + last) / 2
        first = last + 1
    return ranks
