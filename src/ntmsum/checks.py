"""Article × Summary × Translation → alerts: what an editor must not miss."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ntmsum.alerts import Alert, Kind, Language, Part, Place, Severity, say
from ntmsum.article import Article, Span
from ntmsum.degeneration import summary_faults, translation_faults
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.glossary import Glossary, check_terms
from ntmsum.normalize import normalize, split_sentences
from ntmsum.postedit import left_vietnamese
from ntmsum.summarize import Summary
from ntmsum.translate import Translation

_DATES = frozenset({"date", "period", "time"})
_SEVERITIES: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}
# "không những … mà còn" (not only … but also) and questions deny nothing.
_DENIAL_VI = re.compile(
    r"\b(?:không|chưa|chẳng|đừng)\b(?!\s+(?:những|chỉ|gian|khí|quân|ít|ngừng|phải là không))", re.I
)
_DENIAL_EN = re.compile(
    r"\b(?:not?|never|none|nor|neither|without|cannot|unable|yet to|lack\w*|fail\w*|refus\w*|"
    r"free of|absence|un\w{4,}|in(?:sufficient|complete|adequate|eligible)|im(?:possible|proper)|"
    r"(?:il|ir)\w{4,}|no longer|nothing|nobody|zero|stop\w*|avoid\w*|prevent\w*|deni\w*|miss\w*|hardly|"
    r"except|short of)\b|n[’']t\b|\w+less\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Checker:
    """Compares texts by the values, names and terms they state.

    Args:
        glossary: official terms to insist on.
        language: language of the messages.
    """

    glossary: Glossary
    language: Language = "en"

    def check(self, article: Article, summary: Summary, translation: Translation) -> list[Alert]:
        """All alerts on one article's summary and translation, worst first."""
        alerts = self._input(article, summary)
        sentences = [s.text for s in summary.sentences]
        alerts += self._summary([s.text for s in article.sentences], sentences)
        alerts += self._translation(sentences, [s.text for s in translation.sentences])
        return _worst_first(alerts)

    def check_summary(self, article: str, summary: str) -> list[Alert]:
        """Alerts on any system's Vietnamese summary of a Vietnamese article, both bare texts.

        Raises:
            InputError: the article cannot be normalized.
        """
        source = [s.text for s in normalize(article).sentences]
        return _worst_first(self._summary(source, _split(summary)))

    def check_translation(self, vietnamese: str, english: str) -> list[Alert]:
        """Alerts on any system's English translation of a Vietnamese text, both bare texts."""
        sources, targets = _split(vietnamese), _split(english)
        if len(sources) == len(targets):
            return _worst_first(self._translation(sources, targets))
        # Without a pairing the texts are compared as one sentence each.
        uneven = self._alert(
            "length", "warning", "sentences", Place("translation", 0), x=len(targets), y=len(sources)
        )
        return _worst_first([uneven, *self._translation([" ".join(sources)], [" ".join(targets)])])

    def _input(self, article: Article, summary: Summary) -> list[Alert]:
        alerts = []
        if any(note.kind == "diacritics" for note in article.notes):
            alerts.append(self._alert("language", "warning", "diacritics"))
        if summary.tokens_dropped:
            alerts.append(
                self._alert("truncation", "info", "truncation", x=summary.tokens_dropped, y=summary.tokens)
            )
        return alerts

    def _summary(self, article: Sequence[str], summary: Sequence[str]) -> list[Alert]:
        alerts = self._faults(
            summary_faults(" ".join(summary), article[0] if len(article) > 1 else ""), "summary", 0
        )
        facts_at = [(i, f) for i, text in enumerate(article) for f in extract_facts(text, "vi")]
        names_at = [(i, n) for i, text in enumerate(article) for n in extract_names(text, "vi")]
        places = {id(f): Place("source", i, f.span) for i, f in facts_at}
        places |= {id(n): Place("source", i, n.span) for i, n in names_at}
        for i, text in enumerate(summary):
            facts = match_facts(extract_facts(text, "vi"), [f for _, f in facts_at])
            for claim in facts.unsupported:
                nearest = facts.nearest(claim)
                code = "altered" if nearest else "invented"
                where, against = Place("summary", i, claim.span), places.get(id(nearest))
                alerts.append(
                    self._alert(_kind(claim), "error", code, where, against, x=claim.text, y=_text(nearest))
                )
            found = match_names(extract_names(text, "vi"), [n for _, n in names_at])
            for name, close in found.unsupported:
                code = "altered" if close else "name_invented"
                where, against = Place("summary", i, name.span), places.get(id(close))
                alerts.append(self._alert("name", "error", code, where, against, x=name.text, y=_text(close)))
        return alerts

    def _translation(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alert]:
        alerts: list[Alert] = []
        for i, (vi, en) in enumerate(zip(sources, targets, strict=True)):
            faults = translation_faults(en, vi)
            alerts += self._faults(faults, "translation", i)
            if "empty" not in faults:
                alerts += self._pair(i, vi, en)
        return alerts

    def _pair(self, i: int, vi: str, en: str) -> list[Alert]:
        """One translated sentence against its source."""
        alerts = []
        facts = match_facts(extract_facts(en, "en"), extract_facts(vi, "vi"))
        explained: set[int] = set()
        for claim in facts.unsupported:
            nearest = facts.nearest(claim)
            if nearest:
                explained.add(id(nearest))
            code = "mistranslated" if nearest else "added"
            where = Place("translation", i, claim.span)
            against = Place("summary", i, nearest.span) if nearest else Place("summary", i)
            alerts.append(
                self._alert(_kind(claim), "error", code, where, against, x=claim.text, y=_text(nearest))
            )
        for fact in facts.missing:
            if id(fact) not in explained:
                where, against = Place("translation", i), Place("summary", i, fact.span)
                alerts.append(self._alert(_kind(fact), "error", "lost", where, against, y=fact.text))
        names = match_names(extract_names(en, "en"), extract_names(vi, "vi"))
        close_names: set[int] = set()
        for name, close in names.unsupported:
            if close:
                close_names.add(id(close))
            code = "mistranslated" if close else "added"
            where = Place("translation", i, name.span)
            against = Place("summary", i, close.span) if close else Place("summary", i)
            alerts.append(self._alert("name", "error", code, where, against, x=name.text, y=_text(close)))
        for name in names.missing:
            if id(name) not in close_names:
                where, against = Place("translation", i), Place("summary", i, name.span)
                alerts.append(self._alert("name", "warning", "lost", where, against, y=name.text))
        for use in check_terms(vi, en, self.glossary):
            if use.status == "missed":
                where, against = Place("translation", i), Place("summary", i, use.source[0])
                alerts.append(
                    self._alert("term", "warning", "term", where, against, x=use.term.en, y=use.term.vi)
                )
        for word in left_vietnamese(en):
            where, against = Place("translation", i), Place("summary", i)
            alerts.append(self._alert("language", "warning", "left", where, against, x=word))
        denial = _DENIAL_VI.search(vi)
        if denial and not _DENIAL_EN.search(en):
            against = Place("summary", i, Span(*denial.span()))
            alerts.append(
                self._alert(
                    "negation", "warning", "negation", Place("translation", i), against, y=denial.group()
                )
            )
        return alerts

    def _faults(self, faults: Sequence[str], part: Part, sentence: int) -> list[Alert]:
        kinds: dict[str, tuple[Kind, Severity, str]] = {
            "repetition": ("repetition", "error", "repetition"),
            "empty": ("length", "error", "empty"),
            "copy": ("length", "info", "copy"),
            "language": ("language", "error", "not_vietnamese" if part == "summary" else "not_english"),
        }
        where = Place(part, sentence)
        return [self._alert(*kinds[fault], where) for fault in faults]

    def _alert(
        self,
        kind: Kind,
        severity: Severity,
        code: str,
        where: Place | None = None,
        against: Place | None = None,
        **values: object,
    ) -> Alert:
        return Alert(kind, severity, say(code, self.language, **values), where, against)


def _kind(fact: Fact) -> Kind:
    return "date" if fact.kind in _DATES else "number"


def _text(found: object) -> str:
    return getattr(found, "text", "")


def _split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def _worst_first(alerts: Sequence[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda a: (_SEVERITIES[a.severity], a.where.sentence if a.where else -1))
