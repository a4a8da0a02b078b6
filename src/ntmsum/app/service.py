"""One loaded model for all visitors: work is done step by step on one thread, so no two decodings ever overlap."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace
from typing import TypeVar

from ntmsum.alerts import Language
from ntmsum.checks import Checker
from ntmsum.glossary import Glossary, Term
from ntmsum.pipeline import Pipeline

T = TypeVar("T")
# How often a waiting visitor's page is told that work goes on, in seconds.
TICK = 0.5
_END = object()


class Service:
    """Runs visitors' work on the shared pipeline.

    Args:
        load: makes the pipeline; called once.
        glossary: the official terms that own terms are added to.
    """

    def __init__(self, load: Callable[[], Pipeline], glossary: Glossary | None = None) -> None:
        self._load = load
        self._pipeline: Pipeline | None = None
        self._official = glossary or Glossary.official()
        self._model = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        self._working: set[object] = set()

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._pipeline is not None

    @property
    def idle(self) -> bool:
        """True when nobody's work is under way."""
        return not self._working

    def warm(self) -> None:
        """Begin loading the model without waiting for it; an error is told to whoever needs the model first."""
        self._model.submit(self.pipeline)

    def pipeline(self) -> Pipeline:
        """The shared pipeline, loaded on first use. To be called on the model's thread.

        Raises:
            ModelError, CacheError: it cannot be loaded.
        """
        if self._pipeline is None:
            self._pipeline = self._load()
        return self._pipeline

    def glossary(self, own: Glossary | None) -> Glossary:
        """The official terms with a visitor's own."""
        return self._official | own if own and own.terms else self._official

    def checker(self, own: Glossary | None, language: Language) -> Checker:
        """A checker with a visitor's terms and language of alerts; it needs no model."""
        return Checker(self.glossary(own), language=language)

    def personal(self, own: Glossary | None, language: Language) -> Pipeline:
        """The shared pipeline with a visitor's terms and language of alerts; the models stay shared."""
        shared = self.pipeline()
        checker = self.checker(own, language)
        translator = copy.copy(shared.translator)
        translator.glossary = checker.glossary
        return replace(shared, translator=translator, checker=checker)

    def steps(self, work: Callable[[], Iterator[T]]) -> Iterator[T | None]:
        """What ``work`` yields, made on the model's thread; None every half second while nothing is ready.

        Whoever stops reading stops the work: the step under way is finished, no other is begun.

        Args:
            work: a generator function; each of its steps runs while no other visitor's does.
        """
        ticket = object()
        self._working.add(ticket)
        steps: Iterator[T] | None = None
        step: Future[object] | None = None

        def advance() -> object:
            nonlocal steps
            if steps is None:
                steps = iter(work())
            return next(steps, _END)

        try:
            while True:
                step = self._model.submit(advance)
                while True:
                    try:
                        result = step.result(timeout=TICK)
                        break
                    except NotYet:
                        # An error of the same class may come out of the work itself.
                        if step.done():
                            result = step.result()
                            break
                        yield None
                if result is _END:
                    return
                yield result  # type: ignore[misc]
        finally:
            if step is not None:
                step.cancel()
            self._working.discard(ticket)

    def do(self, work: Callable[[], T]) -> T:
        """The result of one piece of work, made on the model's thread."""
        ticket = object()
        self._working.add(ticket)
        try:
            return self._model.submit(work).result()
        finally:
            self._working.discard(ticket)

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait for running work; False when it took longer than ``seconds``."""
        end = time.monotonic() + seconds
        while not self.idle:
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True


def own_glossary(rows: object) -> Glossary:
    """A visitor's own terms: rows of Vietnamese and English, as the browser kept them; others are left out."""
    return Glossary(tuple(Term(vi, en) for vi, en in sound_rows(rows)), name="own")


def sound_rows(rows: object) -> list[list[str]]:
    """The rows that are two non-empty texts; what a browser keeps can be anything."""
    given = rows if isinstance(rows, list) else []
    pairs = [row for row in given if isinstance(row, list) and len(row) == 2]
    return [[vi, en] for vi, en in pairs if isinstance(vi, str) and isinstance(en, str) and vi and en]
