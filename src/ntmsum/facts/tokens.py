"""Text → words, figures and marks, each with its place; one linear pass."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

WORD, FIGURE, MARK, BREAK, END = "word", "figure", "mark", "break", "end"

# A run such as 14/16, 2021-2025, 19:30 or 1/1/1/1 stays one figure, so that long runs cost one token.
_TOKEN = re.compile(
    r"""
    (?P<url>(?:https?://|www\.)\S+)
  | (?P<figure>[0-9]+(?:[.,/:–—-][0-9]+)*)
  | (?P<prefix>(?:VND|VNĐ|USD|EUR|US)(?=[0-9$]))
  | (?P<word>[^\W\d_][\w\u0300-\u036f]*)
  | (?P<break>\n)
  | (?P<mark>([^\w\s])\7*)
    """,
    re.VERBOSE,
)
_JOIN = re.compile(r"[/:–—-]")
_LONGEST_JOINED = 40
_SENTINELS = 8


class Token(NamedTuple):
    """A word (NFC, lower case), a figure, or a run of one mark; ``capital`` tells how the word began."""

    word: str
    kind: str
    start: int
    end: int
    capital: bool


def tokenize(text: str) -> list[Token]:
    """Split ``text``; eight END tokens close the list, so that rules may look ahead and back freely."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        group, raw = match.lastgroup, match.group()
        if group == "figure":
            tokens.append(Token(raw, FIGURE, match.start(), match.end(), False))
        elif group == "mark" or group == "url":
            tokens.append(Token(raw, MARK, match.start(), match.end(), False))
        elif group == "break":
            tokens.append(Token(raw, BREAK, match.start(), match.end(), False))
        else:
            word = raw.lower() if raw.isascii() else unicodedata.normalize("NFC", raw.lower())
            tokens.append(Token(word, WORD, match.start(), match.end(), raw[0].isupper()))
    tokens.extend(Token("", END, len(text), len(text), False) for _ in range(_SENTINELS))
    return tokens


def glued(tokens: list[Token], i: int) -> bool:
    """True when nothing stands between token ``i`` and the one before it."""
    return tokens[i].kind != END and i > 0 and tokens[i].start == tokens[i - 1].end


def starts_sentence(tokens: list[Token], i: int) -> bool:
    """True when token ``i`` is the first of the text, a line, a sentence or a quotation."""
    before = tokens[i - 1]
    return i == 0 or before.kind == BREAK or before.word[:1] in tuple('.!?:;"“”‘(-–—…•*')


def fields(figure: str) -> tuple[list[str], list[str]]:
    """Split a joined figure at its slashes, dashes and colons: ``"2-5/9"`` → ``["2", "5", "9"], ["-", "/"]``.

    A run too long to be a date, ratio or range comes back whole, as one field.
    """
    if len(figure) > _LONGEST_JOINED:
        return [figure], []
    marks = ["-" if mark in "–—" else mark for mark in _JOIN.findall(figure)]
    return _JOIN.split(figure), marks


def is_year(figure: str) -> bool:
    """True for four digits from 1900 to 2100."""
    return len(figure) == 4 and figure.isascii() and figure.isdigit() and 1900 <= int(figure) <= 2100
