import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmsum.normalize import expand_abbreviations
from ntmsum.normalize.abbreviations import abbreviations, stop_after
from ntmsum.tables import load_csv

EXPANDED = [
    ("Xã đạt chuẩn NTM.", "Xã đạt chuẩn nông thôn mới."),
    ("NTM là mục tiêu.", "Nông thôn mới là mục tiêu."),
    ("UBND xã và HĐND xã", "Ủy ban nhân dân xã và Hội đồng nhân dân xã"),
    ("tại TP.HCM.", "tại Thành phố Hồ Chí Minh."),
    ("tại TP. HCM, TPHCM", "tại Thành phố Hồ Chí Minh, Thành phố Hồ Chí Minh"),
    ("ở TP. Phủ Lý", "ở thành phố Phủ Lý"),
    ("ở TP.Phủ Lý", "ở thành phố Phủ Lý"),
    ("ở TP Phủ Lý", "ở thành phố Phủ Lý"),
    ("ở TX. Duy Tiên, TT. Quế", "ở thị xã Duy Tiên, thị trấn Quế"),
    ("ở Q.1, P.5", "ở quận 1, phường 5"),
    ("ở H. Kim Bảng", "ở huyện Kim Bảng"),
    ("ThS. Lê Nam và PGS.TS. Trần An", "Thạc sĩ Lê Nam và phó giáo sư tiến sĩ Trần An"),
    ("gặp BS.CKII. Vũ Hà", "gặp bác sĩ chuyên khoa II Vũ Hà"),
    ("dọc QL.1A và QL 38", "dọc quốc lộ 1A và quốc lộ 38"),
    ("tổng vốn 500 tr.đ", "tổng vốn 500 triệu đồng"),
    ("Ban Bí thư T.Ư Đảng", "Ban Bí thư Trung ương Đảng"),
    ("xây dựng nông thôn mới (NTM) ở xã", "xây dựng nông thôn mới ở xã"),
    ("Nông thôn mới (NTM)", "Nông thôn mới"),
    ("Chương trình (NTM)", "Chương trình (nông thôn mới)"),
    ("Sở NN&PTNT và Sở TN&MT", "Sở Nông nghiệp và Phát triển nông thôn và Sở Tài nguyên và Môi trường"),
    ("Họp xong. UBND xã kết luận", "Họp xong. Ủy ban nhân dân xã kết luận"),
    ("Gặp TS. TS. An", "Gặp tiến sĩ tiến sĩ An"),
    ("Xong. HTX đã họp", "Xong. Hợp tác xã đã họp"),
]
KEPT = [
    "26-NQ/TW", "QĐ 1600/QĐ-TTg", "Nghị quyết số 26-NQ/TW", "Quyết định số 12/2020/QĐ-UBND", "NQ 05/2019/NQ-HĐND",
    "NQ số 19", "ntm", "NTMX", "xNTM", "http://vidu.vn/NTM", "ubnd@vidu.vn", "UBND@vidu.vn", "vidu.UBND.vn", "TP",
    "TS thi vào lớp 10", "Nguyễn H. Nam", "Anh Nguyễn Văn T.", "ha", "14 ha lúa", "TT-BTC", "5 km", "tr.đ",
    "TT&DL",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXPANDED)
def test_abbreviations_are_written_out_in_context(text, expected):
    assert expand_abbreviations(text) == expected


@pytest.mark.parametrize("text", KEPT)
def test_document_numbers_and_other_tokens_stay(text):
    assert expand_abbreviations(text) == text


def test_the_table_is_complete_and_sound():
    rows = load_csv("ntmsum.normalize", "abbreviations.csv")
    table = abbreviations()
    assert len(rows) == len(table) >= 120
    for row in table.values():
        assert row.expansion and row.source, row.abbr
        assert row.splits_sentence in {"yes", "no", "opener"}, row.abbr
        assert expand_abbreviations(row.expansion) == row.expansion, row.abbr


@pytest.mark.parametrize(
    ("word", "rule"),
    [("TP", "no"), ("PGS.TS", "no"), ("ThS.BS", "no"), ("NTM", "yes"), ("T.Ư", "opener"), ("TP.HCM", "yes")],
)
def test_the_table_says_which_full_stops_end_sentences(word, rule):
    assert stop_after(word) == rule


pieces = st.sampled_from(
    [
        *abbreviations(),
        " ",
        " ",
        ". ",
        ", ",
        "(",
        ")",
        "-",
        "/",
        "1",
        "Hà Nam",
        "xã",
        "nông thôn mới",
        "H",
        "\n",
        "“",
    ]
)


@given(st.lists(pieces, max_size=12).map("".join))
def test_writing_out_twice_changes_nothing(text):
    once = expand_abbreviations(text)
    assert expand_abbreviations(once) == once
