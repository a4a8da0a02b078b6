import pytest

from ntmsum.warrant import Warrant

ARTICLE = [
    "Đến hết quý II/2024, huyện Bát Lũng có 9/14 xã được công nhận đạt chuẩn nông thôn mới, tăng 2 xã so với năm 2023.",
    "Huyện đã huy động 148 tỷ đồng làm 62 km đường xóm và 11 nhà văn hóa.",
    "Huyện phấn đấu đến năm 2026 có thêm 3 xã đạt chuẩn nông thôn mới nâng cao.",
    "Trạm y tế xã Nà Tòng chưa được xây lại sau trận lũ.",
    "Thu ngân sách sáu tháng đạt 92 tỷ đồng, tăng 8% nhưng còn thấp hơn mức được giao.",
]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Huyện Bát Lũng có 9/14 xã đạt chuẩn nông thôn mới, tăng 2 xã so với năm 2023.", 0),
        ("Huyện huy động 148 tỷ đồng làm 62 km đường xóm.", 1),
        ("Huyện phấn đấu có thêm 3 xã đạt chuẩn nông thôn mới nâng cao.", 2),
    ],
)
def test_what_the_article_says_is_warranted(sentence, source):
    assert Warrant(ARTICLE).sources(sentence)[0] == source


@pytest.mark.parametrize(
    "sentence",
    [
        "Huyện huy động 184 tỷ đồng làm 62 km đường xóm.",  # a figure altered
        "Huyện Bản Lùng có 9/14 xã được công nhận đạt chuẩn nông thôn mới.",  # a name altered
        "Huyện đã có thêm 3 xã đạt chuẩn nông thôn mới nâng cao.",  # a goal told as a fact
        "Trạm y tế xã Nà Tòng được xây lại sau trận lũ.",  # a denial affirmed
        "Nông dân phấn khởi vì vụ mùa bội thu chưa từng thấy xưa nay.",  # nobody wrote that
        "Huyện huy động, huyện huy động, huyện huy động 148 tỷ đồng làm đường.",  # a loop
        "The district has 9 of 14 communes that meet the standards.",  # not Vietnamese
        "Thu ngân sách sáu tháng đạt 92 tỷ đồng, tăng 8%.",  # its "but" is lost
        "Trạm y tế huy động 148 tỷ đồng làm 62 km đường xóm và 11 nhà văn hóa.",  # another's deed
        "Huyện huy động.",  # a stub
    ],
)
def test_what_it_does_not_say_is_not(sentence):
    assert Warrant(ARTICLE).sources(sentence) == ()
