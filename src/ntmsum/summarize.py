"""Article → Summary: which sentences carry the news, how they are put, and what each rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import Literal

from ntmsum.article import Article
from ntmsum.composing import Unit, compose
from ntmsum.degeneration import summary_faults
from ntmsum.engines import Decoding, Engine, ModelEntry
from ntmsum.normalize import expand_abbreviations, sentence_texts, to_tones
from ntmsum.reading import find_evidence
from ntmsum.salience import Salience
from ntmsum.trimming import home, is_vague, name_place, once, trim
from ntmsum.warrant import FREE, ROOTED, Warrant
from ntmsum.words import syllables

Length = Literal["short", "medium", "long"]

# Syllables that each length aims at, and sentences at most: a headline's worth, a news lead, a short item.
LENGTHS: dict[str, tuple[int, int]] = {"short": (12, 30), "medium": (45, 80), "long": (80, 130)}
SENTENCES: dict[str, int] = {"short": 1, "medium": 3, "long": 5}
# What the model is asked for: it learned shorter ones (at most 26, 42 and 90 syllables).
ASKED: dict[str, Length] = {"short": "medium", "medium": "long", "long": "long"}

DECODING = Decoding(beam=3, n_best=3, max_tokens=176)
# A model's sentence must be worth so much more than the article's own words, which are nobody's invention.
REWRITING = 0.5
# How much more than the summary's length the model reads of the most telling sentences.
READING = 1.6
# So much longer than asked a summary of the article's own sentences may be before a model is asked for shorter ones.
LONGER = 1.15
# What a "toàn huyện" costs when nobody can tell which.
VAGUE = 0.3
# One sentence alone should be the lead, where the article has one: what nearness to the beginning adds then.
LEADING = 1.3
# The fewest syllables of a headline that may be the lead of a text whose real headline was not pasted.
LEAD = 22


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary and the article sentences (indices, most telling first) it rests on."""

    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A Vietnamese summary.

    Args:
        sentences: in order.
        length: what was asked for.
        tokens: length of the article in the model's tokens.
        tokens_dropped: how many of them were not read at all.
        read: indices of the article sentences that the model was given to put into words.
        faults: what is wrong with the text (``degeneration.Fault``).
        fallback: in words, that a sentence is not the article's own; empty when all are.
    """

    sentences: tuple[SummarySentence, ...]
    length: Length
    tokens: int
    tokens_dropped: int
    read: tuple[int, ...]
    faults: tuple[str, ...] = ()
    fallback: str = ""

    @property
    def text(self) -> str:
        """The sentences joined by spaces."""
        return " ".join(s.text for s in self.sentences)


class Summarizer:
    """Summaries of the article's most telling sentences, its own or a model's.

    Args:
        engine: the loaded model.
        entry: its registry entry, which knows how it is asked.
    """

    def __init__(self, engine: Engine, entry: ModelEntry) -> None:
        self._engine = engine
        self._entry = entry
        self._format = entry.format("summarize")

    @property
    def signature(self) -> str:
        """Engine, model and decoding: same signature and article, same summary."""
        return f"{self._engine.signature} beam {DECODING.beam} n-best {DECODING.n_best}"

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Length of each text in the model's tokens."""
        return self._engine.count_tokens(texts)

    def summarize(self, articles: Sequence[Article], length: Length = "medium") -> list[Summary]:
        """Summarize articles together.

        Args:
            articles: normalized articles.
            length: "short", "medium" or "long" (see ``LENGTHS``).

        Returns:
            One summary per article, in order.
        """
        rooted = ROOTED if self._entry.last_resort else FREE
        drafts = [_Draft(article, length, rooted) for article in articles]
        asked = [draft for draft in drafts if not (self._entry.last_resort and draft.fits)]
        readings = [self._choose_reading(draft) for draft in asked]
        prompts = [
            self._format.prompt(self._spell(" ".join(draft.sentences[i] for i in read)), ASKED[length])
            for draft, read in zip(asked, readings, strict=True)
        ]
        completions = self._engine.generate(prompts, DECODING)
        for draft, read, completion in zip(asked, readings, completions, strict=True):
            draft.read = read
            texts = [_tidy(self._format.clean(h.text)) for h in completion.hypotheses]
            if self._entry.last_resort or not draft.take(texts):
                draft.add(texts)
        return [self._finish(draft) for draft in drafts]

    def _choose_reading(self, draft: _Draft) -> tuple[int, ...]:
        """The most telling article sentences in their order, as many as the model reads well.

        A model of last resort is given hardly more than it shall say, any other model all that it reads.
        """
        telling = [unit.at for unit in draft.compose(READING)] if self._entry.last_resort else draft.ranked()
        total = accumulate(self._costs([draft.sentences[i] for i in telling]))
        read = [i for i, size in zip(telling, total, strict=True) if size <= self._entry.read_tokens]
        return tuple(sorted(read or telling[:1]))

    def _costs(self, texts: Sequence[str]) -> list[int]:
        return self._engine.count_tokens([self._spell(text) + " " for text in texts])

    def _spell(self, text: str) -> str:
        return to_tones(expand_abbreviations(text) if self._entry.expand else text, self._entry.tones)

    def _finish(self, draft: _Draft) -> Summary:
        sentences = draft.finish()
        costs = self._costs(draft.sentences)
        unread = (cost for i, cost in enumerate(costs) if i not in draft.read)
        own = (
            "" if draft.worded else "the article's own sentences: what the model wrote is not warranted by it"
        )
        return Summary(
            sentences=sentences,
            length=draft.length,
            tokens=sum(costs),
            # Where the article's own sentences are chosen from, all of them were weighed.
            tokens_dropped=sum(unread) if draft.taken else 0,
            read=draft.read,
            faults=summary_faults(" ".join(s.text for s in sentences), ""),
            fallback=("worded by the model" if draft.worded else "") if self._entry.last_resort else own,
        )


class _Draft:
    """One article on its way to a summary.

    Args:
        article: the article.
        length: what is asked for.
        rooted: how much of a model's sentence must be the article's own words (see ``Warrant``).
    """

    def __init__(self, article: Article, length: Length, rooted: float) -> None:
        self.length = length
        self._rooted = rooted
        self.sentences = [s.text for s in article.sentences]
        self.read: tuple[int, ...] = ()
        self.taken = False
        self._title = article.title or ""
        self._salience = Salience(self.sentences, self._title, _openings(article))
        self._homes = home(self.sentences, self._title)
        self.units = self._own_units()
        self._own = frozenset(self.units)
        self._chosen = self.compose()

    @property
    def fits(self) -> bool:
        """Whether the article's own sentences make a summary that is hardly longer than asked."""
        return sum(unit.size for unit in self._chosen) <= LONGER * LENGTHS[self.length][1]

    @property
    def worded(self) -> bool:
        """Whether a sentence that a model wrote stands in the summary."""
        return any(unit not in self._own for unit in self._chosen)

    def compose(self, room: float = 1.0) -> tuple[Unit, ...]:
        """The best units for the length, or for ``room`` times as much."""
        low, high = LENGTHS[self.length]
        most = SENTENCES[self.length] + (room > 1)
        return compose(self.units, self._salience.overlap, int(low * room), int(high * room), most)

    def ranked(self) -> list[int]:
        """All article sentences, the most telling first."""
        worth = [self._salience.score(text, i) for i, text in enumerate(self.sentences)]
        return sorted(range(len(worth)), key=lambda i: (-worth[i], i))

    def take(self, texts: Sequence[str]) -> bool:
        """Make a model's text the summary: the likeliest whose every sentence the article warrants, if any."""
        for text in texts:
            units = [self._model_unit(sentence) for sentence in sentence_texts(text)]
            if units and all(units):
                self._chosen = tuple(unit for unit in units if unit)
                self.taken = True
                break
        return self.taken

    def add(self, texts: Sequence[str]) -> None:
        """Let the sentences of a model's texts that the article warrants compete with its own."""
        for text in dict.fromkeys(sentence for whole in texts for sentence in sentence_texts(whole)):
            if unit := self._model_unit(text):
                self.units.append(replace(unit, value=unit.value - REWRITING))
        self._chosen = self.compose()

    def _model_unit(self, text: str) -> Unit | None:
        sources = self._warrant.sources(text)
        return self._unit(text, sources[0]) if sources else None

    def finish(self) -> tuple[SummarySentence, ...]:
        """The chosen sentences with the place named that they speak of, and what they rest on."""
        said: list[str] = []
        for unit in self._chosen:
            known = [name for name in self._homes.values() if any(name in text for text in said)]
            said.append(once(name_place(unit.text, self._homes, known), said))
        # The sentence that a form was cut from explains more of it than any other.
        return tuple(SummarySentence(text, find_evidence(text, self.sentences)) for text in said)

    def _own_units(self) -> list[Unit]:
        """The article's own sentences in every form that ``trim`` finds, but for headings and speech."""
        everything = range(len(self.sentences))
        own = [i for i in everything if self._tells(i) and not self._salience.is_speech(i)]
        return [self._unit(text, i) for i in own or everything for text in trim(self.sentences[i])]

    def _unit(self, text: str, at: int) -> Unit:
        value = self._salience.score(name_place(text, self._homes), at)
        value -= VAGUE * is_vague(text, self._homes)
        if self.length == "short":
            value += LEADING * self._salience.describe(text, at).lead
        return Unit(text, at, value, len(syllables(text)))

    def _tells(self, at: int) -> bool:
        text = self.sentences[at]
        if at == 0 and self._title:
            # Many a site sets the lead where others set a headline.
            features = self._salience.describe(text, at)
            return len(syllables(text)) >= LEAD and bool(features.told and features.date)
        return text.endswith(tuple('.!?…”"'))

    @cached_property
    def _warrant(self) -> Warrant:
        spelled = [to_tones(expand_abbreviations(text), "old") for text in self.sentences]
        return Warrant(spelled, self._rooted)


def _openings(article: Article) -> frozenset[int]:
    """Positions of the sentences that begin a paragraph."""
    paragraphs = [s.paragraph for s in article.sentences]
    return frozenset(i for i, p in enumerate(paragraphs) if i == 0 or paragraphs[i - 1] != p)


def _tidy(text: str) -> str:
    text = to_tones(" ".join(text.split()), "old")
    return text[:1].upper() + text[1:]
