"""BLEU, chrF2 and TER through sacreBLEU: our corpus values are those of the ``sacrebleu`` command."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from ntmsum.evaluation.metrics.base import Better, Metric, Sample, Statistics


class SacreBleu(Metric):
    """One of sacreBLEU's metrics with its default settings.

    Args:
        name: "BLEU", "chrF2" or "TER".
    """

    def __init__(self, name: str) -> None:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
        from sacrebleu.metrics.ter import TER

        makers: dict[str, tuple[type[Any], Better]] = {
            "BLEU": (BLEU, "higher"),
            "chrF2": (CHRF, "higher"),
            "TER": (TER, "lower"),
        }
        maker, self.better = makers[name]
        self.name = name
        self._metric = maker()

    @property
    def signature(self) -> str:
        """sacreBLEU's own signature."""
        return str(self._metric.get_signature())

    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """Match counts and lengths as sacreBLEU keeps them for its own bootstrap."""
        streams = list(zip_longest(*(s.references for s in samples)))
        stats = self._metric._extract_corpus_statistics([s.hypothesis for s in samples], streams)
        return np.array(stats, dtype=np.float64).reshape(len(samples), -1)

    def value(self, totals: Statistics) -> Statistics:
        """sacreBLEU's score of each row."""
        # BLEU divides by the counts as numbers of their own type: whole ones, as in its own resampling.
        rows = [[int(x) if x.is_integer() else x for x in row] for row in totals.tolist()]
        return np.array([self._metric._compute_score_from_stats(row).score for row in rows])
