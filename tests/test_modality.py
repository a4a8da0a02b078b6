"""A goal is not a fact: told apart in both languages, in a summary and in a translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.modality import Goals

AIMS = [
    "Huyện Nam Sơn hiện có 11/15 xã đạt chuẩn nông thôn mới.",
    "Mục tiêu của huyện là đến năm 2027 có ít nhất 04 xã đạt chuẩn NTM kiểu mẫu, thị trấn đạt tiêu chí đô thị loại V.",
    "Xã Phú Lâm đăng ký đạt chuẩn nông thôn mới nâng cao trong năm nay.",
    "Huyện dự kiến xây 12 km đường và sẽ khởi công 3 cây cầu vào quý I.",
    "Năm ngoái, huyện đã trồng 250 ha rừng, phấn đấu năm nay trồng thêm 310 ha.",
    "Thu nhập bình quân phấn đấu đạt 65 triệu đồng/người/năm, hiện là 48 triệu đồng.",
    "Huyện đề nghị tỉnh hỗ trợ 45 tỷ đồng sửa hồ chứa nước.",
    "Tỷ lệ hộ dùng nước sạch đã vượt mục tiêu, đạt 97%.",
]

# A summary sentence, and the words in it that tell a goal as a fact; "" for none.
SUMMARIES = [
    ("Đến năm 2027, huyện Nam Sơn có ít nhất 4 xã đạt chuẩn nông thôn mới kiểu mẫu.", "4 xã"),
    ("Huyện đã có 04 xã đạt chuẩn NTM kiểu mẫu.", "04 xã"),
    ("Huyện đã hoàn thành xuất sắc kế hoạch năm, đạt tiêu chí nông thôn mới kiểu mẫu.", "đạt"),
    ("Huyện Nam Sơn đã được công nhận nông thôn mới kiểu mẫu.", "được công nhận"),
    ("Xã Phú Lâm đã đạt chuẩn nông thôn mới nâng cao.", "đạt"),
    ("Xã Phú Lâm được công nhận đạt chuẩn nông thôn mới nâng cao.", "được công nhận"),
    ("Thị trấn đã đạt đô thị loại V.", "loại V"),
    ("Huyện đã xây 12 km đường.", "12 km"),
    ("Huyện vừa khởi công 3 cây cầu.", "3 cây cầu"),
    ("Năm nay huyện trồng thêm 310 ha rừng.", "310 ha"),
    ("Thu nhập bình quân đạt 65 triệu đồng/người/năm.", "65 triệu đồng/người/năm"),
    ("Tỉnh hỗ trợ 45 tỷ đồng sửa hồ chứa nước.", "45 tỷ đồng"),
    # told as goals
    ("Huyện phấn đấu đến năm 2027 có 4 xã đạt chuẩn nông thôn mới kiểu mẫu.", ""),
    ("Đến năm 2027, huyện đặt mục tiêu có ít nhất 04 xã đạt NTM kiểu mẫu.", ""),
    ("Ít nhất 4 xã sẽ đạt chuẩn NTM kiểu mẫu.", ""),
    ("Huyện cần có 4 xã đạt chuẩn NTM kiểu mẫu.", ""),
    ("Theo kế hoạch, thị trấn đạt đô thị loại V vào năm 2027.", ""),
    ("Xã Phú Lâm đăng ký đạt chuẩn nông thôn mới nâng cao.", ""),
    ("Huyện sẽ xây 12 km đường.", ""),
    ("Huyện xin tỉnh hỗ trợ 45 tỷ đồng.", ""),
    ("Huyện đã đề nghị hỗ trợ 45 tỷ đồng.", ""),
    ("Thu nhập bình quân dự kiến lên 65 triệu đồng.", ""),
    # what is to come may be told in the present
    ("Huyện xây 12 km đường và 3 cây cầu.", ""),
    # facts
    ("Huyện đã có 11/15 xã đạt chuẩn nông thôn mới.", ""),
    ("Năm ngoái huyện trồng 250 ha rừng.", ""),
    ("Thu nhập bình quân là 48 triệu đồng/người/năm.", ""),
    ("Có 97% số hộ dùng nước sạch.", ""),
    ("Huyện có 11 xã đạt chuẩn nông thôn mới, phấn đấu có 4 xã kiểu mẫu.", ""),
    ("Cuộc họp diễn ra năm 2027.", ""),
]

# A Vietnamese sentence, its translation, and the words in it that tell a goal as a fact.
TRANSLATIONS = [
    (
        "Xã phấn đấu đạt chuẩn nông thôn mới nâng cao vào cuối năm.",
        "The commune has met advanced New Rural Development standards at the end of the year.",
        "has met",
    ),
    (
        "Mục tiêu là thị trấn đạt tiêu chí đô thị loại V.",
        "The township has met the urban area criterion 5.",
        "5",
    ),
    ("Huyện phấn đấu có 4 xã kiểu mẫu.", "The district had four model communes.", "four model communes"),
    ("Huyện phấn đấu trồng 310 ha rừng.", "The district has planted 310 ha of forest.", "310 ha"),
    ("Huyện phấn đấu trồng 310 ha rừng.", "The district plants 310 ha of forest.", "310 ha"),
    (
        "Xã đăng ký đạt chuẩn NTM trong năm nay.",
        "The commune was recognized as a new-style rural commune.",
        "was recognized",
    ),
    ("Tỉnh sẽ xây 3 cây cầu.", "The province has built three bridges.", "three bridges"),
    ("Huyện dự kiến chi 45 tỷ đồng.", "The district has spent VND45 billion.", "VND45 billion"),
    (
        "Huyện đã trồng 250 ha, phấn đấu trồng thêm 310 ha.",
        "The district has planted 250 ha and another 310 ha.",
        "310 ha",
    ),
    ("Xã quyết tâm hoàn thành 19 tiêu chí.", "The commune completed 19 criteria.", "19 criteria"),
    # told as goals
    ("Xã phấn đấu đạt chuẩn nông thôn mới nâng cao.", "The commune strives to meet advanced standards.", ""),
    ("Huyện phấn đấu có 4 xã kiểu mẫu.", "The district aims for four model communes.", ""),
    ("Huyện phấn đấu có 4 xã kiểu mẫu.", "Four communes are expected to reach model status.", ""),
    ("Huyện phấn đấu có 4 xã kiểu mẫu.", "Four communes to become model ones by 2027.", ""),
    ("Huyện đặt mục tiêu trồng 310 ha rừng.", "The district plans to plant 310 ha of forest.", ""),
    ("Tỉnh sẽ xây 3 cây cầu.", "The province builds three bridges.", ""),
    ("Huyện đề nghị hỗ trợ 45 tỷ đồng.", "The district has asked for VND45 billion.", ""),
    ("Huyện quyết tâm đạt 19 tiêu chí.", "The district must meet all 19 criteria.", ""),
    # facts
    (
        "Huyện đã trồng 250 ha, phấn đấu trồng thêm 310 ha.",
        "The district has planted 250 ha and aims for another 310 ha.",
        "",
    ),
    ("Huyện đã vượt mục tiêu, trồng 310 ha.", "The district has exceeded its target, planting 310 ha.", ""),
    (
        "Huyện đã xây xong 5 cầu, phấn đấu đạt chuẩn NTM.",
        "The district has completed five bridges and aims to meet the standards.",
        "",
    ),
    ("Đến nay 11 xã đạt chuẩn.", "So far 11 communes have met the standards.", ""),
]


@pytest.mark.parametrize(("claim", "words"), SUMMARIES)
def test_a_summary_that_tells_a_goal_as_a_fact(claim, words):
    found = Goals(AIMS).told_as_facts(claim, "vi")
    assert bool(found) == bool(words)
    assert all(claim[o.span.start : o.span.end].startswith(words) for o in found[:1])
    assert all(0 <= o.goal.start < o.goal.end <= len(AIMS[o.sentence]) for o in found)


@pytest.mark.parametrize(("source", "claim", "words"), TRANSLATIONS)
def test_a_translation_that_tells_a_goal_as_a_fact(source, claim, words):
    found = Goals([source]).told_as_facts(claim, "en")
    assert bool(found) == bool(words)
    assert all(claim[o.span.start : o.span.end].startswith(words) for o in found[:1])


def test_one_mention_as_a_fact_is_enough():
    goal = "Xã phấn đấu trồng 310 ha rừng."
    assert Goals([goal]).told_as_facts("Xã đã trồng 310 ha rừng.", "vi")
    assert not Goals([goal, "Đến nay, xã đã trồng 310 ha."]).told_as_facts("Xã đã trồng 310 ha rừng.", "vi")


def test_what_is_to_be_raised_is_a_fact():
    goals = Goals(["Xã phấn đấu nâng thu nhập từ 48 triệu đồng lên mức cao hơn."])
    assert not goals.told_as_facts("Thu nhập là 48 triệu đồng.", "vi")


def test_it_names_the_goal():
    source = "Năm 2026, xã phấn đấu trồng 310 ha rừng."
    (found,) = Goals([source]).told_as_facts("Xã đã trồng 310 ha rừng.", "vi")
    assert source[found.goal.start : found.goal.end] == "phấn đấu trồng 310 ha"


def test_an_english_source_serves_as_well():
    goals = Goals(["The district aims to plant 310 ha of forest."], "en")
    assert goals.told_as_facts("The district has planted 310 ha of forest.", "en")
    assert not goals.told_as_facts("The district hopes to plant 310 ha of forest.", "en")


@given(st.text(), st.text())
def test_any_text_is_read(source, claim):
    Goals([source, "Huyện phấn đấu có 4 xã."]).told_as_facts(claim, "vi")
    Goals([source, "Huyện phấn đấu có 4 xã."]).told_as_facts(claim, "en")
