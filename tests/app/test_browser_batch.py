"""The batch tab in a real browser; its worker's model is scripted."""

import csv
import io
import json
import zipfile

import pytest

from app.page_script import ARTICLE, open_tab, sentences

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

CLEAN = ARTICLE.replace(" Mỗi gian hàng được hỗ trợ 3,5 triệu đồng.", "")


@pytest.fixture(autouse=True)
def open_gate(gate):
    """No batch is left waiting for a test that is over."""
    yield
    gate.unlink(missing_ok=True)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "=1+1", "text": CLEAN},
        {"id": "bài sai số", "text": ARTICLE},
        {"id": "bài trống", "text": " "},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def begin(page, path):
    open_tab(page, "Nhiều bài")
    page.set_input_files("#batch-file input[type=file]", path)
    expect(page.locator("#batch-file")).to_contain_text(path.name)
    page.click("#batch-start")


def done(page):
    expect(page.locator("#batch-status .job.done")).to_be_visible()
    return page.locator("#batch-table tbody tr")


def test_a_batch_survives_a_reload_and_shows_what_is_wrong_first(page, table, gate):
    gate.touch()
    begin(page, table)
    expect(page.locator("#batch-status .job.running")).to_contain_text("3 bài")
    page.reload()
    open_tab(page, "Nhiều bài")
    expect(page.locator("#batch-status .job.running")).to_be_visible()
    gate.unlink()
    rows = done(page)
    expect(rows).to_have_count(3)
    expect(page.locator("#batch-status")).to_contain_text("1 bài không làm được")
    assert [rows.nth(i).locator(".hint").last.text_content() for i in range(3)] == [
        "bài trống",
        "bài sai số",
        "=1+1",
    ]
    expect(rows.nth(1).locator(".badge.error")).to_have_text("1 lỗi")
    page.reload()
    open_tab(page, "Nhiều bài")
    expect(done(page)).to_have_count(3)


def test_a_row_opens_in_the_article_view_and_can_be_edited_there(page, table, script):
    begin(page, table)
    done(page)
    page.get_by_role("button", name="Mở bài bài sai số").click()
    expect(page.locator("#result .notice.error")).to_contain_text("35 million")
    sentences(page, "summary").first.click()
    expect(page.locator("#source .lit")).to_contain_text("46 gian hàng của nông dân")
    script.prompts.clear()
    page.click("#editor button >> nth=0")
    first, _ = page.input_value("#edit-summary textarea").splitlines()
    page.fill("#edit-summary textarea", first)
    page.click("#translate-again")
    expect(sentences(page, "translation")).to_have_count(1)
    assert script.prompts == []
    open_tab(page, "Nhiều bài")
    page.get_by_role("button", name="Mở bài bài trống").click()
    expect(page.locator("#status .error")).to_contain_text("Văn bản trống")
    expect(page.locator("#article textarea")).to_be_visible()


def test_results_are_downloaded_without_formulas(page, table):
    begin(page, table)
    done(page)
    with page.expect_download() as download:
        page.click("#batch-jsonl")
    lines = [json.loads(line) for line in download.value.path().read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["=1+1", "bài sai số", "bài trống"]
    with page.expect_download() as download:
        page.click("#batch-csv")
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert [row["id"] for row in rows] == ["'=1+1", "bài sai số", "bài trống"]
    assert rows[1]["errors"] == "1"
    assert rows[2]["fault"]


def test_a_stopped_batch_goes_on_where_it_was(page, table, gate):
    gate.touch()
    begin(page, table)
    expect(page.locator("#batch-status .job.running")).to_be_visible()
    page.click("#batch-stop")
    expect(page.locator("#batch-status .job.stopping")).to_be_visible()
    gate.unlink()
    expect(page.locator("#batch-status .job.stopped")).to_be_visible()
    page.click("#batch-go-on")
    expect(done(page)).to_have_count(3)
    page.click("#batch-forget")
    expect(page.locator("#batch-table .empty")).to_be_visible()
    page.reload()
    open_tab(page, "Nhiều bài")
    expect(page.locator("#batch-table .empty")).to_be_visible()


def test_a_zip_of_articles_is_read_and_a_bad_one_refused_in_words(page, tmp_path):
    good = tmp_path / "articles.zip"
    with zipfile.ZipFile(good, "w") as package:
        package.writestr("../../tin/chợ phiên.txt", ARTICLE)
        package.writestr("tin/trang.html", f"<html><body><p>{ARTICLE}</p></body></html>")
        package.writestr("tin/ảnh.jpg", b"\xff\xd8")
    begin(page, good)
    expect(done(page)).to_have_count(2)
    expect(page.locator("#batch-table")).to_contain_text("tin/chợ phiên.txt")
    expect(page.locator("#batch-table")).not_to_contain_text("..")
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04 and no more")
    begin(page, bad)
    expect(page.locator("#batch-status .error")).to_contain_text("Không mở được tệp .zip")
    page.click("#batch-start")
    expect(page.locator("#batch-status .error")).to_contain_text("Chưa có tệp nào")
