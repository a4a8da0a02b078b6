"""Checks of a translation into another language than English: what can be read there, and what is left to people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ntmsum.alerts import Alert, Language, Place, alert, fact_kind, fault_alerts, say
from ntmsum.degeneration import translation_faults
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
        faults = translation_faults(text, vi, target.latin)
        alerts += fault_alerts(faults, "translation", i, language)
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
        code = "mistranslated" if nearest else "added"
        where = Place("translation", i, claim.span)
        against = Place("summary", i, nearest.span if nearest else None)
        y = nearest.text if nearest else ""
        yield alert(language, fact_kind(claim), "error", code, where, against, x=claim.text, y=y)
    for fact in found.missing:
        if id(fact) not in explained:
            where, against = Place("translation", i), Place("summary", i, fact.span)
            yield alert(language, fact_kind(fact), "error", "lost", where, against, y=fact.text)


def _names(i: int, vi: str, text: str, target: TargetLanguage, language: Language) -> Iterator[Alert]:
    for name in lost_names(text, vi) if target.latin else ():
        where, against = Place("translation", i), Place("summary", i, name.span)
        yield alert(language, "name", "warning", "lost", where, against, y=name.text)


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
