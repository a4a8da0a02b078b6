"""Stop buttons: which work a visitor's press ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Stops:
    """The work under way, by visitor; the work itself looks whether it is to end, so its word of it is the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._signs: dict[str, list[threading.Event]] = {}

    @contextmanager
    def sign(self, visitor: str) -> Iterator[threading.Event]:
        """An event that is set once the visitor stops the work inside the ``with``."""
        sign = threading.Event()
        with self._lock:
            self._signs.setdefault(visitor, []).append(sign)
        try:
            yield sign
        finally:
            with self._lock:
                self._signs[visitor].remove(sign)
                if not self._signs[visitor]:
                    del self._signs[visitor]

    def stop(self, visitor: str) -> None:
        """Stop all that the visitor has under way."""
        with self._lock:
            for sign in self._signs.get(visitor, ()):
                sign.set()
