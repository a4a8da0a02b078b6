"""The page's work as named endpoints for programs: /summarize, /translate, /check."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar

import gradio as gr
from gradio.events import api as named_endpoint

from ntmsum.app.article_tab import too_large
from ntmsum.app.failures import explain
from ntmsum.app.messages import message
from ntmsum.app.service import Service
from ntmsum.checks import Checker
from ntmsum.errors import InputError
from ntmsum.normalize import MAX_BYTES, split_sentences

F = TypeVar("F", bound=Callable[..., Any])
MOST_SENTENCES = 200


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

    @_explained
    def summarize(
        text: str, length: Literal["short", "medium", "long"] = "medium", language: Literal["vi", "en"] = "en"
    ) -> dict[str, Any]:
        """Summarize, translate and check one article; the report as in docs/report.md."""
        bounded(text, language)
        *_, report = (
            r for r in service.steps(lambda: service.personal(None, language).stream(text, length)) if r
        )
        return report.to_json()

    @_explained
    def translate(text: str, language: Literal["vi", "en"] = "en") -> list[dict[str, Any]]:
        """Translate Vietnamese sentence by sentence."""
        bounded(text, language)
        sentences = [text[s.start : s.end] for s in split_sentences(text)]
        if len(sentences) > MOST_SENTENCES:
            raise InputError(
                f"The text has {len(sentences)} sentences; send at most {MOST_SENTENCES} at a time."
            )
        done = service.do(lambda: service.personal(None, language).translator.translate(sentences))
        return [{"vi": s.source, "en": s.text} for s in done]

    @_explained
    def check(
        article: str, summary: str, translation: str, language: Literal["vi", "en"] = "en"
    ) -> list[dict[str, Any]]:
        """Check any system's summary and translation; an empty translation is not checked."""
        checker = Checker(service.glossary(None), language=language)
        alerts = checker.check_summary(bounded(article, language), bounded(summary, language))
        if translation.strip():
            alerts += checker.check_translation(summary, bounded(translation, language))
        return [{"kind": a.kind, "severity": a.severity, "message": a.message} for a in alerts]

    named_endpoint(summarize, api_name="summarize", concurrency_id="model", concurrency_limit=1)
    named_endpoint(translate, api_name="translate", concurrency_id="model", concurrency_limit=1)
    named_endpoint(check, api_name="check")


def _explained(endpoint: F) -> F:
    """The endpoint with every exception turned into one that is fit to be sent."""

    @wraps(endpoint)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return endpoint(*args, **kwargs)
        except Exception as error:
            raise gr.Error(explain(error, "en"), print_exception=False) from None

    return guarded  # type: ignore[return-value]
