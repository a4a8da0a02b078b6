"""The page in a real browser. What a model would answer is scripted, except in the last test."""

import shutil
import threading
import zipfile

import pytest

from app.page_script import ARTICLE, SUMMARY, PageEngine, scripted_pipeline

pytestmark = pytest.mark.slow

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser: install one of {', '.join(BROWSERS)}")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def script() -> PageEngine:
    return PageEngine()


@pytest.fixture(scope="module")
def url(script):
    from ntmsum.app import launch

    server = launch(port=0, block=False, load=lambda: scripted_pipeline(script))
    yield server.url
    server.close()


@pytest.fixture
def context(browser, url, script):
    """A fresh visitor, kept from the outside; ends with what the visitor's browser asked for outside."""
    script.permits = None
    script.prompts.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    outside, errors = [], []

    def guard(route):
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def page(context, url):
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("#article textarea")
    return page


def run(page, text=ARTICLE):
    page.fill("#article textarea", text)
    page.press("#article textarea", "Control+Enter")


def finished(page):
    expect(page.locator("#editor")).to_be_visible(timeout=30_000)
    return page


def sentences(page, part):
    return page.locator(f'#result [data-part="{part}"]')


def test_a_pasted_article_becomes_a_checked_translation(page):
    run(page)
    finished(page)
    expect(sentences(page, "summary")).to_have_count(2)
    expect(sentences(page, "translation").first).to_contain_text("On October 12")
    expect(page.locator("#result .notice.error")).to_contain_text("35 million VND")
    expect(page.locator("#result .overview")).to_contain_text("1 lỗi")


def test_clicking_a_sentence_lights_its_evidence_and_its_translation(page):
    run(page)
    finished(page)
    sentences(page, "summary").first.click()
    expect(page.locator("#source .lit")).to_contain_text("46 gian hàng của nông dân")
    expect(page.locator("#result .lit")).to_have_count(2)
    sentences(page, "translation").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source .lit").first).to_contain_text("3,5 triệu đồng")
    page.keyboard.press("Enter")
    expect(page.locator(".lit")).to_have_count(0)


def test_a_figure_has_one_colour_in_all_three_texts(page):
    run(page)
    finished(page)
    marks = page.locator("mark.number[data-fact]", has_text="46")
    expect(marks).to_have_count(3)
    colours = {mark.evaluate("m => getComputedStyle(m).backgroundColor") for mark in marks.all()}
    assert len(colours) == 1
    marks.first.hover()
    expect(page.locator("mark.twin")).to_have_count(3)


def test_sentences_arrive_one_by_one(page, script):
    script.permits = threading.Semaphore(1)
    run(page)
    expect(sentences(page, "summary")).to_have_count(2, timeout=15_000)
    expect(page.locator("#result .pending")).to_have_count(2)
    expect(page.locator("#status")).to_contain_text("Đang dịch câu 1/2")
    script.permits.release()
    expect(page.locator("#result .pending")).to_have_count(1, timeout=15_000)
    script.permits.release(10)
    finished(page)
    expect(page.locator("#result .pending")).to_have_count(0)


def test_stop_ends_the_work_and_the_page_can_run_again(page, script):
    script.permits = threading.Semaphore(1)
    run(page)
    expect(sentences(page, "summary")).to_have_count(2, timeout=15_000)
    page.click("#stop")
    expect(page.locator("#status")).to_contain_text("Đã dừng")
    script.permits.release(10)
    page.wait_for_timeout(1_000)
    assert len(script.prompts) == 2  # the summary and the sentence under way, no other
    expect(page.locator("#status")).to_contain_text("Đã dừng")
    page.click("#run")
    finished(page)
    assert script.most_running == 1


def test_an_edited_summary_is_translated_without_summarizing_again(page, script):
    run(page)
    finished(page)
    script.prompts.clear()
    page.click("#editor button >> nth=0")
    first, second = page.input_value("#edit-summary textarea").splitlines()
    page.fill("#edit-summary textarea", f"{first}\n{second.replace('gian hàng', 'gian')}")
    page.click("#translate-again")
    expect(sentences(page, "translation").nth(1)).to_contain_text("3.5 million", timeout=15_000)
    finished(page)
    assert len(script.prompts) == 1
    assert script.prompts[0].startswith("Mỗi gian được")
    expect(page.locator("#result .notice.clean")).to_be_visible()


def test_an_edited_translation_is_checked_again(page, script):
    run(page)
    finished(page)
    script.prompts.clear()
    page.click("#editor button >> nth=0")
    english = page.input_value("#edit-translation textarea")
    page.fill("#edit-translation textarea", english.replace("35 million", "3.5 million"))
    page.press("#edit-translation textarea", "Control+Enter")
    expect(page.locator("#result .notice.clean")).to_be_visible()
    page.fill("#edit-translation textarea", english.splitlines()[0])
    page.click("#check-again")
    expect(page.locator("#status .error")).to_contain_text("1 lines")
    assert script.prompts == []


def test_removed_text_is_listed_and_can_be_put_back(page, script):
    run(page)
    finished(page)
    expect(page.locator("#source")).not_to_contain_text("Lê Hoài")
    page.click("#removed button >> nth=0")
    page.get_by_label("Ảnh: Lê Hoài").check()
    page.click("#put-back")
    expect(page.locator("#source")).to_contain_text("Ảnh: Lê Hoài", timeout=15_000)
    finished(page)
    expect(page.get_by_label("(Báo Tây Sơn)")).to_have_count(1)
    expect(page.get_by_label("Ảnh: Lê Hoài")).to_have_count(0)


def test_typed_vietnamese_is_counted_as_it_is_typed(page):
    expect(page.locator("#count")).to_contain_text("Chưa có chữ nào")
    page.click("#article textarea")
    page.keyboard.type("Xã Lộc Hòa đạt chuẩn nông thôn mới ")
    expect(page.locator("#count")).to_contain_text("8 âm tiết")
    page.fill("#article textarea", "chữ " * 5000)
    expect(page.locator("#count")).to_contain_text("sẽ đọc khoảng")


def test_an_empty_article_is_answered_in_words(page):
    run(page, " ")
    expect(page.locator("#status .error")).to_contain_text("Chưa có bài nào")
    run(page, "This is an English text about the weather. " * 5)
    expect(page.locator("#status .error")).to_be_visible()
    expect(page.locator("#article textarea")).to_be_visible()


def test_the_language_of_the_page_changes(page):
    run(page)
    finished(page)
    page.get_by_label("English", exact=True).check()
    expect(page.locator("#run")).to_have_text("Summarize and translate")
    expect(page.locator("#result .notice.error")).to_contain_text("The translation says")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_dark_is_remembered(page):
    before = page.evaluate("document.body.classList.contains('dark')")
    page.click("#theme")
    assert page.evaluate("document.body.classList.contains('dark')") != before
    page.reload()
    page.wait_for_function("before => document.body.classList.contains('dark') != before", arg=before)


def test_an_example_can_be_clicked(page):
    page.locator("#examples button").first.click()
    page.wait_for_function("document.querySelector('#article textarea').value.length > 500")


def test_word_and_html_files_can_be_opened(page, tmp_path):
    from docx import Document

    document = Document()
    for paragraph in ARTICLE.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(tmp_path / "bai.docx")
    page.set_input_files("#file input[type=file]", tmp_path / "bai.docx")
    page.wait_for_function("document.querySelector('#article textarea').value.includes('chợ phiên')")
    markup = "".join(f"<p>{p}</p>" for p in ARTICLE.split("\n\n"))
    (tmp_path / "bai.html").write_text(
        f"<html><body><article>{markup}<script>pwned=1</script></article></body></html>"
    )
    page.fill("#article textarea", "")
    page.set_input_files("#file input[type=file]", tmp_path / "bai.html")
    page.wait_for_function("document.querySelector('#article textarea').value.includes('46 gian hàng')")
    with zipfile.ZipFile(tmp_path / "hong.docx", "w") as package:
        package.writestr("word/document.xml", "no document")
    page.set_input_files("#file input[type=file]", tmp_path / "hong.docx")
    expect(page.locator("#status .error")).to_contain_text("Không đọc được tệp .docx")


def test_the_result_can_be_copied_and_downloaded(page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    run(page)
    finished(page)
    page.click('[data-copy="summary"]')
    expect(page.locator('[data-copy="summary"]')).to_contain_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == SUMMARY
    for kind, beginning in (("txt", "Yên Phú".encode()), ("json", b'{\n "schema"'), ("docx", b"PK")):
        with page.expect_download() as download:
            page.click(f"#download-{kind}")
        assert download.value.suggested_filename == f"ntmsum.{kind}"
        assert download.value.path().read_bytes().startswith(beginning)


def test_own_terms_are_kept_in_the_browser_and_obeyed(page, tmp_path):
    page.get_by_role("tab", name="Thuật ngữ").click()
    page.fill("#own-vi textarea, #own-vi input", "chợ phiên")
    page.fill("#own-en textarea, #own-en input", "weekly fair")
    page.click("#own-add")
    expect(page.get_by_label("chợ phiên → weekly fair")).to_be_visible()
    page.fill("#try-sentence textarea", "Xã có chợ phiên.")
    page.click("#try-run")
    expect(page.locator("#trial")).to_contain_text("weekly fair (chưa đúng)", timeout=15_000)
    page.reload()
    page.get_by_role("tab", name="Thuật ngữ").click()
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
    page.get_by_role("tab", name="Thuật ngữ").click()
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
    page.wait_for_function(below, timeout=5_000)  # both measured at one moment: the page may still be moving
    sentences(page, "summary").first.click()
    expect(page.locator("#result .resting")).to_contain_text("46 gian hàng của nông dân")


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_no_serious_fault(page, dark):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
    )
    page.evaluate("dark => ntmsum.theme(dark)", dark)
    run(page)
    finished(page)
    page.click("#editor button >> nth=0")
    faults = []
    for tab in ("Bài báo", "Thuật ngữ", "Chất lượng"):
        page.get_by_role("tab", name=tab).click()
        page.wait_for_timeout(400)
        found = axe.Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
        faults += [
            (tab, f["id"], node["target"], node["html"][:120])
            for f in found
            if f["impact"] in ("serious", "critical")
            for node in f["nodes"]
        ]
    assert not faults, "\n".join(map(str, faults))


def test_the_shipped_model_drives_the_page(browser):
    from ntmsum.app import launch

    server = launch(port=0, block=False)
    try:
        page = browser.new_page()
        page.goto(server.url)
        page.wait_for_selector("#article textarea")
        run(page)
        expect(page.locator("#editor")).to_be_visible(timeout=180_000)
        assert sentences(page, "summary").count() == sentences(page, "translation").count() > 0
        expect(page.locator("#source .evidence").first).to_be_visible()
        expect(page.locator("#result .notice, #result .overview").first).to_be_visible()
        page.close()
    finally:
        server.close()
