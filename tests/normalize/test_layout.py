import textwrap

from ntmsum.normalize.layout import paragraphs

FIRST = (
    "Sáng thứ bảy, hơn hai trăm đoàn viên của xã đã ra quân dọn vệ sinh dọc tuyến kênh chính và trồng hoa."
)
SECOND = "Buổi chiều, các thôn tổ chức họp dân để bàn việc hiến đất mở rộng đường ra đồng, phần lớn các hộ đồng tình."


def texts(text, **options):
    return [paragraph.text for paragraph in paragraphs(text, **options)]


def test_wrapped_lines_are_rejoined():
    for width in (60, 72, 80, 100):
        wrapped = "\n\n".join(textwrap.fill(text, width) for text in ("Tiêu đề", FIRST, SECOND))
        assert texts(wrapped) == ["Tiêu đề", FIRST, SECOND]


def test_wrapped_lines_without_blank_lines_keep_short_last_lines_apart():
    wrapped = "\n".join(textwrap.fill(text, 80) for text in (FIRST, SECOND))
    assert texts(wrapped) == [FIRST, SECOND]


def test_one_paragraph_per_line_works_with_and_without_blank_lines():
    assert texts(f"{FIRST}\n{SECOND}") == [FIRST, SECOND]
    assert texts(f"{FIRST}\n\n{SECOND}") == [FIRST, SECOND]


def test_lists_stay_lists():
    lines = ["Kết quả chính:", "- Đường thôn đã bê tông hóa", "- Trạm y tế đạt chuẩn", "1. Trường", "a) Chợ"]
    assert texts("\n".join(lines)) == lines


def test_short_lines_of_equal_length_stay_apart():
    lines = ["Thôn Đông Lâm", "Thôn Tây Nam", "Thôn Bắc Hà"]
    assert texts("\n".join(lines)) == lines


def test_a_line_in_lower_case_runs_on():
    assert texts("Xã đã hoàn thành\ncác tiêu chí.") == ["Xã đã hoàn thành các tiêu chí."]
    assert texts("Xã đã hoàn thành.\ncác tiêu chí") == ["Xã đã hoàn thành.", "các tiêu chí"]


def test_a_line_that_stands_alone_is_never_joined():
    lines = ["Xã đã hoàn thành", "chia sẻ"]
    assert texts("\n".join(lines), stands_alone=lambda line: line == "chia sẻ") == lines


def test_paragraphs_know_their_place():
    text = "Một hai\nba bốn\n\nNăm"
    assert [text[p.span.start : p.span.end].replace("\n", " ") for p in paragraphs(text)] == texts(text)


def test_no_text_has_no_paragraphs():
    assert paragraphs("") == []
