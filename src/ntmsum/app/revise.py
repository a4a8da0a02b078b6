"""An editor's changes to a report: removed text put back, the summary or the translation rewritten."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ntmsum.article import Article, Sentence, Span
from ntmsum.checks import Checker
from ntmsum.errors import InputError
from ntmsum.glossary import check_official
from ntmsum.normalize import sentence_texts, split_sentences
from ntmsum.pipeline import Pipeline
from ntmsum.reading import find_evidence
from ntmsum.report import Report
from ntmsum.summarize import Length, SummarySentence
from ntmsum.translate import TranslatedSentence, Translation


def put_back(article: Article, chosen: Collection[int]) -> Article:
    """The article with some of its removals as sentences again, where they stood.

    Args:
        article: a normalized article.
        chosen: indices into ``article.removed``.
    """
    pieces = list(article.sentences)
    for i in sorted(chosen):
        removal = article.removed[i]
        text = removal.text
        for span in split_sentences(text):
            place = Span(removal.span.start + span.start, removal.span.start + span.end)
            pieces.append(Sentence(" ".join(text[span.start : span.end].split()), place, -1))
    pieces.sort(key=lambda s: s.span.start)
    return replace(
        article,
        sentences=tuple(_with_paragraphs(pieces)),
        removed=tuple(r for i, r in enumerate(article.removed) if i not in chosen),
    )


def _with_paragraphs(pieces: Sequence[Sentence]) -> Iterator[Sentence]:
    """Paragraphs numbered anew; what was put back is one of its own."""
    number = -1
    before: int | None = None
    for piece in pieces:
        if piece.paragraph != before:
            number += 1
        before = piece.paragraph
        yield replace(piece, paragraph=number)


def summarize_again(article: Article, length: Length, pipeline: Pipeline) -> Iterator[Report]:
    """The report on an article that is normalized already, as it grows."""
    return replace(pipeline, normalizer=lambda _: article).stream("", length)


def rewrite_summary(report: Report, text: str, pipeline: Pipeline) -> Iterator[Report]:
    """The report with an edited summary: only sentences that changed are translated again.

    Args:
        report: a report with a summary.
        text: the edited summary.
        pipeline: translates and checks.

    Yields:
        The report as each sentence is translated; the last one is checked.

    Raises:
        InputError: nothing is left of the summary.
    """
    assert report.summary
    sentences = sentence_texts(text)
    if not sentences:
        raise InputError("The summary is empty: write at least one sentence, or summarize again.")
    article = [s.text for s in report.article.sentences]
    summary = replace(
        report.summary,
        sentences=tuple(SummarySentence(s, find_evidence(s, article)) for s in sentences),
        faults=(),
        fallback="edited by hand",
    )
    known = {s.source: s for s in report.translation.sentences} if report.translation else {}
    report = replace(report, summary=summary, translation=None, alerts=(), timings=_until_summary(report))
    yield report
    done: tuple[TranslatedSentence, ...] = ()
    for sentence in sentences:
        done += (known.get(sentence) or pipeline.translator.translate([sentence])[0],)
        yield (report := replace(report, translation=Translation(done)))
    yield check_again(report, pipeline.checker)


def rewrite_translation(report: Report, text: str, checker: Checker) -> Report:
    """The report with an edited translation, checked.

    Args:
        report: a report with a summary.
        text: the edited English, one line per sentence of the summary.
        checker: checks it.

    Raises:
        InputError: there are not as many lines as sentences.
    """
    assert report.summary
    sources = [s.text for s in report.summary.sentences]
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) != len(sources):
        raise InputError(
            f"The translation has {len(lines)} lines and the summary {len(sources)} sentences: "
            "keep one line for each sentence."
        )
    sentences = tuple(
        TranslatedSentence(
            line, source, check_official(source, line, checker.glossary), fallback="edited by hand"
        )
        for line, source in zip(lines, sources, strict=True)
    )
    return check_again(replace(report, translation=Translation(sentences)), checker)


def check_again(report: Report, checker: Checker) -> Report:
    """The finished report with fresh alerts."""
    assert report.summary and report.translation
    alerts = checker.check(report.article, report.summary, report.translation)
    return replace(report, alerts=tuple(alerts), timings={**report.timings, "check": 0.0})


def _until_summary(report: Report) -> dict[str, float]:
    return {stage: s for stage, s in report.timings.items() if stage in ("normalize", "summarize")}
