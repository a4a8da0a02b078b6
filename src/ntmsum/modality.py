"""Goals told as facts: what a text only aims at or plans, and where another says that it has happened."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import islice, pairwise
from typing import Literal

from ntmsum.article import Span
from ntmsum.facts import Fact, Lang, extract_facts
from ntmsum.facts.compare import agree, keys
from ntmsum.normalize.abbreviations import expand_abbreviations
from ntmsum.tables import load_toml

Kind = Literal["goal", "future", "fact", "turn"]

# A deadline stands in a goal and in the fact it becomes: dates prove nothing.
_TELLING = frozenset({"number", "percent", "money", "quantity", "ratio", "range", "grade"})
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[,;:.!?](?=\s|$)")
# So many words at most between a subject and the word behind it ("05 xã của huyện phấn đấu").
_NEAR = 3
# So many words in a row must be the same in what is attained.
_ALIKE = 3
_LONGEST_OBJECT = 6
# So many words behind a goal's word, or behind "đã", are compared.
_BEHIND = 5
# Where to look for a clause's end, a hedge, the words before: no clause is longer.
_LONGEST_CLAUSE = 160
# Longer texts are no articles; looking at all pairs of their facts would take for ever.
_MOST = 300


@dataclass(frozen=True, slots=True)
class Overclaim:
    """A stretch of a claim that tells as a fact what its source only aims at.

    Args:
        span: in the claim.
        sentence: index of the source sentence that tells the goal.
        goal: the goal there, with the word that makes it one.
    """

    span: Span
    sentence: int
    goal: Span


class Goals:
    """What a source says in figures and attainments, and whether each is a fact or only a goal.

    The source is read once; ``told_as_facts`` is then cheap enough for every hypothesis of a decoding.

    Args:
        sentences: the source.
        lang: its language.
        facts: those of each sentence, when they are known already.
    """

    def __init__(
        self, sentences: Sequence[str], lang: Lang = "vi", facts: Sequence[Sequence[Fact]] | None = None
    ) -> None:
        self._lang = lang
        self._sentences = [_Sentence(text, lang) for text in sentences]
        self._aims = sum(s.aims for s in self._sentences)
        self._facts: dict[object, list[tuple[int, Fact]]] = {}
        if self._aims:
            for i, text in enumerate(sentences):
                for fact in (facts[i] if facts else extract_facts(text, lang))[:_MOST]:
                    for key in keys(fact) if fact.kind in _TELLING else ():
                        self._facts.setdefault(key, []).append((i, fact))

    def told_as_facts(self, claim: str, lang: Lang, facts: Sequence[Fact] | None = None) -> list[Overclaim]:
        """Where ``claim`` states as a fact what every mention in the source only aims at.

        A figure is traced by its value; a status ("đạt chuẩn nông thôn mới kiểu mẫu") by its words in the
        language of the source. Across languages all that a sentence attains is taken together.

        Args:
            claim: one sentence of a summary of the source, or the translation of the one sentence that it is.
            lang: its language.
            facts: those of the claim, when they are known already.
        """
        if not self._aims:
            return []
        said = _Sentence(claim, lang)
        found: list[Overclaim] = []
        proven: list[Span] = []
        for fact in (extract_facts(claim, lang) if facts is None else facts)[:_MOST]:
            if fact.kind in _TELLING and fact.certain and (carriers := self._carriers(fact)):
                over = self._over(said, fact.span, carriers)
                found += over
                proven += [] if over else [fact.span]
        for one in said.attained:
            if any(said.in_clause(span, one.span) for span in proven):
                continue  # "9/16 xã đã được công nhận": so many have, whatever the others aim at
            places: list[tuple[int, Span]] = []
            if lang == self._lang:
                places = self._same_status(one)
            elif said.asserts(one.span) and said.aims < self._aims:
                places = [(i, other.whole) for i, other in self._attained]
            found += (replace(over, span=one.whole) for over in self._over(said, one.span, places))
        return found or (self._same_words(said) if lang == self._lang else self._whole_sentence(said))

    def _whole_sentence(self, said: _Sentence) -> list[Overclaim]:
        """A translation that says "has" where its source only says "sẽ", and has no word for what is to come."""
        more = [] if said.aims else said.done
        source = self._sentences[0]
        if len(self._sentences) > 1 or len(more) <= source.facts:
            return []
        event = source.first_aim
        return [Overclaim(Span(more[0].start, more[0].end), 0, Span(event.start, event.end))]

    def _same_words(self, said: _Sentence) -> list[Overclaim]:
        """A summary that says "đã" before words that the article only has behind "sẽ" and its like."""
        for event in said.done:
            for pair, span in said.words_behind(event)[:1]:
                if said.may_aim(span):
                    continue
                if place := self._aimed.get(pair):
                    i, goal = place
                    if len(said.content & self._sentences[i].content) >= _ALIKE + len(pair):
                        return [Overclaim(Span(event.start, span.end), i, goal)]
        return []

    @cached_property
    def _aimed(self) -> dict[tuple[str, ...], tuple[int, Span]]:
        """Pairs of words behind a goal's or the future's word, unless they also stand elsewhere."""
        aimed: dict[tuple[str, ...], tuple[int, Span]] = {}
        elsewhere: set[tuple[str, ...]] = set()
        for i, sentence in enumerate(self._sentences):
            own: set[tuple[str, ...]] = set()
            for event in sentence.aiming:
                for pair, span in sentence.words_behind(event):
                    own.add(pair)
                    aimed.setdefault(pair, (i, Span(event.start, span.end)))
            elsewhere |= sentence.pairs - own
        return {pair: place for pair, place in aimed.items() if pair not in elsewhere}

    def _over(self, said: _Sentence, span: Span, carriers: list[tuple[int, Span]]) -> list[Overclaim]:
        if not carriers or said.may_aim(span):
            return []
        events = [self._sentences[i].governing(place) for i, place in carriers]
        if any(event is None or event.kind not in ("goal", "future") for event in events):
            return []
        # What is to come may be told in the present, but not in the past.
        if any(event and event.kind == "future" for event in events) and not said.asserts(span):
            return []
        (i, place), event = carriers[0], events[0]
        assert event is not None
        return [Overclaim(span, i, Span(min(event.start, place.start), max(event.end, place.end)))]

    def _carriers(self, claim: Fact) -> list[tuple[int, Span]]:
        near = {id(fact): (i, fact) for key in keys(claim) for i, fact in self._facts.get(key, ())}
        return [(i, fact.span) for i, fact in near.values() if agree(claim, fact) is not None]

    def _same_status(self, claim: _Attained) -> list[tuple[int, Span]]:
        if len(claim.object) < _ALIKE:
            return []
        return [(i, one.whole) for i, one in self._attained if one.same(claim)]

    @cached_property
    def _attained(self) -> list[tuple[int, _Attained]]:
        return [(i, one) for i, sentence in enumerate(self._sentences) for one in sentence.attained]


@dataclass(frozen=True, slots=True)
class _Attained:
    """A verb of attainment, its first words with it, those of what is attained, and the word that grades it."""

    span: Span
    whole: Span
    object: tuple[str, ...]
    grade: str

    def same(self, other: _Attained) -> bool:
        """True when both attain the same: "nông thôn mới kiểu mẫu" is not "nông thôn mới nâng cao"."""
        return self.object[:_ALIKE] == other.object[:_ALIKE] and self.grade == other.grade


@dataclass(frozen=True, slots=True)
class _Event:
    """A word from which on a sentence tells a goal, the future, a fact, or a clause of its own."""

    start: int
    end: int
    kind: Kind
    behind: bool


class _Sentence:
    """What decides in one sentence between goal and fact."""

    def __init__(self, text: str, lang: Lang) -> None:
        self._text = text
        self._words = _words(lang)
        self._events = self._words.events(text)
        self._starts = [event.start for event in self._events]

    @cached_property
    def attained(self) -> tuple[_Attained, ...]:
        """What the sentence says is attained, is to be or could be."""
        return self._words.attainments(self._text)

    @cached_property
    def _hedges(self) -> list[int]:
        return self._words.hedges(self._text)

    @property
    def aims(self) -> int:
        """How many words tell a goal or the future."""
        return sum(event.kind in ("goal", "future") for event in self._events)

    @property
    def aiming(self) -> list[_Event]:
        """The words that tell a goal or the future."""
        return [event for event in self._events if event.kind in ("goal", "future")]

    @property
    def first_aim(self) -> _Event:
        """The first of them; there must be one."""
        return self.aiming[0]

    @property
    def facts(self) -> int:
        """How many words tell a fact."""
        return sum(event.kind == "fact" for event in self._events)

    @cached_property
    def done(self) -> list[_Event]:
        """The words that say outright that something has happened."""
        return [_Event(m.start(), m.end(), "fact", False) for m in self._words.done.finditer(self._text)]

    def words_behind(self, event: _Event) -> list[tuple[tuple[str, ...], Span]]:
        """The pairs of neighbours among the first words behind a word, up to the end of its clause."""
        end = event.end + _LONGEST_CLAUSE
        stop = _STOP.search(self._text, event.end, end)
        words = list(islice(_WORD.finditer(self._text, event.end, stop.start() if stop else end), _BEHIND))
        return [
            ((a.group().lower(), b.group().lower()), Span(a.start(), b.end())) for a, b in pairwise(words)
        ]

    @cached_property
    def content(self) -> frozenset[str]:
        """The words of the sentence."""
        return frozenset(word.lower() for word in _WORD.findall(self._text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every two neighbours of the sentence."""
        return frozenset(pairwise(word.lower() for word in _WORD.findall(self._text)))

    def governing(self, span: Span) -> _Event | None:
        """The word that makes a goal or a fact of ``span``: the last before it, else one right behind it."""
        before, after = self._around(span)
        if after and after.kind == "fact":
            return after
        if self._text[max(0, span.start - 6) : span.start].rstrip().lower().endswith((" từ", " from")):
            return None  # "nâng từ 42 lên 60 triệu đồng": the first figure is what there is already
        if after and after.behind and (before is None or before.kind == "turn"):
            return after
        return before

    def may_aim(self, span: Span) -> bool:
        """Whether ``span`` can be read as a goal: what a claim says in its favour counts more than in a source."""
        before, after = self._around(span)
        if any(event and event.kind in ("goal", "future") for event in (before, after)):
            return True
        begins = before.start if before else 0
        if bisect_left(self._hedges, begins) < bisect_left(self._hedges, span.start):
            return True
        if before and before.kind == "fact":
            return False
        following = self._following(span)
        if following and following.kind in ("goal", "future"):
            return True
        hedge = self._words.hedge_behind.search(self._text, span.end, span.end + _LONGEST_CLAUSE)
        return hedge is not None and self._near(span.end, hedge.start())

    def in_clause(self, subject: Span, verb: Span) -> bool:
        """True when nothing but words stands between the two."""
        return subject.end <= verb.start and _STOP.search(self._text[subject.end : verb.start]) is None

    def asserts(self, span: Span) -> bool:
        """Whether the clause says outright that ``span`` has happened ("đã", "has", a past tense)."""
        before, after = self._around(span)
        if before and before.kind == "fact" and _STOP.search(self._text[before.end : span.start]) is None:
            return True
        return after is not None and after.kind == "fact"

    def _around(self, span: Span) -> tuple[_Event | None, _Event | None]:
        """The last event at or before the start of ``span``, and the next one if it is right behind it."""
        at = bisect_right(self._starts, span.start)
        following = self._following(span)
        near = following is not None and self._near(span.end, following.start)
        return (self._events[at - 1] if at else None), (following if near else None)

    def _following(self, span: Span) -> _Event | None:
        at = bisect_left(self._starts, span.end)
        return self._events[at] if at < len(self._events) else None

    def _near(self, start: int, end: int) -> bool:
        between = self._text[start:end] if end - start <= _LONGEST_CLAUSE else ","
        return _STOP.search(between) is None and len(_WORD.findall(between)) <= _NEAR


class _Words:
    """The table of one language, compiled."""

    def __init__(self, table: dict[str, list[str]]) -> None:
        kinds: tuple[Kind, ...] = ("goal", "future", "fact", "turn")
        self._kinds = {kind: _any_of(table[kind]) for kind in kinds}
        self._behind, self._reached = _any_of(table["behind"]), _any_of(table["reached"])
        self.done = _any_of(table["done"])
        self._hedge, self.hedge_behind = _any_of(table["hedge"]), _any_of(table["hedge_behind"])
        self._attain, self._light = _any_of(table["attain"]), _any_of(table["light"])
        self._grades = _any_of(table["grades"])

    def events(self, text: str) -> list[_Event]:
        found = [
            _Event(m.start(), m.end(), kind, self._behind.match(text, m.start()) is not None)
            for kind, pattern in self._kinds.items()
            for m in pattern.finditer(text)
            if kind not in ("goal", "future") or not self._is_reached(text, m.start())
        ]
        found += (_Event(m.start(), m.end(), "turn", False) for m in re.finditer(r"[;.!?](?=\s)", text))
        return sorted(found, key=lambda event: (event.start, -event.end))

    def hedges(self, text: str) -> list[int]:
        """Where a claim says something by which it tells no fact."""
        return [m.start() for m in self._hedge.finditer(text) if not self._is_reached(text, m.start())]

    def _is_reached(self, text: str, start: int) -> bool:
        begin = max(0, start - 40)
        begin = max((m.end() for m in _STOP.finditer(text, begin, start)), default=begin)
        before = list(_WORD.finditer(text, begin, start))[-4:]
        return any(self._reached.match(text, word.start()) for word in before)

    def attainments(self, text: str) -> tuple[_Attained, ...]:
        found: list[_Attained] = []
        for verb in islice(self._attain.finditer(text), _MOST):
            end = verb.end() + _LONGEST_CLAUSE
            stop = _STOP.search(text, verb.end(), end)
            rest = expand_abbreviations(text[verb.end() : stop.start() if stop else end]).lower()
            words = _WORD.findall(rest)
            while words and self._light.fullmatch(words[0]):
                del words[0]
            grade = next((w for w in words[: _LONGEST_OBJECT + 1] if self._grades.fullmatch(w)), "")
            shown = list(
                islice(_WORD.finditer(text, verb.end(), stop.start() if stop else end), _LONGEST_OBJECT)
            )
            whole = Span(verb.start(), shown[-1].end() if shown else verb.end())
            found.append(
                _Attained(Span(verb.start(), verb.end()), whole, tuple(words[:_LONGEST_OBJECT]), grade)
            )
        return tuple(found)


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


@cache
def _words(lang: Lang) -> _Words:
    return _Words(load_toml(__package__, "modality.toml")[lang])
