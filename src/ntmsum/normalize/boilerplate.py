"""What is not the article: datelines, captions, share bars, comment forms. The rules are in boilerplate.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ntmsum.article import Span
from ntmsum.tables import load_toml

Scope = Literal["prefix", "suffix", "line", "end", "tail"]

LONGEST_LINE = 400  # code points; whole paragraphs of boilerplate are shorter
_SUFFIX_REACH = 120
_LONGEST_HEADLINE = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of boilerplate; the fields are those of boilerplate.toml, explained there."""

    id: str
    scope: Scope
    pattern: str
    example: str
    source: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a paragraph that a rule takes out; ``span`` counts from the paragraph's start."""

    rule: str
    paragraph: int
    span: Span


@dataclass(frozen=True, slots=True)
class Stripped:
    """What is left of each paragraph (None: nothing) and what was cut, in order of position."""

    kept: tuple[Span | None, ...]
    cuts: tuple[Cut, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are tried."""
    return tuple(Rule(**rule) for rule in load_toml(__package__, "boilerplate.toml")["rule"])


def strip_boilerplate(paragraphs: Sequence[str]) -> Stripped:
    """Find the boilerplate in normalized ``paragraphs``. Stripping what is kept again cuts nothing more."""
    kept: list[Span | None] = []
    cuts: list[Cut] = []
    in_tail: str | None = None  # the rule whose list of headlines we are in
    for i, text in enumerate(paragraphs):
        found, start = _strip_prefixes(text, i)
        span = Span(start, len(text))
        rule = whole_line_rule(text[start:])
        if rule is None:
            suffixes, span = _strip_suffixes(text, start, i)
            found += suffixes
            rule = whole_line_rule(text[span.start : span.end])
        cuts += found
        line = text[span.start : span.end]
        if rule is not None and rule.scope == "tail":
            in_tail = rule.id
        elif rule is None and in_tail is not None and not _is_headline(line):
            in_tail = None
        reason = rule.id if rule is not None else in_tail
        if line and reason is not None:
            cuts.append(Cut(reason, i, span))
        kept.append(span if line and reason is None else None)
    cuts += _strip_byline(paragraphs, kept)
    return Stripped(tuple(kept), tuple(sorted(cuts, key=lambda cut: (cut.paragraph, cut.span.start))))


def whole_line_rule(line: str) -> Rule | None:
    """The "line" or "tail" rule that all of ``line`` matches, if any."""
    if not 0 < len(line) <= LONGEST_LINE:
        return None
    found = _pattern("line", "tail").fullmatch(line)
    return _named(found) if found is not None else None


def _strip_prefixes(text: str, paragraph: int) -> tuple[list[Cut], int]:
    """The datelines at the start, all of them, and where the text begins."""
    cuts: list[Cut] = []
    start = 0
    while (found := _pattern("prefix").match(text, start)) is not None:
        cuts.append(Cut(_named(found).id, paragraph, _trimmed(text, start, found.end())))
        start = _skip_space(text, found.end(), len(text))
    return cuts, start


def _strip_suffixes(text: str, start: int, paragraph: int) -> tuple[list[Cut], Span]:
    """The closing marks at the end, all of them, and what remains between them and ``start``."""
    cuts: list[Cut] = []
    end = len(text)
    while (found := _pattern("suffix").search(text, max(start, end - _SUFFIX_REACH), end)) is not None:
        cuts.append(Cut(_named(found).id, paragraph, _trimmed(text, found.start(), end)))
        end = _trimmed(text, start, found.start()).end
    return cuts, Span(start, end)


def _strip_byline(paragraphs: Sequence[str], kept: list[Span | None]) -> list[Cut]:
    """Cut a name below the article: the last paragraph, when the one before it ends with a full stop."""
    cuts: list[Cut] = []
    left = [i for i, span in enumerate(kept) if span is not None]
    while len(left) > 1:
        last, before = (paragraphs[i][span.start : span.end] for i in left[:-3:-1] if (span := kept[i]))
        if len(last) > LONGEST_LINE or not _ends_sentence(before):
            break
        found = _pattern("end").fullmatch(last)
        if found is None:
            break
        i = left.pop()
        cuts.append(Cut(_named(found).id, i, kept[i] or Span(0, 0)))
        kept[i] = None
    return cuts


def _is_headline(line: str) -> bool:
    return len(line) <= _LONGEST_HEADLINE and not _ends_sentence(line)


def _ends_sentence(line: str) -> bool:
    return line.rstrip('”"»’)]')[-1:] in {".", "!", "?", "…"}


def _trimmed(text: str, start: int, end: int) -> Span:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(_skip_space(text, start, end), end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


@cache
def _pattern(*scopes: Scope) -> re.Pattern[str]:
    """One expression for all rules of ``scopes``; the group that matched is the rule's number."""
    chosen = ((i, rule) for i, rule in enumerate(rules()) if rule.scope in scopes)
    alternatives = "|".join(f"(?P<rule{i}>{rule.pattern})" for i, rule in chosen)
    return re.compile(rf"(?:{alternatives})\Z" if "suffix" in scopes else f"(?:{alternatives})")


def _named(found: re.Match[str]) -> Rule:
    number = next(name for name, text in found.groupdict().items() if text is not None)
    return rules()[int(number.removeprefix("rule"))]
