"""Checks of an English translation against its Vietnamese, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntmsum.alerts import Alert, Kind, Language, Place, Severity, alert, fact_kind, fault_alerts
from ntmsum.article import Span
from ntmsum.contradiction import contradictions
from ntmsum.counterparts import unfounded
from ntmsum.degeneration import translation_faults
from ntmsum.denial import lost_in_translation
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.bounds import lost_bounds, turned_round
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.facts.unsaid import enumerated, says_all
from ntmsum.glossary import Glossary, check_terms
from ntmsum.glossary.adherence import wrong_rendering
from ntmsum.glossary.english import split_words
from ntmsum.mentions import Mentions, with_level
from ntmsum.modality import Goals
from ntmsum.postedit import left_vietnamese
from ntmsum.swaps import is_level
from ntmsum.trends import turned_trend
from ntmsum.words import strip_marks


def check_english(
    sources: Sequence[str], targets: Sequence[str], glossary: Glossary, language: Language
) -> list[Alert]:
    """Alerts on a translation.

    Args:
        sources: the Vietnamese sentences.
        targets: their translations, one each.
        glossary: official terms to insist on.
        language: language of the messages.
    """
    alerts: list[Alert] = []
    for i, (vi, en) in enumerate(zip(sources, targets, strict=True)):
        faults = translation_faults(en, vi)
        alerts += fault_alerts(faults, "translation", i, language)
        if "empty" not in faults:
            facts, names = extract_facts(vi, "vi"), extract_names(vi, "vi")
            pair = _Pair(i, vi, en, facts, extract_facts(en, "en"), names, language)
            alerts += [*pair.facts(), *pair.named(glossary), *pair.terms(glossary), *pair.meaning()]
    return alerts


@dataclass(frozen=True, slots=True)
class _Pair:
    """Sentence ``at``, Vietnamese and English, with its facts in both, its Vietnamese names, and who is told."""

    at: int
    vi: str
    en: str
    known: Sequence[Fact]
    claims: Sequence[Fact]
    names: Sequence[Name]
    language: Language

    def facts(self) -> Iterator[Alert]:
        """Figures and dates: added, mistranslated or lost."""
        facts = match_facts(self.claims, self.known)
        for claim, other in turned_round(facts.pairs, self.known):
            yield self._tell(
                fact_kind(claim), "warning", "bound", claim.span, other.span, x=claim.text, y=other.text
            )
        for claim, other, bound in lost_bounds(facts.pairs, self.known, self.vi, self.en):
            here, there, x, y = claim.span, other.span, claim.text, other.text
            yield self._tell(fact_kind(claim), "warning", "bound_lost", here, there, x=x, y=y, z=bound)
        explained: set[int] = set()
        for claim in facts.unsupported:
            nearest = facts.nearest(claim)
            if says_all(claim, self.vi):
                continue
            if nearest:
                explained.add(id(nearest))
                kind, there = fact_kind(claim), nearest.span
                yield self._tell(
                    kind, "error", "mistranslated", claim.span, there, x=claim.text, y=nearest.text
                )
            else:
                yield self._tell(fact_kind(claim), "error", "added", claim.span, x=claim.text)
        for fact in facts.missing:
            if (
                id(fact) not in explained
                and not enumerated(fact, self.vi, bool(facts.unsupported))
                and not says_all(fact, self.en)
            ):
                yield self._tell(fact_kind(fact), "error", "lost", None, fact.span, y=fact.text)

    def named(self, glossary: Glossary) -> Iterator[Alert]:
        """Names added, mistranslated or lost, and places made another level."""
        names = match_names(extract_names(self.en, "en"), self.names)
        source, target = Mentions([self.vi]), Mentions([self.en])
        explained: set[int] = set()
        for name, close in names.unsupported:
            if source.allows(name):
                continue
            if close:
                explained.add(id(close))
                yield self._tell(
                    "name", "error", "mistranslated", name.span, close.span, x=name.text, y=close.text
                )
            else:
                yield self._tell("name", "error", "added", name.span, x=name.text)
        lost = dict.fromkeys((*names.missing, *self._unsure_lost(glossary)))
        for name in lost:
            if id(name) not in explained and not target.allows(name):
                yield self._tell("name", "warning", "lost", None, name.span, y=name.text)
        for pair in names.pairs:
            if pair.level_changed:
                x, y = with_level(pair.claimed, self.en, "en"), with_level(pair.known, self.vi, "vi")
                here, there = pair.claimed.span, pair.known.span
                yield self._tell("name", "warning", "mistranslated", here, there, x=x, y=y)

    def _unsure_lost(self, glossary: Glossary) -> Iterator[Name]:
        """Rivers, bridges and reservoirs, whose names are uncertain: lost when no word of one is left."""
        letters, terms = strip_marks(self.en).lower(), glossary.find(self.vi)
        for name in self.names:
            unsure = name.kind == "place" and not name.certain and len(name.words) > 1
            told = any(word in letters for word in name.words)
            if unsure and not told and not any(term.span.overlaps(name.span) for term in terms):
                yield name

    def terms(self, glossary: Glossary) -> Iterator[Alert]:
        """Official terms that were missed, or given a rendering known to be wrong."""
        people = [name.span for name in self.names if name.kind == "person"]
        uses = [
            use
            for use in check_terms(self.vi, self.en, glossary)
            # "Phó Chủ tịch huyện Đoàn Thị Lệ Hằng" names no District Youth Union.
            if not any(use.source[0].overlaps(span) for span in people)
        ]
        words = split_words(self.en) if uses else []
        reported: list[Span] = []
        for use in uses:
            wrong, there = wrong_rendering(use, uses, words), use.source[0]
            x, y = use.term.en, there.of(self.vi)
            if wrong:
                reported.append(wrong)
                yield self._tell("term", "warning", "term_wrong", wrong, there, x=x, y=y, z=wrong.of(self.en))
            # English drops "the commune" where it can; another level in its place has no counterpart.
            elif use.status == "missed" and not use.term.advisory and not is_level(use.term):
                yield self._tell("term", "warning", "term", None, there, x=x, y=y)
        for span in unfounded(self.vi, self.en):
            if not any(span.overlaps(other) for other in reported):
                yield self._tell("term", "warning", "unfounded", span, x=span.of(self.en))

    def meaning(self) -> Iterator[Alert]:
        """What cannot be right, changes turned round, words left in Vietnamese, lost denials, goals told as facts."""
        if not contradictions(self.vi, "vi", self.known):
            for span in contradictions(self.en, "en", self.claims):
                where = Place("translation", self.at, span)
                yield alert(self.language, "number", "warning", "contradiction", where, x=span.of(self.en))
        if trend := turned_trend(self.vi, self.en):
            told, contrary = trend
            x, y = contrary.of(self.en), told.of(self.vi)
            yield self._tell("number", "warning", "trend", contrary, told, x=x, y=y)
        for word in left_vietnamese(self.en, self.vi):
            yield self._tell("language", "warning", "left", x=word)
        if denial := lost_in_translation(self.vi, self.en):
            yield self._tell("negation", "warning", "negation", None, denial, y=denial.of(self.vi))
        for over in Goals([self.vi], "vi", [self.known]).told_as_facts(self.en, "en", self.claims)[:1]:
            x, y = over.span.of(self.en), over.goal.of(self.vi)
            yield self._tell("goal", "warning", "goal_translated", over.span, over.goal, x=x, y=y)

    def _tell(
        self,
        kind: Kind,
        severity: Severity,
        code: str,
        claim: Span | None = None,
        known: Span | None = None,
        **values: object,
    ) -> Alert:
        """An alert on a stretch of the translation, or all of it, against one of the Vietnamese, or all of it."""
        where, against = Place("translation", self.at, claim), Place("summary", self.at, known)
        return alert(self.language, kind, severity, code, where, against, **values)
