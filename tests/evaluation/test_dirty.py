import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.evaluation.dirty import (
    KINDS,
    dirty_items,
    to_mojibake,
    to_page,
    to_scan,
    to_tcvn3,
    with_captions,
)
from ntmsum.evaluation.robust import recover, robust_json


@pytest.fixture(scope="module")
def items(articles):
    return dirty_items(articles)


def test_forty_items_five_of_each_kind_from_forty_articles(items):
    assert len(items) == 40
    assert Counter(i.kind for i in items) == dict.fromkeys([*KINDS, "two"], 5)
    assert len({i.articles[0].id for i in items}) == 40
    assert len({i.id for i in items}) == 40


def test_the_same_text_every_time(items, articles):
    assert items == dirty_items(articles)


@pytest.mark.parametrize(
    ("make", "clean", "dirty"),
    [
        (to_tcvn3, "đạt chuẩn", "®¹t chuÈn"),
        (to_tcvn3, "ĐỊNH “Tết”", '§Þnh "TÕt"'),
        (to_mojibake, "xã", "xÃ£"),
        (to_scan, "Giá lúa, ngô tăng. Vụ mới", "Giá lúa , ngô tăng . Vụ  mới"),
    ],
)
def test_dirt_by_hand(make, clean, dirty):
    if make is to_tcvn3:
        assert make(clean).lower() == dirty.lower()
    else:
        assert make(clean) == dirty


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",))))
def test_mojibake_loses_no_byte(text):
    back = bytes(b for c in to_mojibake(text) for b in _byte(c))
    assert back.decode() == text


def _byte(char):
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def test_a_page_holds_the_article_and_what_is_not_the_article():
    page = to_page("Cầu mới\n\nCầu dài 12 m & rộng 4 m.")
    assert "<h1>Cầu mới</h1>" in page
    assert "<p>Cầu dài 12 m &amp; rộng 4 m.</p>" in page
    assert "Leave a Reply" in page


def test_captions_stand_between_the_paragraphs():
    dirty = with_captions("Tiêu đề\n\nMột.\n\nHai.\n\nBa.")
    assert dirty.count("Ảnh: ") == 3
    assert dirty.endswith("Bài, ảnh: Bảo Lâm")


def test_nfd_is_nfd(items):
    item = next(i for i in items if i.kind == "nfd")
    assert unicodedata.is_normalized("NFD", item.text)
    assert unicodedata.normalize("NFC", item.text) == item.articles[0].article


@pytest.mark.parametrize("kind", [*KINDS, "two"])
def test_dirty_articles_are_recovered(items, kind):
    table = robust_json([recover(i) for i in items if i.kind == kind][:2])
    row = table["kinds"][kind]
    assert row["kept"] > 95
    assert row["extra"] < 5
    assert row["noted"] in (None, 100)
    assert row["refused"] == 0
