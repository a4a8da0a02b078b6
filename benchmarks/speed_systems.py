"""The systems that the speed benchmark compares, each alone in a process of its own so that memory is its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from ntmsum.engines import Decoding, Prompt

SYSTEMS = ("pipeline", "bare", "transformers")


@dataclass(frozen=True, slots=True)
class Call:
    """One batch of work that the pipeline gave its engine.

    Args:
        prompts, options: what the pipeline asked for.
        batches: the token batches and options that reached CTranslate2.
    """

    prompts: tuple[Prompt, ...]
    options: Decoding
    batches: tuple[tuple[list[list[str]], dict[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds on the clock, seconds of processor time, best hypotheses' tokens, peak MB so far."""

    wall: float
    cpu: float
    tokens: int
    memory: float
    calls: tuple[Call, ...] = ()


@dataclass
class _Recorder:
    """Stands before an engine and the model below it, and writes down what passes."""

    engine: Any
    calls: list[Call] = field(default_factory=list)
    tokens: int = 0

    def __post_init__(self) -> None:
        self._model = self.engine._model
        self._batches: list[tuple[list[list[str]], dict[str, Any]]] = []
        self.engine._model = self

    # Everything else is the engine's or its model's own.
    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine if hasattr(self.engine, name) else self._model, name)

    def generate_batch(self, tokens: list[list[str]], **options: Any) -> Any:
        self._batches.append((tokens, options))
        return self._model.generate_batch(tokens, **options)

    def generate(self, prompts: Sequence[Prompt], options: Decoding) -> Any:
        self._batches = []
        done = self.engine.generate(prompts, options)
        self.calls.append(Call(tuple(prompts), options, tuple(self._batches)))
        self.tokens += sum(c.best.tokens for c in done)
        return done


def _pipeline(threads: int) -> Callable[..., tuple[int, list[Call]]]:
    from ntmsum import load_pipeline

    pipeline = load_pipeline(threads=threads)
    recorder = _Recorder(pipeline.summarizer._engine)
    pipeline.summarizer._engine = pipeline.translator._engine = recorder

    def run(texts: list[str]) -> tuple[int, list[Call]]:
        recorder.calls, recorder.tokens = [], 0
        if len(texts) == 1:
            pipeline(texts[0])
        else:
            list(pipeline.map(texts, group=len(texts)))
        return recorder.tokens, recorder.calls

    return run


def _engine(backend: str, threads: int) -> Any:
    from ntmsum.engines import find_model, load_engine
    from ntmsum.pipeline import DEFAULT_MODEL

    return load_engine(find_model(DEFAULT_MODEL, "summarize"), backend=backend, threads=threads)


def _bare(threads: int) -> Callable[..., tuple[int, list[Call]]]:
    model = _engine("ctranslate2", threads)._model

    def run(calls: Sequence[Call]) -> tuple[int, list[Call]]:
        done = (model.generate_batch(tokens, **options) for c in calls for tokens, options in c.batches)
        return sum(len(r.sequences[0]) for results in done for r in results), []

    return run


def _transformers(threads: int) -> Callable[..., tuple[int, list[Call]]]:
    engine = _engine("transformers", threads)

    def run(calls: Sequence[Call]) -> tuple[int, list[Call]]:
        return sum(r.best.tokens for c in calls for r in engine.generate(c.prompts, c.options)), []

    return run


_MAKERS = {"pipeline": _pipeline, "bare": _bare, "transformers": _transformers}


def _serve(link: Connection, name: str, threads: int) -> None:
    run = _MAKERS[name](threads)
    link.send(name)
    while (work := link.recv()) is not None:
        wall, cpu = time.perf_counter(), time.process_time()
        tokens, calls = run(work)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        link.send(Run(wall, cpu, tokens, peak, tuple(calls)))


class System:
    """One system in its process; calling it runs it there while the others wait."""

    def __init__(self, name: str, threads: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._link, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, name, threads), daemon=True)
        self._process.start()
        there.close()
        self._link.recv()

    def __call__(self, work: Any) -> Run:
        """Run articles (pipeline) or recorded calls (the others)."""
        self._link.send(work)
        answer: Run = self._link.recv()
        return answer

    def close(self) -> None:
        """End the process."""
        self._link.send(None)
        self._process.join()
