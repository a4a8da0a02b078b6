"""Two workers against one, with the shipped model: the table of docs/scaling.md.

    python -m benchmarks.batch_workers [SECONDS] [--cluster]

Both pools are loaded first and then take turns on the same articles, so that whatever else the machine does hits both.
As many rounds as fit into SECONDS (270 by default), two at least. Workers decode with one thread each. With
--cluster the workers are Ray actors on a Ray started here; each turn then includes starting them and loading the model.
Then three articles are taken through the pipeline once more with the engine's time taken apart, and what both figures
mean for an archive is worked out. Exit code 1 when the median ratio is below the goal.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from ntmsum import load_pipeline
from ntmsum.batch.cluster import Cluster, ClusterWorkers
from ntmsum.batch.workers import Article, Pool, Workers
from ntmsum.checks import Checker
from ntmsum.engines import Completion, Decoding, Engine, Prompt, find_model, load_engine
from ntmsum.glossary import Glossary
from ntmsum.normalize import normalize
from ntmsum.pipeline import DEFAULT_MODEL, Pipeline
from ntmsum.summarize import Summarizer
from ntmsum.translate import Translator

GOAL = 1.7
# Of the sum on paper: list prices differ by provider and month; put in your own.
ARCHIVE, NODES, CORES, CORE_HOUR, GPU_CORES, GPU_HOUR = 10_000_000, 10, 32, 0.04, 16, 1.5
CARD = 40  # articles a second that a card decodes, on paper: docs/scaling.md
ARTICLES, GROUP, LENGTH = 16, 2, "short"
SET = Path(__file__).resolve().parents[1] / "eval" / "regional-news-v1" / "articles.jsonl"


def groups() -> list[list[Article]]:
    """Articles grouped by length as ``run_batch`` groups them, in smaller groups: several for each worker."""
    with SET.open(encoding="utf-8") as stream:
        texts = [json.loads(next(stream))["article"] for _ in range(ARTICLES)]
    texts.sort(key=lambda text: -len(text))
    keyed = [(str(n).encode(), text) for n, text in enumerate(texts)]
    return [keyed[i : i + GROUP] for i in range(0, len(keyed), GROUP)]


def turn(pool: Pool, tasks: list[list[Article]]) -> float:
    """Articles per minute."""
    start = time.monotonic()
    for task in tasks:
        pool.submit(task)
    results = []
    while pool.busy:
        results += pool.collect()
    seconds = time.monotonic() - start
    failed = [r.body for r in results if r.failed]
    assert len(results) == sum(map(len, tasks)) and not failed, failed[:1]
    return 60 * len(results) / seconds


class Timed:
    """An engine that notes how long it decodes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> list[Completion]:
        """As the engine does."""
        start = time.monotonic()
        try:
            return self._engine.generate(prompts, options)
        finally:
            self.seconds += time.monotonic() - start


def outside(texts: list[str]) -> float:
    """Seconds per article that the pipeline spends outside its engine: reading, choosing, checking."""
    entry = find_model(DEFAULT_MODEL, "summarize")
    timed = Timed(load_engine(entry))
    glossary = Glossary.official()
    pipeline = Pipeline(
        normalize, Summarizer(timed, entry), Translator(timed, entry, glossary), Checker(glossary)
    )
    start = time.monotonic()
    assert len(list(pipeline.map(texts, LENGTH))) == len(texts)
    return (time.monotonic() - start - timed.seconds) / len(texts)


def archive(rate: float, other: float) -> None:
    """What a rate (articles a minute and core) and the seconds outside the models mean for an archive."""
    hours = ARCHIVE / rate / 60
    days, dollars = hours / (NODES * CORES) / 24, hours * CORE_HOUR
    print(f"CPU: {ARCHIVE:,} articles / {rate:.1f} per minute and core / 60 = {hours:,.0f} core-hours")
    print(f"     / ({NODES} nodes x {CORES} cores) / 24 = {days:.1f} days; x ${CORE_HOUR} = ${dollars:,.0f}")
    most = min(CARD, GPU_CORES / other)
    hours = ARCHIVE / most / 3600
    print(
        f"GPU: {other:.3f} s of a core outside the models: at most {1 / other:.1f} articles/s for one actor"
    )
    beside = f"{GPU_CORES} cores beside a GPU = {GPU_CORES / other:.0f}/s, of which the card does {most:.0f}"
    print(f"     x {beside}; {hours:,.0f} GPU-hours at best")
    print(f"     x ${GPU_HOUR} = ${hours * GPU_HOUR:,.0f}")


def main(seconds: float, cluster: bool) -> int:
    """Measure and print."""
    load = partial(load_pipeline, threads=1)
    tasks = groups()
    with ExitStack() as stack:
        if cluster:
            here = Cluster("local")
            one = stack.enter_context(ClusterWorkers(load, LENGTH, 1, here))
            two: Pool = stack.enter_context(ClusterWorkers(load, LENGTH, 2, here))
        else:
            one, two = (stack.enter_context(Workers(load, LENGTH, n)) for n in (1, 2))
            for pool, some in ((one, tasks[-1:]), (two, tasks[-2:])):
                turn(pool, some)  # first decodings are slower
        print(f"{ARTICLES} articles, groups of {GROUP}, {os.cpu_count()} cores, "
              f"load average {os.getloadavg()[0]:.1f}{', Ray' if cluster else ''}\n")  # fmt: skip
        print("| round | 1 worker, articles/min | 2 workers, articles/min | ratio |\n|---|---|---|---|")
        begin = time.monotonic()
        rounds: list[tuple[float, float]] = []
        while len(rounds) < 2 or (time.monotonic() - begin) * (1 + 1 / len(rounds)) < seconds:
            # Whoever is first in one round is second in the next.
            order = (one, two) if len(rounds) % 2 else (two, one)
            rates = {id(pool): turn(pool, tasks) for pool in order}
            rounds.append((rates[id(one)], rates[id(two)]))
            a, b = rounds[-1]
            print(f"| {len(rounds)} | {a:.1f} | {b:.1f} | {b / a:.2f} |", flush=True)
    median = [statistics.median(column) for column in zip(*rounds, strict=True)]
    ratio = statistics.median(b / a for a, b in rounds)
    print(f"| median | {median[0]:.1f} | {median[1]:.1f} | {ratio:.2f} |")
    print(f"\n2 workers are {ratio:.2f}× one (goal ≥ {GOAL}×), an efficiency of {ratio / 2:.0%}")
    if not cluster:
        print()
        archive(median[1] / 2, outside([text for task in tasks[-2:] for _, text in task][:3]))
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    numbers = [float(a) for a in sys.argv[1:] if a.replace(".", "", 1).isdigit()]
    sys.exit(main(numbers[0] if numbers else 270.0, "--cluster" in sys.argv))
