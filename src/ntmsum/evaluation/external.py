"""Suites over test sets of others, and scores for stored outputs of any system."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.files import check_ids, hash_files, read_jsonl
from ntmsum.evaluation.judging import judge_end_to_end, judge_summaries, judge_translations
from ntmsum.evaluation.metrics import Sample
from ntmsum.evaluation.outcome import Outcome, Result, evaluate, said
from ntmsum.evaluation.outputs import Outputs, Row
from ntmsum.evaluation.readers import Item
from ntmsum.evaluation.regional import choose_articles, corpus_of
from ntmsum.evaluation.running import run_timings, with_summarizer, with_translator
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Length
from ntmsum.words import syllables

# What a line of stored outputs may hold, and the outcome that it is scored as.
FIELDS = ("summary", "translation", "english")


def run_translation(pipeline: Pipeline, outputs: Outputs, items: Sequence[Item], path: Path) -> Result:
    """Translate a test set sentence by sentence and score it.

    Args:
        pipeline: the system under test.
        outputs: where they are kept.
        items: from ``readers.read_pairs``.
        path: where they came from, for the report.

    Raises:
        CacheError: the outputs cannot be kept.
    """
    make = with_translator(pipeline.translator)
    rows, reused = outputs.complete(
        pipeline.translator.signature, "translation", [i.source for i in items], make
    )
    checker = Checker(Glossary.official())
    samples = [
        Sample(
            i.id, i.source, r["english"], i.references, i.source, tags={"length": _length(i.references[0])}
        )
        for i, r in zip(items, rows, strict=True)
    ]
    alerts = [said(checker.check_translation(s.source, s.hypothesis)) for s in samples]
    outcome = evaluate("translation", "translation", pipeline.translator.signature, samples, alerts)
    return _result("translation", path, outcome, rows, reused)


def run_summarization(
    pipeline: Pipeline, outputs: Outputs, items: Sequence[Item], path: Path, length: Length = "medium"
) -> Result:
    """Summarize a test set and score it.

    Args:
        pipeline: the system under test.
        outputs: where they are kept.
        items: from ``readers.read_summaries``.
        path: where they came from, for the report.
        length: of the summaries.

    Raises:
        InputError: an article cannot be processed; the summaries before it are kept.
        CacheError: the outputs cannot be kept.
    """
    make = with_summarizer(pipeline.summarizer, length)
    sources = [i.source for i in items]
    rows, reused = outputs.complete(pipeline.summarizer.signature, f"summary {length}", sources, make)
    checker = Checker(Glossary.official())
    samples = [
        Sample(i.id, text, r["summary"], i.references, i.references[0], tags={"length": _length(text)})
        for i, r in zip(items, rows, strict=True)
        for text in [normalize(i.source).text]
    ]
    alerts = [said(checker.check_summary(s.source, s.hypothesis)) for s in samples]
    outcome = evaluate("summary", "summary", pipeline.summarizer.signature, samples, alerts)
    return _result("summarization", path, outcome, rows, reused)


def score_outputs(path: Path, quick: bool = False) -> Result:
    """Score stored outputs of any system on our evaluation set.

    Args:
        path: JSON Lines, one object per article: "id", and any of "summary" (Vietnamese summary of the
            article), "translation" (English of the reference summary) and "english" (English summary of the
            article); every line has the same of these.
        quick: only the fixed subset is expected.

    Raises:
        DataError: the file is missing or malformed, an id is unknown, missing or given twice, an output is
            empty, or a line lacks a field that others have.
    """
    articles = choose_articles(quick)
    rows = read_jsonl(path)
    check_ids((str(r.get("id")) for r in rows), str(path))
    by_id = {str(r.get("id")): r for r in rows}
    known = [a.id for a in articles]
    if set(by_id) != set(known):
        missing, unknown = sorted(set(known) - set(by_id)), sorted(set(by_id) - set(known))
        raise DataError(
            f"{path} has {len(rows)} outputs for {len(known)} articles: "
            f"missing {_some(missing)}; unknown {_some(unknown)}."
        )
    fields = [f for f in FIELDS if any(f in r for r in rows)]
    if not fields:
        raise DataError(f"{path} has nothing to score; give each line one of {', '.join(FIELDS)}.")
    outputs = {f: [_output(by_id[id], f, path) for id in known] for f in fields}
    checker = Checker(Glossary.official())
    outcomes: list[Outcome] = []
    if "summary" in outputs:
        outcomes.append(judge_summaries(path.name, articles, outputs["summary"], checker))
    if "translation" in outputs:
        outcomes.append(judge_translations(path.name, articles, outputs["translation"], checker))
    if "english" in outputs:
        outcomes.append(judge_end_to_end(path.name, articles, outputs["english"]))
    return Result("score", corpus_of(articles, quick), path.name, tuple(outcomes))


def _output(row: dict[str, Any], field: str, path: Path) -> str:
    text = row.get(field)
    if not isinstance(text, str) or not text.strip():
        raise DataError(
            f"{path}: the {field} of {row['id']} is missing or empty; every article needs an output."
        )
    return text


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:3]) + (" …" if len(ids) > 3 else "") if ids else "none"


def _length(text: str) -> str:
    size = len(syllables(text))
    return next(
        name
        for limit, name in ((20, "under 20"), (40, "20-39"), (300, "40-299"), (10**9, "300+"))
        if size < limit
    )


def _corpus(path: Path, n: int) -> dict[str, object]:
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return {"name": path.name, "n": n, "sha256": hash_files(files)}


def _result(suite: str, path: Path, outcome: Outcome, rows: Sequence[Row], reused: int) -> Result:
    latency = tuple(
        (s.id, len(syllables(s.source)), sum(r["seconds"].values()))
        for s, r in zip(outcome.samples, rows, strict=True)
    )
    corpus = _corpus(path, len(rows))
    return Result(
        suite, corpus, outcome.system, (outcome,), timings=run_timings(rows, reused), latency=latency
    )
