"""What a model would answer to one article of our own, so that only the page is tested."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ntmsum.checks import Checker
from ntmsum.engines import Completion, Decoding, Prompt
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator
from scripted import ENTRY, ScriptedEngine

# What the summary takes over, and speech, which it leaves out.
SUMMARY = (
    "Ngày 12/10, UBND huyện Yên Phú khai trương chợ phiên tại xã Lộc Hòa với 46 gian hàng của nông dân. "
    "Mỗi gian hàng được hỗ trợ 3,5 triệu đồng."
)
ARTICLE = "\n\n".join(
    (
        "Yên Phú mở thêm chợ phiên cuối tuần",
        f"(Báo Tây Sơn) - {SUMMARY}",
        "“Tuần nào tôi cũng đi chợ. Rau bán hết từ sớm”, bà Trần Thị Mận nói.",
        "Ảnh: Lê Hoài",
    )
)
# By the first words of the Vietnamese. The second sentence carries a wrong figure: there is something to alert to.
ENGLISH = {
    "Ngày 12/10": "On October 12, the People's Committee of Yen Phu District opened a weekly market "
    "in Loc Hoa Commune with 46 stalls.",
    "Sáng 12/10": "On October 12, the People's Committee of Yen Phu District opened a market with 46 stalls.",
    "Mỗi gian hàng": "Each stall receives VND 35 million.",
    "Mỗi gian": "Each stall is supported with VND 3.5 million.",
}


# The summary, its two sentences, and the wrong one again with a wider beam.
PROMPTS = 4


class PageEngine(ScriptedEngine):
    """The script's engine; it can be made to wait for a permit before each decoding."""

    def __init__(self) -> None:
        super().__init__(
            lambda asked, options: [SUMMARY if "3,5 triệu" in asked else SUMMARY.split(". ")[0] + "."],
            lambda asked, options: [
                next((en for vi, en in ENGLISH.items() if asked.startswith(vi)), "A new one.")
            ],
        )
        self.permits: threading.Semaphore | None = None
        self.most_running = 0
        self._running = 0

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        if not prompts:
            return []
        self._running += 1
        self.most_running = max(self.most_running, self._running)
        try:
            if self.permits is not None:
                self.permits.acquire(timeout=20)
            return super().generate(prompts, options)
        finally:
            self._running -= 1


def scripted_pipeline(engine: PageEngine) -> Pipeline:
    terms = Glossary.official()
    return Pipeline(normalize, Summarizer(engine, ENTRY), Translator(engine, ENTRY, terms), Checker(terms))


def run(page, text=ARTICLE):
    """Paste an article and start."""
    page.fill("#article textarea", text)
    page.press("#article textarea", "Control+Enter")


def finished(page):
    """Wait until the work is done."""
    page.wait_for_selector("#editor", state="visible")
    return page


def sentences(page, part):
    return page.locator(f'#result [data-part="{part}"]')


def open_tab(page, name):
    """Open a tab and wait for what is in it."""
    tab = page.get_by_role("tab", name=name, exact=True)
    tab.click()
    page.wait_for_function("tab => tab.getAttribute('aria-selected') === 'true'", arg=tab.element_handle())


class ScriptedLoad:
    """Loads the scripted pipeline: here over a given engine, in a batch's worker over one of its own.

    Args:
        engine: answers here.
        gate: a file; while it exists, the worker waits before each article.
    """

    def __init__(self, engine: PageEngine | None = None, gate: Path | None = None) -> None:
        self.engine = engine
        self.gate = gate

    def __call__(self) -> Pipeline:
        if self.engine is not None:
            return scripted_pipeline(self.engine)
        pipeline = scripted_pipeline(PageEngine())
        return replace(pipeline, normalizer=self._normalize)

    def __reduce__(self):
        return ScriptedLoad, (None, self.gate)

    def _normalize(self, text):
        while self.gate is not None and self.gate.exists():
            time.sleep(0.02)
        return normalize(text)
