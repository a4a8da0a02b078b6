import pytest
from typer.testing import CliRunner

from ntmsum.errors import DataError
from ntmsum.evaluation import gate
from ntmsum.evaluation.cli import app

runner = CliRunner()


def test_score_prints_writes_and_passes(reference_rows, write_outputs, tmp_path):
    path = write_outputs(reference_rows)
    done = runner.invoke(app, ["score", "--hyp", str(path), "--quick", "--report", str(tmp_path)])
    assert done.exit_code == 0
    assert "chrF2|" in done.output
    assert {p.name for p in tmp_path.iterdir()} == {"report.json", "report.html"}


def test_the_gate_passes_at_its_floors_and_exits_1_below_them(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "floors_path", lambda: tmp_path / "floors.json")
    assert runner.invoke(app, ["robust", "--report", str(tmp_path)]).exit_code == 0
    assert runner.invoke(app, ["pin", str(tmp_path / "report.json")]).exit_code == 0
    done = runner.invoke(app, ["robust", "--gate"])
    assert (done.exit_code, "gate: passed" in done.output) == (0, True)
    floors = (tmp_path / "floors.json").read_text(encoding="utf-8")
    raised = floors.replace('"floor": 0.0', '"floor": -1.0')
    assert raised != floors
    (tmp_path / "floors.json").write_text(raised, encoding="utf-8")
    done = runner.invoke(app, ["robust", "--gate"])
    assert (done.exit_code, "gate: failed" in done.output) == (1, True)


def test_pinning_without_reports_runs_the_gated_suites(tmp_path, monkeypatch, reference_result):
    monkeypatch.setattr(gate, "floors_path", lambda: tmp_path / "floors.json")
    monkeypatch.setattr("ntmsum.evaluation.cli._gated", lambda threads: [reference_result.to_json()])
    done = runner.invoke(app, ["pin"])
    assert (done.exit_code, "summary / ROUGE-1: new floor 100.0" in done.output) == (0, True)
    assert list(gate.read_floors(tmp_path / "floors.json")["suites"]) == ["score on regional-news-v1-quick"]
    assert "nothing to change" in runner.invoke(app, ["pin"]).output


def test_the_gate_says_when_the_system_is_not_the_pinned_one(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "floors_path", lambda: tmp_path / "floors.json")
    assert runner.invoke(app, ["robust", "--report", str(tmp_path)]).exit_code == 0
    report = (tmp_path / "report.json").read_text(encoding="utf-8")
    old = report.replace('"normalization alone"', '"normalization of old"')
    assert old != report
    (tmp_path / "report.json").write_text(old, encoding="utf-8")
    assert runner.invoke(app, ["pin", str(tmp_path / "report.json")]).exit_code == 0
    done = runner.invoke(app, ["robust", "--gate"])
    assert done.exit_code == 0
    assert "note: the floors were pinned with of old, this run has alone" in done.output


def test_options_in_front_of_a_suite_are_not_dropped_silently():
    done = runner.invoke(app, ["--gate", "robust"])
    assert done.exit_code == 2
    assert "behind the suite" in done.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "--hyp", "missing.jsonl"],
        ["translation", "missing.tsv"],
        ["summarization", "missing.jsonl"],
        ["pin", "missing.json"],
        ["compare", "missing.json", "missing.json"],
    ],
)
def test_a_missing_file_is_told_before_any_model_loads(arguments):
    done = runner.invoke(app, arguments)
    assert isinstance(done.exception, DataError)
    assert "no file missing" in str(done.exception)
