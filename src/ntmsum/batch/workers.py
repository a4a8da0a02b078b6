"""Worker processes that load the pipeline once; an article that kills its worker fails alone."""

from __future__ import annotations

import json
import multiprocessing
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Protocol

from ntmsum.batch.ledger import Result
from ntmsum.errors import ModelError, NtmsumError
from ntmsum.pipeline import Pipeline
from ntmsum.summarize import Length

Loader = Callable[[], Pipeline]
Article = tuple[bytes, str | bytes]


class Pool(Protocol):
    """What a run needs of its workers, on this machine or on others; a context manager."""

    signature: str

    @property
    def hungry(self) -> bool:
        """Whether more tasks should be submitted."""

    @property
    def busy(self) -> bool:
        """Whether a task is waiting or under way."""

    def submit(self, task: list[Article]) -> None:
        """Queue articles to be processed together."""

    def collect(self) -> list[Result]:
        """Wait for results; none when something was to be done again."""


@dataclass
class _Worker:
    process: SpawnProcess
    link: Connection
    task: list[Article] | None = None


class Workers:
    """A pool of spawned processes, each with a pipeline of its own.

    Processes are spawned, never forked: a process that ran CTranslate2 hangs after a fork. They end when
    this one does, however it does.

    Args:
        load: makes the pipeline; must be picklable (a function of a module, or a partial of one).
        length: length of the summaries.
        count: number of processes.

    Raises:
        ModelError: the pipeline cannot be loaded in a worker.
    """

    def __init__(self, load: Loader, length: Length, count: int) -> None:
        require_picklable(load)
        self._load = load
        self._length = length
        self._count = count
        self._context = multiprocessing.get_context("spawn")
        self._waiting: deque[list[Article]] = deque()
        self._workers: list[_Worker] = []
        self.signature = ""

    def __enter__(self) -> Workers:
        try:
            self._workers = [self._start() for _ in range(self._count)]
            for worker in self._workers:
                self.signature = self._greet(worker)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def hungry(self) -> bool:
        """Whether more tasks should be submitted to keep every worker at work."""
        return len(self._waiting) < self._count

    @property
    def busy(self) -> bool:
        """Whether a task is waiting or under way."""
        return bool(self._waiting) or any(w.task for w in self._workers)

    def submit(self, task: list[Article]) -> None:
        """Queue articles to be processed together."""
        self._waiting.append(task)
        self._feed()

    def collect(self) -> list[Result]:
        """Wait until a worker answers; its results, empty when it died and its task was queued again.

        Raises:
            ModelError: a worker died and no other can be started in its place.
        """
        results: list[Result] = []
        links = {w.link: w for w in self._workers if w.task}
        for link in wait(list(links)):
            worker = links[link]  # type: ignore[index]
            assert worker.task
            try:
                results += worker.link.recv()
            except (EOFError, OSError):
                results += self._bury(worker)
            worker.task = None
        self._feed()
        return results

    def _feed(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.task is None:
                # One task under way per worker: its pipe is empty, so that neither side waits to send.
                worker.task = self._waiting.popleft()
                try:
                    worker.link.send(worker.task)
                except OSError:
                    continue  # it died idle: collect() finds its closed link and starts another

    def _bury(self, worker: _Worker) -> list[Result]:
        """Start another worker for a dead one; its task is halved, so that the deadly article is found."""
        task = worker.task or []
        worker.process.join()
        code = worker.process.exitcode or 0
        reason = f"The worker died on this article ({_death(code)})."
        fresh = self._start()
        self._greet(fresh)
        worker.link.close()
        worker.process, worker.link = fresh.process, fresh.link
        if len(task) == 1:
            return [Result(task[0][0], reason, failed=True)]
        half = len(task) // 2
        self._waiting.extendleft([task[half:], task[:half]])
        return []

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._load, self._length), daemon=True)
        with _deaf():
            process.start()
        there.close()
        return _Worker(process, here)

    def _greet(self, worker: _Worker) -> str:
        try:
            ready, text = worker.link.recv()
        except (EOFError, OSError) as error:
            worker.process.join()
            raise ModelError(
                f"A worker died while it loaded the models ({_death(worker.process.exitcode or 0)}); "
                f"with {self._count} workers they may not fit in memory: try fewer --workers."
            ) from error
        if not ready:
            raise ModelError(text)
        return str(text)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.link.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()


def require_picklable(load: Loader) -> None:
    """Make sure that a loader can be sent to other processes.

    Raises:
        ModelError: it cannot.
    """
    try:
        pickle.dumps(load)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise ModelError(
            f"The loader cannot be sent to a worker ({error}); give a function defined in a module."
        ) from error


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started meanwhile ignore Ctrl-C, which is this one's to handle."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _death(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    return f"{name}, often a lack of memory" if name == "SIGKILL" else name


def _serve(link: Connection, load: Loader, length: Length) -> None:
    """A worker's life: load, say so, answer tasks until the other end is closed."""
    try:
        pipeline = load()
        greeting = (True, f"{pipeline.signature} | {length}")
    except MemoryError:
        greeting = (False, "The models do not fit in memory; try fewer --workers or smaller models.")
    except Exception as error:
        greeting = (False, _reason(error))
    try:
        link.send(greeting)
        while greeting[0]:
            task = link.recv()
            outcomes = process([text for _, text in task], pipeline, length)
            link.send([replace(r, key=key) for (key, _), r in zip(task, outcomes, strict=True)])
    except (EOFError, OSError):
        return


def process(texts: Sequence[str | bytes], pipeline: Pipeline, length: Length) -> Iterator[Result]:
    """The results of articles processed together, in order, without keys.

    When the group as a whole fails unexpectedly, every article is tried alone.
    """
    try:
        reports = list(pipeline.map(texts, length, errors="return", group=len(texts)))
    except Exception as error:
        if len(texts) == 1:
            yield Result(b"", _reason(error), failed=True)
            return
        for text in texts:
            yield from process([text], pipeline, length)
        return
    for report in reports:
        if isinstance(report, NtmsumError):
            yield Result(b"", str(report), failed=True)
        else:
            # Timings would make two runs over the same input differ.
            value = replace(report, timings={}).to_json()
            yield Result(b"", json.dumps(value, ensure_ascii=False))


def _reason(error: BaseException) -> str:
    text = str(error).strip()
    return text if isinstance(error, NtmsumError) else f"{type(error).__name__}: {text or 'no message'}"[:500]
