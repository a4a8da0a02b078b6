"""What ``ntmsum batch`` says and how it exits."""

import pytest
import typer
from typer.testing import CliRunner

from batch import stubs
from ntmsum.batch import BatchSummary, Cluster, Progress, command
from ntmsum.errors import InputError


@pytest.fixture
def batch(monkeypatch):
    monkeypatch.setattr(command, "load", stubs.load_for_command)
    app = typer.Typer()
    app.command()(command.batch)
    return lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))


def test_all_done_is_exit_0_with_a_summary(batch, table, tmp_path):
    done = batch(table(1, 2, 1), tmp_path / "out.jsonl")
    assert done.exit_code == 0
    assert "out.jsonl: 3 rows, 0 failed; 2 computed, 1 reused" in done.stderr
    assert done.stdout == ""


def test_failures_are_exit_1_named_and_counted(batch, table, tmp_path):
    done = batch(table(1, *[""] * 7), tmp_path / "out.jsonl", "--workers", 1)
    assert done.exit_code == 1
    assert "8 rows, 7 failed" in done.stderr
    assert done.stderr.count("  failed: a") == 5
    assert "and 2 more" in done.stderr
    assert "--retry-failed" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["--workers", "0"], ["--length", "huge"], ["--backend", "x"], ["--nonsense"]]
)
def test_bad_options_are_exit_2(batch, table, tmp_path, arguments):
    assert batch(table(1), tmp_path / "out.jsonl", *arguments).exit_code == 2


def test_an_unreadable_input_is_the_projects_error(batch, tmp_path):
    done = batch(tmp_path / "nowhere.csv", tmp_path / "out.jsonl")
    assert isinstance(done.exception, InputError)


def test_a_faulty_glossary_is_told_before_the_models_load(batch, table, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "run_batch", lambda *_, **__: pytest.fail("the run began"))
    (tmp_path / "terms.csv").write_text("a\n")
    done = batch(table(1), tmp_path / "out.jsonl", "--glossary", tmp_path / "terms.csv")
    assert "terms.csv" in str(done.exception)


def test_progress_names_rate_time_left_and_failures(capsys):
    command.Printer()(Progress(120, 3, 100, 0.5, 1000, 1760.0))
    assert capsys.readouterr().err == "120 of 1,000 rows, 30.0 articles/min, 3 failed, 29:20 left\n"


@pytest.mark.parametrize(("seconds", "text"), [(5, "0:05"), (125.4, "2:05"), (7322, "2:02:02")])
def test_clock(seconds, text):
    assert command.clock(seconds) == text


def test_cluster_device_and_workers_reach_the_run(batch, table, tmp_path, monkeypatch):
    seen = {}

    def record(source, target, **options):
        seen.update(options)
        return BatchSummary(target, 1, 0, 1, 0, 1.0, ())

    monkeypatch.setattr(command, "run_batch", record)
    assert batch(table(1), tmp_path / "out.jsonl", "--cluster", "--device", "cuda").exit_code == 0
    assert (seen["cluster"], seen["workers"]) == (Cluster(gpus=1), None)
    batch(table(1), tmp_path / "out.jsonl", "--cluster", "--workers", 3)
    assert (seen["cluster"], seen["workers"]) == (Cluster(), 3)
    batch(table(1), tmp_path / "out.jsonl", "--translator", "nllb-600m", "--to", "lo")
    assert seen["cluster"] is None
    assert seen["load"].args[-1] == "lo"
