"""Take the pictures of docs/app.md: ``python docs/screenshots/take.py`` (needs Playwright and a Chromium)."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ntmsum.app import launch

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HERE = Path(__file__).parent
SIZES = {1280: 900, 390: 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def archive(folder: str) -> Path:
    """The examples as a batch, with one file that is no article."""
    path = Path(folder) / "articles.zip"
    with zipfile.ZipFile(path, "w") as package:
        for example in sorted(EXAMPLES.glob("*.txt")):
            package.write(example, example.name)
        package.writestr("ghi-chu.txt", "To do: call the office.")
    return path


def take(page: Page, url: str, width: int, articles: Path) -> None:
    """The page empty, with a result, and its other tabs."""
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.set_default_timeout(300_000)
    page.goto(url)
    page.locator("html[data-ready] #examples button").last.wait_for()
    page.wait_for_timeout(1_000)
    page.screenshot(path=HERE / f"empty-{width}.png")
    page.locator("#examples button").last.click()
    page.wait_for_function("document.querySelector('#article textarea').value.length > 500")
    page.locator("#run").click()
    page.locator("#editor").wait_for()
    page.locator('#result [data-part="summary"]').first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_500)
    page.screenshot(path=HERE / f"article-{width}.png", full_page=True)
    page.locator("#theme").click()
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / f"dark-{width}.png", full_page=True)
    page.locator("#theme").click()
    page.get_by_role("tab", name="Nhiều bài").click()
    page.set_input_files("#batch-file input[type=file]", articles)
    page.locator("#batch-file").get_by_text("articles").first.wait_for()
    page.locator("#batch-start").click()
    page.locator("#batch-table tbody tr").first.wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=HERE / f"batch-{width}.png")
    page.get_by_role("tab", name="Thuật ngữ").click()
    page.locator("#terms-query textarea, #terms-query input").fill("nong thon moi")
    page.locator("#try-run").click()
    page.locator("#trial li").first.wait_for()
    page.screenshot(path=HERE / f"terms-{width}.png")
    page.get_by_role("tab", name="Chất lượng").click()
    page.wait_for_timeout(800)
    page.screenshot(path=HERE / f"quality-{width}.png")


def main() -> None:
    """Serve the page with the shipped model and take every picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["NTMSUM_BATCH_FOLDER"] = f"{folder}/batches"
        server = launch(port=0, block=False)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width in SIZES:
            take(browser.new_page(), server.url, width, archive(folder))
        browser.close()
        server.close()


if __name__ == "__main__":
    main()
