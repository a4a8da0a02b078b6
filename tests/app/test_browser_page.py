"""The page around the article tab in a real browser. What a model would answer is scripted, except in the last test."""

import json

import pytest

from app.conftest import visit
from app.page_script import ARTICLE, finished, open_tab, run, sentences

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


def test_the_language_of_the_page_changes(page):
    run(page)
    finished(page)
    page.get_by_label("English", exact=True).check()
    expect(page.locator("#run")).to_have_text("Summarize and translate")
    expect(page.locator("#result .notice.error")).to_contain_text("The translation says")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for tab in ("Batch", "Terms", "Quality", "Article"):
        open_tab(page, tab)


def test_the_language_is_remembered(page):
    page.get_by_label("English", exact=True).check()
    expect(page.locator("#run")).to_have_text("Summarize and translate")
    for _ in range(3):
        page.reload()
        expect(page.locator("#run")).to_have_text("Summarize and translate")
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.get_by_label("English", exact=True)).to_be_checked()
    page.get_by_label("Tiếng Việt", exact=True).check()
    expect(page.locator("#run")).to_have_text("Tóm tắt và dịch")
    page.reload()
    expect(page.locator("#run")).to_have_text("Tóm tắt và dịch")
    expect(page.get_by_label("Tiếng Việt", exact=True)).to_be_checked()


def test_dark_is_remembered(page):
    before = page.evaluate("document.body.classList.contains('dark')")
    page.click("#theme")
    assert page.evaluate("document.body.classList.contains('dark')") != before
    page.reload()
    page.wait_for_function("before => document.body.classList.contains('dark') != before", arg=before)


def test_own_terms_are_kept_in_the_browser_and_obeyed(page, tmp_path):
    open_tab(page, "Thuật ngữ")
    page.fill("#own-vi textarea, #own-vi input", "chợ phiên")
    page.fill("#own-en textarea, #own-en input", "weekly fair")
    page.click("#own-add")
    expect(page.get_by_label("chợ phiên → weekly fair")).to_be_visible()
    page.fill("#try-sentence textarea", "Xã có chợ phiên.")
    page.click("#try-run")
    expect(page.locator("#trial")).to_contain_text("weekly fair (chưa đúng)")
    page.reload()
    open_tab(page, "Thuật ngữ")
    expect(page.get_by_label("chợ phiên → weekly fair")).to_be_visible()
    (tmp_path / "terms.csv").write_text("vi,en\nlàng nghề,craft village\n", encoding="utf-8")
    page.set_input_files("#own-import input[type=file], input[accept*='.csv']", tmp_path / "terms.csv")
    expect(page.get_by_label("làng nghề → craft village")).to_be_visible()
    with page.expect_download() as download:
        page.click("#own-export")
    assert download.value.path().read_text() == "vi,en\nchợ phiên,weekly fair\nlàng nghề,craft village\n"
    page.get_by_label("chợ phiên → weekly fair").check()
    page.click("#own-remove")
    expect(page.get_by_label("chợ phiên → weekly fair")).to_have_count(0)


def test_the_official_glossary_can_be_searched_without_marks(page):
    open_tab(page, "Thuật ngữ")
    page.fill("#terms-query textarea, #terms-query input", "nong thon moi nang cao")
    expect(page.locator("#terms-found td").first).to_contain_text("nông thôn mới nâng cao")


def test_nothing_hostile_runs_or_breaks_the_page(page):
    hostile = ARTICLE.replace(
        "nông dân.",
        "nông dân <script>pwned=1</script> <img src=x onerror='pwned=2'> ${pwned=3} {{pwned=4}} \u202e.",
    )
    run(page, hostile + "\n\nẢnh: <img src=x onerror=pwned=5>")
    finished(page)
    expect(page.locator("#source")).to_contain_text("<script>pwned=1</script>")
    page.click("#removed button >> nth=0")
    assert page.evaluate("typeof pwned") == "undefined"


def test_a_narrow_screen_needs_no_sideways_scrolling(page):
    page.set_viewport_size({"width": 390, "height": 844})
    run(page)
    finished(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    below = """() => {
        const [first, second] = ["summary", "translation"].map(
            (part) => document.querySelector(`#result [data-part="${part}"]`).getBoundingClientRect());
        return second.top >= first.bottom - 1;
    }"""
    page.wait_for_function(below)  # both measured at one moment: the page may still be moving
    sentences(page, "summary").first.click()
    expect(page.locator("#result .resting")).to_contain_text("46 gian hàng của nông dân")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault(page, tmp_path, dark, width):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
    )
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("dark => ntmsum.theme(dark)", dark)
    faults = []

    def look(where):
        page.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => 0)))")
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
        faults.extend(
            (where, f["id"], node["target"], node["html"][:120])
            for f in found
            if f["impact"] in ("serious", "critical")
            for node in f["nodes"]
        )

    look("empty")
    run(page)
    finished(page)
    page.click("#editor button >> nth=0")
    expect(page.locator("#edit-summary textarea")).to_be_visible()
    look("article")
    open_tab(page, "Nhiều bài")
    expect(page.locator("#batch-table .empty")).to_be_visible()
    look("no batch")
    rows = [{"id": "một", "text": ARTICLE}, {"id": "hai", "text": ""}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page.set_input_files("#batch-file input[type=file]", tmp_path / "in.jsonl")
    expect(page.locator("#batch-file")).to_contain_text("in.jsonl")
    page.click("#batch-start")
    expect(page.locator("#batch-table tbody tr")).to_have_count(2)
    look("batch")
    for tab, there in (("Thuật ngữ", "#terms-found td"), ("Chất lượng", "#method li")):
        open_tab(page, tab)
        expect(page.locator(there).first).to_be_visible()
        look(tab)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not faults, "\n".join(map(str, faults))


def test_the_shipped_model_drives_the_page(browser):
    from ntmsum.app import launch

    server = launch(port=0, block=False)
    try:
        context = browser.new_context()
        page = visit(context, server.url)
        run(page)
        page.wait_for_selector("#editor", state="visible", timeout=300_000)
        assert sentences(page, "summary").count() == sentences(page, "translation").count() > 0
        expect(page.locator("#source .evidence").first).to_be_visible()
        expect(page.locator("#result .notice, #result .overview").first).to_be_visible()
        context.close()
    finally:
        server.close()
