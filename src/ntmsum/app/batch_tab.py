"""The batch tab: a file of articles goes in; the job runs on the server, whoever looks on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from ntmsum.alerts import Language
from ntmsum.app.article_view import length_choices
from ntmsum.app.failures import explain
from ntmsum.app.jobs import Job, Jobs
from ntmsum.app.messages import Captions, message
from ntmsum.app.outcomes import find_result, read_outcomes, revive, save_results, told
from ntmsum.app.render import render_notice
from ntmsum.app.render_batch import render_batch_empty, render_job, render_outcomes
from ntmsum.app.service import Service, own_glossary, sound_rows
from ntmsum.report import Report
from ntmsum.summarize import Length

Updates = dict[Any, Any]
Rows = list[list[str]]
# How often a running batch is looked at, in seconds.
TICK = 1.0


class BatchTab:
    """The tab; to be made inside a ``gr.Blocks``.

    Args:
        captions: collects the words on the components.
        jobs: the batches on the server.
        job: holds the secret name of this browser's batch; outside the tabs, so that it is there before they open.
        timer: ticks while a batch runs; outside the tabs for the same reason.
    """

    def __init__(self, captions: Captions, jobs: Jobs, job: gr.Textbox, timer: gr.Timer) -> None:
        self._jobs = jobs
        self.job = job
        self.timer = timer
        with gr.Row(equal_height=False):
            with gr.Column(scale=3, min_width=300) as self.begin_box:
                self.file = captions.add(
                    gr.File(file_types=[".jsonl", ".csv", ".zip"], height=90, elem_id="batch-file"),
                    label="batch_file",
                )
                captions.add(gr.Markdown(elem_classes="label"), value="batch_hint")
            with gr.Column(scale=2, min_width=300):
                self.length = captions.add_made(
                    gr.Radio(elem_id="batch-length", value="medium"), length_choices
                )
                self.start = captions.add(
                    gr.Button(variant="primary", elem_id="batch-start"), value="batch_start"
                )
        self.status = gr.HTML(elem_id="batch-status")
        with gr.Row(elem_id="batch-actions"):
            self.stop = captions.add(
                gr.Button(size="sm", variant="stop", elem_id="batch-stop", visible=False), value="stop"
            )
            self.go_on = captions.add(
                gr.Button(size="sm", elem_id="batch-go-on", visible=False), value="batch_go_on"
            )
            self.downloads = [
                captions.add_made(
                    gr.DownloadButton(size="sm", visible=False, elem_id=f"batch-{kind}"),
                    lambda language, kind=kind: {"label": message("download", language, kind=f".{kind}")},  # type: ignore[misc]
                )
                for kind in ("jsonl", "csv")
            ]
            self.forget = captions.add(
                gr.Button(size="sm", elem_id="batch-forget", visible=False), value="batch_forget"
            )
        self.table = gr.HTML(render_batch_empty(captions.language), elem_id="batch-table")
        # Pressed by the page's script, which knows the row.
        self.row = gr.Textbox(visible=False)
        self.open = gr.Button(elem_id="batch-open", visible="hidden")

    @property
    def shown(self) -> list[Any]:
        """Every component that a batch's progress may change."""
        return [
            self.job, self.timer, self.status, self.table, self.stop, self.go_on, *self.downloads, self.forget,
            self.start, self.file,
        ]  # fmt: skip

    def connect(
        self,
        language: gr.Component,
        own: gr.BrowserState,
        show: Callable[[Report | None, str, str, Rows, Language], Updates],
        outputs: list[Any],
        service: Service,
    ) -> None:
        """Attach the behaviour to the components.

        Args:
            language: the component that holds the interface language.
            own: the visitor's own terms.
            show: updates that open a report, or else a text with a notice, in the article tab.
            outputs: the components that they concern.
            service: words the alerts of an opened row.
        """
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        self.start.click(self.begin, [self.file, self.length, own, language], self.shown, **private)
        self.timer.tick(self.look, [self.job, language], self.shown, **private)
        self.stop.click(self.end, [self.job, language], self.shown, **private)
        self.go_on.click(self.resume, [self.job, language], self.shown, **private)
        self.forget.click(self.drop, [self.job, language], self.shown, **private)
        language.change(self.look, [self.job, language], self.shown, **private)  # type: ignore[attr-defined]

        def open_row(name: str, row: str, terms: Rows, spoken: Language) -> Updates:
            job = self._jobs.get(name)
            if job is None or not row.isdecimal():
                return {self.status: render_notice("error", message("batch_gone", spoken))}
            try:
                article = self._jobs.article(name, int(row))
                results = self._jobs.results(name)
                result = find_result(results, int(row)) if results else {}
                text = article.text if article else ""
                text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text or ""
                if not result.get("report"):
                    return show(None, text, told(result.get("error") or "", spoken), terms, spoken)
                checker = service.checker(own_glossary(terms), spoken)
                return show(revive(result["report"], text, checker), text, "", terms, spoken)
            except Exception as error:
                return {self.status: render_notice("error", explain(error, spoken))}

        self.open.click(
            open_row,
            [self.job, self.row, own, language],
            [*outputs, self.status],
            js="(job, row, own, language) => [job, ntmsum.row, own, language]",
            **private,
        )

    def begin(self, path: str | None, length: Length, own: Rows, language: Language) -> Updates:
        """Start a batch with the uploaded file."""
        if path is None:
            return {self.status: render_notice("error", message("batch_nothing", language))}
        try:
            job = self._jobs.begin(Path(path), length, sound_rows(own), language)
        except Exception as error:
            return {self.status: render_notice("error", explain(error, language)), self.file: None}
        finally:
            Path(path).unlink(missing_ok=True)
        return self._show(job, language) | {self.file: None}

    def look(self, name: str, language: Language) -> Updates:
        """Where the batch stands; the page as at first when there is none."""
        job = self._jobs.get(name)
        if job is not None:
            return self._show(job, language)
        gone = render_notice("info", message("batch_gone", language)) if name else ""
        hidden = gr.update(visible=False)
        return {
            self.job: "",
            self.timer: gr.Timer(active=False),
            self.status: gone,
            self.table: render_batch_empty(language),
            self.start: gr.update(interactive=True),
            **dict.fromkeys((self.stop, self.go_on, self.forget, *self.downloads), hidden),
        }

    def end(self, name: str, language: Language) -> Updates:
        """Stop the batch."""
        if self._jobs.get(name):
            self._jobs.stop(name)
        return self.look(name, language)

    def resume(self, name: str, language: Language) -> Updates:
        """Take up a stopped batch."""
        if self._jobs.get(name):
            self._jobs.go_on(name)
        return self.look(name, language)

    def drop(self, name: str, language: Language) -> Updates:
        """Delete the batch from the server."""
        self._jobs.forget(name)
        return self.look("", language)

    def _show(self, job: Job, language: Language) -> Updates:
        results = self._jobs.results(job.id)
        updates: Updates = {
            self.job: job.id,
            self.timer: gr.Timer(active=job.active),
            self.status: render_job(job, self._jobs.ahead(job.id), language),
            self.stop: gr.update(visible=job.active, interactive=job.status != "stopping"),
            self.go_on: gr.update(visible=job.status in ("stopped", "failed")),
            self.forget: gr.update(visible=not job.active),
            self.start: gr.update(interactive=not job.active),
        }
        if results is None:
            hidden = gr.update(visible=False)
            return updates | {self.table: ""} | dict.fromkeys(self.downloads, hidden)
        updates[self.table] = render_outcomes(list(read_outcomes(results)), language)
        for button, path in zip(self.downloads, save_results(results, language), strict=True):
            updates[button] = gr.update(visible=True, value=path)
        return updates
