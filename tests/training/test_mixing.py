import json
import random
from collections import Counter
from pathlib import Path

import pytest

from ntmsum.errors import DataError
from ntmsum.glossary import Glossary, Term
from ntmsum.normalize import sentence_texts
from ntmsum.training.batches import Packed
from ntmsum.training.corpus import ArticleSummary, Pair, reject_pair, syllable_count
from ntmsum.training.domain import held_out, read_domain
from ntmsum.training.lengthen import lengthen
from ntmsum.training.mixing import (
    CorpusConfig,
    PairSource,
    abbreviator,
    excluding,
    load_lexicon,
    run_corpus,
    sentence_key,
)

ARTICLE = {
    "id": "a1",
    "title": "Xã Vũ Bình có cầu mới",
    "article": "Xã Vũ Bình vừa khánh thành cầu dài 48 m.\n\nCầu có vốn 22 tỷ đồng.",
    "short_vi": "Xã Vũ Bình khánh thành cầu dài 48 m.",
    "medium_vi": "Xã Vũ Bình khánh thành cầu dài 48 m. Vốn là 22 tỷ đồng.",
    "long_vi": "Xã Vũ Bình khánh thành cầu mới. Cầu dài 48 m. Vốn là 22 tỷ đồng.",
    "short_en": "Vu Binh Commune opened a 48 m bridge.",
    "medium_en": "Vu Binh Commune opened a 48 m bridge. It cost 22 billion VND.",
    "long_en": "Vu Binh Commune opened a bridge that is 48 m long and cost 22 billion VND.",
}


@pytest.fixture
def domain_file(tmp_path):
    path = tmp_path / "triples.jsonl"
    rows = [{**ARTICLE, "id": f"a{number}"} for number in range(12)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path, toy_model, pairs_file, domain_file):
    return CorpusConfig(
        tokenizer=str(toy_model), output=str(tmp_path / "train.npz"), pairs=(PairSource(str(pairs_file)),),
        domain_pairs=str(pairs_file), domain_articles=str(domain_file), domain_repeat=1, grammar=3,
        summary_share=None, max_pair_tokens=2000, max_article_tokens=2000,
    )  # fmt: skip


def test_the_corpus_holds_every_source_and_counts_it(config):
    packed = Packed.load(run_corpus(config))
    counts = json.loads(Path(config.output).with_suffix(".json").read_text(encoding="utf-8"))
    assert counts["pairs.tsv"] == {"kept": 5}
    articles = sum(not held_out(f"a{number}") for number in range(12))
    assert counts["encoded"]["summary examples"] == 3 * articles
    assert counts["encoded"]["examples kept"] == len(packed)


def test_the_corpus_depends_on_the_seed_alone(config, tmp_path):
    first = Packed.load(run_corpus(config))
    again = Packed.load(run_corpus(config))
    assert first.tokens.tolist() == again.tokens.tolist()


def test_a_corpus_without_anything_is_refused(tmp_path, toy_model):
    empty = CorpusConfig(tokenizer=str(toy_model), output=str(tmp_path / "x.npz"), grammar=0)
    with pytest.raises(DataError, match="No training examples"):
        run_corpus(empty)


def test_the_larger_task_is_cut_to_its_share(config):
    import dataclasses

    whole = Packed.load(run_corpus(dataclasses.replace(config, domain_repeat=0, grammar=0)))
    assert len(whole) == 5  # one task only: nothing to balance
    both = dataclasses.replace(config, grammar=0, summary_share=0.9)
    assert len(Packed.load(run_corpus(both))) < len(
        Packed.load(run_corpus(dataclasses.replace(config, grammar=0)))
    )


def test_dev_sentences_and_duplicates_are_dropped():
    rule = excluding(reject_pair, {sentence_key("Huyện có điện."), sentence_key("The hamlet has a road.")})
    pairs = [
        Pair("Huyện  có điện", "The district has power."),
        Pair("Thôn có đường.", "The hamlet has a road"),
        Pair("Xã có chợ.", "The commune has a market."),
        Pair("Xã có chợ", "A market is in the commune."),
    ]
    assert Counter(map(rule, pairs)) == {"in a dev or test set": 2, None: 1, "duplicate": 1}


def test_the_lexicon_joins_terms_and_word_lists(tmp_path):
    path = tmp_path / "words.tsv"
    path.write_text("hợp tác xã\ta cooperative\nnhà\thouse\nbãi bồi\tsilt (river)\n", encoding="utf-8")
    lexicon = load_lexicon(
        [str(path)], Glossary((Term("Ủy ban nhân dân", "People's Committee", abbr=("UBND",)),))
    )
    assert dict(lexicon) == {
        "ủy ban nhân dân": ["People's Committee"],
        "ubnd": ["People's Committee"],
        "hợp tác xã": ["cooperative"],
    }


def test_long_forms_become_abbreviations():
    shorten = abbreviator(Glossary((Term("Ủy ban nhân dân", "People's Committee", abbr=("UBND",)),)))
    assert shorten("Chủ tịch Ủy ban nhân dân xã") == "Chủ tịch UBND xã"


def test_own_articles_give_sentence_pairs_where_the_sentences_match(domain_file):
    article = read_domain(str(domain_file))[0]
    pairs = list(article.sentence_pairs())
    assert Pair("Vốn là 22 tỷ đồng.", "It cost 22 billion VND.", "domain") in pairs
    assert Pair(ARTICLE["long_vi"], ARTICLE["long_en"], "domain") in pairs  # three sentences against one
    assert len(pairs) == 1 + 2 + 1


def test_an_own_article_without_a_summary_is_named_by_its_line(tmp_path):
    path = tmp_path / "t.jsonl"
    lacking = {key: value for key, value in ARTICLE.items() if key != "long_en"}
    path.write_text(json.dumps(ARTICLE) + "\n" + json.dumps(lacking) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 2"):
        read_domain(str(path))


def test_about_a_tenth_is_held_out_and_always_the_same():
    names = [f"câu {number}" for number in range(2000)]
    chosen = [name for name in names if held_out(name)]
    assert 140 < len(chosen) < 260
    assert chosen == [name for name in names if held_out(name)]


BODY = (
    "Sáng 12/5, huyện Lạc Sơn khánh thành cầu Suối Rút tại xã Vũ Bình, nối ba xã vùng cao với trung tâm huyện. "
    "Ông Dũng cho biết đây là công trình được mong đợi từ 10 năm nay của người dân trong vùng. "
    "Cây cầu dài 48 m, rộng 7 m, có tổng vốn đầu tư 22 tỷ đồng từ ngân sách tỉnh Hòa Bình. "
    "Tôi rất vui vì con đi học không còn phải lội qua con suối sâu ấy vào mùa mưa lũ nữa."
)
SUMMARY = (
    "Huyện Lạc Sơn khánh thành cầu Suối Rút tại xã Vũ Bình, giúp người dân ba xã vùng cao đi lại thuận tiện hơn "
    "trong mùa mưa lũ năm nay."
)


def test_a_summary_is_lengthened_by_the_sentence_with_figures():
    longer = lengthen(ArticleSummary(BODY, SUMMARY), sentence_texts, random.Random(0))
    assert longer is not None
    assert longer.startswith(SUMMARY) and "22 tỷ đồng" in longer
    assert 46 <= syllable_count(longer) <= 95


def test_a_body_without_a_sentence_that_stands_alone_lengthens_nothing():
    body = "Ông Dũng cho biết đây là công trình được mong đợi từ 10 năm nay của người dân trong vùng."
    assert lengthen(ArticleSummary(body, SUMMARY), sentence_texts, random.Random(0)) is None
