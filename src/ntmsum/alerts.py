"""What a check has to say: one alert per fault, with the two places it compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ntmsum.article import Span
from ntmsum.degeneration import Fault
from ntmsum.facts import Fact
from ntmsum.tables import load_toml

Part = Literal["source", "summary", "translation"]
Kind = Literal[
    "number", "date", "name", "term", "negation", "goal", "repetition", "length", "truncation", "language"
]
Severity = Literal["error", "warning", "info"]
Language = Literal["vi", "en"]

_DATES = frozenset({"date", "period", "time"})


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one sentence of the article, the summary or the translation.

    Args:
        part: which text.
        sentence: index of the sentence in it.
        span: code points within that sentence; None means the whole sentence.
    """

    part: Part
    sentence: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing an editor should look at.

    Args:
        kind: what it concerns.
        severity: "error" is wrong in print, "warning" wants a look, "info" is good to know.
        message: in plain words.
        where: the text that is doubted; None when it concerns the whole.
        against: what it was compared with, when there is such a place.
    """

    kind: Kind
    severity: Severity
    message: str
    where: Place | None = None
    against: Place | None = None


def alert(
    language: Language,
    kind: Kind,
    severity: Severity,
    code: str,
    where: Place | None = None,
    against: Place | None = None,
    **values: object,
) -> Alert:
    """An alert worded by a message of ``messages.toml``: its code, and what its blanks are filled with."""
    return Alert(kind, severity, say(code, language, **values), where, against)


def fault_alerts(faults: Sequence[Fault], part: Part, sentence: int, language: Language) -> list[Alert]:
    """What is wrong with a text as a text, put into words."""
    kinds: dict[Fault, tuple[Kind, Severity, str]] = {
        "repetition": ("repetition", "error", "repetition"),
        "empty": ("length", "error", "empty"),
        "copy": ("length", "info", "copy"),
        "language": ("language", "error", "not_vietnamese" if part == "summary" else "not_english"),
    }
    return [alert(language, *kinds[fault], Place(part, sentence)) for fault in faults]


def fact_kind(fact: Fact) -> Kind:
    """Whether an alert on a fact concerns a date or a number."""
    return "date" if fact.kind in _DATES else "number"


def say(code: str, language: Language, **values: object) -> str:
    """The message with this code in this language, its blanks filled in."""
    template: str = _messages()[code][language]
    return template.format(**values)


@cache
def _messages() -> dict[str, dict[str, str]]:
    return load_toml(__package__, "messages.toml")
