"""The page: an article goes in, and the checked summary appears beside it while it is made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import gradio as gr

from ntmsum.app.render import render_error, render_report
from ntmsum.errors import NtmsumError
from ntmsum.pipeline import Pipeline
from ntmsum.tables import load_text

LENGTHS = [("Ngắn · short", "short"), ("Vừa · medium", "medium"), ("Dài · long", "long")]
EMPTY = "<p class='hint'>Bản tóm tắt, bản dịch và cảnh báo sẽ hiện ở đây.<br>Summary, translation and alerts appear here.</p>"


def build_page(load: Callable[[], Pipeline]) -> gr.Blocks:
    """Lay out the page.

    Args:
        load: makes the pipeline; called once, on the first article, and shared by all visitors.
    """
    lock = threading.Lock()
    loaded: list[Pipeline] = []

    def pipeline() -> Pipeline:
        with lock:
            if not loaded:
                loaded.append(load())
        return loaded[0]

    def process(text: str, length: str) -> Iterator[str]:
        yield render_error("info", "Đang tải mô hình… · Loading the models…") if not loaded else ""
        try:
            for report in pipeline().stream(text or "", length):  # type: ignore[arg-type]
                yield render_report(report)
        except NtmsumError as error:
            yield render_error("error", str(error))

    with gr.Blocks(title="ntmsum", fill_width=True) as page:
        gr.Markdown("# ntmsum\nBản tin địa phương → tóm tắt và bản dịch tiếng Anh đã kiểm tra · checked English summaries of regional news")
        with gr.Row(equal_height=False):
            with gr.Column(scale=2, min_width=320):
                text = gr.Textbox(
                    label="Bài báo · Article",
                    placeholder="Dán bài báo tiếng Việt vào đây… · Paste a Vietnamese article here…",
                    lines=16,
                    max_lines=28,
                    elem_id="article",
                )
                length = gr.Radio(LENGTHS, value="medium", label="Độ dài · Length")
                with gr.Row():
                    run = gr.Button("Tóm tắt · Summarize", variant="primary", elem_id="run")
                    stop = gr.Button("Dừng · Stop", elem_id="stop")
            with gr.Column(scale=3, min_width=320):
                result = gr.HTML(EMPTY, elem_id="result", js_on_load=load_text(__package__, "evidence.js"))
        started = run.click(
            process, [text, length], result, api_name="summarize", concurrency_limit=1, show_progress="minimal"
        )
        stop.click(None, cancels=[started], api_visibility="private")
    page.queue(max_size=64)
    return page
