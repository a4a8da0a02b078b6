"""An article as text with its history: where each sentence was pasted, what was removed, what was mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range ``[start, end)`` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True when the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The stretch of ``text`` that stands there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One normalized sentence.

    Args:
        text: the normalized text (NFC, canonical tone marks, single spaces).
        span: where it stood in ``Article.source``, in code points.
        paragraph: index of its paragraph within the kept text.
    """

    text: str
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Removal:
    """A stretch of ``Article.source`` that was left out, and the id of the rule that left it out."""

    rule: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something mended on the way in (``kind`` such as "nfd", "nul", "newlines", "encoding")."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """Normalized text that still knows what was pasted.

    Args:
        source: the text that every span refers to: what was pasted, decoded; for HTML the extracted main text.
        title: the headline, when the first paragraph reads like one; it is then also ``sentences[0]``.
        sentences: the kept sentences in reading order.
        removed: what was left out, in order of position.
        notes: what was mended.
    """

    source: str
    title: str | None
    sentences: tuple[Sentence, ...]
    removed: tuple[Removal, ...] = ()
    notes: tuple[Note, ...] = ()

    def paragraphs(self) -> Iterator[tuple[Sentence, ...]]:
        """The kept sentences grouped by paragraph, in order."""
        group: list[Sentence] = []
        for sentence in self.sentences:
            if group and sentence.paragraph != group[-1].paragraph:
                yield tuple(group)
                group = []
            group.append(sentence)
        if group:
            yield tuple(group)

    @property
    def text(self) -> str:
        """The normalized text: sentences joined by spaces, paragraphs by blank lines."""
        return "\n\n".join(" ".join(s.text for s in group) for group in self.paragraphs())
