import json
import lzma
from collections import Counter

import pytest
from datasets import Dataset, DatasetDict

from ntmsum.errors import DataError
from ntmsum.training.corpus import (
    ArticleSummary,
    Pair,
    is_regional,
    keep,
    read_articles,
    read_pairs,
    reject_pair,
    reject_summary,
    unify,
)
from ntmsum.training.rows import read_lines

BODY = (
    "Sáng 12/5, UBND huyện Lạc Sơn (Hòa Bình) tổ chức lễ khánh thành cầu Suối Rút tại xã Vũ Bình. "
    "Cây cầu dài 48 m, rộng 7 m, có tổng vốn đầu tư 22 tỷ đồng từ ngân sách tỉnh và huyện. "
    "Công trình giúp hơn 1.200 hộ dân của ba xã vùng cao đi lại thuận tiện trong mùa mưa. "
    "Trước đây, người dân phải qua suối bằng bè mảng, nhiều học sinh nghỉ học khi nước dâng cao. "
    "Ông Bùi Văn Dũng, Phó Chủ tịch UBND huyện, đề nghị các xã bảo vệ công trình và mở rộng đường dẫn."
)
SUMMARY = (
    "Huyện Lạc Sơn (Hòa Bình) khánh thành cầu Suối Rút dài 48 m, giúp hơn 1.200 hộ dân đi lại thuận tiện."
)


def test_pairs_come_in_old_style_tone_marks(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("Hoà Bình có uỷ ban.\tHoa Binh has a committee.\textra\n\n", encoding="utf-8")
    assert list(read_pairs(path)) == [Pair("Hòa Bình có ủy ban.", "Hoa Binh has a committee.", "a")]


@pytest.mark.parametrize("line", ["không có dấu tab", "một vế\t", "\tone side"])
def test_a_malformed_pair_is_named_by_its_line(tmp_path, line):
    path = tmp_path / "a.tsv"
    path.write_text(f"Xã có điện.\tThe commune has power.\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 2"):
        list(read_pairs(path))


@pytest.mark.parametrize("line", ["[1]", '{"body": 3, "abstract": "x"}', '{"abstract": "x"}', "{"])
def test_a_malformed_article_is_named_by_its_line(tmp_path, line):
    path = tmp_path / "a.jsonl"
    good = json.dumps({"body": BODY, "abstract": SUMMARY})
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"(line|row) 2"):
        list(read_articles(path))


def test_a_malformed_row_of_a_table_is_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"vi": "Xã có điện."}\n', encoding="utf-8")
    with pytest.raises(DataError, match="row 1: expected columns vi and en"):
        list(read_pairs(path))


@pytest.mark.parametrize("columns", [lambda vi, en: {"vi": vi, "en": en},
                                     lambda vi, en: {"translation": {"vi": vi, "en": en}}])  # fmt: skip
@pytest.mark.parametrize("form", ["jsonl", "parquet", "saved"])
def test_pairs_come_out_of_tables_with_named_columns(tmp_path, columns, form):
    rows = [columns("Xã có điện.", "The commune has power."), columns("Hoà Bình", "Hoa Binh")]
    path = tmp_path / f"pairs.{form}"
    if form == "jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    elif form == "parquet":
        Dataset.from_list(rows).to_parquet(path)
    else:
        Dataset.from_list(rows).save_to_disk(path)
    assert [(pair.source, pair.reference) for pair in read_pairs(path)] == [
        ("Xã có điện.", "The commune has power."), ("Hòa Bình", "Hoa Binh")
    ]  # fmt: skip


def test_a_folder_of_splits_names_them(tmp_path):
    DatasetDict({"train": Dataset.from_list([{"vi": "a", "en": "b"}])}).save_to_disk(tmp_path / "d")
    with pytest.raises(DataError, match="splits train"):
        list(read_pairs(tmp_path / "d"))


def test_a_folder_that_is_no_data_set_is_named(tmp_path):
    with pytest.raises(DataError, match="cannot be read as a data set"):
        list(read_pairs(tmp_path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"gone\.tsv"):
        list(read_pairs(tmp_path / "gone.tsv"))


def test_a_truncated_archive_is_refused_or_read_up_to_the_break(tmp_path):
    path = tmp_path / "a.tsv.xz"
    text = "".join(f"Câu số {i}.\tSentence {i}.\n" for i in range(5000))
    path.write_bytes(lzma.compress(text.encode())[:-400])
    with pytest.raises(DataError, match="breaks off after line"):
        list(read_lines(path))
    lines = [line for _, line in read_lines(path, allow_truncated=True)]
    assert 0 < len(lines) < 5000 and lines[0] == "Câu số 0.\tSentence 0."


@pytest.mark.parametrize(
    ("new", "old"),
    [("khoẻ", "khỏe"), ("quý", "quý"), ("toàn", "toàn"), ("thuỷ lợi", "thủy lợi"), ("Hoà", "Hòa")],
)
def test_unify_maps_new_style_marks_only(new, old):
    assert unify(new) == old


@pytest.mark.parametrize(
    ("source", "reference", "rule"),
    [
        (
            "Huyện có 14 xã đạt chuẩn nông thôn mới.",
            "The district has 14 communes that meet the standards.",
            None,
        ),
        (
            "Huyện có 14 xã đạt chuẩn nông thôn mới.",
            "The district has 41 communes that meet it.",
            "figures disagree",
        ),
        (
            "Huyện có 14 xã đạt chuẩn nông thôn mới.",
            "The district has fourteen communes that meet the standards.",
            "figure written out",
        ),
        ("Huyện có nhiều xã đạt chuẩn nông thôn mới.", "Yes.", "length ratio"),
        ("The quick brown fox jumps over it all.", "The quick brown fox jumps over it.", "language"),
        ("xã " * 95, "commune " * 60, "too long"),
    ],
)
def test_pairs_are_dropped_by_rule(source, reference, rule):
    assert reject_pair(Pair(source, reference)) == rule


@pytest.mark.parametrize(
    ("summary", "rule"),
    [
        (SUMMARY, None),
        (SUMMARY.replace("48", "84"), "figure not in body"),
        (SUMMARY.replace("Lạc Sơn", "Tân Lạc"), "name not in body"),
        (SUMMARY[:-1] + "?", "length or ending"),
        ("Mời bạn đọc cùng xem cây cầu dài 48 m mà huyện Lạc Sơn vừa khánh thành tại xã Vũ Bình.", "teaser"),
        ("Cầu mới.", "length or ending"),
        (
            "Huyện Lạc Sơn hân hoan chứng kiến khoảnh khắc lịch sử đầy cảm xúc khi nhịp cầu mơ ước nối đôi bờ.",
            "word coverage",
        ),
    ],
)
def test_summaries_that_know_more_than_the_article_are_dropped(summary, rule):
    assert reject_summary(ArticleSummary(BODY, summary)) == rule


def test_filters_count_what_they_drop():
    counts: Counter[str] = Counter()
    kept = list(keep([1, 2, 3, 4], lambda n: "odd" if n % 2 else None, counts))
    assert kept == [2, 4]
    assert counts == {"odd": 2, "kept": 2}


def test_regional_news_names_a_commune_or_district_of_a_province():
    assert is_regional(SUMMARY, BODY)
    assert not is_regional("Giá vàng thế giới tăng mạnh trong phiên sáng nay.", "Giá vàng tăng.")
