from hypothesis import given
from hypothesis import strategies as st

from ntmsum.reading import choose_sentences, find_evidence

SENTENCES = [
    "Xã Mường Chanh vừa đón nhận danh hiệu đạt chuẩn nông thôn mới.",
    "Đến nay xã đã đạt 19/19 tiêu chí, thu nhập bình quân 45 triệu đồng.",
    "Anh Lò Văn Pánh kể về đàn dê của gia đình.",
    "Trời hôm ấy se lạnh.",
    "Toàn xã cứng hóa 32 km đường bản, đạt chuẩn tiêu chí giao thông nông thôn mới.",
]


def test_everything_is_read_when_it_fits():
    assert choose_sentences(SENTENCES, [10] * 5, 50) == [0, 1, 2, 3, 4]


def test_lead_and_central_sentences_are_read_when_not_all_fit():
    chosen = choose_sentences(SENTENCES, [10] * 5, 30)
    assert chosen[0] == 0
    assert 3 not in chosen
    assert 4 in chosen
    assert chosen == sorted(chosen)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.integers(1, 50)), min_size=1, max_size=20),
    st.integers(50, 300),
)
def test_what_is_read_fits_the_budget(items, budget):
    texts, costs = [t for t, _ in items], [c for _, c in items]
    chosen = choose_sentences(texts, costs, budget)
    assert 0 in chosen
    assert len(set(chosen)) == len(chosen)
    assert sum(costs[i] for i in chosen) <= budget


def test_evidence_names_the_sentences_a_claim_combines():
    claim = "Xã Mường Chanh đạt 19/19 tiêu chí và cứng hóa 32 km đường bản."
    assert set(find_evidence(claim, SENTENCES)) >= {1, 4}


def test_the_most_telling_evidence_comes_first():
    assert find_evidence("Thu nhập bình quân đạt 45 triệu đồng.", SENTENCES)[0] == 1


def test_a_claim_from_nowhere_has_no_evidence():
    assert find_evidence("Giá xăng giảm mạnh từ chiều qua", SENTENCES) == ()
    assert find_evidence("", SENTENCES) == ()
