"""A system over many texts: one plain row per text, ready to be kept, with what it took."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Mapping, Sequence
from typing import Any

from ntmsum.errors import NtmsumError
from ntmsum.evaluation.outcome import peak_memory_mb, said
from ntmsum.evaluation.outputs import Produce, Row
from ntmsum.normalize import normalize, sentence_texts
from ntmsum.pipeline import Pipeline
from ntmsum.report import Report
from ntmsum.summarize import Length, Summarizer
from ntmsum.translate import Translator
from ntmsum.words import syllables

# The reference summaries have two to three sentences.
LENGTH: Length = "medium"


def with_pipeline(pipeline: Pipeline, length: Length) -> Produce:
    """Rows of both stages: summary, english, alerts, seconds by stage; or the error of a refused text."""

    def row(report: Report | NtmsumError) -> Row:
        if not isinstance(report, Report) or report.summary is None or report.translation is None:
            return {"error": str(report)}
        summary, english = report.summary.text, report.translation.text
        tokens = pipeline.summarizer.count_tokens([summary]) + pipeline.translator.count_tokens([english])
        return {
            "summary": summary,
            "english": english,
            "alerts": said(report.alerts),
            **_cost(report.timings, sum(tokens)),
        }

    return lambda texts: [row(r) for r in pipeline.map(texts, length, errors="return", group=len(texts))]


def with_summarizer(summarizer: Summarizer, length: Length) -> Produce:
    """Rows of the first stage alone."""

    def produce(texts: list[str]) -> list[Row]:
        start = time.perf_counter()
        outputs = [s.text for s in summarizer.summarize([normalize(t) for t in texts], length)]
        share = {"summarize": (time.perf_counter() - start) / len(texts)}
        tokens = summarizer.count_tokens(outputs)
        return [{"summary": o, **_cost(share, n)} for o, n in zip(outputs, tokens, strict=True)]

    return produce


def with_translator(translator: Translator) -> Produce:
    """Rows of the second stage alone, the sentences of a group of texts translated together."""

    def produce(texts: list[str]) -> list[Row]:
        start = time.perf_counter()
        parts = [sentence_texts(text) for text in texts]
        flat = iter(translator.translate([s for sentences in parts for s in sentences]))
        outputs = [" ".join(t.text for t in itertools.islice(flat, len(sentences))) for sentences in parts]
        share = {"translate": (time.perf_counter() - start) / len(texts)}
        tokens = translator.count_tokens(outputs)
        return [{"english": o, **_cost(share, n)} for o, n in zip(outputs, tokens, strict=True)]

    return produce


def run_timings(rows: Sequence[Row], reused: int) -> dict[str, float | None]:
    """Seconds by stage and in all, speed and memory of a run, as they were when each output was made.

    Args:
        rows: from one of the producers above.
        reused: how many of them were kept from an earlier run.
    """
    done = [row for row in rows if "seconds" in row]
    if not done:
        return {}
    stages = {stage: sum(row["seconds"][stage] for row in done) for stage in done[0]["seconds"]}
    total = sum(stages.values())
    words = sum(len(syllables(row.get(k, ""))) for row in done for k in ("summary", "english"))
    peaks = [row["peak_memory_mb"] for row in done if row["peak_memory_mb"] is not None]
    return {
        **stages,
        "seconds": total,
        "seconds_per_item": statistics.fmean(sum(row["seconds"].values()) for row in done),
        "tokens_per_second": sum(row["tokens"] for row in done) / total if total else None,
        "words_per_second": words / total if total else None,
        "peak_memory_mb": max(peaks, default=None),
        "reused": float(reused),
    }


def _cost(seconds: Mapping[str, float], tokens: int) -> dict[str, Any]:
    return {"seconds": dict(seconds), "tokens": tokens, "peak_memory_mb": peak_memory_mb()}
