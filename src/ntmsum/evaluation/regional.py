"""The regional suite: our own articles through both stages, each alone and end to end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.articles import SET, EvalArticle, read_articles, set_hash
from ntmsum.evaluation.baselines import run_baselines
from ntmsum.evaluation.judging import judge_end_to_end, judge_summaries, judge_translations
from ntmsum.evaluation.other_model import OtherModel, judge_other, show_against
from ntmsum.evaluation.outcome import Result
from ntmsum.evaluation.outputs import Outputs
from ntmsum.evaluation.running import LENGTH, run_timings, with_pipeline, with_translator
from ntmsum.glossary import Glossary
from ntmsum.pipeline import Pipeline
from ntmsum.words import syllables

# The fixed subset for CI: every sixth article by theme, of those that are not held out.
QUICK_FIRST, QUICK_STEP, QUICK_SIZE = 5, 6, 12


def choose_articles(quick: bool) -> tuple[EvalArticle, ...]:
    """The evaluation set, or its fixed subset."""
    articles = read_articles()
    if not quick:
        return articles
    by_theme = sorted((a for a in articles if not a.held_out), key=lambda a: (a.theme, a.id))
    return tuple(sorted(by_theme[QUICK_FIRST::QUICK_STEP][:QUICK_SIZE], key=lambda a: a.id))


def corpus_of(articles: Sequence[EvalArticle], quick: bool) -> dict[str, object]:
    """What identifies the articles in a report."""
    return {"name": SET + ("-quick" if quick else ""), "n": len(articles), "sha256": set_hash()}


def run_regional(
    pipeline: Pipeline,
    outputs: Outputs,
    quick: bool = False,
    load_other: Callable[[], OtherModel] | None = None,
) -> Result:
    """Summarize and translate the set, translate the reference summaries, score all three.

    Args:
        pipeline: the system under test.
        outputs: where they are kept.
        quick: only the fixed subset.
        load_other: loads another model to stand beside it; called when the first one has finished.

    Raises:
        DataError: the set is missing or malformed.
        CacheError: the outputs cannot be kept.
    """
    articles = choose_articles(quick)
    sources = [a.article for a in articles]
    rows, reused = outputs.complete(
        pipeline.signature, f"articles {LENGTH}", sources, with_pipeline(pipeline, LENGTH)
    )
    for article, row in zip(articles, rows, strict=True):
        if "error" in row:
            raise DataError(f"{article.id} of the evaluation set cannot be processed: {row['error']}")
    translator = pipeline.translator
    translated, reused_translations = outputs.complete(
        translator.signature, "translation", [a.summary_vi for a in articles], with_translator(translator)
    )
    checker = Checker(Glossary.official())
    texts = [r["english"] for r in translated]
    outcomes = (
        judge_summaries(pipeline.summarizer.signature, articles, [r["summary"] for r in rows], checker),
        judge_translations(translator.signature, articles, texts, checker),
        judge_end_to_end(
            pipeline.signature, articles, [r["english"] for r in rows], [r["alerts"] for r in rows]
        ),
    )
    baselines = dict(run_baselines(articles))
    extra = {}
    if load_other is not None:
        other = load_other()
        rivals = judge_other(other, articles, checker, outputs)
        extra["against"] = show_against(other, rivals, outcomes)
        for rival in rivals:
            baselines[rival.name] = {f"model {other.name}": rival.scores, **baselines.get(rival.name, {})}
    return Result(
        suite="regional",
        corpus=corpus_of(articles, quick),
        system=pipeline.signature,
        outcomes=outcomes,
        baselines=baselines,
        extra=extra,
        timings={
            **run_timings(rows, reused),
            "translation_seconds": run_timings(translated, reused_translations)["seconds"],
        },
        latency=tuple(
            (a.id, len(syllables(a.article)), sum(r["seconds"].values()))
            for a, r in zip(articles, rows, strict=True)
        ),
    )
