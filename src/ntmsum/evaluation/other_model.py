"""Another registered model beside the measured one, on the tasks that it can do, and the tests between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ntmsum.checks import Checker
from ntmsum.engines import load_engine
from ntmsum.engines.registry import find_table
from ntmsum.evaluation.articles import EvalArticle
from ntmsum.evaluation.judging import judge_end_to_end, judge_summaries, judge_translations
from ntmsum.evaluation.metrics import compare, metrics_for
from ntmsum.evaluation.metrics.base import rounded
from ntmsum.evaluation.outcome import Outcome
from ntmsum.evaluation.outputs import Outputs
from ntmsum.evaluation.running import LENGTH, with_pipeline, with_summarizer, with_translator
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator


@dataclass(frozen=True, slots=True)
class OtherModel:
    """A loaded model and the stages that it can do.

    Args:
        name: what the user calls it.
        summarizer, translator: None where the model is not made for it.
    """

    name: str
    summarizer: Summarizer | None
    translator: Translator | None

    @property
    def signature(self) -> str:
        """That of its stages."""
        return " | ".join(stage.signature for stage in (self.summarizer, self.translator) if stage)


def load_other(name: str, threads: int = 1) -> OtherModel:
    """Load a registered model, or a local model folder, for every task that it can do.

    Args:
        name: its name; or a folder with a ``model.toml``, such as ``models/ntm-1`` of an earlier checkout.
        threads: threads per decoding on the CPU.

    Raises:
        ModelError: there is no such model, or its weights are missing or altered.
    """
    entry = find_table(name)[0]
    engine = load_engine(entry, threads=threads)
    return OtherModel(
        entry.name,
        Summarizer(engine, entry) if "summarize" in entry.tasks else None,
        Translator(engine, entry, Glossary.official()) if "translate" in entry.tasks else None,
    )


def judge_other(
    other: OtherModel, articles: Sequence[EvalArticle], checker: Checker, outputs: Outputs
) -> list[Outcome]:
    """The other model's outcomes: summaries, translations, and end to end when it can do both.

    Args:
        other: the model.
        articles: what to run it on.
        checker: says what the checks find.
        outputs: where they are kept.

    Raises:
        CacheError: the outputs cannot be kept.
    """
    summarizer, translator = other.summarizer, other.translator
    sources = [a.article for a in articles]
    outcomes = []
    if summarizer and translator:
        pipeline = Pipeline(normalize, summarizer, translator, checker)
        make = with_pipeline(pipeline, LENGTH)
        rows, _ = outputs.complete(pipeline.signature, f"articles {LENGTH}", sources, make)
        english, alerts = [r["english"] for r in rows], [r["alerts"] for r in rows]
        outcomes.append(judge_end_to_end(pipeline.signature, articles, english, alerts))
    elif summarizer:
        make = with_summarizer(summarizer, LENGTH)
        rows, _ = outputs.complete(summarizer.signature, f"summary {LENGTH}", sources, make)
    if summarizer:
        summaries = [r["summary"] for r in rows]
        outcomes.append(judge_summaries(summarizer.signature, articles, summaries, checker))
    if translator:
        make = with_translator(translator)
        rows, _ = outputs.complete(
            translator.signature, "translation", [a.summary_vi for a in articles], make
        )
        english = [r["english"] for r in rows]
        outcomes.append(judge_translations(translator.signature, articles, english, checker))
    return outcomes


def show_against(other: OtherModel, rivals: Sequence[Outcome], outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Every metric of both systems, with the interval of the difference and its tests, ready for JSON.

    Args:
        other: the other model.
        rivals: its outcomes.
        outcomes: those of the measured system, on the same articles.
    """
    theirs = {rival.name: rival for rival in rivals}
    return {
        "name": other.name,
        "system": other.signature,
        "outcomes": {
            ours.name: [
                {k: rounded(v) if isinstance(v, float) else v for k, v in asdict(comparison).items()}
                for metric in metrics_for(ours.task)
                if ours.score(metric.name).value is not None
                and theirs[ours.name].score(metric.name).value is not None
                for comparison in [compare(metric, theirs[ours.name].samples, ours.samples)]
            ]
            for ours in outcomes
            if ours.name in theirs
        },
    }
