import pytest

from ntmsum.checks import Checker
from ntmsum.evaluation.articles import read_articles
from ntmsum.evaluation.calibration import calibrate
from ntmsum.evaluation.corruptions import KINDS, Cast, corrupt
from ntmsum.glossary import Glossary


@pytest.fixture(scope="module")
def found(articles):
    return calibrate(articles[:3], Checker(Glossary.official()))


def test_both_tasks_and_every_kind_are_counted(found):
    summary, translation = found
    assert (summary.task, translation.task) == ("summary", "translation")
    assert set(translation.catches) <= set(KINDS)
    assert "sentence" not in summary.catches
    assert {"digit", "magnitude", "repetition", "sentence"} <= set(translation.catches)


def test_json_adds_up(found):
    for one in found:
        table = one.to_json()
        assert table["errors"] == sum(row["n"] for row in table["kinds"].values())
        assert 0 <= table["false_errors"] <= table["false_alarms"] <= 100
        for row in table["kinds"].values():
            assert row["named"] <= row["caught"]
            assert bool(row["missed"]) == (row["caught"] < 100)


def test_a_checker_that_says_nothing_catches_nothing(articles):
    class Silent:
        def check_summary(self, article, summary):
            return []

        def check_translation(self, vietnamese, english):
            return []

    for one in calibrate(articles[:2], Silent()):
        assert one.caught_all == 0
        assert one.alarm_rate("error", "warning") == 0


def test_the_whole_set_offers_enough_errors():
    articles = read_articles()
    total = 0
    for lang in ("vi", "en"):
        cast = Cast.of(articles, lang)
        for a in articles:
            text = a.summary_vi if lang == "vi" else a.summary_en
            total += sum(len(corrupt(a, text, lang, kind, cast)) for kind in KINDS)
    assert total >= 600


@pytest.mark.slow
def test_shipped_checks_catch_most_injected_errors(articles):
    summary, translation = calibrate(articles, Checker(Glossary.official()))
    assert summary.caught("digit") > 0.95
    assert translation.caught("digit") > 0.95
    assert translation.caught_all > 0.95
