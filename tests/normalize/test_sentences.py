from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.normalize import split_sentences

LONG_QUOTE = (
    "Ông Lâm nói: “Năm nay bà con được mùa, giá lúa lại cao hơn năm ngoái nên nhà nào cũng phấn khởi. "
    "Xã sẽ tiếp tục vận động các hộ dồn điền đổi thửa, đưa máy cấy vào đồng ruộng và liên kết với doanh nghiệp”."
)

# "|" marks where a sentence ends
CASES = [
    # plain ends
    "Xã có 14 thôn.| Thôn nào cũng có nhà văn hóa.",
    "Đường đã xong chưa?| Chưa, còn hai cây số nữa.",
    "Thật đáng mừng!| Cả làng ra xem.",
    "Lúa, ngô, khoai, sắn…| Tất cả đều được mùa.",
    "Lúa, ngô, khoai... đều được mùa.",
    "Lúa, ngô, khoai...| Tất cả đều được mùa.",
    "Sao lại thế?!| Không ai trả lời.",
    "Xã đạt 19 tiêu chí.| 14 thôn đã về đích.",
    "Một câu không có dấu chấm",
    "Xã họp dân. sau đó làm đường.",
    # places
    "Đoàn về TP. Phủ Lý làm việc.| Lãnh đạo TP. Phủ Lý tiếp đoàn.",
    "Hàng được bán ở TP.HCM và Hà Nội.",
    "Nhiều thanh niên vào TP.HCM.| Họ làm nghề may.",
    "Ở TX. Duy Tiên có ba khu công nghiệp.",
    "Người dân TT. Quế đồng tình.",
    "Nhà ở Q.1, gần chợ.",
    "Nhà ở Q. 1, gần chợ.| Cửa hàng ở P. 5.",
    "Ông sống ở P. Lê Hồng Phong từ nhỏ.",
    "Đoàn kiểm tra H. Kim Bảng và H. Thanh Liêm.",
    "Anh quê ở X. Thi Sơn.",
    "Trụ sở đặt tại KP. Bình An.",
    # titles
    "Theo ThS. Nguyễn Văn Bình, giống lúa này chịu hạn.",
    "TS. Trần Thị Lan khuyên bà con gieo sớm.",
    "PGS.TS. Lê Quang Minh chủ trì hội thảo.| Hội thảo kéo dài hai ngày.",
    "PGS.TS Lê Quang Minh chủ trì.",
    "BS.CKII. Phạm Thu Hà trực tiếp mổ.",
    "GS. Đặng Hùng và ThS.BS. Vũ Nga cùng dự.",
    "KS. Hoàng Nam thiết kế cây cầu.",
    "Bs. Hòa khám cho bà con.",
    "Mr. Kim đến thăm nhà máy.",
    # party and road
    "Nghị quyết T.Ư. Đảng đã đi vào cuộc sống.",
    "Đoàn công tác của T.Ư. Tại buổi làm việc, xã báo cáo kết quả.".replace("T.Ư. Tại", "T.Ư.| Tại"),
    "Tuyến QL.1A qua xã dài 4 km.",
    "Xe rẽ từ QL. 38 vào đường ĐT. 494.",
    "Tai nạn xảy ra tại Km.12, gần cầu.",
    "Tai nạn xảy ra tại Km. 12, gần cầu.",
    # initials
    "Công an bắt Nguyễn Văn T.| Tại cơ quan điều tra, đối tượng khai nhận.",
    "Chị N.T.H. cho biết đã trình báo.",
    "Nạn nhân là Trần V. Nam.",
    "Anh Lê Văn B. (sinh năm 1990) bị thương.",
    "Nhóm do Phạm Văn K. cầm đầu.| Công an đang mở rộng điều tra.",
    # numbers
    "Tổng vốn là 1.234,5 triệu đồng.| Dân góp 20%.",
    "Thu nhập đạt 52,5 triệu đồng/người/năm.",
    "Từ năm 2018.| Đến nay xã đã có chợ.",
    "Giai đoạn 2018-2020, xã làm 12 km đường.| Giai đoạn sau làm 5 km.",
    "Ngày 2.9.2020, xã khánh thành trường.",
    "Tỷ lệ hộ nghèo giảm còn 1,5-2%.| Không còn nhà tạm.",
    "Theo Quyết định 1600/QĐ-TTg.| Xã đã lập đề án.",
    "Kinh phí 500 tr.đ. cho ba thôn.",
    "Kinh phí là 500 tr.đ.| Trong đó, dân góp 100 tr.đ.",
    "1. Phát triển sản xuất",
    "2.1. Đường giao thông nông thôn",
    "I. Kết quả đạt được",
    "a. Về thủy lợi",
    "Điều 5. Phạm vi áp dụng",
    # addresses
    "Xem tại https://vidu.vn/tin.html.| Trang đã cập nhật.",
    "Gửi thư về an.nguyen@vidu.vn trước ngày 5.",
    "Cổng www.vidu.gov.vn bị lỗi.| Sự cố đã khắc phục.",
    # quotes and brackets
    "Ông nói: “Đường xong rồi.” Bà con vỗ tay.".replace(".” Bà", ".”| Bà"),
    "Ông nói: “Đường xong rồi”.| Bà con vỗ tay.",
    "“Đường xong rồi!” ông nói.",
    "“Đường xong rồi.” - Ông Lâm phấn khởi.",
    "“Xong chưa? Xong rồi”, ông cười.",
    "Phong trào “Dân biết. Dân bàn” lan rộng.",
    'Ông nói: "Đường xong rồi. Cầu cũng xong."| Bà con vỗ tay.',
    "Xã có chợ (xây năm 2015. Sửa năm 2019) và trường.",
    "Xã có chợ (xây năm 2015).| Chợ họp mỗi phiên.",
    "Bà bảo: «Đủ ăn rồi.»| Rồi bà cười.",
    LONG_QUOTE.replace("khởi. ", "khởi.| "),
    # dashes and bullets
    "Kết quả như sau.| - Đường: đạt.",
    "Xã đã xong.| “Chúng tôi rất vui”, bà nói.",
    # acronyms end sentences
    "Xã đang xây dựng NTM.| Huyện hỗ trợ xi măng.",
    "Kinh phí do UBND huyện và HTX.| Dân góp công.",
    "Trồng lúa, ngô, v.v. trên đất bãi.",
    "Xã có 14 ha.| Trong đó 5 ha trồng rau.",
    # lines
    "Tiêu đề không dấu chấm|\nCâu thứ nhất.| Câu thứ hai.",
    "- Đường thôn|\n- Trạm y tế",
]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_a_reader_ends_them(marked):
    text = marked.replace("|", "")
    expected = [piece.strip() for piece in marked.split("|")]
    assert [text[span.start : span.end] for span in split_sentences(text)] == expected


def test_the_table_is_large_enough():
    assert len(set(CASES)) >= 60


@pytest.mark.parametrize("blank", ["", " ", "\n\n"])
def test_blank_text_has_no_sentences(blank):
    assert split_sentences(blank) == []


@given(st.text(alphabet='aĐ1.!…”“"() \nTPS-', max_size=60))
def test_sentences_cover_the_text_in_order_and_without_blanks_around(text):
    spans = split_sentences(text)
    covered = "".join(text[span.start : span.end] for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    for span in spans:
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
    assert all(left.end <= right.start for left, right in pairwise(spans))
