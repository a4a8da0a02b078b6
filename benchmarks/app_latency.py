"""What a visitor waits for, measured in a real Chromium on this machine.

    python -m benchmarks.app_latency [FILE] [RUNS]

Serves the page with the shipped model, opens it, and sends the article RUNS times with Ctrl+Enter, each time on
the warm model. Prints when the page could be used, when the first words stood on it, when the summary, when all
of it. Times are taken inside the page at each change of it. Browser, server and model share the machine.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STAGES = {
    "first words (the article, read and cleaned)": "#source [data-source]",
    "summary": '#result [data-part="summary"]',
    "first translated sentence": '#result [data-part="translation"]:not(:has(.pending))',
    "all of it": "#editor",
}
# The page itself writes down when each stage is first in it.
WATCH = """stages => {
  window.seen = {};
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) { window.pressed = performance.now(); window.seen = {}; }
  }, true);
  const look = () => {
    for (const [name, where] of Object.entries(stages)) {
      const there = document.querySelector(where);
      if (there && there.offsetParent && there.textContent.trim() && window.pressed && !(name in window.seen))
        window.seen[name] = (performance.now() - window.pressed) / 1000;
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def usable(page: Page, url: str) -> float:
    """Seconds from asking for the page until its script has run and the article box takes text."""
    start = time.monotonic()
    page.goto(url)
    page.wait_for_selector("html[data-ready] #article textarea")
    return time.monotonic() - start


def run(page: Page, text: str) -> dict[str, float]:
    """Seconds from Ctrl+Enter to each stage."""
    if page.locator("#new-article").is_visible():
        page.click("#new-article")
    page.wait_for_selector("#editor", state="hidden")
    page.wait_for_selector("#source", state="hidden")
    page.fill("#article textarea", text)
    page.press("#article textarea", "Control+Enter")
    page.wait_for_selector("#editor", state="visible")
    page.wait_for_function("n => Object.keys(window.seen).length === n", arg=len(STAGES))
    seen: dict[str, float] = page.evaluate("window.seen")
    return seen


def main(article: Path, runs: int) -> None:
    """Measure and print."""
    from ntmsum.app import launch

    text = article.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["NTMSUM_BATCH_FOLDER"] = folder
        server = launch(port=0, block=False)
        while httpx.get(f"{server.url}/health").json()["model"] != "loaded":
            time.sleep(0.2)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.set_default_timeout(180_000)
        first = usable(page, server.url)
        loads = [usable(page, server.url) for _ in range(3)]
        page.evaluate(WATCH, STAGES)
        run(page, text)  # whatever is done once is done
        before = time.process_time()
        results = [run(page, text) for _ in range(runs)]
        work = (time.process_time() - before) / runs
        browser.close()
        server.close()
    print(f"page usable after {first:.2f} s the first time, {statistics.median(loads):.2f} s again")
    for stage in STAGES:
        seconds = [result[stage] for result in results]
        print(
            f"{stage}: median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s of {runs} runs"
        )
    print(f"computing time of server and model, without the browser: {work:.1f} s a run")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {article.name}")


if __name__ == "__main__":
    examples = sorted((ROOT / "examples").glob("*.txt"))
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else examples[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    )
