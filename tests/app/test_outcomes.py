import csv
import io
import json
from dataclasses import replace

import pytest

from app.page_script import ARTICLE
from ntmsum.app.jobs import Job
from ntmsum.app.outcomes import Outcome, find_result, read_outcomes, revive, to_csv, told
from ntmsum.app.render_batch import render_job, render_outcomes
from ntmsum.checks import Checker
from ntmsum.glossary import Glossary

HOSTILE = "<img src=x onerror=pwned=1>\u202e=1+1"


@pytest.fixture
def results(tmp_path, report):
    path = tmp_path / "results.jsonl"
    lines = [
        {"id": "=cmd|' /C calc'!A0", "row": 1, "error": None, "report": report.to_json()},
        {"id": HOSTILE, "row": 2, "error": "ValueError: /home/x/secret", "report": None},
        {"id": "ba", "row": 3, "error": "The text is empty.", "report": None},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_report_comes_back_as_it_was(results, report):
    back = revive(find_result(results, 1)["report"], ARTICLE, Checker(Glossary.official()))
    assert back.summary.sentences == report.summary.sentences
    assert back.translation.sentences == report.translation.sentences
    assert back.article == report.article
    assert back.alerts == report.alerts
    assert find_result(results, 2)["report"] is None
    assert find_result(results, 9) == {}


def test_alerts_stand_first():
    outcomes = [
        Outcome(1, "clean"),
        Outcome(2, "warned", alerts=(("warning", "name", ""),) * 9),
        Outcome(3, "wrong", alerts=(("error", "number", ""),)),
        Outcome(4, "failed", fault="broken"),
        Outcome(5, "very wrong", alerts=(("error", "number", ""),) * 2),
    ]
    ordered = sorted(outcomes, key=lambda outcome: outcome.order)
    assert [outcome.id for outcome in ordered] == ["failed", "very wrong", "wrong", "warned", "clean"]


def test_no_cell_is_a_formula_and_no_path_is_told(results):
    data = to_csv(results, "vi")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)
    assert "/home" not in data.decode()
    assert len(rows) == 4


def test_nothing_hostile_reaches_the_table(results):
    html = render_outcomes(list(read_outcomes(results)), "vi")
    assert "<img" not in html
    assert "\u202e" not in html
    assert "/home" not in html
    assert html.count("data-open=") == 3


def test_a_kind_of_alert_that_the_page_does_not_know_is_shown_by_its_name(report):
    outcome = Outcome(1, "a", "Tin", "Một.", "One.", (("warning", "some_new_kind", "Xem lại."),))
    assert "some new kind: Xem lại." in render_outcomes([outcome], "vi")


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        ("The text is empty.", "The text is empty."),
        ("RuntimeError: /a/b", "Something unexpected went wrong with this article."),
    ],
)
def test_an_unexpected_fault_is_told_without_its_words(fault, shown):
    assert told(fault, "en") == shown


def test_progress_tells_rate_and_time_left():
    job = Job("x", "running", "a.jsonl", 40, "short", "vi", (), 0.0, done=10, rate=0.5, seconds_left=75)
    assert "10/40" in render_job(job, 0, "vi")
    assert "30,0 bài/phút" in render_job(job, 0, "vi")
    assert "about 1:15 left" in render_job(job, 0, "en")
    waiting = replace(job, status="waiting")
    assert "batches before this one: 2" in render_job(waiting, 2, "en")
