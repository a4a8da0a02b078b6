"""Users' glossary files: what they change, and what they are told when they are malformed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.errors import GlossaryError
from ntmsum.glossary import Glossary, Term, check_terms, replace_term
from ntmsum.glossary.reading import read_table

OFFICIAL = Glossary.official()


def write(folder: Path, text: str | bytes, name: str = "terms.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_csv_and_tsv_read_alike(tmp_path: Path):
    rows = [["vi", "en", "abbr"], ["đồng bãi", "alluvial field", "ĐB|Đ.B"]]
    comma = Glossary.from_file(write(tmp_path, "\n".join(map(",".join, rows))))
    tab = Glossary.from_file(write(tmp_path, "\n".join(map("\t".join, rows)), "terms.tsv"))
    assert comma.terms == tab.terms == (Term("đồng bãi", "alluvial field", abbr=("ĐB", "Đ.B")),)


def test_byte_order_mark_quotes_and_windows_lines_are_read(tmp_path: Path):
    path = write(tmp_path, b'\xef\xbb\xbfvi,en\r\n"th\xc3\xb4n, x\xc3\xb3m","hamlets, wards"\r\n')
    assert Glossary.from_file(path).terms == (Term("thôn, xóm", "hamlets, wards"),)


def test_users_term_overrides_the_official_one(tmp_path: Path):
    user = Glossary.from_file(write(tmp_path, "vi,en\nNông thôn mới,New Countryside\n"))
    both = OFFICIAL | user
    assert len(both) == len(OFFICIAL)
    (match,) = both.find("NTM")
    assert match.term.en == "New Countryside"


def test_replaced_official_rendering_is_mended_to_the_users(tmp_path: Path):
    both = OFFICIAL | Glossary.from_file(write(tmp_path, "vi,en\nhộ nghèo,low-income household\n"))
    (use,) = check_terms("hộ nghèo", "Two poor households moved.", both)
    assert replace_term("Two poor households moved.", use) == "Two low-income households moved."


def test_users_term_adds(tmp_path: Path):
    both = OFFICIAL | Glossary.from_file(write(tmp_path, "vi,en\nbánh đa Làng Chều,Lang Cheu rice paper\n"))
    assert len(both) == len(OFFICIAL) + 1


def test_empty_rendering_takes_a_term_out(tmp_path: Path):
    both = OFFICIAL | Glossary.from_file(write(tmp_path, "vi,en\nxã,\n"))
    assert both.find("xã Thi Sơn") == ()


def test_signature_follows_the_content():
    changed = OFFICIAL | Glossary((Term("xã", "parish"),))
    assert OFFICIAL.signature.startswith("official:")
    assert changed.signature != OFFICIAL.signature


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1, column 1: no header line"),
        ("vi\nxã\n", 'line 1, column 2: no column "en"'),
        ("vi,en,english\n", 'line 1, column 3: unknown column "english"'),
        ("vi,en,vi\n", 'line 1, column 3: repeated column "vi"'),
        ("vi,en\nxã,commune\n,ward\n", "line 3, column 1 (vi): no Vietnamese wording"),
        ("vi,en\nxã,commune,extra\n", "line 2, column 3: a cell beyond the last column"),
        ("vi,en\nxã\n", "line 2, column 2 (en): the cell is missing"),
        ("vi,en\nxã,commune\nXÃ,village\n", 'line 3, column 1 (vi): "XÃ" stands on line 2 already'),
        ('vi,en\nxã,"commune\n', "line 2"),
        ("vi,en\nxã,com\x07mune\n", "line 2, column 2 (en): a control character"),
    ],
)
def test_malformed_file_is_told_line_and_column(tmp_path: Path, text: str, message: str):
    with pytest.raises(GlossaryError) as error:
        Glossary.from_file(write(tmp_path, text))
    assert f"terms.csv, {message}" in str(error.value)


def test_other_encoding_is_told_where(tmp_path: Path):
    with pytest.raises(GlossaryError, match=r"line 2, column 4: not UTF-8"):
        Glossary.from_file(write(tmp_path, b"vi,en\nthi\xff,x\n"))


def test_missing_file_is_told_in_one_sentence(tmp_path: Path):
    with pytest.raises(GlossaryError, match=r"absent\.csv cannot be read"):
        Glossary.from_file(tmp_path / "absent.csv")


@given(st.text())
def test_any_text_is_a_table_or_a_clear_error(text: str):
    try:
        terms = read_table("vi,en,variants\n" + text, "terms.csv")
    except GlossaryError as error:
        assert str(error).startswith("terms.csv, line ")
    else:
        assert all(term.key for term in terms)
