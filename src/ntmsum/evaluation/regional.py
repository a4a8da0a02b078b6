"""The regional suite: our own articles through both stages, each alone and end to end."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence

from ntmsum.alerts import Alert
from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.articles import SET, EvalArticle, read_articles, set_hash
from ntmsum.evaluation.baselines import EXTRACTORS, extract, oracle, word_for_word
from ntmsum.evaluation.metrics import Sample, Score, metrics_for, score
from ntmsum.evaluation.outcome import Outcome, Result, evaluate, peak_memory_mb
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize, split_sentences
from ntmsum.pipeline import Pipeline
from ntmsum.report import Report
from ntmsum.summarize import Length
from ntmsum.words import syllables

# The reference summaries have two to three sentences.
LENGTH: Length = "medium"
# The fixed subset for CI: every eleventh article, for in part of the set the themes follow each other in tens.
QUICK_STEP = 11


def choose_articles(quick: bool) -> tuple[EvalArticle, ...]:
    """The evaluation set, or its fixed subset."""
    articles = read_articles()
    return articles[::QUICK_STEP] if quick else articles


def corpus_of(articles: Sequence[EvalArticle], quick: bool) -> dict[str, object]:
    """What identifies the articles in a report."""
    return {"name": SET + ("-quick" if quick else ""), "n": len(articles), "sha256": set_hash()}


def run_regional(pipeline: Pipeline, quick: bool = False) -> Result:
    """Summarize and translate the set, translate the reference summaries, score all three.

    Args:
        pipeline: the system under test.
        quick: only the fixed subset.

    Raises:
        DataError: the set is missing or malformed.
    """
    articles = choose_articles(quick)
    start = time.perf_counter()
    reports = [_finished(r) for r in pipeline.map([a.article for a in articles], LENGTH)]
    middle = time.perf_counter()
    translated = translate_texts(pipeline, [a.summary_vi for a in articles])
    end = time.perf_counter()
    summaries = [r.summary.text for r in reports if r.summary]
    english = [r.translation.text for r in reports if r.translation]
    checker = _checker()
    outcomes = (
        judge_summaries(pipeline.summarizer.signature, articles, summaries, checker),
        judge_translations(pipeline.translator.signature, articles, translated, checker),
        judge_end_to_end(pipeline.signature, articles, english, [r.alerts for r in reports]),
    )
    stages = {k: sum(r.timings[k] for r in reports) for k in ("normalize", "summarize", "translate", "check")}
    words = sum(len(syllables(t)) for t in [*summaries, *english])
    return Result(
        suite="regional",
        corpus=corpus_of(articles, quick),
        system=pipeline.signature,
        outcomes=outcomes,
        baselines=run_baselines(articles),
        timings={
            **stages,
            "articles_seconds": middle - start,
            "seconds_per_article": (middle - start) / len(articles),
            "words_per_second": words / (middle - start),
            "translation_seconds": end - middle,
            "peak_memory_mb": peak_memory_mb(),
        },
    )


def judge_summaries(
    system: str, articles: Sequence[EvalArticle], outputs: Sequence[str], checker: Checker
) -> Outcome:
    """Score Vietnamese summaries of the articles."""
    samples = [
        Sample(a.id, a.article, out, (a.summary_vi,), a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    alerts = [checker.check_summary(a.article, out) for a, out in zip(articles, outputs, strict=True)]
    return evaluate("summary", "summary", system, samples, alerts)


def judge_translations(
    system: str, articles: Sequence[EvalArticle], outputs: Sequence[str], checker: Checker
) -> Outcome:
    """Score English translations of the reference summaries."""
    samples = [
        Sample(a.id, a.summary_vi, out, a.references_en, a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    alerts = [checker.check_translation(a.summary_vi, out) for a, out in zip(articles, outputs, strict=True)]
    return evaluate("translation", "translation", system, samples, alerts)


def judge_end_to_end(
    system: str,
    articles: Sequence[EvalArticle],
    outputs: Sequence[str],
    alerts: Sequence[Sequence[Alert]] = (),
) -> Outcome:
    """Score English summaries of the articles, whichever way they came about."""
    samples = [
        Sample(a.id, a.article, out, a.references_en, a.summary_vi, a.key_facts, _tags(a))
        for a, out in zip(articles, outputs, strict=True)
    ]
    return evaluate("end-to-end", "end-to-end", system, samples, alerts)


def translate_texts(pipeline: Pipeline, texts: Sequence[str]) -> list[str]:
    """Translate whole texts, sentence by sentence, all sentences together."""
    sentences = [[text[s.start : s.end] for s in split_sentences(text)] for text in texts]
    flat = iter(pipeline.translator.translate([s for group in sentences for s in group]))
    return [" ".join(t.text for t in itertools.islice(flat, len(group))) for group in sentences]


def run_baselines(articles: Sequence[EvalArticle]) -> Mapping[str, Mapping[str, tuple[Score, ...]]]:
    """The simple systems on the same articles."""
    normalized = [normalize(a.article) for a in articles]
    summaries = {name: [extract(n, e) for n in normalized] for name, e in EXTRACTORS.items()}
    summaries["oracle-3 (sees the reference)"] = [
        extract(n, lambda sentences, r=a.summary_vi: oracle(sentences, r))  # type: ignore[misc]
        for n, a in zip(normalized, articles, strict=True)
    ]
    glossary = Glossary.official()
    words = [word_for_word(a.summary_vi, glossary) for a in articles]

    def scores(outputs: Sequence[str], task: str) -> tuple[Score, ...]:
        if task == "summary":
            samples = [
                Sample(a.id, a.article, o, (a.summary_vi,), a.summary_vi, a.key_facts)
                for a, o in zip(articles, outputs, strict=True)
            ]
            return tuple(score(samples, metrics_for("summary")))
        samples = [
            Sample(a.id, a.summary_vi, o, a.references_en, a.summary_vi, a.key_facts)
            for a, o in zip(articles, outputs, strict=True)
        ]
        # TER searches long for shifts between texts as different as these.
        return tuple(score(samples, [m for m in metrics_for("translation") if m.name != "TER"]))

    return {
        "summary": {name: scores(outputs, "summary") for name, outputs in summaries.items()},
        "translation": {"glossary word for word": scores(words, "translation")},
    }


def _tags(article: EvalArticle) -> dict[str, str]:
    size = len(syllables(article.article))
    length = (
        "short (under 300)" if size < 300 else "middle (300-499)" if size < 500 else "long (500 and more)"
    )
    return {"theme": article.theme, "era": article.era, "length": length}


def _checker() -> Checker:
    return Checker(Glossary.official())


def _finished(report: object) -> Report:
    if not isinstance(report, Report):
        raise DataError(f"An article of the evaluation set cannot be processed: {report}")
    return report
