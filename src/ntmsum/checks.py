"""Article × Summary × Translation → alerts: what an editor must not miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntmsum.alerts import Alert, Kind, Language, Place, Severity, alert, fact_kind, fault_alerts
from ntmsum.article import Article, Span
from ntmsum.checks_english import check_english
from ntmsum.checks_other import check_other
from ntmsum.context import Placed, misdated, misplaced, place
from ntmsum.contradiction import contradictions
from ntmsum.degeneration import summary_faults
from ntmsum.denial import Denied
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.bounds import turned_round
from ntmsum.facts.geography import foreign_districts
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.glossary import Glossary
from ntmsum.languages import ENGLISH, target_language
from ntmsum.mentions import Mentions, with_level
from ntmsum.modality import Goals
from ntmsum.normalize import normalize, sentence_texts
from ntmsum.summarize import Summary
from ntmsum.swaps import swapped_terms
from ntmsum.translate import Translation

_SEVERITIES: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Checker:
    """Compares texts by the values, names and terms they state.

    Args:
        glossary: official terms to insist on.
        language: language of the messages.
        target: language of the translations.
    """

    glossary: Glossary
    language: Language = "en"
    target: str = ENGLISH

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
        return _worst_first(self._summary(source, sentence_texts(summary)))

    def check_translation(self, vietnamese: str, english: str) -> list[Alert]:
        """Alerts on any system's translation of a Vietnamese text, both bare texts."""
        sources, targets = sentence_texts(vietnamese), sentence_texts(english)
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
        faults = summary_faults(" ".join(summary), article[0] if len(article) > 1 else "")
        facts = [extract_facts(text, "vi") for text in article]
        claims = [extract_facts(text, "vi") for text in summary]
        said, there = place(summary, claims), place(article, facts)
        names = [extract_names(text, "vi") for text in article]
        return [
            *fault_alerts(faults, "summary", 0, self.language),
            *self._summary_facts(facts, claims, said, there),
            *self._summary_names(article, summary, names),
            *self._summary_places(article, summary, names),
            *self._summary_terms(article, summary, said, there),
            *self._summary_denials(article, summary),
            *self._summary_goals(article, summary, facts, claims),
            *self._summary_contradictions(summary, claims),
        ]

    def _summary_facts(
        self,
        facts: Sequence[Sequence[Fact]],
        claims: Sequence[Sequence[Fact]],
        said: Sequence[Placed],
        there: Sequence[Placed],
    ) -> Iterator[Alert]:
        """Figures and dates: invented, altered, or taken from another place of the article."""
        known = [fact for own in facts for fact in own]
        places = {id(f): Place("source", i, f.span) for i, own in enumerate(facts) for f in own}
        # What stands in the claim's place there says more than what merely looks like it.
        strayed = [*misdated(said, there), *misplaced(said, there)]
        rivals = {id(wrong.fact): (wrong, right) for wrong, right in strayed}
        for i, own in enumerate(claims):
            matching = match_facts(own, known)
            for claim in matching.unsupported:
                rival = rivals.pop(id(claim), None)
                nearest = rival[1].fact if rival else matching.nearest(claim)
                yield self._alert(
                    fact_kind(claim),
                    "error",
                    "altered" if nearest else "invented",
                    Place("summary", i, claim.span),
                    places.get(id(nearest)),
                    x=claim.text,
                    y=_text(nearest),
                )
            for claim, other in turned_round(matching.pairs, known):
                where, against = Place("summary", i, claim.span), places.get(id(other))
                yield self._alert(
                    fact_kind(claim), "warning", "bound", where, against, x=claim.text, y=other.text
                )
        for wrong, right in rivals.values():
            yield self._alert(
                fact_kind(wrong.fact),
                "warning",
                "misattributed",
                Place("summary", wrong.sentence, wrong.fact.span),
                Place("source", right.sentence, right.fact.span),
                x=wrong.fact.text,
                y=right.fact.text,
            )

    def _summary_names(
        self, article: Sequence[str], summary: Sequence[str], names: Sequence[Sequence[Name]]
    ) -> Iterator[Alert]:
        """Names that the article does not have, and places of another level than there."""
        known = [(i, name) for i, own in enumerate(names) for name in own]
        places = {id(name): Place("source", i, name.span) for i, name in known}
        levels: dict[str, list[tuple[int, Name]]] = {}
        for i, name in known:
            if name.level:
                levels.setdefault(name.joined, []).append((i, name))
        mentions = Mentions(article)
        for i, text in enumerate(summary):
            own = extract_names(text, "vi")
            matching = match_names(own, [name for _, name in known])
            supported = {id(pair.claimed) for pair in matching.pairs}
            reported = {name.span for name, _ in matching.unsupported}
            for name, close in matching.unsupported:
                if not mentions.allows(name):
                    code = "altered" if close else "name_invented"
                    where, against = Place("summary", i, name.span), places.get(id(close))
                    yield self._alert("name", "error", code, where, against, x=name.text, y=_text(close))
            for name in own:
                where = Place("summary", i, name.span)
                if name.level and (there := levels.get(name.joined)):
                    # A province and its capital city often bear one name.
                    if all(other.level not in (name.level, "province") for _, other in there) and (
                        name.level != "province"
                    ):
                        at, other = there[0]
                        against = Place("source", at, other.span)
                        x, y = with_level(name, text, "vi"), with_level(other, article[at], "vi")
                        yield self._alert("name", "warning", "altered", where, against, x=x, y=y)
                elif id(name) not in supported and name.span not in reported and _unheard(name, mentions):
                    yield self._alert("name", "warning", "name_invented", where, x=name.text)

    def _summary_places(
        self, article: Sequence[str], summary: Sequence[str], names: Sequence[Sequence[Name]]
    ) -> Iterator[Alert]:
        """Districts in a province that has none of that name, unless the article says so too."""
        said = {m.key for text, own in zip(article, names, strict=True) for m in foreign_districts(text, own)}
        for i, text in enumerate(summary):
            for m in foreign_districts(text, extract_names(text, "vi")):
                if m.key not in said:
                    span = Span(m.district.span.start, m.province.span.end)
                    where, homes = Place("summary", i, span), ", ".join(m.homes)
                    yield self._alert("name", "error", "misplaced", where, x=span.of(text), y=homes)

    def _summary_terms(
        self,
        article: Sequence[str],
        summary: Sequence[str],
        said: Sequence[Placed],
        there: Sequence[Placed],
    ) -> Iterator[Alert]:
        """Official terms that stand where the article has another."""
        for wrong, right in swapped_terms(summary, article, self.glossary, said, there):
            where = Place("summary", wrong.sentence, wrong.span)
            against = Place("source", right.sentence, right.span)
            yield self._alert("term", "warning", "altered", where, against, x=wrong.text, y=right.text)

    def _summary_denials(self, article: Sequence[str], summary: Sequence[str]) -> Iterator[Alert]:
        """Words that the article denies and the summary affirms."""
        denied = Denied(article)
        for i, text in enumerate(summary):
            if found := denied.affirmed_in(text):
                span, at, denial = found
                where, against = Place("summary", i, span), Place("source", at, denial)
                x, y = span.of(text), denial.of(article[at])
                yield self._alert("negation", "warning", "affirmed", where, against, x=x, y=y)

    def _summary_goals(
        self,
        article: Sequence[str],
        summary: Sequence[str],
        facts: Sequence[Sequence[Fact]],
        claims: Sequence[Sequence[Fact]],
    ) -> Iterator[Alert]:
        """What the article only aims at and the summary tells as a fact."""
        goals = Goals(article, "vi", facts)
        for i, (text, own) in enumerate(zip(summary, claims, strict=True)):
            for over in goals.told_as_facts(text, "vi", own)[:1]:
                where, against = Place("summary", i, over.span), Place("source", over.sentence, over.goal)
                x, y = over.span.of(text), over.goal.of(article[over.sentence])
                yield self._alert("goal", "warning", "goal", where, against, x=x, y=y)

    def _summary_contradictions(
        self, summary: Sequence[str], claims: Sequence[Sequence[Fact]]
    ) -> Iterator[Alert]:
        """Figures that cannot all be right, whatever the article says."""
        for i, (text, own) in enumerate(zip(summary, claims, strict=True)):
            for span in contradictions(text, "vi", own):
                where = Place("summary", i, span)
                yield self._alert("number", "warning", "contradiction", where, x=span.of(text))

    def _translation(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alert]:
        if self.target == ENGLISH:
            return check_english(sources, targets, self.glossary, self.language)
        return check_other(sources, targets, target_language(self.target), self.language)

    def _alert(
        self,
        kind: Kind,
        severity: Severity,
        code: str,
        where: Place | None = None,
        against: Place | None = None,
        **values: object,
    ) -> Alert:
        return alert(self.language, kind, severity, code, where, against, **values)


def _text(found: object) -> str:
    return getattr(found, "text", "")


def _worst_first(alerts: Sequence[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda a: (_SEVERITIES[a.severity], a.where.sentence if a.where else -1))


def _unheard(name: Name, mentions: Mentions) -> bool:
    """True for a capitalized run of two words or more of which the article does not know the pairs."""
    words = name.words
    if len(words) < 2 or mentions.allows(name) or mentions.knows_pairs(name):
        return False
    # The first word may be capitalized only because a sentence or an official wording begins with it.
    return len(words) == 2 or not mentions.has(" ".join(words[1:]))
