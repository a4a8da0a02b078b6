"""Which stretches of article, summary and translation say the same, so that they share a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ntmsum.alerts import Part
from ntmsum.article import Span
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.names import extract_names, match_names
from ntmsum.glossary import Glossary
from ntmsum.report import Report

Kind = Literal["number", "date", "name", "term"]
# Beyond the evidence, how many of the article's sentences are searched for where a figure comes from.
MOST_SENTENCES = 300
_DATES = frozenset({"date", "period", "time"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one sentence; marks of one group say the same in different texts."""

    span: Span
    kind: Kind
    group: int


@dataclass(slots=True)
class Marks:
    """Marks by text and sentence, earlier ones before later ones that overlap them."""

    places: dict[tuple[Part, int], list[Mark]] = field(default_factory=dict)
    _groups: dict[object, int] = field(default_factory=dict)

    def of(self, part: Part, sentence: int) -> list[Mark]:
        """The marks of one sentence."""
        return self.places.get((part, sentence), [])

    def group(self, key: object) -> int:
        """The number of the group that ``key`` stands for."""
        return self._groups.setdefault(key, len(self._groups))

    def add(self, part: Part, sentence: int, span: Span, kind: Kind, group: int) -> None:
        """Mark a stretch, unless another mark has it."""
        marks = self.places.setdefault((part, sentence), [])
        if not any(span.overlaps(m.span) for m in marks):
            marks.append(Mark(span, kind, group))


def find_marks(report: Report, glossary: Glossary) -> Marks:
    """What summary and translation share with the article: numbers and dates, names, official terms.

    Only what the summary says is marked in the article; a whole article of coloured figures shows nothing.

    Args:
        report: as far as it has come.
        glossary: the terms to mark.
    """
    marks = Marks()
    if report.summary is None:
        return marks
    english = report.translation.sentences if report.translation else ()
    article = [s.text for s in report.article.sentences]
    for i, sentence in enumerate(report.summary.sentences):
        rest = [k for k in range(min(len(article), MOST_SENTENCES)) if k not in sentence.evidence]
        sources = [(k, article[k]) for k in (*sentence.evidence, *rest)]
        target = english[i].text if i < len(english) else ""
        _mark_facts(marks, i, sentence.text, sources, target)
        # Terms before names: "Sở Y tế" is a department, and no name of which "Sở" is a part.
        _mark_terms(marks, i, sentence.text, sources[: len(sentence.evidence)], report, glossary)
        _mark_names(marks, i, sentence.text, sources, target)
    return marks


def _mark_facts(marks: Marks, i: int, text: str, sources: Sequence[tuple[int, str]], target: str) -> None:
    claims = extract_facts(text, "vi")
    if not claims:
        return
    known = [(k, fact) for k, source in sources for fact in extract_facts(source, "vi")]
    home = {id(fact): k for k, fact in known}
    groups: dict[int, int] = {}
    for claim, fact, _ in match_facts(claims, [fact for _, fact in known]).pairs:
        group = marks.group(("fact", home[id(fact)], fact.span))
        groups[id(claim)] = group
        marks.add("source", home[id(fact)], fact.span, _kind(fact), group)
    for claim, fact, _ in match_facts(extract_facts(target, "en"), claims).pairs:
        group = groups.setdefault(id(fact), marks.group(("fact", "summary", i, fact.span)))
        marks.add("translation", i, claim.span, _kind(fact), group)
    for claim in claims:
        if id(claim) in groups:
            marks.add("summary", i, claim.span, _kind(claim), groups[id(claim)])


def _mark_names(marks: Marks, i: int, text: str, sources: Sequence[tuple[int, str]], target: str) -> None:
    claims = extract_names(text, "vi")
    if not claims:
        return
    known = [(k, name) for k, source in sources for name in extract_names(source, "vi")]
    home: dict[int, int] = {id(name): k for k, name in known}
    groups: dict[int, int] = {}
    for pair in match_names(claims, [name for _, name in known]).pairs:
        group = marks.group(("name", pair.known.joined))
        groups[id(pair.claimed)] = group
        marks.add("source", home[id(pair.known)], pair.known.span, "name", group)
    for pair in match_names(extract_names(target, "en"), claims).pairs:
        group = groups.setdefault(id(pair.known), marks.group(("name", pair.known.joined)))
        marks.add("translation", i, pair.claimed.span, "name", group)
    for name in claims:
        if id(name) in groups:
            marks.add("summary", i, name.span, "name", groups[id(name)])


def _mark_terms(
    marks: Marks, i: int, text: str, sources: Sequence[tuple[int, str]], report: Report, glossary: Glossary
) -> None:
    found = [match for match in glossary.find(text) if not match.term.everyday]
    wanted = {match.term.vi for match in found}
    for match in found:
        marks.add("summary", i, match.span, "term", marks.group(("term", match.term.vi)))
    for k, source in sources:
        for match in glossary.find(source):
            if match.term.vi in wanted:
                marks.add("source", k, match.span, "term", marks.group(("term", match.term.vi)))
    english = report.translation.sentences if report.translation else ()
    for use in english[i].terms if i < len(english) else ():
        if use.target:
            marks.add("translation", i, use.target, "term", marks.group(("term", use.term.vi)))


def _kind(fact: Fact) -> Kind:
    return "date" if fact.kind in _DATES else "number"
