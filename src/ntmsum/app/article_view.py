"""What the article tab is made of, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from ntmsum.alerts import Language
from ntmsum.app.downloads import FORMATS
from ntmsum.app.messages import Captions, message
from ntmsum.app.render import render_empty

_LENGTHS = ("short", "medium", "long")
_LONGEST_CAPTION = 24


class ArticleView:
    """The components of the tab, laid out; to be made inside a ``gr.Blocks``.

    Args:
        captions: collects the words on the components.
        examples: articles to click.
    """

    def __init__(self, captions: Captions, examples: Sequence[str]) -> None:
        self.examples: list[tuple[Any, str]] = []
        self.report = gr.State(None, time_to_live=3600)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5, min_width=300):
                self._write(captions, examples)
                self._read(captions)
                self.length = captions.add_made(gr.Radio(elem_id="length", value="medium"), length_choices)
                with gr.Row():
                    self.run = captions.add(gr.Button(variant="primary", elem_id="run", scale=3), value="run")
                    self.stop = captions.add(
                        gr.Button(variant="stop", elem_id="stop", interactive=False, min_width=90),
                        value="stop",
                    )
            with gr.Column(scale=7, min_width=300):
                self.status = gr.HTML(elem_id="status")
                self.result = gr.HTML(render_empty(captions.language), elem_id="result")
                self._take_away(captions)
                self._edit(captions)

    def _write(self, captions: Captions, examples: Sequence[str]) -> None:
        with gr.Column() as self.write:
            self.text = captions.add(
                gr.Textbox("", lines=11, max_lines=20, elem_id="article"),
                label="article",
                placeholder="article_hint",
            )
            self.count = gr.HTML(message("count_none", captions.language), elem_id="count")
            self.file = captions.add(
                gr.File(file_types=[".txt", ".html", ".htm", ".docx"], height=64, elem_id="file"),
                label="file",
            )
            if examples:
                captions.add(gr.Markdown(elem_classes="label"), value="examples")
                with gr.Row(elem_id="examples"):
                    for text in examples:
                        button = gr.Button(_caption(text), size="sm", min_width=110)
                        self.examples.append((button, text))

    def _read(self, captions: Captions) -> None:
        with gr.Column(visible=False) as self.read:
            self.article = gr.HTML(elem_id="source")
            with gr.Row():
                self.edit_article = captions.add(
                    gr.Button(size="sm", elem_id="edit-article"), value="edit_article"
                )
                self.new_article = captions.add(
                    gr.Button(size="sm", elem_id="new-article"), value="new_article"
                )
            self.removed_box = captions.add(
                gr.Accordion(open=False, visible=False, elem_id="removed"), label="removed"
            )
            with self.removed_box:
                self.removed = captions.add(gr.CheckboxGroup(), label="removed_info")
                self.put_back = captions.add(gr.Button(size="sm", elem_id="put-back"), value="put_back")

    def _take_away(self, captions: Captions) -> None:
        with gr.Row(visible=False, elem_id="downloads") as self.take_away:
            self.downloads = [
                captions.add_made(
                    gr.DownloadButton(size="sm", min_width=90, elem_id=f"download-{kind}"),
                    lambda language, kind=kind: {"label": message("download", language, kind=f".{kind}")},  # type: ignore[misc]
                )
                for kind in FORMATS
            ]

    def _edit(self, captions: Captions) -> None:
        self.editor = captions.add(gr.Accordion(open=False, visible=False, elem_id="editor"), label="edit")
        with self.editor, gr.Row():
            with gr.Column(min_width=280):
                self.summary = captions.add(
                    gr.Textbox("", lines=5, elem_id="edit-summary"), label="edit_summary"
                )
                self.translate_again = captions.add(
                    gr.Button(size="sm", elem_id="translate-again"), value="translate_again"
                )
            with gr.Column(min_width=280):
                self.translation = captions.add(
                    gr.Textbox("", lines=5, elem_id="edit-translation"), label="edit_translation"
                )
                self.check_again = captions.add(
                    gr.Button(size="sm", elem_id="check-again"), value="check_again"
                )

    @property
    def shown(self) -> list[Any]:
        """Every component that showing a report may change."""
        return [
            self.status, self.result, self.article, self.write, self.read, self.report, self.stop,
            self.removed_box, self.removed, self.take_away, *self.downloads, self.editor, self.summary,
            self.translation,
        ]  # fmt: skip


def length_choices(language: Language) -> dict[str, Any]:
    """Label and choices of a summary's length."""
    return {
        "choices": [(message(n, language), n) for n in _LENGTHS],
        "label": message("length", language),
    }


def removal_choices(removed: Sequence[Any]) -> list[tuple[str, int]]:
    """Removals as choices: what was left out, shortened, and the rule that did it."""
    return [(f"{_shortened(r.text, 90)} [{r.rule}]", i) for i, r in enumerate(removed)]


def _caption(article: str) -> str:
    return _shortened(article.strip().splitlines()[0], _LONGEST_CAPTION)


def _shortened(text: str, limit: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
