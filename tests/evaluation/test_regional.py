"""The regional suite over a scripted model: every part of it but the model's own quality."""

import dataclasses
import json

import pytest

from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation import regional
from ntmsum.evaluation.other_model import OtherModel
from ntmsum.evaluation.outputs import Outputs
from ntmsum.evaluation.printing import show_result
from ntmsum.evaluation.regional import run_regional
from ntmsum.evaluation.report import render
from ntmsum.glossary import Glossary, Term
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator
from ntmsum.words import strip_marks
from scripted import ENTRY, ScriptedEngine

TERMS = Glossary((Term("xã", "commune"),))


def first_sentences(text, _):
    return [". ".join(text.split(". ")[1:3]) + "."]


def system(name, translation):
    engine = ScriptedEngine(first_sentences, translation)
    engine.signature = name
    return engine, Pipeline(
        normalize, Summarizer(engine, ENTRY), Translator(engine, ENTRY, TERMS), Checker(TERMS)
    )


@pytest.fixture(autouse=True)
def few_articles(articles, monkeypatch):
    # Simple systems have tests of their own.
    monkeypatch.setattr(regional, "choose_articles", lambda quick: articles[:4])
    monkeypatch.setattr(regional, "run_baselines", lambda articles: {"summary": {}, "translation": {}})


@pytest.fixture
def plain():
    return system("plain", lambda text, _: [strip_marks(text)])


def untimed(result):
    return json.dumps({**result.to_json(), "timings": None}, ensure_ascii=False)


def test_two_runs_differ_in_timings_only(plain, tmp_path):
    _, pipeline = plain
    one, two = (run_regional(pipeline, Outputs(tmp_path / n), quick=True) for n in "ab")
    assert untimed(one) == untimed(two)


def test_all_three_tasks_are_scored_on_every_article(plain, tmp_path):
    result = run_regional(plain[1], Outputs(tmp_path), quick=True)
    assert [(o.name, len(o.samples)) for o in result.outcomes] == [
        ("summary", 4),
        ("translation", 4),
        ("end-to-end", 4),
    ]
    for outcome in result.outcomes:
        assert [s.id for s in outcome.samples] == ["rn-001", "rn-002", "rn-003", "rn-004"]
        assert all(s.hypothesis for s in outcome.samples)


def test_seconds_speed_and_memory_are_told(plain, tmp_path):
    timings = run_regional(plain[1], Outputs(tmp_path), quick=True).to_json()["timings"]
    assert {"summarize", "translate", "seconds", "tokens_per_second", "peak_memory_mb"} <= set(timings)
    assert timings["peak_memory_mb"] > 10
    assert [one["id"] for one in timings["latency"]] == ["rn-001", "rn-002", "rn-003", "rn-004"]
    assert all(one["words"] > 100 and one["seconds"] >= 0 for one in timings["latency"])


def test_an_interrupted_run_asks_the_model_only_for_what_is_missing(plain, tmp_path):
    engine, pipeline = plain
    whole = run_regional(pipeline, Outputs(tmp_path / "whole"), quick=True)
    asked = len(engine.prompts)

    def stop_at_translations(text, _):
        if text.startswith(whole.outcomes[1].samples[0].wanted[:20]):
            raise KeyboardInterrupt
        return [strip_marks(text)]

    _, broken = system("plain", stop_at_translations)
    with pytest.raises(KeyboardInterrupt):
        run_regional(broken, Outputs(tmp_path / "kept"), quick=True)
    again, pipeline = system("plain", lambda text, _: [strip_marks(text)])
    resumed = run_regional(pipeline, Outputs(tmp_path / "kept"), quick=True)
    assert untimed(resumed) == untimed(whole)
    assert resumed.timings["reused"] == 4
    assert len(again.prompts) < asked


def test_another_model_is_tested_against_the_measured_one(plain, tmp_path):
    _, other = system("other", lambda text, _: ["Nothing to see"])
    load = lambda: OtherModel("other", None, other.translator)  # noqa: E731
    result = run_regional(plain[1], Outputs(tmp_path), True, load)
    against = result.extra["against"]
    assert (against["name"], list(against["outcomes"])) == ("other", ["translation"])
    chrf = next(c for c in against["outcomes"]["translation"] if c["metric"] == "chrF2")
    assert chrf["second"] == pytest.approx(result.outcomes[1].score("chrF2").value, abs=1e-5)
    assert chrf["second"] > chrf["first"] + 10
    assert chrf["low"] > 0
    assert list(result.baselines["translation"]) == ["model other"]
    for shown in (show_result(result), render(json.loads(json.dumps(result.to_json())))):
        assert "other" in shown and "model other" in shown
    assert "Against other" in render(result.to_json())


def test_another_model_for_both_stages_is_tested_on_all_three_tasks(plain, tmp_path):
    _, other = system("other", lambda text, _: ["Nothing to see"])
    load = lambda: OtherModel("other", other.summarizer, other.translator)  # noqa: E731
    found = run_regional(plain[1], Outputs(tmp_path), True, load).extra["against"]["outcomes"]
    assert list(found) == ["summary", "translation", "end-to-end"]
    assert all(
        c["difference"] == 0 for c in [{"difference": c["second"] - c["first"]} for c in found["summary"]]
    )


def test_an_article_that_cannot_be_processed_is_named(plain, tmp_path, articles, monkeypatch):
    broken = dataclasses.replace(articles[0], article="?")
    monkeypatch.setattr(regional, "choose_articles", lambda quick: (broken,))
    with pytest.raises(DataError, match="rn-001 of the evaluation set cannot be processed"):
        run_regional(plain[1], Outputs(tmp_path), quick=True)
