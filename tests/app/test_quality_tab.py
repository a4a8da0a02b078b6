import json
import os

import pytest

from ntmsum.app.quality_tab import last_evaluation, model_card, render_plots, render_scores


def evaluation(value, name="summary"):
    score = {
        "metric": "ROUGE-1",
        "signature": "",
        "better": "higher",
        "value": value,
        "low": 0.41,
        "high": None,
    }
    outcome = {"name": name, "task": name, "system": "ntm-1", "n": 12, "scores": [{**score, "spread": 0.1}]}
    corpus = {"name": "regional <b>", "n": 12, "sha256": "0123456789abcdef"}
    return {"schema": 1, "suite": "regional", "corpus": corpus, "outcomes": [outcome], "timings": {}}


def write(folder, age, text):
    folder.mkdir()
    (folder / "report.json").write_text(text)
    os.utime(folder / "report.json", (1_000_000 - age, 1_000_000 - age))


def test_the_newest_readable_report_with_scores_is_shown(tmp_path):
    write(tmp_path / "old", 30, json.dumps(evaluation(0.3)))
    write(tmp_path / "new", 20, json.dumps(evaluation(0.45)))
    write(tmp_path / "broken", 10, "{")
    write(tmp_path / "empty", 5, json.dumps({**evaluation(0.9), "outcomes": []}))
    assert last_evaluation(tmp_path)["outcomes"][0]["scores"][0]["value"] == 0.45


def test_no_report_is_no_error(tmp_path):
    assert last_evaluation(tmp_path) is None
    assert last_evaluation(tmp_path / "missing") is None


@pytest.mark.parametrize(("value", "shown"), [(0.4512, "0.451"), (54.26, "54.3"), (None, "")])
def test_scores_are_shown_with_their_task_and_number_of_items(value, shown):
    html = render_scores(evaluation(value))
    assert f"<td>{shown}</td>" in html
    assert "summary (n = 12)" in html
    assert "<b>" not in html


def test_the_shipped_model_has_a_card():
    assert "Licence" in model_card()
    assert model_card("no such model") == ""


def test_scores_are_drawn_by_group():
    report = evaluation(54.26)
    assert render_plots(report) == ""
    groups = {"topic <b>": {"rice": {"n": 3, "ROUGE-1": 61.5}, "roads": {"n": 9, "ROUGE-1": None}}}
    drawn = render_plots({**report, "outcomes": [{**report["outcomes"][0], "groups": groups}]})
    assert "rice (3)" in drawn
    assert "61.5" in drawn
    assert "<b>" not in drawn


def test_the_newest_of_several_folders_is_shown(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write(tmp_path / "a" / "x", 30, json.dumps(evaluation(0.3)))
    write(tmp_path / "b" / "y", 20, json.dumps(evaluation(0.45)))
    found = last_evaluation(tmp_path / "a", tmp_path / "b", tmp_path / "missing")
    assert found["outcomes"][0]["scores"][0]["value"] == 0.45
