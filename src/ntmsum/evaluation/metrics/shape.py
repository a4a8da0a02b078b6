"""What outputs look like, whatever they say: how new, how long, how repetitive."""

from __future__ import annotations

from ntmsum.evaluation.metrics.base import Ratio, Sample
from ntmsum.words import ngrams, syllables


class Novelty(Ratio):
    """The share of an output's word pairs that its source does not have; 0 is copied."""

    name = "novelty"
    better = "neither"

    @property
    def signature(self) -> str:
        """What is counted."""
        return "bigrams|micro|tok:nfc-lower-syllables"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """New pairs and pairs."""
        source = ngrams(syllables(sample.source), 2)
        pairs = ngrams(syllables(sample.hypothesis), 2)
        return sum(n for pair, n in pairs.items() if pair not in source), sum(pairs.values())


class LengthRatio(Ratio):
    """The length of the outputs as a percentage of the first references' length, in words."""

    name = "length ratio"
    better = "neither"

    @property
    def signature(self) -> str:
        """What is counted."""
        return "words|micro|tok:nfc-lower-syllables"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Words written and words of the reference."""
        return len(syllables(sample.hypothesis)), len(syllables(sample.references[0]))


class Repetition(Ratio):
    """The share of an output's four-word groups that it has written before."""

    name = "repetition"
    better = "lower"

    @property
    def signature(self) -> str:
        """What is counted."""
        return "4-grams|micro|tok:nfc-lower-syllables"

    def counts(self, sample: Sample) -> tuple[float, float]:
        """Repeated groups and groups."""
        groups = ngrams(syllables(sample.hypothesis), 4)
        total = sum(groups.values())
        return total - len(groups), total
