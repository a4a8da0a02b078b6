"""A text that was edited and still knows where each piece stood before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from ntmsum.article import Span


@dataclass(frozen=True, slots=True)
class Revision:
    """``text`` after a chain of replacements; ``span`` leads back to the first text of the chain.

    Args:
        text: the text as it is now.
        before: the revision that it was made from; None for the first.
    """

    text: str
    before: Revision | None = None
    _edits: tuple[tuple[Span, Span], ...] = ()  # (old, new), sorted; equal-length edits are not listed
    _starts: tuple[int, ...] = field(default=(), repr=False)  # new.start of each edit, for bisection

    def sub(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Revision:
        """The next revision: every match of ``pattern`` replaced by ``replace(match)``."""
        pieces: list[str] = []
        edits: list[tuple[Span, Span]] = []
        done = shift = 0
        for match in pattern.finditer(self.text):
            old, new = match.group(), replace(match)
            if old == new:
                continue
            start, end = match.span()
            pieces += self.text[done:start], new
            done = end
            if len(old) != len(new):
                edits.append((Span(start, end), Span(start + shift, start + shift + len(new))))
                shift += len(new) - len(old)
        if not pieces:
            return self
        pieces.append(self.text[done:])
        return Revision("".join(pieces), self, tuple(edits), tuple(new.start for _, new in edits))

    def same_length(self, text: str) -> Revision:
        """The next revision where each code point was replaced by exactly one other.

        Raises:
            ValueError: ``text`` has another length.
        """
        if len(text) != len(self.text):
            raise ValueError(f"expected {len(self.text)} code points, got {len(text)}")
        return self if text == self.text else Revision(text, self)

    def span(self, start: int, end: int) -> Span:
        """Where the non-empty range [start, end) of ``text`` stood in the first text of the chain."""
        revision: Revision | None = self
        while revision is not None and revision.before is not None:
            start, end = revision._old_start(start), revision._old_end(end)
            revision = revision.before
        return Span(start, end)

    def _old_start(self, at: int) -> int:
        nearest = bisect_right(self._starts, at) - 1
        if nearest < 0:
            return at
        old, new = self._edits[nearest]
        return old.start if at < new.end else old.end + at - new.end

    def _old_end(self, at: int) -> int:
        nearest = bisect_right(self._starts, at - 1) - 1
        if nearest < 0:
            return at
        old, new = self._edits[nearest]
        return old.end if at - 1 < new.end else old.end + at - new.end
