"""kill -9 at random moments of a batch run: the final output must be that of an undisturbed run.

    python -m benchmarks.batch_kill [ROWS] [KILLS]

Runs the real batch code, pipeline and checks over scripted engines (no model), 500 rows and 20 kills by
default. Prints one line per kill and ends with exit code 1 when the outputs differ.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
GROUP = 16


def job(source: str, target: str, log: str) -> None:
    """One run, in a process of its own."""
    from batch import stubs
    from ntmsum.batch import run_batch

    run_batch(source, target, load=partial(stubs.load, log, delay=0.02), group=GROUP)


def start(*arguments: Path) -> subprocess.Popen[bytes]:
    """Start ``job`` in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(TESTS)}
    command = [sys.executable, "-m", "benchmarks.batch_kill", "--job", *map(str, arguments)]
    return subprocess.Popen(command, env=environment)


def kept(target: Path) -> int:
    """How many results a killed run left."""
    try:
        with closing(sqlite3.connect(f"{target}.ledger")) as base:
            return int(base.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:
        return 0


def main(rows: int, kills: int) -> int:
    """Kill, resume, compare."""
    sys.path.insert(0, str(TESTS))
    from batch import stubs

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, calm, target = folder / "in.jsonl", folder / "calm.jsonl", folder / "out.jsonl"
        with source.open("w", encoding="utf-8") as stream:
            for i in range(rows):
                # Every tenth article occurs twice.
                text = stubs.article(i - 1 if i % 10 == 9 else i)
                stream.write(json.dumps({"id": f"a{i}", "text": text}, ensure_ascii=False) + "\n")
        begin = time.monotonic()
        assert start(source, calm, folder / "calm.log").wait() == 0
        whole = time.monotonic() - begin
        print(f"undisturbed: {whole:.1f} s")
        moments = random.Random(20)
        done = early = 0
        while done < kills:
            run = start(source, target, folder / "log")
            time.sleep(moments.uniform(0.12, 0.5) * whole)
            if run.poll() is not None:
                assert run.returncode == 0
                early += 1
                for left in folder.glob("out.jsonl*"):
                    left.unlink()  # finished before the kill: begin again
                continue
            run.send_signal(signal.SIGKILL)
            run.wait()
            done += 1
            print(f"kill {done}: {kept(target)} of {rows} results kept", flush=True)
        assert start(source, target, folder / "log").wait() == 0
        same = target.read_bytes() == calm.read_bytes()
        count = len((folder / "log").read_text(encoding="utf-8").splitlines())
        print(f"{done} kills, {early} runs done before their kill; final output identical: {same}")
        print(f"articles begun in all runs since the last fresh start and before: {count}")
        return 0 if same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--job"]:
        job(*sys.argv[2:])
    else:
        sys.exit(main(*(int(a) for a in (sys.argv[1:] + ["500", "20"][len(sys.argv) - 1 :])[:2])))
