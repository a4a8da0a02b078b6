import json

import pytest

from ntmsum.checks import Checker
from ntmsum.errors import InputError, NtmsumError
from ntmsum.facts import extract_facts, match_facts
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import Pipeline
from ntmsum.report import Report
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator
from scripted import ENTRY, ScriptedEngine

ARTICLE = (
    "(TTXVN) - Cầu Nà Hẩu thông xe\n\n"
    "Sáng 6/10, UBND huyện Văn Yên thông xe cầu Nà Hẩu dài 84 m, vốn đầu tư 21,5 tỷ đồng. "
    "Cầu giúp 312 hộ dân xã Nà Hẩu không phải qua ngầm tràn trong mùa mưa.\n\nLeave a Reply"
)
ENGLISH = {
    "84 m": "On the morning of October 6, the People's Committee of Van Yen District opened the 84 m Na Hau Bridge, "
    "which cost 25.1 billion VND.",
    "312": "The bridge spares 312 households of Na Hau Commune the flooded crossing in the rainy season.",
}


def translate(text, _):
    return [next((english for key, english in ENGLISH.items() if key in text), "It is so.")]


@pytest.fixture
def service():
    engine = ScriptedEngine(lambda *_: ["…"], translate)
    glossary = Glossary.official()
    return Pipeline(
        normalize, Summarizer(engine, ENTRY), Translator(engine, ENTRY, glossary), Checker(glossary)
    )


def test_the_report_grows_stage_by_stage(service):
    seen = [
        (r.summary is not None, len(r.translation.sentences) if r.translation else 0, list(r.timings))
        for r in service.stream(ARTICLE)
    ]
    assert [s[:2] for s in seen] == [(False, 0), (True, 0), (True, 1), (True, 2), (True, 2)]
    assert seen[-1][2] == ["normalize", "summarize", "translate", "check"]


def test_a_number_that_changed_in_translation_is_an_error_with_both_places(service):
    report = service(ARTICLE)
    (alert,) = [a for a in report.alerts if a.severity == "error"]
    assert alert.kind == "number"
    assert "25.1 billion VND" in alert.message and "21,5 tỷ đồng" in alert.message
    span = alert.where.span
    assert (
        report.translation.sentences[alert.where.sentence].text[span.start : span.end] == "25.1 billion VND"
    )
    span = alert.against.span
    assert report.summary.sentences[alert.against.sentence].text[span.start : span.end] == "21,5 tỷ đồng"


def test_json_follows_the_schema(service):
    report = json.loads(json.dumps(service(ARTICLE).to_json()))
    assert report["schema"] == 1
    source = report["source"]
    assert source["title"] == "Cầu Nà Hẩu thông xe"
    assert [r["rule"] for r in source["removed"]] == ["dateline-brackets", "comment-form"]
    for sentence in source["sentences"]:
        assert ARTICLE[sentence["start"] : sentence["end"]] == sentence["text"]
    assert report["translation"]["sentences"][1]["source"] == 1
    assert {a["kind"] for a in report["alerts"]} >= {"number"}
    assert report["signature"].startswith("ntmsum ") and report["signature"].endswith("| medium")


def test_same_input_same_report(service):
    first, second = service(ARTICLE).to_json(), service(ARTICLE).to_json()
    assert {**first, "timings": 0} == {**second, "timings": 0}


def test_map_is_lazy_ordered_and_equal_to_single_runs(service):
    texts = [ARTICLE, ARTICLE.replace("84 m", "86 m")] * 10
    reports = service.map(iter(texts))
    first = next(reports)
    assert isinstance(first, Report)
    rest = list(reports)
    assert len(rest) == 19
    assert [r.article.source for r in [first, *rest]] == texts
    assert first.alerts == service(ARTICLE).alerts


def test_map_raises_after_yielding_what_came_before(service):
    reports = service.map([ARTICLE, "", ARTICLE])
    next(reports)
    with pytest.raises(InputError):
        next(reports)


def test_map_can_return_errors_in_place(service):
    results = list(service.map([ARTICLE, "", ARTICLE], errors="return"))
    assert [isinstance(r, NtmsumError) for r in results] == [False, True, False]


def test_parts_are_usable_alone(service):
    article = service.normalizer(ARTICLE)
    (summary,) = service.summarizer.summarize([article], "medium")
    english = service.translator.translate([s.text for s in summary.sentences])
    assert [e.text for e in english] == list(ENGLISH.values())


@pytest.mark.slow
@pytest.mark.parametrize("length", ["short", "medium", "long"])
def test_the_shipped_model_flags_every_number_it_gets_wrong(pipeline, examples, length):
    for path in examples:
        report = pipeline(path.read_bytes(), length)
        assert report.summary.sentences and all(t.text for t in report.translation.sentences)
        assert not report.summary.faults
        known = [f for s in report.article.sentences for f in extract_facts(s.text, "vi")]
        invented = match_facts(extract_facts(report.summary.text, "vi"), known).unsupported
        flagged = [
            a for a in report.alerts if a.where and a.where.part == "summary" and a.severity == "error"
        ]
        assert len(flagged) >= len(invented)


@pytest.mark.slow
def test_batches_change_nothing(pipeline, examples):
    texts = [path.read_bytes() for path in examples]
    together = [r.summary.text for r in pipeline.map(texts, "short")]
    assert together == [pipeline(text, "short").summary.text for text in texts]
