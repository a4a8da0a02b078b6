"""What every metric supplies: sufficient statistics per segment, and a value from their sum.

Corpus value, segment values, bootstrap intervals and paired tests follow from these two for every metric.
The shape is sacreBLEU's (Post 2018).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ntmsum.evaluation.articles import KeyFact

Statistics: TypeAlias = NDArray[np.float64]
Lang = Literal["vi", "en"]
Better = Literal["higher", "lower", "neither"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One output with everything it can be judged by.

    Args:
        id: unique within its part of a suite.
        source: the Vietnamese text that must support every claim of the output.
        hypothesis: the output.
        references: what a person wrote, one or more.
        wanted: the Vietnamese text whose facts the output must keep: the source for a translation, the
            reference summary for a summary.
        key_facts: facts that the output must keep, where the set names them.
        tags: what to group by, such as {"theme": "schools"}.
    """

    id: str
    source: str
    hypothesis: str
    references: tuple[str, ...]
    wanted: str
    key_facts: tuple[KeyFact, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """What a metric says about a system.

    Args:
        metric: its name.
        signature: everything the value depends on beside the texts.
        better: which direction is better.
        value: over the whole corpus; None when there was nothing to measure.
        low, high: bootstrap 95% interval.
        spread: standard deviation of the bootstrap values.
        segments: value per sample; None where a sample has nothing to measure.
        statistics: one row of sufficient statistics per sample, for paired tests.
    """

    metric: str
    signature: str
    better: Better
    value: float | None
    low: float | None
    high: float | None
    spread: float | None
    segments: tuple[float | None, ...]
    statistics: Statistics = field(repr=False, compare=False)

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.metric}|{self.signature} = –"
        return f"{self.metric}|{self.signature} = {self.value:.1f} [{self.low:.1f}, {self.high:.1f}]"

    def to_json(self) -> dict[str, Any]:
        """The corpus value and its interval; segment values are listed with their samples."""
        return {
            "metric": self.metric,
            "signature": self.signature,
            "better": self.better,
            "value": rounded(self.value),
            "low": rounded(self.low),
            "high": rounded(self.high),
            "spread": rounded(self.spread),
        }


class Metric(ABC):
    """A metric: name, signature, direction, statistics, value."""

    name: str
    better: Better = "higher"

    @property
    @abstractmethod
    def signature(self) -> str:
        """Everything the value depends on beside the texts; complete after ``statistics`` was called."""

    @abstractmethod
    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """Sufficient statistics, one row per sample."""

    @abstractmethod
    def value(self, totals: Statistics) -> Statistics:
        """Values from summed statistics.

        Args:
            totals: shape (k, d), each row the sum of the statistics of some samples.

        Returns:
            Shape (k,); NaN where there was nothing to measure.
        """


class Ratio(Metric):
    """A metric that is 100 × one count over another, summed over the corpus (micro average)."""

    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """Numerator and denominator per sample."""
        return np.array([self.counts(sample) for sample in samples], dtype=np.float64).reshape(-1, 2)

    def value(self, totals: Statistics) -> Statistics:
        """100 × numerator / denominator."""
        with np.errstate(divide="ignore", invalid="ignore"):
            values: Statistics = np.where(totals[:, 1] > 0, 100 * totals[:, 0] / totals[:, 1], np.nan)
        return values

    @abstractmethod
    def counts(self, sample: Sample) -> tuple[float, float]:
        """Numerator and denominator of one sample."""


def rounded(value: float | None) -> float | None:
    """A value as reports print it: six decimals."""
    return None if value is None else round(float(value), 6)
