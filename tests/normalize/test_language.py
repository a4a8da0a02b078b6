import pytest

from ntmsum.errors import InputError
from ntmsum.normalize.language import check_language

FOREIGN = [
    "The commune has finished a new road that links two villages along the river.",
    "District officials said on Monday that the road to Đồng Hóa would open to traffic in the next month.",
    "La commune a terminé la route qui relie les deux villages le long de la rivière.",
    "La carretera nueva une las dos aldeas y fue abierta al tráfico el lunes pasado.",
    "Jalan baru itu menghubungkan dua desa di tepi sungai dan dibuka untuk umum.",
    "这条新路连接了河边的两个村庄。",
    "Новая дорога соединила две деревни у реки.",
    "ถนนสายใหม่เชื่อมสองหมู่บ้าน",
    "2020 14/16 5.000",
    "aaaa aaaa",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_refused_with_a_remedy(text):
    with pytest.raises(InputError, match="paste a Vietnamese article"):
        check_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "Xã vừa làm xong con đường nối hai thôn ven sông.",
        "Kim Bảng",
        "Smart Farm của Công ty Green Field tại xã đã xuất lô hàng đầu tiên sang Singapore.",
        "UBND XÃ ĐỒNG HÓA",
    ],
)
def test_vietnamese_passes(text):
    assert check_language(text) is None


def test_vietnamese_without_diacritics_gets_a_warning():
    note = check_language(
        "Huyen da hoan thanh xay dung nong thon moi trong nam nay, nguoi dan rat phan khoi."
    )
    assert note.kind == "diacritics"
