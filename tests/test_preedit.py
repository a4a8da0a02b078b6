import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.preedit import pre_edit


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Lễ hội đón hơn 3 vạn lượt khách.", "Lễ hội đón hơn 30.000 lượt khách."),
        ("Kho chứa 1,5 vạn bao thóc.", "Kho chứa 15.000 bao thóc."),
        ("Tối 6-12, huyện mở hội chợ.", "Tối 6/12, huyện mở hội chợ."),
        ("Ghi nhận ngày 22-7-2024 tại chợ.", "Ghi nhận ngày 22/7/2024 tại chợ."),
        (
            "Trưởng phòng Kinh tế huyện Lò Thị Mến cho biết đã có 6 mã số.",
            "Trưởng phòng Kinh tế huyện, bà Lò Thị Mến, cho biết đã có 6 mã số.",
        ),
        ("Cầu nối hai xã Tân Hà và Bình Lư.", "Cầu nối các xã Tân Hà và Bình Lư."),
        ("Các xã chạy nước rút cuối năm.", "Các xã tăng tốc cuối năm."),
        ("Hiện mới có 31% diện tích được tưới.", "Hiện chỉ có 31% diện tích được tưới."),
        ("Gần một tuần nay, giá lúa giảm.", "Trong gần một tuần qua, giá lúa giảm."),
        ("Còn gần một tháng nữa là đến Tết, giá tăng.", "Gần một tháng trước khi Tết, giá tăng."),
        ("Hai nạn nhân đã qua cơn nguy kịch.", "Hai nạn nhân đã thoát khỏi nguy hiểm."),
        (
            "Tỷ lệ này thấp hơn chỉ tiêu được giao 0,5 điểm phần trăm.",
            "Tỷ lệ này thấp hơn 0,5 điểm phần trăm so với chỉ tiêu được giao.",
        ),
    ],
)
def test_what_a_small_model_misreads_is_put_otherwise(source, expected):
    assert pre_edit(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Mỗi kg giá 6-12 nghìn đồng.",
        "Vạn Ninh có 3 xã ven biển.",
        "Cầu mới có hai làn xe.",
        "Chủ tịch UBND huyện Kim Bôi cho biết đường đã xong.",
        "Hai xã này chưa đạt chuẩn.",
    ],
)
def test_what_is_clear_stays(source):
    assert pre_edit(source) == source


@given(st.text())
def test_any_text_can_be_read(text):
    assert isinstance(pre_edit(text), str)
