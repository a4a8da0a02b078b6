import json
import zipfile

import pytest

from ntmsum.app import archive
from ntmsum.app.archive import Limits, clean_name, keep_articles
from ntmsum.errors import InputError

LIMITS = Limits(size=10_000_000, rows=5)


def packed(path, **entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return path


def rows(source):
    return [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]


def test_a_zip_gives_a_row_for_each_article_and_nothing_else(tmp_path):
    (tmp_path / "job").mkdir()
    upload = packed(
        tmp_path / "in.zip",
        **{
            "tin/một.txt": "Xã Lộc Hòa.".encode("utf-16"),
            "tin/hai.HTML": "<p>Xã Yên Phú.</p>",
            "tin/ảnh.jpg": b"\xff\xd8",
            "__MACOSX/tin/._một.txt": b"x",
            ".DS_Store": b"x",
        },
    )
    source, count = keep_articles(upload, tmp_path / "job", LIMITS, "vi")
    assert count == 2
    assert [row["id"] for row in rows(source)] == ["tin/một.txt", "tin/hai.HTML"]
    assert rows(source)[0]["text"] == "Xã Lộc Hòa."


def test_names_that_climb_name_no_file(tmp_path):
    job = tmp_path / "a" / "job"
    job.mkdir(parents=True)
    names = ["../../etc/passwd.txt", "/root/x.txt", "..\\..\\y.txt", "a/\u202etxt.exe.txt", "x.txt"]
    upload = packed(tmp_path / "in.zip", **dict.fromkeys(names, "Bài."))
    source, _ = keep_articles(upload, job, LIMITS, "vi")
    assert [row["id"] for row in rows(source)] == [
        "etc/passwd.txt",
        "root/x.txt",
        "y.txt",
        "a/txt.exe.txt",
        "x.txt",
    ]
    assert {path.name for path in tmp_path.rglob("*")} == {"a", "job", "in.zip", "articles.jsonl"}


@pytest.mark.parametrize(
    ("name", "clean"),
    [("", "?"), ("../..", "?"), ("a//b\x00.txt", "a/b.txt"), ("C:\\tin\\a.txt", "C:/tin/a.txt")],
)
def test_a_name_is_cleaned(name, clean):
    assert clean_name(name) == clean


def test_equal_names_are_told_apart(tmp_path):
    (tmp_path / "job").mkdir()
    upload = packed(tmp_path / "in.zip", **{"a.txt": "Một.", "./a.txt": "Hai."})
    source, _ = keep_articles(upload, tmp_path / "job", LIMITS, "vi")
    assert [row["id"] for row in rows(source)] == ["a.txt", "a.txt (2)"]


def test_an_oversized_entry_is_read_no_further_than_an_article_may_be_long(tmp_path):
    (tmp_path / "job").mkdir()
    upload = packed(tmp_path / "in.zip", **{"a.txt": b"a" * 5_000_000, "b.txt": "Bài."})
    source, count = keep_articles(upload, tmp_path / "job", LIMITS, "vi")
    assert count == 2
    assert len(rows(source)[0]["text"]) == archive.MAX_BYTES + 1


def encrypted(path):
    packed(path, **{"a.txt": "Bài."})
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag of the local header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and of the directory
    path.write_bytes(data)


def bomb(path):
    packed(path, **{f"{i}.docx": b"\0" * 60_000_000 for i in range(4)})


def many(path):
    packed(path, **{f"{i}": b"" for i in range(archive.MOST_ENTRIES + 1)})


@pytest.mark.parametrize(
    ("name", "make", "told"),
    [
        ("in.zip", bomb, "unpacks to far too much"),
        ("in.zip", many, "unpacks to far too much"),
        ("in.zip", encrypted, "has a password"),
        ("in.zip", lambda p: packed(p, **{"a.exe": b"MZ"}), "holds no .txt"),
        ("in.zip", lambda p: p.write_bytes(b"PK\x03\x04 no more"), "damaged"),
        ("in.zip", lambda p: packed(p, **{f"{i}.txt": "Bài." for i in range(6)}), "too many articles"),
        ("in.csv", lambda p: p.write_text("name;note\na;b\n"), "needs a column text"),
        ("in.jsonl", lambda p: p.write_text("no json\n"), "needs a column text"),
        ("in.jsonl", lambda p: p.write_text(""), "needs a column text"),
        ("in.jsonl", lambda p: p.write_text('{"text":"a"}\n' * 6), "too many articles"),
        ("in.xlsx", lambda p: p.write_bytes(b"PK"), "Only .jsonl"),
        ("in.csv", lambda p: p.write_bytes(b"a" * 10_000_001), "too large"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_without_paths(tmp_path, name, make, told):
    (tmp_path / "job").mkdir()
    make(tmp_path / name)
    with pytest.raises(InputError, match=told) as refused:
        keep_articles(tmp_path / name, tmp_path / "job", LIMITS, "en")
    assert str(tmp_path) not in str(refused.value)
    assert "--" not in str(refused.value)


def test_a_damaged_document_of_many_is_one_faulty_row(tmp_path):
    (tmp_path / "job").mkdir()
    upload = packed(tmp_path / "in.zip", **{"a.docx": b"no document", "b.txt": "Bài."})
    source, _ = keep_articles(upload, tmp_path / "job", LIMITS, "vi")
    assert [row["text"] for row in rows(source)] == ["", "Bài."]
