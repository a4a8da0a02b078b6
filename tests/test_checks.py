"""What the checks say about bare texts: every fault named, clean renderings left in peace."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntmsum.alerts import Place
from ntmsum.checks import Checker
from ntmsum.glossary import Glossary, Term

CHECKER = Checker(Glossary.official())
IN_VIETNAMESE = Checker(Glossary.official(), language="vi")

ARTICLE = """Huyện Nam Sơn bàn giao nhà cho hộ nghèo

Ngày 12/8, UBND huyện Nam Sơn bàn giao 48 căn nhà cho hộ nghèo ở ba xã Phú Lâm, Hòa Bắc và Tân Khê.

Tổng kinh phí là 3,6 tỷ đồng, trong đó ngân sách huyện chi 2,1 tỷ đồng. Mỗi hộ được hỗ trợ 75 triệu đồng.

Ông Lê Văn Thuận, Phó Chủ tịch UBND huyện, cho biết 17 căn còn lại sẽ xong trước ngày 30/9.

Trường THCS Phú Lâm có 412 học sinh, trong đó 38 em không phải đóng học phí. Đường tỉnh 515 dài 41 km chạy qua xã.

Đập Khe Lim cao 4,1 m chưa bị hư hỏng. Xã Phú Lâm đã đạt chuẩn NTM nâng cao, xã Tân Khê phấn đấu đạt chuẩn NTM
kiểu mẫu."""

# Vietnamese, English, and the kinds of alert that it deserves.
TRANSLATIONS = [
    # number
    ("Xã có 48 căn nhà mới.", "The commune has 84 new houses.", "number"),
    ("Xã có 48 căn nhà mới.", "The commune has new houses.", "number"),
    ("Xã có nhà mới.", "The commune has 48 new houses.", "number"),
    ("Tổng vốn 3,6 tỷ đồng.", "Total capital is 3.6 million VND.", "number"),
    ("Tổng vốn 3,6 tỷ đồng.", "Total capital is 3.6 billion USD.", "number"),
    ("Diện tích 120 ha.", "The area is 120 km2.", "number"),
    ("Đường dài 41 km.", "The road is 41 m long.", "number"),
    ("Năng suất 65 tạ/ha.", "The yield is 65 tonnes per hectare.", "number"),
    ("Có 353 hộ nhận tiền.", "The money went to 353 people.", "number"),
    ("Có 15 xã đạt chuẩn.", "Fifteen villages met the standards.", "number term"),
    ("Có 412 học sinh.", "There are 412 schools.", "number"),
    ("Bị phạt 5 năm 6 tháng tù.", "He was jailed for five years and seven months.", "number"),
    ("Có 17/20 xã đạt chuẩn.", "18 of 20 communes met the standards.", "number"),
    # date
    ("Công trình xong trước ngày 30/9.", "The works will be finished before 30 August.", "date"),
    ("Năm 2023, huyện có 5 trường.", "In 2024 the district had five schools.", "date"),
    ("Lễ hội diễn ra từ 13 đến 15/10.", "The festival runs from 13 to 16 October.", "date number"),
    ("Cầu thông xe lúc 7 giờ sáng 5/3.", "The bridge opened at 8 a.m. on 5 March.", "date"),
    # name
    ("Ông Lê Văn Thuận phát biểu.", "Mr Pham Van Hoc spoke.", "name"),
    ("Lũ ở huyện Nam Sơn rút chậm.", "The floods in Ba Vi District are receding slowly.", "name"),
    ("Xã Phú Lâm thu hoạch lúa.", "Phu Lam Ward is harvesting rice.", "name term"),
    ("Ông Lê Văn Thuận và bà Trần Thị Hoa phát biểu.", "Mr Le Van Thuan spoke.", "name"),
    # term
    ("Phó Chủ tịch UBND huyện dự lễ.", "The Chairman of the District People's Committee attended.", "term"),
    ("HĐND tỉnh họp.", "The Provincial People's Committee met.", "term"),
    ("Trường THCS mở cửa lại.", "The upper secondary school has reopened.", "term"),
    ("Huyện đã cấp gạo cho dân.", "The county has given people rice.", "term"),
    ("Người dân xã đã về nhà.", "The people of the ward are home.", "term"),
    ("Quốc lộ bị chia cắt.", "The Provincial Road was cut off.", "term"),
    ("Xã đạt chuẩn NTM nâng cao.", "The commune meets model New Rural Development standards.", "term"),
    ("Xã giúp hộ nghèo sửa nhà.", "The commune helps near-poor households repair houses.", "term"),
    ("Xã đạt chuẩn NTM kiểu mẫu.", "The commune meets new rural model standards.", "term"),
    ("Xã NTM của tỉnh Sóc Trăng.", "The new-style rural village of Soc Trang Province.", "term"),
    # negation
    (
        "Trạm không có bác sĩ; huyện thiếu 137 bác sĩ.",
        "The station has a doctor; the district is short of 137 doctors.",
        "negation",
    ),
    ("Cầu không bị hư hỏng.", "The bridge was damaged.", "negation"),
    ("Xã vẫn thiếu hơn 20 phòng học.", "The commune still had more than 20 classrooms.", "negation"),
    ("Hai bản chưa có điện lưới.", "Two villages have grid power.", "negation"),
    # goal
    ("Xã phấn đấu trồng 310 ha rừng.", "The commune has planted 310 ha of forest.", "goal"),
    ("Xã phấn đấu đạt chuẩn NTM.", "The commune has met New Rural Development standards.", "goal"),
    # bound
    ("Tổng vốn hơn 30 tỷ đồng.", "Total capital is nearly 30 billion VND.", "number"),
    ("Xe chạy không quá 20 km/giờ.", "Vehicles go at more than 20 km/h.", "number negation"),
    ("Nước sông Nậm Chà dâng cao.", "The water is high.", "name"),
    # contradiction
    (
        "Năm học 2024-2025, huyện có 3 trường.",
        "In the 2025-2025 school year, the district has 3 schools.",
        "number",
    ),
    ("Có 9/15 xã có chợ.", "All 9 of 15 communes have a market.", "number"),
    # the rest
    ("Nước đã rút.", "Nước đã rút khỏi các xã ven sông.", "language"),
    ("Nước đã rút.", "", "length"),
    ("Nước đã rút. Chợ đã mở lại.", "The water has receded.", "length"),
    (
        "Nước đã rút khỏi chợ.",
        "The water has left the market, the water has left the market.",
        "repetition",
    ),
]

# Ways of saying the same that deserve no alert.
CLEAN = [
    ("Tỉnh có 100% đường huyện được trải nhựa.", "All district roads in the province are paved."),
    (
        "Phó Chủ tịch HĐND huyện Đoàn Thị Lệ phát biểu.",
        "Vice Chairwoman of the District People's Council Doan Thi Le spoke.",
    ),
    ("Đến ngày 8/8/2024, 10/10 xã có chợ.", "By 8 August 2024, 10 of 10 communes had a market."),
    ("Bệnh viện hết cảnh hai bệnh nhân nằm chung giường.", "Patients at the hospital no longer share beds."),
    ("Tỉnh đặt mục tiêu trồng 310 ha rừng.", "The province's goal is 310 ha of forest."),
    ("Đảo Lý Sơn không thu phí gửi xe.", "Parking on Ly Son Island is free."),
    ("Có 97 hồ sơ trễ hạn.", "There were 97 late cases."),
    ("Trường thêm 18 phòng.", "The school gets 18 more classrooms."),
    ("Trường tuyển 1.575 chỉ tiêu.", "The school has 1,575 places."),
    ("Có 37 hộ phải dời nhà.", "37 families had to move."),
    ("Cơn lũ làm ngập 672 trong tổng số 798 hộ.", "The flood entered 672 of the 798 homes."),
    ("Có 1.840 vụ án được thụ lý.", "The court accepted 1,840 civil cases."),
    ("Huyện có 12.600 lượt xe qua phà.", "The ferry carried 12,600 vehicle trips."),
    ("Cây cầu nối hai bản Huổi Lóng và Nậm Mu.", "The bridge links the villages of Huoi Long and Nam Mu."),
    ("Ngã ba Chợ Mới kẹt xe.", "The Cho Moi junction was jammed."),
    ("Mỗi năm tỉnh trồng 200 ha rừng.", "The province plants 200 ha of forest a year."),
    ("Ba năm, xã đã đổi thay.", "In three years the commune has changed."),
    ("Lễ hội kéo dài ba ngày, từ 13 đến 15/10.", "The festival lasts three days, from 13 to 15 October."),
    ("Mưa từ đêm 27 đến sáng 29/10.", "It rained from the night of 27 October to the morning of 29 October."),
    ("Học sinh nghỉ hai ngày 9 và 10/9.", "Pupils had two days off, 9 and 10 September."),
    ("Tàu cấm ra khơi từ 12 giờ.", "Vessels may not put out to sea from noon."),
    ("Cầu đóng từ 0 giờ ngày 5/3.", "The bridge has been closed since midnight on 5 March."),
    (
        "Sáu tháng đầu năm, tỉnh thu 12 tỷ đồng.",
        "In the first six months the province took in 12 billion VND.",
    ),
    ("Kỳ thi lớp 10 tháng 6 có 300 em.", "In June 300 pupils sat the Grade 10 examination."),
    ("Bão mạnh cấp 10.", "It was a force-10 storm."),
    ("Chốt trực 24/24 giờ.", "The post is manned around the clock."),
    ("Hội mở sáng mùng 8 tháng Giêng.", "It opens on the eighth day of the first lunar month."),
    ("Bị phạt 5 năm 6 tháng tù.", "He was jailed for five and a half years."),
    ("Đường dài 41 km qua 2 xã vùng III.", "The 41 km road crosses two Region III communes."),
    ("Nông dân dùng máy bay không người lái phun thuốc.", "Farmers spray with drones."),
    ("Chưa đầy hai năm, xã đã thoát nghèo.", "In less than two years the commune has escaped poverty."),
    ("Huyện thảo luận các chỉ tiêu chưa đạt.", "The district discussed unmet targets."),
    ("Dân được vay không lãi.", "People can borrow interest-free."),
    ("Huyện sẽ khởi công cụm công nghiệp.", "The district will break ground on the industrial cluster."),
    ("Sản lượng khai thác của tỉnh tăng.", "The province's catch has risen."),
    ("Cấm câu ở đập Trị An.", "Fishing at Tri An Dam is banned."),
    ("Nước hồ Tân Giang ngày 22/5 xuống thấp.", "On 22 May Tan Giang Reservoir was low."),
]

# A sentence of a summary of ARTICLE, and the kinds of alert that it deserves.
SUMMARIES = [
    ("Huyện Nam Sơn bàn giao 48 căn nhà cho hộ nghèo ở ba xã.", ""),
    ("Ông Lê Văn Thuận cho biết 17 căn còn lại sẽ xong trước ngày 30/9.", ""),
    ("Đập Khe Lim cao 4,1 m chưa bị hư hỏng.", ""),
    ("Huyện Nam Sơn bàn giao 84 căn nhà cho hộ nghèo ở ba xã.", "number"),
    ("Tổng kinh phí là 3,6 triệu đồng, ngân sách huyện chi một phần.", "number"),
    ("Huyện bàn giao nhà cho hộ nghèo ở ba xã trong ngày 13/8.", "date"),
    ("Ông Phạm Quốc Học cho biết 17 căn còn lại sẽ xong trước ngày 30/9.", "name"),
    ("Nhà được bàn giao cho hộ nghèo ở xã Vĩnh An thuộc huyện.", "name"),
    ("Đập Suối Vàng cao 4,1 m chưa bị hư hỏng trong mùa mưa.", "name"),
    ("Ngày 12/8, nhà được bàn giao cho hộ nghèo ở phường Phú Lâm.", "name term"),
    ("Đập Khe Lim cao 41 m chưa bị hư hỏng, đường thông suốt.", "number"),
    ("Ngày 12/8, UBND quận bàn giao nhà cho hộ nghèo ở các xã.", "term"),
    ("Trường THPT Phú Lâm có 412 học sinh, trong đó nhiều em nghèo.", "term"),
    ("Đập Khe Lim cao 4,1 m bị hư hỏng sau đợt mưa.", "negation"),
    ("Trường Phú Lâm có 38 em phải đóng học phí trong năm.", "negation"),
    ("Xã Tân Khê phấn đấu đạt chuẩn nông thôn mới kiểu mẫu.", ""),
    ("Xã Tân Khê đã đạt chuẩn nông thôn mới kiểu mẫu.", "goal"),
    ("Ông Lê Văn Thuận, Chủ tịch UBND huyện, cho biết 17 căn còn lại sẽ xong trước ngày 30/9.", "term"),
    ("Toàn bộ 17/48 căn nhà được bàn giao cho hộ nghèo trong huyện.", "number"),
]


def kinds(alerts):
    return {alert.kind for alert in alerts if alert.severity != "info"}


@pytest.mark.parametrize(
    ("vi", "en", "expected"), TRANSLATIONS, ids=[en or "nothing" for _, en, _ in TRANSLATIONS]
)
def test_faulty_translation_is_named(vi, en, expected):
    found = kinds(CHECKER.check_translation(vi, en))
    assert found & set(expected.split())


@pytest.mark.parametrize(("vi", "en"), CLEAN, ids=[en for _, en in CLEAN])
def test_clean_translation_is_left_in_peace(vi, en):
    assert [a.message for a in CHECKER.check_translation(vi, en) if a.severity != "info"] == []


@pytest.mark.parametrize(("summary", "expected"), SUMMARIES, ids=[text for text, _ in SUMMARIES])
def test_summary_is_held_against_its_article(summary, expected):
    assert kinds(CHECKER.check_summary(ARTICLE, summary)) == set(expected.split())


@pytest.mark.parametrize(("vi", "en", "_"), TRANSLATIONS[:30])
def test_messages_exist_in_both_languages(vi, en, _):
    english, vietnamese = CHECKER.check_translation(vi, en), IN_VIETNAMESE.check_translation(vi, en)
    assert [a.kind for a in english] == [a.kind for a in vietnamese]
    assert all(
        a.message != b.message and a.message and b.message for a, b in zip(english, vietnamese, strict=True)
    )


def test_alert_names_both_places():
    vi, en = "Xã có 48 căn nhà mới.", "The commune has 84 new houses."
    (alert,) = CHECKER.check_translation(vi, en)
    assert alert.severity == "error"
    assert en[alert.where.span.start : alert.where.span.end] == "84 new houses"
    assert vi[alert.against.span.start : alert.against.span.end] == "48 căn nhà"
    assert "84" in alert.message and "48" in alert.message


def test_a_goal_told_as_a_fact_names_both_places():
    vi, en = "Xã phấn đấu trồng 310 ha rừng.", "The commune has planted 310 ha of forest."
    (alert,) = CHECKER.check_translation(vi, en)
    assert (alert.kind, alert.severity) == ("goal", "warning")
    assert en[alert.where.span.start : alert.where.span.end] == "310 ha"
    assert vi[alert.against.span.start : alert.against.span.end] == "phấn đấu trồng 310 ha"


TWO_DAYS = """Tỉnh An Sơn ứng phó mưa lũ

Chiều 13/11, mưa lớn trút xuống toàn tỉnh, đo được 318 mm.

Ngày 14/11, học sinh nghỉ học; các xã di dời 1.376 hộ, 14 xã đặc biệt
khó khăn được cấp 350 triệu đồng.

Các phường tự lo."""


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("Ngày 14/11, tỉnh cho di dời 1.376 hộ đến nơi an toàn.", set()),
        ("Ngày 13/11, tỉnh cho di dời 1.376 hộ đến nơi an toàn.", {"date"}),
        ("Chiều 13/11, mưa đo được 318 mm trên toàn tỉnh.", set()),
        ("Chiều 14/11, mưa đo được 318 mm trên toàn tỉnh.", {"date"}),
        ("Tỉnh cấp 350 triệu đồng cho các xã đặc biệt khó khăn.", set()),
        ("Tỉnh cấp 350 triệu đồng cho các phường đặc biệt khó khăn.", {"term"}),
    ],
)
def test_the_figure_beside_a_date_or_level_tells_its_place(summary, expected):
    assert kinds(CHECKER.check_summary(TWO_DAYS, summary)) == expected


def test_misplaced_figure_points_at_the_right_one():
    summary = "Đập Khe Lim cao 41 m chưa bị hư hỏng."
    (alert,) = CHECKER.check_summary(ARTICLE, summary)
    assert summary[alert.where.span.start : alert.where.span.end] == "41 m"
    assert "4,1 m" in alert.message
    assert alert.against.part == "source"


def test_second_sentence_is_counted_from_its_own_start():
    (alert,) = CHECKER.check_translation("Nước đã rút. Có 5 nhà sập.", "The water is gone. 6 houses fell.")
    assert alert.where.sentence == 1
    assert alert.where.span.start == 0


def test_worst_alert_stands_first():
    alerts = CHECKER.check_translation("UBND xã phát 50 suất quà.", "The people handed out 60 gifts.")
    assert [a.severity for a in alerts] == sorted(
        (a.severity for a in alerts), key=["error", "warning"].index
    )


def test_users_own_term_is_insisted_on():
    own = Glossary((Term("cầu phao", "floating bridge"),))
    alerts = Checker(own).check_translation("Cầu phao đã mở.", "The pontoon is open.")
    assert [(a.kind, a.against) for a in alerts] == [("term", Place("summary", 0, alerts[0].against.span))]


def test_advisory_term_is_not_insisted_on():
    advisory = Glossary((Term("cầu phao", "floating bridge", advisory=True),))
    assert Checker(advisory).check_translation("Cầu phao đã mở.", "The pontoon is open.") == []


def test_known_wrong_rendering_is_reported_even_of_an_advisory_term():
    glossary = Glossary((Term("cầu phao", "floating bridge", wrong=("buoy bridge",), advisory=True),))
    (alert,) = Checker(glossary).check_translation("Cầu phao đã mở.", "The buoy bridge is open.")
    assert "buoy bridge" in alert.message


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared(vi, en):
    for alert in CHECKER.check_translation(vi, en):
        assert alert.message


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(re.findall(r"\S+", ARTICLE)), max_size=60),
    st.lists(st.sampled_from(re.findall(r"\S+", ARTICLE)), max_size=30),
)
def test_any_mixture_of_the_articles_words_can_be_checked(article, summary):
    for alert in CHECKER.check_summary(ARTICLE + " " + " ".join(article), " ".join(summary)):
        assert alert.where is None or alert.where.part == "summary"


def test_a_district_in_a_foreign_province_is_an_error_even_when_the_article_names_both():
    article = (
        "Huyện Tân Lạc đã có 9/15 xã đạt chuẩn nông thôn mới vào cuối quý I. "
        "Bưởi đỏ của huyện được bán tại nhiều siêu thị ở Hà Nội và các tỉnh lân cận."
    )
    alerts = Checker(Glossary.official()).check_summary(
        article, "Huyện Tân Lạc, tỉnh Hà Nội có 9/15 xã đạt chuẩn nông thôn mới."
    )
    (alert,) = [a for a in alerts if a.severity == "error"]
    assert "Tân Lạc, tỉnh Hà Nội" in alert.message and "Hòa Bình" in alert.message
