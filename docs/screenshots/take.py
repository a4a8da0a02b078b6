"""Take the pictures of docs/app.md: ``python docs/screenshots/take.py`` (needs Playwright and a Chromium)."""

import shutil
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from ntmsum.app import launch

HERE = Path(__file__).parent
SIZES = {1280: 900, 390: 844}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def take(page: Page, url: str, width: int) -> None:
    """The page empty, with a result, and its other tabs."""
    page.set_viewport_size({"width": width, "height": SIZES[width]})
    page.goto(url)
    page.locator("#examples button").last.wait_for()
    page.wait_for_timeout(1_000)
    page.screenshot(path=HERE / f"empty-{width}.png")
    page.locator("#examples button").last.click()
    page.wait_for_function("document.querySelector('#article textarea').value.length > 500")
    page.locator("#run").click()
    page.locator("#editor").wait_for(timeout=120_000)
    page.locator('#result [data-part="summary"]').first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(1_500)
    page.screenshot(path=HERE / f"article-{width}.png", full_page=True)
    page.locator("#theme").click()
    page.wait_for_timeout(500)
    page.screenshot(path=HERE / f"dark-{width}.png", full_page=True)
    page.locator("#theme").click()
    page.get_by_role("tab", name="Thuật ngữ").click()
    page.locator("#terms-query textarea, #terms-query input").fill("nong thon moi")
    page.locator("#try-run").click()
    page.locator("#trial li").first.wait_for(timeout=60_000)
    page.screenshot(path=HERE / f"terms-{width}.png")
    page.get_by_role("tab", name="Chất lượng").click()
    page.wait_for_timeout(800)
    page.screenshot(path=HERE / f"quality-{width}.png")


def main() -> None:
    """Serve the page with the shipped model and take every picture."""
    server = launch(port=0, block=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width in SIZES:
            take(browser.new_page(), server.url, width)
        browser.close()
    server.close()


if __name__ == "__main__":
    main()
