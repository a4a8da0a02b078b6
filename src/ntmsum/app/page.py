"""The page: tabs, language and theme."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from ntmsum.alerts import Language
from ntmsum.app.api import add_batch_endpoint, add_endpoints
from ntmsum.app.article_tab import ArticleTab
from ntmsum.app.article_view import ArticleView
from ntmsum.app.batch_tab import TICK as BATCH_TICK
from ntmsum.app.batch_tab import BatchTab
from ntmsum.app.jobs import Jobs
from ntmsum.app.messages import Captions, message
from ntmsum.app.quality_tab import build_quality_tab
from ntmsum.app.service import Service
from ntmsum.app.settings import Settings
from ntmsum.app.terms_tab import TermsTab
from ntmsum.engines import find_model
from ntmsum.errors import ModelError
from ntmsum.pipeline import DEFAULT_MODEL
from ntmsum.tables import load_text

FIRST_LANGUAGE: Language = "vi"
LANGUAGES = [("Tiếng Việt", "vi"), ("English", "en")]
# Tokens of the shipped model per syllable of news, roughly.
TOKENS_PER_SYLLABLE = 1.5
_HOUR = 3600
_SPARE_THREADS = 60


def build_page(service: Service, jobs: Jobs, settings: Settings) -> gr.Blocks:
    """Lay out the page.

    Args:
        service: the shared model.
        jobs: the batches on the server.
        settings: limits.
    """
    captions = Captions(FIRST_LANGUAGE)
    page = gr.Blocks(title="ntmsum", fill_width=True, delete_cache=(_HOUR, _HOUR))
    with page:
        # Outside the tabs: what lies in a tab is not there before it is opened.
        job = gr.Textbox("", visible=False)
        timer = gr.Timer(BATCH_TICK, active=False)
        own = gr.BrowserState([], storage_key="ntmsum-terms", secret="ntmsum-terms")
        with gr.Row(elem_id="top"):
            gr.HTML("<h1>ntmsum</h1>", elem_id="name")
            captions.add(gr.Markdown(elem_id="tagline"), value="tagline")
            language = gr.Radio(
                LANGUAGES,
                value=FIRST_LANGUAGE,
                label=message("language", "vi"),
                elem_id="language",
                scale=0,
                min_width=240,
            )
            captions.add(gr.Button(size="sm", elem_id="theme", min_width=110, scale=0), value="theme")
        with gr.Tabs(selected="article") as tabs:
            with captions.add(gr.Tab(id="article"), label="tab_article"):
                view = ArticleView(captions, example_articles())
            with captions.add(gr.Tab(id="batch"), label="tab_batch"):
                batch = BatchTab(captions, jobs, job, timer)
            with captions.add(gr.Tab(id="terms"), label="tab_terms"):
                terms = TermsTab(captions, service, own, settings.max_upload)
            with captions.add(gr.Tab(id="quality"), label="tab_quality"):
                build_quality_tab(captions, [_checkout() / "eval", _checkout() / "runs"])
        tab = ArticleTab(view, service, settings.max_upload)
        tab.connect(language, own)
        batch.connect(
            language,
            own,
            lambda *given: {tabs: gr.Tabs(selected="article"), **tab.open_report(*given)},
            [tabs, view.text, *view.shown],
            service,
        )
        terms.connect(page, language)
        add_endpoints(service)
        add_batch_endpoint(jobs, settings.queue)

        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "queue": False}
        language.change(captions.updates, language, captions.components, js="ntmsum.speak", **private)
        language.change(
            tab.relabel,
            [view.report, own, language],
            [view.result, view.article, view.status],
            **private,
        )
        # The script knows what the browser kept: no component needs to be there before it is read.
        page.load(_known_language, language, language, js="ntmsum.start", **private)
        page.load(
            batch.look,
            [job, language],
            batch.shown,
            js="() => [ntmsum.kept('job'), ntmsum.language()]",
            **private,
        )
        job.change(None, job, None, js="ntmsum.keepJob", **private)
    # A visitor in line holds a thread; the line itself is the service's.
    page.max_threads = settings.queue + _SPARE_THREADS
    page.create_limiter()  # type: ignore[no-untyped-call]
    page.queue(max_size=None)
    return page


def head() -> str:
    """What goes into the page's head: its script, with the words that it shows itself."""
    words = {
        code: {key: message(key, code, n="{n}", p="{p}") for key in ("count_none", "count_all", "count_part")}
        for code in ("vi", "en")
    }
    facts = json.dumps({"words": words, "readable": _readable_syllables()}, ensure_ascii=True)
    return f"<script>const ntmsumFacts = {facts};\n{load_text(__package__, 'page.js')}</script>"


def theme() -> gr.themes.Base:
    """Gradio's theme in the visitor's own fonts: they hold every Vietnamese letter, the built-in one does not."""
    fonts = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "DejaVu Sans", "sans-serif")
    plain = gr.themes.Default(
        primary_hue="blue", font=fonts, font_mono=("ui-monospace", "Consolas", "monospace")
    )
    # White on the stock blue has too little contrast (WCAG AA asks for 4.5).
    return plain.set(
        button_primary_background_fill="*primary_600", button_primary_background_fill_hover="*primary_700"
    )


def example_articles() -> Sequence[str]:
    """The articles in ``examples/`` of the checkout; none when the package is installed without it."""
    folder = _checkout() / "examples"
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]


def _checkout() -> Path:
    """Where examples and evaluations lie; a folder that may not exist when the package was installed alone."""
    return Path(__file__).resolve().parents[3]


def _known_language(kept: str) -> str:
    return kept if kept in ("vi", "en") else FIRST_LANGUAGE


def _readable_syllables() -> int | None:
    """How much of an article the model reads; None where its own sentences are weighed, which is all of it."""
    try:
        entry = find_model(DEFAULT_MODEL, "summarize")
    except ModelError:
        return None
    return None if entry.last_resort else int(entry.read_tokens / TOKENS_PER_SYLLABLE)
