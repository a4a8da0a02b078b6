"""A run that is killed again and again ends with the output of an undisturbed one."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
JOB = """
import sys
from functools import partial
from batch import stubs
from ntmsum.batch import run_batch
if __name__ == "__main__":
    source, target, log = sys.argv[1:]
    run_batch(source, target, load=partial(stubs.load, log, delay=0.01), group=4)
"""


@pytest.fixture
def start(tmp_path):
    script = tmp_path / "job.py"
    script.write_text(JOB)
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    return lambda *arguments: subprocess.Popen(
        [sys.executable, str(script), *map(str, arguments)], env=environment
    )


@pytest.mark.slow
def test_killed_runs_lose_and_double_nothing(table, tmp_path, start):
    source = table(*[i % 90 for i in range(120)])
    calm, target, log = tmp_path / "calm.jsonl", tmp_path / "out.jsonl", tmp_path / "log"
    assert start(source, calm, tmp_path / "calm.log").wait(timeout=60) == 0
    moments = random.Random(3)
    kills = 0
    while kills < 4:
        run = start(source, target, log)
        time.sleep(moments.uniform(0.2, 2.2))
        if run.poll() is not None:
            break
        run.send_signal(signal.SIGKILL)
        run.wait()
        kills += 1
        wal = Path(f"{target}.ledger-wal")
        if wal.exists() and kills % 2:
            os.truncate(wal, max(0, wal.stat().st_size - moments.randint(1, 3000)))  # a power cut's torn end
    assert kills >= 2
    assert start(source, target, log).wait(timeout=60) == 0
    assert target.read_bytes() == calm.read_bytes()
    assert not Path(f"{target}.part").exists()


@pytest.mark.slow
def test_a_disk_that_is_full_stops_the_run_and_the_next_one_ends_it(table, tmp_path, start):
    """A limit on file size stands for the disk: the kernel refuses the write all the same."""
    source = table(*range(120))
    calm, target, log = tmp_path / "calm.jsonl", tmp_path / "out.jsonl", tmp_path / "log"
    assert start(source, calm, tmp_path / "calm.log").wait(timeout=60) == 0
    limit = 60_000
    assert calm.stat().st_size > 2 * limit
    script = (tmp_path / "job.py").read_text()
    (tmp_path / "small.py").write_text(
        f"import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n" + script
    )
    full = subprocess.run(
        [sys.executable, str(tmp_path / "small.py"), str(source), str(target), str(log)],
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert full.returncode == 1
    assert "run the same command again; what is finished is kept" in full.stderr.splitlines()[-1]
    assert not target.exists()
    begun = len(log.read_text().splitlines())
    assert start(source, target, log).wait(timeout=60) == 0
    assert target.read_bytes() == calm.read_bytes()
    assert 0 < begun <= 120
    assert len(log.read_text().splitlines()) < begun + 120
