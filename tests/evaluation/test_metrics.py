import random
import subprocess
import sys

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from ntmsum.errors import DataError
from ntmsum.evaluation.articles import KeyFact
from ntmsum.evaluation.metrics import Sample, metrics_for, score
from ntmsum.evaluation.metrics.faithfulness import FactScore, KeyFactCoverage, TermAdherence, is_kept
from ntmsum.evaluation.metrics.rouge import Rouge, rouge
from ntmsum.evaluation.metrics.shape import LengthRatio, Novelty, Repetition
from ntmsum.evaluation.metrics.strings import SacreBleu
from ntmsum.glossary import Glossary, Term
from ntmsum.words import syllables


def sample(hypothesis, reference="", source="", **kwargs):
    wanted = kwargs.pop("wanted", source)
    return Sample("x", source, hypothesis, (reference,), wanted, **kwargs)


def value(metric, *samples):
    return score(samples, [metric], resamples=10)[0].value


@pytest.fixture(scope="module")
def english(articles):
    return [
        Sample(a.id, a.summary_vi, a.summary_en_2, (a.summary_en,), a.summary_vi)
        for a in articles
        if a.summary_en_2
    ]


@pytest.mark.parametrize(("name", "maker"), [("BLEU", BLEU), ("chrF2", CHRF), ("TER", TER)])
def test_corpus_value_and_signature_are_sacrebleus(name, maker, english):
    theirs = maker()
    english = english[:8] if name == "TER" else english  # it is slow
    expected = theirs.corpus_score(
        [s.hypothesis for s in english], [[s.references[0] for s in english]]
    ).score
    ours = SacreBleu(name)
    assert value(ours, *english) == expected
    assert ours.signature == str(theirs.get_signature())


def test_corpus_value_is_the_sacrebleu_commands(english, tmp_path):
    (tmp_path / "hyp").write_text("\n".join(s.hypothesis for s in english), encoding="utf-8")
    (tmp_path / "ref").write_text("\n".join(s.references[0] for s in english), encoding="utf-8")
    command = [sys.executable, "-m", "sacrebleu", "ref", "-i", "hyp", "-m", "bleu", "chrf", "-b", "-w", "8"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    printed = [float(x) for x in run.stdout.replace("[", " ").replace("]", " ").replace(",", " ").split()]
    ours = [value(SacreBleu(name), *english) for name in ("BLEU", "chrF2")]
    assert [round(v, 8) for v in ours] == printed


def test_a_second_reference_counts_where_there_is_one():
    both = [
        Sample(
            "1", "", "the bridge opened in May", ("the bridge was closed", "the bridge opened in May"), ""
        ),
        Sample("2", "", "rice prices rose", ("rice prices rose",), ""),
    ]
    assert value(SacreBleu("chrF2"), *both) == pytest.approx(100)


def test_rouge_is_rouge_scores_with_the_same_tokens(articles):
    class Tokens:
        def tokenize(self, text):
            return syllables(text)

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Tokens())
    rng = random.Random(1)
    for _ in range(300):
        one, two = rng.choice(articles).summary_vi, rng.choice(articles).summary_vi
        expected = scorer.score(two, one)
        assert rouge(one, two) == pytest.approx([expected[k].fmeasure for k in expected], abs=1e-9)


@pytest.mark.parametrize(
    ("hypothesis", "reference", "expected"),
    [
        ("xã Hợp Lý đạt chuẩn", "xã Hợp Lý đạt chuẩn", (1, 1, 1)),
        ("cầu mới thông xe", "giá lúa tăng mạnh", (0, 0, 0)),
        ("a b c d", "a b x d", (0.75, 1 / 3, 0.75)),
        ("HÒA BÌNH", "hòa bình", (1, 1, 1)),
    ],
)
def test_rouge_by_hand(hypothesis, reference, expected):
    assert rouge(hypothesis, reference) == pytest.approx(expected)


def test_ascii_scale_is_marked_and_higher_on_unrelated_text():
    pair = sample("Đường về xã đã sửa", "Trời tối, mưa to ở huyện")
    marked = Rouge("1", "ascii")
    assert "ascii" in marked.name and "ascii" in marked.signature
    assert value(marked, pair) > value(Rouge("1"), pair) == 0


FACTS = [
    ("19 of 31 communes met the standards", "19/31 xã đạt chuẩn", 100, 100),
    ("18 of 31 communes met the standards", "19/31 xã đạt chuẩn", 0, 0),
    ("It cost 212 billion VND", "Công trình trị giá 212 tỷ đồng, dài 4,6 km", 100, 50),
]


@pytest.mark.parametrize(("english", "vietnamese", "precision", "recall"), FACTS)
def test_fact_precision_and_recall(english, vietnamese, precision, recall):
    pair = sample(english, source=vietnamese)
    assert value(FactScore("precision", "en"), pair) == precision
    assert value(FactScore("recall", "en"), pair) == recall


def test_without_claims_there_is_no_precision():
    found = score([sample("No figures at all", source="không có số")], [FactScore("precision", "en")])[0]
    assert found.value is None and found.low is None and found.segments == (None,)


def test_term_adherence_counts_terms_obeyed():
    glossary = Glossary((Term("xã", "commune"), Term("huyện", "district")))
    good = sample("The commune and the district", source="xã và huyện")
    half = sample("The village and the district", source="xã và huyện")
    assert value(TermAdherence(glossary), good, half) == 75


@pytest.mark.parametrize(
    ("fact", "text", "lang", "kept"),
    [
        (KeyFact("numbers", "1.486 tỷ đồng", "1,486 billion VND"), "Nearly 1,486 billion VND", "en", True),
        (KeyFact("numbers", "1.486 tỷ đồng", "1,486 billion VND"), "1,846 billion VND", "en", False),
        (KeyFact("numbers", "1.486 tỷ đồng", "1,486 billion VND"), "tổng vốn 1.486 tỷ đồng", "vi", True),
        (KeyFact("names", "Hải Hậu", "Hai Hau"), "in Hai Hau District", "en", True),
        (KeyFact("names", "Hải Hậu", "Hai Hau"), "in Hai Duong", "en", False),
        (KeyFact("names", "Hải Hậu", "Hai Hau"), "huyện Hải Hậu", "vi", True),
        (KeyFact("terms", "UBND huyện", "District People's Committee"), "Ủy ban nhân dân huyện", "vi", True),
        (KeyFact("terms", "làng nghề", "craft village"), "three craft villages", "en", True),
        (KeyFact("terms", "làng nghề", "craft village"), "three villages", "en", False),
    ],
)
def test_key_facts_are_kept_in_any_wording_that_says_the_same(fact, text, lang, kept):
    assert is_kept(fact, text, lang) is kept


def test_key_fact_coverage_is_the_share_kept():
    facts = (KeyFact("names", "Hải Hậu", "Hai Hau"), KeyFact("numbers", "12 xã", "12 communes"))
    assert value(KeyFactCoverage("en"), sample("12 communes", key_facts=facts)) == 50


def test_shape():
    assert value(Novelty(), sample("a b c d", source="a b x c d")) == pytest.approx(100 / 3)
    assert value(LengthRatio(), sample("a b c", "a b c d")) == 75
    assert value(Repetition(), sample("a b c d a b c d")) == 20
    assert value(Repetition(), sample("a b c d e")) == 0


@pytest.mark.parametrize("task", ["summary", "translation", "end-to-end"])
def test_metrics_have_unique_names_and_statistics_that_add_up(task, articles):
    samples = [
        Sample(
            a.id,
            a.article,
            a.summary_vi if task == "summary" else a.summary_en,
            (a.summary_en,),
            a.summary_vi,
        )
        for a in articles[:4]
    ]
    metrics = metrics_for(task)
    assert len({m.name for m in metrics}) == len(metrics)
    for metric in metrics:
        statistics = metric.statistics(samples)
        parts = metric.statistics(samples[:2]).sum(axis=0) + metric.statistics(samples[2:]).sum(axis=0)
        assert np.allclose(statistics.sum(axis=0), parts)


def test_nothing_to_score_is_an_error():
    with pytest.raises(DataError, match="nothing to score"):
        score([], metrics_for("summary"))
