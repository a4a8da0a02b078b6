"""Batches on the server: one at a time, through ``run_batch``, each in a folder that outlives page and server."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Literal

from filelock import FileLock, Timeout

from ntmsum.alerts import Language
from ntmsum.app.archive import Limits, keep_articles
from ntmsum.app.failures import explain
from ntmsum.app.logs import log
from ntmsum.app.messages import message
from ntmsum.app.service import own_glossary, personalize
from ntmsum.batch import Progress, Row, open_source, run_batch
from ntmsum.checks import Checker
from ntmsum.errors import InputError
from ntmsum.glossary import Glossary
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Length

Status = Literal["waiting", "running", "stopping", "stopped", "done", "failed"]
Loader = Callable[[], Pipeline]
# Articles decoded together: few, so that progress is seen and Stop is obeyed soon.
GROUP = 2
_STATE, _RESULTS = "job.json", "results.jsonl"
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Job:
    """A batch, as far as it has come.

    Args:
        id: its secret name: who knows it may see its results.
        status: where it stands.
        source: name of its input in its folder.
        rows: articles of the input.
        length, language, own: length of the summaries, language of the alerts, own terms.
        made: when it was begun, in seconds since the epoch.
        done, failed: rows finished, and those of them without a report.
        rate: articles per second; 0 until it is known.
        seconds_left: estimate; None until it can be made.
        fault: why it failed, in words.
    """

    id: str
    status: Status
    source: str
    rows: int
    length: Length
    language: Language
    own: tuple[tuple[str, str], ...]
    made: float
    done: int = 0
    failed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    fault: str = ""

    @property
    def active(self) -> bool:
        """Whether it goes on by itself."""
        return self.status in ("waiting", "running", "stopping")


@dataclass(frozen=True, slots=True)
class JobLoader:
    """Makes a batch's pipeline, in the process of its worker.

    Args:
        load: makes the shared pipeline; a function of a module.
        own: the visitor's own terms.
        language: language of the alerts.
    """

    load: Loader
    own: tuple[tuple[str, str], ...]
    language: Language

    def __call__(self) -> Pipeline:
        """The pipeline; the process steps back behind the page's visitors."""
        if hasattr(os, "nice"):  # not on Windows
            os.nice(10)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        terms = Glossary.official() | own_glossary([list(pair) for pair in self.own])
        return personalize(self.load(), Checker(terms, language=self.language))


class _Stopped(Exception):
    pass


class Jobs:
    """The batches of all visitors.

    Args:
        folder: where they lie; a temporary one when another server uses it.
        load: makes the pipeline in a worker.
        limits: of an upload.
        most: how many may run and wait at a time.
        keep: seconds after which one is forgotten.
    """

    def __init__(self, folder: Path, load: Loader, limits: Limits, most: int, keep: float) -> None:
        self._load = load
        self._limits = limits
        self._most = most
        self._keep = keep
        self._runner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="batch")
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._closing = False
        self._folder = self._own(folder)
        for path in sorted(self._folder.glob(f"*/{_STATE}"), key=lambda p: p.stat().st_mtime):
            self._remember(path)

    @property
    def active(self) -> int:
        """How many run or wait."""
        return sum(job.active for job in list(self._jobs.values()))

    def begin(self, upload: Path, length: Length, own: list[list[str]], language: Language) -> Job:
        """Take an upload and put it in line.

        Raises:
            InputError: it cannot be used, or too many batches wait.
        """
        self._sweep()
        if self.active >= self._most:
            raise InputError(message("batch_busy", language))
        name = secrets.token_urlsafe(16)
        folder = self._folder / name
        folder.mkdir(mode=0o700)
        try:
            source, rows = keep_articles(upload, folder, self._limits, language)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        terms = tuple((vi, en) for vi, en in own)
        job = Job(name, "waiting", source.name, rows, length, language, terms, time.time())
        with self._lock:
            self._keep_state(job)
        self._runner.submit(self._run, name)
        log("batch begun", rows=rows, bytes=source.stat().st_size)
        return job

    def get(self, name: object) -> Job | None:
        """The batch of this secret name; None when there is none (any more)."""
        return self._jobs.get(name) if isinstance(name, str) else None

    def ahead(self, name: str) -> int:
        """How many batches are worked on before this one."""
        job = self._jobs.get(name)
        return sum(o.active and o.made < job.made for o in list(self._jobs.values())) if job else 0

    def stop(self, name: str) -> Job:
        """End a batch after the articles under way; what is finished is kept."""
        self._change(name, lambda job: job.active, status="stopping")
        return self._jobs[name]

    def go_on(self, name: str) -> Job:
        """Take up a batch where it stopped or failed."""
        again = {"status": "waiting", "fault": "", "made": time.time(), "seconds_left": None}
        if self._change(name, lambda job: not job.active, **again):
            self._runner.submit(self._run, name)
        return self._jobs[name]

    def forget(self, name: str) -> None:
        """Delete a batch that does not run, with all its files."""
        with self._lock:
            job = self._jobs.get(name)
            if job is None or job.active:
                return
            del self._jobs[name]
        shutil.rmtree(self._folder / name, ignore_errors=True)

    def results(self, name: str) -> Path | None:
        """The results as ``run_batch`` wrote them; None until the batch is done, and after it was deleted."""
        job, path = self._jobs.get(name), self._folder / name / _RESULTS
        return path if job and job.status == "done" and path.is_file() else None

    def article(self, name: str, row: int) -> Row | None:
        """A row of the input."""
        source = open_source(self._folder / name / self._jobs[name].source)
        return next((r for r in source if r.number == row), None)

    def close(self, seconds: float) -> None:
        """Let the articles under way finish; batches go on when a server uses the folder again."""
        self._closing = True
        self._runner.shutdown(wait=False, cancel_futures=True)
        end = time.monotonic() + seconds
        while any(job.status in ("running", "stopping") for job in list(self._jobs.values())):
            if time.monotonic() > end:
                break
            time.sleep(0.05)
        self._guard.release()

    def _run(self, name: str) -> None:
        if not self._change(name, lambda job: job.status == "waiting", status="running"):
            self._change(name, status="stopped")
            return
        job = self._jobs[name]
        folder = self._folder / name

        def tell(progress: Progress) -> None:
            left = (job.rows - progress.done) / progress.rate if progress.rate else None
            self._change(
                name, done=progress.done, failed=progress.failed, rate=progress.rate, seconds_left=left
            )
            if self._closing or self._jobs[name].status == "stopping":
                raise _Stopped

        try:
            summary = run_batch(
                folder / job.source,
                folder / _RESULTS,
                load=JobLoader(self._load, job.own, job.language),
                length=job.length,
                replace=True,
                group=GROUP,
                progress=tell,
            )
            log("batch done", rows=summary.rows, failed=summary.failed, seconds=round(summary.seconds, 1))
            self._change(name, status="done", done=summary.rows, failed=summary.failed, seconds_left=None)
        except _Stopped:
            log("batch stopped", done=self._jobs[name].done, rows=job.rows)
            # Closed with the server it stays in line.
            if not self._change(name, lambda job: job.status == "stopping", status="stopped"):
                self._change(name, status="waiting")
        except Exception as error:
            self._change(name, status="failed", fault=explain(error, job.language))

    def _change(self, name: str, where: Callable[[Job], bool] = lambda job: True, **values: Any) -> bool:
        """Change a batch of which ``where`` holds, in one step: pages and the runner do so at the same time."""
        with self._lock:
            job = self._jobs.get(name)
            if job is None or not where(job):
                return False
            self._keep_state(replace(job, **values))
        return True

    def _keep_state(self, job: Job) -> None:
        self._jobs[job.id] = job
        path = self._folder / job.id / _STATE
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
        draft.replace(path)

    def _remember(self, path: Path) -> None:
        """Take a batch over from the server before this one."""
        try:
            value: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            job = Job(**{**value, "own": tuple((vi, en) for vi, en in value["own"])})
        except (OSError, ValueError, TypeError, KeyError):
            return
        if not _ID.fullmatch(job.id) or path.parent.name != job.id:
            return
        if job.active:
            job = replace(job, status="stopped" if job.status == "stopping" else "waiting")
        self._jobs[job.id] = job
        if job.active:
            self._runner.submit(self._run, job.id)

    def _sweep(self) -> None:
        for job in list(self._jobs.values()):
            if time.time() - job.made > self._keep:
                self.forget(job.id)

    def _own(self, folder: Path) -> Path:
        """The folder, locked for this server."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._guard = FileLock(folder / "lock", thread_local=False)
        try:
            self._guard.acquire(timeout=0)
        except Timeout:
            log("batch folder in use")
            folder = Path(mkdtemp(prefix="ntmsum-batches-"))
            self._guard = FileLock(folder / "lock", thread_local=False)
            self._guard.acquire()
        return folder
