import pytest

from ntmsum.errors import InputError
from ntmsum.normalize.html import MOST_TAGS, looks_like_html, main_text

FIRST = "Sáng nay, xã Đồng Hóa khánh thành tuyến đường bê tông dài 2 km nối thôn Đông với thôn Đoài."
SECOND = "Con đường trị giá 3,5 tỷ đồng, trong đó người dân góp hơn 800 triệu đồng và hàng nghìn ngày công lao động."
PAGE = f"""<!DOCTYPE html><html><head><title>Xã Đồng Hóa có đường mới - Báo Ven Sông</title>
<meta property="og:site_name" content="Báo Ven Sông"></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/kt">Kinh tế</a></li></ul></nav>
<article><h1>Xã Đồng Hóa có đường mới</h1><p>{FIRST}</p><p>{SECOND}</p></article>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3>
<form><p>Your email address will not be published.</p></form></div>
<div class="comments"><p class="comment">Đường đẹp quá, chúc mừng bà con!</p></div>
<footer>© 2020 Báo Ven Sông</footer></body></html>"""


def test_headline_and_paragraphs_are_kept_and_the_rest_is_not():
    assert main_text(PAGE) == f"Xã Đồng Hóa có đường mới\n\n{FIRST}\n\n{SECOND}"


def test_a_fragment_is_enough():
    assert main_text(f"<p>{FIRST}</p>\n<p>{SECOND}</p>") == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("page", ["<html></html>", "<p></p><p></p><p></p>", "<html><body>" + "<div>" * 5000])
def test_a_page_without_an_article_is_refused(page):
    with pytest.raises(InputError, match="No article text"):
        main_text(page)


def test_a_page_of_nothing_but_tags_is_refused():
    with pytest.raises(InputError, match="copy the article's text"):
        main_text("<p>" * (MOST_TAGS + 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAGE, True),
        ("<p>một</p><p>hai</p>", True),
        ("  <HTML><body>một", True),
        ("Thẻ <p> mở đoạn, thẻ </p> đóng đoạn.", False),
        ("5 < 7 và 9 > 3, a<b<c", False),
        ("", False),
    ],
)
def test_html_is_told_from_text(text, expected):
    assert looks_like_html(text) is expected
