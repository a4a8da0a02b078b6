from ntmsum.reading import find_evidence

SENTENCES = [
    "Xã Mường Chanh vừa đón nhận danh hiệu đạt chuẩn nông thôn mới.",
    "Đến nay xã đã đạt 19/19 tiêu chí, thu nhập bình quân 45 triệu đồng.",
    "Anh Lò Văn Pánh kể về đàn dê của gia đình.",
    "Trời hôm ấy se lạnh.",
    "Toàn xã cứng hóa 32 km đường bản, đạt chuẩn tiêu chí giao thông nông thôn mới.",
]


def test_evidence_names_the_sentences_a_claim_combines():
    claim = "Xã Mường Chanh đạt 19/19 tiêu chí và cứng hóa 32 km đường bản."
    assert set(find_evidence(claim, SENTENCES)) >= {1, 4}


def test_the_most_telling_evidence_comes_first():
    assert find_evidence("Thu nhập bình quân đạt 45 triệu đồng.", SENTENCES)[0] == 1


def test_a_claim_from_nowhere_has_no_evidence():
    assert find_evidence("Giá xăng giảm mạnh từ chiều qua", SENTENCES) == ()
    assert find_evidence("", SENTENCES) == ()
