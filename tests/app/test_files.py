import zipfile

import pytest
from docx import Document

from ntmsum.app import files
from ntmsum.app.files import read_file
from ntmsum.errors import InputError

LIMIT = 1_000_000


def test_text_in_an_old_encoding_is_read(tmp_path):
    path = tmp_path / "bai.txt"
    path.write_bytes("Xã Lộc Hòa đạt chuẩn nông thôn mới.".encode("utf-16"))
    assert read_file(path, LIMIT, "vi") == "Xã Lộc Hòa đạt chuẩn nông thôn mới."


def test_a_word_file_gives_paragraphs_and_tables(tmp_path):
    document = Document()
    document.add_heading("Giá lúa tăng", 1)
    document.add_paragraph("Giá lúa tăng 200 đồng/kg.")
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "OM 18", "8.100 đồng"
    document.save(tmp_path / "bai.DOCX")
    text = read_file(tmp_path / "bai.DOCX", LIMIT, "vi")
    assert text.split("\n\n") == ["Giá lúa tăng", "Giá lúa tăng 200 đồng/kg.", "OM 18 8.100 đồng"]


def test_markup_is_left_out_of_html(tmp_path):
    path = tmp_path / "bai.html"
    body = "<p>Chợ phiên có 46 gian hàng của nông dân trong huyện.</p>" * 3
    path.write_text(
        f"<html><body><article>{body}<script>bad()</script></article></body></html>", encoding="utf-8"
    )
    text = read_file(path, LIMIT, "vi")
    assert "46 gian hàng" in text
    assert "<" not in text
    assert "bad" not in text


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * (files.MOST_UNPACKED + 1))


def many_parts(path):
    with zipfile.ZipFile(path, "w") as package:
        for i in range(files.MOST_PARTS + 1):
            package.writestr(str(i), b"")


def entities(path):
    document = Document()
    document.add_paragraph("MARK")
    document.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    declaration = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    xml = parts["word/document.xml"].replace(b"MARK", b"&b;&f;")
    head, _, rest = xml.partition(b"?>")
    parts["word/document.xml"] = head + b"?>" + declaration + rest
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def no_document(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("hello.txt", "no document")


def no_zip(path):
    path.write_bytes(b"PK\x03\x04 but no more")


@pytest.mark.parametrize("make", [bomb, many_parts, no_document, no_zip])
def test_a_word_file_that_is_none_is_refused_in_words(tmp_path, make):
    path = tmp_path / "bai.docx"
    make(path)
    with pytest.raises(InputError) as refused:
        read_file(path, 10**9, "en")
    assert "paste it" in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


def test_entities_of_a_word_file_read_no_other_file(tmp_path):
    path = tmp_path / "bai.docx"
    entities(path)
    try:
        text = read_file(path, LIMIT, "en")
    except InputError:
        return
    assert "root:" not in text
    assert "aaaa" not in text


@pytest.mark.parametrize(
    ("name", "size", "told"), [("a.pdf", 9, "Only .txt"), ("a.txt", 2000, "too large"), ("a", 1, "Only")]
)
def test_other_and_larger_files_are_refused(tmp_path, name, size, told):
    (tmp_path / name).write_bytes(b"a" * size)
    with pytest.raises(InputError, match=told):
        read_file(tmp_path / name, 1000, "en")
