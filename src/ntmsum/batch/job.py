"""A batch run: rows in, workers at full batches, results kept as they come, the output in input order."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from ntmsum.batch.cluster import Cluster, ClusterWorkers
from ntmsum.batch.ledger import SUFFIX, Ledger, Seen, explain, result_key
from ntmsum.batch.sinks import PART_SUFFIX, Line, Sink, sink_for
from ntmsum.batch.sources import Row, Source, open_source
from ntmsum.batch.workers import Loader, Pool, Workers
from ntmsum.errors import DataError, InputError
from ntmsum.pipeline import load_pipeline
from ntmsum.summarize import Length

# Rows read ahead to group them by length, and articles given to a model together: enough short summary
# sentences to fill the translator's batches too.
CHUNK = 1024
CHUNK_CHARACTERS = 8_000_000
GROUP = 64
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Args:
        done: rows finished, failed ones included.
        failed: rows failed.
        computed: articles computed in this run.
        rate: articles computed per second in this run.
        total: rows of the input, estimated from the share that was read; None when its size is unknown.
        seconds_left: estimate; None when it cannot be made yet.
    """

    done: int
    failed: int
    computed: int
    rate: float
    total: int | None
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What a finished run did.

    Args:
        target: the file written.
        rows: rows of the input and of the output.
        failed: rows without a report.
        computed: articles computed in this run.
        reused: rows that needed no computing: already in the ledger, or identical to another row.
        seconds: duration of the run, loading included.
        examples: id and reason of the first failures.
    """

    target: Path
    rows: int
    failed: int
    computed: int
    reused: int
    seconds: float
    examples: tuple[tuple[str, str], ...]


def run_batch(
    source: str | Path | Iterable[Mapping[str, Any]],
    target: str | Path,
    *,
    load: Loader = load_pipeline,
    length: Length = "medium",
    workers: int | None = None,
    cluster: Cluster | None = None,
    text_column: str | None = None,
    id_column: str | None = None,
    retry_failed: bool = False,
    replace: bool = False,
    group: int = GROUP,
    progress: Callable[[Progress], None] | None = None,
) -> BatchSummary:
    """Process every row of ``source`` and write one row each to ``target``, in input order.

    Finished results are kept in ``TARGET.ledger``, keyed by the input and everything the output depends on.
    The same call again takes up where the last one was stopped, however it was. The output grows as
    ``TARGET.part`` and gets its name when it is complete.

    Workers are spawned processes: a script that calls this needs ``if __name__ == "__main__":``.

    Args:
        source: see ``open_source``.
        target: a ``.jsonl`` or ``.parquet`` file.
        load: makes the pipeline in each worker; a function of a module, or a partial of one.
        length: length of the summaries.
        workers: number of processes, each with the models loaded; None is one, or on a cluster as many as it has
            room for.
        cluster: run the workers on a Ray cluster instead of this machine; every node needs the same ntmsum and
            models.
        text_column, id_column: see ``open_source``.
        retry_failed: compute articles again that failed in an earlier run.
        replace: write over an output of another signature, or one that has no ledger.
        group: articles given to a model together.
        progress: called after every group and chunk.

    Raises:
        InputError: the input cannot be read, lacks a column, or is the output.
        ModelError: the models cannot be loaded.
        ClusterError: Ray is missing, cannot be reached, or has no room for a worker.
        DataError: the output cannot be written, is being written by another process, or is another one's.
    """
    if (workers is not None and workers < 1) or group < 1:
        raise InputError("--workers and --group must be at least 1.")
    start = time.monotonic()
    target = Path(target).resolve()
    make_sink = sink_for(target)
    if isinstance(source, str | Path) and Path(source).resolve() == target:
        raise InputError(f"{target} is both input and output; name another output.")
    rows = open_source(source, text_column, id_column)
    ledger_path = target.with_name(target.name + SUFFIX)
    part = target.with_name(target.name + PART_SUFFIX)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not ledger_path.exists() and not replace:
            raise DataError(
                f"{target} exists and no {ledger_path.name} says how it was made; name another output, "
                "or give --replace."
            )
        with Ledger(ledger_path) as ledger, _pool(load, length, workers, cluster) as pool:
            _check_signature(ledger, pool.signature, target, replace)
            if retry_failed:
                ledger.forget_failures()
            sink = make_sink(part)
            run = _Run(rows, sink, ledger, pool, group, progress)
            run.run()
            sink.close()
            os.replace(part, target)
    except sqlite3.Error as error:
        raise explain(ledger_path, error) from error
    except OSError as error:
        raise _unwritable(target, error) from error
    return run.summary(target, time.monotonic() - start)


def _pool(
    load: Loader, length: Length, workers: int | None, cluster: Cluster | None
) -> Workers | ClusterWorkers:
    if cluster is None:
        return Workers(load, length, workers or 1)
    return ClusterWorkers(load, length, workers, cluster)


class _Run:
    """The state of one run."""

    def __init__(
        self,
        rows: Source,
        sink: Sink,
        ledger: Ledger,
        pool: Pool,
        group: int,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._source = rows
        self._rows = iter(rows)
        self._sink = sink
        self._ledger = ledger
        self._pool = pool
        self._group = group
        self._tell = progress
        self._ids, self._keys = Seen(), Seen()
        # Rows read and not yet written, without their texts; keys whose result is awaited, with their rows.
        self._open: deque[tuple[Row, bytes | None]] = deque()
        self._awaited: dict[bytes | None, int] = {}
        self._read = self._computed = self._failed = self._written = self._unusable = 0
        self._examples: list[tuple[str, str]] = []
        self._start = time.monotonic()

    def run(self) -> None:
        """Read, compute and write until everything is written."""
        exhausted = False
        while True:
            while not exhausted and self._pool.hungry:
                exhausted = not self._plan(list(_chunk(self._rows)))
                self._write()
                self._report()
            if not self._pool.busy:
                break
            results = self._pool.collect()
            self._ledger.put(results)
            self._computed += len(results)
            for result in results:
                del self._awaited[result.key]
            self._write()
            self._report()

    def summary(self, target: Path, seconds: float) -> BatchSummary:
        """What was done."""
        return BatchSummary(
            target=target,
            rows=self._written,
            failed=self._failed,
            computed=self._computed,
            reused=self._written - self._unusable - self._computed,
            seconds=seconds,
            examples=tuple(self._examples),
        )

    def _plan(self, rows: list[Row]) -> bool:
        """Hand a chunk's new articles to the workers, longest first; False for an empty chunk.

        Groups are the same whatever is done already, and are kept whole or not at all: so a resumed run
        decodes together what an undisturbed one does, and no tie between two wordings falls differently.
        """
        keyed = [(row, self._key(row)) for row in map(self._checked, rows)]
        fresh = [
            (key, row.text)
            for row, key in keyed
            if key is not None and row.text is not None and self._keys.first(key.hex(), row.number) is None
        ]
        fresh.sort(key=lambda article: -len(article[1]))
        for i in range(0, len(fresh), self._group):
            task = [article for article in fresh[i : i + self._group] if article[0] not in self._ledger]
            self._awaited.update({key: 0 for key, _ in task})
            if task:
                self._pool.submit(task)
        for row, key in keyed:
            if key in self._awaited:
                self._awaited[key] += 1
            self._open.append((Row(row.number, row.id, None, row.error), key))
        self._read += len(rows)
        return bool(rows)

    def _key(self, row: Row) -> bytes | None:
        return None if row.text is None else result_key(self._pool.signature, row.text)

    def _checked(self, row: Row) -> Row:
        """The row, or the same without its text when its id occurred before."""
        earlier = self._ids.first(row.id, row.number)
        if earlier is None or row.error:
            return row
        return Row(row.number, row.id, None, f"The id {row.id} was used before, by row {earlier}.")

    def _write(self) -> None:
        """Write the rows at the head whose results are there."""
        while self._open:
            row, key = self._open[0]
            if key is not None and key in self._awaited:
                return
            self._open.popleft()
            if key is None:
                self._unusable += 1
                self._fail(row, row.error)
                continue
            result = self._ledger.get(key)
            if result.failed:
                self._fail(row, result.body)
            else:
                self._line(row, None, json.loads(result.body))

    def _fail(self, row: Row, reason: str) -> None:
        self._failed += 1
        if len(self._examples) < EXAMPLES:
            self._examples.append((row.id, reason))
        self._line(row, reason, None)

    def _line(self, row: Row, error: str | None, report: dict[str, Any] | None) -> None:
        self._written += 1
        self._sink.write(Line(row.id, row.number, error, report))

    def _report(self) -> None:
        if self._tell is None:
            return
        done = self._read - sum(self._awaited.values())
        share = self._source.share
        total = round(self._read / share) if share else None
        rate = self._computed / max(1e-9, time.monotonic() - self._start)
        left = (total - done) / rate if total is not None and rate else None
        self._tell(Progress(done, self._failed, self._computed, rate, total, left))


def _chunk(rows: Iterator[Row]) -> Iterator[Row]:
    """The next rows, as many as are grouped by length together."""
    characters = 0
    for row in islice(rows, CHUNK):
        yield row
        characters += len(row.text or "")
        if characters > CHUNK_CHARACTERS:
            return


def _check_signature(ledger: Ledger, signature: str, target: Path, replace: bool) -> None:
    """Refuse to write over results of other options; what the ledger holds of them stays in any case."""
    earlier = ledger.signature
    if earlier not in (None, signature) and not replace:
        raise DataError(
            f"{target} was begun as “{earlier}” and this run is “{signature}”: name another output, or give "
            "--replace (results of both stay in the ledger)."
        )
    ledger.signature = signature


def _unwritable(target: Path, error: OSError) -> DataError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DataError(
            f"There is no space left for {target}: free some and run the same command again; "
            "what is finished is kept."
        )
    return DataError(f"{error.filename or target} cannot be used ({error.strerror or error}).")
