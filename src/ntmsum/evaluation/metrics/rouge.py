"""ROUGE through the rouge_score package, on Unicode words; and on its ASCII scale for old comparisons.

The package's own tokenizer deletes every letter beyond a–z, so that Vietnamese shrinks to fragments and
unrelated texts score high. Published Vietnamese figures are mostly on that scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Literal

import numpy as np

from ntmsum.evaluation.metrics.base import Metric, Sample, Statistics
from ntmsum.words import syllables

Scale = Literal["unicode", "ascii"]
_TYPES = ("rouge1", "rouge2", "rougeL")


class Rouge(Metric):
    """The mean F1 of one ROUGE type; of several references the best counts.

    Args:
        kind: "1", "2" or "L".
        scale: "unicode" (letter and digit runs of the NFC text, lower case) or "ascii" (the package's own).
    """

    def __init__(self, kind: Literal["1", "2", "L"], scale: Scale = "unicode") -> None:
        self._type = f"rouge{kind}"
        self._scale: Scale = scale
        self.name = f"ROUGE-{kind}" + (" ascii" if scale == "ascii" else "")

    @property
    def signature(self) -> str:
        """Package version and tokenizer."""
        tokens = "nfc-lower-syllables" if self._scale == "unicode" else "ascii-only"
        return f"f1|tok:{tokens}|stem:no|refs:best|rouge_score:{version('rouge_score')}"

    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """F1 and a count of one per sample."""
        index = _TYPES.index(self._type)
        best = [max(rouge(s.hypothesis, r, self._scale)[index] for r in s.references) for s in samples]
        return np.array([(f, 1.0) for f in best]).reshape(-1, 2)

    def value(self, totals: Statistics) -> Statistics:
        """100 × the mean F1."""
        means: Statistics = 100 * totals[:, 0] / totals[:, 1]
        return means


# The three types come from one pass over a pair, which is asked for three times in a row.
@lru_cache(maxsize=4096)
def rouge(hypothesis: str, reference: str, scale: Scale = "unicode") -> tuple[float, float, float]:
    """F1 of ROUGE-1, ROUGE-2 and ROUGE-L (0 to 1) of one text against one reference."""
    scores = _scorer(scale).score(reference, hypothesis)  # type: ignore[attr-defined]
    one, two, longest = (float(scores[t].fmeasure) for t in _TYPES)
    return one, two, longest


class _Syllables:
    def tokenize(self, text: str) -> list[str]:
        return syllables(text)


@lru_cache(maxsize=2)
def _scorer(scale: Scale) -> object:
    from rouge_score.rouge_scorer import RougeScorer

    if scale == "ascii":
        return RougeScorer(list(_TYPES))
    return RougeScorer(list(_TYPES), tokenizer=_Syllables())
