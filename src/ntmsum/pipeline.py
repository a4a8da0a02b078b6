"""The one module that knows every stage: text in, Report out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Literal

from ntmsum.alerts import Language
from ntmsum.article import Article
from ntmsum.checks import Checker
from ntmsum.engines import Engine, ModelEntry, find_model, load_engine
from ntmsum.engines.loading import Backend
from ntmsum.errors import NtmsumError
from ntmsum.glossary import Glossary
from ntmsum.languages import ENGLISH
from ntmsum.normalize import normalize
from ntmsum.report import Report
from ntmsum.summarize import Length, Summarizer
from ntmsum.translate import Translation, Translator

DEFAULT_MODEL = "ntm-1"
GROUP = 16


@dataclass(frozen=True)
class Pipeline:
    """The four stages in a row; each is usable alone.

    Args:
        normalizer: text, HTML or bytes → Article.
        summarizer: Articles → Summaries.
        translator: Vietnamese sentences → English sentences.
        checker: Article × Summary × Translation → Alerts.
    """

    normalizer: Callable[[str | bytes], Article]
    summarizer: Summarizer
    translator: Translator
    checker: Checker

    @property
    def signature(self) -> str:
        """Everything that the output depends on beside the input and the length."""
        return (
            f"ntmsum {version('ntmsum')} | {self.summarizer.signature} | "
            f"{self.translator.signature} | checks {self.checker.language}"
        )

    def __call__(self, text: str | bytes, length: Length = "medium") -> Report:
        """Process one article.

        Args:
            text: what was pasted: plain text or HTML; bytes are decoded.
            length: "short", "medium" or "long".

        Raises:
            InputError: the text cannot be processed; the message says why and what to do.
        """
        *_, report = self.stream(text, length)
        return report

    def stream(self, text: str | bytes, length: Length = "medium") -> Iterator[Report]:
        """The report as it grows: article, summary, each translated sentence, alerts."""
        clock = _Clock()
        report = Report(self._signed(length), self.normalizer(text))
        yield (report := replace(report, timings=clock.lap("normalize")))
        summary = self.summarizer.summarize([report.article], length)[0]
        yield (report := replace(report, summary=summary, timings=clock.lap("summarize")))
        translation = Translation((), self.translator.target)
        for sentence in summary.sentences:
            translated = self.translator.translate([sentence.text])
            translation = replace(translation, sentences=(*translation.sentences, *translated))
            yield (report := replace(report, translation=translation, timings=clock.lap("translate")))
        alerts = self.checker.check(report.article, summary, translation)
        yield replace(report, translation=translation, alerts=tuple(alerts), timings=clock.lap("check"))

    def map(
        self,
        texts: Iterable[str | bytes],
        length: Length = "medium",
        errors: Literal["raise", "return"] = "raise",
        group: int = GROUP,
    ) -> Iterator[Report | NtmsumError]:
        """Process many articles, batched across articles; lazy, in order.

        Args:
            texts: the articles.
            length: as for one.
            errors: "return" yields the exception of an article that cannot be processed in its place.
            group: how many articles are read ahead and processed together.

        Raises:
            InputError: on the first such article, after everything before it was yielded, with "raise".
        """
        texts = iter(texts)
        while taken := list(itertools.islice(texts, group)):
            for result in self._group(taken, length):
                if isinstance(result, NtmsumError) and errors == "raise":
                    raise result
                yield result

    def _group(self, texts: list[str | bytes], length: Length) -> list[Report | NtmsumError]:
        clock = _Clock()
        results: list[Article | NtmsumError] = []
        for text in texts:
            try:
                results.append(self.normalizer(text))
            except NtmsumError as error:
                results.append(error)
        clock.lap("normalize")
        articles = [a for a in results if isinstance(a, Article)]
        summaries = self.summarizer.summarize(articles, length)
        clock.lap("summarize")
        flat = [s.text for summary in summaries for s in summary.sentences]
        translated = iter(self.translator.translate(flat))
        clock.lap("translate")
        reports: list[Report] = []
        for article, summary in zip(articles, summaries, strict=True):
            own = tuple(itertools.islice(translated, len(summary.sentences)))
            translation = Translation(own, self.translator.target)
            alerts = self.checker.check(article, summary, translation)
            reports.append(Report(self._signed(length), article, summary, translation, tuple(alerts)))
        # Stages run for the whole group: each report carries its share.
        share = {stage: seconds / max(1, len(reports)) for stage, seconds in clock.lap("check").items()}
        done = iter(replace(r, timings=share) for r in reports)
        return [next(done) if isinstance(r, Article) else r for r in results]

    def _signed(self, length: Length) -> str:
        return f"{self.signature} | {length}"


class _Clock:
    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> dict[str, float]:
        """Add the time since the last lap to a stage; a copy of all stages."""
        now = time.perf_counter()
        self._laps[stage] = self._laps.get(stage, 0.0) + now - self._last
        self._last = now
        return dict(self._laps)


def load_pipeline(
    summarizer: str = DEFAULT_MODEL,
    translator: str = DEFAULT_MODEL,
    *,
    glossary: Glossary | None = None,
    backend: Backend = "auto",
    device: str = "cpu",
    threads: int = 1,
    language: Language = "en",
    to: str = ENGLISH,
) -> Pipeline:
    """Load the models and put the stages together.

    Args:
        summarizer, translator: a registered name (see ``ntmsum models``), or a local model folder.
        glossary: official terms; None takes the shipped glossary.
        backend: "auto", "ctranslate2" or "transformers".
        device: "cpu", "cuda" or "auto".
        threads: threads per decoding on the CPU.
        language: language of the alerts, "en" or "vi".
        to: ISO 639 code of the language to translate into, where the translator has several ("fr", "lo").

    Raises:
        ModelError: a model is unknown or has no such target language, or its weights are missing or altered.
        CacheError: the cache for converted weights cannot be written.
    """
    engines: dict[str, Engine] = {}

    def engine(entry: ModelEntry) -> Engine:
        # One model that does both tasks is loaded once; two folders may bear one name.
        if entry.source not in engines:
            engines[entry.source] = load_engine(entry, backend=backend, device=device, threads=threads)
        return engines[entry.source]

    summarizing = find_model(summarizer, "summarize")
    translating = find_model(translator, "translate").into(to)
    terms = Glossary.official() if glossary is None else glossary
    engine(translating)  # first: where one model does both, this entry also names the target language's token
    return Pipeline(
        normalizer=normalize,
        summarizer=Summarizer(engine(summarizing), summarizing),
        translator=Translator(engine(translating), translating, terms, to),
        checker=Checker(terms, language=language, target=to),
    )
