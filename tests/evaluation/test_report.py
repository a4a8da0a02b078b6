import copy
import dataclasses
import json
import re
from html.parser import HTMLParser

import pytest

from ntmsum.checks import Checker
from ntmsum.errors import DataError
from ntmsum.evaluation.calibration import calibrate
from ntmsum.evaluation.external import score_outputs
from ntmsum.evaluation.outcome import read_report, samples_from_json
from ntmsum.evaluation.previous import compare_reports
from ntmsum.evaluation.printing import show_comparisons, show_result
from ntmsum.evaluation.report import render, write_report
from ntmsum.evaluation.robust import run_robust
from ntmsum.glossary import Glossary


@pytest.fixture(scope="module")
def written(reference_result, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    write_report(reference_result, folder)
    return folder


def test_the_same_run_writes_the_same_bytes(reference_rows, write_outputs, written, tmp_path):
    write_report(score_outputs(write_outputs(reference_rows), quick=True), tmp_path)
    assert (tmp_path / "report.json").read_bytes() == (written / "report.json").read_bytes()


def test_the_json_holds_what_is_needed_to_score_again(reference_result, written):
    report = read_report(written / "report.json")
    assert samples_from_json(report["outcomes"][0]) == list(reference_result.outcomes[0].samples)


class Page(HTMLParser):
    VOID = frozenset({"meta"})

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [v for k, v in attrs if k in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_whole_self_contained_and_fits_a_phone(written):
    text = (written / "report.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.open == []
    assert page.links == []
    assert {"table", "svg", "details"} <= page.tags
    assert 'name="viewport"' in text


def test_the_page_shows_ten_worst_segments_and_escapes_them(reference_result):
    report = copy.deepcopy(reference_result.to_json())
    report["outcomes"][0]["segments"][3]["output"] = "<script>x</script>"
    page = render(report)
    assert page.count('class="worst"') == 10 * len(report["outcomes"])
    assert "<script>" not in page


def test_held_out_articles_are_not_among_the_worst(reference_result):
    report = copy.deepcopy(reference_result.to_json())
    worst = report["outcomes"][0]["segments"][0]
    worst["scores"]["ROUGE-1"] = 0.0
    assert f'<b>{worst["id"]}</b> <span class="quiet">ROUGE-1 0.0' in render(report)
    worst["tags"]["part"] = "held out"
    assert f'<b>{worst["id"]}</b> <span class="quiet">ROUGE-1 0.0' not in render(report)


def test_seconds_are_drawn_against_length(reference_result):
    latency = (("rn-001", 200, 1.5), ("rn-002", 800, 4.0))
    result = dataclasses.replace(reference_result, timings={"seconds": 5.5}, latency=latency)
    page = render(result.to_json())
    plot = page.partition("Time and memory")[2].partition("<svg")[2].partition("</svg>")[0]
    assert plot.count("<circle") == 2 and "<title>rn-002</title>" in plot
    assert '<text x="33" y="14.0" text-anchor="end">4.0</text>' in plot
    assert "Time and memory" not in render(reference_result.to_json())


def test_a_previous_run_is_compared_on_the_page(reference_result, reference_rows, write_outputs):
    rows = [{"id": r["id"], "summary": r["summary"].partition(". ")[0]} for r in reference_rows]
    worse = score_outputs(write_outputs(rows), quick=True).to_json()
    found = compare_reports(worse, reference_result.to_json())
    assert list(found) == ["summary"]
    rouge = next(c for c in found["summary"] if c.metric == "ROUGE-1")
    assert rouge.difference > 0
    assert re.search(r"ROUGE-1 .*→ 100\.00", show_comparisons(found))
    assert "Against the previous run" in render(reference_result.to_json(), worse)


def test_reports_without_a_common_task_cannot_be_compared(reference_result):
    report = reference_result.to_json()
    with pytest.raises(DataError, match="no task in common"):
        compare_reports(report, {**report, "outcomes": []})


def test_not_a_number_leaves_the_old_report_alone(reference_result, tmp_path):
    write_report(reference_result, tmp_path)
    before = (tmp_path / "report.json").read_bytes()
    broken = dataclasses.replace(reference_result, extra={"robust": {"kinds": {}, "kept": float("nan")}})
    with pytest.raises(DataError, match="not a number"):
        write_report(broken, tmp_path)
    assert (tmp_path / "report.json").read_bytes() == before


def test_what_is_no_report_is_an_error(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"schema": 1}))
    with pytest.raises(DataError, match="not a report"):
        read_report(tmp_path / "x.json")


def test_calibration_and_robustness_are_shown(articles, reference_result):
    calibration = [c.to_json() for c in calibrate(articles[:2], Checker(Glossary.official()))]
    robust = run_robust().extra["robust"]
    result = dataclasses.replace(reference_result, extra={"calibration": calibration, "robust": robust})
    page, text = render(result.to_json()), show_result(result)
    assert Page(page).open == []
    for shown in (page, text):
        assert "injected errors" in shown
        assert "mojibake" in shown
