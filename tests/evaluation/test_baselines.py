import pytest

from ntmsum.evaluation.baselines import EXTRACTORS, body, extract, lexrank, oracle, textrank, word_for_word
from ntmsum.glossary import Glossary, Term
from ntmsum.normalize import normalize

SENTENCES = [
    "Giá lúa tăng mạnh ở huyện.",
    "Trời mưa.",
    "Giá lúa ở huyện tăng vì xuất khẩu gạo tăng.",
    "Gió to.",
    "Nông dân trong huyện bán lúa khi giá tăng.",
    "Chợ đông.",
]


def test_textrank_chooses_the_sentences_that_share_words():
    assert textrank(SENTENCES) == [0, 2, 4]


def test_lexrank_chooses_the_sentence_that_all_others_are_like():
    spokes = ["cầu dài mới", "lúa chín vàng", "giá bán tăng", "trường xây xong"]
    hub = "cầu lúa giá trường"
    assert 3 in lexrank([*spokes[:3], hub, spokes[3]])


@pytest.mark.parametrize("name", EXTRACTORS)
@pytest.mark.parametrize("sentences", [["Một câu."], SENTENCES[:2], SENTENCES])
def test_extractors_choose_existing_sentences_in_order(name, sentences):
    chosen = EXTRACTORS[name](sentences)
    assert chosen == sorted(set(chosen))
    assert all(0 <= i < len(sentences) for i in chosen)


def test_oracle_finds_the_sentences_the_reference_was_made_of():
    assert oracle(SENTENCES, "Trời mưa. Nông dân trong huyện bán lúa khi giá tăng.") == [1, 4]


def test_lead_leaves_the_headline_out(articles):
    article = normalize(articles[0].article)
    assert article.title not in body(article)
    assert extract(article, EXTRACTORS["LEAD-1"]) == body(article)[0]


def test_word_for_word_knows_only_the_glossary():
    glossary = Glossary((Term("xã", "commune"), Term("nông thôn mới", "New Rural Development")))
    assert (
        word_for_word("xã Nà Tấu về nông thôn mới.", glossary) == "commune Na Tau ve New Rural Development."
    )
