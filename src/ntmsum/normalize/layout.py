"""Lines to paragraphs: hard line breaks inside a paragraph are undone, real ones kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from ntmsum.article import Span

# Columns at which mail programs, terminals and typists wrap; lines of other widths end where they mean to.
NARROWEST_WRAP, WIDEST_WRAP = 50, 140
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"[-–—•*+▪●○✓]\s|\d{1,2}[.)]\s|[a-zđ]\)\s")
_CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of cleaned text: its range there, and its text on one line (same length)."""

    span: Span
    text: str


def paragraphs(text: str, stands_alone: Callable[[str], bool] = lambda line: False) -> list[Paragraph]:
    """The paragraphs of cleaned ``text`` (no blank line longer than one, no space at line ends).

    A blank line always ends a paragraph. A single line break does too, unless the text is wrapped: when
    most lines are so full that the next word would not have fitted, full lines run on; and a line that
    starts in lower case runs on from one that no punctuation ends. A line for which ``stands_alone`` is
    true is never joined.
    """
    lines = [Span(*found.span()) for found in _LINE.finditer(text)]
    if not lines:
        return []
    full = _full_lines(text, lines)
    result: list[Paragraph] = []
    first = 0
    for i, line in enumerate(lines):
        runs_on = i + 1 < len(lines) and _runs_on(text, line, lines[i + 1], full[i], stands_alone)
        if not runs_on:
            span = Span(lines[first].start, line.end)
            result.append(Paragraph(span, text[span.start : span.end].replace("\n", " ")))
            first = i + 1
    return result


def _full_lines(text: str, lines: list[Span]) -> list[bool]:
    """For each line, whether the wrapping of the text explains its break; all False for unwrapped text."""
    none = [False] * len(lines)
    width = max(map(len, lines))
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return none
    full = none.copy()
    broken = 0
    for i, (line, following) in enumerate(pairwise(lines)):
        if following.start != line.end + 1:
            continue
        broken += 1
        word = text.find(" ", following.start, following.end)
        full[i] = len(line) + 1 + (word if word >= 0 else following.end) - following.start > width
    return full if sum(full) >= 2 and sum(full) >= 0.6 * broken else none


def _runs_on(
    text: str, line: Span, following: Span, is_full: bool, stands_alone: Callable[[str], bool]
) -> bool:
    if following.start != line.end + 1:
        return False
    here, there = text[line.start : line.end], text[following.start : following.end]
    if _ITEM.match(there):
        return False
    continues = there[0].islower() and _CLOSED.search(here[-8:]) is None
    return (is_full or continues) and not (stands_alone(here) or stands_alone(there))
