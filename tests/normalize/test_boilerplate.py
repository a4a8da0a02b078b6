import pytest

from ntmsum.article import Span
from ntmsum.normalize.boilerplate import rules, strip_boilerplate

BODY = "Xã Đồng Hóa vừa khánh thành tuyến đường nối hai thôn ven sông."

LINES = [
    ("Leave a Reply", "comment-form"),
    ("Leave a Comment Cancel reply", "comment-form"),
    ("Để lại một bình luận", "comment-form"),
    ("Your email address will not be published.", "comment-privacy"),
    (
        "Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *",
        "comment-privacy",
    ),
    ("Name *", "comment-field"),
    ("Website", "comment-field"),
    (
        "Lưu tên của tôi, email, và trang web trong trình duyệt này cho lần bình luận kế tiếp của tôi.",
        "comment-field",
    ),
    ("Ý kiến bạn đọc (3)", "comment-prompt"),
    ("Chia sẻ", "share-bar"),
    ("Facebook | Zalo | Sao chép liên kết", "share-bar"),
    ("Thích 12 Chia sẻ 3", "share-bar"),
    ("Đọc thêm: Cầu mới thông xe", "related-link"),
    (">> Xem thêm: Cầu mới thông xe", "related-link"),
    ("Xem thêm…", "related-link"),
    ("» Giá lúa tăng", "arrow-link"),
    ("Ảnh: Thu Giang", "credit"),
    ("Ảnh minh họa", "credit"),
    ("(Nguồn ảnh: Ban quản lý chợ)", "credit"),
    ("Bà con thôn Đông ra quân làm đường. (Ảnh: Thu Giang)", "caption-credit"),
    ("Trang chủ / Xã hội / Nông thôn", "breadcrumbs"),
    ("Trang chủ", "breadcrumbs"),
    ("15/06/2020 08:12", "date-line"),
    ("Thứ Hai, ngày 15 tháng 6 năm 2020", "date-line"),
    ("Cập nhật lúc: 08:12 15/06/2020", "date-line"),
    ("Lượt xem: 1.234", "date-line"),
    ("1.234 lượt xem", "date-line"),
    ("#nongthonmoi #hanam", "tags"),
    ("Tags: đường, cầu", "tags"),
    ("Đăng ký nhận bản tin", "subscribe"),
    ("Copyright © 2020 Ven Sông", "copyright"),
    ("Ghi rõ nguồn khi phát hành lại thông tin từ trang này.", "copyright"),
    ("Tin, ảnh: Thu Giang", "byline-label"),
    ("Theo Báo Ven Sông", "byline-source"),
    ("Quảng cáo", "page-chrome"),
    ("00:00 / 03:21", "page-chrome"),
    ("---", "separator"),
]
ARTICLE = [
    BODY,
    "Kết quả xây dựng đường giao thông",
    "Chia sẻ về kết quả này, ông Lâm cho biết xã sẽ làm tiếp.",
    "Xem thêm nhiều mô hình hay, bà con đã mạnh dạn vay vốn.",
    "Theo Chủ tịch xã, đường dài 2 km.",
    "(1) Đường liên thôn dài 2 km.",
    "(c) Hỗ trợ xi măng cho các thôn.",
    "Ngày 15/6/2020, xã họp dân.",
    "Theo dõi báo cáo của các thôn, huyện đánh giá cao cách làm của xã.",
    "Giấy phép hoạt động của bến đò đã hết hạn từ tháng trước.",
    "TP. Phủ Lý - đô thị trẻ bên sông Đáy",
    "Tin vui đến với bà con thôn Đông",
    "Tên đường mới được đặt theo tên người anh hùng của quê hương.",
]


def cut(*paragraphs):
    return [(found.rule, paragraphs[found.paragraph][found.span.start : found.span.end])
            for found in strip_boilerplate(paragraphs).cuts]  # fmt: skip


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_cuts_its_own_example(rule):
    assert rule.source
    assert (rule.id, rule.example) in cut(BODY, rule.example) or rule.id in dict(cut(BODY, rule.example))


def test_rule_ids_are_unique():
    assert len({rule.id for rule in rules()}) == len(rules())


@pytest.mark.parametrize(("line", "rule"), LINES)
def test_page_furniture_is_cut_whole(line, rule):
    assert cut(BODY, line, BODY) == [(rule, line)]


@pytest.mark.parametrize("line", ARTICLE)
def test_article_text_is_left_alone(line):
    assert cut(BODY, line, BODY) == []


@pytest.mark.parametrize(
    ("dateline", "rule"),
    [
        ("(HNO - MT) -", "dateline-brackets"),
        ("(TTXVN) –", "dateline-brackets"),
        ("(Báo Ven Sông) –", "dateline-brackets"),
        ("(VMO)", "dateline-initials"),
        ("TPO -", "dateline-agency"),
        ("Ninh Bình (TTXVN) -", "dateline-place-agency"),
    ],
)
def test_a_dateline_is_cut_from_the_start(dateline, rule):
    text = f"{dateline} {BODY}"
    stripped = strip_boilerplate([text])
    assert cut(text) == [(rule, dateline)]
    assert stripped.kept == (Span(len(dateline) + 1, len(text)),)


def test_datelines_in_a_row_all_go():
    assert [rule for rule, _ in cut(f"(HNO) - TTXVN - {BODY}")] == ["dateline-brackets", "dateline-agency"]


def test_closing_marks_are_cut_from_the_end():
    assert cut(f"{BODY} (Theo TTXVN)") == [("agency-suffix", "(Theo TTXVN)")]
    assert cut(f"{BODY[:-1]}./.") == [("agency-suffix", "/.")]


def test_headlines_below_a_list_heading_go_until_text_resumes():
    paragraphs = [BODY, "Tin liên quan", "Giá lúa tăng", "Cầu mới thông xe", BODY, "Đường vào thôn"]
    assert [text for _, text in cut(*paragraphs)] == ["Tin liên quan", "Giá lúa tăng", "Cầu mới thông xe"]


@pytest.mark.parametrize("name", ["Thu Giang", "Bảo Lâm - Thu Giang", "PV", "Trần Bảo Lâm (tổng hợp)", "T.H"])
def test_a_name_below_the_last_sentence_is_a_byline(name):
    assert cut(BODY, name) == [("byline-end", name)]


def test_a_name_elsewhere_is_not():
    assert cut("Thu Giang", BODY) == []
    assert cut(BODY, "Danh sách khen thưởng", "Thu Giang", "Bảo Lâm") == []


def test_stripping_what_is_left_cuts_nothing():
    paragraphs = [f"(HNO) - {BODY}", "Tin khác", "Giá lúa tăng", BODY, "Thu Giang", "Leave a Reply", "Name *"]
    stripped = strip_boilerplate(paragraphs)
    left = [text[span.start : span.end] for text, span in zip(paragraphs, stripped.kept, strict=True) if span]
    assert left == [BODY, BODY]
    assert strip_boilerplate(left).cuts == ()
