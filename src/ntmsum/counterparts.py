"""English words for levels, bodies and statuses that must have a counterpart in the Vietnamese."""

from __future__ import annotations

import re
from functools import cache

from ntmsum.article import Span
from ntmsum.tables import load_toml


def unfounded(vi: str, en: str) -> list[Span]:
    """Where a translation speaks of a level, body or status that its source does not name.

    Args:
        vi: a Vietnamese sentence.
        en: its translation.
    """
    found: dict[str, Span] = {}
    for match in _english().finditer(en.replace("’", "'")):
        found.setdefault(match.lastgroup or "", Span(*match.span()))
    return [span for kind, span in found.items() if not _vietnamese()[kind].search(vi)]


@cache
def _english() -> re.Pattern[str]:
    words = load_toml(__package__, "counterparts.toml")["words"]
    groups = (rf"(?P<k{i}>{pattern})" for i, pattern in enumerate(words))
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.IGNORECASE)


@cache
def _vietnamese() -> dict[str, re.Pattern[str]]:
    words = load_toml(__package__, "counterparts.toml")["words"]
    return {f"k{i}": _any_of(counterparts) for i, counterparts in enumerate(words.values())}


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    """One of the words, whole; "(?!)" matches nowhere."""
    cased = (p if p[:1].isupper() else f"(?i:{p})" for p in patterns)
    return re.compile(rf"(?<!\w)(?:{'|'.join(cased)})(?!\w)" if patterns else "(?!)")
