import json
import threading
import time
from dataclasses import replace

import pytest

from app.page_script import ARTICLE, ScriptedLoad
from ntmsum.app.archive import Limits
from ntmsum.app.jobs import Job, Jobs
from ntmsum.errors import InputError

pytestmark = pytest.mark.slow


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "in.jsonl"
    rows = [{"id": f"a{i}", "text": ARTICLE.replace("46", str(46 + i))} for i in range(6)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def gate(tmp_path):
    path = tmp_path / "gate"
    yield path
    path.unlink(missing_ok=True)


def serve(tmp_path, gate=None, most=3, keep=3600.0):
    return Jobs(tmp_path / "batches", ScriptedLoad(gate=gate), Limits(10**6, 100), most, keep)


def until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_batch_goes_on_under_the_next_server(tmp_path, table, gate):
    gate.touch()
    jobs = serve(tmp_path, gate)
    name = jobs.begin(table, "short", [["chợ phiên", "weekly fair"]], "vi").id
    until(lambda: jobs.get(name).status == "running")
    closing = threading.Thread(target=jobs.close, args=(60,))
    closing.start()
    until(lambda: jobs._closing)
    gate.unlink()
    closing.join()
    assert jobs.get(name).status == "waiting"
    after = serve(tmp_path)
    until(lambda: not after.get(name).active)
    job = after.get(name)
    assert (job.status, job.done, job.failed) == ("done", 6, 0)
    assert (job.length, job.language, job.own) == ("short", "vi", (("chợ phiên", "weekly fair"),))
    lines = [json.loads(line) for line in after.results(name).read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [f"a{i}" for i in range(6)]
    after.close(10)


def test_two_servers_do_not_share_a_folder(tmp_path, table):
    one, two = serve(tmp_path), serve(tmp_path)
    name = two.begin(table, "short", [], "en").id
    until(lambda: not two.get(name).active)
    assert two.get(name).status == "done"
    assert one.get(name) is None
    one.close(10)
    two.close(10)


def test_batches_wait_for_each_other_and_are_not_too_many(tmp_path, table, gate):
    gate.touch()
    jobs = serve(tmp_path, gate, most=2)
    first, second = (jobs.begin(table, "short", [], "en").id for _ in range(2))
    assert (jobs.ahead(first), jobs.ahead(second)) == (0, 1)
    with pytest.raises(InputError, match="Too many batches"):
        jobs.begin(table, "short", [], "en")
    jobs.stop(second)
    gate.unlink()
    until(lambda: jobs.active == 0)
    assert (jobs.get(first).status, jobs.get(second).status) == ("done", "stopped")
    jobs.close(10)


def test_an_old_batch_is_forgotten_with_its_files(tmp_path, table):
    jobs = serve(tmp_path, keep=0.0)
    name = jobs.begin(table, "short", [], "en").id
    until(lambda: not jobs.get(name).active)
    jobs.begin(table, "short", [], "en")
    assert jobs.get(name) is None
    assert not (tmp_path / "batches" / name).exists()
    jobs.close(30)


@pytest.mark.parametrize("name", ["../../etc", "", None, 7, "a" * 22])
def test_only_a_known_name_opens_a_batch(tmp_path, name):
    jobs = serve(tmp_path)
    assert jobs.get(name) is None
    jobs.close(1)


def test_a_state_that_was_tampered_with_is_left_alone(tmp_path):
    folder = tmp_path / "batches" / "x"
    folder.mkdir(parents=True)
    state = {"id": "../../x", "status": "waiting", "own": []}
    (folder / "job.json").write_text(json.dumps(state))
    jobs = serve(tmp_path)
    assert jobs.active == 0
    jobs.close(1)


def test_a_finished_job_is_not_active():
    job = Job("x", "done", "a.jsonl", 1, "short", "vi", (), 0.0)
    assert not job.active


def test_a_batch_that_ends_while_it_is_stopped_has_ended(tmp_path, table, monkeypatch):
    jobs = serve(tmp_path)
    monkeypatch.setattr(jobs._runner, "submit", lambda *task: None)
    job = jobs.begin(table, "short", [], "en")
    with jobs._lock:
        stopping = threading.Thread(target=jobs.stop, args=(job.id,))
        stopping.start()
        time.sleep(0.2)
        jobs._jobs[job.id] = replace(job, status="done")
    stopping.join()
    assert jobs.get(job.id).status == "done"
    jobs.close(1)


def test_a_batch_is_taken_up_once_however_often_it_is_asked_for(tmp_path, table, monkeypatch):
    jobs = serve(tmp_path)
    begun = []
    monkeypatch.setattr(jobs._runner, "submit", lambda *task: begun.append(task))
    job = jobs.begin(table, "short", [], "en")
    jobs._jobs[job.id] = replace(job, status="stopped")
    with jobs._lock:
        pages = [threading.Thread(target=jobs.go_on, args=(job.id,)) for _ in range(2)]
        for page in pages:
            page.start()
        time.sleep(0.2)
    for page in pages:
        page.join()
    assert len(begun) == 2  # when it was begun, and once again
    jobs.close(1)


def test_a_deleted_batch_has_no_results_and_waits_for_nobody(tmp_path, table, monkeypatch):
    jobs = serve(tmp_path)
    monkeypatch.setattr(jobs._runner, "submit", lambda *task: None)
    name = jobs.begin(table, "short", [], "en").id
    jobs.stop(name)
    jobs._jobs[name] = replace(jobs.get(name), status="stopped")
    jobs.forget(name)
    assert (jobs.results(name), jobs.ahead(name)) == (None, 0)
    jobs.close(1)
