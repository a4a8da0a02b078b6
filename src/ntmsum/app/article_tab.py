"""The article tab: an article goes in; summary, translation and alerts appear as they are made."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import gradio as gr

from ntmsum.alerts import Language
from ntmsum.app import revise
from ntmsum.app.article_view import ArticleView, removal_choices
from ntmsum.app.downloads import save_files
from ntmsum.app.failures import explain
from ntmsum.app.files import read_file
from ntmsum.app.logs import log
from ntmsum.app.marks import find_marks
from ntmsum.app.messages import decimal, message
from ntmsum.app.render import render_article, render_empty, render_notice, render_result, render_stage
from ntmsum.app.service import Service, Waiting, own_glossary
from ntmsum.app.stops import Stops
from ntmsum.normalize import MAX_BYTES
from ntmsum.pipeline import Pipeline
from ntmsum.report import Report
from ntmsum.summarize import Length

Updates = dict[Any, Any]
Rows = list[list[str]]


class ArticleTab:
    """The tab's behaviour.

    Args:
        view: its components.
        service: the shared model.
        limit: largest file, in bytes.
    """

    def __init__(self, view: ArticleView, service: Service, limit: int) -> None:
        self.view = view
        self._service = service
        self._limit = limit
        self._stops = Stops()

    def connect(self, language: gr.Component, own: gr.BrowserState) -> None:
        """Attach the behaviour to the components.

        Args:
            language: the component that holds the interface language.
            own: the visitor's own terms.
        """
        view = self.view
        shared: dict[str, Any] = {
            "outputs": view.shown,
            # The line of visitors is the service's.
            "concurrency_limit": None,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        view.run.click(self.run, [view.text, view.length, own, language], **shared)
        view.put_back.click(self.put_back, [view.report, view.removed, view.length, own, language], **shared)
        view.translate_again.click(self.translate_again, [view.report, view.summary, own, language], **shared)
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        view.stop.click(self.stop, None, None, **private)
        view.check_again.click(
            self.check_again, [view.report, view.translation, own, language], view.shown, **private
        )
        view.file.upload(
            self.open_file, [view.file, language], [view.text, view.file, view.status], **private
        )
        view.edit_article.click(self.edit_article, None, [view.write, view.read], **private)
        view.new_article.click(self.new_article, language, [view.text, *view.shown], **private)
        for button, text in view.examples:
            button.click(lambda text=text: text, None, view.text, **private)
        gr.on(
            [view.text.change, language.change],  # type: ignore[attr-defined]
            None,
            [view.text, language],
            view.count,
            js="(text, language) => ntmsum.count(text, language)",
            **private,
        )

    def run(
        self, text: str, length: Length, own: Rows, language: Language, request: gr.Request
    ) -> Iterator[Updates]:
        """Summarize, translate and check an article, showing each step."""
        if not text or not text.strip():
            yield self._notice(message("nothing", language))
        elif too_large(text):
            yield self._notice(message("too_long", language, n=f"{MAX_BYTES:,}"))
        else:
            yield from self._work(lambda pipeline: pipeline.stream(text, length), own, language, request)

    def put_back(
        self,
        report: Report | None,
        chosen: list[int],
        length: Length,
        own: Rows,
        language: Language,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Summarize the article again with some of what was removed."""
        if report is None:
            return
        article = revise.put_back(report.article, [i for i in chosen if 0 <= i < len(report.article.removed)])
        yield from self._work(
            lambda pipeline: revise.summarize_again(article, length, pipeline), own, language, request
        )

    def translate_again(
        self, report: Report | None, text: str, own: Rows, language: Language, request: gr.Request
    ) -> Iterator[Updates]:
        """Translate the edited summary."""
        if report is None or report.summary is None:
            return
        yield from self._work(
            lambda pipeline: revise.rewrite_summary(report, text, pipeline), own, language, request
        )

    def check_again(self, report: Report | None, text: str, own: Rows, language: Language) -> Updates:
        """Check the edited translation."""
        if report is None or report.summary is None:
            return {}
        checker = self._service.checker(own_glossary(own), language)
        try:
            report = revise.rewrite_translation(report, text, checker)
        except Exception as error:
            return self._notice(explain(error, language))
        return self._show(report, own, language) | self._finished(report, language, "")

    def stop(self, request: gr.Request) -> None:
        """End what the visitor has under way."""
        self._stops.stop(_visitor(request))

    def open_file(self, path: str | None, language: Language) -> tuple[Any, None, str]:
        """A dropped file's text in the article box."""
        if path is None:
            return gr.skip(), None, ""
        try:
            return read_file(Path(path), self._limit, language), None, ""
        except Exception as error:
            return gr.skip(), None, render_notice("error", explain(error, language))
        finally:
            Path(path).unlink(missing_ok=True)

    def edit_article(self) -> tuple[Any, Any]:
        """Back to the text box, with the text still in it."""
        return gr.update(visible=True), gr.update(visible=False)

    def new_article(self, language: Language, request: gr.Request) -> Updates:
        """Everything as when the page was opened."""
        self.stop(request)
        return self._empty(language)

    def _empty(self, language: Language) -> Updates:
        view = self.view
        hidden = gr.update(visible=False)
        return {
            view.text: "",
            view.status: "",
            view.result: render_empty(language),
            view.report: None,
            view.write: gr.update(visible=True),
            view.stop: gr.update(interactive=False),
            **dict.fromkeys((view.read, view.take_away, view.editor, view.removed_box), hidden),
        }

    def open_report(
        self, report: Report | None, text: str, fault: str, own: Rows, language: Language
    ) -> Updates:
        """A report that was made elsewhere, to look at and edit; without one its text, with the reason."""
        view = self.view
        fresh = self._empty(language) | {view.text: text}
        if report is None:
            return fresh | (self._notice(fault) if fault else {})
        status = _reading(report, language)
        return fresh | self._show(report, own, language) | self._finished(report, language, status)

    def relabel(self, report: Report | None, own: Rows, language: Language) -> tuple[str, str, str]:
        """Result, article and status in another interface language; the alerts are worded anew."""
        if report is None:
            return render_empty(language), "", ""
        if report.translation and "check" in report.timings:
            report = revise.check_again(report, self._service.checker(own_glossary(own), language))
        marks = find_marks(report, self._service.glossary(own_glossary(own)))
        status = render_stage(_reading(report, language))
        return render_result(report, marks, language), render_article(report, marks, language), status

    def _work(
        self,
        work: Callable[[Pipeline], Iterator[Report]],
        own: Rows,
        language: Language,
        request: gr.Request,
    ) -> Iterator[Updates]:
        view, service = self.view, self._service
        start = time.monotonic()
        report: Report | None = None
        terms = own_glossary(own)
        idle = gr.update(interactive=False)
        yield self._stage(message("begun", language)) | {
            view.stop: gr.update(interactive=True),
            view.take_away: gr.update(visible=False),
            view.editor: gr.update(visible=False),
        }
        steps = service.steps(lambda: work(service.personal(terms, language)))
        try:
            with self._stops.sign(_visitor(request)) as stopped, closing(steps):
                for step in steps:
                    if stopped.is_set():
                        yield self._stage(message("stopped", language)) | {view.stop: idle}
                        return
                    if not isinstance(step, Waiting):
                        report = step
                        shown = self._show(report, own, language)
                        yield shown | self._stage(self._progress(report, start, language))
                        continue
                    if step.ahead:
                        start = time.monotonic()
                    yield self._stage(self._progress(report, start, language, step.ahead))
        except Exception as error:
            yield self._notice(explain(error, language)) | {view.stop: idle}
            return
        assert report
        seconds = time.monotonic() - start
        done = message("done", language, s=decimal(seconds, language))
        log(
            "article done",
            seconds=round(seconds, 2),
            characters=len(report.article.source),
            alerts=len(report.alerts),
        )
        yield self._finished(report, language, f"{done} {_reading(report, language)}")

    def _show(self, report: Report, own: Rows, language: Language) -> Updates:
        """The report as far as it has come."""
        view = self.view
        marks = find_marks(report, self._service.glossary(own_glossary(own)))
        return {
            view.report: report,
            view.result: render_result(report, marks, language),
            view.article: render_article(report, marks, language),
            view.write: gr.update(visible=False),
            view.read: gr.update(visible=True),
        }

    def _finished(self, report: Report, language: Language, status: str) -> Updates:
        """What can be done with a finished report: take it away, edit it, put removed text back."""
        view = self.view
        assert report.summary and report.translation
        files = save_files(report, language)
        return {
            view.status: render_stage(status),
            view.stop: gr.update(interactive=False),
            view.take_away: gr.update(visible=True),
            **dict(zip(view.downloads, (gr.update(value=path) for path in files), strict=True)),
            view.editor: gr.update(visible=True),
            view.summary: "\n".join(s.text for s in report.summary.sentences),
            view.translation: "\n".join(s.text for s in report.translation.sentences),
            view.removed: gr.update(choices=removal_choices(report.article.removed), value=[]),
            view.removed_box: gr.update(visible=bool(report.article.removed)),
        }

    def _stage(self, text: str) -> Updates:
        return {self.view.status: render_stage(text)}

    def _notice(self, text: str) -> Updates:
        return {self.view.status: render_notice("error", text)}

    def _progress(self, report: Report | None, start: float, language: Language, ahead: int = 0) -> str:
        seconds = int(time.monotonic() - start)
        if ahead:
            return message("waiting", language, n=ahead)
        if not self._service.loaded:
            return message("loading", language, s=seconds)
        if report is None:
            return message("begun", language)
        if report.summary is None:
            return message("summarizing", language, s=seconds)
        done = len(report.translation.sentences) if report.translation else 0
        total = len(report.summary.sentences)
        if done < total:
            return message("translating", language, i=done + 1, n=total, s=seconds)
        return message("checking", language, s=seconds)


def _visitor(request: gr.Request) -> str:
    return request.session_hash or ""


def too_large(text: str) -> bool:
    """True for more text than an article may have."""
    return len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES


def _reading(report: Report, language: Language) -> str:
    """How much of the article was read, when it was not all."""
    summary, total = report.summary, len(report.article.sentences)
    if summary is None or not summary.tokens_dropped:
        return ""
    if summary.read:
        return message("read_part", language, i=len(summary.read), n=total)
    share = 1 - summary.tokens_dropped / max(1, summary.tokens)
    return message("read_share", language, p=max(1, round(100 * share)))
