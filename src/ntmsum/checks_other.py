"""Checks of a translation into another language than English: what can be read there, and what is left to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntmsum.alerts import Alert, Kind, Language, Place, say
from ntmsum.degeneration import translation_faults
from ntmsum.facts.fact import Fact
from ntmsum.facts.other import lost_names, match_other, readable_languages
from ntmsum.languages import TargetLanguage


def check_other(
    sources: Sequence[str], targets: Sequence[str], target: TargetLanguage, language: Language
) -> list[Alert]:
    """Alerts on a translation, sentence by sentence, and one that says what is not checked.

    Args:
        sources: the Vietnamese sentences.
        targets: their translations.
        target: the language of these.
        language: language of the messages.
    """
    alerts = [Alert("language", "info", _extent(target, language))]
    for i, (vi, text) in enumerate(zip(sources, targets, strict=True)):
        where = Place("translation", i)
        faults = translation_faults(text, vi, target.latin)
        for fault in faults:
            kind: Kind = "length" if fault == "empty" else fault  # type: ignore[assignment]
            code = "not_english" if fault == "language" else fault
            alerts.append(Alert(kind, "error", say(code, language), where))
        if "empty" not in faults:
            alerts += _figures(i, vi, text, target, language)
            alerts += _names(i, vi, text, target, language)
    return alerts


def _figures(i: int, vi: str, text: str, target: TargetLanguage, language: Language) -> Iterator[Alert]:
    if target.code not in readable_languages():
        return
    found = match_other(text, vi, target.code)
    explained: set[int] = set()
    for claim in found.unsupported:
        nearest = found.nearest(claim)
        explained.add(id(nearest))
        message = say(
            "mistranslated" if nearest else "added", language, x=claim.text, y=nearest.text if nearest else ""
        )
        against = Place("summary", i, nearest.span if nearest else None)
        yield Alert(_kind(claim), "error", message, Place("translation", i, claim.span), against)
    for fact in found.missing:
        if id(fact) not in explained:
            against = Place("summary", i, fact.span)
            message = say("lost", language, y=fact.text)
            yield Alert(_kind(fact), "error", message, Place("translation", i), against)


def _names(i: int, vi: str, text: str, target: TargetLanguage, language: Language) -> Iterator[Alert]:
    for name in lost_names(text, vi) if target.latin else ():
        against = Place("summary", i, name.span)
        yield Alert("name", "warning", say("lost", language, y=name.text), Place("translation", i), against)


def _extent(target: TargetLanguage, language: Language) -> str:
    """In words, what is checked in this language and what is not."""
    able = {"figures": target.code in readable_languages(), "names": target.latin, "terms": False}
    joint = ", "
    checked, unchecked = (
        joint.join(say(f"other_{part}", language) for part, can in able.items() if can == wanted)
        for wanted in (True, False)
    )
    name = target.name if language == "en" else target.code
    return say("other_checked" if checked else "other_unchecked", language, x=name, y=checked, z=unchecked)


def _kind(fact: Fact) -> Kind:
    return "date" if fact.kind in ("date", "period", "time") else "number"
