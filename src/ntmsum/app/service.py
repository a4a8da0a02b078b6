"""One loaded model for all visitors, who are served in the order in which they came, one article at a time."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from ntmsum.alerts import Language
from ntmsum.checks import Checker
from ntmsum.errors import NtmsumError
from ntmsum.glossary import Glossary, Term
from ntmsum.pipeline import Pipeline

T = TypeVar("T")
# How often a waiting visitor's page is told that work goes on, in seconds.
TICK = 0.5
_END = object()


class BusyError(NtmsumError):
    """As many visitors wait as may wait."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing new yet.

    Args:
        ahead: how many visitors are served before this one; 0 when its own work is under way.
    """

    ahead: int


class Service:
    """Runs visitors' work on the shared pipeline, on one thread: no two decodings ever overlap.

    Args:
        load: makes the pipeline; called once.
        glossary: the official terms that own terms are added to.
        most: how many visitors may be served and wait at a time.
    """

    def __init__(
        self, load: Callable[[], Pipeline], glossary: Glossary | None = None, most: int = 1000
    ) -> None:
        self._load = load
        self._pipeline: Pipeline | None = None
        self._official = glossary or Glossary.official()
        self._most = most
        self._model = ThreadPoolExecutor(max_workers=1, thread_name_prefix="model")
        # Whoever is served stands first, whoever came last stands last.
        self._line: list[object] = []
        self._moved = threading.Condition()

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._pipeline is not None

    @property
    def idle(self) -> bool:
        """True when nobody's work is under way."""
        return not self._line

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
        """The shared pipeline with a visitor's terms and language of alerts. To be called on the model's thread."""
        return personalize(self.pipeline(), self.checker(own, language))

    def steps(self, work: Callable[[], Iterator[T]]) -> Generator[T | Waiting, None, None]:
        """What ``work`` yields, made on the model's thread; ``Waiting`` every half second meanwhile.

        Whoever stops reading leaves the line: the step under way is finished, no other is begun.

        Args:
            work: a generator function; all its steps are made before the next visitor's first.

        Raises:
            BusyError: too many wait already.
        """
        steps: Iterator[T] | None = None
        step: Future[object] | None = None

        def advance() -> object:
            nonlocal steps
            if steps is None:
                steps = iter(work())
            return next(steps, _END)

        with self._place() as place:
            while ahead := self._ahead(place):
                yield Waiting(ahead)
                with self._moved:
                    self._moved.wait_for(lambda ahead=ahead: self._line.index(place) != ahead, TICK)  # type: ignore[misc]
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
                            yield Waiting(0)
                    if result is _END:
                        return
                    yield result  # type: ignore[misc]
            finally:
                if step is not None:
                    step.cancel()

    def results(self, work: Callable[[], Iterator[T]]) -> Iterator[T]:
        """What ``work`` yields, without the news of waiting."""
        return (step for step in self.steps(work) if not isinstance(step, Waiting))

    def do(self, work: Callable[[], T]) -> T:
        """The result of one piece of work, made on the model's thread in its turn."""

        def once() -> Iterator[T]:
            yield work()

        [result] = self.results(once)
        return result

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait for the work of everybody in line; False when it took longer than ``seconds``."""
        with self._moved:
            return self._moved.wait_for(lambda: not self._line, seconds)

    @contextmanager
    def _place(self) -> Iterator[object]:
        """A place at the end of the line, given up at the end."""
        place = object()
        with self._moved:
            if len(self._line) >= self._most:
                raise BusyError("Too many visitors are waiting for the model: try again in a minute.")
            self._line.append(place)
        try:
            yield place
        finally:
            with self._moved:
                self._line.remove(place)
                self._moved.notify_all()

    def _ahead(self, place: object) -> int:
        with self._moved:
            return self._line.index(place)


def personalize(shared: Pipeline, checker: Checker) -> Pipeline:
    """The pipeline with a visitor's checker and its terms; the models stay shared."""
    translator = copy.copy(shared.translator)
    translator.glossary = checker.glossary
    return replace(shared, translator=translator, checker=checker)


def own_glossary(rows: object) -> Glossary:
    """A visitor's own terms: rows of Vietnamese and English, as the browser kept them; others are left out."""
    return Glossary(tuple(Term(vi, en) for vi, en in sound_rows(rows)), name="own")


def sound_rows(rows: object) -> list[list[str]]:
    """The rows that are two non-empty texts; what a browser keeps can be anything."""
    given = rows if isinstance(rows, list) else []
    pairs = [row for row in given if isinstance(row, list) and len(row) == 2]
    return [[vi, en] for vi, en in pairs if isinstance(vi, str) and isinstance(en, str) and vi and en]
