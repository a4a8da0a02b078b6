import pytest

from ntmsum.checks import Checker
from ntmsum.glossary import Glossary
from ntmsum.trends import turned_trend


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Số hộ vẫn giảm, còn chưa đầy 500 hộ.", "The number of households remained unchanged at less than 500."),
        ("Giá lúa giảm 300 đồng/kg.", "The price of rice increased by 300 VND/kg."),
        ("Sản lượng tăng 12% so với năm 2022.", "Output fell 12% compared with 2022."),
        ("Nhu cầu tăng cao.", "Demand fell."),
        ("Giá nhẫn giảm nhẹ 2%.", "Ring prices rose 2%."),
        ("Lượng khách gia tăng mạnh.", "Visitor numbers are down 9 points."),
    ],
)  # fmt: skip
def test_a_change_told_the_other_way_is_found(source, text):
    told, contrary = turned_trend(source, text)
    assert told.of(source) in ("tăng", "gia tăng", "giảm")
    assert contrary.of(text) in ("remained unchanged", "increased", "fell", "rose", "down 9")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Số hộ làm muối vẫn giảm.", "The number of salt makers keeps falling."),
        ("Sản lượng tăng 12%.", "Output was 12% higher, though prices fell."),
        ("Giá lúa giảm, giá phân bón tăng.", "Rice prices rose and fertilizer prices fell."),
        ("Huyện tăng cường kiểm tra.", "The number of checks declined."),
        ("Chương trình giảm nghèo được mở rộng.", "The programme increased in size."),
        ("Tỉnh miễn giảm học phí.", "Tuition support increased."),
        ("Xã có 14 thôn.", "The number of hamlets fell."),
        ("Giá điện không tăng trong quý này.", "Electricity prices remained unchanged this quarter."),
        ("Số vụ cháy không giảm.", "The number of fires increased."),
        ("Xe tăng bị rơi xuống suối.", "The tank fell into the stream."),
        ("Anh Tăng Văn A bị ngã.", "Mr. Tang Van A fell."),
        ("", ""),
    ],
)
def test_what_may_be_right_is_left_alone(source, text):
    assert turned_trend(source, text) is None


def test_the_editor_is_told():
    alerts = Checker(Glossary.official()).check_translation(
        "Giá lúa giảm 300 đồng/kg.", "The price of rice increased by 300 VND/kg."
    )
    assert [a.kind for a in alerts] == ["number"]
    assert "increased" in alerts[0].message
