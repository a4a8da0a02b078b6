"""Article → Summary: what to read, how long to write, which candidate to trust, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from ntmsum.article import Article
from ntmsum.choice import Choice, Verdict, choose
from ntmsum.degeneration import summary_faults
from ntmsum.engines import Decoding, Engine, ModelEntry
from ntmsum.facts import Fact, extract_facts, match_facts
from ntmsum.facts.geography import foreign_districts
from ntmsum.facts.names import Name, extract_names, match_names
from ntmsum.normalize import expand_abbreviations, split_sentences, to_tones
from ntmsum.reading import choose_sentences, find_evidence
from ntmsum.words import coverage, syllables

Length = Literal["short", "medium", "long"]

# Syllables that each length aims at: about one, one to two, and two to three sentences of a news lead.
LENGTHS: dict[str, tuple[int, int]] = {"short": (12, 26), "medium": (27, 42), "long": (43, 90)}

# Room for the longest text of each length; a syllable is about one and a half tokens.
MAX_TOKENS: dict[str, int] = {"short": 64, "medium": 96, "long": 176}

DECODING = Decoding(beam=4, n_best=4)
# The second try after a degenerate first one: discourage what made it turn in circles.
RETRY = replace(DECODING, repetition_penalty=1.2, no_repeat_ngram=4)


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
        tokens_dropped: how many of them the model did not read.
        read: indices of the article sentences that it read.
        faults: what is still wrong with the text after every retry (``degeneration.Fault``).
        fallback: in words, what was done beyond the first decoding; empty when nothing was.
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


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the model is given of one article."""

    sentences: tuple[str, ...]
    read: tuple[int, ...]
    tokens: int
    dropped: int
    facts: tuple[Fact, ...]
    names: tuple[Name, ...]
    places: frozenset[tuple[str, str]]

    def text(self, leave_out: Sequence[int] = ()) -> str:
        return " ".join(self.sentences[i] for i in self.read if i not in leave_out)

    def judge(self, text: str, length: Length) -> Verdict:
        invented = match_facts(extract_facts(text, "vi"), self.facts).unsupported
        names = extract_names(text, "vi")
        strangers = match_names(names, self.names).unsupported
        astray = [m for m in foreign_districts(text, names) if m.key not in self.places]
        low, high = LENGTHS[length]
        size = len(syllables(text))
        return Verdict(
            faults=summary_faults(text, self.sentences[self.read[0]]),
            facts=len(invented) + len(strangers) + len(astray),
            # Rounded, so that a few syllables do not outweigh likelihood.
            misses=round(max(low - size, size - high, 0) / 10),
        )


class Summarizer:
    """Summaries by one model.

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
        readings = [self._read(article) for article in articles]
        choices = self._decode([r.text() for r in readings], readings, length, DECODING)
        notes = [""] * len(readings)
        for retry, note in ((RETRY, "decoded again with a repetition penalty"),):
            broken = [i for i, c in enumerate(choices) if c.verdict.faults]
            again = self._decode(
                [readings[i].text() for i in broken], [readings[i] for i in broken], length, retry
            )
            for i, choice in zip(broken, again, strict=True):
                if choice.verdict.cost < choices[i].verdict.cost:
                    choices[i], notes[i] = choice, note
        return [
            self._finish(reading, choice, length, note)
            for reading, choice, note in zip(readings, choices, notes, strict=True)
        ]

    def _read(self, article: Article) -> _Reading:
        texts = tuple(_closed(self._spell(s.text)) for s in article.sentences)
        costs = self._engine.count_tokens([t + " " for t in texts])
        read = choose_sentences(texts, costs, self._entry.read_tokens)
        whole = " ".join(s.text for s in article.sentences)
        names = extract_names(whole, "vi")
        return _Reading(
            sentences=texts,
            read=tuple(read),
            tokens=sum(costs),
            dropped=sum(costs) - sum(costs[i] for i in read),
            facts=extract_facts(whole, "vi"),
            names=names,
            places=frozenset(m.key for m in foreign_districts(whole, names)),
        )

    def _spell(self, text: str) -> str:
        return to_tones(expand_abbreviations(text) if self._entry.expand else text, self._entry.tones)

    def _decode(
        self, texts: Sequence[str], readings: Sequence[_Reading], length: Length, options: Decoding
    ) -> list[Choice]:
        prompts = [self._format.prompt(text, length) for text in texts]
        options = replace(options, max_tokens=MAX_TOKENS[length])
        chosen = []
        for completion, reading in zip(self._engine.generate(prompts, options), readings, strict=True):
            hypotheses = [replace(h, text=_tidy(self._format.clean(h.text))) for h in completion.hypotheses]
            judge = partial(reading.judge, length=length)
            chosen.append(choose(hypotheses, judge, options.max_tokens))
        return chosen

    def _finish(self, reading: _Reading, choice: Choice, length: Length, note: str) -> Summary:
        sentences = _shortened(_sentences(choice.text), LENGTHS[length][1])
        if length == "long" and not choice.verdict.faults:
            more = self._extended(reading, sentences)
            if len(more) > len(sentences):
                sentences, note = more, "; ".join(filter(None, [note, "written in several parts"]))
        return Summary(
            sentences=tuple(SummarySentence(s, find_evidence(s, reading.sentences)) for s in sentences),
            length=length,
            tokens=reading.tokens,
            tokens_dropped=reading.dropped,
            read=reading.read,
            faults=choice.verdict.faults,
            fallback=note,
        )

    def _extended(self, reading: _Reading, sentences: list[str]) -> list[str]:
        """Further sentences from what the summary does not rest on yet, until it is long."""
        low, high = LENGTHS["long"]
        used = {i for s in sentences for i in find_evidence(s, reading.sentences)}
        for _ in range(2):
            if (
                len(syllables(" ".join(sentences))) >= low
                or len(used & set(reading.read)) >= len(reading.read) - 1
            ):
                break
            rest = reading.text(leave_out=sorted(used))
            choice = self._decode([rest], [reading], "short", DECODING)[0]
            new = [
                s
                for s in _sentences(choice.text)
                if coverage(syllables(s), syllables(" ".join(sentences))) < 0.6
            ]
            if not choice.verdict.clean or not new:
                break
            longer = [*sentences, *new]
            if len(syllables(" ".join(longer))) > high:
                break
            sentences = longer
            used |= {i for s in new for i in find_evidence(s, reading.sentences)}
        return sentences


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def _shortened(sentences: list[str], high: int) -> list[str]:
    """Without the last sentences, as long as the text is longer than asked and one remains."""
    while len(sentences) > 1 and len(syllables(" ".join(sentences))) > high:
        sentences = sentences[:-1]
    return sentences


def _closed(sentence: str) -> str:
    """A headline or list item gets a full stop, or the model reads into the next sentence."""
    return sentence if sentence[-1:] in '.!?…:;”"' else sentence + "."


def _tidy(text: str) -> str:
    text = to_tones(" ".join(text.split()), "old")
    return text[:1].upper() + text[1:]
