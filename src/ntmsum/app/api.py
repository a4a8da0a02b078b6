"""The page's work as named endpoints for programs: /summarize, /translate, /check, /batch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, Literal, TypeVar

import gradio as gr
from gradio.events import api as named_endpoint

from ntmsum.app.article_tab import too_large
from ntmsum.app.failures import explain
from ntmsum.app.jobs import Job, Jobs
from ntmsum.app.messages import message
from ntmsum.app.outcomes import save_results
from ntmsum.app.service import Service
from ntmsum.checks import Checker
from ntmsum.errors import InputError
from ntmsum.normalize import MAX_BYTES, sentence_texts
from ntmsum.summarize import Length

F = TypeVar("F", bound=Callable[..., Any])
MOST_SENTENCES = 200
# How often a program is told how far a batch is, in seconds.
FOLLOW = 0.5


def add_endpoints(service: Service) -> None:
    """Add the endpoints; to be called inside a ``gr.Blocks``.

    Args:
        service: the shared model.
    """

    def bounded(text: str, language: Literal["vi", "en"]) -> str:
        if not text.strip():
            raise InputError(message("nothing", language))
        if too_large(text):
            raise InputError(message("too_long", language, n=f"{MAX_BYTES:,}"))
        return text

    def few_sentences(text: str, language: Literal["vi", "en"]) -> list[str]:
        sentences = sentence_texts(bounded(text, language))
        if len(sentences) > MOST_SENTENCES:
            raise InputError(
                f"The text has {len(sentences)} sentences; send at most {MOST_SENTENCES} at a time."
            )
        return sentences

    @_explained
    def summarize(
        text: str, length: Literal["short", "medium", "long"] = "medium", language: Literal["vi", "en"] = "en"
    ) -> dict[str, Any]:
        """Summarize, translate and check one article; the report as in docs/report.md."""
        bounded(text, language)
        *_, report = service.results(lambda: service.personal(None, language).stream(text, length))
        return report.to_json()

    @_explained
    def translate(text: str, language: Literal["vi", "en"] = "en") -> list[dict[str, Any]]:
        """Translate Vietnamese sentence by sentence."""
        sentences = few_sentences(text, language)
        done = service.do(lambda: service.personal(None, language).translator.translate(sentences))
        return [{"vi": s.source, "en": s.text} for s in done]

    @_explained
    def check(
        article: str, summary: str, translation: str, language: Literal["vi", "en"] = "en"
    ) -> list[dict[str, Any]]:
        """Check any system's summary and translation; an empty translation is not checked."""
        # Each sentence is held against the whole article.
        few_sentences(summary, language)
        checker = Checker(service.glossary(None), language=language)
        alerts = checker.check_summary(bounded(article, language), summary)
        if translation.strip():
            alerts += checker.check_translation(summary, bounded(translation, language))
        return [{"kind": a.kind, "severity": a.severity, "message": a.message} for a in alerts]

    named_endpoint(summarize, api_name="summarize", concurrency_limit=None)
    named_endpoint(translate, api_name="translate", concurrency_limit=None)
    named_endpoint(check, api_name="check")


def add_batch_endpoint(jobs: Jobs, most: int) -> None:
    """Add ``/batch``; to be called inside a ``gr.Blocks``.

    Args:
        jobs: the batches on the server.
        most: how many programs may follow a batch at a time.
    """

    def batch(
        file: str | None, length: Length, language: Literal["vi", "en"], job: str
    ) -> Iterator[tuple[dict[str, Any], str | None]]:
        try:
            if file is None and not job:
                raise InputError(message("batch_nothing", language))
            known = jobs.get(job) if file is None else jobs.begin(Path(file), length, [], language)
            if known is None:
                raise InputError(message("batch_gone", language))
            while known.active:
                yield _told(known), None
                time.sleep(FOLLOW)
                known = jobs.get(known.id)
                if known is None:
                    raise InputError(message("batch_gone", language))
            results = jobs.results(known.id)
            yield _told(known), save_results(results, language)[0] if results else None
        except Exception as error:
            raise gr.Error(explain(error, language), print_exception=False) from None

    # Only a component moves an upload, and keeps other paths out.
    file = gr.File(visible=False, label="file", file_types=[".jsonl", ".csv", ".zip"])
    length = gr.Radio(["short", "medium", "long"], value="medium", visible=False, label="length")
    language = gr.Radio(["vi", "en"], value="en", visible=False, label="language")
    job = gr.Textbox("", visible=False, label="job")
    gr.Button(visible=False).click(
        batch,
        [file, length, language, job],
        [gr.JSON(visible=False, label="progress"), gr.File(visible=False, label="results")],
        api_name="batch",
        api_description="Summarize, translate and check a file of articles on the server.",
        concurrency_limit=most,
    )


def _told(job: Job) -> dict[str, Any]:
    return {
        "job": job.id,
        "status": job.status,
        "rows": job.rows,
        "done": job.done,
        "failed": job.failed,
        "rate": round(job.rate, 3),
        "seconds_left": job.seconds_left and round(job.seconds_left, 1),
        "fault": job.fault,
    }


def _explained(endpoint: F) -> F:
    """The endpoint with every exception turned into one that is fit to be sent."""

    @wraps(endpoint)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return endpoint(*args, **kwargs)
        except Exception as error:
            raise gr.Error(explain(error, "en"), print_exception=False) from None

    return guarded  # type: ignore[return-value]
