"""Runs over the real pipeline with scripted engines, in real worker processes."""

import errno
import json
from functools import partial
from pathlib import Path

import pytest

from batch import stubs
from ntmsum.batch import job as job_module
from ntmsum.batch import run_batch
from ntmsum.errors import DataError, InputError, ModelError


def computed(log):
    return Path(log).read_text(encoding="utf-8").splitlines() if Path(log).exists() else []


def test_rows_come_out_in_input_order_each_computed_once(table, tmp_path, lines):
    source = table(5, 1, 5, 2, 5, "", 1)
    log = tmp_path / "log"
    seen = []
    summary = run_batch(
        source, tmp_path / "out.jsonl", load=partial(stubs.load, str(log)), group=2, progress=seen.append
    )
    out = lines(tmp_path / "out.jsonl")
    assert [(o["id"], o["row"]) for o in out] == [(f"a{i}", i + 1) for i in range(7)]
    texts = [o["report"] and o["report"]["source"]["sentences"][0]["text"] for o in out]
    assert texts[0] == texts[2] == texts[4] != texts[1] == texts[6]
    assert texts[0] == stubs.article(5).split(". ")[0] + "."
    assert out[5]["report"] is None and "empty" in out[5]["error"]
    assert len(computed(log)) == len(set(computed(log))) == 4
    assert (summary.rows, summary.failed, summary.computed, summary.reused) == (7, 1, 4, 3)
    assert summary.examples == (("a5", out[5]["error"]),)
    assert (seen[-1].done, seen[-1].total, seen[-1].seconds_left) == (7, 7, 0)


def test_a_rerun_computes_nothing_and_writes_the_same(table, tmp_path):
    source, target, log = table(1, 2, 3), tmp_path / "out.jsonl", tmp_path / "log"
    run_batch(source, target, load=partial(stubs.load, str(log)))
    before = target.read_bytes()
    target.write_bytes(before[:-40])  # a torn last line
    again = run_batch(source, target, load=partial(stubs.load, str(log)))
    assert target.read_bytes() == before
    assert (again.computed, again.reused, len(computed(log))) == (0, 3, 3)


@pytest.mark.slow
def test_a_resumed_run_decodes_together_what_an_undisturbed_one_does(table, tmp_path, monkeypatch):
    """Decoding in another company could settle a tie between two wordings differently."""
    source, target = table(*range(12)), tmp_path / "out.jsonl"
    tasks = []
    submit = job_module.Workers.submit
    monkeypatch.setattr(
        job_module.Workers, "submit", lambda pool, task: (tasks.append(task), submit(pool, task))
    )
    run_batch(source, target, load=stubs.load, group=4)
    whole, interrupted = list(tasks), []

    def stop(progress):
        if progress.computed:
            raise KeyboardInterrupt

    tasks.clear()
    Path(f"{target}.ledger").unlink()
    with pytest.raises(KeyboardInterrupt):
        run_batch(source, target, load=stubs.load, group=4, replace=True, progress=stop)
    tasks.clear()
    run_batch(source, target, load=stubs.load, group=4)
    interrupted += tasks
    assert len(whole) == 3
    assert 0 < len(interrupted) < 3
    assert all(task in whole for task in interrupted)


@pytest.mark.slow
def test_a_longer_input_computes_only_what_is_new(table, tmp_path, lines):
    target, log = tmp_path / "out.jsonl", tmp_path / "log"
    run_batch(table(1, 2), target, load=partial(stubs.load, str(log)))
    run_batch(table(3, 2, 1), target, load=partial(stubs.load, str(log)))
    assert len(computed(log)) == 3
    assert [o["id"] for o in lines(target)] == ["a0", "a1", "a2"]


@pytest.mark.slow
def test_another_option_is_refused_then_replaces_and_goes_back_for_nothing(table, tmp_path, lines):
    source, target = table(1, 2), tmp_path / "out.jsonl"
    run_batch(source, target, load=stubs.load)
    before = target.read_bytes()
    with pytest.raises(DataError, match=r"scripted 1.*scripted 2.*--replace"):
        run_batch(source, target, load=partial(stubs.load, version="2"))
    assert target.read_bytes() == before
    new = run_batch(source, target, load=partial(stubs.load, version="2"), replace=True)
    assert new.computed == 2
    assert ["scripted 2" in o["report"]["signature"] for o in lines(target)] == [True, True]
    back = run_batch(source, target, load=stubs.load, replace=True)
    assert (back.computed, target.read_bytes()) == (0, before)


@pytest.mark.slow
def test_an_article_that_breaks_or_kills_fails_alone(table, tmp_path, lines):
    source = table(1, 2, "KILL", 3, 4, "CRASH", 5)
    target = tmp_path / "out.jsonl"
    summary = run_batch(source, target, load=stubs.load, workers=2)
    errors = [o["error"] for o in lines(target)]
    assert errors[:2] + errors[3:5] + errors[6:] == [None] * 5
    assert "SIGKILL" in errors[2]
    assert errors[5] == "RuntimeError: the engine broke"
    assert (summary.rows, summary.failed) == (7, 2)
    mended = partial(stubs.load, faults=False)
    assert run_batch(source, target, load=mended).failed == 2
    retried = run_batch(source, target, load=mended, retry_failed=True)
    assert (retried.computed, retried.reused) == (2, 5)
    # "KILL" and "CRASH" are no Vietnamese, which is now the reason.
    assert [o["error"] is None for o in lines(target)] == [True, True, False, True, True, False, True]


@pytest.mark.slow
def test_two_workers_write_what_one_writes(table, tmp_path):
    source = table(*range(40))
    for workers in (1, 2):
        run_batch(source, tmp_path / f"{workers}.jsonl", load=stubs.load, workers=workers, group=4)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_a_second_row_with_an_id_fails_and_names_the_first(tmp_path, lines):
    rows = [{"id": "x", "text": stubs.article(1)}, {"id": "x", "text": stubs.article(2)}]
    run_batch(rows, tmp_path / "out.jsonl", load=stubs.load)
    first, second = lines(tmp_path / "out.jsonl")
    assert first["error"] is None
    assert second["error"] == "The id x was used before, by row 1."


def test_parquet_holds_the_report_and_its_main_columns(table, tmp_path):
    from pyarrow import parquet

    run_batch(table(1, ""), tmp_path / "out.parquet", load=stubs.load)
    good, bad = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    report = json.loads(good["report"])
    assert good["summary"] == report["summary"]["text"]
    assert good["translation"] == report["translation"]["text"]
    assert good["alerts"] == len(report["alerts"])
    assert (good["error"], bad["report"], bad["row"]) == (None, None, 2)
    assert "empty" in bad["error"]


def test_chunks_do_not_disturb_the_order(table, tmp_path, lines, monkeypatch):
    monkeypatch.setattr(job_module, "CHUNK", 3)
    run_batch(table(*[i % 9 for i in range(20)]), tmp_path / "out.jsonl", load=stubs.load, workers=2, group=2)
    assert [o["row"] for o in lines(tmp_path / "out.jsonl")] == list(range(1, 21))


@pytest.mark.parametrize(
    ("load", "says"),
    [
        (stubs.unloadable, "weights-0 is missing"),
        (stubs.too_large, r"SIGKILL.*fewer --workers"),
        (lambda: None, "cannot be sent to a worker"),
    ],
)
def test_a_pipeline_that_does_not_load_stops_the_run(table, tmp_path, load, says):
    with pytest.raises(ModelError, match=says):
        run_batch(table(1), tmp_path / "out.jsonl", load=load)
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("target", "error", "says"),
    [
        ("in.jsonl", InputError, "both input and output"),
        ("out.xlsx", InputError, r"ending in \.jsonl or \.parquet"),
        ("foreign.jsonl", DataError, r"no foreign\.jsonl\.ledger says how it was made"),
        ("in.jsonl/out.jsonl", DataError, "cannot be used"),
    ],
)
def test_an_unusable_output_is_refused_and_left_alone(table, tmp_path, target, error, says):
    source = table(1)
    (tmp_path / "foreign.jsonl").write_text("mine")
    with pytest.raises(error, match=says):
        run_batch(source, tmp_path / target, load=stubs.load)
    assert (tmp_path / "foreign.jsonl").read_text() == "mine"


def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(table, tmp_path, monkeypatch):
    source, target, log = table(1, 2), tmp_path / "out.jsonl", tmp_path / "log"

    class Full(job_module.sink_for(target)):
        def write(self, line):
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(job_module, "sink_for", lambda target: Full)
        with pytest.raises(DataError, match=r"no space left .*run the same command again"):
            run_batch(source, target, load=partial(stubs.load, str(log)))
    assert not target.exists()
    assert run_batch(source, target, load=partial(stubs.load, str(log))).computed == 0
    assert len(computed(log)) == 2
