"""Intervals for one system and tests between two, from the statistics that metrics keep per sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ntmsum.errors import DataError
from ntmsum.evaluation.metrics.base import Metric, Sample, Score, Statistics

SEED = 12345
RESAMPLES = 1000
ROUNDS = 10_000
_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class Comparison:
    """One metric on two systems over the same samples.

    Args:
        metric: its name.
        first, second: corpus values.
        low, high: bootstrap 95% interval of ``second - first``.
        p_bootstrap: paired bootstrap (Koehn 2004): how often chance alone differs as much.
        p_randomization: approximate randomization (Riezler and Maxwell 2005), two-sided.
    """

    metric: str
    first: float
    second: float
    low: float
    high: float
    p_bootstrap: float
    p_randomization: float

    @property
    def difference(self) -> float:
        """``second - first``."""
        return self.second - self.first


def score(
    samples: Sequence[Sample], metrics: Sequence[Metric], resamples: int = RESAMPLES, seed: int = SEED
) -> list[Score]:
    """Score one system's outputs.

    Args:
        samples: outputs with what to judge them by; at least one.
        metrics: what to measure.
        resamples: bootstrap samples behind the 95% interval.
        seed: of the resampling; the same for every metric, so that intervals compare.

    Raises:
        DataError: there are no samples.
    """
    if not samples:
        raise DataError("There is nothing to score: no outputs were given.")
    counts = _resampled_counts(len(samples), resamples, seed)
    return [_score(metric, samples, counts) for metric in metrics]


def _score(metric: Metric, samples: Sequence[Sample], counts: Statistics) -> Score:
    statistics = metric.statistics(samples)
    value = metric.value(statistics.sum(axis=0, keepdims=True))[0]
    segments = metric.value(statistics)
    resampled = metric.value(counts @ statistics)
    resampled = resampled[~np.isnan(resampled)]
    low, high = np.percentile(resampled, [2.5, 97.5]) if len(resampled) else (np.nan, np.nan)
    return Score(
        metric=metric.name,
        signature=metric.signature,
        better=metric.better,
        value=_number(value),
        low=_number(low),
        high=_number(high),
        spread=_number(float(np.std(resampled, ddof=1))) if len(resampled) > 1 else None,
        segments=tuple(_number(v) for v in segments),
        statistics=statistics,
    )


def compare(
    metric: Metric,
    first: Sequence[Sample],
    second: Sequence[Sample],
    resamples: int = RESAMPLES,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Comparison:
    """Is the second system different from the first, on the same samples?

    Args:
        metric: what to measure.
        first, second: the two systems' outputs, same ids in the same order.
        resamples: bootstrap samples.
        rounds: random swaps of the approximate randomization.
        seed: of both.

    Raises:
        DataError: the ids differ, or there was nothing to measure.
    """
    if [s.id for s in first] != [s.id for s in second]:
        raise DataError("The two systems' outputs are not about the same items in the same order.")
    if not first:
        raise DataError("There is nothing to compare: no outputs were given.")
    one, two = metric.statistics(first), metric.statistics(second)
    a, b = (float(metric.value(x.sum(axis=0, keepdims=True))[0]) for x in (one, two))
    if np.isnan(a) or np.isnan(b):
        raise DataError(f"{metric.name} could not be measured on these outputs.")
    counts = _resampled_counts(len(first), resamples, seed)
    differences = metric.value(counts @ two) - metric.value(counts @ one)
    differences = differences[~np.isnan(differences)]
    low, high = np.percentile(differences, [2.5, 97.5])
    # Shifted to zero mean, the bootstrap differences are those of two equal systems.
    chance = np.abs(differences - differences.mean()) >= abs(b - a)
    p_bootstrap = (int(chance.sum()) + 1) / (len(differences) + 1)
    p_randomization = _randomize(metric, one, two, abs(b - a), rounds, seed)
    return Comparison(metric.name, a, b, float(low), float(high), p_bootstrap, p_randomization)


def _randomize(
    metric: Metric, one: Statistics, two: Statistics, actual: float, rounds: int, seed: int
) -> float:
    rng = np.random.default_rng(seed)
    total, gap = one + two, one - two
    extreme = done = 0
    while done < rounds:
        size = min(_BLOCK, rounds - done)
        # +1 keeps a pair as it is, -1 swaps it: the sums follow from half the total plus half the signed gap.
        signs = rng.integers(0, 2, size=(size, len(one))) * 2.0 - 1.0
        first = (total.sum(axis=0) + signs @ gap) / 2
        second = (total.sum(axis=0) - signs @ gap) / 2
        found = np.abs(metric.value(second) - metric.value(first))
        extreme += int((found >= actual - 1e-9).sum())
        done += size
    return (extreme + 1) / (rounds + 1)


def _resampled_counts(n: int, resamples: int, seed: int) -> Statistics:
    """How often each of ``n`` samples is drawn in each resample: shape (resamples, n)."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, n, size=(resamples, n))
    counts = np.zeros((resamples, n))
    for row, picks in zip(counts, drawn, strict=True):
        row += np.bincount(picks, minlength=n)
    return counts


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
