"""Rows come out of every format, and a row that cannot be read says why."""

import json

import pytest

from ntmsum.batch import formats, open_source
from ntmsum.errors import InputError

TEXT = "Xã Tân Lập khánh thành cầu dân sinh dài 24 m."


def rows(source, *columns):
    return [(r.id, r.text, r.error) for r in open_source(source, *columns)]


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps({"id": "x", "text": TEXT}) + "\n"),
        ("bom.jsonl", "\ufeff" + json.dumps({"id": "x", "text": TEXT}) + "\n\n"),
        ("a.csv", f"id,text\nx,{TEXT}\n"),
        ("bom.csv", f"\ufeffid,text\r\nx,{TEXT}\r\n"),
        ("semicolon.csv", f"id;text\nx;{TEXT}\n"),
        ("a.tsv", f"id\ttext\nx\t{TEXT}\n"),
        ("excel.csv", f"id\ttext\nx\t{TEXT}\n".encode("utf-16")),
    ],
)
def test_one_row_of_each_text_format(file, name, content):
    assert rows(file(name, content)) == [("x", TEXT, "")]


def test_parquet_rows_come_with_their_share(tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"id": [1, 2, 3], "text": [TEXT, None, TEXT + "!"], "other": [[1], [2], [3]]})
    parquet.write_table(table, tmp_path / "a.parquet")
    source = open_source(tmp_path / "a.parquet")
    found = []
    for row in source:
        found.append((row.id, row.text, source.share))
    assert found == [
        ("1", TEXT, pytest.approx(1 / 3)),
        ("2", None, pytest.approx(2 / 3)),
        ("3", TEXT + "!", pytest.approx(1.0)),
    ]


def test_a_folder_gives_its_text_and_html_files_by_path(tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "b.html").write_bytes(b"<p>b</p>")
    (tmp_path / "a.TXT").write_bytes(TEXT.encode("utf-16"))
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert rows(tmp_path) == [("2024/b.html", b"<p>b</p>", ""), ("a.TXT", TEXT.encode("utf-16"), "")]


def test_datasets_in_memory_and_on_disk(tmp_path):
    import datasets

    table = datasets.Dataset.from_dict({"article": [TEXT, TEXT + "!"]})
    expected = [("row 1", TEXT, ""), ("row 2", TEXT + "!", "")]
    assert rows(table) == expected
    table.save_to_disk(str(tmp_path / "saved"))
    assert rows(tmp_path / "saved") == expected
    datasets.DatasetDict({"train": table, "test": table}).save_to_disk(str(tmp_path / "splits"))
    assert rows(tmp_path / "splits" / "test") == expected
    with pytest.raises(InputError, match="holds the splits test, train; name one of them"):
        open_source(tmp_path / "splits")


def test_an_unknown_hub_dataset_is_explained():
    with pytest.raises(InputError, match="dataset nobody/nothing cannot be read"):
        rows("hf:nobody/nothing")


def test_a_formula_in_a_cell_is_data(file):
    path = file("a.csv", 'id,text\n"=1+1","=SUM(A1:A9)"\n')
    assert rows(path) == [("=1+1", "=SUM(A1:A9)", "")]


def test_a_quoted_cell_may_hold_paragraphs(file):
    assert rows(file("a.csv", 'id,text\nx,"Một, hai\n\nba ""bốn"""\n')) == [("x", 'Một, hai\n\nba "bốn"', "")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", b'{"text": "a"}\n{"text": "a', "not JSON"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "\xe1\xba"}\n', "not UTF-8"),
        ("a.jsonl", b'{"text": "a"}\n["text"]\n', "no JSON object"),
        ("a.jsonl", b'{"text": "a"}\n{"title": "b", "body": "c"}\n', "no column text; it has: title, body"),
        ("a.jsonl", b'{"text": "a"}\n{"text": 7}\n', "holds int and no text"),
        ("a.jsonl", b'{"text": "a"}\n{"text": null}\n', "holds NoneType and no text"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "\\ud800"}\n', "not valid UTF-8"),
        ("a.csv", b"id,text\nx,a\ny,a,b\n", "has 3 cells, the header 2"),
        ("a.csv", b"id,text\nx,a\ny\n", "has 1 cells, the header 2"),
        ("a.csv", "id,text\nx,a\ny,xã".encode() + b"\xe1\n", "not valid UTF-8"),
        ("a.csv", b'id,text\nx,a\ny,"b\n', "is not CSV"),
    ],
)
def test_a_faulty_row_is_named_and_the_others_are_kept(file, name, content, says):
    good, bad = open_source(file(name, content))
    assert (good.text, good.error) == ("a", "")
    assert bad.text is None
    assert says in bad.error


def test_an_endless_line_is_not_read_into_memory(file, monkeypatch):
    monkeypatch.setattr(formats, "MAX_LINE", 50)
    path = file("a.jsonl", b'{"text": "a"}\n{"text": "' + b"x" * 500 + b'"}\n{"text": "c"}\n')
    assert [(r.number, r.text, bool(r.error)) for r in open_source(path)] == [
        (1, "a", False),
        (2, None, True),
        (3, "c", False),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "a.csv",
            "tieu_de,noi_dung\nx,y\n",
            "no column text or .*; it has: tieu_de, noi_dung.*--text-column",
        ),
        ("a.jsonl", '{"title": "x"}\n', "it has: title"),
        ("a.jsonl", "not json\n", r"no row that can be read \(The line is not JSON"),
        ("a.jsonl", "", "no row that can be read;"),
        ("a.csv", "id,text\n", "no row that can be read;"),
        ("a.parquet", "PAR1 and then nothing", "cannot be read as Parquet"),
        ("a.docx", "x", "of no kind that can be read.*jsonl"),
    ],
)
def test_an_unusable_file_is_refused_with_what_it_holds(file, name, content, says):
    with pytest.raises(InputError, match=says):
        open_source(file(name, content))


def test_a_missing_path_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="no file or folder"):
        open_source(tmp_path / "nowhere.csv")
    (tmp_path / "x.pdf").write_text("x")
    with pytest.raises(InputError, match=r"holds no .txt or .html or .htm file; it holds .pdf"):
        open_source(tmp_path)


def test_columns_can_be_named(file):
    path = file("a.csv", "ma,noi_dung\n7,abc\n")
    assert rows(path, "noi_dung", "ma") == [("7", "abc", "")]
    with pytest.raises(InputError, match=r"no column so; it has: ma, noi_dung.*--id-column"):
        open_source(path, "noi_dung", "so")
