"""The article tab in a real browser. What a model would answer is scripted, except in the last test."""

import threading
import zipfile

import pytest

from app.page_script import ARTICLE, PROMPTS, SUMMARY, finished, run, sentences

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect


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
    expect(sentences(page, "summary")).to_have_count(2)
    expect(page.locator("#result .pending")).to_have_count(2)
    expect(page.locator("#status")).to_contain_text("Đang dịch câu 1/2")
    script.permits.release()
    expect(page.locator("#result .pending")).to_have_count(1)
    script.permits.release(10)
    finished(page)
    expect(page.locator("#result .pending")).to_have_count(0)


def test_stop_ends_the_work_and_the_page_can_run_again(page, script):
    script.permits = threading.Semaphore(1)
    run(page)
    expect(sentences(page, "summary")).to_have_count(2)
    page.click("#stop")
    expect(page.locator("#status")).to_contain_text("Đã dừng")
    expect(page.locator("#stop")).to_be_disabled()
    script.permits.release(10)
    page.click("#run")
    finished(page)
    assert script.most_running == 1
    # The first run's summary and the sentence under way, then the second run; nothing of the first in between.
    beginnings = [prompt.split()[0] for prompt in script.prompts]
    assert len(beginnings) == 2 + PROMPTS
    assert beginnings[2] == beginnings[0]


def test_whoever_waits_sees_the_place_in_line_and_can_leave_it(page, another, script):
    script.permits = threading.Semaphore(0)
    run(page)
    expect(page.locator("#source")).to_contain_text("46 gian hàng")
    second, third = another(), another()
    run(second)
    expect(second.locator("#status")).to_contain_text("còn 1 người phía trước")
    run(third)
    expect(third.locator("#status")).to_contain_text("còn 2 người phía trước")
    second.click("#stop")
    expect(second.locator("#status")).to_contain_text("Đã dừng")
    expect(third.locator("#status")).to_contain_text("còn 1 người phía trước")
    script.permits.release(100)
    finished(page)
    finished(third)
    expect(second.locator("#article textarea")).to_be_visible()
    assert len(script.prompts) == 2 * PROMPTS


def test_a_visitor_who_goes_away_does_not_hold_up_the_others(page, another, script):
    script.permits = threading.Semaphore(0)
    run(page)
    expect(page.locator("#source")).to_contain_text("46 gian hàng")
    gone, patient = another(), another()
    run(gone)
    expect(gone.locator("#status")).to_contain_text("còn 1 người phía trước")
    run(patient)
    expect(patient.locator("#status")).to_contain_text("còn 2 người phía trước")
    gone.close()
    expect(patient.locator("#status")).to_contain_text("còn 1 người phía trước")
    script.permits.release(100)
    finished(patient)


def test_the_article_is_read_before_the_model_answers(page, script):
    script.permits = threading.Semaphore(0)
    run(page)
    expect(page.locator("#source")).to_contain_text("46 gian hàng")
    expect(page.locator("#source")).not_to_contain_text("Lê Hoài")
    expect(page.locator("#status")).to_contain_text("Đang tóm tắt")
    script.permits.release(100)
    finished(page)


def test_an_edited_summary_is_translated_without_summarizing_again(page, script):
    run(page)
    finished(page)
    script.prompts.clear()
    page.click("#editor button >> nth=0")
    first, second = page.input_value("#edit-summary textarea").splitlines()
    page.fill("#edit-summary textarea", f"{first}\n{second.replace('gian hàng', 'gian')}")
    page.click("#translate-again")
    expect(sentences(page, "translation").nth(1)).to_contain_text("3.5 million")
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
    expect(page.locator("#status .error")).to_contain_text("Bản dịch có 1 dòng")
    assert script.prompts == []


def test_removed_text_is_listed_and_can_be_put_back(page, script):
    run(page)
    finished(page)
    expect(page.locator("#source")).not_to_contain_text("Lê Hoài")
    page.click("#removed button >> nth=0")
    page.get_by_label("Ảnh: Lê Hoài").check()
    page.click("#put-back")
    expect(page.locator("#source")).to_contain_text("Ảnh: Lê Hoài")
    finished(page)
    expect(page.get_by_label("(Báo Tây Sơn)")).to_have_count(1)
    expect(page.get_by_label("Ảnh: Lê Hoài")).to_have_count(0)


def test_typed_vietnamese_is_counted_as_it_is_typed(page):
    expect(page.locator("#count")).to_contain_text("Chưa có chữ nào")
    page.click("#article textarea")
    page.keyboard.type("Xã Lộc Hòa đạt chuẩn nông thôn mới ")
    expect(page.locator("#count")).to_contain_text("8 âm tiết")
    page.fill("#article textarea", "chữ " * 5000)
    expect(page.locator("#count")).to_contain_text("5.000 âm tiết")
    expect(page.locator("#count")).not_to_contain_text(
        "sẽ đọc khoảng"
    )  # the article's own sentences: all weighed


def test_an_empty_article_is_answered_in_words(page):
    run(page, " ")
    expect(page.locator("#status .error")).to_contain_text("Chưa có bài nào")
    run(page, "This is an English text about the weather. " * 5)
    expect(page.locator("#status .error")).to_contain_text("không giống tiếng Việt")
    expect(page.locator("#article textarea")).to_be_visible()


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


def test_a_file_can_be_dropped_on_the_text_box(page):
    dropped = """text => {
        const carried = new DataTransfer();
        carried.items.add(new File([text], "bai.txt", { type: "text/plain" }));
        return carried;
    }"""
    data = page.evaluate_handle(dropped, ARTICLE)
    page.dispatch_event("#article textarea", "drop", {"dataTransfer": data})
    page.wait_for_function("document.querySelector('#article textarea').value.includes('46 gian hàng')")


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
