"""Outputs of any system on our own articles → scored outcomes."""

from __future__ import annotations

from collections.abc import Sequence

from ntmsum.checks import Checker
from ntmsum.evaluation.articles import HELD_OUT, EvalArticle
from ntmsum.evaluation.metrics import Sample
from ntmsum.evaluation.outcome import Outcome, evaluate, said
from ntmsum.words import syllables


def judge_summaries(
    system: str, articles: Sequence[EvalArticle], outputs: Sequence[str], checker: Checker
) -> Outcome:
    """Score Vietnamese summaries of the articles."""
    samples = [
        Sample(a.id, a.article, out, (a.summary_vi,), a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    alerts = [said(checker.check_summary(a.article, out)) for a, out in zip(articles, outputs, strict=True)]
    return evaluate("summary", "summary", system, samples, alerts)


def judge_translations(
    system: str, articles: Sequence[EvalArticle], outputs: Sequence[str], checker: Checker
) -> Outcome:
    """Score English translations of the reference summaries."""
    samples = [
        Sample(a.id, a.summary_vi, out, a.references_en, a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    alerts = [
        said(checker.check_translation(a.summary_vi, out)) for a, out in zip(articles, outputs, strict=True)
    ]
    return evaluate("translation", "translation", system, samples, alerts)


def judge_end_to_end(
    system: str,
    articles: Sequence[EvalArticle],
    outputs: Sequence[str],
    alerts: Sequence[Sequence[str]] = (),
) -> Outcome:
    """Score English summaries of the articles, whichever way they came about."""
    samples = [
        Sample(a.id, a.article, out, a.references_en, a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    return evaluate("end-to-end", "end-to-end", system, samples, alerts)


def _tags(article: EvalArticle) -> dict[str, str]:
    size = len(syllables(article.article))
    length = (
        "short (under 300)" if size < 300 else "middle (300-499)" if size < 500 else "long (500 and more)"
    )
    part = HELD_OUT if article.held_out else "open"
    return {"theme": article.theme, "era": article.era, "length": length, "part": part}
