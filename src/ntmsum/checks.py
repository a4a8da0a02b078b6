"""Article × Summary × Translation → alerts: what an editor must not miss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ntmsum.alerts import Alert, Kind, Language, Part, Place, Severity, say
from ntmsum.article import Article, Span
from ntmsum.checks_other import check_other
from ntmsum.context import Placed, misdated, misplaced, place
from ntmsum.contradiction import contradictions
from ntmsum.counterparts import unfounded
from ntmsum.degeneration import summary_faults, translation_faults
from ntmsum.denial import Denied, lost_in_translation
from ntmsum.facts import Fact, Lang, extract_facts, match_facts
from ntmsum.facts.bounds import lost_bounds, turned_round
from ntmsum.facts.geography import foreign_districts
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.facts.unsaid import enumerated, says_all
from ntmsum.glossary import Glossary, check_terms
from ntmsum.glossary.adherence import wrong_rendering
from ntmsum.glossary.english import split_words
from ntmsum.languages import ENGLISH, target_language
from ntmsum.mentions import Mentions, with_level
from ntmsum.modality import Goals
from ntmsum.normalize import normalize, split_sentences
from ntmsum.postedit import left_vietnamese
from ntmsum.summarize import Summary
from ntmsum.swaps import is_level, swapped_terms
from ntmsum.translate import Translation
from ntmsum.words import strip_marks

_DATES = frozenset({"date", "period", "time"})
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
        return _worst_first(self._summary(source, _split(summary)))

    def check_translation(self, vietnamese: str, english: str) -> list[Alert]:
        """Alerts on any system's translation of a Vietnamese text, both bare texts."""
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
        faults = summary_faults(" ".join(summary), article[0] if len(article) > 1 else "")
        facts = [extract_facts(text, "vi") for text in article]
        claims = [extract_facts(text, "vi") for text in summary]
        said, there = place(summary, claims), place(article, facts)
        names = [extract_names(text, "vi") for text in article]
        return [
            *self._faults(faults, "summary", 0),
            *self._summary_facts(facts, claims, said, there),
            *self._summary_names(article, summary, names),
            *self._summary_places(article, summary, names),
            *self._summary_terms(article, summary, said, there),
            *self._summary_denials(article, summary),
            *self._summary_goals(article, summary, facts, claims),
            *(
                alert
                for i, (text, own) in enumerate(zip(summary, claims, strict=True))
                for alert in self._contradictions(text, "summary", i, "vi", own)
            ),
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
                    _kind(claim),
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
                    _kind(claim), "warning", "bound", where, against, x=claim.text, y=other.text
                )
        for wrong, right in rivals.values():
            yield self._alert(
                _kind(wrong.fact),
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
                    claim = text[span.start : span.end]
                    where, homes = Place("summary", i, span), ", ".join(m.homes)
                    yield self._alert("name", "error", "misplaced", where, x=claim, y=homes)

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
                x, y = text[span.start : span.end], article[at][denial.start : denial.end]
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
                x, y = _at(text, over.span), _at(article[over.sentence], over.goal)
                yield self._alert("goal", "warning", "goal", where, against, x=x, y=y)

    def _translation(self, sources: Sequence[str], targets: Sequence[str]) -> list[Alert]:
        if self.target != ENGLISH:
            return check_other(sources, targets, target_language(self.target), self.language)
        alerts: list[Alert] = []
        for i, (vi, en) in enumerate(zip(sources, targets, strict=True)):
            faults = translation_faults(en, vi)
            alerts += self._faults(faults, "translation", i)
            if "empty" not in faults:
                known, claims = extract_facts(vi, "vi"), extract_facts(en, "en")
                names = extract_names(vi, "vi")
                alerts += self._translated_facts(i, vi, en, known, claims)
                alerts += self._translated_names(i, vi, en, names)
                alerts += self._translated_terms(i, vi, en, names)
                if not contradictions(vi, "vi", known):
                    alerts += self._contradictions(en, "translation", i, "en", claims)
                for word in left_vietnamese(en, vi):
                    where, against = Place("translation", i), Place("summary", i)
                    alerts.append(self._alert("language", "warning", "left", where, against, x=word))
                if denial := lost_in_translation(vi, en):
                    where, against = Place("translation", i), Place("summary", i, denial)
                    y = vi[denial.start : denial.end]
                    alerts.append(self._alert("negation", "warning", "negation", where, against, y=y))
                for over in Goals([vi], "vi", [known]).told_as_facts(en, "en", claims)[:1]:
                    where, against = Place("translation", i, over.span), Place("summary", i, over.goal)
                    x, y = _at(en, over.span), _at(vi, over.goal)
                    alerts.append(self._alert("goal", "warning", "goal_translated", where, against, x=x, y=y))
        return alerts

    def _translated_facts(
        self, i: int, vi: str, en: str, known: Sequence[Fact], claims: Sequence[Fact]
    ) -> Iterator[Alert]:
        """Figures and dates: added, mistranslated or lost."""
        facts = match_facts(claims, known)
        for claim, other in turned_round(facts.pairs, known):
            where, against = Place("translation", i, claim.span), Place("summary", i, other.span)
            yield self._alert(_kind(claim), "warning", "bound", where, against, x=claim.text, y=other.text)
        for claim, other, bound in lost_bounds(facts.pairs, known, vi, en):
            where, against = Place("translation", i, claim.span), Place("summary", i, other.span)
            yield self._alert(
                _kind(claim), "warning", "bound_lost", where, against, x=claim.text, y=other.text, z=bound
            )
        explained: set[int] = set()
        for claim in facts.unsupported:
            nearest = facts.nearest(claim)
            if says_all(claim, vi):
                continue
            if nearest:
                explained.add(id(nearest))
            code = "mistranslated" if nearest else "added"
            where = Place("translation", i, claim.span)
            against = Place("summary", i, nearest.span if nearest else None)
            yield self._alert(_kind(claim), "error", code, where, against, x=claim.text, y=_text(nearest))
        for fact in facts.missing:
            if (
                id(fact) not in explained
                and not enumerated(fact, vi, bool(facts.unsupported))
                and not says_all(fact, en)
            ):
                where, against = Place("translation", i), Place("summary", i, fact.span)
                yield self._alert(_kind(fact), "error", "lost", where, against, y=fact.text)

    def _translated_names(self, i: int, vi: str, en: str, known: Sequence[Name]) -> Iterator[Alert]:
        """Names added, mistranslated or lost, and places made another level."""
        names = match_names(extract_names(en, "en"), known)
        source, target = Mentions([vi]), Mentions([en])
        explained: set[int] = set()
        for name, close in names.unsupported:
            if source.allows(name):
                continue
            if close:
                explained.add(id(close))
            code = "mistranslated" if close else "added"
            where = Place("translation", i, name.span)
            against = Place("summary", i, close.span if close else None)
            yield self._alert("name", "error", code, where, against, x=name.text, y=_text(close))
        # Rivers, bridges and reservoirs are uncertain names: theirs is lost when no word of it is left.
        letters = strip_marks(en).lower()
        unsure = [
            name
            for name in known
            if name.kind == "place"
            and not name.certain
            and len(name.words) > 1
            and not any(word in letters for word in name.words)
            and not any(m.span.overlaps(name.span) for m in self.glossary.find(vi))
        ]
        for name in (*names.missing, *(n for n in unsure if n not in names.missing)):
            if id(name) not in explained and not target.allows(name):
                where, against = Place("translation", i), Place("summary", i, name.span)
                yield self._alert("name", "warning", "lost", where, against, y=name.text)
        for pair in names.pairs:
            if pair.level_changed:
                where, against = (
                    Place("translation", i, pair.claimed.span),
                    Place("summary", i, pair.known.span),
                )
                x, y = with_level(pair.claimed, en, "en"), with_level(pair.known, vi, "vi")
                yield self._alert("name", "warning", "mistranslated", where, against, x=x, y=y)

    def _translated_terms(self, i: int, vi: str, en: str, names: Sequence[Name]) -> Iterator[Alert]:
        """Official terms that were missed, or given a rendering known to be wrong."""
        people = [name.span for name in names if name.kind == "person"]
        uses = [
            use
            for use in check_terms(vi, en, self.glossary)
            # "Phó Chủ tịch huyện Đoàn Thị Lệ Hằng" names no District Youth Union.
            if not any(use.source[0].overlaps(span) for span in people)
        ]
        words = split_words(en) if uses else []
        reported: list[Span] = []
        for use in uses:
            wrong = wrong_rendering(use, uses, words)
            # English drops "the commune" where it can; another level in its place has no counterpart.
            strict = not use.term.advisory and not is_level(use.term)
            if wrong or (use.status == "missed" and strict):
                where, against = Place("translation", i, wrong), Place("summary", i, use.source[0])
                y = vi[use.source[0].start : use.source[0].end]
                code = "term_wrong" if wrong else "term"
                z = en[wrong.start : wrong.end] if wrong else ""
                reported += [wrong] if wrong else []
                yield self._alert("term", "warning", code, where, against, x=use.term.en, y=y, z=z)
        for span in unfounded(vi, en):
            if not any(span.overlaps(other) for other in reported):
                x = en[span.start : span.end]
                where, against = Place("translation", i, span), Place("summary", i)
                yield self._alert("term", "warning", "unfounded", where, against, x=x)

    def _contradictions(
        self, text: str, part: Part, i: int, lang: Lang, facts: Sequence[Fact]
    ) -> Iterator[Alert]:
        """Figures that cannot all be right, whatever the source says."""
        for span in contradictions(text, lang, facts):
            where = Place(part, i, span)
            yield self._alert("number", "warning", "contradiction", where, x=_at(text, span))

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


def _at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _text(found: object) -> str:
    return getattr(found, "text", "")


def _split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


def _worst_first(alerts: Sequence[Alert]) -> list[Alert]:
    return sorted(alerts, key=lambda a: (_SEVERITIES[a.severity], a.where.sentence if a.where else -1))


def _unheard(name: Name, mentions: Mentions) -> bool:
    """True for a capitalized run of two words or more of which the article does not know the pairs."""
    words = name.words
    if len(words) < 2 or mentions.allows(name) or mentions.knows_pairs(name):
        return False
    # The first word may be capitalized only because a sentence or an official wording begins with it.
    return len(words) == 2 or not mentions.has(" ".join(words[1:]))
