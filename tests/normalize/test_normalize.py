import textwrap
import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ntmsum.errors import InputError
from ntmsum.normalize import MAX_BYTES, normalize
from ntmsum.normalize.boilerplate import rules
from ntmsum.normalize.characters import canonical

ARTICLE = """(HNO - MT) - Xã Đồng Hóa về đích nông thôn mới trước hẹn

Kết quả sau năm năm

Đến tháng 6/2020, xã Đồng Hoá đã đạt 19/19 tiêu chí.Đồng thời, thu nhập đạt 52,5 triệu đồng/người/năm.
Ông Trần Bảo Lâm, Chủ tịch UBND xã, nói: “Bà con rất phấn khởi”. TP. Phủ Lý đã cử đoàn về học tập.

Bà con thôn Đông làm đường. Ảnh: Thu Giang

Xem thêm: Giá lúa tăng

Xã sẽ xây thêm một cây cầu trong năm tới.

Thu Giang

Leave a Reply

Your email address will not be published. Required fields are marked *

Name *
"""
TITLE = "Xã Đồng Hóa về đích nông thôn mới trước hẹn"
SENTENCES = [
    TITLE,
    "Kết quả sau năm năm",
    "Đến tháng 6/2020, xã Đồng Hóa đã đạt 19/19 tiêu chí.",
    "Đồng thời, thu nhập đạt 52,5 triệu đồng/người/năm.",
    "Ông Trần Bảo Lâm, Chủ tịch UBND xã, nói: “Bà con rất phấn khởi”.",
    "TP. Phủ Lý đã cử đoàn về học tập.",
    "Xã sẽ xây thêm một cây cầu trong năm tới.",
]


def check_contract(article):
    """Spans are in order, lead to their text, and miss nothing visible."""
    pieces = [(s.span, None) for s in article.sentences] + [(r.span, r.text) for r in article.removed]
    pieces.sort(key=lambda piece: piece[0].start)
    done = 0
    for span, text in pieces:
        assert span.start >= done
        assert canonical(article.source[done : span.start]) == ""
        assert text is None or article.source[span.start : span.end] == text
        done = span.end
    assert canonical(article.source[done:]) == ""
    for sentence in article.sentences:
        assert canonical(article.source[sentence.span.start : sentence.span.end]) == sentence.text
    assert [s.paragraph for s in article.sentences] == sorted(s.paragraph for s in article.sentences)


def kinds(article):
    return {note.kind for note in article.notes}


def test_an_article_keeps_its_text_and_loses_the_page_around_it():
    article = normalize(ARTICLE)
    assert article.source == ARTICLE
    assert [s.text for s in article.sentences] == SENTENCES
    assert [r.rule for r in article.removed] == [
        "dateline-brackets",
        "caption-credit",
        "related-link",
        "byline-end",
        "comment-form",
        "comment-privacy",
        "comment-field",
    ]
    assert article.removed[0].text == "(HNO - MT) -"
    check_contract(article)


def test_the_title_is_the_first_short_paragraph():
    assert normalize(ARTICLE).title == TITLE
    body = "Xã làm đường. Huyện hỗ trợ xi măng."
    assert normalize(body).title is None
    assert normalize(f"Xã làm đường.\n\n{body}").title is None
    assert normalize("Xã làm đường").title is None
    assert normalize(f"- Đường thôn đã bê tông hóa\n\n{body}").title is None
    assert normalize(f"Đường đã xong chưa?\n\n{body}").title == "Đường đã xong chưa?"


@pytest.mark.parametrize(
    ("dirty", "kind"),
    [
        (unicodedata.normalize("NFD", ARTICLE), "nfd"),
        (ARTICLE.replace("\n", "\r\n"), "newlines"),
        (ARTICLE.replace(" ", "\x00 ", 3), "nul"),
        (ARTICLE.replace(" ", "\u200b ", 3), "zero-width"),
        (ARTICLE.replace("Đ", "Ð"), "look-alikes"),
        (ARTICLE.replace("Đồng Hoá", "Đồng\u00a0Hoá"), "spaces"),
        ("\ud83d" + ARTICLE, "surrogates"),
        (ARTICLE.encode("utf-16"), "encoding"),
        (ARTICLE.encode().decode("latin-1"), "mojibake"),
    ],
)
def test_dirty_input_gives_the_same_article_and_a_note(dirty, kind):
    article = normalize(dirty)
    assert [s.text for s in article.sentences] == SENTENCES
    assert kind in kinds(article)
    assert normalize(ARTICLE).notes == ()
    check_contract(article)


def test_bytes_and_text_give_the_same_article():
    assert normalize(ARTICLE.encode()) == normalize(ARTICLE)
    assert normalize(b"\xef\xbb\xbf" + ARTICLE.encode()) == normalize(ARTICLE)


@pytest.mark.parametrize("width", [72, 80, 100])
def test_wrapped_text_gives_the_same_sentences(width):
    wrapped = "\n\n".join(
        textwrap.fill(line, width, break_on_hyphens=False) for line in ARTICLE.splitlines() if line
    )
    article = normalize(wrapped)
    assert [s.text for s in article.sentences] == SENTENCES
    check_contract(article)


def test_html_is_extracted_and_spans_count_in_the_extracted_text():
    body = "".join(f"<p>{text}</p>" for text in SENTENCES[2:])
    page = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    article = normalize(page)
    assert article.title == TITLE
    assert "html" in kinds(article)
    assert "<" not in article.source
    check_contract(article)


def test_markup_can_be_named():
    text = "Thẻ <p>, <div> và <span> là ba thẻ thường gặp trong bài học của các em."
    assert normalize(text, markup="text").text == text
    assert "html" in kinds(
        normalize("<p>Xã Đồng Hóa làm xong đường mới cho bà con hai thôn.</p>", markup="html")
    )


def test_vietnamese_without_diacritics_is_taken_with_a_note():
    article = normalize("Huyen da hoan thanh xay dung nong thon moi. Nguoi dan rat phan khoi.")
    assert kinds(article) == {"diacritics"}
    assert len(article.sentences) == 2


@pytest.mark.parametrize(
    ("pasted", "cause"),
    [
        ("", "empty"),
        (b"", "empty"),
        (" \n\t\u00a0\u200b", "empty"),
        ("  ", "empty"),
        ("Leave a Reply\n\nName *", "Only page furniture"),
        ("(HNO) - ", "Only page furniture"),
        ("a" * (MAX_BYTES + 1), "limit"),
        (b"%PDF-1.5", "PDF"),
        (b"PK\x03\x04", "DOCX"),
        (b"\x00\x01\x02\x03" * 50, "binary"),
        ("The road is open to everyone in the two villages now.", "Vietnamese"),
        ("这条新路连接了河边的两个村庄。", "Vietnamese"),
        ("1" * 1000, "no words"),
        ("<html><body></body></html>", "No article text"),
    ],
)
def test_unusable_input_gets_one_clear_sentence(pasted, cause):
    with pytest.raises(InputError, match=cause) as error:
        normalize(pasted)
    assert "\n" not in str(error.value)
    assert ":" in str(error.value)


@pytest.mark.parametrize("markup", ["text", "html"])
def test_blank_input_is_empty_whatever_the_markup(markup):
    with pytest.raises(InputError, match="empty"):
        normalize(" \n", markup=markup)


FRAME = "Xã Đồng Hóa vừa khánh thành đường mới. Bà con hai thôn rất phấn khởi vì đi lại thuận lợi hơn trước."
tokens = "Xã hoà Thuỷ toàn quý được NTM TP. 14 1.234,5 Hà Nam “ ” ( ) - – Đồng.Hóa tốt.Ông … ? : ; Ð >> (PV) /. a@b.vn"
odd = [
    "\u0301",
    "\u200b",
    "\u00a0",
    "\ufffd",
    "Ảnh: An",
    "(HNO) -",
    "TPO -",
    "Xem thêm:",
    "https://a.vn/b.Xa",
]
words = st.sampled_from([*tokens.split(), *odd])
gaps = st.sampled_from([" ", " ", " ", " ", "", ". ", "\n", "\n\n", "\r\n", "\t"])
lines = st.lists(st.tuples(words, gaps).map("".join), max_size=25).map("".join)
examples = [rule.example for rule in rules()]
furniture = st.sampled_from([*examples, "Thu Giang", "Kết quả", "Name *", FRAME, FRAME + "\n"])
pages = st.lists(st.one_of(lines, furniture), max_size=8).map("\n".join)


def normalized(text):
    try:
        return normalize(text)
    except InputError:
        assume(False)


@settings(suppress_health_check=[HealthCheck.filter_too_much], deadline=None)
@given(st.one_of(pages, pages.map(lambda page: f"{FRAME}\n\n{page}")))
def test_vietnamese_pages_keep_the_contract_and_normalize_once(page):
    article = normalized(page)
    check_contract(article)
    again = normalize(article.text)
    assert again.text == article.text
    assert again.removed == ()
    assert [s.text for s in again.sentences] == [s.text for s in article.sentences]


@settings(deadline=None)
@given(st.text(), st.text())
def test_arbitrary_text_around_an_article_is_normalized_once(before, after):
    article = normalized(f"{before}\n\n{FRAME}\n\n{FRAME}{after}")
    check_contract(article)
    assert normalize(article.text).text == article.text


@settings(deadline=None)
@given(st.one_of(st.text(), st.binary()))
def test_anything_else_is_an_article_or_a_clear_error(pasted):
    try:
        article = normalize(pasted)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        check_contract(article)
