"""The same workers on a Ray cluster: Ray Data hands groups of articles to actors that hold the models.

Ray is asked for little, because what it promises after a failure is not what a ledger needs. Groups go out in
waves, each a Ray dataset of its own; what a wave did not answer, whatever the reason, goes into the next one. So
nothing hangs on a node that is gone, and a group is computed as a whole or again as a whole, as in a local run.
"""

from __future__ import annotations

import logging
import os
import pickle
import warnings
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from ntmsum.batch.ledger import Result
from ntmsum.batch.workers import Article, Loader, Workers, require_picklable
from ntmsum.errors import ClusterError, ModelError, NtmsumError
from ntmsum.summarize import Length

# A wave gives each actor so many groups that loading the models (seconds) and waiting for the last group matter
# little. A GPU is through with a group some fifty times as soon.
CPU_GROUPS, GPU_GROUPS = 64, 512
# Texts of one wave in the object store, and most of the store that results may take: a share of its size.
STORE_SHARE = 0.25
# Waves in a row that may end without one result before the run gives up.
FRUITLESS_WAVES = 3


@dataclass(frozen=True, slots=True)
class Cluster:
    """What to ask Ray for.

    Args:
        address: of a running cluster, as ``ray.init`` takes it; None takes ``$RAY_ADDRESS``, else the cluster
            running on this machine, else starts one here.
        cpus, gpus: cores and GPUs of one actor.
    """

    address: str | None = None
    cpus: float = 1
    gpus: float = 0


class ClusterWorkers:
    """A pool of Ray Data actors, each with a pipeline of its own; used as ``Workers`` is.

    Args:
        load: makes the pipeline; must be picklable, and importable on every node.
        length: length of the summaries.
        count: number of actors; None takes as many as the cluster has room for.
        cluster: where, and what one actor takes.

    Raises:
        ClusterError: Ray is not installed, not reachable, or has no room for one actor.
        ModelError: the pipeline cannot be loaded on the cluster.
    """

    def __init__(self, load: Loader, length: Length, count: int | None, cluster: Cluster) -> None:
        require_picklable(load)
        self._load = load
        self._length = length
        self._wanted = count
        self._cluster = cluster
        self._waiting: deque[list[Article]] = deque()
        self._under_way: dict[int, list[Article]] = {}
        self._answers: Iterator[dict[str, Any]] | None = None
        self._fruitless = 0
        self._started_ray = False
        self.signature = ""

    def __enter__(self) -> ClusterWorkers:
        self._ray = import_ray()
        try:
            self._connect()
            self.signature = self._greet()
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
        """Whether more tasks should be submitted: the next wave is read while one is under way."""
        texts = sum(len(text) for task in self._waiting for _, text in task)
        return len(self._waiting) < self._wave and texts < self._wave_characters

    @property
    def busy(self) -> bool:
        """Whether a task is waiting or under way."""
        return bool(self._waiting or self._under_way)

    def submit(self, task: list[Article]) -> None:
        """Queue articles to be processed together."""
        self._waiting.append(task)

    def collect(self) -> list[Result]:
        """Wait until an actor answers; its results, empty when a wave ended.

        Raises:
            ModelError: the models cannot be loaded on a node, or are others there.
            ClusterError: several waves in a row ended without one result.
        """
        if self._answers is None:
            self._answers = self._begin()
        reason = ""
        try:
            answer = next(self._answers, None)
        except Exception as error:  # Ray's own kinds are many, and what is lost is the same
            answer, reason = None, f"{type(error).__name__}: {error}"
        if answer is None:
            self._end(reason)
            return []
        if answer["error"]:
            raise ModelError(answer["error"])
        if self._under_way.pop(answer["number"], None) is None:
            return []  # answered before
        self._fruitless = 0
        results: list[Result] = pickle.loads(answer["results"])
        return results

    def _begin(self) -> Iterator[dict[str, Any]]:
        """Start a wave: one block per group, kept by this process, so that no lost node takes one with it."""
        import ray.data
        from ray.data import DataContext, ExecutionResources

        self._resize()
        tasks = [self._waiting.popleft() for _ in range(min(self._wave, len(self._waiting)))]
        self._under_way = dict(enumerate(tasks))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context = DataContext.get_current().copy()
        context.enable_progress_bars = False
        context.print_on_execution_start = False
        # A group that was on a lost node comes back as missing; the others go on.
        context.max_errored_blocks = -1
        context.execution_options.resource_limits = ExecutionResources(object_store_memory=self._store)
        items = [{"number": n, "task": pickle.dumps(task)} for n, task in self._under_way.items()]
        with DataContext.current(context), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            dataset = ray.data.from_items(items, override_num_blocks=len(items)).map_batches(
                Actor,
                fn_constructor_args=(self._load, self._length, self.signature),
                batch_size=None,
                batch_format="pyarrow",
                compute=ray.data.ActorPoolStrategy(size=self._count, max_tasks_in_flight_per_actor=2),
                num_cpus=self._cluster.cpus,
                num_gpus=self._cluster.gpus or None,
                # A restarted actor serves again. But its groups are not to wait for it: where no node has room
                # for it, they would wait for ever.
                max_restarts=-1,
                max_task_retries=0,
            )
        return iter(dataset.iter_rows())

    def _end(self, reason: str) -> None:
        self._answers = None
        missing = list(self._under_way.values())
        self._under_way = {}
        self._waiting.extendleft(reversed(missing))
        self._fruitless += bool(missing)
        if self._fruitless > FRUITLESS_WAVES:
            raise ClusterError(
                f"The cluster gave no result in {self._fruitless} attempts"
                f"{f' ({_line(reason)})' if reason else ''}; look at `ray status` and the nodes' memory, and run the "
                "same command again: what is finished is kept."
            )

    def _connect(self) -> None:
        ray = self._ray
        if not ray.is_initialized():
            try:
                ray.init(
                    self._cluster.address,
                    include_dashboard=False,  # in a Ray that is started here
                    log_to_driver=False,
                    logging_level="ERROR",
                )
            except (ConnectionError, RuntimeError, ValueError, TimeoutError, OSError) as error:
                place = self._cluster.address or os.environ.get("RAY_ADDRESS") or "this machine"
                raise ClusterError(
                    f"The Ray cluster of {place} cannot be reached ({_line(str(error))}); check RAY_ADDRESS and "
                    "`ray status`."
                ) from error
            self._started_ray = True
        if not self._room():
            has = ray.cluster_resources()
            raise ClusterError(
                f"The cluster has {has.get('CPU', 0):g} CPUs and {has.get('GPU', 0):g} GPUs, which is no room for one "
                f"worker ({self._cluster.cpus:g} CPU, {self._cluster.gpus:g} GPU); add a node, or use --device cpu."
            )
        self._resize()

    def _room(self) -> int:
        """How many actors the cluster has room for."""
        has = self._ray.cluster_resources()
        rooms = [has.get("CPU", 0) // self._cluster.cpus if self._cluster.cpus else None]
        rooms.append(has.get("GPU", 0) // self._cluster.gpus if self._cluster.gpus else None)
        return int(min(r for r in rooms if r is not None))

    def _resize(self) -> None:
        """Fit the waves to the cluster, which may have grown or shrunk; more actors would only wait for room."""
        room = max(1, self._room())
        self._count = min(self._wanted or room, room)
        self._wave = self._count * (GPU_GROUPS if self._cluster.gpus else CPU_GROUPS)
        store = self._ray.cluster_resources().get("object_store_memory", 1e9)
        self._store = int(store * STORE_SHARE)
        self._wave_characters = self._store // 2  # two bytes each, more or less

    def _greet(self) -> str:
        """The signature of the pipeline as a node of the cluster loads it."""
        ray = self._ray
        task = ray.remote(_signature).options(
            num_cpus=self._cluster.cpus, num_gpus=self._cluster.gpus or None, max_retries=FRUITLESS_WAVES
        )
        try:
            return str(ray.get(task.remote(self._load, self._length)))
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, NtmsumError):
                raise error.cause from None
            raise ModelError(
                f"The models cannot be loaded on the cluster ({_line(str(error.cause))}); the same version of "
                "ntmsum and the same models must be installed on every node."
            ) from error
        except ray.exceptions.RayError as error:
            raise ClusterError(
                f"No node of the cluster could load the models ({_line(str(error))}); they may not fit in its memory: "
                "look at `ray status`."
            ) from error

    def _stop(self) -> None:
        self._answers = None
        if self._started_ray:
            self._ray.shutdown()
            self._started_ray = False


class Actor:
    """What runs on a node: one spawned worker, as in a local run, so that a deadly article costs no actor.

    Args:
        load, length: as for ``Workers``.
        signature: what the pipeline must sign as; a node with other software or precision computes nothing.
    """

    def __init__(self, load: Loader, length: Length, signature: str) -> None:
        # An exception here would stop the run as "actor died"; the first group answers with it in plain words.
        self._error = ""
        try:
            self._workers = Workers(load, length, 1).__enter__()
            if self._workers.signature != signature:
                self._error = (
                    f"The nodes of the cluster differ: {os.uname().nodename} would compute as "
                    f"“{self._workers.signature}”, the run is “{signature}”. Install the same versions and models "
                    "on all, and mix no processors of different generations."
                )
        except NtmsumError as error:
            self._error = str(error)

    def __call__(self, block: Any) -> Any:
        """One group of articles; a table with one row goes in, and one comes out."""
        import pyarrow as pa

        rows = []
        for row in block.to_pylist():
            results: list[Result] = []
            if not self._error:
                try:
                    self._workers.submit(pickle.loads(row["task"]))
                    while self._workers.busy:
                        results += self._workers.collect()
                except ModelError as error:
                    self._error = str(error)
            rows.append({"number": row["number"], "error": self._error, "results": pickle.dumps(results)})
        return pa.Table.from_pylist(rows)


def import_ray() -> Any:
    """Ray, told to call nobody.

    Raises:
        ClusterError: it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # Whether a task without GPUs may see them is Ray's to say, now and in later versions.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "1")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise ClusterError(
            f"--cluster needs Ray, which cannot be imported ({error}); install it with: pip install 'ntmsum[cluster]'"
        ) from error
    # A lost group is told by its traceback otherwise, and every wave twice.
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    return ray


def _signature(load: Loader, length: Length) -> str:
    with Workers(load, length, 1) as workers:
        return workers.signature


def _line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else "no message"
